"""The first page: totals, the findings of all reports in the order in which to look, and trends."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.code_words import SEVERITY_ORDER, Language
from pipelines.compare import Difference, compare
from pipelines.home import Home
from pipelines.ledger import list_runs
from pipelines.published import read_table
from pipelines.reasons import REASONS, RunError
from pipelines.report.charts.outcomes import Tally, tally
from pipelines.report.charts.trend import RunPoint
from pipelines.report.findings_view import in_words
from pipelines.report.layout import report_name
from pipelines.report.shelf import Row, Shelf
from pipelines.report.wording import Say, kind_key, words_of
from pipelines.versions import list_versions

ROWS_A_FILE: Final = 1_000
"""Findings in one file of data: the page loads one after the other."""
FIRST_ROWS: Final = 100
"""Findings that stand in the page itself."""
_MOST_RUNS: Final = 12
_MOST_DIFFERENCES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report in the list of all."""

    document_id: str
    file_name: str
    title: str
    institution: str
    year: str
    pages: int
    lines: int
    warnings: int
    counts: Mapping[str, int]
    """Relations by held, doubtful, failed, unchecked."""
    findings: Mapping[str, int]
    """By severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding in the list of all."""

    finding_id: str
    document_id: str
    severity: str
    title: str
    institution: str
    year: str
    file_name: str
    kinds: tuple[str, ...]
    cause: str
    printed: str
    expected: str
    difference: str

    @property
    def href(self) -> str:
        """Where it is shown."""
        return f"documents/{report_name(self.document_id)}#{self.finding_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the first page shows."""

    totals: Mapping[str, int]
    findings: tuple[FindingLine, ...]
    reports: tuple[ReportLine, ...]
    quarantine: tuple[Row, ...]
    reasons: Mapping[str, str]
    by_institution: Tally
    by_kind: Tally
    runs: tuple[RunPoint, ...]
    differences: tuple[Difference, ...]
    """Of reports and findings, against the version before."""
    more_differences: int
    has_earlier: bool
    version: str


def gather_front(home: Home, shelf: Shelf, language: Language) -> Front:
    """Return what the first page shows of a version."""
    say = words_of(language)
    documents = {row["document_id"]: row for row in shelf.documents}
    findings = find_lines(shelf, language)
    outcomes = _outcomes(shelf.folder)
    by_document = tally((one, outcome, number) for one, _, outcome, number in outcomes)
    differences, has_earlier = _differences(home, shelf.folder)
    return Front(
        totals=dict(shelf.manifest.counts()),
        findings=findings,
        reports=tuple(_report_lines(shelf.documents, by_document, findings)),
        quarantine=shelf.all_of("quarantine"),
        reasons=dict(REASONS),
        by_institution=tally(
            (documents[one]["institution"] or say("unnamed"), outcome, number)
            for one, _, outcome, number in outcomes
        ),
        by_kind=tally(
            (say(kind_key(kind)), outcome, number) for _, kind, outcome, number in outcomes
        ),
        runs=tuple(_run_points(home)),
        differences=differences[:_MOST_DIFFERENCES],
        more_differences=max(0, len(differences) - _MOST_DIFFERENCES),
        has_earlier=has_earlier,
        version=shelf.folder.name,
    )


def data_files(front: Front) -> Iterator[tuple[str, bytes]]:
    """Yield the files of data that the first page loads: its findings, for the filters."""
    for start in range(0, max(1, len(front.findings)), ROWS_A_FILE):
        rows = [_packed(one) for one in front.findings[start : start + ROWS_A_FILE]]
        words = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        # As a script, because a page that is opened from a folder may load no other data.
        name = f"findings-{start // ROWS_A_FILE}.js"
        yield name, f"geomsan.add({words});\n".replace("</", "<\\/").encode()


def _packed(one: FindingLine) -> list[Any]:
    return [
        one.finding_id, one.document_id, one.severity, one.title, one.institution, one.year,
        one.file_name, list(one.kinds), one.cause, one.printed, one.expected, one.difference,
    ]  # fmt: skip


