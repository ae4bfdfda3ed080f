"""A report and its audit without the names, phones and numbers of persons that stand in it.

Facts and checks are made before, from what is printed: nothing here changes a figure. The text of
every record that is shown or written goes through here once, so that no screen, table or file has
to think of it. Masked text is as long as it was, and places stay true.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from extract.records import Block, Line, Place, Run, TableGrid
from normalize.personal.headings import context_of
from normalize.personal.known import NOBODY, Persons, find_personal, gather
from normalize.personal.masking import mask_spans
from normalize.personal.records import Span
from normalize.records import Fact, LabelledCell, Report, TableReading
from normalize.wide import Wide, read_wide
from pipelines.corrections import Corrected
from validate.records import Audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a report may be shown and written."""

    report: Report
    audit: Audit
    wide: Wide
    """Budgets and targets: rows of one programme, told apart by its printed name."""
    corrected: Corrected
    """What of the report people corrected, and how it is printed."""
    keeps_personal: bool = False
    """Whether nothing was masked."""
    persons: Persons = NOBODY
    """Who was masked."""
    covered: tuple[Place, ...] = ()
    """Where on lines and pages what was masked is printed."""


def show_all(corrected: Corrected, audit: Audit) -> Shown:
    """Return a report as it is printed, persons and all."""
    report = corrected.report
    return Shown(
        report=report,
        audit=audit,
        wide=read_wide(report.facts),
        corrected=corrected,
        keeps_personal=True,
    )


def mask_persons(corrected: Corrected, audit: Audit) -> Shown:
    """Return a report without personal data."""
    report = corrected.report
    persons = gather(_texts(report))
    veil = _Veil(persons)
    tables = tuple(_table(table, veil) for table in report.tables)
    shown = replace(
        report,
        document=replace(
            report.document,
            file_name=veil.mask(report.document.file_name),
            blocks=tuple(_blocks(report, tables, veil)),
        ),
        profile=replace(
            report.profile,
            title=veil.mask_any(report.profile.title),
            department=veil.mask_any(report.profile.department),
        ),
        tables=tables,
        facts=tuple(_fact(fact, veil) for fact in report.facts),
        events=tuple(
            replace(event, description=veil.mask(event.description))
            for event in report.events
            if event.raw_date not in persons.numbers  # somebody's date of birth
        ),
    )
    return Shown(
        report=shown,
        audit=_audit(audit, veil),
        wide=_wide(read_wide(report.facts), veil),
        corrected=replace(
            corrected,
            report=shown,
            printed_cells={spot: veil.mask(text) for spot, text in corrected.printed_cells.items()},
            printed_facts={
                spot: _fact(fact, veil) for spot, fact in corrected.printed_facts.items()
            },
        ),
        persons=persons,
        covered=tuple(veil.covered),
    )


@dataclass(slots=True)
class _Veil:
    """What masks the texts of one report; each is looked at once."""

    persons: Persons
    covered: list[Place] = field(default_factory=list)
    known: dict[tuple[str, str], tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, text: str, context: str = "") -> tuple[Span, ...]:
        key = (text, context)
        if key not in self.known:
            self.known[key] = find_personal(text, self.persons, context)
        return self.known[key]

    def mask(self, text: str) -> str:
        return mask_spans(text, self.spans(text))

    def mask_any(self, text: str | None) -> str | None:
        return None if text is None else self.mask(text)

    def mask_all(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self.mask, texts))

    def mask_run(self, run: Run, context: str = "") -> Run:
        return self.mask_runs((run,), context)[0]

    def mask_runs(self, runs: tuple[Run, ...], context: str) -> tuple[Run, ...]:
        """Mask the printed lines of a cell as one text, and note where what is masked stands."""
        text = "\n".join(run.text for run in runs)
        spans = self.spans(text, context)
        if not spans:
            return runs
        lines = mask_spans(text, spans).split("\n")
        start = 0
        for run in runs:
            for span in spans:
                first, last = max(span.start - start, 0), min(span.end - start, len(run.text))
                if first < last:
                    self.covered.append(run.slice(first, last).place)
            start += len(run.text) + 1
        return tuple(replace(run, text=line) for run, line in zip(runs, lines, strict=True))


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    """Yield every printed text with the label that its headings make."""
    yield from _lines(report)
    for table in report.tables:
        yield from zip((cell.text for cell in table.cells), _contexts(table), strict=True)
        for run in (table.grid.caption, *table.grid.footnotes):
            if run is not None:
                yield run.text, ""
    yield report.document.file_name, ""


