"""Rows of text inside ruled columns, found as in tables without rules, with labels over several."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.grids.ruled_lattice import Lattice
from extract.grids.ruled_rows import Cut, find_cuts, insert_cuts
from extract.grids.spaced_columns import Columns, covered_by
from extract.grids.spaced_lines import Chunk, TextLine, chunk_of_run
from extract.grids.spaced_options import SpacedOptions
from extract.grids.spaced_rows import Block, Rows, find_rows, value_columns
from extract.grids.spaced_spans import Label, spread_labels
from extract.options import GridOptions
from extract.records import Cell
from extract.shapes import is_value, shape_of

_DEFAULTS = SpacedOptions()
_LEAST_LINES = 2
_OWN_ROWS = 0.5
"""Share of the rows in which a column with text has one of its own; labels over rows may not."""
_FULL = 0.6
"""Share of the rows that a full column fills."""
_HANGING = 0.9
"""Share of the rows at whose height texts of several lines begin, where they hang from it."""
_LONG = 5
"""As many rows may stand under one label."""


def split_open_rows(
    lattice: Lattice,
    cells: Iterable[Cell],
    options: GridOptions,
    spaced: SpacedOptions = _DEFAULTS,
) -> Lattice:
    """Return the lattice with borders between rows of text that share one ruled row.

    Every column must have a text of its own in most of the rows, and most rows must hold values
    in two columns, or in one where there are many. A label in the middle of several rows covers
    them. A table leaves out the rules of all its rows or of none: where some ruled row holds
    several rows of text that cannot be parted so, all are cut only where nothing stands.
    """
    groups: defaultdict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.row, cell.row_span].append(cell)
    cuts: list[Cut] = []
    in_head = True
    for group in groups.values():
        found: list[Cut] | None = []
        long = [cell for cell in group if len(cell.runs) >= _LEAST_LINES]
        in_head = in_head and not any(is_value(shape_of(c.runs[0].text)) for c in group if c.runs)
        if in_head:
            continue
        if len(long) > 1 and _is_block(group):
            if any(_holds_values(cell) for cell in long):
                found = _label_cuts(group, spaced)
            elif len({len(cell.runs) for cell in long}) < len(long):
                found = None
        if found is None:
            clear = (find_cuts(group, options) for group in groups.values())
            return insert_cuts(lattice, [cut for found in clear for cut in found])
        cuts += found or find_cuts(group, options)
    return insert_cuts(lattice, cuts)


def _holds_values(cell: Cell) -> bool:
    """Tell whether most lines of a cell are values, and several."""
    values = sum(is_value(shape_of(run.text)) for run in cell.runs)
    return values > 1 and 2 * values >= len(cell.runs)


def _is_block(cells: Sequence[Cell]) -> bool:
    """Tell whether cells stand side by side without a gap."""
    width = max(cell.col + cell.col_span for cell in cells) - min(cell.col for cell in cells)
    return width == sum(cell.col_span for cell in cells)


def _lines_of(
    cells: Sequence[Cell],
    spaced: SpacedOptions,
) -> tuple[tuple[TextLine, ...], Columns]:
    """Return the printed lines of cells side by side, each cell's line as one chunk."""
    borders = [cell.place.x0 or 0.0 for cell in cells]
    columns = Columns(borders=(*borders, cells[-1].place.x1 or 0.0), is_drawn=True)
    chunks = [chunk_of_run(run) for cell in cells for run in cell.runs]
    lines: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.box.middle_y):
        if lines and chunk.box.middle_y - lines[-1][0].box.middle_y <= spaced.level * chunk.size:
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    return tuple(
        TextLine(chunks=tuple(sorted(line, key=lambda chunk: chunk.box.x0))) for line in lines
    ), columns


def _label_cuts(
    cells: Sequence[Cell],
    spaced: SpacedOptions,
) -> list[Cut] | None:
    """Return the borders between the rows of a ruled row; None where they cannot be told."""
    ordered = sorted(cells, key=lambda cell: cell.col)
    lines, columns = _lines_of(ordered, spaced)
    rows = find_rows(lines, columns, (), spaced)
    if rows.count < 2:
        return []
    values = value_columns(lines, columns)
    if not _are_rows(rows, lines, columns, values):
        return None
    edges = list(zip(rows.bottoms, rows.tops[1:], strict=False))
    texts = _without_labels(lines, columns, values)
    if _hang(texts, rows, columns, values, spaced):
        edges = [(_bottom_above(top, texts), top) for _, top in edges]
    ends = (ordered[0].place.y0 or 0.0, ordered[0].place.y1 or 0.0)
    borders = (ends[0], *((upper + lower) / 2 for upper, lower in edges), ends[1])
    labels = _labels(rows, values, lines, borders, spaced)
    if labels is None or any(lower <= upper for upper, lower in pairwise(borders)):
        return None
    fields = [frozenset(range(cell.col, cell.col + cell.col_span)) for cell in ordered]
    cuts = []
    for n, (upper, lower) in enumerate(edges, start=1):
        parted = (
            field
            for col, field in enumerate(fields)
            if not any(label.row < n < label.row + label.row_span for label in labels.get(col, ()))
        )
        cuts.append(
            Cut(
                top=upper,
                bottom=lower,
                row=ordered[0].row,
                row_span=ordered[0].row_span,
                columns=frozenset[int]().union(*parted),
            )
        )
    return cuts


