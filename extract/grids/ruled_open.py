"""Rows of text inside ruled columns, found as in tables without rules, with labels over several."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.grids.ruled_lattice import Lattice
from extract.grids.ruled_rows import Cut, insert_cuts
from extract.grids.ruled_shapes import Glyph
from extract.grids.spaced_columns import Columns, covered_by
from extract.grids.spaced_lines import Chunk, TextLine, chunk_of, read_chunk_lines
from extract.grids.spaced_options import SpacedOptions
from extract.grids.spaced_rows import Block, Rows, find_rows, value_columns
from extract.grids.spaced_spans import Label, spread_labels
from extract.options import PdfOptions
from extract.records import Cell

_DEFAULTS = SpacedOptions()
_LEAST_LINES = 2
_OWN_ROWS = 0.5
"""Share of the rows in which a column with text has one of its own."""


def split_label_rows(
    lattice: Lattice,
    cells: Iterable[Cell],
    glyphs: Sequence[Glyph],
    page: int,
    options: PdfOptions,
    spaced: SpacedOptions = _DEFAULTS,
) -> Lattice:
    """Return the lattice with borders between rows of text that share one ruled row.

    Every column must have a text of its own in most of the rows, and most rows must hold values
    in two columns, or in one where there are many. A label in the middle of several rows covers
    them. A table leaves out the rules of all its rows or of none: where some ruled row holds
    several rows of text that cannot be parted so, none is cut.
    """
    groups: defaultdict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.row, cell.row_span].append(cell)
    cuts: list[Cut] = []
    for (row, row_span), group in groups.items():
        is_whole = sum(cell.col_span for cell in group) == lattice.column_count
        if is_whole and sum(len(cell.runs) >= _LEAST_LINES for cell in group) > 1:
            lines, columns = _lines_of(group, glyphs, page, options, spaced)
            found = _cuts(lines, columns, row, row_span, lattice, group, spaced)
            if found is None:
                return lattice
            cuts += found
    return insert_cuts(lattice, cuts)


def _lines_of(
    cells: Sequence[Cell],
    glyphs: Sequence[Glyph],
    page: int,
    options: PdfOptions,
    spaced: SpacedOptions,
) -> tuple[tuple[TextLine, ...], Columns]:
    """Return the printed lines of cells side by side, each cell's line as one chunk."""
    ordered = sorted(cells, key=lambda cell: cell.col)
    borders = [cell.place.x0 or 0.0 for cell in ordered]
    columns = Columns(borders=(*borders, ordered[-1].place.x1 or 0.0), is_drawn=True)
    chunks: list[Chunk] = []
    for cell in ordered:
        x0, y0, x1, y1 = (getattr(cell.place, name) or 0.0 for name in ("x0", "y0", "x1", "y1"))
        inside = [
            glyph
            for glyph in glyphs
            if x0 <= glyph.box.middle_x < x1 and y0 <= glyph.box.middle_y < y1
        ]
        for line in read_chunk_lines(inside, page, options, spaced):
            chunks.append(chunk_of([g for c in line.chunks for g in c.glyphs], page, options))
    lines: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.box.middle_y):
        if lines and chunk.box.middle_y - lines[-1][0].box.middle_y <= spaced.level * chunk.size:
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    return tuple(
        TextLine(chunks=tuple(sorted(line, key=lambda chunk: chunk.box.x0))) for line in lines
    ), columns


def _cuts(
    lines: Sequence[TextLine],
    columns: Columns,
    row: int,
    row_span: int,
    lattice: Lattice,
    cells: Sequence[Cell],
    spaced: SpacedOptions,
) -> list[Cut] | None:
    """Return the borders between the rows of a ruled row; None where they cannot be told."""
    rows = find_rows(lines, columns, (), spaced)
    if rows.count < 2:
        return []
    if not _are_rows(rows, lines, columns):
        return None
    top, foot = lattice.ys[row], lattice.ys[row + row_span]
    edges = list(zip(rows.bottoms, rows.tops[1:], strict=False))
    borders = (top, *((upper + lower) / 2 for upper, lower in edges), foot)
    labels = _labels(rows, columns, lines, borders, spaced)
    if labels is None or any(lower <= upper for upper, lower in pairwise(borders)):
        return None
    ordered = sorted(cells, key=lambda cell: cell.col)
    fields = [frozenset(range(cell.col, cell.col + cell.col_span)) for cell in ordered]
    return [
        Cut(
            top=upper,
            bottom=lower,
            row=row,
            row_span=row_span,
            columns=frozenset().union(
                *(
                    field
                    for col, field in enumerate(fields)
                    if not any(label.row < n < label.row + label.row_span for label in labels[col])
                )
            ),
        )
        for n, (upper, lower) in enumerate(edges, start=1)
    ]


def _are_rows(rows: Rows, lines: Sequence[TextLine], columns: Columns) -> bool:
    """Tell whether texts fill the rows of a table, not one row with texts of several lines."""
    own: defaultdict[int, set[int]] = defaultdict(set)
    for block in rows.blocks:
        if block.row is None:
            continue
        for col in range(block.col, block.last_col + 1):
            own[col].add(block.row)
    values = value_columns(lines, columns)
    full = [col for col in values if len(own[col]) >= max(2, 0.6 * rows.count)]
    if not full or any(0 < len(found) < _OWN_ROWS * rows.count for found in own.values()):
        return False
    if _holds_several(lines, columns, values, rows):
        return False
    return len(full) > 1 or rows.count > 2


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
    columns: Columns,
    lines: Sequence[TextLine],
    borders: Sequence[float],
    spaced: SpacedOptions,
) -> dict[int, list[Label]] | None:
    """Return the texts of each column with their rows; None where one could be in two."""
    first_value = min(value_columns(lines, columns), default=1)
    by_column: defaultdict[int, list[Block]] = defaultdict(list)
    for block in rows.blocks:
        by_column[block.col].append(block)
    em = max(line.size for line in lines)
    found: dict[int, list[Label]] = {}
    for col in range(columns.count):
        blocks = sorted(by_column[col], key=lambda block: block.box.middle_y)
        found[col] = spread_labels(blocks, borders, em, col < max(1, first_value), {}, spaced)
        if any(label.is_doubtful for label in found[col]):
            return None
    return found

