"""Rows of numbers between which no rule is drawn."""

from typing import Any

import pytest

from extract.reading.pdf import read_pdf
from extract.records import TableGrid

XS, YS = (60.0, 200.0, 300.0, 400.0), (100.0, 120.0, 200.0, 220.0)
HEAD = ("구분", "예산", "집행")


def read_body(paper: Any, body: tuple[str, str, str]) -> TableGrid:
    paper.grid(XS, YS, (HEAD, body, ("계", "9", "9")))
    (grid,) = read_pdf(paper.save(), "rows.pdf").grids
    return grid


def row(grid: TableGrid, number: int) -> list[str]:
    return [cell.text for cell in grid.cells if cell.row == number]


def test_rows_of_numbers_without_rules_are_cut(new_paper: Any) -> None:
    grid = read_body(new_paper(), ("국비\n시비\n구비", "1\n2\n3", "-\n5\n6"))
    assert [row(grid, n) for n in (1, 2, 3)] == [
        ["국비", "1", "-"],
        ["시비", "2", "5"],
        ["구비", "3", "6"],
    ]
    assert grid.row_count == 5
    assert grid.confidence < 1
    assert grid.note


def test_marked_items_are_rows_even_where_few_have_numbers(new_paper: Any) -> None:
    body = ("(1) 인건비\n(2) 운영비\n(3) 여비", "1\n \n ", " \n \n6")
    grid = read_body(new_paper(), body)
    assert [row(grid, n) for n in (1, 2, 3)] == [
        ["(1) 인건비", "1", ""],
        ["(2) 운영비", "", ""],
        ["(3) 여비", "", "6"],
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(("홍보물 제작\n및 배포", "1\n ", "2\n "), id="a label of two lines"),
        pytest.param(("- 회의\n- 교육\n- 행사", " \n7\n ", " \n8\n "), id="a list in one row"),
        pytest.param(("계\n ", "1,000\n(75%)", "800\n(80%)"), id="value and share"),
        pytest.param(("2024.\n3. 5.", "회의\n개최", "완료\n예정"), id="words only"),
    ],
)
def test_one_row_of_several_lines_stays_one_row(new_paper: Any, body: tuple[str, str, str]) -> None:
    grid = read_body(new_paper(), body)
    assert grid.row_count == 3
    assert grid.confidence == 1


def test_a_merged_cell_beside_the_rows_stays_whole(new_paper: Any) -> None:
    paper = new_paper()
    for x in (60, 120, 200, 300, 400):
        paper.line(x, 100, x, 180)
    for x0, y in ((60, 100), (60, 120), (120, 150), (60, 180)):
        paper.line(x0, y, 400, y)
    paper.texts((60, 120, 200, 300), (100, 120, 150), (
        ("과목", "세목", "예산", "집행"), ("경비", "가\n나", "1\n2", "3\n4"), ("", "다", "5", "6"),
    ))  # fmt: skip
    (grid,) = read_pdf(paper.save(), "rows.pdf").grids
    spans = {cell.text: (cell.row, cell.row_span) for cell in grid.cells if cell.text}
    assert spans["경비"] == (1, 3)
    assert (spans["가"], spans["나"], spans["다"]) == ((1, 1), (2, 1), (3, 1))


def read_list(paper: Any, labels: str, values: str) -> TableGrid:
    xs, ys = (60.0, 200.0, 300.0), (100.0, 120.0, 220.0, 240.0)
    paper.grid(xs, ys, (("거래처", "금액"), (labels, values), ("계", "9")))
    (grid,) = read_pdf(paper.save(), "list.pdf").grids
    return grid


def test_a_long_list_with_one_column_of_values_is_cut(new_paper: Any) -> None:
    grid = read_list(new_paper(), "가\n나\n다\n라\n마", "1\n2\n-\n4\n5")
    assert [row(grid, n) for n in (1, 3, 5)] == [["가", "1"], ["다", "-"], ["마", "5"]]
    assert grid.confidence < 1


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        pytest.param("가\n나\n다\n라", "1\n2\n3\n4", id="a short one may be one label"),
        pytest.param("가\n나\n다\n라\n마", "1\n \n3\n4\n5", id="a line without a value"),
        pytest.param("가\n나\n \n라\n마", "1\n2\n3\n4\n5", id="a value without a label"),
    ],
)
def test_one_column_of_values_is_not_cut_in_doubt(labels: str, values: str, new_paper: Any) -> None:
    assert read_list(new_paper(), labels, values).row_count == 3
