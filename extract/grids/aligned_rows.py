"""Rows of a column-aligned table: lines of values, and the lines of text that belong to each.

Text of several lines is centred in its cell, so it stands as far above the line of values as
below it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.grids.aligned_columns import Columns, Piece, Pieces, count_values
from extract.grids.aligned_merged import Label, RowSpot, divide_rows
from extract.grids.header_words import FUNDING_LABEL, TOTAL_NAME
from extract.grids.rows import PlacedCell


@dataclass(slots=True)
class _Row:
    """A row on its way."""

    first: int
    """First and last line of those that make it a row."""
    last: int
    cells: dict[int, list[Piece]] = field(default_factory=dict)

    def texts(self, col: int) -> str:
        """Return what stands in a column so far."""
        return " ".join(piece.run.text for piece in self.cells.get(col, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The rows below the headings."""

    cells: tuple[PlacedCell, ...]
    row_count: int
    is_sure: bool
    """False where text was divided among rows by a guess."""


def read_body(lines: Sequence[Pieces], columns: Columns) -> Body:
    """Return the rows that some lines hold; every piece of them is in one cell."""
    kinds = value_columns(lines, columns)
    rows = _anchored(lines, columns, kinds)
    if not rows:
        return Body(cells=(), row_count=0, is_sure=False)
    is_sure = True
    loose = _loose(lines, rows, columns)
    totals = {i for i, row in enumerate(rows) if _is_total(row, columns, kinds, rows)}
    merged: list[PlacedCell] = []
    blocked: set[int] = set()
    borders: frozenset[int] = frozenset()
    for col, gaps in sorted(loose.items(), reverse=True):
        finer = _finer_column(col, rows, kinds, len(columns))
        if finer is not None and not _shares_suffice(col, rows, gaps, totals):
            cells = _merge(col, finer, rows, gaps, totals, borders)
            borders = frozenset(cell.row for cell in cells)
            merged.extend(cells)
            blocked.add(col)
        else:
            is_sure = _share_out(col, rows, gaps) and is_sure
    placed = [
        cell
        for i, row in enumerate(rows)
        for cell in _row_cells(
            i, row, columns, kinds, set() if i in totals else blocked, is_total=i in totals
        )
    ]
    return Body(cells=(*placed, *merged), row_count=len(rows), is_sure=is_sure)


def value_columns(lines: Sequence[Pieces], columns: Columns) -> frozenset[int]:
    """Return the columns of which half the texts, brackets aside, are reported numbers."""
    counts: dict[int, list[int]] = {}
    for piece in (p for line in lines for p in line):
        if piece.is_value or not _is_bracket_part(piece):
            counts.setdefault(columns.place(piece), []).append(int(piece.is_value))
    return frozenset(c for c, values in counts.items() if 2 * sum(values) >= len(values))


def _is_bracket_part(piece: Piece) -> bool:
    text = piece.run.text
    return text.startswith("(") or text.count(")") > text.count("(")


def _anchored(lines: Sequence[Pieces], columns: Columns, kinds: frozenset[int]) -> list[_Row]:
    """Return the rows with the lines that hold their values (their first text, if none do)."""
    anchors = [i for i, line in enumerate(lines) if _makes_row(line, columns, kinds)]
    if not any(count_values(lines[i]) for i in anchors):
        anchors = [
            i for i, line in enumerate(lines) if len(line) > 1 and columns.place(line[0]) == 0
        ]
    alone = [
        i
        for i, line in enumerate(lines)
        if len(line) == 1
        and count_values(line)
        and columns.place(line[0]) in kinds
        and not _waits(i, lines, anchors, columns)
    ]
    anchors = sorted({*anchors, *alone})
    rows: list[_Row] = []
    for i in anchors:
        if rows and rows[-1].last == i - 1 and _complements(rows[-1], lines[i], columns):
            rows[-1].last = i
        else:
            rows.append(_Row(first=i, last=i))
        for piece in lines[i]:
            rows[-1].cells.setdefault(columns.place(piece), []).append(piece)
    return rows


