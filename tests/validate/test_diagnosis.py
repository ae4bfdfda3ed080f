"""Diagnosis: the smallest change that makes what fails hold; proven only if no other does."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validate.reports import Sheet, alarms_of, audit_of
from validate.records import Finding

ROWS, COLS = 4, 5
Cells = list[list[int]]


@st.composite
def tables(draw: st.DrawFn) -> Cells:
    """Return counts whose last row and last column are totals; no two are alike by design."""
    chance = Random(draw(st.integers(0, 10**6)))
    body = [[chance.randint(110, 98_000) for _ in range(COLS)] for _ in range(ROWS)]
    rows = [[*row, sum(row)] for row in body]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _sheet(cells: Cells) -> Sheet:
    head = " | ".join(["구분", *(f"항목{chr(0xAC00 + at)}" for at in range(COLS)), "합계"])
    names = [*(f"부서{chr(0xAC00 + at)}" for at in range(ROWS)), "계"]
    rows = (
        " | ".join([name, *(f"{cell:,}" for cell in row)])
        for name, row in zip(names, cells, strict=True)
    )
    return Sheet(text="\n".join([head, *rows]), unit="명")


def _findings(cells: Cells) -> tuple[Finding, ...]:
    return audit_of(_sheet(cells)).findings


def _spot(finding: Finding) -> tuple[int, int]:
    first = finding.cells[0]
    return ((first.row or 0) - 1, (first.col or 0) - 1)


def _exchange(digits: str) -> str:
    at = next((at for at in range(1, len(digits)) if digits[at - 1] != digits[at]), 0)
    return digits[: at - 1] + digits[at] + digits[at - 1] + digits[at + 1 :] if at else digits


@pytest.mark.parametrize(
    ("spoil", "slip"),
    [
        pytest.param(lambda digits: f"{9 - int(digits[0]) or 5}{digits[1:]}", "digit_changed",
                     id="one-digit"),
        pytest.param(_exchange, "digits_exchanged", id="two-digits"),
        pytest.param(lambda digits: digits[:-1], "digit_dropped", id="one-too-few"),
        pytest.param(lambda digits: digits + "7", "digit_added", id="one-too-many"),
    ],
)  # fmt: skip
@given(cells=tables(), row=st.integers(0, ROWS), col=st.integers(0, COLS))
@settings(max_examples=15, deadline=None)
def test_a_misprint_is_proven_and_named(
    spoil: Callable[[str], str], slip: str, cells: Cells, row: int, col: int
) -> None:
    true = cells[row][col]
    wrong = spoil(str(true))
    if wrong in (str(true), "") or wrong[0] == "0":
        return
    cells[row][col] = int(wrong)
    (finding,) = _findings(cells)
    assert _spot(finding) == (row, col)
    assert (finding.suggestion, finding.is_proven) == (Decimal(true), True)
    assert finding.cause == "source"
    (repair,) = finding.repairs
    assert (repair.option, repair.value, repair.slip) == (1, Decimal(true), slip)


@given(cells=tables(), row=st.integers(0, ROWS), cols=st.permutations(range(COLS)))
@settings(max_examples=15, deadline=None)
def test_two_swapped_cells_are_one_finding_and_not_proven(
    cells: Cells, row: int, cols: list[int]
) -> None:
    first, second = cols[:2]
    one, other = cells[row][first], cells[row][second]
    if one == other:
        return
    cells[row][first], cells[row][second] = other, one
    (finding,) = _findings(cells)
    assert _spot(finding) in ((row, first), (row, second))
    best = {(cell.row, cell.col, cell.value) for cell in finding.repairs if cell.option == 1}
    assert best == {
        (row + 1, first + 1, Decimal(one)),
        (row + 1, second + 1, Decimal(other)),
    }
    assert not finding.is_proven  # any other row could be wrong by the same two amounts


@given(cells=tables(), row=st.integers(0, ROWS - 1))
@settings(max_examples=15, deadline=None)
def test_a_shifted_row_is_put_back(cells: Cells, row: int) -> None:
    true = list(cells[row])
    cells[row] = [true[-1], *true[:-1]]
    if len(set(true)) < len(true):
        return
    (finding,) = _findings(cells)
    assert {one.slip for one in finding.repairs} == {"shifted"}
    assert {(one.col, one.value) for one in finding.repairs} == {
        (col + 1, Decimal(value)) for col, value in enumerate(true)
    }


@given(cells=tables(), row=st.integers(0, ROWS - 1))
@settings(max_examples=15, deadline=None)
def test_a_sub_total_on_the_row_of_a_part_is_seen_as_exchanged_lines(
    cells: Cells, row: int
) -> None:
    if row == ROWS - 1:
        row -= 1
    lines = [list(line) for line in cells]
    sheet = _with_subtotal(lines, row)
    assert not audit_of(sheet).findings
    rows = sheet.text.split("\n")
    labels = [line.split(" | ", 1)[0] for line in rows]
    numbers = [line.split(" | ", 1)[1] for line in rows]
    numbers[1], numbers[2] = numbers[2], numbers[1]
    text = "\n".join(f"{label} | {line}" for label, line in zip(labels, numbers, strict=True))
    found = audit_of(Sheet(text=text, unit="명")).findings
    assert any({one.slip for one in finding.repairs} == {"exchanged_lines"} for finding in found)
    assert not any(finding.is_proven for finding in found)


def _with_subtotal(cells: Cells, count: int) -> Sheet:
    """Return a table of two groups, each with its sub-total above its parts."""
    size = max(2, count + 1)
    groups = [cells[:size], [[2 * value for value in line] for line in cells[:size]]]
    lines = []
    for at, group in enumerate(groups):
        name = f"{chr(0xAC00 + at)}국"
        sums = [sum(column) for column in zip(*group, strict=True)]
        lines.append(f"{name}>소계 | " + " | ".join(f"{value:,}" for value in sums))
        lines += [
            f"{name}>{chr(0xB098 + number)}과 | " + " | ".join(f"{value:,}" for value in line)
            for number, line in enumerate(group)
        ]
    head = " | ".join(["구분", *(f"항목{chr(0xAC00 + at)}" for at in range(COLS)), "합계"])
    return Sheet(text="\n".join([head, *lines]), unit="명")


@given(cells=tables())
@settings(max_examples=15, deadline=None)
def test_two_independent_errors_are_two_findings(cells: Cells) -> None:
    cells[0][0] += 2_000
    cells[2][3] += 30_000
    found = sorted(_findings(cells), key=_spot)
    assert [_spot(finding) for finding in found] == [(0, 0), (2, 3)]
    assert [finding.suggestion for finding in found] == [
        cells[0][0] - 2_000, cells[2][3] - 30_000,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "likeliest"),
    [
        pytest.param("1,340 | 1,000 | 230 | 200", (1, 1, Decimal(1430)), id="total"),
        pytest.param("1,430 | 1,000 | 320 | 200", (1, 3, Decimal(230)), id="exchanged-part"),
        pytest.param("1,430 | 100 | 230 | 200", (1, 2, Decimal(1000)), id="short-part"),
    ],
)
def test_one_relation_alone_proves_nothing_and_lists_who_it_may_be(
    line: str, likeliest: tuple[int, int, Decimal]
) -> None:
    sheet = Sheet(text=f"구분 | 계 | 가 | 나 | 다\n하나 | {line}", unit="명")
    (finding,) = audit_of(sheet).findings
    assert not finding.is_proven
    assert len({(one.row, one.col) for one in finding.repairs}) > 1
    best = finding.repairs[0]
    assert (best.row, best.col, best.value) == likeliest
    assert finding.suggestion == likeliest[2]
    assert "최소 수정" in finding.explanation_ko
    assert "likeliest first" in finding.explanation_en


def test_a_swap_of_a_total_with_its_part_is_not_proven_to_be_a_wrong_total() -> None:
    sheet = "구분 | 계 | 가 | 나 | 다\n하나 | 10 | 40 | 12 | 18\n둘 | 70 | 20 | 30 | 20"
    (finding,) = audit_of(Sheet(text=sheet, unit="명")).findings
    assert not finding.is_proven


def test_a_number_that_rounding_leaves_open_is_not_proven() -> None:
    rows = [
        "구분 | 계 | 가 | 나 | 다 | 라",
        "합계 | 151 | 50 | 40 | 50 | 10",
        "하나 | 45 | 20 | 10 | 12 | 4",
        "둘 | 85 | 20 | 20 | 21 | 5",
        "셋 | 40 | 10 | 10 | 17 | 2",
    ]
    found = audit_of(Sheet(text="\n".join(rows), unit="백만원"))
    assert found.findings
    assert not any(finding.is_proven for finding in found.findings)


def test_a_rate_of_sound_sums_is_the_wrong_number() -> None:
    sheet = """구분 | 예산액 | 집행액 | 집행률(%)
