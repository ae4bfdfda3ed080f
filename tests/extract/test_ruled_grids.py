"""Tables from the ways in which offices draw their rules."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from extract.reading.pdf import read_pdf
from extract.records import TableGrid

XS, YS = (60.0, 160.0, 260.0, 360.0), (100.0, 120.0, 140.0, 160.0)
TEXTS = (("구분", "2023", "2024"), ("국비", "1", "2"), ("시비", "3", "4"))
EXPECTED = [text for row in TEXTS for text in row]

Draw = Callable[[Any], object]


def read_grid(paper: Any) -> TableGrid:
    (grid,) = read_pdf(paper.save(), "report.pdf").grids
    return grid


def shape(grid: TableGrid) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells]


def draw_full(paper: Any) -> None:
    paper.grid(XS, YS, TEXTS)


def draw_open_sides(paper: Any) -> None:
    for x in XS[1:-1]:
        paper.line(x, YS[0], x, YS[-1])
    for y in YS:
        paper.line(XS[0], y, XS[-1], y)
    paper.texts(XS, YS, TEXTS)


def draw_open_top_and_bottom(paper: Any) -> None:
    for x in XS:
        paper.line(x, YS[0], x, YS[-1])
    for y in YS[1:-1]:
        paper.line(XS[0], y, XS[-1], y)
    paper.texts(XS, YS, TEXTS)


def draw_thin_boxes(paper: Any) -> None:
    for x in XS:
        paper.fill(x, YS[0], x + 0.7, YS[-1])
    for y in YS:
        paper.fill(XS[0], y, XS[-1], y + 0.7)
    paper.texts(XS, YS, TEXTS)


def draw_dots(paper: Any) -> None:
    for x in XS:
        for step in range(30):
            paper.fill(x, YS[0] + 2 * step, x + 0.8, YS[0] + 2 * step + 0.8)
    for y in YS:
        for step in range(150):
            paper.fill(XS[0] + 2 * step, y, XS[0] + 2 * step + 0.8, y + 0.8)
    paper.texts(XS, YS, TEXTS)


def draw_dashes(paper: Any) -> None:
    paper.canvas.setDash(3, 2)
    paper.grid(XS, YS, TEXTS)


def draw_double_rules(paper: Any) -> None:
    paper.grid(XS, YS, TEXTS)
    for y in (YS[0], YS[1], YS[-1]):
        paper.line(XS[0], y + 1.8, XS[-1], y + 1.8)
    for x in (XS[0], XS[1]):
        paper.line(x + 1.8, YS[0], x + 1.8, YS[-1])


def draw_wide_double_rule(paper: Any) -> None:
    paper.grid(XS, YS, TEXTS).line(XS[0], YS[1] - 4, XS[-1], YS[1] - 4)


def draw_cell_by_cell(paper: Any) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            paper.frame(x0 + 0.4, y0 + 0.4, x1 - 0.4, y1 - 0.4)
    paper.texts(XS, YS, TEXTS)


def draw_over_the_edge(paper: Any) -> None:
    paper.grid(XS, YS, TEXTS).line(-400, -50, -300, -50).line(-50, 10, -50, 700)


@pytest.mark.parametrize(
    "draw",
    [
        draw_full,
        draw_open_sides,
        draw_open_top_and_bottom,
        draw_thin_boxes,
        draw_dots,
        draw_dashes,
        draw_double_rules,
        draw_wide_double_rule,
        draw_cell_by_cell,
        draw_over_the_edge,
    ],
)
def test_a_table_is_found_however_its_rules_are_drawn(new_paper: Any, draw: Draw) -> None:
    paper = new_paper()
    draw(paper)
    grid = read_grid(paper)
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert [cell.text for cell in grid.cells] == EXPECTED


def test_merged_cells_stand_once_with_their_spans(new_paper: Any) -> None:
    paper = new_paper()
    for y0, y1, x in ((100, 160, 60), (100, 160, 160), (120, 160, 260), (100, 160, 360)):
        paper.line(x, y0, x, y1)
    for x0, y in ((60, 100), (160, 120), (60, 140), (60, 160)):
        paper.line(x0, y, 360, y)
    paper.text(70, 114, "구분").text(230, 104, "예산").text(170, 124, "국비")
    paper.text(270, 124, "시비").text(70, 144, "계").text(170, 144, "1").text(270, 144, "2")
    assert shape(read_grid(paper)) == [
        (0, 0, 2, 1, "구분"),
        (0, 1, 1, 2, "예산"),
        (1, 1, 1, 1, "국비"),
        (1, 2, 1, 1, "시비"),
        (2, 0, 1, 1, "계"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
    ]


def test_a_box_set_into_the_corner_of_a_heading_keeps_the_heading_upright(new_paper: Any) -> None:
    paper = new_paper()
    for x, y0 in ((60, 100), (160, 100), (260, 120), (360, 100)):
        paper.line(x, y0, x, 160)
    for x0, y in ((60, 100), (260, 120), (60, 140), (60, 160)):
        paper.line(x0, y, 360, y)
    paper.text(70, 114, "구분").text(170, 104, "증감").text(165, 124, "(B-A)")
    paper.text(270, 124, "비율").text(70, 144, "계").text(170, 144, "1").text(270, 144, "2")
    found = shape(read_grid(paper))
    assert (0, 1, 2, 1, "증감\n(B-A)") in found
    assert (0, 2, 1, 1, "") in found


def test_the_border_of_a_shaded_heading_parts_rows(new_paper: Any) -> None:
    paper = new_paper().fill(60, 100, 360, 120, grey=0.9)
    for x in XS[1:-1]:
        paper.line(x, YS[0], x, YS[-1])
    for y in (100, 140, 160):
        paper.line(XS[0], y, XS[-1], y)
    grid = read_grid(paper.texts(XS, YS, TEXTS))
    assert [cell.text for cell in grid.cells] == EXPECTED


def test_shading_behind_a_word_does_not_cut_its_cell(new_paper: Any) -> None:
    paper = new_paper().fill(163, 102, 190, 115, grey=0.8)
    assert read_grid(paper.grid(XS, YS, TEXTS)).row_count == 3


def test_a_gradient_bar_is_not_a_table(new_paper: Any) -> None:
    paper = new_paper()
    for step in range(150):
        paper.fill(60, 50 + step * 0.1, 360, 50.1 + step * 0.1, grey=step / 150)
    assert len(read_pdf(paper.grid(XS, YS, TEXTS).save(), "bar.pdf").grids) == 1


def test_a_nested_table_is_a_table_of_its_own(new_paper: Any) -> None:
    paper = new_paper().grid((40, 100, 500), (80, 100, 300), (("연번", "사업내용"), ("1", "")))
    paper.text(110, 200, "○ 추진상황").grid(XS[1:], (120, 140, 160), (("계", "국비"), ("7", "8")))
    outer, inner = read_pdf(paper.save(), "nested.pdf").grids
    assert [cell.text for cell in outer.cells] == ["연번", "사업내용", "1", "○ 추진상황"]
    assert [cell.text for cell in inner.cells] == ["계", "국비", "7", "8"]


def test_a_nested_table_close_to_the_wall_around_it_is_still_its_own(new_paper: Any) -> None:
    paper = new_paper().grid((40, 158, 362), (80, 100, 300), (("연번", "내용"), ("1", "")))
    paper.grid(XS[1:], (120, 140, 160), (("계", "국비"), ("7", "8")))
    assert len(read_pdf(paper.save(), "nested.pdf").grids) == 2


def test_tables_side_by_side_are_two(new_paper: Any) -> None:
    small = (("가", "나"), ("1", "2"))
    paper = new_paper().grid((50, 100, 150), YS[:3], small).grid((160, 210, 260), YS[:3], small)
    grids = read_pdf(paper.save(), "pair.pdf").grids
    assert [grid.place.x0 for grid in grids] == [50, 160]


@pytest.mark.parametrize(
    ("xs", "ys"),
    [
        pytest.param((60, 400), (100, 120, 140), id="one column"),
        pytest.param((60, 200, 400), (100, 120), id="one row"),
    ],
)
def test_a_box_of_one_row_or_column_is_running_text(
    new_paper: Any, xs: tuple[float, ...], ys: tuple[float, ...]
) -> None:
    document = read_pdf(new_paper().grid(xs, ys, (("가", "나"), ("다", "라"))).save(), "box.pdf")
    assert document.grids == ()
    assert document.lines


def test_a_frame_with_a_tab_on_its_border_is_running_text(new_paper: Any) -> None:
    paper = new_paper().frame(200, 100, 300, 120)
    for x0, y0, x1, y1 in (
        (60, 110, 200, 110), (300, 110, 440, 110), (60, 110, 60, 180), (440, 110, 440, 180),
        (60, 180, 440, 180),
    ):  # fmt: skip
        paper.line(x0, y0, x1, y1)
    paper.text(230, 105, "목 표").text(
        100, 140, "모두가 함께하는 활기찬 지역 경제의 실현을 위한 과제"
    )
    document = read_pdf(paper.save(), "tab.pdf")
    assert document.grids == ()
    assert [line.run.text for line in document.lines] == [
        "목 표",
        "모두가 함께하는 활기찬 지역 경제의 실현을 위한 과제",
    ]


def test_an_organisation_chart_is_running_text(new_paper: Any) -> None:
    paper = new_paper().frame(240, 60, 340, 85).text(260, 66, "재무국").line(290, 85, 290, 110)
    paper.line(100, 110, 480, 110)
    for number, name in enumerate(("예산과", "세무과", "회계과")):
        x = 100 + 190 * number
        paper.line(x, 110, x, 130).frame(x - 40, 130, x + 40, 155).text(x - 20, 136, name)
    document = read_pdf(paper.save(), "chart.pdf")
    assert document.grids == ()
    assert len(document.lines) == 4
