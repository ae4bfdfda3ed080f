"""REPEAT: a figure that returns is the same figure; a heading agrees with its tables."""

from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.announced import announcements_of
from validate.figures import same_figures
from validate.records import Operand, Relation, RelationBasis, RelationKind
from validate.rivals import rivals_of, same_rows
from validate.scales import scale_rivals
from validate.sums import is_last_period, last_part, stated_sums


def propose(report: Report) -> Iterator[Relation]:
    """Yield stocks with their last period, and figures that return under the same name."""
    for plane, found in stated_sums(report):
        last = last_part(found)
        if last is not None and is_last_period(plane, found):
            yield _relation(found.result, last, "family", "a stock ends at its last value")
    for pair in same_figures(report):
        yield _relation(pair.later, pair.earlier, "cross_reference", "the same figure returns")
    for twins in same_rows(report):
        yield _relation(twins.later, twins.earlier, "cross_reference", "the same row returns")
    for rivals in rivals_of(report):
        yield _relation(
            rivals.later,
            rivals.earlier,
            "cross_reference",
            "one thing has one figure",
        )
    for pair in scale_rivals(report):
        yield _relation(pair.later, pair.earlier, "cross_reference", "one figure has one unit")
    for heading in announcements_of(report):
        yield Relation(
            kind="repeat",
            result=heading.whole,
            operands=tuple(Operand(fact=part) for part in heading.parts),
            basis="pattern",
            rule="a heading announces what its tables add up to",
        )


def _relation(result: Fact, operand: Fact, basis: RelationBasis, rule: str) -> Relation:
    return Relation(
        kind="repeat", result=result, operands=(Operand(fact=operand),), basis=basis, rule=rule
    )


KIND = RelationKind(code="repeat", propose=propose)
