"""This year's report against last year's: figures of the same year, targets, running totals."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from normalize.records import Fact
from validate.audit import tested
from validate.diagnose import Case
from validate.editions import Edition, Shared, cumulative, renamed, same_period, successive
from validate.expressions import name_of, printed, unit_of, write_like
from validate.ranking import ranked
from validate.records import Audit, Cause, CellRef, Finding, Operand, Relation, Severity
from validate.rounding import ZERO
from validate.settings import Setting
from validate.trial import Trial

Rule = Literal["restated", "target", "shrunk"]

_PLANNED = frozenset({"budget", "budget_initial", "total_cost", "secured_budget", "rate"})
_PRELIMINARY = re.compile(r"잠정|속보|추정|예상|전망|가결산|\d{2}년?\s?\(?[pPeE]\)?(?![A-Za-z])")
"""Marks of figures that a later report may put right."""
_MANY = 4
_SHOWN = 3
"""Differences that are spelt out where most figures differ."""
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
    """Compare the reports of a series, each with those before it, the nearest year first.

    What both report of one period is the same at the coarser precision; a target that moved is
    told as such; what counts up never shrinks. A figure is held against the nearest report that
    has it.
    """
    taken: dict[str, int] = defaultdict(int)
    told: dict[str, int] = {}
    for earlier, later in successive(editions):
        found = tuple(
            _tested(rule, pair, later, taken)
            for rule, pair in _shared(earlier, later)
            if told.setdefault(pair.later.fact_id, earlier.year) == earlier.year
        )
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


def _shared(earlier: Edition, later: Edition) -> Iterator[tuple[Rule, Shared]]:
    seen: set[tuple[str, str]] = set()
    for pair in (*same_period(earlier, later), *renamed(earlier, later)):
        seen.add((pair.earlier.fact_id, pair.later.fact_id))
        yield ("target" if pair.later.measure == "target" else "restated"), pair
    for pair in cumulative(earlier, later):
        if (pair.earlier.fact_id, pair.later.fact_id) not in seen:
            yield "shrunk", pair


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

    Where most figures differ, the reports count other things by the same names: one finding.
    """
    groups: dict[tuple[str, ...], list[_Compared]] = defaultdict(list)
    for one in failing:
        fact = one.pair.later
        groups[one.rule, fact.label, fact.indicator, fact.measure].append(one)
    found = [_finding(earlier, later, members) for members in groups.values()]
    trials = [tuple(one.trial for one in members) for members in groups.values()]
    if not agree and len(failing) >= _MANY:
        found, trials = [_other_things(earlier, later, failing)], [sum(trials, ())]
    elif not agree:
        found = [replace(one, severity="low", cause="definition") for one in found]
    return ranked(found, [Case(failing=one, repairs=()) for one in trials])


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


def _other_things(earlier: Edition, later: Edition, members: list[_Compared]) -> Finding:
    """Return the finding that two reports hardly agree in anything."""
    one = _finding(earlier, later, members)
    shown = members[:_SHOWN]
    return replace(
        one,
        severity="low",
        cause="definition",
        title_ko=f"같은 이름의 수치가 대부분 다름: {earlier.year}년과 {later.year}년 보고서",
        title_en=f"Most figures of the same names differ: reports of {earlier.year} and "
        f"{later.year}",
        explanation_ko=f"수치 {len(members)}개가 서로 다르다. "
        "두 보고서가 같은 이름으로 다른 것을 세는 듯하다. "
        + " ".join(_explain_ko(member, earlier, later) for member in shown),
        explanation_en=f"{len(members)} figures differ: the reports seem to count other things by "
        "the same names. " + " ".join(_explain_en(member, earlier, later) for member in shown),
    )


def _weigh(one: _Compared, earlier: Edition) -> tuple[Severity, Cause]:
    """A result that was final contradicts itself; plans and unfinished years may be amended."""
    now, before = one.pair.later, one.pair.earlier
    if one.rule == "shrunk":
        return "medium", "source"
    if one.rule == "target":
        is_lower = (now.value or 0) < (before.value or 0)
        return ("medium" if is_lower else "low"), "definition"
    is_open = earlier.closed < _end(before) or _PRELIMINARY.search(_words(before))
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


def _words(fact: Fact) -> str:
    period = fact.period.label if fact.period else ""
    return " ".join((fact.label, fact.indicator, period, fact.note or ""))


def _size(one: _Compared) -> Decimal:
    return abs(_minus(one.pair.later, one.pair.earlier))


def _end(fact: Fact) -> date:
    return fact.period.end if fact.period and fact.period.end else date.min


def _suspected_first(cells: tuple[CellRef, ...], suspect: Fact) -> tuple[CellRef, ...]:
    return tuple(sorted(cells, key=lambda cell: cell.fact_id != suspect.fact_id))
