"""Which of several readings of the same figures is told: a quotient and not its inverse."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from validate.discovery.records import Weighed
from validate.discovery.search import ENOUGH

_NEARLY: Final = 0.85
_SAME_LINES = 0.5
_TOWARDS: Final = 0.5


def preferred(weighed: Iterable[Weighed]) -> list[Weighed]:
    """Return the candidates without those that only tell another one in other words."""
    believed = [one for one in weighed if one.net >= ENOUGH]
    rates = [one for one in believed if one.candidate.operator in ("quotient", "growth")]
    sums = [one for one in believed if one.candidate.operator == "sum"]
    others = [one for one in believed if one.candidate.operator == "average"]
    rates = _nearest_figures(rates)
    triples = [one for one in rates if one.candidate.operator == "quotient"]
    growths = [one for one in rates if one.candidate.operator == "growth"]
    return [*_without_copies(sums), *others, *_one_of_each_triple(triples), *growths]


def _grouped(weighed: Iterable[Weighed], key: Sequence[Hashable]) -> list[list[Weighed]]:
    groups: dict[Hashable, list[Weighed]] = defaultdict(list)
    for one, own in zip(weighed, key, strict=True):
        groups[own].append(one)
    return list(groups.values())


def _nearest_figures(rates: list[Weighed]) -> list[Weighed]:
    """Let a rate be of the figures next to it, where others explain it hardly better."""
    kept: list[Weighed] = []
    keys = [(one.candidate.operator, one.candidate.target) for one in rates]
    for group in _grouped(rates, keys):
        top = max(one.net for one in group)
        close = [one for one in group if one.net >= _NEARLY * top]
        near = min(close, key=lambda one: (one.candidate.cost, -one.net))
        raised = replace(near, score=near.score + max(0.0, top - near.net + 0.01))
        kept.extend(raised if one is near else one for one in group)
    return kept


def _one_of_each_triple(quotients: list[Weighed]) -> list[Weighed]:
    """Of a = b / c, c = b / a keep the one whose digits say more.

    Where b is exactly a × c no reading is rounded: a product that stands behind its factors was
    made of them and is told by the first one; else the later factor was made of the others.
    """
    kept: list[Weighed] = []
    keys = [frozenset((one.candidate.target, *one.candidate.operands)) for one in quotients]
    for group in _grouped(quotients, keys):
        products = [one for one in group if one.is_product]
        if products:
            kept.append(_factor(products))
        else:
            kept.append(
                max(group, key=lambda x: (round(x.tightness, 1), round(x.digits, 1), x.net))
            )
    return kept


def _factor(products: list[Weighed]) -> Weighed:
    best = max(products, key=lambda one: one.net)
    product, other = best.candidate.operands
    first, second = sorted((best.candidate.target, other))
    target, divisor = (first, second) if product > second else (second, first)
    own = next((one for one in products if one.candidate.target == target), best)
    candidate = replace(best.candidate, target=target, operands=(product, divisor))
    return replace(own, candidate=candidate, score=max(best.score, own.score))


def _without_copies(sums: list[Weighed]) -> list[Weighed]:
    """Leave out totals of the same parts that stand further away: they repeat the total.

    Of two that both stand by the parts, the one on the side of the other totals made it.
    """
    direction = sum(
        one.net if one.candidate.target > one.candidate.operands[0] else -one.net
        for one in sums
        if not one.candidate.gap
    )
    kept: list[Weighed] = []
    for group in _grouped(sums, [one.candidate.operands for one in sums]):
        beside = [one for one in group if not one.candidate.gap]
        if not any(_is_towards(one, direction) for one in beside):
            beside = [one for one in group if _is_towards(one, direction)] or beside
        own = beside or [min(group, key=lambda one: _remoteness(one, direction))]
        kept.extend(
            one
            for one in group
            if any(one is other for other in own) or not any(_overlap(one, x) for x in own)
        )
    return kept


def _is_towards(one: Weighed, direction: float) -> bool:
    """Tell whether a total stands by its parts, on the side on which the other totals stand."""
    side = one.candidate.target - one.candidate.operands[0]
    return one.candidate.gap <= 1 and side * direction > 0


def _remoteness(one: Weighed, direction: float) -> tuple[float, float]:
    """Return how far a total stands from its parts; nearer on the side of the other totals."""
    side = one.candidate.target - one.candidate.operands[0]
    return one.candidate.distance - (_TOWARDS if side * direction > 0 else 0), -one.net


def _overlap(one: Weighed, other: Weighed) -> bool:
    shared = int((one.holds & other.holds).sum())
    return shared > _SAME_LINES * min(int(one.holds.sum()), int(other.holds.sum()))
