"""Heading rows: how many there are, and headings that a merged cell pushed."""

import pytest

from extract.grids.heads import align_header, column_shapes, count_header_rows
from extract.grids.rows import Row, RowCell
from extract.records import Place, Run
from tests.extract.texts import grid_of_text, rows_of


def row(text: str) -> Row:
    return tuple(
        RowCell(runs=(Run(text=part, place=Place(line_no=1)),)) if part else RowCell()
        for part in text.split("|")
    )


def aligned(header: str, *body: str) -> tuple[list[str], bool]:
    rows = [row(line) for line in body]
    shapes = column_shapes(rows, max(len(r) for r in rows))
    cells, moved = align_header(row(header), shapes)
    return [cell.text for cell in cells], moved


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        pytest.param(["구분|예산|집행", "교육|100|50"], 1, id="one"),
        pytest.param(["구분|예산||비율", "|국비|시비|", "교육|1|2|3%"], 2, id="two"),
        pytest.param(["교육|100|50", "홍보|80|40"], 0, id="none"),
        pytest.param(["구분|2022|2023", "교육|1|2"], 1, id="years head columns"),
        pytest.param(["기관명|대표", "마을회|주민"], 1, id="texts only: the first"),
        pytest.param(
            ["구분|목표|실적", "교육|미정|협의", "홍보|3|4"], 1, id="a row without numbers"
        ),
        pytest.param(["2023. 5. 1.|교육|3"], 0, id="a dated row"),
    ],
)
def test_heading_rows_are_those_above_the_first_figures(rows: list[str], count: int) -> None:
    assert count_header_rows([row(line) for line in rows]) == count


@pytest.mark.parametrize(
    ("header", "body", "expected", "moved"),
    [
        pytest.param(
            "구분|목표|실적|달성률|",
            ["복지|교육|10|9|90%", "복지|홍보|20|10|50%"],
            ["구분", "", "목표", "실적", "달성률"],
            True,
            id="구분 covers two label columns",
        ),
        pytest.param(
            "구분|단위|목표|실적|",
            ["복지|교육|회|10|9", "복지|홍보|명|20|10"],
            ["구분", "", "단위", "목표", "실적"],
            True,
            id="the unit column tells the shift",
        ),
        pytest.param(
            "구분||예산액|집행액",
            ["교육|1,200|600", "홍보|800|400"],
            ["구분", "예산액", "집행액"],
            True,
            id="a blank too many",
        ),
        pytest.param(
            "구분|예산액|집행액",
            ["교육|1,200|600", "홍보|800|400"],
            ["구분", "예산액", "집행액"],
            False,
            id="in its place",
        ),
        pytest.param(
            "구분|예산액|집행액",
            ["교육|1,200|600|50%|1", "홍보|800|400|50%|2"],
            ["구분", "예산액", "집행액", "", ""],
            False,
            id="narrower than the body",
        ),
    ],
)
def test_a_heading_is_put_back_over_its_column(
    header: str, body: list[str], expected: list[str], moved: bool
) -> None:
    assert aligned(header, *body) == (expected, moved)


def test_a_heading_wider_than_the_body_loses_no_cell() -> None:
    text = "구분\t사업\t목표\t실적\t달성률\t비고\n상담\t30\t25\n방문\t20\t21\n"
    assert [cell for cell in rows_of(grid_of_text(text))[0] if cell] == [
        "구분", "사업", "목표", "실적", "달성률", "비고"
    ]  # fmt: skip


def test_a_moved_heading_is_marked() -> None:
    text = "구분\t목표\t실적\t달성률\n복지\t교육\t10\t9\t90%\n복지\t홍보\t20\t10\t50%\n"
    grid = grid_of_text(text)
    assert [cell.text for cell in grid.cells if cell.is_moved] == ["목표", "실적", "달성률"]
    assert grid.note
    assert grid.confidence < 1
