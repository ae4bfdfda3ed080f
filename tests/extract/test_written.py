"""What a word processor wrote comes out the same from HWPX and HWP 5: lines, tables, places."""

from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.errors import DocumentError, TooManyObjects, TooManyPages
from extract.options import ReadingLimits
from extract.reading.source import read_document
from extract.records import Block, Document, Line, TableGrid
from normalize.records import Report
from normalize.report import read_report
from pipelines.cli import app
from pipelines.examine import Examined, examine
from pipelines.inputs import find_inputs
from tests.extract.written_files import (
    Field,
    Grid,
    Paragraph,
    Writer,
    Written,
    grid_of,
    write_hwp,
    write_hwpx,
)

BOTH = pytest.mark.parametrize(
    ("write", "name"),
    [pytest.param(write_hwpx, "a.hwpx", id="hwpx"), pytest.param(write_hwp, "a.hwp", id="hwp")],
)
SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
BUDGET = Grid(
    [
        Field(0, 0, ["구분"], row_span=2),
        Field(0, 1, ["예산액"], col_span=2),
        Field(1, 1, ["국비"]),
        Field(1, 2, ["구비"]),
        Field(2, 0, ["시설비"]),
        Field(2, 1, ["100"]),
        Field(2, 2, ["200"]),
        Field(3, 0, ["운영비"]),
        Field(3, 1, ["250"]),
        Field(3, 2, ["300"]),
        Field(4, 0, ["합계"]),
        Field(4, 1, ["340"]),
        Field(4, 2, ["500"]),
    ]
)
REPORT: Written = ["Ⅰ. 2023년 예산 현황", "(단위: 천원)", [BUDGET], "이상입니다."]


def read(
    folder: Path, write: Writer, written: Written, limits: ReadingLimits | None = None
) -> Document:
    path = folder / ("a.hwpx" if write is write_hwpx else "a.hwp")
    path.write_bytes(write(written))
    return read_document(path, limits or ReadingLimits())


def lines(document: Document) -> list[tuple[int | None, int | None, str]]:
    return [
        (line.run.place.line_no, line.run.place.char_start, line.run.text)
        for line in document.lines
    ]


def rows(grid: TableGrid) -> list[list[str]]:
    found = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        found[cell.row][cell.col] = cell.text
    return found


def test_both_formats_give_the_same_document(tmp_path: Path) -> None:
    first, second = (read(tmp_path, write, REPORT) for write in (write_hwpx, write_hwp))
    assert first.blocks == second.blocks
    assert (first.line_count, second.line_count) == (17, 17)
    assert first.media_type == "application/hwp+zip"
    assert second.media_type == "application/x-hwp"


@BOTH
@pytest.mark.parametrize("sample", ["budget.pdf", "pledge_card.pdf", "settlement.pdf"])
def test_a_report_gives_the_facts_that_its_pdf_gives(
    sample: str, write: Writer, name: str, tmp_path: Path
) -> None:
    printed = read_document(SAMPLES / sample)
    written = read(tmp_path, write, [_paragraph_of(block) for block in printed.blocks])
    assert [_cells(grid) for grid in written.grids] == [_cells(grid) for grid in printed.grids]
    facts = [_figures(read_report(one)) for one in (printed, written)]
    assert facts[0] == facts[1] != []


def _paragraph_of(block: Block) -> Paragraph:
    if isinstance(block, Line):
        return block.run.text
    fields = [
        Field(cell.row, cell.col, cell.text.split("\n"), cell.row_span, cell.col_span)
        for cell in block.cells
    ]
    return [Grid(fields)]


def _cells(grid: TableGrid) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells]


def _figures(report: Report) -> list[tuple[Decimal | None, str | None, str]]:
    return [(fact.value, fact.value_unit, fact.label) for fact in report.facts]