def _makes_row(line: Pieces, columns: Columns, kinds: frozenset[int]) -> bool:
    """Tell whether a line begins a row: it holds values, or fills half of the columns."""
    if len(line) < 2:
        return any(FUNDING_LABEL.match(piece.run.text) for piece in line)
    if any(piece.is_value and columns.place(piece) in kinds for piece in line):
        return True
    return any(FUNDING_LABEL.match(piece.run.text) for piece in line) or (
        2 * len(line) >= len(columns) and columns.place(line[0]) == 0 and len(line) > 2
    )


def _waits(i: int, lines: Sequence[Pieces], anchors: Sequence[int], columns: Columns) -> bool:
    """Tell whether a row right above or below a single value lacks just that column."""
    col = columns.place(lines[i][0])
    return any(
        near in anchors and col not in {columns.place(piece) for piece in lines[near]}
        for near in (i - 1, i + 1)
    )


def _complements(row: _Row, line: Pieces, columns: Columns) -> bool:
    """Tell whether a line only fills columns that a row lacks, or goes on in its brackets."""
    cols = [columns.place(piece) for piece in line]
    new = [col for col in cols if col not in row.cells]
    if 0 in new or (0 not in row.cells and 0 not in cols):
        return False
    return all(
        col not in row.cells or _is_bracket_part(piece)
        for col, piece in zip(cols, line, strict=True)
    )


def _loose(
    lines: Sequence[Pieces], rows: Sequence[_Row], columns: Columns
) -> dict[int, list[list[Label]]]:
    """Return the other pieces of each column: above the first row, below each row."""
    loose: dict[int, list[list[Label]]] = {
        c: [[] for _ in range(len(rows) + 1)] for c in range(len(columns))
    }
    anchored = {i for row in rows for i in range(row.first, row.last + 1)}
    for i, line in enumerate(lines):
        if i in anchored:
            continue
        gap = sum(1 for row in rows if row.last < i)
        for piece in line:
            loose[columns.place(piece)][gap].append(Label(line=i, piece=piece))
    return loose


def _is_total(row: _Row, columns: Columns, kinds: frozenset[int], rows: Sequence[_Row]) -> bool:
    """Tell whether a row has one label where the others have more: a total over groups."""
    labels = [c for c in row.cells if c not in kinds]
    finest = _finest(rows, kinds, len(columns))
    if len(labels) != 1 or finest is None:
        return False
    coarse = sum(1 for other in rows if any(c < finest and c not in kinds for c in other.cells))
    is_named = labels[0] == finest > 0 and 2 * coarse > len(rows)
    is_named = is_named and TOTAL_NAME.search(row.texts(finest)) is not None
    return labels[0] < finest or is_named


def _finest(rows: Sequence[_Row], kinds: frozenset[int], count: int) -> int | None:
    """Return the column of labels that most rows have; of equals the last one."""
    limit = min((c for c in kinds if c), default=count)
    labels = [c for c in range(limit) if c not in kinds]
    return max(labels, key=lambda c: (sum(1 for row in rows if c in row.cells), c), default=None)


def _finer_column(col: int, rows: Sequence[_Row], kinds: frozenset[int], count: int) -> int | None:
    """Return the column of labels that tells the rows of a column with merged labels apart."""
    finest = _finest(rows, kinds, count)
    if finest is None or col >= finest or col in kinds or not any(kinds):
        return None
    have = sum(1 for row in rows if col in row.cells)
    finer = sum(1 for row in rows if finest in row.cells)
    names = [row.texts(finest) for row in rows if finest in row.cells]
    by_source = 2 * sum(1 for name in names if FUNDING_LABEL.match(name)) > len(names)
    return finest if (have < finer or by_source) and 2 * finer > len(rows) else None


def _merge(
    col: int,
    finer: int,
    rows: Sequence[_Row],
    gaps: Sequence[Sequence[Label]],
    totals: set[int],
    borders: frozenset[int],
) -> list[PlacedCell]:
    """Take a column's labels out of the rows and spread them over the rows that they head."""
    cells: list[PlacedCell] = []
    labels: list[Label] = list(gaps[0])
    spots: list[RowSpot] = []
    first = 0
    for i, row in enumerate(rows):
        if i in totals:
            if spots:
                cells.extend(divide_rows(labels, spots, col, first, borders))
            elif labels:
                _lead(row, col, labels)
            labels, spots, first = [], [], i + 1
        else:
            own = row.cells.pop(col, [])
            labels.extend(Label(line=row.first, piece=piece) for piece in own)
            spots.append(RowSpot(first=row.first, last=row.last, name=row.texts(finer)))
        labels.extend(gaps[i + 1])
    if spots:
        cells.extend(divide_rows(labels, spots, col, first, borders))
    elif labels:
        rows[-1].cells.setdefault(col, []).extend(label.piece for label in labels)
    return cells


