"""This year's report against last year's: figures of the same year, targets, running totals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from normalize.records import Fact
from validate.audit import tested
from validate.diagnose import Case
from validate.editions import Edition, Shared, consecutive, cumulative, same_period
from validate.expressions import name_of, printed, unit_of, write_like
from validate.ranking import ranked
from validate.records import Audit, Cause, CellRef, Finding, Operand, Relation, Severity
from validate.rounding import ZERO
from validate.settings import Setting
from validate.trial import Trial

Rule = Literal["restated", "target", "shrunk"]

_PLANNED = frozenset({"budget", "budget_initial", "total_cost", "secured_budget", "rate"})
_SETTING = Setting()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two reports that were compared, and what came of it; ids are the later report's."""

    earlier: Edition
    later: Edition
    audit: Audit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    rule: Rule
    pair: Shared
    trial: Trial


def compare_years(editions: Iterable[Edition]) -> Iterator[Comparison]:
    """Compare every two reports of a series, the earlier one first.

    What both report of one period is the same at the coarser precision; a target that moved is
    told as such; what counts up never shrinks.
    """
    taken: dict[str, int] = defaultdict(int)
    for earlier, later in consecutive(editions):
        found = tuple(_compared(earlier, later, taken))
        failing = [one for one in found if one.trial.fails]
        agree = 2 * len(failing) <= len(found)
        yield Comparison(
            earlier=earlier,
            later=later,
            audit=Audit(
                checks=tuple(one.trial.check for one in found),
                findings=_findings(earlier, later, failing, agree=agree),
            ),
        )


def _compared(earlier: Edition, later: Edition, taken: dict[str, int]) -> Iterator[_Compared]:
    seen: set[tuple[str, str]] = set()
    for pair in same_period(earlier, later):
        seen.add((pair.earlier.fact_id, pair.later.fact_id))
        rule: Rule = "target" if pair.later.measure == "target" else "restated"
        yield _tested(rule, pair, later, taken)
    for pair in cumulative(earlier, later):
        if (pair.earlier.fact_id, pair.later.fact_id) not in seen:
            yield _tested("shrunk", pair, later, taken)


def _tested(rule: Rule, pair: Shared, later: Edition, taken: dict[str, int]) -> _Compared:
    relation = Relation(
        kind="part_of_whole" if rule == "shrunk" else "repeat",
        result=pair.later,
        operands=(Operand(fact=pair.earlier),),
        basis="cross_reference",
        rule="what counts up never shrinks"
        if rule == "shrunk"
        else "the reports of two years agree",
    )
    taken[later.document_id] += 1
    check_id = f"{later.document_id[:12]}-yc{taken[later.document_id]:06d}"
    trial = tested(later.document_id, check_id, relation, _SETTING)
    return _Compared(rule=rule, pair=pair, trial=trial)


def _findings(
    earlier: Edition, later: Edition, failing: list[_Compared], *, agree: bool
) -> tuple[Finding, ...]:
    """Return one finding for each thing that was told differently, whatever its periods.

    Where most figures differ, the reports count other things by the same names.
    """
    groups: dict[tuple[str, ...], list[_Compared]] = defaultdict(list)
    for one in failing:
        fact = one.pair.later
        groups[one.rule, fact.label, fact.indicator, fact.measure].append(one)
    found = [_finding(earlier, later, members) for members in groups.values()]
    if not agree:
        found = [replace(one, severity="low", cause="definition") for one in found]
    trials = (tuple(one.trial for one in members) for members in groups.values())
    return ranked(found, [Case(failing=failing, repairs=()) for failing in trials])


def _finding(earlier: Edition, later: Edition, members: list[_Compared]) -> Finding:
    first = max(members, key=_size)
    severity, cause = _weigh(first, earlier)
    now, before = first.pair.later, first.pair.earlier
    cells = tuple(cell for one in members for cell in one.trial.check.cells)
    title_ko, title_en = _title(first)
    number = first.trial.check.check_id.replace("-yc", "-yx")
    return Finding(
        finding_id=number,
        document_id=later.document_id,
        check_ids=tuple(one.trial.check.check_id for one in members),
        severity=severity,
        cause=cause,
        title_ko=f"{title_ko}: {name_of(now)}",
        title_en=f"{title_en}: {name_of(now)}",
        explanation_ko=" ".join(_explain_ko(one, earlier, later) for one in members),
        explanation_en=" ".join(_explain_en(one, earlier, later) for one in members),
        printed=now.value,
        expected=before.value,
        difference=_minus(now, before),
        suggestion=None,
        is_proven=False,
        cells=_suspected_first(cells, now),
    )


def _weigh(one: _Compared, earlier: Edition) -> tuple[Severity, Cause]:
    """A result that was final contradicts itself; plans and unfinished years may be amended."""
    now, before = one.pair.later, one.pair.earlier
    if one.rule == "shrunk":
        return "medium", "source"
    if one.rule == "target":
        is_lower = (now.value or 0) < (before.value or 0)
        return ("medium" if is_lower else "low"), "definition"
    is_open = earlier.as_of is not None and earlier.as_of < _end(before)
    if now.measure in _PLANNED or now.basis == "plan" or is_open:
        return "low", "definition"
    return "medium", "source"


def _title(one: _Compared) -> tuple[str, str]:
    if one.rule == "shrunk":
        return "누적 수치가 줄어듦", "A running total has shrunk"
    if one.rule == "target":
        return "목표가 바뀜", "A target has moved"
    return "이전 보고서와 수치가 다름", "An earlier report says otherwise"


def _explain_ko(one: _Compared, earlier: Edition, later: Edition) -> str:
    now, before = one.pair.later, one.pair.earlier
    gap = _gap(one)
    period = f"{now.period.label} " if now.period and one.rule != "shrunk" else ""
    verb = {"shrunk": "줄었다", "target": "바뀌었다", "restated": "다르게 적혀 있다"}[one.rule]
    return (
        f"{period}'{name_of(now)}'이(가) {earlier.year}년 보고서에는 {_shown(before)}, "
        f"{later.year}년 보고서에는 {_shown(now)}(으)로 {verb}(차이 {gap})."
    )


def _explain_en(one: _Compared, earlier: Edition, later: Edition) -> str:
    now, before = one.pair.later, one.pair.earlier
    period = f" ({now.period.label})" if now.period and one.rule != "shrunk" else ""
    return (
        f"'{name_of(now)}'{period} is {_shown(before)} in the report of {earlier.year} and "
        f"{_shown(now)} in that of {later.year} (difference {_gap(one)})."
    )


def _shown(fact: Fact) -> str:
    text = printed(fact)
    return text + unit_of(fact) if text[-1].isdigit() else text


def _gap(one: _Compared) -> str:
    gap = _minus(one.pair.later, one.pair.earlier)
    return ("+" if gap > 0 else "") + write_like(gap, one.pair.later)


def _minus(now: Fact, before: Fact) -> Decimal:
    return (now.value or ZERO) - (before.value or ZERO)


def _size(one: _Compared) -> Decimal:
    return abs(_minus(one.pair.later, one.pair.earlier))


def _end(fact: Fact) -> date:
    return fact.period.end if fact.period and fact.period.end else date.min


def _suspected_first(cells: tuple[CellRef, ...], suspect: Fact) -> tuple[CellRef, ...]:
    return tuple(sorted(cells, key=lambda cell: cell.fact_id != suspect.fact_id))
