"""What is planned and what is spent year by year, where two tables of a report tell it apart."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.records import Fact, Report
from validate.labels import squeeze, total_level
from validate.rounding import ZERO
from validate.tables import is_summable

_LEAST = 2
"""Periods that two rows share before they are taken to be of one programme."""

_EVENT = re.compile(r"^(20\d{2})\s?[.년/-]\s?\d{1,2}")
"""A row of a list of events: 2024. 1. 24. > 민간위탁금 교부."""
_PAID = re.compile("교부|지급|송금")

Periods = Mapping[str, Fact]
"""The amount of each period by the label of the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What was planned for a period and what was spent in it."""

    planned: Fact
    spent: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    table_id: str
    name: str
    is_total: bool
    periods: Periods


def yearly_spending(report: Report) -> Iterator[Spending]:
    """Yield plan and spending of each period of one programme, told in a table each.

    The rows bear the same name, or both are all that their table is about: its total row, or its
    only row. Most years are spent as planned, and one at least by half: else the two are of
    different things.
    """
    plans = list(_rows(report, "budget"))
    for spent in _rows(report, "execution"):
        meant = [plan for plan in plans if plan.table_id != spent.table_id and _agree(plan, spent)]
        if len(meant) == 1:
            found = [
                Spending(planned=meant[0].periods[period], spent=fact)
                for period, fact in spent.periods.items()
                if period in meant[0].periods
            ]
            if _is_of_one_thing(found):
                yield from found


def dated_payments(report: Report) -> Iterator[Spending]:
    """Yield what a list of dated events says was paid, with what its year executed in all.

    Only where the report has one table of what was executed, so that it is of one programme.
    """
    rows = [row for row in _rows(report, "execution") if row.is_total]
    if len(rows) != 1:
        return
    executed = {
        fact.period.start.year: fact
        for fact in rows[0].periods.values()
        if fact.period is not None and fact.period.start and fact.period.precision == "year"
        and not total_level(fact.period.label)
    }  # fmt: skip
    for fact in report.facts:
        paid = fact.table_id not in (None, rows[0].table_id) and fact.value_unit == "won"
        event = _EVENT.match(fact.label)
        if paid and event and fact.value and _PAID.search(fact.label + fact.indicator):
            whole = executed.get(int(event.group(1)))
            if whole is not None and whole.value:
                yield Spending(planned=whole, spent=fact)


def _is_of_one_thing(found: Sequence[Spending]) -> bool:
    pairs = [(one.planned.value or ZERO, one.spent.value or ZERO) for one in found]
    kept = sum(1 for planned, spent in pairs if spent <= planned)
    return 2 * kept > len(pairs) and any(
        planned / 2 <= spent <= planned for planned, spent in pairs
    )


def _rows(report: Report, measure: str) -> Iterator[_Row]:
    """Yield the rows of amounts of a measure by period; a table's only row is its total as well."""
    tables: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in report.facts:
        is_whole = fact.funding_source in (None, "total") and fact.value_unit == "won"
        if fact.table_id and fact.row is not None and fact.measure == measure and is_whole:
            tables[fact.table_id][fact.row].append(fact)
    for table_id, rows in tables.items():
        for facts in rows.values():
            periods = _by_period(facts)
            if len(periods) >= _LEAST:
                label = facts[0].label.rsplit(" > ", 1)[-1]
                yield _Row(
                    table_id=table_id,
                    name=squeeze(label),
                    is_total=bool(total_level(label)) or len(rows) == 1,
                    periods=periods,
                )


def _by_period(facts: list[Fact]) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for fact in facts:
        is_dated = fact.period is not None and fact.period.start is not None
        if is_dated and fact.period is not None and fact.value is not None and is_summable(fact):
            name = "".join(fact.period.label.split())
            if name in found:
                return {}
            found[name] = fact
    return found


def _agree(plan: _Row, spent: _Row) -> bool:
    is_same = plan.name == spent.name or (plan.is_total and spent.is_total)
    return is_same and len(plan.periods.keys() & spent.periods.keys()) >= _LEAST
