"""COLUMN_TOTAL: a row called 계 or 합계 equals the sum of the rows it covers."""

from collections.abc import Iterator

from normalize.records import Report
from validate.folded import folded_columns
from validate.numbering import top_level
from validate.records import Operand, Relation, RelationKind
from validate.unadded import complete_totals


def propose(report: Report) -> Iterator[Relation]:
    """Yield one relation for each total cell; parts that are blank or `-` count as nothing."""
    folded = folded_columns(report)
    wide = {one.result.fact_id for one in folded}
    printed = [
        relation
        for relation in complete_totals(report, "column_total")
        if relation.result is None or relation.result.fact_id not in wide
    ]
    yield from top_level(report, printed)
    for one in folded:
        yield Relation(
            kind="column_total",
            result=one.result,
            operands=tuple(Operand(fact=part) for part in one.parts),
            basis="label",
            rule="a total equals the sum of its parts in both halves of the table",
        )


KIND = RelationKind(code="column_total", propose=propose)
