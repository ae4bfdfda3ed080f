"""Tables that go on over the next page, put together again; their repeated headings dropped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.options import GridOptions
from extract.records import Block, Cell, Line, TableGrid, TablePart

_DEFAULTS = GridOptions()
_SPACE = re.compile(r"\s+")
_REPEATED = re.compile(r"[(\[<〈]단위[:：]?.{1,20}[)\]>〉]|.{0,30}[(\[<〈-]계속[)\]>〉]?.{0,2}")
"""What is printed again above the rest of a table; white space left out."""


def join_continued(blocks: Iterable[Block], options: GridOptions = _DEFAULTS) -> tuple[Block, ...]:
    """Return the blocks with each table that goes on over following pages as one.

    A table goes on when the next page opens with a table of the same column borders and nothing
    but page furniture stands between the two, or what is printed again above the rest of a table:
    its unit note, a line that says 계속. Such lines become furniture and follow the joined table.
    """
    joined: list[Block] = []
    last_grid: int | None = None
    for block in blocks:
        if isinstance(block, Line):
            joined.append(block)
            last_grid = last_grid if _may_stand_between(block) else None
            continue
        before = joined[last_grid] if last_grid is not None else None
        if (
            last_grid is not None
            and isinstance(before, TableGrid)
            and goes_on(before, block, options)
        ):
            between = [
                replace(b, role="furniture") for b in joined[last_grid + 1 :] if isinstance(b, Line)
            ]
            joined[last_grid:] = [join_grids(before, block), *between]
        else:
            last_grid = len(joined)
            joined.append(block)
    return tuple(joined)


def _may_stand_between(line: Line) -> bool:
    text = _SPACE.sub("", line.run.text)
    return line.role == "furniture" or bool(_REPEATED.fullmatch(text))


def goes_on(first: TableGrid, second: TableGrid, options: GridOptions) -> bool:
    """Tell whether the second table is the rest of the first one, on the page after it."""
    if not first.parts or second.place.page != first.parts[-1].page + 1:
        return False
    if first.column_count != second.column_count:
        return False
    return _same_columns(first, second, options)


def _same_columns(first: TableGrid, second: TableGrid, options: GridOptions) -> bool:
    """Compare column borders from the left border on: margins of facing pages differ."""
    one, other = _column_borders(first), _column_borders(second)
    if None in one or None in other:
        return False
    return all(
        abs((a - (one[0] or 0)) - (b - (other[0] or 0))) <= options.column_match
        for a, b in zip(one, other, strict=True)
        if a is not None and b is not None
    )


def _column_borders(grid: TableGrid) -> list[float | None]:
    """Return the left borders of the columns and the right border of the last one."""
    borders: list[float | None] = [None] * (grid.column_count + 1)
    for cell in grid.cells:
        borders[cell.col] = cell.place.x0
        borders[cell.col + cell.col_span] = cell.place.x1
    return borders


def join_grids(first: TableGrid, second: TableGrid) -> TableGrid:
    """Append the rows of the second table, without the heading rows it repeats."""
    repeated = _repeated_rows(first, second)
    offset = first.row_count - repeated
    moved = tuple(
        replace(cell, row=cell.row + offset) for cell in second.cells if cell.row >= repeated
    )
    rows = second.row_count - repeated
    return replace(
        first,
        cells=(*first.cells, *moved),
        row_count=first.row_count + rows,
        parts=(*first.parts, *_moved_parts(second, first.row_count, rows)),
        confidence=min(first.confidence, second.confidence),
        is_ambiguous=first.is_ambiguous or second.is_ambiguous,
    )


def _moved_parts(second: TableGrid, base: int, rows: int) -> tuple[TablePart, ...]:
    return tuple(
        replace(part, row_first=base, row_last=base + rows - 1) for part in second.parts[:1]
    )


def _repeated_rows(first: TableGrid, second: TableGrid) -> int:
    """Count the top rows of the second table that repeat those of the first.

    A merged heading is repeated whole or not at all, and rows with text must be among them.
    """
    most = min(first.row_count, second.row_count - 1)
    same = 0
    while same < most and _row(first.cells, same) == _row(second.cells, same):
        same += 1
    while same and any(cell.row < same < cell.row + cell.row_span for cell in second.cells):
        same -= 1
    has_text = any(cell.runs for cell in second.cells if cell.row < same)
    return same if has_text else 0


def _row(cells: Sequence[Cell], row: int) -> list[tuple[int, int, int, str]]:
    return [
        (cell.col, cell.row_span, cell.col_span, _SPACE.sub("", cell.text))
        for cell in cells
        if cell.row == row
    ]
