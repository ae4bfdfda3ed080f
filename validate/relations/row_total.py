"""ROW_TOTAL: a column called 계 or 합계 equals the sum of the columns it covers, in every row."""

from collections.abc import Iterator

from normalize.records import Report
from validate.records import Relation, RelationKind
from validate.sums import table_relations


def propose(report: Report) -> Iterator[Relation]:
    """Yield one relation for each total cell; parts that are blank or `-` count as nothing."""
    yield from table_relations(report, "row_total")


KIND = RelationKind(code="row_total", propose=propose)
