"""Honest rounding is never reported; an error larger than rounding always is."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validate.reports import Sheet, audit_of, checks_of
from validate.rounding import ZERO, Span, judge_sum, rate_rounding, round_like

ONE = Decimal(1)
amounts = st.lists(st.integers(0, 10**7), min_size=2, max_size=9)
modes = st.sampled_from([ROUND_HALF_UP, ROUND_DOWN])


def _cut(value: int, step: int, mode: str) -> int:
    return int((Decimal(value) / step).quantize(ONE, rounding=mode))


@given(values=amounts, mode=modes)
def test_a_total_of_honestly_rounded_parts_is_never_a_mismatch(
    values: list[int], mode: str
) -> None:
    parts = [_cut(value, 1000, mode) for value in values]
    total = _cut(sum(values), 1000, mode)
    steps = [(ONE, ONE) for _ in parts]
    ruling = judge_sum(Decimal(total - sum(parts)), steps, ONE)
    assert ruling.chance > 0


@given(values=amounts, extra=st.integers(1, 5))
def test_an_error_beyond_all_rounding_is_always_a_mismatch(values: list[int], extra: int) -> None:
    steps = [(ONE, ONE) for _ in values]
    reach = len(values) + extra
    assert judge_sum(Decimal(reach), steps, ONE).chance == 0
    assert judge_sum(Decimal(-reach), steps, ONE).chance == 0


@given(top=st.integers(0, 10**6), bottom=st.integers(1, 10**6), decimals=st.integers(0, 2))
def test_a_rate_in_any_honest_rounding_never_alarms(top: int, bottom: int, decimals: int) -> None:
    exact = Decimal(100) * top / bottom
    step = ONE.scaleb(-decimals)
    for mode in ("half_up", "truncated", "up"):
        printed = round_like(exact, step, mode)
        assert rate_rounding(printed, step, Span(low=exact, high=exact)) is not None


@given(top=st.integers(0, 10**6), bottom=st.integers(1, 10**6), off=st.integers(2, 50))
def test_a_rate_that_is_off_by_more_than_its_last_digit_is_always_reported(
    top: int, bottom: int, off: int
) -> None:
    exact = Decimal(100) * top / bottom
    printed = round_like(exact, ONE) + off
    assert rate_rounding(printed, ONE, Span(low=exact, high=exact)) is None


def test_counted_things_leave_no_room() -> None:
    ruling = judge_sum(ONE, [(ONE, ZERO), (ONE, ZERO)], ZERO)
    assert (ruling.rounding, ruling.chance) == ("exact", 0.0)


@pytest.mark.parametrize(
    ("gap", "terms", "chance"),
    [
        pytest.param(1, 2, 0.25, id="one-off-of-two-terms"),
        pytest.param(2, 4, 0.0052, id="two-off-of-four-terms"),
        pytest.param(0, 3, 1.0, id="no-gap"),
    ],
)
def test_the_chance_is_that_of_the_sum_of_uniform_errors(
    gap: int, terms: int, chance: float
) -> None:
    ruling = judge_sum(Decimal(gap), [(ONE, ONE)] * terms, ONE, cut_share=0.0)
    assert ruling.chance == pytest.approx(chance, abs=0.0001)


def test_rates_rounded_in_one_row_and_cut_off_in_the_next_do_not_alarm() -> None:
    sheet = """구분 | 목표 | 실적 | 달성률
가 | 64건 | 74건 | 116%
나 | 14건 | 25건 | 178%
다 | 40건 | 33건 | 83%"""
    found = audit_of(Sheet(text=sheet))
    assert {check.rounding for check in checks_of(found, "rate")} == {"half_up", "truncated"}
    assert not found.findings


def test_a_total_that_rounding_hardly_explains_is_no_pass_where_amounts_add_up_elsewhere() -> None:
    sheet = """구분 | 계 | 가 | 나 | 다 | 라
하나 | 1,514 | 216 | 244 | 341 | 713
둘 | 620 | 150 | 140 | 160 | 170
셋 | 894 | 66 | 104 | 181 | 543
넷 | 1,283 | 377 | 243 | 321 | 340"""
    found = audit_of(Sheet(text=sheet, unit="백만원"))
    outcomes = [check.outcome for check in checks_of(found, "row_total")]
    assert outcomes == ["exact", "exact", "exact", "unlikely_rounding"]
    assert [finding.severity for finding in found.findings] == ["low"]


def test_an_amount_in_millions_may_differ_by_one() -> None:
    sheet = "구분 | 계 | 가 | 나 | 다\n하나 | 101 | 33 | 33 | 34"
    found = audit_of(Sheet(text=sheet, unit="백만원"))
    assert [check.outcome for check in checks_of(found, "row_total")] == ["within_rounding"]
    assert not found.findings