def _lead(row: _Row, col: int, labels: Sequence[Label]) -> None:
    """Put label lines that no row waits for into the row below them."""
    row.cells[col] = [*(label.piece for label in labels), *row.cells.get(col, [])]


def _shares_suffice(
    col: int, rows: Sequence[_Row], gaps: Sequence[Sequence[Label]], totals: set[int]
) -> bool:
    """Tell whether lines shared out evenly give each row a text of its own in a column."""
    if not any(gaps):
        return False
    trial = [_Row(row.first, row.last, {col: list(row.cells.get(col, ()))}) for row in rows]
    is_sure = _share_out(col, trial, gaps)
    return is_sure and all(col in row.cells for i, row in enumerate(trial) if i not in totals)


def _share_out(col: int, rows: Sequence[_Row], gaps: Sequence[Sequence[Label]]) -> bool:
    """Give the lines between rows to the row above or below; tell whether nothing was guessed."""
    is_sure = True
    given = list(gaps[0])
    for i, row in enumerate(rows):
        below = list(gaps[i + 1])
        row.cells[col] = [*(label.piece for label in given), *row.cells.get(col, [])]
        count = len(below)
        if i + 1 < len(rows):
            after = len(gaps[i + 2])
            count = _taken(row, col, len(given), below, col in rows[i + 1].cells, after)
            is_sure = is_sure and (not below or count == len(given))
        row.cells[col].extend(label.piece for label in below[:count])
        if not row.cells[col]:
            del row.cells[col]
        given = below[count:]
    return is_sure


def _taken(
    row: _Row, col: int, above: int, below: Sequence[Label], next_has: bool, after: int
) -> int:
    """Return how many of the lines below a row belong to it."""
    count = 0
    text = row.texts(col)
    while count < len(below) and text and _goes_on(text, below[count].piece.run.text):
        text = f"{text} {below[count].piece.run.text}"
        count += 1
    count = max(count, min(above, len(below)))
    rest = len(below) - count
    if rest and next_has and rest > after:
        return len(below)
    return count


def _goes_on(text: str, following: str) -> bool:
    """Tell whether a text stands in an open bracket, or the next line opens one for it."""
    return text.count("(") > text.count(")") or following.startswith("(")


def _row_cells(
    number: int,
    row: _Row,
    columns: Columns,
    kinds: frozenset[int],
    blocked: set[int],
    *,
    is_total: bool,
) -> list[PlacedCell]:
    cells: list[PlacedCell] = []
    for col, pieces in sorted(row.cells.items()):
        start, end = col, col + 1
        if col not in kinds and len(pieces) == 1:
            start, end = _label_span(pieces[0], col, row, columns, is_total=is_total)
            taken = cells[-1].col + cells[-1].col_span if cells else 0
            end = min(end, min((c for c in blocked if c > col), default=end))
            start = max(start, taken, 1 + max((c for c in blocked if c < col), default=-1))
        cells.append(
            PlacedCell(
                row=number,
                col=start,
                runs=tuple(piece.run for piece in pieces),
                col_span=end - start,
            )
        )
    return cells


def _label_span(
    piece: Piece, col: int, row: _Row, columns: Columns, *, is_total: bool
) -> tuple[int, int]:
    """Return the columns of a label: more than one where it stands over blank neighbours."""
    low = high = col
    covered = columns.covered(piece)
    while low - 1 in covered and low - 1 not in row.cells:
        low -= 1
    while high + 1 in covered and high + 1 not in row.cells:
        high += 1
    inside = piece.overlaps(*columns.spans[col])
    if is_total and (col or not inside):
        following = [c for c in row.cells if c > col]
        if following and not any(c < col for c in row.cells):
            return 0, min(following)
    return low, high + 1
