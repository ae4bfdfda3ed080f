"""Tables whose totals do not cover, or do not only cover, what stands beside them."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from normalize.records import Report, TableReading
from validate.kept import kept
from validate.records import Relation
from validate.sums import table_relations

_ELIDED: Final = re.compile(r"^[\s.․‥…·⋯∙~∼:]{3,}$")
_OVERLAPPING: Final = re.compile(r"중복")
_COUNTED_ONCE: Final = re.compile(r"중복\s?(?:을\s?)?(?:제외|제거|없)")


def complete_totals(
    report: Report, kind: Literal["row_total", "column_total"]
) -> Iterator[Relation]:
    """Yield the totals of a kind whose tables print all that they are of, each thing once.

    A column or row of dots (2025 | 2026 | …… | 2033) stands for others that are not printed. A
    total with a star whose note says 중복 counts once what its parts count twice.
    """
    elided = set(_elided(report))
    starred = set(_starred(report))
    for relation in table_relations(report, kind):
        result = relation.result
        spot = None if result is None or result.table_id is None else (result.table_id, kind)
        if spot not in elided and (result is None or result.fact_id not in starred):
            yield relation


@kept
def _elided(report: Report) -> Iterator[tuple[str, str]]:
    for table in report.tables:
        for cell in table.cells:
            if _ELIDED.match(cell.text):
                is_column = cell.role == "header" or any(map(_ELIDED.match, cell.col_path))
                yield table.table_id, "row_total" if is_column else "column_total"


@kept
def _starred(report: Report) -> Iterator[str]:
    """Yield the facts of totals with a star that a note says to overlap."""
    noted = {table.table_id for table in report.tables if _is_noted(table)}
    for table in report.tables:
        if table.table_id not in noted:
            continue
        spots = {
            (cell.row, cell.col)
            for cell in table.cells
            if any(
                label.rstrip().endswith(("*", "＊")) for label in (*cell.col_path, *cell.row_path)
            )
        }
        yield from (
            fact.fact_id
            for fact in report.facts
            if fact.table_id == table.table_id and (fact.row, fact.col) in spots
        )


def _is_noted(table: TableReading) -> bool:
    notes = [note.text for note in table.grid.footnotes]
    return any(_OVERLAPPING.search(note) and not _COUNTED_ONCE.search(note) for note in notes)
