"""Discovery in a report's table: its facts as lines, and the relations its strips keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from normalize.records import Fact
from validate.discovery.discover import lines_of, relations_of
from validate.discovery.numbers import BLANK, NIL, NUMBER, TEXT, Numbers
from validate.discovery.records import Operator
from validate.rounding import last_digit
from validate.tables import Plane, Strip

_KINDS: Final = {"number": NUMBER, "nil": NIL, "blank": BLANK}
_LEAST_STRIPS = 3
_MOST_FAILURES: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A strip that other strips make, on nearly all lines that can tell."""

    target: Strip
    operands: tuple[Strip, ...]
    telling: int
    """Lines that tell something new."""
    evidence: float
    """How much better the relation explains its lines than chance; natural logarithm."""


def patterns_of(plane: Plane, operator: Operator) -> Iterator[Pattern]:
    """Yield the relations of one operator between the strips of a plane.

    A pattern that fails on more than one in four of the lines that could tell is none; on the
    others it is in force, also where it fails: that line is the one to look at.
    """
    if len(plane.strips) < _LEAST_STRIPS or not plane.across:
        return
    numbers = _numbers(plane)
    labels = tuple(strip.name for strip in plane.strips)
    lines = lines_of(numbers, labels, are_rows=plane.is_turned)
    for one in relations_of(lines):
        candidate = one.candidate
        if candidate.operator != operator:
            continue
        operands = list(candidate.operands)
        tells = lines.nonzero[:, candidate.target] & (lines.nonzero[:, operands].sum(axis=1) > 1)
        failures = int((tells & ~one.holds).sum())
        if failures <= _MOST_FAILURES * int((tells & one.holds).sum()):
            yield Pattern(
                target=plane.strips[candidate.target],
                operands=tuple(plane.strips[place] for place in operands),
                telling=one.telling,
                evidence=one.net,
            )


def _numbers(plane: Plane) -> Numbers:
    shape = (len(plane.across), len(plane.strips))
    values, steps = np.zeros(shape), np.zeros(shape)
    kinds = np.full(shape, BLANK, dtype=np.int8)
    for line, cross in enumerate(plane.across):
        for place, strip in enumerate(plane.strips):
            fact = plane.fact_at(strip.index, cross.index)
            kinds[line, place] = _kind(fact)
            if fact.value is not None and kinds[line, place] == NUMBER:
                values[line, place], steps[line, place] = float(fact.value), float(last_digit(fact))
    return Numbers(values=values, steps=steps, kinds=kinds)


def _kind(fact: Fact) -> int:
    kind = _KINDS.get(fact.state, TEXT)
    return TEXT if kind == NUMBER and fact.value is None else kind
