"""Which workbooks an export writes: all findings, and one a report where that is asked for."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from pipelines.code_words import SEVERITY_ORDER, Language
from pipelines.facts_again import find_facts, read_facts
from pipelines.files import replacing
from pipelines.published import read_table
from pipelines.reasons import RunError, describe_problem
from pipelines.review.decided import Decided
from pipelines.workbook import tables, words
from pipelines.workbook.checks import Naming, write_checks
from pipelines.workbook.sheets import Book, Head
from pipelines.workbook.terms import Row, read_tested

FINDINGS: Final = "findings"
_MOST_FINDINGS: Final = 20_000
"""Findings of one workbook; those of further reports go into the next one."""
_MOST_LETTERS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What kind of workbooks are wanted."""

    documents: tuple[str, ...] = ()
    """Document ids, or how they start: only these reports, one workbook each."""
    has_each: bool = False
    """Whether every report gets a workbook of its own."""
    language: Language = "ko"
    decided: Mapping[str, Decided] = field(default_factory=dict)
    """What people decided, by finding."""
    only: frozenset[str] | None = None
    """Ids of the findings that go into the workbook of findings; None for all."""
    report: str = ""
    """Where the HTML report lies as seen from the workbooks; empty for no links."""


DEFAULT: Final = Wish()


def write_books(dataset: Path, folder: Path, wish: Wish = DEFAULT) -> Iterator[Path]:
    """Write workbooks into a folder and yield each when it is there.

    Args:
        dataset: a published version.
        folder: where the workbooks go.
        wish: which ones.

    Raises:
        RunError: a document is not in the dataset, a table cannot be read, a file not written.
    """
    documents = read_table(dataset, "documents").to_pylist()
    chosen = _chosen(documents, wish.documents)
    if not wish.documents:
        yield from _write_findings(dataset, folder, documents, wish)
    if wish.documents or wish.has_each:
        for document in chosen:
            path = (
                folder / f"{file_stem(document['file_name'])}-{document['document_id'][:12]}.xlsx"
            )
            _write_report(dataset, path, document, wish)
            yield path


def file_stem(file_name: str) -> str:
    """Return the name of a file without its ending, as it may name a file on any system.

    Examples:
        >>> file_stem("../2023년 주요업무보고(안).pdf"), file_stem("=cmd|' /C calc'!A0.txt")
        ('2023년_주요업무보고_안', 'C_calc_A0')
    """
    stem = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).stem)
    return re.sub(r"\W+", "_", stem)[:_MOST_LETTERS].strip("_") or "report"


def _chosen(documents: Sequence[Row], ids: tuple[str, ...]) -> Sequence[Row]:
    if not ids:
        return documents
    found = []
    for start in ids:
        hits = [one for one in documents if start and one["document_id"].startswith(start.lower())]
        if len(hits) != 1:
            words_said = (
                "several reports start so" if hits else "no report of the dataset has this id"
            )
            raise RunError(describe_problem("UNKNOWN_ID", start, words_said))
        found += [one for one in hits if one not in found]
    return found


def _write_findings(
    dataset: Path, folder: Path, documents: Sequence[Row], wish: Wish
) -> Iterator[Path]:
    """Write the workbook of all findings; where they are very many, several of them."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read_table(dataset, "findings").to_pylist():
        if wish.only is None or row["finding_id"] in wish.only:
            found[row["document_id"]].append(row)
    batches: list[list[Row]] = [[]]
    for rows in found.values():
        if batches[-1] and len(batches[-1]) + len(rows) > _MOST_FINDINGS:
            batches.append([])
        batches[-1] += rows
    for number, rows in enumerate(batches, 1):
        path = folder / f"{FINDINGS}{'' if number == 1 else f'_{number}'}.xlsx"
        ids = sorted({one for row in rows for one in row["check_ids"]})
        checks = read_table(dataset, "checks", "check_id", ids).to_pylist()
        content = _Content(documents=documents, findings=_by_severity(rows), checks=checks)
        _write(dataset, path, content, wish)
        yield path


def _by_severity(rows: Iterable[Row]) -> list[Row]:
    def order(row: Row) -> tuple[int, str, int]:
        return SEVERITY_ORDER.index(row["severity"]), row["document_id"], row["rank"]

    return sorted(rows, key=order)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What a workbook holds."""

    documents: Sequence[Row]
    findings: Sequence[Row]
    checks: Sequence[Row]
    is_report: bool = False
    """Whether all that was read of one report goes in, too."""
    facts: Mapping[str, Any] = field(default_factory=dict)


