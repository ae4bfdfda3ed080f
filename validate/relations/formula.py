"""FORMULA: a figure equals what its heading prints or names: 정산잔액(G=C+D+E+F)."""

from collections.abc import Iterator

from normalize.records import Report
from validate.additions import Addition, additions_of
from validate.formulas import Formula, formulas_of
from validate.records import Operand, Relation, RelationKind
from validate.tables import Plane, both_ways, same_unit


def propose(report: Report) -> Iterator[Relation]:
    """Yield each figure under a printed sum of named headings, or under a name that is a sum."""
    for plane in both_ways(report):
        for formula in formulas_of(plane.strips):
            if formula.shape == "sum":
                yield from _relations(plane, formula)
        for addition in additions_of(plane):
            yield from _added(addition)


def _relations(plane: Plane, formula: Formula) -> Iterator[Relation]:
    for cross in plane.across:
        result = plane.fact_at(formula.strip.index, cross.index)
        operands = tuple(
            Operand(fact=plane.fact_at(strip.index, cross.index), factor=factor)
            for factor, strip in formula.terms
        )
        numbers = tuple(o.fact for o in operands if o.fact.state == "number")
        if result.state != "number" or not numbers or not same_unit((result, *numbers)):
            continue
        yield Relation(
            kind="formula",
            result=result,
            operands=operands,
            basis="printed_formula",
            rule=f"{formula.strip.label}: the printed formula holds",
        )


def _added(addition: Addition) -> Iterator[Relation]:
    for result, terms in addition.lines:
        yield Relation(
            kind="formula",
            result=result,
            operands=tuple(Operand(fact=term) for term in terms),
            basis="label",
            rule=f"{addition.strip.label} = {' + '.join(one.label for one in addition.terms)}",
        )


KIND = RelationKind(code="formula", propose=propose)
