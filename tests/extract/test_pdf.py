"""Reading whole PDFs: lines, tables, places, furniture, and files that refuse."""

from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from extract.errors import CorruptDocument, EmptyDocument, EncryptedDocument, NoTextLayer
from extract.reading.pdf import read_pdf
from extract.records import Line, TableGrid

XS, YS = (50, 150, 250, 350), (100, 120, 140, 160)
TEXTS = (("구 분", "예 산 액", "집행액"), ("국비", "1,200", "900"), ("시비", "△300", "-"))


def test_lines_and_tables_come_in_reading_order(new_paper: Any) -> None:
    paper = new_paper().text(50, 60, "□ 예산 현황").text(290, 84, "(단위: 천원)")
    data = paper.grid(XS, YS, TEXTS).text(50, 200, "※ 추경 반영").save()
    document = read_pdf(data, "report.pdf")
    kinds = [b.run.text if isinstance(b, Line) else b.engine for b in document.blocks]
    assert kinds == ["□ 예산 현황", "(단위: 천원)", "ruled", "※ 추경 반영"]
    assert document.page_count == 1
    assert document.media_type == "application/pdf"
    assert document.text_layer == "digital"
    assert len(document.document_id) == 64


def test_cells_keep_text_and_box(new_paper: Any) -> None:
    (grid,) = read_pdf(new_paper().grid(XS, YS, TEXTS).save(), "report.pdf").grids
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert [cell.text for cell in grid.cells] == [text for row in TEXTS for text in row]
    place = grid.cells[4].place
    assert (place.page, place.x0, place.y0, place.x1, place.y1) == (1, 150, 120, 250, 140)


def test_a_number_can_be_pointed_at_inside_its_cell(new_paper: Any) -> None:
    data = new_paper().grid(XS, YS, (("가", "나", "다"), ("라", "국비 75", "마"))).save()
    (grid,) = read_pdf(data, "report.pdf").grids
    (run,) = next(cell for cell in grid.cells if cell.text == "국비 75").runs
    number = run.slice(3, 5)
    assert number.text == "75"
    assert run.place.x0 is not None
    assert number.place.x0 is not None
    assert number.place.x1 == run.place.x1
    assert run.place.x0 + 20 < number.place.x0 < run.place.x0 + 30


def test_each_printed_line_of_a_cell_is_a_run(new_paper: Any) -> None:
    data = new_paper().grid(XS, (100, 140, 180), (("위\n아래", "b"), ("c", "d"))).save()
    (grid,) = read_pdf(data, "report.pdf").grids
    assert [run.text for run in grid.cells[0].runs] == ["위", "아래"]
    assert grid.cells[0].text == "위\n아래"


def test_the_same_bytes_give_the_same_document(new_paper: Any) -> None:
    data = new_paper().grid(XS, YS, TEXTS).save()
    assert read_pdf(data, "report.pdf") == read_pdf(data, "report.pdf")


@pytest.mark.parametrize(("turn", "origin"), [(90, (842, 0)), (180, (595, 842)), (270, (0, 595))])
def test_places_are_those_of_the_page_as_displayed(
    new_paper: Any, turn: int, origin: tuple[float, float]
) -> None:
    paper = new_paper()
    paper.canvas.setPageRotation(turn)
    paper.canvas.translate(*origin)
    paper.canvas.rotate(turn)
    (grid,) = read_pdf(paper.grid(XS, YS, TEXTS).save(), "turned.pdf").grids
    assert grid.place.x0 == pytest.approx(50, abs=0.1)
    assert grid.place.y0 == pytest.approx(100, abs=0.1)
    assert grid.cells[1].text == "예 산 액"


def test_a_crop_box_moves_the_origin_and_hides_what_is_outside(new_paper: Any) -> None:
    paper = new_paper(cropBox=(40, 42, 595, 792))
    data = paper.text(50, 20, "잘린 줄").grid(XS, YS, TEXTS).save()
    document = read_pdf(data, "cropped.pdf")
    assert (document.grids[0].place.x0, document.grids[0].place.y0) == (10, 50)
    assert document.lines == ()


def test_text_printed_twice_for_boldness_is_read_once(new_paper: Any) -> None:
    data = new_paper().text(50, 60, "합계 11,000").text(50.4, 60, "합계 11,000").save()
    assert [line.run.text for line in read_pdf(data, "bold.pdf").lines] == ["합계 11,000"]


def test_pieces_far_apart_on_one_height_are_lines_of_their_own(new_paper: Any) -> None:
    data = new_paper().text(50, 60, "왼쪽 제목").text(300, 60, "(단위: 명)").save()
    texts = [line.run.text for line in read_pdf(data, "pieces.pdf").lines]
    assert texts == ["왼쪽 제목", "(단위: 명)"]


