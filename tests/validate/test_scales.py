"""Two tables that print the same digits under different units."""

from decimal import Decimal

from tests.validate.reports import Sheet, audit_of

SPENT = """구분 | 예산액 | 집행액
계 | 9,300 | 6,600
가 | 4,100 | 3,200
나 | 5,200 | 3,400"""
QUARTERS = """구분 | 집행액 | 1분기 | 2분기
계 | 6,600 | 2,700 | 3,900
가 | 3,200 | 1,200 | 2,000
나 | 3,400 | 1,500 | 1,900"""
OTHER = """구분 | 집행액 | 1분기 | 2분기
계 | 6,600 | 2,700 | 3,900
다 | 3,100 | 1,200 | 1,900
라 | 3,500 | 1,500 | 2,000"""


def test_the_same_digits_under_another_unit_are_one_finding_with_cause_unit() -> None:
    findings = audit_of(
        Sheet(text=SPENT, unit="천원"), Sheet(text=QUARTERS, unit="백만원")
    ).findings
    assert [(one.cause, one.severity) for one in findings] == [("unit", "medium")]
    assert findings[0].printed == Decimal(6_600_000_000)
    assert findings[0].expected == Decimal(6_600_000)


def test_the_same_digits_under_the_same_unit_raise_no_alarm() -> None:
    assert (
        audit_of(Sheet(text=SPENT, unit="천원"), Sheet(text=QUARTERS, unit="천원")).findings == ()
    )


def test_one_common_row_is_a_coincidence_and_no_wrong_unit() -> None:
    found = audit_of(Sheet(text=SPENT, unit="천원"), Sheet(text=OTHER, unit="백만원")).findings
    assert [one for one in found if one.cause == "unit"] == []
