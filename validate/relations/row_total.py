"""ROW_TOTAL: a column called 계 or 합계 equals the sum of the columns it covers, in every row."""

from collections.abc import Iterator

from normalize.records import Report
from validate.folded import folded_rows
from validate.records import Operand, Relation, RelationKind
from validate.unadded import complete_totals


def propose(report: Report) -> Iterator[Relation]:
    """Yield one relation for each total cell; parts that are blank or `-` count as nothing."""
    folded = folded_rows(report)
    wide = {one.result.fact_id for one in folded}
    for relation in complete_totals(report, "row_total"):
        if relation.result is None or relation.result.fact_id not in wide:
            yield relation
    for one in folded:
        yield Relation(
            kind="row_total",
            result=one.result,
            operands=tuple(Operand(fact=part) for part in one.parts),
            basis="label",
            rule="a total equals the sum of its parts in both bands of the table",
        )


KIND = RelationKind(code="row_total", propose=propose)
