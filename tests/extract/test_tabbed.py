"""Tab-separated tables: cells, heading rows, tables beside and below each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grids.tabbed import find_tabbed
from extract.records import Line, TableGrid
from tests.extract.texts import grid_of_text, grids_of, lines_of, places_of, rows_of


def test_a_cell_stands_where_its_tab_says() -> None:
    grid = grid_of_text("구분\t예산액\t집행액\n교육\t1,200\t600\n홍보\t800\t-\n")
    assert rows_of(grid) == [
        ["구분", "예산액", "집행액"], ["교육", "1,200", "600"], ["홍보", "800", "-"]
    ]  # fmt: skip
    assert grid.header_row_count == 1
    assert (grid.place.line_no, grid.line_last) == (1, 3)


def test_two_rows_of_headings_are_headings() -> None:
    grid = grid_of_text(
        "구분\t예산\t\t집행률\n\t국비\t시비\t\n교육\t100\t50\t30%\n홍보\t80\t40\t20%\n"
    )
    assert grid.header_row_count == 2


def test_a_blank_cell_inside_a_row_stays_blank() -> None:
    grid = grid_of_text("구분\t1월\t2월\t3월\n교육\t1\t\t3\n홍보\t4\t5\t6\n상담\t7\t8\t9\n")
    assert rows_of(grid)[1] == ["교육", "1", "", "3"]


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        pytest.param(
            "구분\t목표\t실적\t구분\t예산\t집행\n상담\t30\t25\t교육\t100\t50\n방문\t20\t21\t홍보\t80\t40\n",
            [["구분 목표 실적", "상담 30 25", "방문 20 21"], ["구분 예산 집행", "교육 100 50",
                                                              "홍보 80 40"]],
            id="side by side on one line",
        ),
        pytest.param(
            "구분\t예산\t집행\n교육\t100\t50\n구분\t목표\t실적\n상담\t30\t25\n",
            [["구분 예산 집행", "교육 100 50"], ["구분 목표 실적", "상담 30 25"]],
            id="one right below the other",
        ),
        pytest.param(
            "구분\t예산\t집행\n교육\t100\t50\n(단위: 명)\n구분\t목표\t실적\n상담\t30\t25\n",
            [["구분 예산 집행", "교육 100 50"], ["구분 목표 실적", "상담 30 25"]],
            id="a unit note between",
        ),
        pytest.param(
            "구분\t2022\t2023\n교육\t1\t2\n\n구분\t2022\t2023\n홍보\t3\t4\n",
            [["구분 2022 2023", "교육 1 2", "홍보 3 4"]],
            id="the same headings again: one table",
        ),
        pytest.param(
            "사업명\t마을 교육\t담당\t행정과\n사업비\t계\t국비\t시비\n\t1,200\t700\t500\n",
            [["사업명 마을 교육 담당 행정과"], ["사업비 계 국비 시비", "1,200 700 500"]],
            id="a form holds a table",
        ),
    ],
)  # fmt: skip
def test_tables_that_share_lines_are_told_apart(text: str, tables: list[list[str]]) -> None:
    assert [
        [" ".join(filter(None, row)) for row in rows_of(grid)] for grid in grids_of(text)
    ] == tables


def test_a_short_line_without_tabs_inside_a_table_is_a_row() -> None:
    grid = grid_of_text("구분\t예산\t집행\n교육\t100\t50\n소계\n홍보\t80\t40\n")
    assert rows_of(grid)[2] == ["소계", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("일반현황\t1\n추진실적\t4\n향후계획\t9\n", id="table of contents"),
        pytest.param("교육\t1,200\n", id="one line"),
        pytest.param("교육 1,200\n홍보 300\n", id="no tabs"),
        pytest.param("\t\n\t\t\n", id="nothing but tabs"),
    ],
)
def test_what_is_no_table_stays_text(text: str) -> None:
    assert all(isinstance(block, Line) for block in find_tabbed(lines_of(text)))


CELLS = st.sampled_from(
    ["", "구분", "계", "예산액", "집행률", "2022", "1,200", "-", "35%", "교육", "20건/50억", "명"]
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6).map("\t".join), max_size=9).map("\n".join)


@given(ROWS)
def test_every_character_lies_in_exactly_one_block(text: str) -> None:
    lines = lines_of(text)
    blocks = find_tabbed(lines)
    printed = places_of(lines)
    seen = places_of(blocks)
    assert all(count == 1 for count in seen.values())
    assert seen.keys() <= printed.keys()
    rows = ["".join(row.split()) for row in text.split("\n")]
    for line_no, _ in printed - seen:  # only headings that are printed again are left out
        assert line_no is not None
        assert rows[line_no - 1] in rows[: line_no - 1]


@given(ROWS)
def test_cells_fill_the_grid_without_overlap(text: str) -> None:
    for block in find_tabbed(lines_of(text)):
        if isinstance(block, TableGrid):
            places = [(cell.row, cell.col) for cell in block.cells]
            assert len(set(places)) == len(places)
            assert all(r < block.row_count and c < block.column_count for r, c in places)
            assert places == sorted(places)