def _lines(report: Report) -> Iterator[tuple[str, str]]:
    """Yield lines of running text; a label alone on its line is that of the next."""
    context = ""
    for line in report.document.lines:
        yield line.run.text, context
        context = context_of((line.run.text,))


def _contexts(table: TableReading) -> Iterator[str]:
    """Yield for each cell the label that its headings and the cell on its left make."""
    known: dict[tuple[str, ...], str] = {}
    ends = {(cell.row, cell.col + cell.col_span): cell.text for cell in table.cells}
    for cell in table.cells:
        own = cell.text
        left = ends.get((cell.row, cell.col), "") if cell.role != "header" else ""
        headings = tuple(one for one in (*cell.col_path, *cell.row_path, left) if one != own)
        if headings not in known:
            known[headings] = context_of(headings)
        yield known[headings]


def _blocks(report: Report, tables: Iterable[TableReading], veil: _Veil) -> Iterator[Block]:
    contexts, grids = (context for _, context in _lines(report)), iter(tables)
    for block in report.document.blocks:
        if isinstance(block, TableGrid):
            yield next(grids).grid
        else:
            yield _line(block, next(contexts), veil)


def _line(line: Line, context: str, veil: _Veil) -> Line:
    path = veil.mask_all(line.section_path)
    return replace(line, run=veil.mask_run(line.run, context), section_path=path)


def _table(table: TableReading, veil: _Veil) -> TableReading:
    grid, contexts = table.grid, tuple(_contexts(table))
    masked = tuple(
        replace(cell, runs=veil.mask_runs(cell.runs, context))
        for cell, context in zip(grid.cells, contexts, strict=True)
    )
    return replace(
        table,
        grid=replace(
            grid,
            cells=masked,
            caption=None if grid.caption is None else veil.mask_run(grid.caption),
            section_path=veil.mask_all(grid.section_path),
            footnotes=tuple(map(veil.mask_run, grid.footnotes)),
            note=veil.mask(grid.note),
            alternatives=(),
        ),
        cells=tuple(map(partial(_cell, veil), table.cells, contexts)),
    )


def _cell(veil: _Veil, cell: LabelledCell, context: str) -> LabelledCell:
    return replace(
        cell,
        text=mask_spans(cell.text, veil.spans(cell.text, context)),
        row_path=veil.mask_all(cell.row_path),
        col_path=veil.mask_all(cell.col_path),
    )


def _fact(fact: Fact, veil: _Veil) -> Fact:
    return replace(
        fact,
        label=veil.mask(fact.label),
        indicator=veil.mask(fact.indicator),
        section_path=veil.mask_all(fact.section_path),
        note=veil.mask(fact.note),
        raw=fact.raw if fact.state == "number" else veil.mask(fact.raw),
    )


def _audit(audit: Audit, veil: _Veil) -> Audit:
    return replace(
        audit,
        checks=tuple(
            replace(check, expression=veil.mask(check.expression)) for check in audit.checks
        ),
        findings=tuple(
            replace(
                one,
                title_ko=veil.mask(one.title_ko),
                title_en=veil.mask(one.title_en),
                explanation_ko=veil.mask(one.explanation_ko),
                explanation_en=veil.mask(one.explanation_en),
            )
            for one in audit.findings
        ),
    )


def _wide(wide: Wide, veil: _Veil) -> Wide:
    return Wide(
        budgets=tuple(replace(row, program=veil.mask(row.program)) for row in wide.budgets),
        targets=tuple(
            replace(row, program=veil.mask(row.program), indicator=veil.mask(row.indicator))
            for row in wide.targets
        ),
    )
