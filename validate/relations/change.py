"""CHANGE: 증감 is the later figure less the earlier one."""

from collections.abc import Iterator
from decimal import Decimal

from normalize.records import Report
from validate.changes import changes_of
from validate.records import Operand, Relation, RelationKind


def propose(report: Report) -> Iterator[Relation]:
    """Yield the changes of strips whose two sides most lines tell."""
    for found in changes_of(report):
        for change, now, before in found.triples():
            yield Relation(
                kind="change",
                result=change,
                operands=(Operand(fact=now), Operand(fact=before, factor=Decimal(-1))),
                basis=found.basis,
                rule=f"{found.strip.name} = {found.now.name} - {found.before.name}",
            )


KIND = RelationKind(code="change", propose=propose)
