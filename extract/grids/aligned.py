"""Tables of column-aligned dumps (`pdftotext -layout`): columns stand below each other."""

from collections.abc import Sequence

from extract.grids.aligned_columns import Columns, Pieces, count_values, find_columns, pieces_of
from extract.grids.aligned_head import read_heading
from extract.grids.aligned_rows import Body, read_body
from extract.grids.aligned_stretches import cut_stretches, split_sides
from extract.grids.aligned_tight import cut_tight
from extract.grids.header_words import GRADE_TOKEN, PERIOD_TOKEN, STUB_WORDS, VALUE_WORDS
from extract.grids.rows import PlacedCell, filled_up
from extract.records import Block, Cell, Line, TableGrid

_MOST_BLANKS = 3
_MOST_HEADER_LINES = 8
_LONGEST_GROUP = 24
_FEWEST_COLUMNS = 3
"""Columns that a table without values needs."""


def find_aligned(lines: Sequence[Line]) -> list[Block]:
    """Return the lines with each stretch of column-aligned lines as a grid.

    Every printed character stays in exactly one block.
    """
    blocks: list[Block] = []
    for belongs, run in cut_stretches(lines):
        blocks.extend(_tables(run) if belongs else run)
    return blocks


def _tables(stretch: Sequence[Line]) -> list[Block]:
    """Return a stretch with its table, or with the tables that stand side by side in it."""
    sides = split_sides(stretch)
    if sides is None:
        return _table(stretch)
    blocks = [block for side in sides for block in _tables(side)]
    return [b for b in blocks if not isinstance(b, Line) or b.run.text.strip()]


def _table(stretch: Sequence[Line]) -> list[Block]:
    """Return a stretch with its first table as a grid, and what follows read in the same way."""
    lines = [pieces_of(line.run) for line in stretch]
    span = _find_span(lines)
    if span is None:
        return list(stretch)
    first, body, last = span
    head, rows = cut_tight(lines[first:body], lines[body : last + 1])
    grid = _grid(head, rows)
    if grid is None:
        return [*stretch[:body], *_tables(stretch[body:])]
    return [*stretch[:first], grid, *_tables(stretch[last + 1 :])]


def _find_span(lines: Sequence[Pieces]) -> tuple[int, int, int] | None:
    """Return the first heading line, the first body line and the last line of a table."""
    first = next((i for i, line in enumerate(lines) if _may_head(line)), None)
    if first is None:
        return None
    end = _end(lines, first)
    valued = [i for i in range(first + 1, end) if _is_valued(lines[i])]
    leaf = next((i for i in range(first, end) if is_heading_line(lines[i])), None)
    if valued and (leaf is None or valued[0] - first <= _MOST_HEADER_LINES):
        body = _first_body_line(lines[:end], first, valued)
        last = _last_row(lines, valued[-1], end)
    elif leaf is not None:
        body = leaf + 1
        while body < end and lines[body] and all(p.run.text[0] == "(" for p in lines[body]):
            body += 1
        last = max((i for i in range(body, end) if len(lines[i]) > 1), default=leaf)
    else:
        return None
    if last < body:
        return None
    return _heading_top(lines, first, body), body, _last_line(lines, body, last, end)


def _may_head(line: Pieces) -> bool:
    return len(line) > 1 and not count_values(line)


def _is_valued(line: Pieces) -> bool:
    return count_values(line) > 0


def is_heading_line(line: Pieces) -> bool:
    """Tell whether a line names columns: two known words or more, the first one of labels."""
    words = ["".join(piece.run.text.split()) for piece in line]
    known = [w in STUB_WORDS or w in VALUE_WORDS or _names_column(w) for w in words]
    return len(line) >= _FEWEST_COLUMNS and sum(known) > 1 and not count_values(line)


def _names_column(word: str) -> bool:
    bare = word.split("(")[0]
    return bool(
        PERIOD_TOKEN.match(word)
        or GRADE_TOKEN.match(word)
        or bare in STUB_WORDS
        or bare in VALUE_WORDS
    )


def _end(lines: Sequence[Pieces], first: int) -> int:
    """Return where the lines of a table end: at a long gap, or at the headings of another."""
    blanks = 0
    seen_values = False
    for i in range(first, len(lines)):
        blanks = 0 if lines[i] else blanks + 1
        if blanks >= _MOST_BLANKS and seen_values:
            return i - blanks + 1
        if seen_values and is_heading_line(lines[i]) and _begins_with_stub(lines[i]):
            return i
        seen_values = seen_values or _is_valued(lines[i])
    return len(lines)


