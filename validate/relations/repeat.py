"""REPEAT: a figure that returns is the same figure; a heading agrees with its tables."""

from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.announced import announcements_of
from validate.companions import companions_of
from validate.composed import composed_figures
from validate.figures import same_figures
from validate.programmes import same_programmes
from validate.records import Operand, Relation, RelationBasis, RelationKind
from validate.regrouped import regrouped_figures
from validate.rivals import rivals_of, same_rows
from validate.same_columns import returning_columns
from validate.scales import misscaled_tables
from validate.sums import is_last_period, last_part, stated_sums
from validate.total_costs import misstated_totals
from validate.twins import slips_between_rows


def propose(report: Report) -> Iterator[Relation]:
    """Yield stocks with their last period, and figures that return under the same name."""
    for plane, one in stated_sums(report):
        last = last_part(one)
        if last is not None and is_last_period(plane, one):
            yield _relation(one.result, (last,), "family", "a stock ends at its last value")
    named = tuple(same_figures(report))
    for pair in (*named, *companions_of(report, named)):
        yield _relation(pair.later, (pair.earlier,), "cross_reference", "the same figure returns")
    for twins in same_rows(report):
        yield _relation(twins.later, (twins.earlier,), "cross_reference", "the same row returns")
    for rivals in (*rivals_of(report), *same_programmes(report)):
        yield _relation(
            rivals.later,
            (rivals.earlier,),
            "cross_reference",
            "one thing has one figure",
        )
    for pair in returning_columns(report):
        rule = "a column that returns says the same of each row"
        yield _relation(pair.later, (pair.earlier,), "cross_reference", rule)
    for pair in misstated_totals(report):
        rule = "the total cost is the grand total of its funding table"
        yield _relation(pair.later, (pair.earlier,), "cross_reference", rule)
    for slip in slips_between_rows(report):
        rule = "rows that agree in all else agree in this"
        yield _relation(slip.later, (slip.earlier,), "cross_reference", rule)
    for match in (match for table in misscaled_tables(report) for match in table.matches):
        rule = "one figure has one unit"
        yield _relation(match.whole, match.parts, "cross_reference", rule)
    for heading in announcements_of(report):
        rule = "a heading announces what its tables add up to"
        yield _relation(heading.whole, heading.parts, "pattern", rule)
    for found in (*composed_figures(report), *regrouped_figures(report)):
        rule = "a figure returns as the sum of its parts"
        yield _relation(found.whole, found.parts, "cross_reference", rule)


def _relation(
    result: Fact, operands: tuple[Fact, ...], basis: RelationBasis, rule: str
) -> Relation:
    return Relation(
        kind="repeat",
        result=result,
        operands=tuple(Operand(fact=operand) for operand in operands),
        basis=basis,
        rule=rule,
    )


KIND = RelationKind(code="repeat", propose=propose)
