"""Rows of text inside ruled columns: labels over several rows, texts that hang from their row."""

from collections.abc import Sequence
from typing import Any

from extract.reading.pdf import read_pdf
from extract.records import TableGrid

XS, TOP = (60.0, 160.0, 280.0, 360.0, 440.0), 120.0
HEAD = ("과목", "세목", "목표", "실적")
Line = tuple[int, float, str]
"""Column, distance from the upper border, text."""


def read_body(paper: Any, lines: Sequence[Line]) -> TableGrid:
    """Read a table with headings and one ruled row that holds the lines."""
    paper.grid(XS, (100.0, TOP, TOP + 16 + max(down for _, down, _ in lines)), (HEAD,))
    for col, down, text in lines:
        paper.text(XS[col] + 3, TOP + down, text)
    (grid,) = read_pdf(paper.save(), "open.pdf").grids
    return grid


def cells(grid: TableGrid) -> dict[str, tuple[int, int, int]]:
    """Return row, rows and column of each text below the headings."""
    return {c.text: (c.row, c.row_span, c.col) for c in grid.cells if c.runs and c.row > 0}


def values(rows: int, pitch: float = 20.0) -> list[Line]:
    """Return the lines of a label and two values in each row."""
    return [
        (col, 4 + pitch * row, text)
        for row in range(rows)
        for col, text in ((1, f"세목{row}"), (2, f"{row + 3}건"), (3, f"{row + 1}0%"))
    ]


def test_rows_with_values_in_units_are_cut(new_paper: Any) -> None:
    labels = [(0, 4 + 20 * row, f"과목{row}") for row in range(3)]
    found = cells(read_body(new_paper(), [*labels, *values(3)]))
    assert [found[f"과목{row}"] for row in range(3)] == [(1, 1, 0), (2, 1, 0), (3, 1, 0)]
    assert [found[f"{row + 1}0%"] for row in range(3)] == [(1, 1, 3), (2, 1, 3), (3, 1, 3)]


def test_a_label_amid_two_rows_covers_both(new_paper: Any) -> None:
    labels: list[Line] = [
        (0, 4, "인건비"), (0, 34, "운영비"), (0, 64, "여비"), (0, 84, "홍보비"), (0, 104, "기타"),
    ]  # fmt: skip
    found = cells(read_body(new_paper(), [*labels, *values(6)]))
    assert found["운영비"] == (2, 2, 0)
    assert (found["인건비"], found["여비"]) == ((1, 1, 0), (4, 1, 0))
    assert found["세목2"] == (3, 1, 1)


def test_one_label_may_cover_many_rows(new_paper: Any) -> None:
    grid = read_body(new_paper(), [(0, 44, "사업비"), *values(5)])
    assert cells(grid)["사업비"] == (1, 5, 0)
    assert grid.row_count == 6


def test_texts_of_several_lines_hang_from_the_height_of_their_values(new_paper: Any) -> None:
    labels = [(0, 4 + 60 * row, f"과목{row}") for row in range(2)]
    notes: list[Line] = [(1, 4 + 16 * row, f"- 근거 {row}") for row in range(3)]
    notes += [(1, 64 + 16 * row, f"- 내역 {row}") for row in range(3)]
    numbers = [
        (col, 4 + 60 * row, f"{col}{row}") for row in range(2) for col in (2, 3)
    ]  # fmt: skip
    found = cells(read_body(new_paper(), [*labels, *notes, *numbers]))
    assert found["- 근거 0\n- 근거 1\n- 근거 2"] == (1, 1, 1)
    assert found["- 내역 0\n- 내역 1\n- 내역 2"] == (2, 1, 1)
    assert found["31"] == (2, 1, 3)


def test_a_row_that_cannot_be_parted_leaves_all_others_whole(new_paper: Any) -> None:
    """Two lines of values stand beside one label of three: no rule says which is whose."""
    xs, ys = XS, (100.0, 120.0, 170.0, 220.0)
    paper = new_paper().grid(xs, ys, (HEAD,))
    for row, text in enumerate(("첫째", "둘째", "셋째")):
        paper.text(63, 124 + 14 * row, text)
    for col in (1, 2, 3):
        paper.text(xs[col] + 3, 131, f"{col}건").text(xs[col] + 3, 145, f"{col}0건")
        paper.text(xs[col] + 3, 180, f"{col + 3}건").text(xs[col] + 3, 200, f"{col + 3}0건")
    paper.text(63, 180, "넷째").text(63, 200, "다섯째")
    (grid,) = read_pdf(paper.save(), "open.pdf").grids
    assert cells(grid)["첫째\n둘째\n셋째"] == (1, 1, 0)
