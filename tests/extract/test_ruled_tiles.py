"""Tables drawn as filled cells, and tables that centred headings interrupt."""

from itertools import pairwise
from typing import Any

import pytest

from extract.reading.pdf import read_pdf
from extract.records import TableGrid

XS = (60.0, 160.0, 260.0, 360.0)
ROWS = (("구분", "예산", "집행"), ("인건비", "10", "8"), ("운영비", "20", "19"))


def texts(grid: TableGrid) -> list[list[str]]:
    rows = [["" for _ in range(grid.column_count)] for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


def test_filled_cells_with_white_between_them_are_a_table(new_paper: Any) -> None:
    paper, ys = new_paper(), (100.0, 120.0, 140.0, 160.0)
    for top, foot in pairwise(ys):
        for left, right in pairwise(XS):
            paper.fill(left + 0.6, top + 0.6, right - 0.6, foot - 0.6, grey=0.85)
    (grid,) = read_pdf(paper.texts(XS, ys, ROWS).save(), "tiles.pdf").grids
    assert texts(grid) == [list(row) for row in ROWS]


def test_a_merged_filled_cell_keeps_its_span(new_paper: Any) -> None:
    paper = new_paper()
    for x0, y0, x1, y1 in (
        (60, 100, 160, 140), (160, 100, 360, 120), (160, 120, 260, 140), (260, 120, 360, 140),
        (60, 140, 160, 160), (160, 140, 260, 160), (260, 140, 360, 160),
    ):  # fmt: skip
        paper.fill(x0 + 0.6, y0 + 0.6, x1 - 0.6, y1 - 0.6, grey=0.8)
    paper.texts(XS, (100, 120, 140), (("구분", "금액", ""), ("", "예산", "집행"), ("계", "9", "7")))
    (grid,) = read_pdf(paper.save(), "tiles.pdf").grids
    spans = {c.text: (c.row_span, c.col_span) for c in grid.cells}
    assert (spans["구분"], spans["금액"]) == ((2, 1), (1, 2))


def test_filled_boxes_apart_from_each_other_are_no_table(new_paper: Any) -> None:
    paper = new_paper()
    for row in range(2):
        for col in range(3):
            left, top = 60 + 150 * col, 100 + 60 * row
            paper.fill(left, top, left + 120, top + 40, grey=0.8).text(
                left + 10, top + 12, "협의체"
            )
    assert read_pdf(paper.save(), "boxes.pdf").grids == ()


def interrupted(paper: Any, heading: str, x: float, repeats_head: bool = False) -> Any:
    """Draw two ruled parts with open sides and a line of text between them."""
    upper, lower = (100.0, 120.0, 140.0), (162.0, 182.0, 202.0)
    for ys in (upper, lower):
        for y in ys:
            paper.line(60, y, 360, y)
        for inner in XS[1:-1]:
            paper.line(inner, ys[0], inner, ys[-1])
    paper.texts(XS, upper, ROWS[:2]).text(x, 146, heading)
    return paper.texts(XS, lower, ROWS[:2] if repeats_head else (ROWS[2], ("여비", "3", "3")))


def test_a_centred_heading_over_a_group_does_not_end_the_table(new_paper: Any) -> None:
    document = read_pdf(interrupted(new_paper(), "보조사업", 190).save(), "sections.pdf")
    (grid,) = document.grids
    assert texts(grid)[2] == ["보조사업", "", ""]
    assert grid.row_count == 5


@pytest.mark.parametrize(
    ("heading", "x", "repeats_head"),
    [
        pytest.param("나. 보조사업", 60, False, id="a caption at the left"),
        pytest.param("<보조사업>", 185, True, id="headings that come again"),
    ],
)
def test_two_tables_with_a_caption_between_them_stay_two(
    heading: str, x: float, repeats_head: bool, new_paper: Any
) -> None:
    paper = interrupted(new_paper(), heading, x, repeats_head)
    assert len(read_pdf(paper.save(), "two.pdf").grids) == 2
