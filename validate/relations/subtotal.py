"""SUBTOTAL: a 소계, or the 계 of one heading, equals the sum of the rows or columns under it."""

from collections.abc import Iterator

from normalize.records import Report
from validate.records import Relation, RelationKind
from validate.sums import table_relations


def propose(report: Report) -> Iterator[Relation]:
    """Yield one relation for each total cell; parts that are blank or `-` count as nothing."""
    yield from table_relations(report, "subtotal")


KIND = RelationKind(code="subtotal", propose=propose)
