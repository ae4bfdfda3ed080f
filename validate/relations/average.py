"""AVERAGE: 평균 is the sum of the figures it is taken over, divided by how many there are."""

from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.arithmetic import judge
from validate.discovery.cues import is_cued
from validate.discovery.planes import patterns_of
from validate.labels import total_level
from validate.records import Operand, Relation, RelationBasis, RelationKind
from validate.settings import Setting
from validate.tables import Plane, Strip, both_ways, same_unit

_FEW = 2


def propose(report: Report) -> Iterator[Relation]:
    """Yield the averages of strips called 평균, where the other lines show over which figures.

    Blank figures do not count. Averages that are weighted by something not in the table do not
    show such a pattern, so that none is proposed.
    """
    for plane in both_ways(report):
        if not any(is_cued("average", strip.name) for strip in plane.strips):
            continue
        found = list(_by_pattern(plane))
        targets = {strip.index for strip, _, _ in found}
        for target, operands, basis in (*found, *_by_place(plane, targets)):
            yield from _relations(plane, target, operands, basis)


_Average = tuple[Strip, tuple[Strip, ...], RelationBasis]


def _by_pattern(plane: Plane) -> Iterator[_Average]:
    for found in patterns_of(plane, "average"):
        if is_cued("average", found.target.name) and found.telling >= _FEW:
            yield found.target, found.operands, "pattern"


def _by_place(plane: Plane, known: set[int]) -> Iterator[_Average]:
    """Yield a strip called 평균 over all that stands before it, where most lines bear it out."""
    for at, strip in enumerate(plane.strips):
        if strip.index in known or not is_cued("average", strip.label):
            continue
        parts = tuple(one for one in plane.strips[:at] if not total_level(one.label))
        relations = list(_relations(plane, strip, parts, "label"))
        holds = [judge(one, Setting()).outcome in ("exact", "within_rounding") for one in relations]
        different = {one.result.value for one in relations if one.result is not None}
        if len(different) > 1 and sum(holds) >= _FEW and 3 * sum(holds) >= 2 * len(holds):
            yield strip, parts, "label"


def _relations(
    plane: Plane, target: Strip, operands: tuple[Strip, ...], basis: RelationBasis
) -> Iterator[Relation]:
    for cross in plane.across:
        result = plane.fact_at(target.index, cross.index)
        facts = [plane.fact_at(part.index, cross.index) for part in operands]
        given = [fact for fact in facts if fact.state != "blank"]
        if result.state == "number" and len(given) > 1 and _are_alike(given):
            yield Relation(
                kind="average",
                result=result,
                operands=tuple(Operand(fact=fact) for fact in given),
                basis=basis,
                rule=f"{target.name} is the average of its figures",
            )


def _are_alike(facts: list[Fact]) -> bool:
    return same_unit(tuple(facts))


KIND = RelationKind(code="average", propose=propose)
