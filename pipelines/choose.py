"""Several readings of a document, one chosen: the one whose own arithmetic holds."""

from extract.records import Document
from normalize.records import Report
from normalize.report import read_report


def choose_reading(document: Document) -> Report:
    """Return the reading of a document that adds up best."""
    return read_report(document)
