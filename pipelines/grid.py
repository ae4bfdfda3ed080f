"""The audit as a library: a bare grid of strings to its checks and findings, without a file."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from extract.records import NOWHERE, Cell, Document, Place, Run, TableGrid
from normalize.records import Report
from normalize.report import read_report
from validate.audit import audit
from validate.records import Audit


def audit_grid(
    rows: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    unit_note: str | None = None,
    header_rows: int | None = None,
) -> Audit:
    """Test every relation that a grid of printed texts states; `row` and `col` count from 0.

    Relations come from labels (합계, 소계, 증감, 집행률), from formulas printed in headings, and
    from patterns that most lines keep: a line that breaks one is a mismatch.

    Args:
        rows: the printed texts, headings and labels included; short rows end in blank cells.
        title: what stands above the table.
        unit_note: unit of the figures as printed: (단위: 천원), or 천원 alone.
        header_rows: rows of headings; None leaves it to the texts.

    Examples:
        >>> found = audit_grid([["구분", "예산"], ["가", "10"], ["나", "20"], ["계", "31"]])
        >>> [(check.expression, check.outcome) for check in found.checks]
        [('31 = 10 + 20', 'mismatch')]
        >>> [(one.printed, one.expected, one.cells[0].row, one.cells[0].col)
        ...  for one in found.findings]
        [(Decimal('31'), Decimal('30'), 3, 1)]
    """
    return audit(read_rows(rows, title=title, unit_note=unit_note, header_rows=header_rows))


def read_rows(
    rows: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    unit_note: str | None = None,
    header_rows: int | None = None,
) -> Report:
    """Return what a grid of printed texts reports: a report of one table.

    A row is one line of text, its cells divided by tabs; places count in it.
    """
    text = "\n".join("\t".join(row) for row in rows)
    grid = TableGrid(
        cells=tuple(_cells(rows)),
        row_count=len(rows),
        column_count=max((len(row) for row in rows), default=0),
        engine="rows",
        place=Place(line_no=1, char_start=0, char_end=0),
        header_row_count=header_rows,
        line_last=len(rows),
        caption=None if title is None else Run(text=title, place=NOWHERE),
        unit_note=None if unit_note is None else Run(text=_note(unit_note), place=NOWHERE),
    )
    document = Document(
        document_id=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        file_name=title or "",
        media_type="text/tab-separated-values",
        byte_size=0,
        blocks=(grid,) if rows and grid.column_count else (),
    )
    return read_report(document)


def _note(unit: str) -> str:
    return unit if "단위" in unit else f"(단위: {unit})"


def _cells(rows: Sequence[Sequence[str]]) -> Iterator[Cell]:
    width = max((len(row) for row in rows), default=0)
    for at, row in enumerate(rows):
        start = 0
        for col in range(width):
            text = row[col] if col < len(row) else ""
            runs = tuple(_runs(text, at + 1, start))
            yield Cell(row=at, col=col, runs=runs, place=runs[0].place if runs else NOWHERE)
            start += len(text) + 1


def _runs(text: str, line_no: int, start: int) -> Iterator[Run]:
    """Yield the printed lines of a cell."""
    for piece in text.split("\n"):
        place = Place(line_no=line_no, char_start=start, char_end=start + len(piece))
        if piece.strip():
            yield Run(text=piece, place=place).strip()
        start += len(piece) + 1
