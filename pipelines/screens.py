"""What the terminal shows: numbers, places, and the tables that the commands print."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.records import Place
from normalize.records import Fact, Report
from pipelines.build import Run
from pipelines.code_words import SEVERITY_ORDER
from pipelines.numbers_shown import show_number
from pipelines.report.writing import WrittenReport
from pipelines.rules import WRITTEN
from pipelines.years import YearsAudit
from validate.records import Audit, Finding

Language = Literal["ko", "en"]
Counted = Literal["line", "paragraph"]
"""What the places of a document without pages count."""

_STYLES: Final = {"high": "bold red", "medium": "red", "low": "yellow", "info": "dim"}
_OUTCOMES: Final = (
    ("held", ("exact", "within_rounding")),
    ("doubtful", ("unlikely_rounding",)),
    ("failed", ("mismatch",)),
    ("could not be checked", ("uncheckable",)),
)
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})


def plain(text: str, style: str = "") -> Text:
    """Return text of a report as it may be shown: no markup, no control codes of a terminal."""
    shown = "".join(
        sign
        if sign == "\n" or unicodedata.category(sign) not in _HIDDEN
        else "\N{REPLACEMENT CHARACTER}"
        for sign in text.replace("\t", " ")
    )
    return Text(shown, style=style)


def show_place(place: Place, counted: Counted = "line") -> str:
    """Return a place as `line 12:4-9` (characters from 0) or `page 3`.

    Examples:
        >>> show_place(Place(line_no=12, char_start=4, char_end=9))
        'line 12:4-9'
        >>> show_place(Place(line_no=12, char_start=4, char_end=9), "paragraph")
        'paragraph 12:4-9'
        >>> show_place(Place(page=3, x0=10.0, y0=20.0, x1=30.0, y1=40.0))
        'page 3 (10, 20)'
    """
    if place.line_no is not None:
        return f"{counted} {place.line_no}:{place.char_start}-{place.char_end}"
    if place.page is not None:
        corner = (
            "" if place.x0 is None or place.y0 is None else f" ({place.x0:.0f}, {place.y0:.0f})"
        )
        return f"page {place.page}{corner}"
    return "-"


def count_outcomes(outcomes: Iterable[str]) -> str:
    """Return how many relations held, failed and could not be checked, in one sentence."""
    found = list(outcomes)
    parts = [f"{sum(one in kinds for one in found)} {name}" for name, kinds in _OUTCOMES]
    return f"{len(found)} relations: {', '.join(parts)}"


def findings_screen(
    findings: Sequence[Finding],
    facts: Mapping[str, Fact],
    language: Language,
    counted: Counted = "line",
) -> RenderableType:
    """Return findings as a table, the most severe first; `counted` is what their places count."""
    table = Table(title="Findings", title_justify="left", show_lines=True)
    table.add_column("severity")
    table.add_column("finding", overflow="fold")
    for one in sorted(findings, key=_first_to_see):
        lines = [*_words(one, language), _numbers(one, facts), _where(one, facts, counted)]
        table.add_row(Text(one.severity, style=_STYLES[one.severity]), Text("\n").join(lines))
    return table


def _first_to_see(finding: Finding) -> tuple[int, str, int]:
    """Sort findings by severity, then by report and rank."""
    return (SEVERITY_ORDER.index(finding.severity), finding.document_id, finding.rank)


def audit_screen(audit: Audit, report: Report, language: Language) -> RenderableType:
    """Return what `check` prints: the findings of one report and the count of its relations."""
    known = {fact.fact_id: fact for fact in report.facts}
    kinds: Counted = "paragraph" if report.document.media_type in WRITTEN else "line"
    outcomes = Text(count_outcomes(check.outcome for check in audit.checks))
    if not audit.findings:
        return Group(Text("No findings."), outcomes)
    return Group(findings_screen(audit.findings, known, language, kinds), outcomes)


def years_screen(found: YearsAudit, language: Language) -> RenderableType:
    """Return what `audit` prints: the reports that were compared and the findings."""
    table = Table(title="Reports compared", title_justify="left")
    for heading in ("institution", "earlier", "later", "figures", "differ"):
        table.add_column(heading, overflow="fold")
    for one in found.comparisons:
        table.add_row(
            plain(" ".join(part for part in one.later.series[:2] if part)),
            plain(f"{one.earlier.year} {found.file_names[one.earlier.document_id]}"),
            plain(f"{one.later.year} {found.file_names[one.later.document_id]}"),
            str(len(one.audit.checks)),
            str(sum(check.outcome == "mismatch" for check in one.audit.checks)),
        )
    counted = Text(f"{found.report_count} reports; {count_outcomes(found.outcomes)}")
    if not found.comparisons:
        return Group(Text("No two reports of one institution and different years."), counted)
    if not found.findings:
        return Group(table, Text("No findings."), counted)
    return Group(table, findings_screen(found.findings, found.facts, language), counted)


def run_screen(run: Run) -> RenderableType:
    """Return the summary of a run."""
    table = Table(title="geomsan run", title_justify="left")
    table.add_column("what")
    table.add_column("number", justify="right")
    for name, number in run.counts:
        table.add_row(name, f"{number:,}")
    done = run.progress
    ends = (
        f"{done.total:,} inputs: {done.read:,} read, {done.unchanged:,} unchanged, "
        f"{done.quarantined:,} in quarantine"
    )
    shown = "nothing published: the last run over all inputs does that"
    if run.outcome is not None:
        name = run.outcome.folder.name
        shown = f"published as {name}" if run.outcome.is_new else f"as published before, {name}"
    lines = [Text(ends), Text(f"{shown}; {run.seconds:.1f} s, exit code {int(run.exit_code)}")]
    if run.corrections_left:
        words = f"{run.corrections_left} corrections are of reports that changed or are gone"
        lines.append(Text(f"{words}; `geomsan review` shows them"))
    if run.report is not None:
        lines.append(plain(describe_report(run.report)))
    return Group(table, *lines)


def describe_report(report: WrittenReport) -> str:
    """Return where the report lies, how much of it is new and how large it is."""
    size = f"{report.byte_size / 1_000_000:,.1f} MB"
    return f"report: {report.path} ({report.pages:,} pages written, {size} in all)"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One number of an equation, as `explain` lists it."""

    role: str
    label: str
    indicator: str
    raw: str
    value: Decimal | None
    unit: str | None
    place: Place