합계 | 1,000 | 500 | 50.0
가 | 400 | 300 | 75.0
나 | 600 | 200 | 33.8"""
    (finding,) = alarms_of(audit_of(Sheet(text=sheet, unit="원")))
    assert (finding.cells[0].row, finding.cells[0].col) == (3, 3)
    assert finding.suggestion == Decimal("33.3")


def test_a_table_in_which_everything_fails_comes_to_an_end_without_any_proof() -> None:
    head = " | ".join(["구분", "계", *(f"항목{chr(0xAC00 + at)}" for at in range(30))])
    rows = [
        f"부서{chr(0xAC00 + row)} | {row * 7919 % 9973 + 10:,} | "
        + " | ".join(f"{(row * 31 + col * 17) ** 3 % 9973 + 10:,}" for col in range(30))
        for row in range(40)
    ]
    found = audit_of(Sheet(text="\n".join([head, *rows]), unit="명"))
    assert len([check for check in found.checks if check.outcome == "mismatch"]) >= 39
    assert not any(finding.is_proven for finding in found.findings)


def test_a_list_that_one_slip_makes_whole_is_wrong_and_not_only_incomplete() -> None:
    text = "상담 112건(전화 56건, 방문 33건, 서면 74건)을 처리하였다."
    assert audit_of(text.replace("56", "5")).findings == ()
    (finding,) = audit_of(text).findings
    assert finding.suggestion == Decimal(5)


def test_no_count_is_said_to_be_negative_where_the_table_has_no_negative_one() -> None:
    text = "구분 | 계 | 1/4 | 2/4 | 3/4\n기업 발굴 | 4 | 3 | 7 | 6\n상담 | 21 | 9 | 5 | 7"
    (finding,) = audit_of(Sheet(text=text, unit="개")).findings
    assert finding.repairs
    assert all(one.value >= 0 for one in finding.repairs[:1])


def test_a_slip_that_explains_several_relations_is_no_row_that_moved() -> None:
    text = """구분 | 계 | 5급 | 6급 | 7급 | 8급
정원 | 13 | 1 | 4 | 4 | 4
현원 | 4 |  | 1 | 3 | 10
과부족 | 1 | △1 | △3 | △1 | 6"""
    first = audit_of(Sheet(text=text, unit="명")).findings[0]
    assert {one.slip for one in first.repairs} != {"shifted"}
    assert (first.cells[0].row, first.suggestion) == (2, Decimal(14))
