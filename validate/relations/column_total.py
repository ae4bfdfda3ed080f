"""COLUMN_TOTAL: a row called 계 or 합계 equals the sum of the rows it covers."""

from collections.abc import Iterator

from normalize.records import Report
from validate.records import Relation, RelationKind
from validate.sums import table_relations


def propose(report: Report) -> Iterator[Relation]:
    """Yield one relation for each total cell; parts that are blank or `-` count as nothing."""
    yield from table_relations(report, "column_total")


KIND = RelationKind(code="column_total", propose=propose)
