"""The scan benchmark damages pages in the same way each time."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.scans import LOOKS, turn, write_scan


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=(300, 200), invariant=True)
    canvas.drawString(100, 100, "1,234")
    canvas.save()
    return path


def pixels(path: Path) -> np.ndarray:
    document = pypdfium2.PdfDocument(path)
    try:
        return np.array(document[0].render(grayscale=True).to_numpy())
    finally:
        document.close()


@pytest.mark.parametrize("look", LOOKS)
def test_a_scan_is_a_picture_without_text_and_the_same_each_time(page: Path, look: str) -> None:
    first, second = page.with_name("first.pdf"), page.with_name("second.pdf")

    assert write_scan(page, first, look) == write_scan(page, second, look) == 1

    assert (pixels(first) == pixels(second)).all()
    document = pypdfium2.PdfDocument(first)
    assert document[0].get_textpage().get_text_range() == ""
    document.close()


def test_quarter_turns_swap_the_sides() -> None:
    page = np.full((20, 30), 255, np.uint8)

    assert turn(page, 90.4).shape == (30, 20)
    assert turn(page, -0.8).shape == (20, 30)
