"""Made-up text reports for the tests of reading: a text to its report and its facts."""

from decimal import Decimal
from pathlib import PurePath

from extract.reading.text import read_text
from extract.records import Document
from extract.surroundings import attach_surroundings
from normalize.records import Fact, Report
from normalize.report import read_report


def document_of(text: str, name: str = "report.txt") -> Document:
    """Return a text report as it is read from its file."""
    read = read_text(text.encode(), PurePath(name).name)
    return Document(
        document_id=read.document_id,
        file_name=read.file_name,
        media_type=read.media_type,
        byte_size=read.byte_size,
        blocks=attach_surroundings(read.blocks),
        line_count=read.line_count,
        encoding=read.encoding,
    )


def report_of(text: str) -> Report:
    """Return all that a text report says."""
    return read_report(document_of(text))


def facts_of(text: str) -> tuple[Fact, ...]:
    """Return the facts of a text report."""
    return report_of(text).facts


def fact_of(text: str, raw: str) -> Fact:
    """Return the only fact of a text report that is printed like this."""
    (fact,) = [fact for fact in facts_of(text) if fact.raw == raw]
    return fact


def values_of(text: str) -> list[tuple[str, Decimal | None, str | None]]:
    """Return each fact as printed, with its value and unit."""
    return [(fact.raw, fact.value, fact.value_unit) for fact in facts_of(text)]
