"""Sums that words prove where only one part is not zero."""

from collections.abc import Sequence

from validate.discovery.discover import discover

PROJECTS = """항목 | 2022 | 2023 | 2024
국비 | 1,208 | 1,377 | 1,051
시비 | 604 | 911 | 862
사업비 | 1,812 | 2,288 | 1,913
 | | |
국비 | 731 | 640 | 787
시비 | 389 | 241 | 148
사업비 | 1,120 | 881 | 935
 | | |
국비 | 0 | 0 | 0
시비 | 413 | 207 | 103
사업비 | 413 | 207 | 103"""

NAMED = """구분 | 1월 | 2월 | 3월
보조금 | 28,499 | 9,200 | 692
이자 | 0 | 0 | 0
기타 | 0 | 0 | 0
합계 | 28,499 | 9,200 | 692"""


def sums_of(rows: Sequence[Sequence[str]]) -> set[tuple[int, int, frozenset[int]]]:
    """Return row and column of each sum down a column, with the rows of its parts."""
    return {
        (one.target.row, one.target.col, frozenset(cell.row for cell in one.operands))
        for one in discover(rows)
        if one.operator == "sum" and len({cell.col for cell in (one.target, *one.operands)}) == 1
    }


def grid_of(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]


def test_a_block_in_the_words_of_proved_ones_is_a_sum_of_its_one_part() -> None:
    assert {(11, col, frozenset({9, 10})) for col in (1, 2, 3)} <= sums_of(grid_of(PROJECTS))


def test_a_block_in_other_words_is_none() -> None:
    rows = grid_of(PROJECTS)
    for row, word in ((9, "출연금"), (10, "집행액"), (11, "정산액")):
        rows[row][0] = word
    assert not any(target == 11 for target, _, _ in sums_of(rows))


def test_a_block_that_one_line_breaks_is_none() -> None:
    rows = grid_of(PROJECTS)
    rows[11][2] = "350"
    assert not any(target == 11 for target, _, _ in sums_of(rows))


def test_a_named_total_of_one_part_is_the_sum_of_the_block_beside_it() -> None:
    assert {(4, col, frozenset({1, 2, 3})) for col in (1, 2, 3)} <= sums_of(grid_of(NAMED))


def test_without_its_name_an_equal_figure_is_no_total() -> None:
    rows = grid_of(NAMED)
    rows[4][0] = "집행액"
    assert not sums_of(rows)
