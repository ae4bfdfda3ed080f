"""Scanned pages from file to document, with Tesseract and without."""

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.errors import NoTextLayer
from extract.grids.ruled_shapes import Box, Glyph, PageShapes
from extract.reading import ocr_engine, pdf
from extract.reading.ocr_marks import ReadText, mark_grid
from extract.reading.ocr_need import find_program, needs_ocr
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_turn import Turn
from extract.reading.pdf import read_pdf
from extract.records import Cell, Place, Run, TableGrid

ROWS = (("2021", "2022", "2023"), ("1,234", "20.5", "-"), ("350,000", "7", "98%"))
XS, YS = (80, 220, 360, 500), (100, 130, 160, 190)

needs_tesseract = pytest.mark.skipif(
    find_program() is None, reason="Tesseract with Korean is not installed"
)


def typed_page() -> bytes:
    """Return a page with a ruled table of numbers."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    for x in XS:
        canvas.line(x, 842 - YS[0], x, 842 - YS[-1])
    for y in YS:
        canvas.line(XS[0], 842 - y, XS[-1], 842 - y)
    canvas.setFont("Helvetica", 12)
    for y, row in zip(YS, ROWS, strict=False):
        for x, text in zip(XS[1:], row, strict=True):
            canvas.drawRightString(x - 8, 842 - y - 20, text)
    canvas.save()
    return buffer.getvalue()


def scan_of(data: bytes, angle: float = 0.0, typed: str = "") -> bytes:
    """Return a file whose first page is a picture of another, and a second one with text."""
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(scale=200 / 72).to_pil().convert("L")
    document.close()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    turned = picture.rotate(angle, fillcolor=255)
    canvas.drawImage(ImageReader(turned), 0, 0, 595, 842)
    canvas.showPage()
    if typed:
        canvas.drawString(100, 700, typed)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@needs_tesseract
@pytest.mark.parametrize("angle", [0.0, 0.7])
def test_a_scanned_table_is_read_cell_by_cell(angle: float) -> None:
    document = read_pdf(scan_of(typed_page(), angle), "scan.pdf")

    (grid,) = document.grids
    texts = {(cell.row, cell.col): cell.text for cell in grid.cells}
    assert texts == {(r, c): text for r, row in enumerate(ROWS) for c, text in enumerate(row)}
    assert (document.text_layer, grid.engine) == ("ocr", "ocr")
    assert document.warnings == ("PAGE_READ_BY_OCR",)
    assert 0.6 < grid.confidence < 1


@needs_tesseract
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_scanned_on_its_side_or_head_is_read_upright(quarters: int) -> None:
    scan = pypdfium2.PdfDocument(scan_of(typed_page()))
    picture = scan[0].render(scale=200 / 72).to_pil().rotate(90 * quarters, expand=True)
    buffer = BytesIO()
    picture.save(buffer, "PDF", resolution=200)

    document = read_pdf(buffer.getvalue(), "scan.pdf")

    (grid,) = document.grids
    texts = {(cell.row, cell.col): cell.text for cell in grid.cells}
    assert texts == {(r, c): text for r, row in enumerate(ROWS) for c, text in enumerate(row)}
    width, height = (842, 595) if quarters % 2 else (595, 842)
    middle = Turn(degrees=0.0, width=width, height=height, quarters=4 - quarters).back(
        Box(x0=XS[0], y0=YS[0], x1=XS[-1], y1=YS[-1])
    )
    place = grid.place
    assert (place.x0, place.y0, place.x1, place.y1) == pytest.approx(
        (middle.x0, middle.y0, middle.x1, middle.y1), abs=3
    )


@needs_tesseract
def test_a_page_that_takes_too_long_is_named_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_OCR", OcrOptions(most_seconds=1e-6))

    document = read_pdf(scan_of(typed_page(), typed="typed page"), "scan.pdf")

    assert [line.run.text for line in document.lines] == ["typed page"]
    assert document.warnings == ("OCR_TIME_LIMIT", "PAGE_WITHOUT_TEXT")
    with pytest.raises(NoTextLayer, match="took longer than"):
        read_pdf(scan_of(typed_page()), "scan.pdf")


@needs_tesseract
def test_the_same_scan_is_read_the_same_way_twice() -> None:
    data = scan_of(typed_page(), 0.4, "typed")

    first, second = read_pdf(data, "scan.pdf"), read_pdf(data, "scan.pdf")

    assert first == second
    assert first.text_layer == "mixed"


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_program", lambda: None)


@pytest.mark.usefixtures("without_tesseract")
def test_a_scan_without_tesseract_is_refused_with_the_line_that_installs_it() -> None:
    with pytest.raises(NoTextLayer, match="apt install tesseract-ocr tesseract-ocr-kor"):
        read_pdf(scan_of(typed_page()), "scan.pdf")


@pytest.mark.usefixtures("without_tesseract")
def test_the_typed_pages_beside_a_scan_are_read_without_tesseract() -> None:
    document = read_pdf(scan_of(typed_page(), typed="typed page"), "scan.pdf")

    assert [line.run.text for line in document.lines] == ["typed page"]
    assert document.warnings == ("OCR_MISSING", "PAGE_WITHOUT_TEXT")


@needs_tesseract
def test_a_picture_that_makes_tesseract_crash_costs_no_other_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = ocr_engine._run

    def fragile(command: list[str], seconds: float) -> str:
        listed = Path(command[1]).read_text("utf-8").split()
        if any(Path(path).read_bytes().startswith(b"P5\n7 7\n") for path in listed):
            message = "crash"
            raise ocr_engine.OcrCrashed(message)
        return run(command, seconds)

    monkeypatch.setattr(ocr_engine, "_run", fragile)
    good = np.full((60, 160), 255, np.uint8)
    cv2.putText(good, "1234", (20, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0.0, 3)
    bad = np.full((7, 7), 255, np.uint8)

    read = ocr_engine.read_lines(
        [good, bad, good], 60, ocr_engine.Way(characters=ocr_engine.DIGITS)
    )

    assert [bool(words) for words in read] == [True, False, True]


@needs_tesseract
def test_pages_over_the_limit_are_left_out_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_OCR", OcrOptions(most_pages=1))
    scan = pypdfium2.PdfDocument(scan_of(typed_page()))
    scan.import_pages(scan)
    buffer = BytesIO()
    scan.save(buffer)

    document = read_pdf(buffer.getvalue(), "scan.pdf")

    assert {grid.place.page for grid in document.grids} == {1}
    assert "OCR_PAGE_LIMIT" in document.warnings


def page_of(text: str, image_share: float, y: float) -> PageShapes:
    box = Box(x0=300, y0=y, x1=305, y1=y + 10)
    glyphs = tuple(Glyph(text=letter, box=box, size=10) for letter in text.split())
    return PageShapes(number=1, width=595, height=842, glyphs=glyphs, image_share=image_share)


@pytest.mark.parametrize(
    ("text", "image_share", "y", "expected"),
    [
        pytest.param("", 1.0, 400, True, id="a picture and no text"),
        pytest.param("", 0.0, 400, False, id="an empty page"),
        pytest.param("예 산", 1.0, 400, False, id="text on a picture"),
        pytest.param("- 1 2 -", 1.0, 810, True, id="a page number on a picture"),
        pytest.param("- 1 2 -", 0.5, 810, False, id="a page number below a picture"),
        pytest.param("제 목 " * 40, 1.0, 810, False, id="much text at the edge"),
        pytest.param("\ufffd (cid:12) 1", 0.0, 400, True, id="text without meaning"),
        pytest.param("¿ ¹ » ê Ã Ñ Ç Ò", 1.0, 400, True, id="text in a wrong encoding on a picture"),
        pytest.param("Ⅰ " + "· " * 90, 1.0, 400, False, id="leaders on a picture"),
        pytest.param("¿ ¹ » ê Ã Ñ Ç Ò", 0.1, 400, False, id="the same without a picture"),
    ],
)
def test_a_page_is_read_from_its_picture_only_where_its_text_is_none(
    text: str, image_share: float, y: float, expected: bool
) -> None:
    assert needs_ocr(page_of(text, image_share, y)) is expected


def cell_at(row: int, text: str) -> Cell:
    place = Place(page=1, x0=0, y0=20.0 * row, x1=50, y1=20.0 * row + 20)
    return Cell(row=row, col=0, runs=(Run(text=text, place=place),), place=place)


def test_a_doubtful_cell_is_named_in_the_note_of_its_table() -> None:
    grid = TableGrid(
        cells=(cell_at(0, "계"), cell_at(1, "12")),
        row_count=2,
        column_count=1,
        engine="ruled",
        place=Place(page=1, x0=0, y0=0, x1=50, y1=40),
    )
    boxes = (Box(x0=5, y0=5, x1=40, y1=15), Box(x0=5, y0=25, x1=40, y1=35))
    texts = [
        ReadText(box=box, text=text, confidence=confidence, alternatives=("17",))
        for box, text, confidence in zip(boxes, ("계", "12"), (0.9, 0.3), strict=True)
    ]

    marked = mark_grid(grid, texts, OcrOptions())

    assert marked.engine == "ocr"
    assert marked.confidence == pytest.approx(0.6)
    assert marked.note == "Read from a scan. Doubtful cells (row, column): (1, 0)."
    assert [cell.confidence for cell in marked.cells] == [0.9, 0.3]
    assert marked.cells[1].alternatives == ("17",)
