"""Tables that white space, stripes or a few level rules set apart."""

from collections.abc import Sequence
from typing import Any

import pytest

from extract.reading.pdf import read_pdf
from extract.records import Document, TableGrid

XS = (60.0, 200.0, 300.0, 400.0, 560.0)
HEAD = ("구분", "예산", "집행", "집행률")
ROWS = (
    ("인건비", "1,200", "1,100", "91.7%"),
    ("운영비", "800", "-", "0%"),
    ("합계", "2,000", "1,100", "55.0%"),
)


def print_rows(
    paper: Any, rows: Sequence[Sequence[str]], top: float = 100.0, pitch: float = 18.0
) -> Any:
    """Print rows with centred labels and values that end at the right side of their column."""
    for number, row in enumerate(rows):
        y = top + pitch * number
        for col, text in enumerate(row):
            is_value = number > 0 and col > 0
            width = sum(10 if letter >= "가" else 5.5 for letter in text)
            left, right = XS[col], XS[col + 1]
            x = right - width - 6 if is_value else (left + right - width) / 2
            if text:
                paper.text(x, y, text)
    return paper


def read(paper: Any) -> Document:
    return read_pdf(paper.save(), "spaced.pdf")


def table(grid: TableGrid) -> list[list[str]]:
    rows = [["" for _ in range(grid.column_count)] for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


def spans(grid: TableGrid) -> dict[str, tuple[int, int]]:
    return {cell.text: (cell.row_span, cell.col_span) for cell in grid.cells if cell.runs}


def test_columns_without_any_rule_are_a_table(new_paper: Any) -> None:
    (grid,) = read(print_rows(new_paper(), (HEAD, *ROWS))).grids
    assert table(grid) == [list(HEAD), *map(list, ROWS)]
    assert grid.engine == "spaced"
    assert grid.header_row_count == 1
    assert grid.confidence < 1


def test_the_caption_and_the_unit_note_are_not_part_of_the_table(new_paper: Any) -> None:
    paper = print_rows(new_paper(), (HEAD, *ROWS))
    paper.text(60, 84, "예산 현황").text(500, 84, "(단위: 천원)")
    document = read(paper)
    assert table(document.grids[0])[0] == list(HEAD)
    assert [line.run.text for line in document.lines] == ["예산 현황", "(단위: 천원)"]


def test_three_rules_bound_the_table_and_set_its_box(new_paper: Any) -> None:
    paper = print_rows(new_paper(), (HEAD, *ROWS))
    for y in (97.0, 114.0, 170.0):
        paper.line(60, y, 560, y)
    paper.text(60, 180, "주) 잠정 집계이며 확정된 값은 아님")
    (grid,) = read(paper).grids
    assert table(grid) == [list(HEAD), *map(list, ROWS)]
    assert (grid.place.y0, grid.place.y1) == pytest.approx((97.0, 170.0), abs=0.5)
    assert (grid.place.x0, grid.place.x1) == pytest.approx((60.0, 560.0), abs=0.5)


def test_stripes_bound_the_table(new_paper: Any) -> None:
    paper = new_paper().fill(60, 97, 560, 114, grey=0.8).fill(60, 132, 560, 150, grey=0.9)
    (grid,) = read(print_rows(paper, (HEAD, *ROWS))).grids
    assert table(grid) == [list(HEAD), *map(list, ROWS)]


def test_a_label_between_rows_covers_both(new_paper: Any) -> None:
    paper = print_rows(new_paper(), (HEAD, ("", *ROWS[0][1:]), ("", *ROWS[1][1:]), ROWS[2]))
    paper.text(115, 127, "경상비")
    (grid,) = read(paper).grids
    assert spans(grid)["경상비"] == (2, 1)
    assert table(grid)[3][0] == "합계"


def test_a_label_of_two_lines_beside_one_value_line_is_one_cell(new_paper: Any) -> None:
    paper = print_rows(new_paper(), (HEAD, ROWS[0], ("", *ROWS[1][1:]), ROWS[2]), pitch=30)
    paper.text(110, 154, "사무실").text(110, 166, "운영비")
    (grid,) = read(paper).grids
    assert table(grid)[2][0] == "사무실\n운영비"
    assert grid.row_count == 4


def test_a_heading_in_the_middle_of_several_columns_covers_them(new_paper: Any) -> None:
    paper = print_rows(new_paper(), (("", "2023년", "2024년", "2025년"), *ROWS), top=118)
    paper.text(120, 109, "구분").text(356, 100, "연도별 예산")
    (grid,) = read(paper).grids
    assert spans(grid)["연도별 예산"] == (1, 3)
    assert spans(grid)["구분"] == (2, 1)
    assert grid.header_row_count == 2


def test_spread_letters_keep_one_space(new_paper: Any) -> None:
    paper = print_rows(new_paper(), (("", *HEAD[1:]), *ROWS))
    paper.text(110, 100, "구").text(140, 100, "분")
    (grid,) = read(paper).grids
    assert table(grid)[0][0] == "구 분"


def test_rules_between_all_rows_without_upright_ones_part_them(new_paper: Any) -> None:
    paper = print_rows(new_paper(), (HEAD, *ROWS))
    for y in (97.0, 114.0, 132.0, 150.0, 168.0):
        paper.line(60, y, 560, y)
    (grid,) = read(paper).grids
    assert table(grid) == [list(HEAD), *map(list, ROWS)]


def print_contents(paper: Any) -> Any:
    for number, title in enumerate(("기본현황", "주요성과", "추진계획")):
        y = 100 + 20 * number
        paper.text(60, y, f"{number + 1}").text(90, y, title).text(540, y, f"{4 * number + 1}")
    return paper


def print_leaders(paper: Any) -> Any:
    for number in range(4):
        y = 100 + 20 * number
        paper.text(60, y, "제1장").text(110, y, "개요").text(200, y, "· · · · · · · · · ·")
        paper.text(540, y, str(number + 1))
    return paper


def print_prose(paper: Any) -> Any:
    for number in range(6):
        y = 100 + 16 * number
        paper.text(50, y, "주민과 함께 만드는 사업을 넓혀 가고").text(
            310, y, "관계 기관과 함께 성과를 나누어 간다"
        )
    return paper


def print_axis(paper: Any) -> Any:
    for number in range(5):
        paper.text(60 + 80 * number, 300, str(2020 + number)).text(
            55 + 80 * number, 250 - 14 * number, f"{90 + number}.5"
        )
    return paper


def print_list(paper: Any) -> Any:
    for number, text in enumerate(("사업기간: 2021. 1. ~ 12.", "사업대상: 청년", "예산: 30백만원")):
        paper.text(60, 100 + 16 * number, f"○ {text}")
    return paper


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(print_contents, id="contents with page numbers"),
        pytest.param(print_leaders, id="contents with dot leaders"),
        pytest.param(print_prose, id="prose in two columns"),
        pytest.param(print_axis, id="labels of a chart"),
        pytest.param(print_list, id="a list"),
    ],
)
def test_what_merely_lines_up_is_no_table(new_paper: Any, draw: Any) -> None:
    assert read(draw(new_paper())).grids == ()


def test_every_printed_character_is_in_a_cell_or_in_a_line(new_paper: Any) -> None:
    paper = print_rows(new_paper(), (HEAD, *ROWS)).text(60, 60, "총괄표").text(60, 240, "끝.")
    document = read(paper)
    printed = "".join(
        [*(line.run.text for line in document.lines), *(c.text for c in document.grids[0].cells)]
    )
    wanted = "총괄표끝." + "".join("".join(row) for row in (HEAD, *ROWS))
    assert sorted(printed) == sorted(wanted)