def test_narrow_spaces_are_kept_where_the_file_has_them(new_paper: Any) -> None:
    paper = new_paper()
    text = paper.canvas.beginText(50, 700)
    text.setFont("HYGothic-Medium", 10)
    text.setCharSpace(-2)
    text.textLine("예산 현황 보고")
    paper.canvas.drawText(text)
    assert [line.run.text for line in read_pdf(paper.save(), "tight.pdf").lines] == [
        "예산 현황 보고"
    ]


def test_running_heads_and_page_numbers_are_furniture(new_paper: Any) -> None:
    paper = new_paper()
    for number in range(1, 5):
        paper.text(50, 30, "주요업무 보고").text(50, 300, f"{number}월에 한 일")
        paper.text(290, 800, f"- {number} -").next_page()
    lines = read_pdf(paper.save(), "book.pdf").lines
    furniture = {line.run.text for line in lines if line.role == "furniture"}
    assert furniture == {"주요업무 보고", "- 1 -", "- 2 -", "- 3 -", "- 4 -"}
    assert sum(line.role == "text" for line in lines) == 4


@pytest.mark.parametrize(
    ("lines", "layer"), [(12, "ocr"), (1, "digital")], ids=["page of text", "title page"]
)
def test_text_over_a_picture_of_the_page_was_recognised(
    new_paper: Any, lines: int, layer: str
) -> None:
    paper = new_paper()
    picture = ImageReader(Image.new("L", (40, 56), 255))
    paper.canvas.drawImage(picture, 0, 0, 595, 842)
    for number in range(lines):
        paper.text(50, 300 + 20 * number, "주요업무 추진실적 보고")
    assert read_pdf(paper.save(), "scan.pdf").text_layer == layer


def test_a_title_box_is_running_text(new_paper: Any) -> None:
    data = new_paper().frame(50, 50, 400, 90).text(60, 60, "2024년 주요업무").save()
    document = read_pdf(data, "title.pdf")
    assert document.grids == ()
    assert [line.run.text for line in document.lines] == ["2024년 주요업무"]


def test_a_page_without_text_among_others_is_a_warning(new_paper: Any) -> None:
    data = new_paper().text(50, 60, "한 쪽").next_page().frame(9, 9, 80, 80).save()
    document = read_pdf(data, "half.pdf")
    assert document.warnings == ("PAGE_WITHOUT_TEXT",)
    assert document.page_count == 2


def test_a_file_without_any_text_has_no_text_layer(new_paper: Any) -> None:
    data = new_paper().frame(9, 9, 80, 80).save()
    with pytest.raises(NoTextLayer):
        read_pdf(data, "scan.pdf")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", EmptyDocument, id="no bytes"),
        pytest.param(b" \n\0"[:2], EmptyDocument, id="white space"),
        pytest.param(b"%PDF-1.7\n%%EOF", CorruptDocument, id="nothing inside"),
        pytest.param(b"%PDF-1.7\nxref\n0 9\ntrailer <</Root 1 0 R>>", CorruptDocument, id="torn"),
        pytest.param("보고서".encode(), CorruptDocument, id="not a PDF"),
    ],
)
def test_a_broken_file_is_named_as_such(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_pdf(data, "broken.pdf")


def test_a_file_cut_short_never_raises_an_error_of_the_engine(new_paper: Any) -> None:
    data = new_paper().grid(XS, YS, TEXTS).save()
    for end in range(20, len(data), 97):
        try:
            read_pdf(data[:end], "cut.pdf")
        except (CorruptDocument, NoTextLayer):
            continue


def test_a_file_without_page_sizes_is_repaired_and_says_so(new_paper: Any) -> None:
    data = new_paper().text(50, 60, "예산 현황").save()
    document = read_pdf(data.replace(b"/MediaBox", b"/MediaBux"), "odd.pdf")
    assert [line.run.text for line in document.lines] == ["예산 현황"]
    assert document.warnings == ("FILE_REPAIRED",)


def test_a_password_is_asked_for(new_paper: Any) -> None:
    paper = new_paper(encrypt=StandardEncryption("secret", ownerPassword="owner"))
    with pytest.raises(EncryptedDocument):
        read_pdf(paper.text(50, 60, "비공개").save(), "locked.pdf")


def test_a_continued_table_is_one_table(new_paper: Any) -> None:
    paper = new_paper().grid(XS, YS, TEXTS).text(290, 800, "- 1 -").next_page()
    rows = (TEXTS[0], ("구비", "10", "20"))
    data = paper.grid(XS, (50, 70, 90), rows).text(290, 800, "- 2 -").save()
    (grid,) = read_pdf(data, "long.pdf").grids
    assert isinstance(grid, TableGrid)
    assert grid.row_count == 4
    assert [part.page for part in grid.parts] == [1, 2]
