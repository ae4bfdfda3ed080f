"""AVERAGE: 평균 is the sum of the figures it is taken over, divided by how many there are."""

from collections.abc import Iterator

from normalize.records import Report
from validate.discovery.cues import is_cued
from validate.discovery.planes import patterns_of
from validate.records import Operand, Relation, RelationKind
from validate.tables import both_ways

_FEW = 2


def propose(report: Report) -> Iterator[Relation]:
    """Yield the averages of strips called 평균, where the other lines show over which figures.

    Blank figures do not count. Averages that are weighted by something not in the table do not
    show such a pattern, so that none is proposed.
    """
    for plane in both_ways(report):
        if not any(is_cued("average", strip.name) for strip in plane.strips):
            continue
        for found in patterns_of(plane, "average"):
            if not is_cued("average", found.target.name) or found.telling < _FEW:
                continue
            for cross in plane.across:
                result = plane.fact_at(found.target.index, cross.index)
                facts = [plane.fact_at(part.index, cross.index) for part in found.operands]
                given = [fact for fact in facts if fact.state != "blank"]
                if result.state == "number" and len(given) > 1:
                    yield Relation(
                        kind="average",
                        result=result,
                        operands=tuple(Operand(fact=fact) for fact in given),
                        basis="pattern",
                        rule=f"{found.target.name} is the average of its figures",
                    )


KIND = RelationKind(code="average", propose=propose)
