"""WEIGHTED_RATE: an overall rate is the average of its parts: 총 이행률 = Σ 대비비율 × 이행률."""

from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.discovery.cues import is_cued
from validate.groups import Group, find_groups
from validate.labels import is_overall, squeeze
from validate.rates import is_rate, sides_of
from validate.records import Operand, Relation, RelationKind
from validate.tables import Plane, Strip, both_ways
from validate.vocabulary import SHARE_LABELS, WEIGHT_LABELS


def propose(report: Report) -> Iterator[Relation]:
    """Yield overall rates with the weights of their parts: a column of shares, or of counts."""
    for plane in both_ways(report):
        for group in _groups(plane):
            yield from _relations(plane, group)


def _groups(plane: Plane) -> Iterator[Group]:
    yield from find_groups(plane.strips, lambda _total, _parts: (0, 0))
    for at, strip in enumerate(plane.strips):
        if is_overall(strip.label) and len(plane.strips) > 2:
            parts = (*plane.strips[:at], *plane.strips[at + 1 :])
            yield Group(total=strip, parts=parts, level=2, is_nested=False, is_by_label=True)


def _relations(plane: Plane, group: Group) -> Iterator[Relation]:
    for cross in plane.across:
        result = plane.fact_at(group.total.index, cross.index)
        if not is_rate(result) or not _is_rate_strip(cross, group.total):
            continue
        rates = [plane.fact_at(part.index, cross.index) for part in group.parts]
        if len(rates) < 2 or not all(is_rate(rate) for rate in rates):
            continue
        weights = _weights(plane, group, cross)
        if weights:
            pairs = zip(weights, rates, strict=True)
            yield Relation(
                kind="weighted_rate",
                result=result,
                operands=tuple(Operand(fact=fact) for pair in pairs for fact in pair),
                basis="label",
                rule="an overall rate is the weighted average of the rates of its parts",
            )


def _is_rate_strip(*strips: Strip) -> bool:
    """Tell whether a label calls the figures rates and not shares (운영율, 총 이행률).

    Growth rates are weighted by what they start from, which seldom stands in the table as a share.
    """
    if any(is_cued("growth", strip.name) for strip in strips):
        return False
    names = [squeeze(strip.label) for strip in strips]
    return any(name.endswith(("률", "율")) for name in names) and not any(
        name in WEIGHT_LABELS or name in SHARE_LABELS for name in names
    )


def _weights(plane: Plane, group: Group, rate: Strip) -> list[Fact]:
    """Return the weights of the parts: a strip called 비중, or the only strip of counts."""
    others = [one for one in plane.across if one.index != rate.index]
    named = [one for one in others if any(w in squeeze(one.name) for w in WEIGHT_LABELS)]
    if named:
        return _numbers(plane, group, named[0])
    if sides_of(rate, plane.across) is not None or plane.all_at(group.total.index, rate.index)[1:]:
        return []
    counted = [one for one in others if _is_counted(plane, group, one)]
    return _numbers(plane, group, counted[0]) if len(counted) == 1 else []


def _is_counted(plane: Plane, group: Group, strip: Strip) -> bool:
    total = plane.fact_at(group.total.index, strip.index)
    return total.state == "number" and not is_rate(total) and bool(_numbers(plane, group, strip))


def _numbers(plane: Plane, group: Group, strip: Strip) -> list[Fact]:
    found = [plane.fact_at(part.index, strip.index) for part in group.parts]
    return found if all(fact.state == "number" for fact in found) else []


KIND = RelationKind(code="weighted_rate", propose=propose)
