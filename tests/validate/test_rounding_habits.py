"""How a table rounds is read off its checks: the unit of rounding, and 반올림, 절사 or 올림."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.grid import audit_grid
from validate.records import Audit, Check, Habit

RULES = {"half_up": ROUND_HALF_UP, "truncated": ROUND_DOWN}
MODES = pytest.mark.parametrize("mode", RULES)


def cut(value: Decimal | int, step: Decimal | int, mode: str) -> Decimal:
    """Return a value as an office prints it that rounds to multiples of `step`."""
    return (Decimal(value) / step).quantize(Decimal(1), RULES[mode]) * step


def table(text: str, unit: str | None = None) -> Audit:
    """Audit a grid given as text."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    return audit_grid(rows, unit_note=unit)


def only(found: Audit, kind: str) -> Check:
    (check,) = [check for check in found.checks if check.kind == kind]
    return check


def habit(found: Audit, what: str) -> Habit | None:
    habits = [one for kept in found.rounding for one in kept.habits if one.what == what]
    return habits[0] if habits else None


def rounded_rates(mode: str, *, wrong: str | None = None, decimals: int = 1) -> Audit:
    """Audit ten rates; of the fourth another one may be printed."""
    pairs = [(5, 7), (7, 9), (7, 11), (13, 23), (8, 13), (16, 17), (18, 19), (23, 29), (4, 6)]
    step = Decimal(1).scaleb(-decimals)
    rates = [f"{cut(Decimal(100 * top) / bottom, step, mode):f}" for top, bottom in pairs]
    if wrong is not None:
        rates[3] = wrong
    lines = [f"가{at} | {b} | {t} | {rates[at]}" for at, (t, b) in enumerate(pairs)]
    return table("\n".join(["지표 | 목표 | 실적 | 달성률(%)", *lines]), "건")


FOUR = "구분 | 예산\n가 | 10\n나 | 20\n다 | 30\n라 | 40\n계 | {}"


@pytest.mark.parametrize("total", ["102", "98"])
def test_a_total_of_four_that_misses_by_two_is_unlikely_and_says_how_unlikely(total: str) -> None:
    found = table(FOUR.format(total), "백만원")
    check = only(found, "column_total")
    assert check.outcome == "unlikely_rounding"
    assert check.chance == pytest.approx(1 / 192)
    assert "0.52%" in found.findings[0].explanation_ko


@pytest.mark.parametrize(
    ("total", "unit", "outcome"),
    [
        pytest.param("101", "백만원", "within_rounding", id="off-by-one"),
        pytest.param("105", "백만원", "mismatch", id="beyond-all-rounding"),
        pytest.param("101", "명", "mismatch", id="people-are-counted"),
        pytest.param("101", "건", "mismatch", id="cases-are-counted"),
        pytest.param("101", "원", "mismatch", id="won-are-counted"),
    ],
)
def test_what_is_counted_is_exact_and_what_is_scaled_is_rounded(
    total: str, unit: str, outcome: str
) -> None:
    assert only(table(FOUR.format(total), unit), "column_total").outcome == outcome


def test_totals_that_are_cut_off_may_exceed_their_parts_where_the_others_do() -> None:
    rows = ["15 | 12 | 14 | 17 | 60", "23 | 31 | 18 | 22 | 95", "41 | 16 | 27 | 35 | 121"]
    rows += ["11 | 14 | 13 | 19 | 58", "33 | 26 | 19 | 47 | 127", "52 | 61 | 73 | 84 | 271"]
    lines = [f"{name}과 | {row}" for name, row in zip("가나다라마바", rows, strict=True)]
    found = table("\n".join(["구분 | 1월 | 2월 | 3월 | 4월 | 계", *lines]), "백만원")
    assert {check.outcome for check in found.checks} == {"within_rounding"}
    assert {check.rounding for check in found.checks} == {"truncated"}
    assert habit(found, "sums") == Habit(
        what="sums", mode="truncated", kept=6, told=6, scope="table"
    )


@MODES
def test_the_way_a_table_rounds_its_rates_is_reported(mode: str) -> None:
    found = habit(rounded_rates(mode), "rates")
    assert found is not None
    assert (found.mode, found.scope) == (mode, "table")
    assert found.kept == found.told > 5


