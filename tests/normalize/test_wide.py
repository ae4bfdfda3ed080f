"""Facts come together by programme and period, and a contradiction stays visible."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import NOWHERE
from normalize.records import Fact, FundingLevel, FundingSource, Measure, Period
from normalize.wide import budget_rows, target_rows

Y2020 = Period(start=date(2020, 1, 1), end=date(2020, 12, 31), label="2020년")
Y2021 = Period(start=date(2021, 1, 1), end=date(2021, 12, 31), label="2021년")
NUMBERS = count()


def fact(measure: Measure, value: str | None, **others: Any) -> Fact:
    unit = "percent" if measure == "rate" else "명" if measure in ("target", "actual") else "won"
    fields: dict[str, Any] = {
        "fact_id": f"f{next(NUMBERS)}",
        "document_id": "d",
        "table_id": "t",
        "measure": measure,
        "label": "교육",
        "indicator": "",
        "period": Y2021,
        "raw": value or "-",
        "value": None if value is None else Decimal(value),
        "value_unit": unit,
        "place": NOWHERE,
    }
    return Fact(**{**fields, **others})


def test_the_sources_of_one_budget_make_one_row() -> None:
    facts = [
        fact("budget", "100"),
        fact("budget", "50", funding_source="national"),
        fact("budget", "30", funding_source="city", funding_level="regional"),
        fact("budget", "20", funding_source="district", funding_level="local"),
    ]
    (row,) = budget_rows(facts)
    assert (row.program, row.period, row.measure) == ("교육", Y2021, "budget")
    assert [row.total, row.national, row.regional, row.local] == [100, 50, 30, 20]
    assert (row.special_grant, row.fund, row.other) == (None, None, None)
    assert row.fact_ids == tuple(one.fact_id for one in facts)


@pytest.mark.parametrize(
    ("source", "level", "column"),
    [
        pytest.param(None, None, "total", id="no source printed"),
        pytest.param("total", None, "total", id="계"),
        pytest.param("national", "national", "national", id="국비"),
        pytest.param("city", "regional", "regional", id="시비 in the report of a 구"),
        pytest.param("city", "local", "local", id="시비 in the report of a 시"),
        pytest.param("city", None, "other", id="시비 of an unknown government"),
        pytest.param("province", None, "regional", id="도비"),
        pytest.param("county", None, "local", id="군비"),
        pytest.param("district", "local", "local", id="구비"),
        pytest.param("special_grant", None, "special_grant", id="특교"),
        pytest.param("fund", None, "fund", id="기금"),
        pytest.param("private", "other", "other", id="자부담"),
    ],
)
def test_a_source_has_its_column(
    source: FundingSource | None, level: FundingLevel | None, column: str
) -> None:
    (row,) = budget_rows([fact("budget", "7", funding_source=source, funding_level=level)])
    assert getattr(row, column) == 7


def test_private_and_other_money_share_a_column() -> None:
    facts = [
        fact("budget", "7", funding_source="private"),
        fact("budget", "5", funding_source="other"),
    ]
    (row,) = budget_rows(facts)
    assert row.other == 12
    assert len(row.fact_ids) == 2


def test_two_amounts_for_one_column_make_two_rows() -> None:
    rows = budget_rows([fact("budget", "7"), fact("budget", "8")])
    assert [row.total for row in rows] == [7, 8]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"period": Y2020}, id="another year"),
        pytest.param({"label": "홍보"}, id="another programme"),
        pytest.param({"measure": "execution"}, id="another measure"),
        pytest.param({"table_id": "u"}, id="another table"),
    ],
)
def test_sources_are_not_mixed_over(other: dict[str, Any]) -> None:
    second: dict[str, Any] = {"measure": "budget", "funding_source": "national", **other}
    rows = budget_rows([fact("budget", "7"), fact(value="5", **second)])
    assert [row.total for row in rows] == [7, None]
    assert [row.national for row in rows] == [None, 5]


def test_what_two_tables_repeat_is_one_row_with_all_its_facts() -> None:
    facts = [fact("budget", "7"), fact("budget", "7", table_id="u"), fact("budget", "7")]
    (row,) = budget_rows(facts)
    assert set(row.fact_ids) == {one.fact_id for one in facts}


def test_a_nil_is_not_zero() -> None:
    (row,) = budget_rows([fact("budget", "7"), fact("budget", None, funding_source="fund")])
    assert [row.total, row.fund] == [7, None]
    assert budget_rows([fact("budget", None)]) == ()


def test_counts_are_no_budgets() -> None:
    assert budget_rows([fact("count", "7"), fact("budget", "7", value_unit=None)]) == ()


def test_text_without_a_label_takes_its_heading() -> None:
    facts = [fact("budget", "7", table_id=None, label="", section_path=("사업", "교육 지원"))]
    assert budget_rows(facts)[0].program == "교육 지원"


@given(st.lists(st.integers(1, 9), max_size=12), st.randoms())
def test_every_amount_is_in_a_row(values: list[int], random: Any) -> None:
    facts = [fact("budget", str(value), label=random.choice("가나")) for value in values]
    rows = budget_rows(facts)
    assert {one for row in rows for one in row.fact_ids} == {one.fact_id for one in facts}


@pytest.mark.parametrize(
    "heading", ["달성률(%)", "달성율", "달성을률", "이행률", "목표 대비 달성도"]
)
def test_target_actual_and_rate_make_one_row(heading: str) -> None:
    facts = [
        fact("target", "30", indicator="목표"),
        fact("actual", "20", indicator="실적"),
        fact("rate", "66.7", indicator=heading),
    ]
    (row,) = target_rows(facts)
    assert [row.target, row.actual, row.rate_printed] == [30, 20, Decimal("66.7")]
    assert row.rate_computed == Decimal("66.666667")
    assert (row.unit, row.indicator, row.program) == ("명", "", "교육")
    assert row.fact_ids == tuple(one.fact_id for one in facts)


def test_indicators_are_kept_apart() -> None:
    facts = [
        fact("target", "30", indicator="참여자 목표"),
        fact("target", "5", indicator="강좌 목표"),
        fact("actual", "5", indicator="강좌 실적"),
    ]
    rows = target_rows(facts)
    assert [row.indicator for row in rows] == ["참여자 목표", "강좌 목표"]
    assert [row.target for row in rows] == [30, 5]
    assert [row.actual for row in rows] == [None, 5]


@pytest.mark.parametrize(
    ("target", "actual"), [(None, "5"), ("5", None), ("0", "5")], ids=["nil", "blank", "zero"]
)
def test_a_rate_is_computed_only_where_both_are_there(
    target: str | None, actual: str | None
) -> None:
    (row,) = target_rows([fact("target", target), fact("actual", actual)])
    assert row.rate_computed is None


def test_a_composite_cell_gives_a_row_a_unit_and_rates_in_order() -> None:
    facts = [
        fact("target", "20", value_unit="건"),
        fact("target", "5000", value_unit="won"),
        fact("actual", "10", value_unit="건"),
        fact("actual", "5000", value_unit="won"),
        fact("rate", "50"),
        fact("rate", "100"),
    ]
    rows = target_rows(facts)
    assert [row.unit for row in rows] == ["건", "won"]
    assert [row.rate_printed for row in rows] == [50, 100]
    assert [row.rate_computed for row in rows] == [50, 100]


def test_the_execution_rate_of_the_money_is_not_that_of_the_target() -> None:
    facts = [
        fact("target", "30", indicator="목표"),
        fact("rate", "98.2", indicator="예산 집행률"),
    ]
    assert [row.rate_printed for row in target_rows(facts)] == [None]


def test_a_rate_alone_is_no_target() -> None:
    assert target_rows([fact("rate", "12.3")]) == ()
