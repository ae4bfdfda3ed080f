"""Tells stocks from flows: the total of a stock is its last value, that of a flow the sum."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from normalize.records import Aggregation, Fact

_COUNTED = frozenset({"target", "actual", "count", "headcount"})


def mark_stocks(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts of a table with `aggregation` where the row itself proves it.

    A row of one indicator over periods, with a figure for the whole span, is a flow if the figure
    is the sum of the others, and a stock if it is the last of them and not the sum.
    """
    rows: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.row is not None and fact.item == 0:
            rows[fact.row].append(fact)
    kinds = {row: _kind(members) for row, members in rows.items()}
    return [
        replace(fact, aggregation=kinds[fact.row])
        if fact.row is not None and kinds.get(fact.row) and fact.measure in _COUNTED
        else fact
        for fact in facts
    ]


def _kind(facts: Sequence[Fact]) -> Aggregation | None:
    dated = [f for f in facts if f.period and f.period.start and f.measure in _COUNTED]
    if len(dated) < 3:
        return None
    whole = max(dated, key=_days)
    parts = sorted((f for f in dated if f is not whole), key=_start)
    values = [part.value for part in parts if part.value is not None]
    if whole.value is None or len(values) < 2 or _days(whole) <= max(map(_days, parts)):
        return None
    if sum(values, Decimal(0)) == whole.value:
        return "flow"
    return "stock" if values[-1] == whole.value else None


def _start(fact: Fact) -> date:
    return fact.period.start if fact.period and fact.period.start else date.min


def _days(fact: Fact) -> int:
    if fact.period is None or fact.period.start is None or fact.period.end is None:
        return 0
    return (fact.period.end - fact.period.start).days
