"""Rates in tables with the two figures that they relate, found by label or printed formula."""

from collections.abc import Iterator
from dataclasses import dataclass

from normalize.records import Fact, Report
from validate.formulas import formulas_of
from validate.labels import squeeze
from validate.matching import find_partner
from validate.records import RelationBasis
from validate.tables import Plane, Strip, both_ways
from validate.vocabulary import RATE_FAMILIES


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
            if sides is not None:
                yield RateStrips(
                    plane=plane, rate=strip, top=sides[0], bottom=sides[1], basis="label"
                )


def sides_of(strip: Strip, strips: tuple[Strip, ...]) -> tuple[Strip, Strip] | None:
    """Return the numerator and denominator that the name of a rate asks for."""
    name = squeeze(strip.label)
    for pattern, tops, bottoms in RATE_FAMILIES:
        if pattern.search(name):
            top, bottom = find_partner(strip, tops, strips), find_partner(strip, bottoms, strips)
            if top is not None and bottom is not None and top.index != bottom.index:
                return top, bottom
    return None


def is_rate(fact: Fact) -> bool:
    """Tell whether a fact is a percentage with a value."""
    return fact.state == "number" and (fact.value_unit == "percent" or fact.measure == "rate")
