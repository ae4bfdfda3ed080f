"""GROWTH: a growth rate leads from the earlier figure to the later one: 증감률 = (B-A)/A."""

from collections.abc import Iterator

from normalize.records import Report
from validate.changes import growths_of, lagged_growths
from validate.records import Operand, Relation, RelationKind


def propose(report: Report) -> Iterator[Relation]:
    """Yield the growth rates of strips whose two sides a formula or most lines tell."""
    for found in growths_of(report):
        for rate, now, before in found.triples():
            yield Relation(
                kind="growth",
                result=rate,
                operands=(Operand(fact=now), Operand(fact=before)),
                basis=found.basis,
                rule=f"{found.strip.name}: growth from {found.before.name} to {found.now.name}",
            )
    for rate, now, before in lagged_growths(report):
        yield Relation(
            kind="growth",
            result=rate,
            operands=(Operand(fact=now), Operand(fact=before)),
            basis="pattern",
            rule="growth of a series against an earlier period",
        )


KIND = RelationKind(code="growth", propose=propose)
