"""Tables of dumps line by line (`pdftotext -raw`) whose rows have a word for each heading.

Words stand apart by one space, so only rows of as many words as headings tell where each belongs;
what has more or fewer is left to the other readers.
"""

from collections.abc import Sequence

import regex

from extract.grids.header_words import STUB_WORDS, TOTAL_LABEL, join_single_syllables
from extract.grids.rows import BLANK, Row, RowCell, grid_of
from extract.headings import is_item
from extract.records import Block, Line, Run
from extract.shapes import is_value, shape_of

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_WORD = regex.compile(r"(?:19|20)\d{2}\.\s?\d{1,2}\.\s?(?:\d{1,2}\.)?(?=\s|$)|\S+")
"""A word; a date is one, however it is spaced."""


def find_lined(lines: Sequence[Line]) -> list[Block]:
    """Return the lines with each table whose rows match its headings word by word as a grid."""
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        head = _headings(lines[i].run)
        rows = _rows(lines[i + 1 :], len(head)) if head else []
        if len(rows) < _FEWEST_ROWS or not _is_whole(lines[i + 1 + len(rows) :], rows):
            blocks.append(lines[i])
            i += 1
            continue
        cells = tuple(RowCell(runs=(run,)) for run in head)
        blocks.append(grid_of([cells, *rows], engine="lined", header_row_count=1, confidence=0.9))
        i += 1 + len(rows)
    return blocks


def _words(run: Run) -> list[Run]:
    return [run.slice(match.start(), match.end()) for match in _WORD.finditer(run.text)]


def _headings(run: Run) -> list[Run]:
    """Return the headings of a line that names columns; nothing for any other line."""
    if is_item(run.text) or not run.text.strip():
        return []
    words = list(_WORD.finditer(run.text))
    groups = join_single_syllables([word.group() for word in words])
    heads = [run.slice(words[group[0]].start(), words[group[-1]].end()) for group in groups]
    first = "".join(heads[0].text.split())
    if len(heads) < _FEWEST_COLUMNS or any(is_value(shape_of(head.text)) for head in heads):
        return []
    return heads if first in STUB_WORDS else []


def _rows(lines: Sequence[Line], columns: int) -> list[Row]:
    """Return the rows that follow a heading line, up to the first line that is none."""
    rows: list[Row] = []
    kinds: list[bool] = []
    for line in lines:
        words = [] if is_item(line.run.text) and not rows else _words(line.run)
        cells = [RowCell(runs=(word,)) for word in words]
        row = _row(cells, columns, kinds)
        if row is None:
            break
        rows.append(row)
        if not kinds:
            kinds = [is_value(cell.shape) for cell in row]
            if not any(kinds[1:]):
                return []
    return rows


def _row(cells: Sequence[RowCell], columns: int, kinds: Sequence[bool]) -> Row | None:
    """Return a row whose words suit the columns: all, or all but a label that was merged."""
    if len(cells) == columns and (not kinds or _suits(cells, kinds)):
        return tuple(cells)
    if not kinds or len(cells) != columns - 1:
        return None
    if TOTAL_LABEL.match(cells[0].text) and _suits(cells[1:], kinds[2:]):
        return (RowCell(runs=cells[0].runs, span=2), *cells[1:])
    return (BLANK, *cells) if _suits(cells, kinds[1:]) else None


def _suits(cells: Sequence[RowCell], kinds: Sequence[bool]) -> bool:
    return all(
        cell.shape == "nil" or is_value(cell.shape) == kind
        for cell, kind in zip(cells, kinds, strict=True)
    )


def _is_whole(following: Sequence[Line], rows: Sequence[Row]) -> bool:
    """Tell whether no further row follows, and most of the rows are complete."""
    full = sum(1 for row in rows if all(not cell.is_blank and cell.span == 1 for cell in row))
    words = _words(following[0].run) if following else []
    ends_in_values = len(words) > 1 and all(is_value(shape_of(word.text)) for word in words[-2:])
    return 2 * full > len(rows) and (not ends_in_values or _is_page_number(following[0].run.text))


def _is_page_number(text: str) -> bool:
    return regex.match(r"^\s*[-–]\s?\d{1,4}\s?[-–]\s*$", text) is not None
