"""Tables of column-aligned dumps (`pdftotext -layout`): columns stand below each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extract.grids.aligned_columns import Columns, Piece, count_values, find_columns, pieces_of
from extract.grids.rows import BLANK, Row, RowCell, grid_of
from extract.headings import heading_level, is_caption
from extract.records import Block, Line, Run, TableGrid
from extract.shapes import is_value

_NOTE = regex.compile(r"[(\[]?\s*단\s*위\s*[:：]")
_PAGE_NUMBER = regex.compile(r"^\s*[-–]\s?\d{1,4}\s?[-–]\s*$")
_LONGEST_LABEL = 44
_MOST_BLANKS = 3
_FEWEST_ROWS = 2
_MOST_HEADER_LINES = 8


def find_aligned(lines: Sequence[Line]) -> list[Block]:
    """Return the lines with each stretch of column-aligned lines as a grid."""
    blocks: list[Block] = []
    stretch: list[Line] = []
    for line in lines:
        if _may_belong(line.run.text):
            stretch.append(line)
            continue
        blocks.extend(_tables(stretch))
        stretch = []
        blocks.append(line)
    blocks.extend(_tables(stretch))
    return blocks


def _may_belong(text: str) -> bool:
    """Tell whether a line may be part of a table: blank, in pieces, or a short label."""
    stripped = text.strip()
    if not stripped:
        return True
    if _NOTE.search(text) or _PAGE_NUMBER.match(text) or is_caption(text):
        return False
    pieces = regex.split(r"\s{2,}", stripped)
    if len(pieces) == 1:
        return len(stripped) <= _LONGEST_LABEL and heading_level(text) is None
    return heading_level(stripped) not in (1, 3, 4, 5)


def _tables(stretch: Sequence[Line]) -> list[Block]:
    """Cut a stretch where lines of values end for long, and read each part."""
    pieces = [pieces_of(line.run) for line in stretch]
    valued = [i for i, row in enumerate(pieces) if count_values(row) >= 1 and len(row) >= 2]
    if not valued or not any(len(row) >= 3 or count_values(row) >= 2 for row in pieces):
        return list(stretch)
    table, first, last = _table(stretch, pieces, valued)
    if table is None:
        return list(stretch)
    return [*stretch[:first], table, *stretch[last + 1 :]]


@dataclass(slots=True)
class _Logical:
    """A row on its way: the pieces of each column, in printed order."""

    cells: dict[int, list[Run]] = field(default_factory=dict)

    def add(self, col: int, run: Run) -> None:
        """Put a piece into a column."""
        self.cells.setdefault(col, []).append(run)

    def row(self, width: int) -> Row:
        """Return the row with its blanks."""
        return tuple(
            RowCell(runs=tuple(self.cells[col])) if col in self.cells else BLANK
            for col in range(width)
        )


def _table(
    stretch: Sequence[Line], pieces: Sequence[Sequence[Piece]], valued: Sequence[int]
) -> tuple[TableGrid | None, int, int]:
    columns = find_columns([pieces[i] for i in valued])
    if columns is None or (len(valued) < _FEWEST_ROWS and len(columns.spans) < 4):
        return None, 0, 0
    first = _first_header_line(pieces, valued[0])
    head = _header(pieces[first : valued[0]], columns)
    body, last, is_sure = _body(pieces, valued, columns)
    if not head or len(columns.spans) < 2:
        return None, 0, 0
    width = len(columns.spans)
    grid = grid_of(
        [*head, *(logical.row(width) for logical in body)],
        engine="aligned",
        header_row_count=len(head),
        notes=[] if is_sure else ["Labels of several lines were divided among their rows."],
        confidence=0.9 if is_sure else 0.7,
    )
    return grid, first, last


def _first_header_line(pieces: Sequence[Sequence[Piece]], first_value: int) -> int:
    """Return where the headings begin: right above the values, across single blank lines."""
    start = first_value
    blanks = 0
    for i in range(first_value - 1, max(-1, first_value - 1 - _MOST_HEADER_LINES), -1):
        if not pieces[i]:
            blanks += 1
            if blanks >= _MOST_BLANKS:
                break
            continue
        blanks = 0
        start = i
    while start < first_value and len(pieces[start]) == 1 and not _near_columns(pieces, start):
        start += 1
    return start


def _near_columns(pieces: Sequence[Sequence[Piece]], i: int) -> bool:
    """Tell whether a line of one piece stands right above another line of headings."""
    return i + 1 < len(pieces) and len(pieces[i + 1]) >= 2 and pieces[i][0].start > 0


def _header(lines: Sequence[Sequence[Piece]], columns: Columns) -> list[Row]:
    """Return the heading rows: groups above, leaves below; lines of one heading joined."""
    printed = [line for line in lines if line]
    leaves: dict[int, list[Run]] = {}
    groups: list[tuple[list[Piece], list[int]]] = []
    taken: set[int] = set()
    for line in reversed(printed):
        placed = _placed(line, columns)
        if placed is not None and _is_leaf_line(placed, taken):
            for col, piece in placed:
                leaves.setdefault(col, []).insert(0, piece.run)
            taken |= {col for col, _ in placed}
        else:
            groups.insert(0, (list(line), sorted(taken)))
    width = len(columns.spans)
    rows = [_group_row(line, below, columns, width) for line, below in groups]
    leaf_row = [RowCell(runs=tuple(leaves[c])) if c in leaves else BLANK for c in range(width)]
    if not rows:
        return [tuple(leaf_row)] if leaves else []
    return _lifted(rows, leaf_row)


def _placed(line: Sequence[Piece], columns: Columns) -> list[tuple[int, Piece]] | None:
    """Return each piece with its column, or None where one covers several or two share one."""
    placed = [(columns.place(piece), piece) for piece in line]
    if len({col for col, _ in placed}) < len(placed):
        return None
    if any(len(columns.covered(piece)) > 1 for piece in line):
        return None
    return placed


def _is_leaf_line(placed: Sequence[tuple[int, Piece]], taken: set[int]) -> bool:
    """Tell whether a line heads single columns: it adds new ones, or goes on in brackets."""
    cols = {col for col, _ in placed}
    if not taken or not cols & taken:
        return True
    if all(piece.run.text.startswith("(") for _, piece in placed):
        return True
    return len(cols) * 2 > len(taken) and len(cols) >= 3


def _group_row(
    line: Sequence[Piece], below: Sequence[int], columns: Columns, width: int
) -> dict[int, RowCell]:
    """Return group headings with their spans: each leaf column goes to the nearest heading."""
    owners: dict[int, list[int]] = {i: [] for i in range(len(line))}
    cols = list(below) or list(range(width))
    for col in cols:
        start, end = columns.spans[col]
        nearest = min(range(len(line)), key=lambda i: abs(line[i].centre - (start + end) / 2))
        owners[nearest].append(col)
    return {
        min(members): RowCell(runs=(line[i].run,), span=max(members) - min(members) + 1)
        for i, members in owners.items()
        if members
    }


def _lifted(groups: Sequence[dict[int, RowCell]], leaves: Sequence[RowCell]) -> list[Row]:
    """Return the heading rows; a leaf that no group covers stands in the first one."""
    covered = {
        c for group in groups for col, cell in group.items() for c in range(col, col + cell.span)
    }
    rows: list[Row] = []
    for level, group in enumerate(groups):
        row: list[RowCell] = []
        col = 0
        while col < len(leaves):
            cell = group.get(col)
            if cell is None:
                cell = leaves[col] if level == 0 and col not in covered else BLANK
            row.append(cell)
            col += cell.span
        rows.append(tuple(row))
    rows.append(tuple(cell if c in covered else BLANK for c, cell in enumerate(leaves)))
    return rows


def _body(
    pieces: Sequence[Sequence[Piece]], valued: Sequence[int], columns: Columns
) -> tuple[list[_Logical], int, bool]:
    """Return the rows: each line of values, with the label lines that belong to it."""
    rows: list[_Logical] = []
    is_sure = True
    last = valued[-1]
    for order, i in enumerate(valued):
        row = _Logical()
        has_label = any(not is_value(piece.shape) for piece in pieces[i])
        above = _label_lines(pieces, (valued[order - 1] if order else i) + 1, i)
        following = valued[order + 1] if order + 1 < len(valued) else len(pieces)
        below = _label_lines(pieces, i + 1, following)
        if not has_label and order:
            is_sure = is_sure and len(above) <= 1
            _add(row, pieces, above[-1:], columns)
        _add(row, pieces, [i], columns)
        if not has_label:
            taken = below[: max(1, len(above[-1:]))] if not order or above else below[:1]
            _add(row, pieces, [k for k in taken if k == i + 1], columns)
        elif below and below[0] == i + 1 and not _labels_next(pieces, below[0], following):
            _add(row, pieces, below[:1], columns)
        rows.append(row)
        last = max(last, i)
    return rows, last, is_sure


def _label_lines(pieces: Sequence[Sequence[Piece]], start: int, end: int) -> list[int]:
    return [k for k in range(start, end) if pieces[k]]


def _labels_next(pieces: Sequence[Sequence[Piece]], line: int, following: int) -> bool:
    """Tell whether a label line belongs to the values below it, which have no label of their own."""
    if following >= len(pieces):
        return False
    return following == line + 1 and not any(
        not is_value(piece.shape) for piece in pieces[following]
    )


def _add(
    row: _Logical, pieces: Sequence[Sequence[Piece]], lines: Sequence[int], columns: Columns
) -> None:
    for line in lines:
        for piece in pieces[line]:
            row.add(columns.place(piece), piece.run)
