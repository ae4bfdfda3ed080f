"""Headings and labels: merged headings reach over their columns, labels down over their rows."""

from collections.abc import Sequence

import pytest

from extract.records import Cell, Place, Run, TableGrid
from normalize.headers import read_labels


def cell(row: int, col: int, text: str, rows: int = 1, cols: int = 1) -> Cell:
    runs = tuple(Run(text=part, place=Place(line_no=row + 1)) for part in text.split("\n") if part)
    return Cell(row=row, col=col, row_span=rows, col_span=cols, runs=runs)


def grid(*rows: str, heads: int | None = None) -> TableGrid:
    """Return a grid of rows whose cells are divided by bars."""
    parts = [row.split("|") for row in rows]
    return merged(
        [cell(r, c, text) for r, row in enumerate(parts) for c, text in enumerate(row)],
        len(parts), len(parts[0]), heads,
    )  # fmt: skip


def merged(cells: Sequence[Cell], rows: int, cols: int, heads: int | None = None) -> TableGrid:
    return TableGrid(
        cells=tuple(cells), row_count=rows, column_count=cols, engine="test", place=Place(),
        header_row_count=heads,
    )  # fmt: skip


def paths(table: TableGrid) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        found.text: (found.row_path, found.col_path)
        for found in read_labels(table).cells
        if found.role == "data"
    }


def test_a_merged_heading_stands_over_each_of_its_columns() -> None:
    cells = [cell(0, 0, "구분", rows=2), cell(0, 1, "예산", cols=2),
             cell(1, 1, "국비"), cell(1, 2, "시비"),
             cell(2, 0, "교육"), cell(2, 1, "10"), cell(2, 2, "20")]  # fmt: skip
    assert paths(merged(cells, 3, 3)) == {
        "10": (("교육",), ("예산", "국비")), "20": (("교육",), ("예산", "시비"))
    }  # fmt: skip


def test_a_blank_heading_is_covered_by_its_left_neighbour_where_a_lower_row_heads() -> None:
    table = grid("구분|임기 내||비고", "|2022|2023|", "교육|10|20|없음", heads=2)
    found = paths(table)
    assert found["10"][1] == ("임기 내", "2022")
    assert found["20"][1] == ("임기 내", "2023")


def test_a_merged_label_reaches_down_over_its_rows() -> None:
    cells = [cell(0, 0, "분야"), cell(0, 1, "사업"), cell(0, 2, "예산"),
             cell(1, 0, "복지", rows=2), cell(1, 1, "교육"), cell(1, 2, "10"),
             cell(2, 1, "홍보"), cell(2, 2, "20")]  # fmt: skip
    assert paths(merged(cells, 3, 3)) == {
        "10": (("복지", "교육"), ("예산",)), "20": (("복지", "홍보"), ("예산",))
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "raw", "row_path"),
    [
        pytest.param(["분야|사업|예산", "복지|교육|10", "|홍보|20"], "20", ("복지", "홍보"),
                     id="a blank label is the one above"),
        pytest.param(["분야|사업|예산", "복지|교육|10", "계||30"], "30", ("계",),
                     id="a total stands under no group"),
        pytest.param(["분야|사업|예산", "복지|교육|10", "환경||20"], "20", ("환경",),
                     id="a new group ends the labels under the old one"),
        pytest.param(["분야|사업|예산", "복지|교육|10", "|소계|20"], "20", ("복지", "소계"),
                     id="a subtotal stays inside its group"),
        pytest.param(["연번|사업|예산", "1|교육|10", "2|홍보|20"], "20", ("홍보",),
                     id="serial numbers are no labels"),
        pytest.param(["분야|사업|예산", "교육|교육|10"], "10", ("교육",),
                     id="the same label twice is one"),
        pytest.param(["구분|예산", "합    계|10"], "10", ("합계",), id="spaced letters"),
    ],
)  # fmt: skip
def test_a_row_is_named_by_its_labels(rows: list[str], raw: str, row_path: tuple[str]) -> None:
    assert paths(grid(*rows))[raw][0] == row_path


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        pytest.param(["구분|예산", "교육|10"], 1, id="one row"),
        pytest.param(["구분|예산|예산", "구분|국비|시비", "교육|10|20"], 2, id="two rows"),
        pytest.param(["기관|대표", "마을회|주민"], 1, id="texts only"),
        pytest.param(["교육|10", "홍보|20"], 0, id="no headings"),
        pytest.param(["교육|10"], 0, id="one row of figures"),
    ],
)
def test_headings_end_where_figures_begin(rows: list[str], heads: int) -> None:
    assert read_labels(grid(*rows)).header_row_count == heads


def test_what_the_reader_knows_of_headings_is_believed() -> None:
    assert read_labels(grid("구분|예산", "(안)|(안)", "교육|10", heads=2)).header_row_count == 2


def test_a_column_of_units_is_no_label_and_no_value() -> None:
    labels = read_labels(grid("지표|단위|목표", "교육|회|10", "홍보|명|20"))
    assert labels.unit_column == 1
    assert labels.value_columns == (2,)
    assert {found.row_path for found in labels.cells if found.role == "data"} == {
        ("교육",), ("홍보",)
    }  # fmt: skip


def test_a_column_of_remarks_reports_and_labels_nothing() -> None:
    labels = read_labels(grid("구분|예산|비고", "교육|10|신규", "홍보|20|계속"))
    assert labels.stub_columns == (0,)
    assert labels.value_columns == (1,)


def test_a_label_column_may_stand_between_the_values() -> None:
    labels = read_labels(grid("구분|예산|재원|집행", "교육|10|국비|5", "홍보|20|시비|6"))
    assert labels.stub_columns == (0, 2)


@pytest.mark.parametrize("rows", [[""], ["|"], ["||", "||"], ["구분"], ["10"]])
def test_tables_with_next_to_nothing_are_read(rows: list[str]) -> None:
    table = grid(*rows)
    assert len(read_labels(table).cells) == len(table.cells)
