"""Two tables that print the same digits under different units."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

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


def _longer(text: str) -> str:
    """Return a table with amounts of six and seven digits."""
    numbers = re.compile(r"\d,\d{3}")
    return numbers.sub(lambda match: f"{int(match.group().replace(',', '')) * 113:,}", text)


def test_the_same_digits_under_another_unit_are_one_finding_with_cause_unit() -> None:
    findings = audit_of(
        Sheet(text=SPENT, unit="천원"), Sheet(text=QUARTERS, unit="백만원")
    ).findings
    assert [(one.cause, one.severity) for one in findings] == [("unit", "medium")]
    assert {findings[0].printed, findings[0].expected} == {6_600_000_000, 6_600_000}
    assert {one.slip for one in findings[0].repairs} == {"unit"}


@pytest.mark.parametrize(
    ("unit", "meant"),
    [pytest.param("원", "천원", id="too-small"), pytest.param("억원", "천원", id="too-large")],
)
def test_the_table_is_blamed_whose_amounts_no_programme_has(unit: str, meant: str) -> None:
    scale = {"원": Decimal(1), "천원": Decimal(1000), "억원": Decimal(10) ** 8}
    (finding,) = audit_of(
        Sheet(text=_longer(SPENT), unit=meant), Sheet(text=_longer(QUARTERS), unit=unit)
    ).findings
    first = finding.cells[0]
    assert (first.table_id or "").endswith("t0002")
    assert finding.suggestion is not None
    assert finding.printed is not None
    assert finding.suggestion / scale[meant] == finding.printed / scale[unit]


def test_a_part_of_a_sum_over_tables_tells_of_a_wrong_unit() -> None:
    whole = Sheet(text="구분 | 예산액 | 집행액\n독서 진흥 | 823,850 | 488,765", unit="천원")
    first = Sheet(text="예산액 | 집행액\n775,350 | 452,645", unit="천원", stubs=0)
    second = Sheet(text="예산액 | 집행액\n48,500 | 36,120", unit="천원", stubs=0)
    assert audit_of(whole, first, second).findings == ()
    (finding,) = audit_of(whole, first, replace(second, unit="백만원")).findings
    assert finding.cause == "unit"
    assert (finding.cells[0].table_id or "").endswith("t0003")
    assert finding.suggestion == 48_500_000


def test_a_line_that_prints_its_unit_tells_of_a_wrong_note() -> None:
    rows = Sheet(text="구분 | 예산액 | 집행액\n합계 | 402,057 | 390,263", unit="억원")
    (finding,) = audit_of("2024년 예산액은 402,057백만원이다.", rows).findings
    assert (finding.cause, finding.suggestion) == ("unit", Decimal(402_057_000_000))
    assert (finding.cells[0].table_id or "").endswith("t0001")


def test_the_same_digits_under_the_same_unit_raise_no_alarm() -> None:
    assert (
        audit_of(Sheet(text=SPENT, unit="천원"), Sheet(text=QUARTERS, unit="천원")).findings == ()
    )


def test_one_common_row_is_a_coincidence_and_no_wrong_unit() -> None:
    found = audit_of(Sheet(text=SPENT, unit="천원"), Sheet(text=OTHER, unit="백만원")).findings
    assert [one for one in found if one.cause == "unit"] == []