def test_a_wrong_rate_is_expected_to_be_cut_off_like_the_others() -> None:
    found = rounded_rates("truncated", wrong="65.2")
    (finding,) = found.findings
    assert finding.expected == Decimal("56.5")
    assert habit(found, "rates") == Habit(
        what="rates", mode="truncated", kept=8, told=8, scope="table"
    )


def test_a_finding_says_that_the_table_cuts_off_where_that_changes_the_expected_figure() -> None:
    found = rounded_rates("truncated", wrong="65.22", decimals=2)
    (finding,) = found.findings
    assert finding.expected == Decimal("56.52")
    assert "cut off" not in finding.explanation_en
    other = table(
        "지표 | 목표 | 실적 | 달성률(%)\n가 | 9 | 7 | 77.7\n나 | 6 | 4 | 66.6\n"
        "다 | 17 | 16 | 94.1\n라 | 19 | 18 | 94.7\n마 | 7 | 4 | 57.1\n바 | 9 | 5 | 35.5\n"
        "사 | 6 | 5 | 83.3\n아 | 12 | 8 | 66.6",
        "건",
    )
    (finding,) = other.findings
    assert finding.expected == Decimal("55.5")
    assert "7 of 7 telling rates are cut off" in finding.explanation_en
    assert "7건 중 7건이 절사" in finding.explanation_ko


def test_a_table_that_rounds_now_so_and_now_so_has_no_habit() -> None:
    found = table(
        "지표 | 목표 | 실적 | 달성률(%)\n가 | 9 | 7 | 77.7\n나 | 6 | 4 | 66.7\n다 | 7 | 4 | 57.1\n"
        "라 | 9 | 5 | 55.6\n마 | 12 | 8 | 66.6\n바 | 3 | 2 | 66.7",
        "건",
    )
    assert not found.findings
    assert habit(found, "rates") is None


PADDED = [(98, 791), (455, 813), (361, 402), (77, 90), (610, 733), (129, 370), (251, 299), (64, 71)]


def padded(spoil: str | None = None) -> Audit:
    rates = [
        f"{cut(Decimal(100 * top) / bottom, Decimal('0.1'), 'half_up')}0" for top, bottom in PADDED
    ]
    rates[2] = spoil or rates[2]
    lines = [f"가{at} | {b} | {t} | {rates[at]}" for at, (t, b) in enumerate(PADDED)]
    return table("\n".join(["사업 | 예산액 | 집행액 | 집행률(%)", *lines]), "원")


def test_rates_padded_with_a_zero_are_rounded_to_the_digit_before_it() -> None:
    found = padded()
    rates = [check for check in found.checks if check.kind == "rate"]
    assert {check.tolerance for check in rates} == {Decimal("0.1")}
    assert {check.rounding for check in rates} == {"half_up"}
    assert not found.findings


@pytest.mark.parametrize("spoiled", ["89.60", "88.90", "89.83"])
def test_a_wrong_rate_in_a_padded_column_is_found(spoiled: str) -> None:
    assert [finding.printed for finding in padded(spoiled).findings] == [Decimal(spoiled)]


def test_a_zero_is_a_digit_where_other_rates_use_their_last_one() -> None:
    found = table(
        "사업 | 예산액 | 집행액 | 집행률(%)\n가 | 791 | 98 | 12.39\n나 | 813 | 455 | 55.97\n"
        "다 | 402 | 361 | 89.80\n라 | 90 | 77 | 85.56\n마 | 733 | 610 | 83.22\n"
        "바 | 761 | 94 | 12.40",
        "원",
    )
    assert [finding.printed for finding in found.findings] == [Decimal("12.40")]
    assert [finding.expected for finding in found.findings] == [Decimal("12.35")]


def estimates(step: int, mode: str, seed: int) -> list[list[str]]:
    """Return a table of people by town and year, each figure rounded to `step` on its own."""
    chance = Random(f"{step} {mode} {seed}")
    towns = [[chance.randint(20 * step, 900 * step) for _ in range(4)] for _ in range(7)]
    lines = [[*town, sum(town)] for town in towns]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    names = [*(f"{name}시" for name in "가나다라마바사"), "계"]
    return [
        ["구분", "1분기", "2분기", "3분기", "4분기", "합계"],
        *(
            [name, *(f"{cut(one, step, mode):,f}" for one in line)]
            for name, line in zip(names, lines, strict=True)
        ),
    ]


