"""Tables of column-aligned dumps (`pdftotext -layout`): columns are gaps of two spaces and more.

A Hangul syllable is one character and two columns wide, so the same printed column stands at
different characters in different lines. Cells are therefore placed by display width, and a line
with as many cells as the table has columns is taken as it is.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence

import regex

from extract.grids.heads import count_header_rows
from extract.grids.rows import BLANK, Row, RowCell, grid_of
from extract.records import Block, Line, Run
from extract.shapes import Shape, is_value

_PIECE = regex.compile(r"\S+(?:\s\S+)*")
_BULLET = regex.compile(r"^\s*(?:[□■○◦●▶▷◆◇※*·ㆍ]|-\s|\(?\d{1,2}\)|[①-⑳])")
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3


def find_aligned(lines: Sequence[Line]) -> list[Block]:
    """Return the lines with each stretch of column-aligned lines as a grid."""
    blocks: list[Block] = []
    stretch: list[Line] = []
    for line in lines:
        if _is_row(line.run):
            stretch.append(line)
            continue
        if stretch and not line.run.text.strip() and _is_row(stretch[-1].run):
            stretch.append(line)
            continue
        blocks.extend(_table(stretch))
        stretch = []
        blocks.append(line)
    blocks.extend(_table(stretch))
    return blocks


def _pieces(run: Run) -> list[Run]:
    return [run.slice(m.start(), m.end()) for m in _PIECE.finditer(run.text)]


def _is_row(run: Run) -> bool:
    return len(_pieces(run)) >= 2 and not _BULLET.match(run.text)


def _table(stretch: Sequence[Line]) -> list[Block]:
    printed = [line for line in stretch if line.run.text.strip()]
    rows = [_pieces(line.run) for line in printed]
    counts = Counter(len(row) for row in rows)
    columns = max(counts, default=0)
    figures = sum(1 for row in rows if any(is_value(_shape(run)) for run in row))
    if len(rows) < _FEWEST_ROWS or columns < _FEWEST_COLUMNS or figures < 2:
        return list(stretch)
    centres = _column_centres(rows, columns)
    placed: list[Row] = []
    unsure = False
    for line, row in zip(printed, rows, strict=True):
        cells, is_sure = _place(line.run, row, centres)
        placed.append(cells)
        unsure = unsure or not is_sure
    table = grid_of(
        placed,
        engine="aligned",
        header_row_count=count_header_rows(placed),
        notes=["Cells of short lines were placed by the nearest column."] if unsure else [],
        is_ambiguous=unsure,
        confidence=0.7 if unsure else 0.95,
    )
    tail = stretch[len(stretch) - _trailing_blanks(stretch) :]
    return [table, *tail]


def _trailing_blanks(stretch: Sequence[Line]) -> int:
    count = 0
    while count < len(stretch) and not stretch[-1 - count].run.text.strip():
        count += 1
    return count


def _shape(run: Run) -> Shape:
    return RowCell(runs=(run,)).shape


def _display(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _column_centres(rows: Sequence[list[Run]], columns: int) -> list[float]:
    """Return the mean middle of each column over the lines that have all columns."""
    full = [row for row in rows if len(row) == columns]
    return [sum(_offset(row[col]) for row in full) / len(full) for col in range(columns)]


def _offset(piece: Run) -> float:
    return (piece.place.char_start or 0) + _display(piece.text) / 2


def _place(line: Run, pieces: Sequence[Run], centres: Sequence[float]) -> tuple[Row, bool]:
    """Return the cells in their columns, and whether there was only one way to place them."""
    columns = len(centres)
    if len(pieces) == columns:
        return tuple(RowCell(runs=(piece,)) for piece in pieces), True
    cells = [BLANK] * columns
    first_free = 0
    for i, piece in enumerate(pieces):
        last_free = columns - (len(pieces) - i)
        col = min(range(first_free, last_free + 1), key=lambda c: abs(centres[c] - _offset(piece)))
        cells[col] = RowCell(runs=(piece,))
        first_free = col + 1
    return tuple(cells), False
