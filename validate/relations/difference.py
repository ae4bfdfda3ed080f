"""DIFFERENCE: 과부족 = 현원 - 정원, 집행잔액 = 예산 - 집행액."""

from collections.abc import Iterator
from decimal import Decimal

from normalize.records import Report
from validate.formulas import formulas_of
from validate.matching import find_partner, is_called
from validate.records import Operand, Relation, RelationKind
from validate.rounding import ZERO
from validate.tables import Plane, Strip, amount, both_ways, is_summable, same_unit
from validate.vocabulary import DIFFERENCES, RETURNED

_MINUS = Decimal(-1)


def propose(report: Report) -> Iterator[Relation]:
    """Yield one relation for each figure that is called a difference, unless a formula says how."""
    for plane in both_ways(report):
        stated = {formula.strip.index for formula in formulas_of(plane.strips)}
        for strip in plane.strips:
            if strip.index not in stated and not is_called(strip, RETURNED):
                yield from _of_strip(plane, strip)


def _of_strip(plane: Plane, strip: Strip) -> Iterator[Relation]:
    for results, minuends, subtrahends in DIFFERENCES:
        if not is_called(strip, results):
            continue
        taken = [find_partner(strip, words, plane.strips) for words in subtrahends]
        if taken[0] is None:
            continue
        every = tuple(one for one in taken if one is not None and one.index != strip.index)
        best = _best_reading(plane, strip, minuends, every)
        if best is not None:
            yield from _relations(plane, strip, *best)
            return


def _best_reading(
    plane: Plane, strip: Strip, words: tuple[str, ...], subtrahends: tuple[Strip, ...]
) -> tuple[Strip, tuple[Strip, ...]] | None:
    """Return minuend and subtrahends that most rows bear out; of equals the ones named first.

    Whether a balance still holds what is carried over to the next year differs between offices.
    """
    best: tuple[int, tuple[Strip, tuple[Strip, ...]]] | None = None
    for word in words:
        first = find_partner(strip, (word,), plane.strips)
        if first is None or first in subtrahends:
            continue
        for count in range(1, len(subtrahends) + 1):
            reading = (first, subtrahends[:count])
            holds = sum(1 for found in _relations(plane, strip, *reading) if _holds(found))
            if best is None or holds > best[0]:
                best = (holds, reading)
    return None if best is None else best[1]


def _relations(
    plane: Plane, strip: Strip, first: Strip, second: tuple[Strip, ...]
) -> Iterator[Relation]:
    for cross in plane.across:
        result = plane.fact_at(strip.index, cross.index)
        left = plane.fact_at(first.index, cross.index)
        right = [plane.fact_at(one.index, cross.index) for one in second]
        numbers = tuple(fact for fact in (result, left, *right) if fact.state == "number")
        if result.state not in ("number", "nil") or not {left, *right} & set(numbers):
            continue
        if all(is_summable(fact) for fact in numbers) and same_unit(numbers):
            yield Relation(
                kind="difference",
                result=result,
                operands=(
                    Operand(fact=left),
                    *(Operand(fact=fact, factor=_MINUS) for fact in right),
                ),
                basis="label",
                rule=f"{strip.label} = {' - '.join(one.label for one in (first, *second))}",
            )


def _holds(relation: Relation) -> bool:
    values = [amount(operand.fact) for operand in relation.operands]
    own = amount(relation.result) if relation.result else None
    if own is None or any(value is None for value in values):
        return False
    return own == sum(
        (o.factor * (v or 0) for o, v in zip(relation.operands, values, strict=True)), ZERO
    )


KIND = RelationKind(code="difference", propose=propose)
