"""A document to a report: profile, tables, facts and events, in document order."""

from collections.abc import Iterator, Sequence
from datetime import date

import regex

from extract.cycle_search import without_cycle_search
from extract.records import Document, Line, TableGrid
from normalize.events import EventContext, EventSource, find_events
from normalize.line_facts import numbered, read_line
from normalize.periods import DateContext, find_dates
from normalize.profile import read_profile
from normalize.records import Fact, Profile, Report, TableReading, Unit
from normalize.table_facts import read_table


@without_cycle_search()
def read_report(document: Document) -> Report:
    """Read all that a document reports."""
    profile = read_profile(document)
    tables: list[TableReading] = []
    facts: list[Fact] = []
    above = ""
    near: Unit | None = None
    term = _term_of_office(document)
    for block in document.blocks:
        if isinstance(block, TableGrid):
            near = _near_unit(tables, block, near)
            table, found = read_table(
                block, len(tables) + 1, document.document_id, profile, term, near
            )
            tables.append(table)
            facts.extend(found)
            above = ""
        else:
            facts.extend(read_line(block, document.document_id, profile, above, term))
            above = _label_line(block.run.text) or above
    sources = list(_event_sources(document, tables))
    return Report(
        document=document,
        profile=profile,
        tables=tuple(tables),
        facts=numbered(facts, document.document_id),
        events=find_events(sources, _event_context(profile)),
    )


def _near_unit(tables: Sequence[TableReading], grid: TableGrid, before: Unit | None) -> Unit | None:
    """Return the money unit of the table before, if it lies in the same section.

    Where that table has no unit of its own either, the one that it took goes on.
    """
    if not tables or tables[-1].grid.section_path[:1] != grid.section_path[:1]:
        return None
    own = tables[-1].unit
    if own.name is None:
        return before
    return own if own.name == "won" else None


def _label_line(text: str) -> str:
    """Return a line that may name what the next line counts: words, not numbers in brackets."""
    stripped = text.strip()
    return stripped if regex.match(r"[^\d(]*[가-힣]{2}", stripped) else ""


def _term_of_office(document: Document) -> tuple[date, date] | None:
    """Return the elected term (민선N기) that the report names first."""
    for line in document.lines:
        for mention in find_dates(line.run.text, DateContext()):
            if mention.precision == "term" and mention.start and mention.end:
                return mention.start, mention.end
    return None


def _event_context(profile: Profile) -> EventContext:
    term = None
    if profile.period_start is not None and profile.period_end is not None:
        term = (profile.period_start, profile.period_end)
    return EventContext(fiscal_year=profile.fiscal_year, as_of=profile.as_of_date, term=term)


def _event_sources(document: Document, tables: Sequence[TableReading]) -> Iterator[EventSource]:
    """Yield the printed lines of text and table cells, in document order."""
    remaining = iter(tables)
    for block in document.blocks:
        if isinstance(block, Line):
            if block.role != "furniture":
                yield EventSource(run=block.run, section_path=block.section_path)
            continue
        table = next(remaining)
        for cell, labelled in zip(block.cells, table.cells, strict=True):
            for run in cell.runs:
                yield EventSource(
                    run=run,
                    section_path=block.section_path,
                    table_id=table.table_id,
                    row=labelled.row,
                    heading=" ".join(labelled.col_path),
                    is_header=labelled.role == "header",
                )
