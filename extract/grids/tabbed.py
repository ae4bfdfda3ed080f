"""Tab-separated tables as OCR tools write them: merged cells collapsed, rows slid."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extract.grids.heads import align_header, column_shapes, count_header_rows
from extract.grids.rows import BLANK, Row, RowCell, grid_of, padded, width
from extract.grids.shifts import moved_back, restore_rows
from extract.headings import heading_level, is_caption, is_plain_heading, is_unit_note
from extract.records import Block, Line, Run, TableGrid
from extract.shapes import is_figure, is_value

_STUB_HEADINGS = regex.compile(
    r"^(?:구\s*분|연\s*번|번\s*호|순\s*번|항\s*목|사\s*업\s*명|분\s*야)$"
)
_LONGEST_LOOSE_LABEL = 12
_SECTION_LEVEL = 3
"""Headings this deep or higher (Ⅰ, 1, □) end a table."""
_DEEPEST = 5
_TOC_ENTRY = regex.compile(r"^\d{1,3}$")


Rows = list[Row]


def find_tabbed(lines: Sequence[Line]) -> list[Block]:
    """Return the lines with each stretch of tab-separated lines as one or more grids."""
    pieces: list[Line | Rows] = []
    stretch: list[Line] = []
    pending: list[Line] = []
    for line in lines:
        if "\t" in line.run.text.strip(" ") and line.run.text.strip():
            stretch.extend(pending)
            pending = []
            stretch.append(line)
        elif stretch and _may_belong(line):
            pending.append(line)
        else:
            pieces.extend([*_tables(stretch), *pending, line])
            stretch, pending = [], []
    pieces.extend([*_tables(stretch), *pending])
    return [piece if isinstance(piece, Line) else _grid(piece) for piece in _join_continued(pieces)]


def _may_belong(line: Line) -> bool:
    """Tell whether a line without tabs may be a one-cell row inside a table."""
    text = line.run.text
    if not text.strip() or "\t" in text or len(text.strip()) > _LONGEST_LOOSE_LABEL:
        return False
    if is_unit_note(text) or is_caption(text):
        return False
    return is_plain_heading(text) or (heading_level(text) or _DEEPEST) > _SECTION_LEVEL


def _tables(stretch: Sequence[Line]) -> list[Line | Rows]:
    if not stretch:
        return []
    rows = [_cells(line.run) for line in stretch]
    if len(rows) < 2 or _is_contents(rows):
        return list(stretch)
    return [part for side in _side_by_side(rows) for part in _split_at_inner_headers(side)]


def _cells(run: Run) -> Row:
    cells: list[RowCell] = []
    start = 0
    for piece in run.text.split("\t"):
        part = run.slice(start, start + len(piece))
        cells.append(RowCell(runs=(part,)) if piece.strip() else BLANK)
        start += len(piece) + 1
    return tuple(cells)


def _is_contents(rows: Sequence[Row]) -> bool:
    """Tell a table of contents: two columns, the second holding page numbers that never fall."""
    pages = [row[-1].text.strip() for row in rows]
    if width(rows) != 2 or not all(_TOC_ENTRY.match(page) for page in pages):
        return False
    numbers = [int(page) for page in pages]
    return numbers == sorted(numbers) and all(row[0].shape in ("text", "prose") for row in rows)


def _side_by_side(rows: Sequence[Row]) -> list[Rows]:
    """Split tables that share their lines, told by a first heading that stands there twice."""
    header = rows[0]
    first = header[0].text.strip()
    columns = width(rows)
    cuts = [
        col
        for col in range(2, len(header) - 1)
        if header[col].text.strip() == first and _STUB_HEADINGS.match(first)
    ]
    if not cuts:
        return [list(rows)]
    borders = [0, *cuts, columns]
    sides: list[Rows] = []
    for left, right in pairwise(borders):
        side = [tuple(padded(row, columns)[left:right]) for row in rows]
        sides.append([row for row in side if not all(cell.is_blank for cell in row)])
    return sides


def _split_at_inner_headers(rows: Sequence[Row]) -> list[Rows]:
    """Cut rows into their tables: a row of labels right above a row of figures starts one."""
    columns = width(rows)
    full = [padded(row, columns) for row in rows]
    cuts = [
        number
        for number in range(1, len(full) - 1)
        if _heads_figures(full[number], full[number + 1])
        or _opens_table(full[number], full[number - 1])
    ]
    borders = [0, *cuts, len(full)]
    return [full[a:b] for a, b in pairwise(borders) if b > a]


def _heads_figures(labels: Row, figures: Row) -> bool:
    """Tell whether a row of labels heads the row of figures right below it, in a form.

    The figures' own first cell is blank (the label to the left covers both rows) and no figure
    stands in the row of labels.
    """
    if any(is_value(cell.shape) for cell in labels) or not figures[0].is_blank:
        return False
    headed = [col for col, cell in enumerate(figures) if is_value(cell.shape) and not cell.is_blank]
    return len(headed) >= 2 and all(labels[col].shape == "text" for col in headed)


def _opens_table(row: Row, above: Row) -> bool:
    """Tell whether a row of headings, the first one 구분 or the like, stands below figures."""
    printed = [cell for cell in row if not cell.is_blank]
    return (
        len(printed) >= 2
        and _STUB_HEADINGS.match(row[0].text.strip()) is not None
        and all(cell.shape in ("text", "period") for cell in printed)
        and any(is_figure(cell.shape) for cell in above)
    )


def _grid(rows: Sequence[Row]) -> TableGrid:
    columns = width(rows)
    full = [padded(row, columns) for row in rows]
    heads = count_header_rows(full)
    notes: list[str] = []
    body, changed = restore_rows(full[heads:], columns)
    if changed:
        notes.append(f"Cells of {len(changed)} rows had slid and were put back by their shapes.")
    columns = width(body) if body else columns
    body = [padded(row, columns) for row in body]
    shapes = column_shapes(body, columns)
    header: list[Row] = []
    for row in full[:heads]:
        aligned, moved = align_header(row, shapes)
        header.append(aligned)
        if moved:
            notes.append("A heading over merged columns had slid and was put back.")
    grid = _assembled([*header, *body], heads, notes)
    other = moved_back(body)
    if other is None:
        return grid
    return replace(grid, alternatives=(_assembled([*header, *other], heads, notes),))


def _assembled(rows: Sequence[Row], heads: int, notes: Sequence[str]) -> TableGrid:
    return grid_of(
        _trimmed(rows),
        engine="tabbed",
        header_row_count=heads,
        notes=notes,
        confidence=0.9 if notes else 1.0,
    )


def _trimmed(rows: Sequence[Row]) -> list[Row]:
    """Drop columns at the right end that hold nothing."""
    columns = max((i + 1 for row in rows for i, c in enumerate(row) if not c.is_blank), default=1)
    return [row[:columns] for row in rows]


def _join_continued(pieces: Sequence[Line | Rows]) -> list[Line | Rows]:
    """Join a table with the one before it where the same headings are printed again.

    Only blank lines may stand between, as after a page break; the repeated headings go.
    """
    joined: list[Line | Rows] = []
    blanks: list[Line | Rows] = []
    for piece in pieces:
        if isinstance(piece, Line) and not piece.run.text.strip():
            blanks.append(piece)
            continue
        last = joined[-1] if joined else None
        if isinstance(last, list) and isinstance(piece, list) and _continues(last, piece):
            last.extend(piece[count_header_rows(piece) :])
        else:
            joined.extend([*blanks, piece])
        blanks = []
    return [*joined, *blanks]


def _header_texts(rows: Rows) -> list[list[str]]:
    return [
        [cell.text.strip() for cell in row if not cell.is_blank]
        for row in rows[: count_header_rows(rows)]
    ]


def _continues(first: Rows, second: Rows) -> bool:
    headings = _header_texts(second)
    return sum(len(row) for row in headings) >= 2 and _header_texts(first) == headings