def _begins_with_stub(line: Pieces) -> bool:
    return "".join(line[0].run.text.split()) in STUB_WORDS


def _heading_top(lines: Sequence[Pieces], first: int, body: int) -> int:
    """Return the first heading line: single group headings may stand right above the others."""
    below = [piece for line in lines[first:body] for piece in line]
    start, end = min(p.start for p in below), max(p.end for p in below)
    top = first
    while top and len(lines[top - 1]) == 1:
        piece = lines[top - 1][0]
        is_short = piece.end - piece.start <= _LONGEST_GROUP
        if not is_short or piece.start <= start or piece.end > end + 2:
            break
        top -= 1
    return top


def _first_body_line(lines: Sequence[Pieces], first: int, with_values: Sequence[int]) -> int:
    """Return where the body begins: text right above the first values may belong to them."""
    valued = next((i for i in with_values if len(lines[i]) > 1), with_values[0])
    columns = find_columns(lines[first : with_values[0]], lines[with_values[0] :])
    filled = {columns.place(piece) for piece in lines[valued]}
    body = valued
    while body - 1 > first:
        line = lines[body - 1]
        above = {columns.place(piece) for other in lines[first : body - 1] for piece in other}
        cols = {columns.place(piece) for piece in line}
        if line and (cols & filled or not cols <= above or line[0].run.text.startswith("(")):
            break
        body -= 1
    while body < valued and not lines[body]:
        body += 1
    return body


def _last_row(lines: Sequence[Pieces], last: int, end: int) -> int:
    """Return the last line with several pieces below the values, across one blank line at most."""
    blanks = 0
    for i in range(last + 1, end):
        if len(lines[i]) > 2:
            last, blanks = i, 0
        elif not lines[i]:
            blanks += 1
        if blanks > 1:
            break
    return last


def _last_line(lines: Sequence[Pieces], body: int, last: int, end: int) -> int:
    """Return the last line: text right below the last values goes on with their row."""
    columns = find_columns([], lines[body : last + 1])
    while last + 1 < end and lines[last + 1]:
        line = lines[last + 1]
        new = {columns.place(piece) for piece in line}
        same = {columns.place(piece) for piece in lines[last]}
        if len(line) == 1 and line[0].start == 0 and 0 in new & same:
            break
        if any(len(columns.covered(piece)) > 1 for piece in line):
            break
        last += 1
    return last


def _grid(head: Sequence[Pieces], rows: Sequence[Pieces]) -> TableGrid | None:
    """Return the table that heading and body lines form, or None where they form none."""
    columns = find_columns(head, rows)
    if len(columns) < 2 or not any(head):
        return None
    heading = read_heading([line for line in head if line], columns)
    body = read_body(rows, columns)
    is_known = any(is_heading_line(line) for line in head)
    if not body.row_count or (body.row_count < 2 and len(columns) < 4 and not is_known):
        return None
    shifted = [
        PlacedCell(
            row=cell.row + heading.row_count,
            col=cell.col,
            runs=cell.runs,
            row_span=cell.row_span,
            col_span=cell.col_span,
        )
        for cell in body.cells
    ]
    count = heading.row_count + body.row_count
    return _table_grid(
        filled_up((*heading.cells, *shifted), count, len(columns)),
        heading.row_count,
        count,
        columns,
        body,
    )


def _table_grid(
    cells: Sequence[Cell], head: int, count: int, columns: Columns, body: Body
) -> TableGrid:
    printed = [cell for cell in cells if cell.runs]
    numbers = [run.place.line_no or 0 for cell in printed for run in cell.runs]
    top = min(printed, key=lambda cell: cell.place.line_no or 0)
    return TableGrid(
        cells=tuple(cells),
        row_count=count,
        column_count=len(columns),
        engine="aligned",
        place=top.place,
        header_row_count=head,
        line_last=max(numbers, default=None),
        confidence=0.9 if body.is_sure else 0.6,
        is_ambiguous=not body.is_sure,
        note="" if body.is_sure else "Text of several lines was divided among its rows.",
    )
