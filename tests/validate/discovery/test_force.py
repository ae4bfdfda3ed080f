"""Lines on which a relation is in force though they miss it, and cells that belong to a part."""

from tests.validate.discovery.test_discover import along_row, down_column, grid_of, relations
from validate.discovery.discover import discover

MISPRINTED = """구분 | 계 | 국비 | 시비 | 구비
인건비 | 1,132 | 566 | 339 | 227
운영비 | 871 | 435 | 262 | 174
사업비 | 417 | 207 | 123 | 83
시설비 | 2,214 | 1,107 | 664 | 443
예비비 | 731 | 365 | 197 | 169"""

CUMULATED = """구분 | 2021 | 2022 | 2023
1~6월 | 2,174 | 2,807 | 2,309
1~9월 | 3,201 | 3,993 | 3,270
1월 | 315 | 390 | 404
2월 | 365 | 480 | 375
3월 | 298 | 530 | 437
4월 | 411 | 461 | 340
5월 | 378 | 487 | 330
6월 | 407 | 459 | 423
7월 | 309 | 349 | 300
8월 | 323 | 367 | 323
9월 | 395 | 470 | 338"""


def test_a_line_that_misses_a_proved_total_by_a_little_is_of_that_total() -> None:
    found = relations(grid_of(MISPRINTED))
    assert {along_row("sum", row, 1, (2, 3, 4)) for row in range(1, 6)} <= found


def test_the_line_that_misses_its_total_is_marked_and_no_other() -> None:
    totals = [one for one in discover(grid_of(MISPRINTED)) if one.target.col == 1]
    assert {one.target.row for one in totals if not one.is_met} == {3}
    assert {one.target.row for one in totals if one.is_met} == {1, 2, 4, 5}


def test_a_line_that_misses_a_proved_total_by_far_is_not_of_it() -> None:
    rows = grid_of(MISPRINTED)
    rows[3][1] = "613"
    assert along_row("sum", 3, 1, (2, 3, 4)) not in relations(rows)


def test_a_line_without_any_figure_belongs_to_a_proved_total_at_either_end() -> None:
    rows = [*grid_of(MISPRINTED), ["기타", "0", "", "-", ""]]
    assert along_row("sum", 6, 1, (3,)) in relations(rows)


def test_a_word_among_the_parts_is_in_the_range_and_one_before_them_is_not() -> None:
    rows = grid_of(MISPRINTED.replace("1,132 | 566 | 339 | 227", "793 | 566 | 해당 없음 | 227"))
    rows[2][2], rows[2][1] = "해당 없음", "436"
    found = relations(rows)
    assert along_row("sum", 1, 1, (2, 3, 4)) in found
    assert along_row("sum", 2, 1, (3, 4)) in found


def test_a_block_beside_its_total_is_not_told_through_a_part_total_elsewhere() -> None:
    found = relations(grid_of(CUMULATED))
    assert {down_column("sum", col, 2, range(3, 12)) for col in (1, 2, 3)} <= found
    assert {down_column("sum", col, 1, range(3, 9)) for col in (1, 2, 3)} <= found
