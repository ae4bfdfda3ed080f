"""Rates in tables with the two figures that they relate, found by label or printed formula."""

from collections.abc import Iterator
from dataclasses import dataclass

from normalize.records import Fact, Report
from validate.arithmetic import quotient_span
from validate.formulas import formulas_of
from validate.labels import squeeze
from validate.matching import find_partner
from validate.records import RelationBasis
from validate.rounding import last_digit, rate_rounding
from validate.tables import Plane, Strip, both_ways
from validate.vocabulary import RATE_FAMILIES

_SISTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RateStrips:
    """A row or column of rates, and the rows or columns of what is divided by what."""

    plane: Plane
    rate: Strip
    top: Strip
    bottom: Strip
    basis: RelationBasis


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
    """Find the side that no label names: the strip with which most rates come out."""
    top, bottom = _named_sides(strip, plane.strips)
    if (top is None) == (bottom is None):
        return None
    others = [one for one in plane.strips if one not in (strip, top, bottom)]
    pairs = [(top or one, bottom or one) for one in others]
    counted = [(_count_fits(plane, strip, *pair), pair) for pair in pairs]
    best = max(counted, key=lambda one: one[0][0], default=None)
    if best is None or best[0][0] < _SISTERS or 2 * best[0][0] <= best[0][1]:
        return None
    return best[1]


def _count_fits(plane: Plane, strip: Strip, top: Strip, bottom: Strip) -> tuple[int, int]:
    """Return how many rates are the quotient of two strips, and how many could be."""
    fits, tested = 0, 0
    for cross in plane.across:
        rate, over, under = (plane.fact_at(one.index, cross.index) for one in (strip, top, bottom))
        span = quotient_span(over, under)
        if not is_rate(rate) or rate.value is None or span is None:
            continue
        tested += 1
        fits += rate_rounding(rate.value, last_digit(rate), span) is not None
    return fits, tested


def is_rate(fact: Fact) -> bool:
    """Tell whether a fact is a percentage with a value."""
    return fact.state == "number" and (fact.value_unit == "percent" or fact.measure == "rate")
