"""Columns that return in another table, and total costs that return as grand totals."""

import pytest

from tests.validate.reports import Sheet, audit_of, checks_of

SUMMARY = """구분 | 예산액 | 집행액
가람 도서관 | 91,823 | 90,007
나래 공방 | 41,964 | 41,960
다솜 쉼터 | 33,215 | 32,704
마루 학교 | 56,017 | 55,861"""
DETAIL = """사업 | 내역 | 집행액
가람 도서관 | 소계 | 90,007
가람 도서관 | 서가 | 61,003
가람 도서관 | 강좌 | 29,004
나래 공방 | 소계 | 41,960
다솜 쉼터 | 소계 | 32,704
마루 학교 | 소계 | 55,861"""
PLAN = """구분 | 합계 | 2022년 | 2023년
계 | 1,742 | 912 | 830
시비 | 540 | 270 | 270
구비 | 1,202 | 642 | 560"""


def _apart(summary: str, detail: str) -> set[tuple[str, str]]:
    found = audit_of(Sheet(text=summary, unit="천원"), Sheet(text=detail, unit="천원", stubs=2))
    return {
        (check.expression, check.outcome)
        for check in checks_of(found, "repeat")
        if check.outcome not in ("exact", "within_rounding")
    }


def test_columns_that_agree_row_by_row_raise_no_alarm() -> None:
    assert not _apart(SUMMARY, DETAIL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("41,960", "41,690", id="digits-exchanged"),
        pytest.param("32,704", "12,011", id="another-number"),
    ],
)
def test_one_figure_that_does_not_return_is_told(old: str, new: str) -> None:
    assert _apart(SUMMARY, DETAIL.replace(old, new)) == {(f"{new} = {old}", "mismatch")}


def test_columns_that_mostly_differ_are_not_one() -> None:
    other = DETAIL.replace("41,960", "17,330").replace("32,704", "12,011")
    assert not _apart(SUMMARY, other)


def test_a_subtotal_under_the_name_of_the_rows_above_is_no_error() -> None:
    moved = DETAIL.replace("나래 공방 | 소계 | 41,960", "나래 공방 | 소계 | 55,861")
    assert not _apart(SUMMARY, moved)


@pytest.mark.parametrize(
    ("stated", "cause"),
    [
        pytest.param("1,742백만원", None, id="right"),
        pytest.param("1,472백만원", "source", id="digits-exchanged"),
        pytest.param("17,042백만원", "source", id="digit-added"),
        pytest.param("1,742천원", "unit", id="unit"),
        pytest.param("2,609백만원", None, id="more-than-the-years-of-the-plan"),
    ],
)
def test_a_total_cost_is_the_grand_total_but_for_a_slip(stated: str, cause: str | None) -> None:
    card = Sheet(text=f"구분 | 총사업비\n숲길 조성 | {stated}")
    found = audit_of(card, Sheet(text=PLAN, unit="백만원"))
    failing = [check for check in checks_of(found, "repeat") if check.outcome == "mismatch"]
    assert len(failing) == (cause is not None)
    assert [one.cause for one in found.findings] == ([cause] if cause else [])
