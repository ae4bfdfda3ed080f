"""Arithmetic chooses between the readings of a scanned number, and between nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.records import Cell, Document, Place, Run, TableGrid
from pipelines.choose import choose_reading
from pipelines.digits import settle_digits

ROWS = ("구분|계|1월|2월", "교육|300|100|200", "홍보|500|200|300", "계|800|300|500")
ONE_ROW = ("구분|계|1월|2월", "교육|300|100|200")

Others = Mapping[tuple[int, int], tuple[str, ...]]


def scanned(
    rows: Sequence[str], misread: Mapping[tuple[int, int], str], others: Others
) -> Document:
    """Return a document with one scanned table, some of whose cells were read wrongly."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row.split("|")):
            place = Place(page=1, x0=50.0 * c, y0=20.0 * r, x1=50.0 * c + 40, y1=20.0 * r + 12)
            run = Run(text=misread.get((r, c), text), place=place)
            cells.append(
                Cell(
                    row=r, col=c, runs=(run,), place=place, confidence=0.9,
                    alternatives=others.get((r, c), ()),
                )
            )  # fmt: skip
    grid = TableGrid(
        cells=tuple(cells), row_count=len(rows), column_count=4, engine="ocr",
        place=Place(page=1, x0=0, y0=0, x1=200, y1=80), header_row_count=1,
    )  # fmt: skip
    return Document(
        document_id="ab" * 32, file_name="a.pdf", media_type="application/pdf", byte_size=1,
        blocks=(grid,), page_count=1, text_layer="ocr",
    )  # fmt: skip


def texts(grid: TableGrid) -> list[str]:
    return ["|".join(c.text for c in grid.cells if c.row == r) for r in range(grid.row_count)]


def cell(grid: TableGrid, row: int, col: int) -> Cell:
    return next(one for one in grid.cells if (one.row, one.col) == (row, col))


def test_a_misread_digit_is_read_as_its_totals_say() -> None:
    (grid,) = settle_digits(scanned(ROWS, {(2, 3): "306"}, {(2, 3): ("308", "300")})).grids

    assert texts(grid) == list(ROWS)
    assert grid.note == "Read 306 as 300 in cell (2, 3): its total holds."
    assert cell(grid, 2, 3).confidence == 0.8


def test_a_wrong_total_that_was_read_surely_stays_and_is_reported() -> None:
    document = scanned(ROWS, {(3, 1): "900"}, {(1, 2): ("106",), (2, 3): ("360",)})

    report = choose_reading(document)

    assert texts(report.tables[0].grid)[3] == "계|900|300|500"
    assert "its total holds" not in report.tables[0].grid.note


def test_nothing_is_changed_where_two_readings_would_add_up() -> None:
    others = {(1, 1): ("300",), (1, 2): ("180",)}
    (grid,) = settle_digits(scanned(ONE_ROW, {(1, 1): "380"}, others)).grids

    assert texts(grid)[1] == "교육|380|100|200"
    assert grid.note == (
        "More than one other reading would add up in cells (row, column): (1, 1), (1, 2)."
    )
    assert [cell(grid, 1, col).confidence for col in (1, 2, 3)] == [0.3, 0.3, 0.9]


def test_two_misread_digits_of_one_sum_are_read_together() -> None:
    document = scanned(
        ONE_ROW, {(1, 2): "160", (1, 3): "208"}, {(1, 2): ("100",), (1, 3): ("200",)}
    )

    (grid,) = settle_digits(document).grids

    assert texts(grid) == list(ONE_ROW)


def test_a_reading_that_breaks_another_total_is_not_taken() -> None:
    # the row would hold with 400, and then the column would not
    (grid,) = settle_digits(scanned(ROWS, {(1, 1): "400"}, {(1, 3): ("300",)})).grids

    assert texts(grid)[1] == "교육|400|100|200"


def test_a_document_without_other_readings_is_left_as_it_is() -> None:
    document = scanned(ROWS, {(2, 3): "306"}, {})

    assert settle_digits(document) is document


@settings(deadline=None)
@given(
    row=st.integers(1, 3),
    col=st.integers(1, 3),
    place=st.integers(0, 2),
    digits=st.lists(st.sampled_from("123456789"), min_size=2, max_size=2, unique=True),
)
def test_whatever_digit_is_misread_its_right_reading_is_found(
    row: int, col: int, place: int, digits: list[str]
) -> None:
    right = ROWS[row].split("|")[col]
    wrong, other = (right[:place] + digit + right[place + 1 :] for digit in digits)
    if right in (wrong, other):
        return
    (grid,) = settle_digits(scanned(ROWS, {(row, col): wrong}, {(row, col): (other, right)})).grids

    assert texts(grid) == list(ROWS)


@pytest.mark.parametrize("confidence", [0.2, 0.7])
def test_a_fact_is_no_surer_than_the_reading_of_its_cell(confidence: float) -> None:
    document = scanned(ROWS, {}, {})
    (grid,) = document.grids
    unsure = replace(
        grid,
        cells=tuple(
            replace(c, confidence=confidence) if (c.row, c.col) == (1, 2) else c for c in grid.cells
        ),
    )

    report = choose_reading(replace(document, blocks=(unsure,)))

    by_place = {(fact.row, fact.col): fact.confidence for fact in report.facts}
    assert by_place[1, 2] == confidence
    assert by_place[1, 3] == 0.9