def _without_labels(
    lines: Sequence[TextLine], columns: Columns, values: frozenset[int]
) -> list[Chunk]:
    """Return the texts from the last column of labels on: they begin with their row."""
    first_value = min(values, default=1)
    return [
        chunk
        for line in lines
        for chunk in line.chunks
        if covered_by(columns, chunk)[0] >= first_value - 1
    ]


def _hang(
    texts: Sequence[Chunk],
    rows: Rows,
    columns: Columns,
    values: frozenset[int],
    spaced: SpacedOptions,
) -> bool:
    """Tell whether texts of several lines begin at the height of their row's values."""
    heights = {b.row: b.box.middle_y for b in rows.blocks if b.row is not None and b.col in values}
    by_column: defaultdict[int, list[Chunk]] = defaultdict(list)
    for chunk in texts:
        by_column[covered_by(columns, chunk)[0]].append(chunk)
    long = [found for found in by_column.values() if len(found) > rows.count]
    at_height = [
        any(abs(chunk.box.middle_y - height) < spaced.level * chunk.size for chunk in found)
        for found in long
        for height in heights.values()
    ]
    return bool(long) and sum(at_height) >= _HANGING * len(at_height)


def _bottom_above(top: float, texts: Sequence[Chunk]) -> float:
    """Return the lower end of the lowest text above a height."""
    return max((chunk.box.y1 for chunk in texts if chunk.box.middle_y < top), default=top)


def _are_rows(
    rows: Rows, lines: Sequence[TextLine], columns: Columns, values: frozenset[int]
) -> bool:
    """Tell whether texts fill the rows of a table, not one row with texts of several lines.

    With one column of values, three columns have a text in every row, or both of two in many.
    """
    own: defaultdict[int, set[int]] = defaultdict(set)
    for block in rows.blocks:
        if block.row is not None:
            for col in range(block.col, block.last_col + 1):
                own[col].add(block.row)
    full = [col for col in values if len(own[col]) >= max(2, _FULL * rows.count)]
    named = [col for col in own if col not in values and len(own[col]) >= _FULL * rows.count]
    if not full or _holds_several(lines, columns, values, rows):
        return False
    is_long = rows.count >= _LONG and bool(named)
    over = range(min(named)) if is_long else ()
    if any(len(own[col]) < _OWN_ROWS * rows.count for col in own if col not in over):
        return False
    if len(full) > 1:
        return True
    whole = [col for col in own if len(own[col]) == rows.count]
    if len(whole) > 2:
        return rows.count > 2
    return len(whole) == columns.count and rows.count >= _LONG


def _holds_several(
    lines: Sequence[TextLine], columns: Columns, values: frozenset[int], rows: Rows
) -> bool:
    """Tell whether some column of values has more of them than there are rows."""
    counts: defaultdict[int, int] = defaultdict(int)
    for chunk in (chunk for line in lines for chunk in line.chunks):
        col = covered_by(columns, chunk)[0]
        counts[col] += col in values and chunk.is_value and chunk.text[0] not in "(["
    return any(count > rows.count for count in counts.values())


def _labels(
    rows: Rows,
    values: frozenset[int],
    lines: Sequence[TextLine],
    borders: Sequence[float],
    spaced: SpacedOptions,
) -> dict[int, list[Label]] | None:
    """Return the texts of the columns of labels with their rows; None where one could be in two."""
    first_value = max(1, min(values, default=1))
    by_column: defaultdict[int, list[Block]] = defaultdict(list)
    for block in rows.blocks:
        by_column[block.col].append(block)
    em = max(line.size for line in lines)
    found: dict[int, list[Label]] = {}
    for col in range(first_value):
        blocks = sorted(by_column[col], key=lambda block: block.box.middle_y)
        found[col] = spread_labels(blocks, borders, em, True, {}, spaced)
        if any(label.is_doubtful for label in found[col]):
            return None
    return found