@BOTH
def test_a_table_has_its_merged_cells_unit_note_and_heading(
    write: Writer, name: str, tmp_path: Path
) -> None:
    (grid,) = read(tmp_path, write, REPORT).grids
    assert rows(grid)[0] == ["구분", "예산액", ""]
    assert rows(grid)[4] == ["합계", "340", "500"]
    spans = {cell.text: (cell.row_span, cell.col_span) for cell in grid.cells}
    assert (spans["구분"], spans["예산액"], spans["340"]) == ((2, 1), (1, 2), (1, 1))
    assert grid.unit_note is not None
    assert grid.unit_note.text == "(단위: 천원)"
    assert grid.section_path == ("Ⅰ. 2023년 예산 현황",)


@BOTH
def test_a_place_is_a_span_of_the_paragraph_counted_through_cells(
    write: Writer, name: str, tmp_path: Path
) -> None:
    document = read(tmp_path, write, REPORT)
    (grid,) = document.grids
    (cell,) = [cell for cell in grid.cells if cell.text == "340"]
    place = cell.runs[0].place
    assert (place.line_no, place.char_start, place.char_end) == (15, 0, 3)
    assert (grid.place.line_no, grid.line_last) == (4, 16)
    assert lines(document)[-1] == (17, 0, "이상입니다.")
    assert place.page is None


