"""The pages of one report: what was read and found, and its tables beside the printed ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.remarks import WARNINGS
from pipelines.code_words import Language
from pipelines.report.charts.goals import Goal, draw_goals, goals_of
from pipelines.report.charts.money import Funding, draw_funding, funding_of
from pipelines.report.charts.outcomes import Tally, draw_outcomes, tally
from pipelines.report.figures import Figure, Source, spot_figure
from pipelines.report.findings_view import FindingsViewer, FindingView
from pipelines.report.layout import Layout, by_table, lay_out, report_name, tables_name
from pipelines.report.rendering import render
from pipelines.report.shelf import Folio, Row
from pipelines.report.svg import Svg
from pipelines.report.tables_view import TableView, view_table
from pipelines.report.wording import kind_key

_DOUBTFUL: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What of a report was not read, or may be wrong."""

    warnings: tuple[tuple[str, str], ...]
    """Codes with their meaning."""
    tables: tuple[Row, ...]
    """Rows of `tables` that are ambiguous or of low confidence."""
    damaged: int
    """Numbers that could not be read."""
    unchecked: int
    """Relations that could not be checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A report."""

    document: Row
    layout: Layout
    findings: tuple[tuple[FindingView, Figure | None], ...]
    """With the surroundings of the number where it stands in running text."""
    doubts: Doubts
    by_kind: Tally
    outcome_chart: Svg | None
    funding: tuple[Funding, ...]
    funding_chart: Svg | None
    goals: tuple[Goal, ...]
    goals_chart: Svg | None
    tables: tuple[Row, ...]
    table_pages: Mapping[str, int]
    failing_tables: frozenset[str]


def report_pages(folio: Folio, source: Source, language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every page of a report: its tables first, then the first page."""
    layout = lay_out(folio)
    viewer = FindingsViewer(folio, layout, language)
    for number in range(1, len(layout.pages) + 1):
        yield (
            tables_name(folio.document_id, number),
            render(
                "tables.html.j2",
                language,
                document=folio.document,
                tables=view_tables(folio, layout, number, viewer, source),
                number=number,
                count=len(layout.pages),
                root="../",
            ),
        )
    view = view_document(folio, layout, viewer, source)
    yield (
        report_name(folio.document_id),
        render("document.html.j2", language, view=view, root="../"),
    )


def view_tables(
    folio: Folio, layout: Layout, number: int, viewer: FindingsViewer, source: Source
) -> tuple[TableView, ...]:
    """Return the views of the tables of a page (1-based)."""
    shown = layout.pages[number - 1]
    checks = by_table(folio.checks)
    return tuple(
        view_table(table, folio, checks.get(table["table_id"], ()), viewer, source, layout.pictures)
        for table in folio.tables
        if table["table_id"] in shown
    )


def view_document(
    folio: Folio, layout: Layout, viewer: FindingsViewer, source: Source
) -> DocumentView:
    """Return the view of a report."""
    say = viewer.say
    kinds = tally((say(kind_key(one["kind"])), one["outcome"], 1) for one in folio.checks)
    funding, goals = funding_of(folio.budgets), goals_of(folio.targets)
    rows = {row["finding_id"]: row for row in folio.findings}
    return DocumentView(
        document=folio.document,
        layout=layout,
        findings=tuple(
            (one, surroundings(rows[one.finding_id], one, source, layout.pictures))
            for one in viewer.findings()
        ),
        doubts=_doubts(folio),
        by_kind=kinds,
        outcome_chart=draw_outcomes(kinds, say("by_kind"), say),
        funding=funding,
        funding_chart=draw_funding(funding, say),
        goals=goals,
        goals_chart=draw_goals(goals, say),
        tables=folio.tables,
        table_pages={
            table: number for number, own in enumerate(layout.pages, start=1) for table in own
        },
        failing_tables=frozenset(
            cell["table_id"]
            for check in folio.checks
            if check["outcome"] == "mismatch"
            for cell in check["cells"]
            if cell["table_id"]
        ),
    )


def surroundings(row: Row, one: FindingView, source: Source, pictures: str) -> Figure | None:
    """Return where the numbers of a finding stand that are in no table; None for none."""
    prefix = one.finding_id.partition("-")[0]
    cells = [
        cell
        for cell in row["cells"]
        if cell["table_id"] is None and (cell["fact_id"] or prefix).startswith(prefix)
    ]
    return spot_figure(cells, source, pictures) if cells else None


def _doubts(folio: Folio) -> Doubts:
    meanings = dict(WARNINGS)
    return Doubts(
        warnings=tuple((code, meanings.get(code, "")) for code in folio.document["warnings"]),
        tables=tuple(
            table for table in folio.tables if table["ambiguous"] or table["confidence"] < _DOUBTFUL
        ),
        damaged=sum(fact.state == "damaged" for fact in folio.facts.values()),
        unchecked=sum(check["outcome"] == "uncheckable" for check in folio.checks),
    )
