"""Changes and growth rates with the two strips they lead from and to."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, permutations

from normalize.records import Fact, Report
from validate.figures import telling_digits
from validate.formulas import formulas_of
from validate.labels import squeeze
from validate.quotients import growth_span
from validate.records import RelationBasis
from validate.rounding import last_digit, rate_rounding, step_of
from validate.tables import Plane, Strip, amount, both_ways, is_summable

_GROWTH = re.compile(r"증감[률율]|증가[률율]|신장[률율]|성장[률율]|증감\(?%|전년(동기)?대비|YoY")
_CHANGE = re.compile(r"증감|증△감|증·감|전년(동기)?대비")
_NEAR = 6
_SISTERS = 2
_TELLING = 3
"""Changes of fewer digits lie near the difference of any two columns by chance."""

Holds = Callable[[Fact, Fact, Fact], bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A strip of changes or growth rates between two others."""

    plane: Plane
    strip: Strip
    now: Strip
    before: Strip
    basis: RelationBasis

    def triples(self) -> Iterator[tuple[Fact, Fact, Fact]]:
        """Yield result, later and earlier figure of each line where all three are numbers."""
        yield from _triples(self.plane, self.strip, self.now, self.before)


def growths_of(report: Report) -> Iterator[Change]:
    """Yield strips of growth rates: by printed formula, or between the two that they fit."""
    for plane in both_ways(report):
        stated = {one.strip.index: one for one in formulas_of(plane.strips)}
        for strip in plane.strips:
            formula = stated.get(strip.index)
            if formula is not None and formula.shape == "growth":
                (_, now), (_, before) = formula.terms
                yield Change(
                    plane=plane, strip=strip, now=now, before=before, basis="printed_formula"
                )
            elif formula is None and _GROWTH.search(_name(strip)):
                yield from _fitting(plane, strip, _grows)


def changes_of(report: Report) -> Iterator[Change]:
    """Yield strips called 증감 that a formula does not explain, between the two that they fit."""
    for plane in both_ways(report):
        stated = {one.strip.index for one in formulas_of(plane.strips)}
        for strip in plane.strips:
            name = _name(strip)
            if strip.index not in stated and _CHANGE.search(name) and not _is_growth(name):
                yield from _fitting(plane, strip, _differs)


def lagged_growths(report: Report) -> Iterator[tuple[Fact, Fact, Fact]]:
    """Yield rate, later and earlier figure of growth rates that stand under a series.

    The series runs over periods; how far back each rate looks (the quarter before, the same
    quarter of the year before) is what most of its rates bear out. A period in which most
    series of the table do not (a half year among quarters) is left out.
    """
    for plane in both_ways(report):
        found = [
            (cross, triple)
            for series, rates in pairwise(plane.strips)
            if _GROWTH.search(_name(rates)) or _is_set_off(plane, rates)
            for cross, triple in _best_lag(plane, series, rates)
        ]
        every = Counter(cross for cross, _ in found)
        regular = Counter(cross for cross, triple in found if _grows(*triple))
        for cross, triple in found:
            if 2 * regular[cross] >= every[cross]:
                yield triple


def _is_set_off(plane: Plane, strip: Strip) -> bool:
    """Tell whether all figures of a strip stand in brackets under those of the strip before."""
    facts = [plane.fact_at(strip.index, cross.index) for cross in plane.across]
    numbers = [fact for fact in facts if fact.state == "number"]
    return len(numbers) > _SISTERS and all(fact.raw.strip()[:1] == "(" for fact in numbers)


def _best_lag(
    plane: Plane, series: Strip, rates: Strip
) -> Iterator[tuple[int, tuple[Fact, Fact, Fact]]]:
    """Yield the rates with their two figures at the distance that most of them bear out."""
    best: tuple[int, list[tuple[int, tuple[Fact, Fact, Fact]]]] = (_SISTERS, [])
    for lag in range(1, len(plane.across)):
        triples = [
            (cross.index, _at_lag(plane, series, rates, before, cross))
            for before, cross in zip(plane.across, plane.across[lag:], strict=False)
        ]
        read = [one for one in triples if all(fact.state == "number" for fact in one[1])]
        known = [answer for _, one in read if (answer := _grows(*one)) is not None]
        if sum(known) > best[0] and 3 * sum(known) > 2 * len(known):
            best = (sum(known), read)
    yield from best[1]


def _at_lag(
    plane: Plane, series: Strip, rates: Strip, before: Strip, cross: Strip
) -> tuple[Fact, Fact, Fact]:
    return (
        plane.fact_at(rates.index, cross.index),
        plane.fact_at(series.index, cross.index),
        plane.fact_at(series.index, before.index),
    )


def _is_growth(name: str) -> bool:
    return bool(_GROWTH.search(name)) or "%" in name


def _name(strip: Strip) -> str:
    return " ".join(squeeze(label) if "%" not in label else label for label in strip.path)


def _fitting(plane: Plane, strip: Strip, holds: Holds) -> Iterator[Change]:
    """Yield the pair of near strips that most lines bear out, if there is such a pair."""
    near = sorted(
        (one for one in plane.strips if one is not strip and not _CHANGE.search(_name(one))),
        key=lambda one: abs(one.index - strip.index),
    )[:_NEAR]
    best: tuple[int, Strip, Strip] | None = None
    for now, before in permutations(near, 2):
        answers = [holds(*triple) for triple in _triples(plane, strip, now, before)]
        known = [answer for answer in answers if answer is not None]
        count = sum(known)
        if count >= _SISTERS and 2 * count > len(known) and (best is None or count > best[0]):
            best = (count, now, before)
    if best is not None:
        yield Change(plane=plane, strip=strip, now=best[1], before=best[2], basis="pattern")


def _triples(
    plane: Plane, strip: Strip, now: Strip, before: Strip
) -> Iterator[tuple[Fact, Fact, Fact]]:
    for cross in plane.across:
        facts = [plane.fact_at(one.index, cross.index) for one in (strip, now, before)]
        if all(fact.state == "number" for fact in facts[1:]) and facts[0].state == "number":
            yield facts[0], facts[1], facts[2]


def _grows(result: Fact, now: Fact, before: Fact) -> bool | None:
    """Tell whether a growth rate fits; None where it says nothing (0, or no base)."""
    span = growth_span(now, before)
    if span is None or not result.value or not is_summable(now):
        return None
    step = last_digit(result)
    is_set_off = result.raw.strip().startswith("(")
    fits = rate_rounding(result.value, step, span) is not None
    return fits or (is_set_off and rate_rounding(-result.value, step, span) is not None)


def _differs(result: Fact, now: Fact, before: Fact) -> bool | None:
    """Tell whether a change fits, a long one within its rounding; None where it says nothing."""
    own, left, right = amount(result), amount(now), amount(before)
    if not own or left is None or right is None or not is_summable(now):
        return None
    slack = step_of(result) if telling_digits(result) >= _TELLING else 0
    return abs(own - left + right) <= slack
