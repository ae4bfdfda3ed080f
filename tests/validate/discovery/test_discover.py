"""Relations among the cells of a bare grid of strings: what is found, what is coincidence."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate.discovery.discover import discover
from validate.discovery.records import Operator

Found = set[tuple[Operator, tuple[int, int], frozenset[tuple[int, int]]]]

BUDGET = """구분 | 계 | 국비 | 시비 | 구비
합계 | 2,416 | 1,208 | 604 | 604
인건비 | 1,132 | 566 | 283 | 283
운영비 | 871 | 435 | 218 | 218
사업비 | 413 | 207 | 103 | 103"""

NESTED = """구분 | 예산액 | 집행액 | 잔액
인건비 | 4,210 | 4,105 | 105
물건비 | 1,871 | 1,640 | 231
소계 | 6,081 | 5,745 | 336
시설비 | 7,315 | 6,904 | 411
자산취득비 | 948 | 911 | 37
소계 | 8,263 | 7,815 | 448
합계 | 14,344 | 13,560 | 784"""

RATES = """사업 | 예산현액 | 집행액 | 집행률
가 | 1,250 | 1,118 | 89.4
나 | 873 | 640 | 73.3
다 | 2,417 | 2,391 | 98.9
라 | 664 | 487 | 73.3
마 | 1,905 | 1,377 | 72.3"""

GROWTH = """구분 | 2022 | 2023 | 증감률
가 | 1,250 | 1,418 | 13.4
나 | 873 | 640 | -26.7
다 | 2,417 | 2,391 | -1.1
라 | 664 | 787 | 18.5
마 | 1,905 | 2,377 | 24.8"""

AVERAGES = """월 | 가 | 나 | 다 | 평균
1월 | 81.2 | 77.4 | 90.1 | 82.9
2월 | 64.0 | 88.3 | 79.9 | 77.4
3월 | 92.7 | 61.5 | 70.2 | 74.8
4월 | 55.1 | 93.8 | 84.6 | 77.8
5월 | 78.8 | 69.9 | 62.3 | 70.3"""


def grid_of(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]


def relations(rows: Sequence[Sequence[str]]) -> Found:
    return {
        (
            one.operator,
            (one.target.row, one.target.col),
            frozenset((cell.row, cell.col) for cell in one.operands),
        )
        for one in discover(rows)
    }


def along_row(
    operator: Operator, row: int, target: int, operands: Sequence[int]
) -> tuple[Operator, tuple[int, int], frozenset[tuple[int, int]]]:
    return operator, (row, target), frozenset((row, col) for col in operands)


def down_column(
    operator: Operator, col: int, target: int, operands: Sequence[int]
) -> tuple[Operator, tuple[int, int], frozenset[tuple[int, int]]]:
    return operator, (target, col), frozenset((row, col) for row in operands)


def test_totals_are_found_along_rows_and_down_columns() -> None:
    found = relations(grid_of(BUDGET))
    assert {along_row("sum", row, 1, (2, 3, 4)) for row in range(1, 5)} <= found
    assert {down_column("sum", col, 1, (2, 3, 4)) for col in range(1, 5)} <= found


def test_a_grand_total_skips_what_its_subtotals_cover() -> None:
    found = relations(grid_of(NESTED))
    assert {down_column("sum", col, 3, (1, 2)) for col in (1, 2, 3)} <= found
    assert {down_column("sum", col, 6, (4, 5)) for col in (1, 2, 3)} <= found
    assert {down_column("sum", col, 7, (3, 6)) for col in (1, 2, 3)} <= found


def test_a_difference_is_told_as_the_sum_of_what_remains() -> None:
    found = relations(grid_of(NESTED))
    assert {along_row("sum", row, 1, (2, 3)) for row in range(1, 8)} <= found


@pytest.mark.parametrize(
    ("text", "operator", "target", "operands"),
    [
        pytest.param(RATES, "quotient", 3, (1, 2), id="rate-in-percent"),
        pytest.param(GROWTH, "growth", 3, (1, 2), id="growth-in-percent"),
        pytest.param(AVERAGES, "average", 4, (1, 2, 3), id="average-before-it"),
    ],
)
def test_relations_of_a_column_are_found_on_every_line(
    text: str, operator: Operator, target: int, operands: tuple[int, ...]
) -> None:
    found = relations(grid_of(text))
    assert {along_row(operator, row, target, operands) for row in range(1, 6)} <= found


def test_a_rate_is_told_over_its_divisor() -> None:
    (first, *_) = (one for one in discover(grid_of(RATES)) if one.operator == "quotient")
    assert [cell.col for cell in first.operands] == [2, 1]


def test_other_styles_of_numbers_are_read() -> None:
    marks = str.maketrans({",": ".", ".": ","})
    assert relations(grid_of(RATES.translate(marks))) == relations(grid_of(RATES))
    assert relations(grid_of(BUDGET.replace(",", "\u00a0"))) == relations(grid_of(BUDGET))


def test_a_row_of_zeros_belongs_to_the_pattern_but_proves_nothing() -> None:
    rows = grid_of(BUDGET)
    rows.insert(3, ["예비비", "0", "-", "0", "0"])
    assert along_row("sum", 3, 1, (2, 3, 4)) in relations(rows)
    zeros = [["합계", "0", "0"], ["가", "0", "0"], ["나", "0", "0"]]
    assert not relations(zeros)


def test_rounded_parts_may_miss_their_total() -> None:
    rows = grid_of(BUDGET)
    rows[1][1] = "2,417"  # one more than its parts: 반올림
    assert along_row("sum", 2, 1, (2, 3, 4)) in relations(rows)


def test_without_numbers_nothing_is_found() -> None:
    assert discover([]) == ()
    assert discover([["합계", ""], ["", "해당없음"]]) == ()
    assert discover([["합계"], ["1", "2", "3"]]) == ()


cells = st.lists(
    st.integers(min_value=10_000, max_value=99_999), min_size=20, max_size=20, unique=True
).map(lambda values: [values[at : at + 4] for at in range(0, 20, 4)])


@given(cells)
@settings(max_examples=25, deadline=None)
def test_honest_totals_are_always_found(values: list[list[int]]) -> None:
    rows = [["구분", "가", "나", "다", "라", "합계"]]
    rows += [["줄", *map(str, line), str(sum(line))] for line in values]
    assert {along_row("sum", row, 5, (1, 2, 3, 4)) for row in range(1, 6)} <= relations(rows)


@given(cells)
@settings(max_examples=25, deadline=None)
def test_what_is_found_holds(values: list[list[int]]) -> None:
    rows = [["줄", *map(str, line), str(sum(line))] for line in values]
    for one in discover(rows):
        if one.operator == "sum":
            parts = sum(int(rows[cell.row][cell.col]) for cell in one.operands)
            assert abs(parts - int(rows[one.target.row][one.target.col])) <= len(one.operands)


def test_turning_the_grid_turns_what_is_found() -> None:
    rows = grid_of(NESTED)
    turned = relations([list(column) for column in zip(*rows, strict=True)])
    mirrored = {
        (operator, (target[1], target[0]), frozenset((col, row) for row, col in operands))
        for operator, target, operands in turned
    }
    totals = {down_column("sum", col, 7, (3, 6)) for col in (1, 2, 3)}
    assert totals <= relations(rows)
    assert totals <= mirrored


def test_a_rate_down_a_column_is_told_only_where_its_row_names_it() -> None:
    turned = [list(column) for column in zip(*grid_of(RATES), strict=True)]
    named = down_column("quotient", 1, 3, (1, 2))
    assert named in relations(turned)
    turned[3][0] = "기타"
    assert named not in relations(turned)


def test_an_average_of_columns_that_grow_alike_needs_its_word() -> None:
    rows = [["구분", "가", "나", "다"]]
    rows += [[f"{at}구", str(2 * value), str(3 * value), str(4 * value)]
             for at, value in enumerate((872, 921, 907, 884, 957))]  # fmt: skip
    assert not {found for found in relations(rows) if found[0] == "average"}