@MODES
@pytest.mark.parametrize("step", [5, 100, 1000])
def test_estimates_that_were_rounded_one_by_one_raise_no_mismatch(step: int, mode: str) -> None:
    for seed in range(4):
        found = audit_grid(estimates(step, mode, seed), unit_note="명")
        assert {check.outcome for check in found.checks} & {"within_rounding"}
        assert not [check for check in found.checks if check.outcome == "mismatch"]


@pytest.mark.parametrize("step", [5, 100, 1000])
def test_plans_made_in_round_numbers_add_up_exactly_so_that_a_slip_is_found(step: int) -> None:
    rows = estimates(step, "half_up", 1)
    plan = [[int(cell.replace(",", "")) for cell in row[1:5]] for row in rows[1:8]]
    body = [[*row, sum(row)] for row in plan]
    body.append([sum(column) for column in zip(*body, strict=True)])
    body[2][4] += step
    names = [row[0] for row in rows[1:]]
    grid = [rows[0], *([name, *map(str, row)] for name, row in zip(names, body, strict=True))]
    found = audit_grid(grid, unit_note="명")
    assert {(cell.row, cell.col) for one in found.findings for cell in one.cells[:1]} == {(3, 5)}


grids = st.lists(
    st.lists(st.integers(10**6, 10**9), min_size=3, max_size=3), min_size=2, max_size=6
)


def printed(rows: list[list[int]], mode: str) -> list[list[str]]:
    """Return amounts in won with their totals, each cut to 백만원 on its own."""
    lines = [[*row, sum(row)] for row in rows]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    names = [*(f"{name}과" for name in "갑을병정무기"[: len(rows)]), "합계"]
    return [
        ["구분", "2021년", "2022년", "2023년", "계"],
        *(
            [name, *(f"{cut(one, 10**6, mode) / 10**6:,f}" for one in line)]
            for name, line in zip(names, lines, strict=True)
        ),
    ]


@settings(max_examples=40, deadline=None)
@given(rows=grids, mode=st.sampled_from(sorted(RULES)))
def test_honest_tables_never_hold_a_mismatch(rows: list[list[int]], mode: str) -> None:
    found = audit_grid(printed(rows, mode), unit_note="백만원")
    assert found.checks
    assert not [check for check in found.checks if check.outcome == "mismatch"]
    assert {finding.severity for finding in found.findings} <= {"low"}


@settings(max_examples=30, deadline=None)
@given(rows=grids, mode=st.sampled_from(sorted(RULES)), data=st.data())
def test_an_error_beyond_rounding_is_always_a_finding(
    rows: list[list[int]], mode: str, data: st.DataObject
) -> None:
    grid = printed(rows, mode)
    row = data.draw(st.integers(1, len(grid) - 1))
    off = data.draw(st.integers(len(grid) + 4, 300)) * data.draw(st.sampled_from([-1, 1]))
    value = int(grid[row][4].replace(",", "")) + off
    if value < 0:
        value = int(grid[row][4].replace(",", "")) - off
    grid[row][4] = f"{value:,}"
    found = audit_grid(grid, unit_note="백만원")
    assert (row, 4) in {(cell.row, cell.col) for one in found.findings for cell in one.cells}


def _rates(last: str) -> str:
    """Return a table of 25 rates, all but the last rounded half up."""
    rows = [(1000 + 37 * at, 400 + 23 * at) for at in range(24)]
    rates = [
        f"{cut(Decimal(100 * part) / whole, Decimal('0.1'), 'half_up')}" for whole, part in rows
    ]
    lines = [
        f"사업 {at} | {whole} | {part} | {rate}%"
        for at, ((whole, part), rate) in enumerate(zip(rows, rates, strict=True))
    ]
    return "\n".join(["구분 | 예산액 | 집행액 | 집행률", *lines, f"사업 | 1555 | 746 | {last}%"])


@pytest.mark.parametrize(
    ("last", "outcome"),
    [
        pytest.param("48.0", "within_rounding", id="as-the-others"),
        pytest.param("47.9", "unlikely_rounding", id="cut-off-though-the-others-are-not"),
    ],
)
def test_a_rate_rounded_in_another_way_than_all_others_is_unlikely(last: str, outcome: str) -> None:
    found = table(_rates(last), unit="(단위: 원)")
    check = next(one for one in found.checks if one.expression.startswith(f"{last}% = 746 /"))
    assert check.outcome == outcome
