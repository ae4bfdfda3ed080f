"""Facts as researchers want them: one row a programme and period, in `budgets` and `targets`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final, Literal, TypeAlias

from normalize.records import Aggregation, Fact, Period

BudgetColumn = Literal["total", "national", "regional", "local", "special_grant", "fund", "other"]

MONEY_MEASURES: Final = frozenset(
    {
        "budget", "budget_initial", "execution", "total_cost", "secured_budget", "granted",
        "transfer", "balance", "refund", "interest", "other_income", "disallowed",
    }
)  # fmt: skip
_PERCENT: Final = Decimal(100)
_RATE_STEP: Final = Decimal("0.000001")
_EXACT: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)
# Headings that say which of the three a number is do not tell one indicator from another.
# Worn scans show 달성률 as 달성을 or 달성을률; 집행률 is of money, not of a target.
_MEASURE_WORDS: Final = re.compile(
    r"목표치?|실적치?|(?:달성|이행|추진|진척|진도)[을율률]{1,2}|달성도|계획|성과|대비|[\s()\[\]%·/,:]"
)

Surroundings: TypeAlias = tuple[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """The amounts of one programme, period and measure, in won."""

    program: str
    period: Period | None
    measure: str
    total: Decimal | None = None
    national: Decimal | None = None
    regional: Decimal | None = None
    local: Decimal | None = None
    special_grant: Decimal | None = None
    fund: Decimal | None = None
    other: Decimal | None = None
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """Target, actual and rate of one programme, indicator and period."""

    program: str
    indicator: str
    unit: str | None
    period: Period | None
    target: Decimal | None = None
    actual: Decimal | None = None
    rate_printed: Decimal | None = None
    rate_computed: Decimal | None = None
    aggregation: Aggregation | None = None
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wide:
    """All that a report says of its programmes, side by side."""

    budgets: tuple[BudgetRow, ...]
    targets: tuple[TargetRow, ...]


def read_wide(facts: Sequence[Fact]) -> Wide:
    """Return the rows of `budgets` and `targets` that some facts make."""
    return Wide(budgets=tuple(budget_rows(facts)), targets=tuple(target_rows(facts)))


@dataclass(slots=True)
class _Slots:
    """A row in the making: the facts in each of its columns."""

    filled: dict[str, Fact] = field(default_factory=dict)
    repeats: list[Fact] = field(default_factory=list)

    def accepts(self, name: str, fact: Fact) -> bool:
        """Return whether the column is free, or holds the same value already."""
        held = self.filled.get(name)
        return held is None or held.value == fact.value

    def add(self, name: str, fact: Fact) -> None:
        """Put the fact in its column; a repetition only adds its id."""
        if name in self.filled:
            self.repeats.append(fact)
        else:
            self.filled[name] = fact

    @property
    def facts(self) -> list[Fact]:
        """Every fact of the row."""
        return [*self.filled.values(), *self.repeats]


def budget_rows(facts: Iterable[Fact]) -> tuple[BudgetRow, ...]:
    """Return one row a programme, period and measure, in the order of their first facts.

    Facts come together when they stand in one table (or under one heading), with the same label,
    period and measure. Two different amounts for the same column make two rows: a contradiction
    in the report stays visible.
    """
    order = {}
    groups: dict[tuple[object, ...], list[_Slots]] = {}
    for position, fact in enumerate(facts):
        order[fact.fact_id] = position
        if fact.measure in MONEY_MEASURES and fact.value_unit == "won":
            key = (_context(fact), program_of(fact), fact.period, fact.measure)
            _place(groups.setdefault(key, []), fact.funding_source or "total", fact)
    rows = [row for slots in groups.values() for row in _budgets(slots, order)]
    merged = _merge_repeats(rows)
    return tuple(sorted(merged, key=lambda row: order[row.fact_ids[0]]))


def target_rows(facts: Iterable[Fact]) -> tuple[TargetRow, ...]:
    """Return one row a programme, indicator, unit and period, in the order of their first facts.

    A rate belongs to the row whose target or actual has the same label, indicator and period;
    rates without either (an execution rate, say) give no row.
    """
    order = {}
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for position, fact in enumerate(facts):
        order[fact.fact_id] = position
        if fact.measure in ("target", "actual", "rate"):
            key = (_context(fact), program_of(fact), _core(fact.indicator), _span(fact))
            groups.setdefault(key, []).append(fact)
    rows = [row for group in groups.values() for row in _targets(group, order)]
    return tuple(sorted(rows, key=lambda row: order[row.fact_ids[0]]))


def _context(fact: Fact) -> Surroundings:
    if fact.table_id is not None:
        return ("table", fact.table_id)
    return ("text", fact.section_path)


def program_of(fact: Fact) -> str:
    """Return what an amount is for: its label, or else the heading above it."""
    if fact.label.strip():
        return fact.label
    return fact.section_path[-1] if fact.section_path else ""


def _span(fact: Fact) -> tuple[date | None, date | None, str]:
    """Return the days of a period; how they are printed tells only open ends apart.

    A rate beside a target has no printed period of its own, but the same days.
    """
    period = fact.period
    if period is None:
        return None, None, ""
    is_open = period.start is None or period.end is None
    return period.start, period.end, period.label if is_open else ""


def _core(indicator: str) -> str:
    return _MEASURE_WORDS.sub("", indicator)


def _place(rows: list[_Slots], name: str, fact: Fact) -> None:
    for row in rows:
        if row.accepts(name, fact):
            row.add(name, fact)
            return
    rows.append(_Slots({name: fact}))


def _budgets(rows: list[_Slots], order: dict[str, int]) -> Iterator[BudgetRow]:
    for row in rows:
        amounts: dict[BudgetColumn, Decimal] = {}
        for fact in row.filled.values():
            if fact.value is not None:
                column = budget_column(fact)
                amounts[column] = amounts.get(column, Decimal(0)) + fact.value
        first = next(iter(row.filled.values()))
        if amounts:
            yield BudgetRow(
                program=program_of(first),
                period=first.period,
                measure=first.measure,
                fact_ids=_ids(row.facts, order),
                **amounts,
            )


def budget_column(fact: Fact) -> BudgetColumn:
    """Return the column of a budget row in which an amount stands, after who pays it."""
    match fact.funding_source:
        case None | "total":
            return "total"
        case "national" | "special_grant" | "fund":
            return fact.funding_source
        case "county" | "district":
            return "local"
        case "city" | "province" if fact.funding_level in ("regional", "local"):
            return "regional" if fact.funding_level == "regional" else "local"
        case "province":
            return "regional"
        case _:
            # 시비 of an unknown government is neither regional nor local for certain.
            return "other"


def _merge_repeats(rows: Iterable[BudgetRow]) -> list[BudgetRow]:
    """Merge rows that say the same in two places, such as an overview and its detail."""
    merged: dict[tuple[object, ...], BudgetRow] = {}
    for row in rows:
        values = (row.total, row.national, row.regional, row.local)
        key = (
            row.program,
            row.period,
            row.measure,
            *values,
            row.special_grant,
            row.fund,
            row.other,
        )
        seen = merged.get(key)
        merged[key] = row if seen is None else _with_ids(seen, row.fact_ids)
    return list(merged.values())


def _with_ids(row: BudgetRow, more: tuple[str, ...]) -> BudgetRow:
    return BudgetRow(
        program=row.program,
        period=row.period,
        measure=row.measure,
        total=row.total,
        national=row.national,
        regional=row.regional,
        local=row.local,
        special_grant=row.special_grant,
        fund=row.fund,
        other=row.other,
        fact_ids=(*row.fact_ids, *more),
    )


def _targets(group: list[Fact], order: dict[str, int]) -> Iterator[TargetRow]:
    by_unit: dict[str | None, list[_Slots]] = {}
    for fact in group:
        if fact.measure != "rate":
            _place(by_unit.setdefault(fact.value_unit, []), fact.measure, fact)
    rows = [row for same_unit in by_unit.values() for row in same_unit]
    rates = [fact for fact in group if fact.measure == "rate"]
    if len(rates) == len(rows) or len(rows) == 1:
        # In print a composite cell keeps one order: 20건/50억 has its rates as 100/90 %.
        for row, rate in zip(rows, rates, strict=False):
            row.add("rate", rate)
    for row in rows:
        yield _target(row, order)


def _target(row: _Slots, order: dict[str, int]) -> TargetRow:
    target, actual = row.filled.get("target"), row.filled.get("actual")
    rate = row.filled.get("rate")
    counted = [fact for fact in (target, actual) if fact is not None]
    first = counted[0]
    core = next((_core(fact.indicator) for fact in counted if _core(fact.indicator)), "")
    return TargetRow(
        program=program_of(first),
        indicator=first.indicator if core else "",
        unit=first.value_unit,
        period=first.period,
        target=target.value if target else None,
        actual=actual.value if actual else None,
        rate_printed=rate.value if rate else None,
        rate_computed=_rate(target, actual),
        aggregation=next((fact.aggregation for fact in counted if fact.aggregation), None),
        fact_ids=_ids(row.facts, order),
    )


def _rate(target: Fact | None, actual: Fact | None) -> Decimal | None:
    if target is None or actual is None or not target.value or actual.value is None:
        return None
    rate = _EXACT.divide(_EXACT.multiply(actual.value, _PERCENT), target.value)
    return rate.quantize(_RATE_STEP, context=_EXACT)


def _ids(facts: Iterable[Fact], order: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted((fact.fact_id for fact in facts), key=order.__getitem__))