def _outcomes(folder: Path) -> list[tuple[str, str, str, int]]:
    """Return how many checks each document has of a kind and outcome."""
    names = ("document_id", "kind", "outcome")
    counted = (
        read_table(folder, "checks", only=names)
        .group_by(list(names))
        .aggregate([([], "count_all")])
    )
    return [
        (row[names[0]], row[names[1]], row[names[2]], row["count_all"])
        for row in counted.to_pylist()
    ]


def find_lines(shelf: Shelf, language: Language) -> tuple[FindingLine, ...]:
    """Return the findings of all reports, the one to look at first before the others."""
    say = words_of(language)
    documents = {row["document_id"]: row for row in shelf.documents}
    rows = shelf.all_of("findings")
    checks = _checks_of(shelf.folder, rows)
    ordered = sorted(rows, key=_first_to_see)
    return tuple(_finding_line(row, documents, checks, language, say) for row in ordered)


def _first_to_see(row: Row) -> tuple[object, ...]:
    """Order findings of all reports: severity, proof, how many relations fail, size, place."""
    size = Decimal(0)
    if row["difference"] is not None and row["expected"]:
        size = abs(row["difference"] / row["expected"])
    return (
        SEVERITY_ORDER.index(row["severity"]), not row["proven"], -len(row["check_ids"]), -size,
        row["document_id"], row["rank"],
    )  # fmt: skip


def _checks_of(folder: Path, findings: Iterable[Row]) -> Mapping[str, tuple[str, str | None]]:
    """Return kind and unit of the checks behind findings."""
    wanted = {one for row in findings for one in row["check_ids"]}
    names = ("check_id", "kind", "unit")
    rows = read_table(folder, "checks", only=names)
    known = rows.filter(pc.is_in(rows["check_id"], value_set=pa.array(sorted(wanted), pa.string())))
    return {row["check_id"]: (row["kind"], row["unit"]) for row in known.to_pylist()}


def _finding_line(
    row: Row,
    documents: Mapping[str, Row],
    checks: Mapping[str, tuple[str, str | None]],
    language: Language,
    say: Say,
) -> FindingLine:
    document = documents[row["document_id"]]
    known = [checks[one] for one in row["check_ids"] if one in checks]
    unit = known[0][1] if known else None
    return FindingLine(
        finding_id=row["finding_id"],
        document_id=row["document_id"],
        severity=row["severity"],
        title=row[f"title_{language}"],
        institution=document["institution"] or "",
        year=str(document["fiscal_year"] or ""),
        file_name=document["file_name"],
        kinds=tuple(sorted({say(kind_key(kind)) for kind, _ in known})),
        cause=row["cause"],
        printed=in_words(row["printed"], unit),
        expected=in_words(row["expected"], unit),
        difference=in_words(row["difference"], unit),
    )


def _report_lines(
    documents: Iterable[Row], outcomes: Tally, findings: Iterable[FindingLine]
) -> Iterator[ReportLine]:
    by_document: dict[str, Counter[str]] = {}
    for one in findings:
        by_document.setdefault(one.document_id, Counter())[one.severity] += 1
    for row in documents:
        yield ReportLine(
            document_id=row["document_id"],
            file_name=row["file_name"],
            title=row["title"] or "",
            institution=row["institution"] or "",
            year=str(row["fiscal_year"] or ""),
            pages=row["page_count"] or 0,
            lines=row["line_count"] or 0,
            warnings=len(row["warnings"]),
            counts=outcomes.get(row["document_id"], Counter()),
            findings=by_document.get(row["document_id"], Counter()),
        )


def _run_points(home: Home) -> Iterator[RunPoint]:
    done = [run for run in list_runs(home) if run.version]
    for run in done[-_MOST_RUNS:]:
        yield RunPoint(
            when=run.ended or run.started,
            reports=run.counts.get("reports", 0),
            findings=tuple(
                (name, run.counts.get(f"findings {name}", 0)) for name in SEVERITY_ORDER[:3]
            ),
            failed=run.counts.get("checks mismatch", 0),
            version=run.version,
        )


def _differences(home: Home, version: Path) -> tuple[tuple[Difference, ...], bool]:
    """Return what changed against the version before; a damaged one counts as none."""
    before: Sequence[Path] = [one for one in list_versions(home) if one.name < version.name]
    if not before:
        return (), False
    try:
        return tuple(compare(before[-1], version, tables=("findings",))), True
    except RunError:
        return (), False
