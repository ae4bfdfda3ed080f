"""Discovery in a report's table: its facts as lines, and the relations its strips keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from normalize.records import Fact
from validate.discovery.discover import lines_of, relations_of
from validate.discovery.numbers import BLANK, NIL, NUMBER, TEXT, Numbers
from validate.discovery.records import Lines, Operator, Weighed
from validate.rounding import last_digit
from validate.tables import Plane, Strip

_KINDS: Final = {"number": NUMBER, "nil": NIL, "blank": BLANK}
_LEAST_STRIPS = 3
_MOST_FAILURES: Final = 0.25
_KEPT: Final = 512
"""Planes whose patterns are remembered: those of the longest reports, each looked at both ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A strip that other strips make, on nearly all lines that can tell."""

    target: Strip
    operands: tuple[Strip, ...]
    telling: int
    """Lines that tell something new."""
    evidence: float
    """How much better the relation explains its lines than chance; natural logarithm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """All that discovery knows of a plane: what two planes with equal figures share."""

    shape: tuple[int, int]
    values: bytes
    steps: bytes
    kinds: bytes
    labels: tuple[str, ...]
    are_rows: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A pattern by the places of its strips."""

    operator: Operator
    target: int
    operands: tuple[int, ...]
    telling: int
    evidence: float


def patterns_of(plane: Plane, operator: Operator) -> Iterator[Pattern]:
    """Yield the relations of one operator between the strips of a plane.

    A pattern that fails on more than one in four of the lines that could tell is none; on the
    others it is in force, also where it fails: that line is the one to look at.
    """
    if len(plane.strips) < _LEAST_STRIPS or not plane.across:
        return
    for one in _found(_sheet(plane)):
        if one.operator == operator:
            yield Pattern(
                target=plane.strips[one.target],
                operands=tuple(plane.strips[place] for place in one.operands),
                telling=one.telling,
                evidence=one.evidence,
            )


@lru_cache(maxsize=_KEPT)
def _found(sheet: _Sheet) -> tuple[_Found, ...]:
    """Return the patterns of a plane; they are searched once, whoever asks and however often.

    Sums and averages ask for the same ones, and so does a table that is read a second time.
    """
    numbers = Numbers(
        values=np.frombuffer(sheet.values).reshape(sheet.shape),
        steps=np.frombuffer(sheet.steps).reshape(sheet.shape),
        kinds=np.frombuffer(sheet.kinds, dtype=np.int8).reshape(sheet.shape),
    )
    lines = lines_of(numbers, sheet.labels, are_rows=sheet.are_rows)
    return tuple(_patterns(lines, relations_of(lines)))


def _patterns(lines: Lines, relations: Iterable[Weighed]) -> Iterator[_Found]:
    for one in relations:
        candidate = one.candidate
        operands = list(candidate.operands)
        tells = lines.nonzero[:, candidate.target] & (lines.nonzero[:, operands].sum(axis=1) > 1)
        failures = int((tells & ~one.holds).sum())
        if failures <= _MOST_FAILURES * int((tells & one.holds).sum()):
            yield _Found(
                operator=candidate.operator,
                target=candidate.target,
                operands=candidate.operands,
                telling=one.telling,
                evidence=one.net,
            )


def _sheet(plane: Plane) -> _Sheet:
    shape = (len(plane.across), len(plane.strips))
    values, steps = np.zeros(shape), np.zeros(shape)
    kinds = np.full(shape, BLANK, dtype=np.int8)
    for line, cross in enumerate(plane.across):
        for place, strip in enumerate(plane.strips):
            fact = plane.fact_at(strip.index, cross.index)
            kinds[line, place] = _kind(fact)
            if fact.value is not None and kinds[line, place] == NUMBER:
                values[line, place], steps[line, place] = float(fact.value), float(last_digit(fact))
    return _Sheet(
        shape=shape,
        values=values.tobytes(),
        steps=steps.tobytes(),
        kinds=kinds.tobytes(),
        labels=tuple(strip.name for strip in plane.strips),
        are_rows=plane.is_turned,
    )


def _kind(fact: Fact) -> int:
    kind = _KINDS.get(fact.state, TEXT)
    return TEXT if kind == NUMBER and fact.value is None else kind
