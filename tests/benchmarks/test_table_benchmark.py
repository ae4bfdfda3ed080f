"""The table benchmark compares like with like and says what it needs."""

import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks import tables
from benchmarks.page_stages import parse_raw, stages_of
from benchmarks.peers import Reader, Table, installed_peers, table_of_boxes

ROWS = (("name", "2023", "2024"), ("first", "1", "2"), ("second", "3", "4"))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a PDF of one page with a ruled table whose title spans its columns."""
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.grid((100, 200, 300, 400), (620, 640, 660, 680))
    canvas.rect(100, 680, 300, 20)
    canvas.drawString(220, 686, "spending")
    for down, row in enumerate(ROWS):
        for across, text in enumerate(row):
            canvas.drawString(106 + 100 * across, 666 - 20 * down, text)
    canvas.save()
    return path


def placed(table: Table) -> set[tuple[int, int, int, int, str]]:
    return {
        (cell["row"], cell["col"], cell["rowspan"], cell["colspan"], cell["text"].strip())
        for cell in table["cells"]
    }


EXPECTED = {(0, 0, 1, 3, "spending")} | {
    (row, col, 1, 1, text) for row, texts in enumerate(ROWS, 1) for col, text in enumerate(texts)
}


@pytest.mark.parametrize("name", ["pdfplumber", "camelot lattice"])
def test_other_engines_are_scored_with_their_spans(name: str, page: Path) -> None:
    (table,) = installed_peers()[name](page)
    assert placed(table) == EXPECTED
    assert table["bbox"] == pytest.approx([100, 142, 400, 222], abs=2)


def test_ours_is_scored_in_the_same_form(page: Path) -> None:
    (table,) = tables.read_ours(page)
    assert placed(table) == EXPECTED
    assert table["bbox"] == pytest.approx([100, 142, 400, 222], abs=2)


def test_spans_follow_from_the_borders_of_cells() -> None:
    boxes = [((0.0, 0.0, 100.0, 10.0), "a"), ((0.0, 10.5, 50.0, 20.0), "b"),
             ((49.0, 10.0, 100.0, 20.0), "c")]  # fmt: skip
    assert placed(table_of_boxes(boxes)) == {
        (0, 0, 1, 2, "a"), (1, 0, 1, 1, "b"), (1, 1, 1, 1, "c"),
    }  # fmt: skip
    assert table_of_boxes([]) == {"bbox": None, "cells": []}


def test_the_floor_and_the_stages_take_time_on_any_page(page: Path) -> None:
    parse_raw(page)
    stages = stages_of(page.read_bytes())
    assert len(stages) == 6
    assert stages["grids from rules"] > 0


def test_an_engine_that_cannot_read_is_left_out_and_named(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(path: Path) -> list[Table]:
        raise AttributeError(path.name)

    one = tables.Page(file="a.pdf", number=1, path=page, height=842.0)
    peers: dict[str, Reader] = {"broken": broken, "ours": tables.read_ours}
    assert tables.working(peers, one) == {"ours": tables.read_ours}
    assert capsys.readouterr().err == "broken is left out: AttributeError page.pdf\n"


def test_a_folder_without_gold_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tables", str(tmp_path)])
    assert tables.main() == 2
    assert capsys.readouterr().err.startswith(f"There is no eval/ in {tmp_path}")
