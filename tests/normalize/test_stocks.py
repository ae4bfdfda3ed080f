"""A stock's total is its last value, a flow's the sum; a row that proves neither has no mark."""

from datetime import date
from decimal import Decimal

import pytest

from extract.records import NOWHERE
from normalize.records import Fact, Measure, Period
from normalize.stocks import mark_stocks
from tests.normalize.reading import facts_of


def row(*values: int | None, years: tuple[int, ...] = (2022, 2023, 2024, 2025),
        measure: Measure = "target", number: int = 0) -> list[Fact]:  # fmt: skip
    """Return a row of facts: the first for the whole span, the others for a year each."""
    spans = [(years[0], years[len(values) - 2]), *((year, year) for year in years)]
    return [
        Fact(
            fact_id="", document_id="", row=number, col=col, measure=measure, label="",
            indicator="", raw=str(value), value=None if value is None else Decimal(value),
            place=NOWHERE,
            period=Period(start=date(first, 1, 1), end=date(last, 12, 31), label=""),
        )
        for col, (value, (first, last)) in enumerate(zip(values, spans, strict=False))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        pytest.param(row(6, 1, 2, 3), "flow", id="the sum"),
        pytest.param(row(235, 100, 150, 235), "stock", id="the last value"),
        pytest.param(row(235, 100, 150, 235, 235), "stock", id="a leap year among the years"),
        pytest.param(row(7, 1, 2, 3), None, id="neither"),
        pytest.param(row(3, 3, None, None), None, id="one value proves nothing"),
        pytest.param(row(None, 1, 2, 3), None, id="no total"),
        pytest.param(row(3, 3), None, id="one year"),
        pytest.param(row(6, 1, 2, 3, measure="budget"), None, id="money is no count"),
        pytest.param(row(6, 3, 3, 0), "flow", id="zero is a value"),
    ],
)
def test_the_row_itself_proves_what_its_total_is(facts: list[Fact], kind: str | None) -> None:
    assert [fact.aggregation for fact in mark_stocks(facts)] == [kind] * len(facts)


def test_each_row_is_judged_alone() -> None:
    marked = mark_stocks([*row(6, 1, 2, 3), *row(9, 5, 7, 9, number=1)])
    assert [fact.aggregation for fact in marked] == ["flow"] * 4 + ["stock"] * 4


def test_a_table_of_years_tells_stocks_from_flows() -> None:
    facts = facts_of(
        "지표\t단위\t계\t2022\t2023\t2024\n"
        "기업 수\t개소\t235\t100\t150\t235\n교육\t회\t6\t1\t2\t3\n"
    )
    assert {(fact.label, fact.aggregation) for fact in facts} == {
        ("기업 수", "stock"), ("교육", "flow")
    }  # fmt: skip
