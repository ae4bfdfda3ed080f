"""REPEAT: a figure that returns is the same figure; a heading agrees with its tables."""

from collections.abc import Iterable, Iterator

from normalize.records import Fact, Report
from validate.announced import announcements_of
from validate.companions import companions_of
from validate.composed import composed_figures
from validate.figures import Pair, same_figures
from validate.programmes import same_programmes
from validate.records import Operand, Relation, RelationBasis, RelationKind
from validate.regrouped import regrouped_figures
from validate.rivals import Rivals, rivals_of, same_rows
from validate.same_columns import returning_columns
from validate.scales import misscaled_tables
from validate.sums import is_last_period, last_part, stated_sums
from validate.total_costs import misstated_totals
from validate.twins import Slip, slips_between_rows


def propose(report: Report) -> Iterator[Relation]:
    """Yield stocks with their last period, and figures that return under the same name."""
    for plane, one in stated_sums(report):
        last = last_part(one)
        if last is not None and is_last_period(plane, one):
            yield _relation(one.result, (last,), "family", "a stock ends at its last value")
    for rule, earlier, later in _pairs(report):
        yield _relation(later, (earlier,), "cross_reference", rule)
    for match in (match for table in misscaled_tables(report) for match in table.matches):
        rule = "one figure has one unit"
        yield _relation(match.whole, match.parts, "cross_reference", rule)
    for heading in announcements_of(report):
        rule = "a heading announces what its tables add up to"
        yield _relation(heading.whole, heading.parts, "pattern", rule)
    for found in (*composed_figures(report), *regrouped_figures(report)):
        rule = "a figure returns as the sum of its parts"
        yield _relation(found.whole, found.parts, "cross_reference", rule)


def _pairs(report: Report) -> Iterator[tuple[str, Fact, Fact]]:
    """Yield a rule with the earlier and the later of two figures that it calls the same."""
    named = tuple(same_figures(report))
    sources: tuple[tuple[str, Iterable[Pair | Rivals | Slip]], ...] = (
        ("the same figure returns", (*named, *companions_of(report, named))),
        ("the same row returns", same_rows(report)),
        ("one thing has one figure", (*rivals_of(report), *same_programmes(report))),
        ("a column that returns says the same of each row", returning_columns(report)),
        ("the total cost is the grand total of its funding table", misstated_totals(report)),
        ("rows that agree in all else agree in this", slips_between_rows(report)),
    )
    for rule, pairs in sources:
        for pair in pairs:
            yield rule, pair.earlier, pair.later


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
