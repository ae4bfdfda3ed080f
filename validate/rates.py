"""Rates in tables with the two figures that they relate, found by label or printed formula."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from normalize.records import Fact, Report
from validate.discovery.cues import is_cued
from validate.formulas import formulas_of
from validate.kept import kept
from validate.labels import squeeze
from validate.matching import find_partner
from validate.quotients import quotient_span
from validate.records import RelationBasis
from validate.rounding import Span, last_digit, rate_rounding
from validate.tables import Plane, Strip, both_ways
from validate.vocabulary import RATE_FAMILIES

_SISTERS = 2
_TELLING = 4
_NEAR = 6
_ROUND = (Decimal(0), Decimal(100))
"""Rates that many figures make: nothing of something, all of it."""

_Rate = tuple[int, Decimal, Decimal]
"""Where a percentage stands across its strip, its value and one unit of its last digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateStrips:
    """A row or column of rates, and the rows or columns of what is divided by what."""

    plane: Plane
    rate: Strip
    top: Strip
    bottom: Strip
    basis: RelationBasis


@kept
def rate_strips(report: Report) -> Iterator[RateStrips]:
    """Yield each strip of rates whose two sides the table shows."""
    for plane in both_ways(report):
        stated = {one.strip.index: one for one in formulas_of(plane.strips)}
        for strip in plane.strips:
            formula = stated.get(strip.index)
            if formula is not None and formula.shape != "quotient":
                continue
            if formula is not None:
                (_, top), (_, bottom) = formula.terms
                yield RateStrips(
                    plane=plane, rate=strip, top=top, bottom=bottom, basis="printed_formula"
                )
                continue
            sides = sides_of(strip, plane.strips)
            basis: RelationBasis = "label"
            if sides is None:
                sides, basis = _borne_out(plane, strip), "pattern"
            if sides is not None:
                yield RateStrips(
                    plane=plane, rate=strip, top=sides[0], bottom=sides[1], basis=basis
                )


def sides_of(strip: Strip, strips: tuple[Strip, ...]) -> tuple[Strip, Strip] | None:
    """Return the numerator and denominator that the name of a rate asks for."""
    top, bottom = _named_sides(strip, strips)
    if top is None or bottom is None or top.index == bottom.index:
        return None
    return top, bottom


def _named_sides(strip: Strip, strips: tuple[Strip, ...]) -> tuple[Strip | None, Strip | None]:
    name = squeeze(strip.label)
    for pattern, tops, bottoms in RATE_FAMILIES:
        if pattern.search(name):
            return find_partner(strip, tops, strips), find_partner(strip, bottoms, strips)
    return None, None


def _borne_out(plane: Plane, strip: Strip) -> tuple[Strip, Strip] | None:
    """Find the sides that no label names: the strips with which most rates come out."""
    top, bottom = _named_sides(strip, plane.strips)
    if top is not None and bottom is not None:
        return None
    if top is None and bottom is None:
        return _unnamed_sides(plane, strip)
    others = [one for one in plane.strips if one not in (strip, top, bottom)]
    pairs = [(top or one, bottom or one) for one in others]
    rates = _rates_in(plane, strip)
    counted = [(_count_fits(plane, rates, *pair), pair) for pair in pairs]
    best = max(counted, key=lambda one: one[0].fits, default=None)
    if best is None or best[0].fits < _SISTERS or 2 * best[0].fits <= best[0].tested:
        return None
    return best[1]


def _unnamed_sides(plane: Plane, strip: Strip) -> tuple[Strip, Strip] | None:
    """Find two strips near percentages of which nearly all are the quotient of the two."""
    rates = _rates_in(plane, strip)
    if len(rates) < _TELLING or is_cued("growth", strip.name):
        return None
    near = [one for one in plane.strips if 0 < abs(one.index - strip.index) <= _NEAR]
    near.sort(key=lambda one: abs(one.index - strip.index))
    counted = [(_count_fits(plane, rates, *pair), pair) for pair in permutations(near, 2)]
    best = max(counted, key=lambda one: one[0].telling, default=None)
    if best is None or best[0].telling < _TELLING or 4 * best[0].fits < 3 * best[0].tested:
        return None
    return best[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fits:
    """How many rates two strips make."""

    fits: int
    tested: int
    telling: int
    """Different rates that come out and that hardly any other two figures would make."""


def _rates_in(plane: Plane, strip: Strip) -> list[_Rate]:
    """Return the percentages of a strip."""
    facts = ((cross.index, plane.fact_at(strip.index, cross.index)) for cross in plane.across)
    return [
        (at, fact.value, last_digit(fact))
        for at, fact in facts
        if is_rate(fact) and fact.value is not None
    ]


def _count_fits(plane: Plane, rates: Iterable[_Rate], top: Strip, bottom: Strip) -> _Fits:
    """Return how many rates are the quotient of two strips, and how many could be."""
    fits, tested = 0, 0
    telling: set[Decimal] = set()
    for at, rate, step in rates:
        over, under = plane.fact_at(top.index, at), plane.fact_at(bottom.index, at)
        span = quotient_span(over, under)
        if span is None:
            continue
        tested += 1
        if rate_rounding(rate, step, span) is None:
            continue
        fits += 1
        if rate not in _ROUND and _is_quotient(rate, step, over, under):
            telling.add(rate)
    return _Fits(fits=fits, tested=tested, telling=len(telling))


def _is_quotient(rate: Decimal, step: Decimal, over: Fact, under: Fact) -> bool:
    """Tell whether a rate is what two figures of one unit make as they are printed."""
    if over.value is None or not under.value:
        return False
    if over.value_unit != under.value_unit or over.value_unit == "percent":
        return False
    exact = 100 * over.value / under.value
    return rate_rounding(rate, step, Span(low=exact, high=exact)) is not None


def is_rate(fact: Fact) -> bool:
    """Tell whether a fact is a percentage with a value."""
    return fact.state == "number" and (fact.value_unit == "percent" or fact.measure == "rate")
