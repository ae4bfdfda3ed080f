"""Markdown pipe tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grids.piped import find_piped
from extract.records import Line, TableGrid
from tests.extract.texts import lines_of, places_of, rows_of


def test_the_rule_parts_headings_from_the_body() -> None:
    (grid,) = find_piped(lines_of("| 구분 | 예산 |\n|:---|---:|\n| 교육 | 1,200 |\n| 홍보 | |"))
    assert isinstance(grid, TableGrid)
    assert rows_of(grid) == [["구분", "예산"], ["교육", "1,200"], ["홍보", ""]]
    assert grid.header_row_count == 1
    number = grid.cells[3].runs[0].place
    assert (number.line_no, number.char_start, number.char_end) == (3, 7, 12)


def test_an_escaped_bar_parts_no_cells() -> None:
    (grid,) = find_piped(lines_of("|구분|가\\|나|\n|--|--|\n|교육|1|"))
    assert isinstance(grid, TableGrid)
    assert grid.column_count == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("| 가 | 나 |\n| 다 | 라 |", id="no rule"),
        pytest.param("|---|---|\n| 가 | 나 |\n| 다 | 라 |", id="the rule first"),
        pytest.param("| 가 | 나 |\n|---|---|", id="no body"),
        pytest.param("가 | 나\n다 | 라", id="no bars at the ends"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_table_stays_text(text: str) -> None:
    blocks = find_piped(lines_of(text))
    assert all(isinstance(block, Line) for block in blocks)
    assert len(blocks) == len(lines_of(text))


LINES = st.sampled_from(["|가|1|", "|---|---|", "| 나 |", "", "글", "|다|2|3|", "||"])


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_every_character_but_bars_and_rules_lies_in_one_block(text: str) -> None:
    lines = lines_of(text)
    seen = places_of(find_piped(lines))
    rows = text.split("\n")
    assert all(count == 1 for count in seen.values())
    for line_no, start in places_of(lines):
        assert line_no is not None
        assert start is not None
        if rows[line_no - 1][start] not in "|-":
            assert (line_no, start) in seen
