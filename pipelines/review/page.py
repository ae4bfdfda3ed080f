"""What the page of one finding shows: the finding, its table, what people decided and corrected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.code_words import Language
from pipelines.report.document import surroundings, view_tables
from pipelines.report.figures import Figure, Source
from pipelines.report.findings_view import FindingsViewer, FindingView
from pipelines.report.layout import Layout, lay_out, spot_of
from pipelines.report.shelf import Folio, Row
from pipelines.report.tables_view import TableView
from pipelines.review.book import Entry, ReviewBook
from pipelines.review.decisions import Standing, cell_subject
from pipelines.review.recheck import Rechecked, recheck
from validate.expressions import name_of, write_like


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChoice:
    """A cell that may be corrected."""

    table_id: str
    row: int
    col: int
    name: str
    printed: str
    standing: Standing

    @property
    def key(self) -> str:
        """The cell and the last row about it, as a form sends them."""
        return f"{self.table_id}:{self.row}:{self.col}:{self.standing.last}"

    @property
    def corrected(self) -> str | None:
        """What a person reads there; None where nobody corrected it."""
        decision = self.standing.decision
        return None if decision is None else decision.new_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A relation tested again with the cells as people read them."""

    check_id: str
    expression: str
    outcome: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPage:
    """What the page of a finding shows."""

    entry: Entry
    finding: FindingView
    figure: Figure | None
    """The surroundings of its numbers in running text."""
    document: Row
    tables: tuple[TableView, ...]
    """The table of its most suspected cell; none where that stands in running text."""
    cells: tuple[CellChoice, ...]
    again: tuple[Again, ...]
    """Its relations with the corrections that are not yet in the dataset."""


def open_finding(
    book: ReviewBook, entry: Entry, source: Source, language: Language
) -> FindingPage | None:
    """Return the page of a finding; None where its report is gone."""
    folio = book.folio(entry.line.document_id)
    if folio is None:
        return None
    row = next(one for one in folio.findings if one["finding_id"] == entry.line.finding_id)
    layout = _layout(row, folio)
    viewer = FindingsViewer(folio, layout, language)
    finding = viewer.finding(row)
    corrections = book.corrections(folio.document_id)
    tested = recheck(folio, corrections)
    return FindingPage(
        entry=entry,
        finding=finding,
        figure=surroundings(row, finding, source, layout.pictures),
        document=folio.document,
        tables=view_tables(folio, layout, 1, viewer, source) if layout.pages else (),
        cells=tuple(_choices(row, folio, book)),
        again=tuple(_again(row, folio, tested)),
    )


def _layout(row: Row, folio: Folio) -> Layout:
    """Return a layout of the one table in which the most suspected cell stands, if any."""
    tables = [cell["table_id"] for cell in row["cells"] if cell["table_id"] in folio.cells]
    return replace(lay_out(folio), pages=(tuple(tables[:1]),) if tables else (), is_desk=True)


def _choices(row: Row, folio: Folio, book: ReviewBook) -> Iterator[CellChoice]:
    seen = set()
    texts = {spot_of(cell): cell for rows in folio.cells.values() for cell in rows}
    for cell in row["cells"]:
        spot = spot_of(cell)
        if spot in seen or spot not in texts:
            continue
        seen.add(spot)
        fact = folio.facts.get(cell["fact_id"] or "")
        subject = cell_subject(cell["table_id"], cell["row"], cell["col"])
        yield CellChoice(
            table_id=cell["table_id"],
            row=cell["row"],
            col=cell["col"],
            name=name_of(fact) if fact else "",
            printed=texts[spot]["text"],
            standing=book.standing(folio.document_id, subject),
        )


def _again(row: Row, folio: Folio, tested: dict[str, Rechecked]) -> Iterator[Again]:
    checks = {check["check_id"]: check for check in folio.checks}
    for check_id in _with_others(row["check_ids"], tested):
        if check_id not in tested or check_id not in checks:
            continue
        verdict = tested[check_id].verdict
        result = next((c for c in checks[check_id]["cells"] if c["role"] == "result"), None)
        fact = folio.facts.get(result["fact_id"] or "") if result else None
        gap = verdict.difference
        yield Again(
            check_id=check_id,
            expression=tested[check_id].expression,
            outcome=verdict.outcome,
            difference="" if gap is None else write_like(gap, fact),
        )


def _with_others(own: Sequence[str], tested: dict[str, Rechecked]) -> list[str]:
    """Return the relations of the finding first, then the others in which the cells take part."""
    return [*own, *(one for one in tested if one not in own)]