def cells_screen(lines: Iterable[CellLine]) -> RenderableType:
    """Return the numbers that take part in a relation, each with its place."""
    table = Table(title="Cells", title_justify="left")
    for heading in ("role", "label", "indicator", "printed", "value", "place"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(
            line.role,
            plain(line.label),
            plain(line.indicator),
            plain(line.raw),
            show_number(line.value, line.unit),
            show_place(line.place),
        )
    return table


def _words(finding: Finding, language: Language) -> tuple[Text, Text]:
    if language == "ko":
        return plain(finding.title_ko, "bold"), plain(finding.explanation_ko)
    return plain(finding.title_en, "bold"), plain(finding.explanation_en)


def _numbers(finding: Finding, facts: Mapping[str, Fact]) -> Text:
    fact = facts.get(finding.cells[0].fact_id or "") if finding.cells else None
    unit = fact.value_unit if fact else None
    printed, expected = show_number(finding.printed, unit), show_number(finding.expected, unit)
    return plain(f"printed {printed}, expected {expected}")


def _where(finding: Finding, facts: Mapping[str, Fact], counted: Counted) -> Text:
    if not finding.cells:
        return plain(finding.finding_id, "dim")
    cell = finding.cells[0]
    fact = facts.get(cell.fact_id or "")
    names = [name for name in (fact.label, fact.indicator) if name] if fact else []
    words = [show_place(cell.place, counted), *names, finding.finding_id]
    return plain(" | ".join(words), "dim")
