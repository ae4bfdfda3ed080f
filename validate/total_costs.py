"""The total cost that a report states, and the grand total of the table that plans it by year."""

from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.figures import Pair, telling_digits
from validate.labels import total_level
from validate.rounding import are_apart
from validate.scales import is_rescaled
from validate.slips import is_slip
from validate.tables import Plane, planes_of

_TELLING = 3
"""Figures of fewer digits are a slip away from each other by chance."""


def misstated_totals(report: Report) -> Iterator[Pair]:
    """Yield total costs (총사업비) with the grand total below that is the same but for a slip.

    A programme's total cost is the grand total of its funding table. The two may differ with
    reason, where the table covers the years of a term only; so they are one figure with an error
    only where a slip in one digit or another unit makes them equal.
    """
    order = {fact.fact_id: at for at, fact in enumerate(report.facts)}
    costs = [fact for fact in report.facts if _is_total_cost(fact)]
    for plane in planes_of(report):
        for total in _grand_totals(plane):
            before = [
                cost
                for cost in costs
                if cost.table_id != total.table_id and order[cost.fact_id] < order[total.fact_id]
            ]
            if before and _is_spoiled(before[-1], total):
                yield Pair(earlier=before[-1], later=total, score=1.0)


def _is_total_cost(fact: Fact) -> bool:
    return (
        fact.measure == "total_cost"
        and fact.funding_source in (None, "total")
        and fact.value_unit == "won"
        and not fact.is_approximate
        and telling_digits(fact) >= _TELLING
    )


def _grand_totals(plane: Plane) -> Iterator[Fact]:
    """Yield the amount where the only total row and the only total column cross."""
    rows = [row for row in plane.strips if any(total_level(label) for label in row.path)]
    columns = [strip for strip in plane.across if any(map(total_level, strip.path))]
    if len(rows) == len(columns) == 1:
        fact = plane.fact_at(rows[0].index, columns[0].index)
        if fact.value_unit == "won" and fact.value and telling_digits(fact) >= _TELLING:
            yield fact


def _is_spoiled(cost: Fact, total: Fact) -> bool:
    if cost.value is None or total.value is None:
        return False
    return are_apart(cost, total) and (is_rescaled(cost, total) or is_slip(cost.value, total.value))
