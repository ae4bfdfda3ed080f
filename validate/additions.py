"""Strips that are added up by what they are called: 반환대상액 = 집행잔액 + 예금이자."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from normalize.records import Fact
from validate.formulas import formulas_of
from validate.labels import squeeze
from validate.rounding import ZERO
from validate.tables import Plane, Strip, amount, is_summable, same_unit
from validate.vocabulary import ADDITIONS

_FEW = 2

Words = tuple[str, ...]
Line = tuple[Fact, tuple[Fact, ...]]
"""A result and its terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A strip whose name asks for the sum of others, with the lines where it prints one."""

    strip: Strip
    terms: tuple[Strip, ...]
    lines: tuple[Line, ...]


def additions_of(plane: Plane) -> Iterator[Addition]:
    """Yield the strips that settlement forms add up, where two lines and most of them agree.

    Which of the further terms an office counts differs, so the reading that most lines bear out
    is taken. A strip with a formula printed beside it is left to the formula.
    """
    stated = {formula.strip.index for formula in formulas_of(plane.strips)}
    for strip in plane.strips:
        if strip.index in stated:
            continue
        for results, firsts, others in ADDITIONS:
            if squeeze(strip.label) in results:
                found = _best(plane, strip, firsts, others)
                if found is not None:
                    yield found


def _best(plane: Plane, strip: Strip, firsts: Words, others: tuple[Words, ...]) -> Addition | None:
    first = _called(plane, strip, firsts)
    more = [one for words in others if (one := _called(plane, strip, words)) is not None]
    if first is None:
        return None
    readings = [
        _reading(plane, strip, (first, *chosen))
        for count in range(len(more), 0, -1)
        for chosen in combinations(more, count)
    ]
    best = max(readings, key=_holding, default=None)
    if best is None or _holding(best) < max(_FEW, _failing(best) + 1):
        return None
    return best


def _called(plane: Plane, strip: Strip, words: Words) -> Strip | None:
    """Return the only strip that bears one of the names, under the same headings."""
    for word in words:
        named = [
            one
            for one in plane.strips
            if squeeze(one.label) == word and one.path[:-1] == strip.path[:-1]
        ]
        if len(named) == 1:
            return named[0]
    return None


def _reading(plane: Plane, strip: Strip, terms: tuple[Strip, ...]) -> Addition:
    lines = (
        (
            plane.fact_at(strip.index, cross.index),
            tuple(plane.fact_at(term.index, cross.index) for term in terms),
        )
        for cross in plane.across
    )
    return Addition(
        strip=strip, terms=terms, lines=tuple(line for line in lines if _is_line(*line))
    )


def _is_line(result: Fact, terms: tuple[Fact, ...]) -> bool:
    numbers = [fact for fact in terms if fact.state == "number"]
    return (
        result.state == "number"
        and terms[0].state == "number"
        and all(is_summable(fact) for fact in (result, *numbers))
        and same_unit((result, *numbers))
    )


def _holding(found: Addition) -> int:
    """Return how many lines hold and tell something: more than one term is not nothing."""
    return sum(1 for line in found.lines if _gap(*line) == 0 and _is_telling(line))


def _failing(found: Addition) -> int:
    return sum(1 for line in found.lines if _gap(*line) not in (0, None))


def _is_telling(line: Line) -> bool:
    return sum(1 for term in line[1] if term.value) > 1


def _gap(result: Fact, terms: tuple[Fact, ...]) -> Decimal | None:
    values = [amount(fact) for fact in (result, *terms)]
    known = [value for value in values if value is not None]
    return known[0] - sum(known[1:], ZERO) if len(known) == len(values) else None
