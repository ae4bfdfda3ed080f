"""RUNNING_TOTAL: 누계 of a period is the 누계 of the period before plus the period's own."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from math import ceil
from typing import Final

from normalize.records import Fact, Report
from validate.labels import squeeze, total_level
from validate.records import Operand, Relation, RelationKind
from validate.tables import Plane, Strip, amount, both_ways, is_added, is_summable, same_unit

_RUNNING: Final = re.compile(r"누계|누적")
_NEAR = 2
_FEW = 3
_MOSTLY: Final = 0.65
_BROKEN: Final = 2
"""A wrong running total breaks two steps, its own and the next one; that is one error."""

Step = tuple[Fact, Fact, Fact]
"""A running total, the one before it, and what was added."""


def propose(report: Report) -> Iterator[Relation]:
    """Yield the steps of strips called 누계 or 누적 beside a strip of what is added.

    Which strip is added is shown by the lines: three at least and two in three of them have to
    agree. A stock that is only called 누적 (the state at the end of a year) shows no such pattern.
    """
    for plane in both_ways(report):
        for strip in plane.strips:
            if _RUNNING.search(squeeze(strip.label)):
                for steps in _series(plane, strip):
                    yield from (_relation(strip, step) for step in steps)


def _series(plane: Plane, total: Strip) -> Iterator[list[Step]]:
    for strip in plane.strips:
        is_near = 0 < abs(strip.index - total.index) <= _NEAR
        if not is_near or not is_added(strip) or _RUNNING.search(squeeze(strip.label)):
            continue
        steps = list(_steps(plane, total, strip))
        telling = [step for step in steps if amount(step[2])]
        answers = [_agrees(step) for step in telling]
        agreeing = sum(answers)
        if agreeing >= _FEW and agreeing >= _MOSTLY * (agreeing + _count_errors(answers)):
            yield steps
            return


def _count_errors(answers: list[bool]) -> int:
    """Return how many wrong running totals the steps that disagree need at least."""
    lengths = (len(list(run)) for agrees, run in groupby(answers) if not agrees)
    return sum(ceil(length / _BROKEN) for length in lengths)


def _steps(plane: Plane, total: Strip, added: Strip) -> Iterator[Step]:
    across = [
        cross for cross in plane.across if not any(total_level(label) for label in cross.path)
    ]
    for before, now in pairwise(across):
        step = (
            plane.fact_at(total.index, now.index),
            plane.fact_at(total.index, before.index),
            plane.fact_at(added.index, now.index),
        )
        is_amount = all(fact.state == "number" and is_summable(fact) for fact in step)
        if is_amount and same_unit(step):
            yield step


def _agrees(step: Step) -> bool:
    now, before, added = (amount(fact) for fact in step)
    return now is not None and before is not None and added is not None and now == before + added


def _relation(total: Strip, step: Step) -> Relation:
    now, before, added = step
    return Relation(
        kind="running_total",
        result=now,
        operands=(Operand(fact=before), Operand(fact=added)),
        basis="pattern",
        rule=f"{total.name} is the one before it plus what is added",
    )


KIND = RelationKind(code="running_total", propose=propose)
