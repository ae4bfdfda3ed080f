"""DIFFERENCE: 과부족 = 현원 - 정원, 집행잔액 = 예산 - 집행액."""

from collections.abc import Iterator
from decimal import Decimal

from normalize.records import Report
from validate.formulas import formulas_of
from validate.matching import find_partner, is_called
from validate.records import Operand, Relation, RelationKind
from validate.tables import Plane, Strip, amount, both_ways, is_summable, same_unit
from validate.vocabulary import DIFFERENCES

_MINUS = Decimal(-1)


def propose(report: Report) -> Iterator[Relation]:
    """Yield one relation for each figure that is called a difference, unless a formula says how."""
    for plane in both_ways(report):
        stated = {formula.strip.index for formula in formulas_of(plane.strips)}
        for strip in plane.strips:
            if strip.index not in stated:
                yield from _of_strip(plane, strip)


def _of_strip(plane: Plane, strip: Strip) -> Iterator[Relation]:
    for results, minuends, subtrahends in DIFFERENCES:
        if not is_called(strip, results):
            continue
        second = find_partner(strip, subtrahends, plane.strips)
        if second is None:
            continue
        first = _best_minuend(plane, strip, minuends, second)
        if first is not None:
            yield from _relations(plane, strip, first, second)
            return


def _best_minuend(
    plane: Plane, strip: Strip, words: tuple[str, ...], second: Strip
) -> Strip | None:
    """Return the minuend that most rows bear out; of equals the one named first in the list."""
    named = [find_partner(strip, (word,), plane.strips) for word in words]
    best: tuple[int, Strip] | None = None
    for one in named:
        if one is None or one.index == second.index:
            continue
        holds = sum(1 for found in _relations(plane, strip, one, second) if _holds(found))
        if best is None or holds > best[0]:
            best = (holds, one)
    return None if best is None else best[1]


def _relations(plane: Plane, strip: Strip, first: Strip, second: Strip) -> Iterator[Relation]:
    for cross in plane.across:
        result = plane.fact_at(strip.index, cross.index)
        left = plane.fact_at(first.index, cross.index)
        right = plane.fact_at(second.index, cross.index)
        if result.state not in ("number", "nil") or "number" not in (left.state, right.state):
            continue
        numbers = tuple(fact for fact in (result, left, right) if fact.state == "number")
        if all(is_summable(fact) for fact in numbers) and same_unit(numbers):
            yield Relation(
                kind="difference",
                result=result,
                operands=(Operand(fact=left), Operand(fact=right, factor=_MINUS)),
                basis="label",
                rule=f"{strip.label} = {first.label} - {second.label}",
            )


def _holds(relation: Relation) -> bool:
    left, right = (amount(operand.fact) for operand in relation.operands)
    own = amount(relation.result) if relation.result else None
    return None not in (left, right, own) and own == (left or 0) - (right or 0)


KIND = RelationKind(code="difference", propose=propose)