@BOTH
def test_a_wrong_total_gives_a_finding_at_its_paragraph(
    write: Writer, name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(write(REPORT))
    done = CliRunner().invoke(app, ["check", str(path)], env={"COLUMNS": "200"})
    assert done.exit_code == 1
    assert "paragraph 15:0-3" in done.output
    (source,) = find_inputs([str(path)]).sources
    found = examine(source)
    assert isinstance(found, Examined)
    values = {str(fact.value) for fact in found.report.facts}
    assert {"100000", "250000", "340000", "500000"} <= values


@BOTH
def test_text_before_and_after_a_table_keeps_its_place_in_the_paragraph(
    write: Writer, name: str, tmp_path: Path
) -> None:
    inner = grid_of([["가", "나"], ["1", "2"]])
    document = read(tmp_path, write, [["앞 글", inner, "뒤 글", inner, "끝"]])
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Line", "TableGrid", "Line", "TableGrid", "Line"]
    assert lines(document) == [(1, 0, "앞 글"), (1, 3, "뒤 글"), (1, 6, "끝")]
    assert [grid.place.line_no for grid in document.grids] == [2, 6]


@BOTH
def test_a_line_break_parts_lines_and_a_tab_stays(write: Writer, name: str, tmp_path: Path) -> None:
    document = read(tmp_path, write, ["가\n나\t다", "", "라"])
    assert lines(document) == [(1, 0, "가"), (1, 2, "나\t다"), (2, 0, ""), (3, 0, "라")]


@BOTH
def test_decomposed_letters_are_composed_and_keep_their_place(
    write: Writer, name: str, tmp_path: Path
) -> None:
    document = read(tmp_path, write, ["\u1112\u1161\u11ab 5"])
    (line,) = document.lines
    assert line.run.text == "한 5"
    digit = line.run.slice(2, 3).place
    assert (digit.char_start, digit.char_end) == (4, 5)


@BOTH
def test_a_caption_stands_above_its_table(write: Writer, name: str, tmp_path: Path) -> None:
    table = grid_of([["구분", "금액"], ["가", "1"]], caption="<표 1> 예산 (단위: 원)")
    document = read(tmp_path, write, [[table]])
    (grid,) = document.grids
    assert grid.caption is not None
    assert grid.caption.text == "<표 1> 예산 (단위: 원)"
    assert grid.unit_note is not None


@BOTH
def test_a_table_in_a_cell_is_a_table_of_its_own_and_the_outer_one_says_so(
    write: Writer, name: str, tmp_path: Path
) -> None:
    inner = grid_of([["구분", "금액"], ["가", "7"]])
    content: list[Paragraph] = ["(단위: 천원)", [inner]]
    outer = Grid([*grid_of([["가", "나"], ["다", ""]]).fields[:3], Field(1, 1, content)])
    first, second = read(tmp_path, write, [[outer]]).grids
    assert rows(first) == [["가", "나"], ["다", "(단위: 천원)"]]
    assert first.note == "Cell (1, 1) holds a table."
    assert rows(second) == [["구분", "금액"], ["가", "7"]]
    assert second.unit_note is not None


@BOTH
def test_a_frame_around_text_is_no_table(write: Writer, name: str, tmp_path: Path) -> None:
    inner = grid_of([["구분", "금액"], ["가", "7"]])
    frame = Grid([Field(0, 0, ["□ 사업개요", [inner], "끝"])])
    document = read(tmp_path, write, [[frame]])
    assert [line.run.text for line in document.lines] == ["□ 사업개요", "끝"]
    assert [rows(grid) for grid in document.grids] == [[["구분", "금액"], ["가", "7"]]]


@BOTH
def test_rows_in_which_no_cell_begins_are_left_out(
    write: Writer, name: str, tmp_path: Path
) -> None:
    table = Grid(
        [
            Field(0, 0, ["가"], row_span=2),
            Field(0, 3, ["나"], row_span=2),
            Field(2, 0, ["다"], col_span=3),
            Field(2, 3, ["라"]),
        ]
    )
    (grid,) = read(tmp_path, write, [[table]]).grids
    assert rows(grid) == [["가", "나"], ["다", "라"]]
    assert {(cell.row_span, cell.col_span) for cell in grid.cells} == {(1, 1)}


@BOTH
def test_a_cell_that_the_file_left_out_is_blank(write: Writer, name: str, tmp_path: Path) -> None:
    table = Grid(grid_of([["가", "나"], ["다", "라"]]).fields[:3])
    table = Grid([*table.fields, Field(2, 1, ["마"])])
    (grid,) = read(tmp_path, write, [[table]]).grids
    assert rows(grid) == [["가", "나"], ["다", ""], ["", "마"]]


@BOTH
@pytest.mark.parametrize(
    "second",
    [
        pytest.param(Field(0, 0, ["나"]), id="two cells on one spot"),
        pytest.param(Field(0, 1, ["나"], col_span=0), id="a cell without width"),
    ],
)
def test_cells_that_make_no_grid_are_running_text(
    second: Field, write: Writer, name: str, tmp_path: Path
) -> None:
    table = Grid([Field(0, 0, ["가"]), second, Field(1, 1, ["다"])])
    document = read(tmp_path, write, [[table]])
    assert [line.run.text for line in document.lines] == ["가", "나", "다"]
    assert document.warnings == ("TABLE_WITHOUT_GRID",)


@BOTH
def test_a_document_without_text_is_known_as_one(write: Writer, name: str, tmp_path: Path) -> None:
    document = read(tmp_path, write, ["", " "])
    assert document.warnings == ("DOCUMENT_WITHOUT_TEXT",)


def _nested(depth: int) -> Written:
    paragraph: Paragraph = "1"
    for _ in range(depth):
        paragraph = [Grid([Field(0, 0, [paragraph])])]
    return [paragraph]


@BOTH
@pytest.mark.parametrize(
    ("written", "error"),
    [
        pytest.param(_nested(40), TooManyObjects, id="tables in tables"),
        pytest.param(["x" * 3000], TooManyObjects, id="a long paragraph"),
        pytest.param(["x"] * 1200, TooManyPages, id="many paragraphs"),
        pytest.param(
            [[Grid([Field(n, n, ["1"]) for n in range(60)])]], TooManyObjects, id="a wide table"
        ),
    ],
)
def test_what_is_made_of_too_much_is_refused(
    written: Written, error: type[DocumentError], write: Writer, name: str, tmp_path: Path
) -> None:
    with pytest.raises(error):
        read(tmp_path, write, written, ReadingLimits(objects=2000, pages=20))