def _write_report(dataset: Path, path: Path, document: Row, wish: Wish) -> None:
    document_id = document["document_id"]

    def rows(name: str) -> list[Row]:
        found: list[Row] = read_table(dataset, name, "document_id", [document_id]).to_pylist()
        return found

    facts = read_facts(dataset, [document_id]).get(document_id, ())
    content = _Content(
        documents=[document],
        findings=sorted(rows("findings"), key=lambda row: row["rank"]),
        checks=rows("checks"),
        is_report=True,
        facts={fact.fact_id: fact for fact in facts},
    )
    _write(dataset, path, content, wish)


def _write(dataset: Path, path: Path, content: _Content, wish: Wish) -> None:
    tested = read_tested(dataset, content.checks)
    naming = _naming(dataset, content, wish)
    firsts = [row["cells"][0]["fact_id"] for row in content.findings if row["cells"]]
    facts = content.facts or find_facts(dataset, sorted({one for one in firsts if one}))
    with open_book(path, wish.language) as book:
        _write_about(book, content)
        sheet = tables.write_findings(book, content.findings, facts, naming)
        rows = write_checks(book, tested, naming)
        tables.link_findings(sheet, content.findings, rows, book.sheet_name("checks"))
        if content.is_report:
            ids = [one["document_id"] for one in content.documents]
            budgets = read_table(dataset, "budgets", "document_id", ids).to_pylist()
            tables.write_budgets(book, budgets, facts, naming)
            targets = read_table(dataset, "targets", "document_id", ids).to_pylist()
            tables.write_targets(book, targets, naming)
            listed = read_table(dataset, "tables", "document_id", ids).to_pylist()
            tables.write_tables(book, listed, naming)
            tables.write_facts(book, facts.values(), naming)


@contextmanager
def open_book(path: Path, language: Language) -> Iterator[Book]:
    """Give a workbook to write into; it replaces what is at `path` when all went well.

    Raises:
        RunError: it cannot be written.
    """
    with replacing(path) as fresh:
        file = xlsxwriter.Workbook(
            fresh,
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        try:
            yield Book(file=file, language=language)
            file.close()
        except XlsxFileError as error:
            raise OSError(str(error)) from error


def _write_about(book: Book, content: _Content) -> None:
    heads = (Head(ko="이 통합 문서", en="this workbook", width=100),)
    sheet = book.start("about", heads, can_sort=False)
    for pair in words.ABOUT:
        sheet.next_row()
        sheet.put(0, book.words(pair), "wrap")
    if content.is_report:
        document = content.documents[0]
        sheet.next_row()
        for ko, en, key in (
            ("파일", "file", "file_name"),
            ("제목", "title", "title"),
            ("기관", "institution", "institution"),
            ("SHA-256", "SHA-256", "document_id"),
        ):
            sheet.next_row()
            sheet.put(0, f"{book.words((ko, en))}: {document[key] or '-'}", "wrap")
    sheet.finish()


def _naming(dataset: Path, content: _Content, wish: Wish) -> Naming:
    tables_named = {
        cell["table_id"]
        for row in (*content.findings, *content.checks)
        for cell in row["cells"]
        if cell["table_id"]
    } | {fact.table_id for fact in content.facts.values() if fact.table_id}
    listed = read_table(dataset, "tables", "table_id", sorted(tables_named)).to_pylist()
    links = {}
    if wish.report:
        base = wish.report.rstrip("/")
        for row in content.findings:
            target = f"{base}/documents/{row['document_id']}.html#{row['finding_id']}"
            links[row["finding_id"]] = target
            links |= {one: target for one in row["check_ids"] if one not in links}
    return Naming(
        files={row["document_id"]: row["file_name"] for row in content.documents},
        ordinals={row["table_id"]: row["ordinal"] + 1 for row in listed},
        links=links,
        decided=wish.decided,
    )
