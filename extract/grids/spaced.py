"""Tables without a grid of rules: by white space, stripes, or a few level rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.grids.ruled import PageGrids, part_of
from extract.grids.ruled_placed import part_glyphs, place_glyphs
from extract.grids.ruled_shapes import Box, Glyph, PageShapes, Rule, box_of
from extract.grids.spaced_columns import Columns, find_columns, find_rivers
from extract.grids.spaced_heads import Head, drawn_span, read_head
from extract.grids.spaced_hints import find_frames, read_hints
from extract.grids.spaced_lines import Chunk, TextLine, read_chunk_lines, split_at
from extract.grids.spaced_options import SpacedOptions
from extract.grids.spaced_proof import is_table
from extract.grids.spaced_regions import Region, find_regions
from extract.grids.spaced_rows import Block, Rows, find_rows, value_columns
from extract.grids.spaced_spans import Label, spread_labels
from extract.grids.spaced_walls import (
    Field,
    Level,
    Walls,
    blank_fields,
    body_fields,
    heading_fields,
    levels_of,
    part_all_rows,
    read_walls,
    separators_of,
)
from extract.options import PdfOptions
from extract.reading.pdf_runs import build_runs
from extract.records import Cell, TableGrid

_DEFAULTS = SpacedOptions()
_NOTE = "Some cells stand between two rows and could belong to either."


def find_spaced(
    page: PageShapes, found: PageGrids, options: PdfOptions, spaced: SpacedOptions = _DEFAULTS
) -> PageGrids:
    """Return the tables of a page with those added that stand in the text outside of them."""
    if found.is_drawing or len(page.fills) > options.grids.most_rules:
        return found
    taken = [box_of(grid.place) for grid in found.grids]
    lines = read_chunk_lines(found.rest, options, spaced)
    hints = read_hints(page, taken, options.grids, spaced)
    frames = tuple(
        frame
        for frame in find_frames(hints, lines, page.width, spaced)
        if not any(overlap(frame.box, box) for box in taken)
    )
    grids = list(found.grids)
    rest: Sequence[Glyph] = found.rest
    for region in find_regions(lines, frames, hints, spaced):
        grid = read_region(region, page.number, options, spaced)
        if grid is not None:
            grids.append(grid)
            used = {id(g) for line in region.lines for c in line.chunks for g in c.glyphs}
            _, outside = part_glyphs(place_glyphs(rest), box_of(grid.place), options.grids)
            rest = [glyph for glyph in outside.glyphs if id(glyph) not in used]
    grids.sort(key=lambda grid: (grid.place.y0 or 0, grid.place.x0 or 0))
    return PageGrids(grids=tuple(grids), rest=tuple(rest), is_drawing=found.is_drawing)


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share some area."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    return across > 0 and min(one.y1, other.y1) > max(one.y0, other.y0)


def read_region(
    region: Region, page: int, options: PdfOptions, spaced: SpacedOptions
) -> TableGrid | None:
    """Return the table of a region; None where its text does not stand in rows and columns."""
    levels = levels_of(region)
    separators = separators_of(region, levels)
    count = count_head_lines(region.lines, levels, separators)
    head_lines, body = region.lines[:count], region.lines[count:]
    if not body:
        return None
    rivers = find_rivers(head_lines, body, region.size, spaced)
    head_lines, body = (
        tuple(split_at(line, rivers, options, spaced) for line in lines)
        for lines in (head_lines, body)
    )
    columns = find_columns(head_lines, body, region, spaced)
    drawn = _drawn_cells(region)
    head = read_head(head_lines, columns, drawn, spaced)
    walls = read_walls(region, columns)
    if part_all_rows(walls, body, columns, value_columns(body, columns)):
        grid = _walled_grid(region, columns, head, walls, body, page, options, spaced)
        if grid is not None:
            return grid
    rows = find_rows(body, columns, separators, spaced)
    if not is_table(region, head_lines, body, columns, rows, spaced):
        return None
    borders = _row_borders(rows, head_lines, region, separators)
    labels = list(_labels(rows, columns, body, borders, region, drawn, spaced))
    return _grid(region, columns, head, borders, labels, page, options)


def _walled_grid(
    region: Region,
    columns: Columns,
    head: Head,
    walls: Walls,
    body: Sequence[TextLine],
    page: int,
    options: PdfOptions,
    spaced: SpacedOptions,
) -> TableGrid | None:
    """Return the table whose rows rules part; None where headings share one, or few are filled."""
    headings = heading_fields(head, walls)
    if headings is None or columns.count < 2:
        return None
    count = max((field.last_row + 1 for field in headings), default=0)
    texts = {**headings, **body_fields(body, walls, columns, count)}
    if any(a.meets(b) for a in headings for b in texts if b not in headings):
        return None
    blank: dict[Field, list[Chunk]] = {f: [] for f in blank_fields(texts, walls, columns)}
    named = {col for f in texts for col in range(f.col, f.last_col + 1)}
    if len(texts) < spaced.filled_share * len(texts | blank) or len(named) < columns.count:
        return None
    glyphs = {
        (f.row, f.col, f.last_row - f.row + 1, f.last_col - f.col + 1): [
            glyph for chunk in chunks for glyph in chunk.glyphs
        ]
        for f, chunks in (texts | blank).items()
    }
    return _table(glyphs, region, columns, walls.ys, count, page, options)


def count_head_lines(
    lines: Sequence[TextLine], levels: Sequence[Level], separators: Sequence[float]
) -> int:
    """Count the lines of headings: those above the first values, or above the first border."""
    values = [index for index, line in enumerate(lines) if line.has_values]
    inner = [y for y in separators if lines[0].middle < y < lines[-1].middle]
    if not values:
        return sum(line.middle < inner[0] for line in lines) if inner else 1
    first = lines[values[0]]
    value = next(chunk.box for chunk in first.chunks if chunk.is_value)
    parting = {level.y for level in levels if level.covers(value.x0, value.x1)}
    above = [y for y in inner if y < first.middle and y in parting]
    if above:
        return sum(line.middle < above[-1] for line in lines)
    return _above_widest_step(lines[: values[0] + 1])


def _above_widest_step(lines: Sequence[TextLine]) -> int:
    """Count the headings among lines of which the last one has values.

    Lines right above the values may be part of their row, as labels of several lines are: then
    the step between headings and row is wider than those inside of the row.
    """
    last = lines[-1]
    steps = [lower.middle - upper.middle for upper, lower in pairwise(lines)]
    if len(steps) < 2:
        return len(steps)
    widest = max(steps)
    index = max(i for i, step in enumerate(steps) if step >= widest - 0.1 * last.size)
    inside = lines[index + 1 : -1]
    is_narrow = all(2 * len(line.chunks) <= len(last.chunks) + 1 for line in inside)
    is_wider = widest > steps[-1] + 0.15 * last.size
    return index + 1 if is_wider and is_narrow else len(steps)


def _drawn_cells(region: Region) -> list[Box]:
    """Return boxes of single cells: fills, and the space between matching pieces of rules."""
    cells = list(region.fills)
    for upper in region.pieces:
        lower = min(
            (p for p in region.pieces if p.position > upper.position + 4 and _is_under(upper, p)),
            key=lambda piece: piece.position,
            default=None,
        )
        if lower is not None:
            cells.append(Box(x0=upper.start, y0=upper.position, x1=upper.end, y1=lower.position))
    return cells


def _is_under(upper: Rule, piece: Rule) -> bool:
    return abs(upper.start - piece.start) <= 2 and abs(upper.end - piece.end) <= 2


def _row_borders(
    rows: Rows, head: Sequence[TextLine], region: Region, separators: Sequence[float]
) -> tuple[float, ...]:
    """Return the borders of the rows below the headings: as drawn, or halfway between texts."""
    above = max((line.box.y1 for line in head), default=region.box.y0)
    bottoms = [above, *rows.bottoms]
    tops = [*rows.tops, region.box.y1]
    borders: list[float] = []
    for index, (upper, lower) in enumerate(zip(bottoms, tops, strict=True)):
        low, high = sorted((upper, lower))
        drawn = [y for y in separators if low - 3 <= y <= high + 3]
        middle = (low + high) / 2
        border = min(drawn, key=lambda y: abs(y - middle)) if drawn else middle
        if index == 0 and not head:
            border = region.box.y0
        if index == rows.count:
            border = region.box.y1
        borders.append(max(border, borders[-1] if borders else border))
    return tuple(borders)


def _labels(
    rows: Rows,
    columns: Columns,
    body: Sequence[TextLine],
    borders: Sequence[float],
    region: Region,
    drawn: Sequence[Box],
    spaced: SpacedOptions,
) -> Iterator[tuple[Label, int, int]]:
    """Yield the texts below the headings with their rows and their first and last column."""
    values = value_columns(body, columns)
    first_value = min(values, default=1)
    by_column: defaultdict[int, list[tuple[Block, int, int]]] = defaultdict(list)
    for block in rows.blocks:
        span = drawn_span(block.chunks[0], columns, drawn)
        if span is None:
            span = _amid_labels(block, rows, columns, first_value, region.size)
        if span is not None and span[0] <= block.col and block.last_col <= span[1]:
            by_column[span[0]].append((block, *span))
        else:
            by_column[block.col].append((block, block.col, block.last_col))
    for col, members in by_column.items():
        members.sort(key=lambda member: member[0].box.middle_y)
        blocks = [member[0] for member in members]
        may_cover = col < max(1, first_value)
        beside = _texts_by_row(by_column.get(col + 1, ())) if col + 1 < first_value else {}
        spread = spread_labels(blocks, borders, region.size, may_cover, beside, spaced)
        for label, (_, first, last) in zip(spread, members, strict=True):
            yield label, first, last


def _amid_labels(
    block: Block, rows: Rows, columns: Columns, first_value: int, em: float
) -> tuple[int, int] | None:
    """Return two columns of labels if a text stands in the middle of both and fills one."""
    if block.last_col != block.col or block.row is None:
        return None
    middle = block.box.middle_x
    for first in (block.col - 1, block.col):
        other = first if first < block.col else block.col + 1
        if first < 0 or first + 1 >= first_value:
            continue
        if any(b.row == block.row and b.col <= other <= b.last_col for b in rows.blocks):
            continue
        own = abs(sum(columns.borders[block.col : block.col + 2]) / 2 - middle)
        both = abs((columns.borders[first] + columns.borders[first + 2]) / 2 - middle)
        if both < em and both + em / 2 < own:
            return first, first + 1
    return None


def _texts_by_row(members: Iterable[tuple[Block, int, int]]) -> dict[int, str]:
    return {
        block.row: " ".join(chunk.text for chunk in block.chunks)
        for block, _, _ in members
        if block.row is not None
    }


def _grid(
    region: Region,
    columns: Columns,
    head: Head,
    borders: Sequence[float],
    labels: Sequence[tuple[Label, int, int]],
    page: int,
    options: PdfOptions,
) -> TableGrid:
    base = head.row_count
    ys = (region.box.y0, *head.heights, *borders) if base else tuple(borders)
    texts: dict[tuple[int, int, int, int], list[Glyph]] = defaultdict(list)
    for heading in head.headings:
        key = (heading.row, heading.col, heading.row_span, heading.col_span)
        texts[key] += [glyph for chunk in heading.chunks for glyph in chunk.glyphs]
    for label, first, last in labels:
        key = (base + label.row, first, label.row_span, last - first + 1)
        texts[key] += [glyph for chunk in label.block.chunks for glyph in chunk.glyphs]
    grid = _table(texts, region, columns, ys, base, page, options)
    if any(label.is_doubtful for label, _, _ in labels):
        return replace(grid, is_ambiguous=True, note=_NOTE)
    return grid


def _table(
    texts: dict[tuple[int, int, int, int], list[Glyph]],
    region: Region,
    columns: Columns,
    ys: Sequence[float],
    head_rows: int,
    page: int,
    options: PdfOptions,
) -> TableGrid:
    """Return the table of texts by row, column, rows and columns, between the borders `ys`."""
    row_count = len(ys) - 1
    box = Box(x0=columns.borders[0], y0=ys[0], x1=columns.borders[-1], y1=ys[-1])
    return TableGrid(
        cells=_cells(texts, columns, ys, page, options),
        row_count=row_count,
        column_count=columns.count,
        engine="spaced",
        place=box.place(page),
        parts=(part_of(box, page, row_count),),
        header_row_count=head_rows or None,
        confidence=_confidence(region, columns),
    )


def _confidence(region: Region, columns: Columns) -> float:
    base = 0.9 if region.frame is not None or columns.is_drawn else 0.8
    return round(base - 0.2 * columns.crossings / len(region.lines), 2)


def _cells(
    texts: dict[tuple[int, int, int, int], list[Glyph]],
    columns: Columns,
    ys: Sequence[float],
    page: int,
    options: PdfOptions,
) -> tuple[Cell, ...]:
    """Return the cells with text, none over another, and blank ones for the rest."""
    owner: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    merged: defaultdict[tuple[int, int, int, int], list[Glyph]] = defaultdict(list)
    for key in sorted(texts, key=lambda key: (-key[2] * key[3], key)):
        row, col, down, right = key
        fields = [(r, c) for r in range(row, row + down) for c in range(col, col + right)]
        hit = next((owner[field] for field in fields if field in owner), None)
        merged[hit or key] += texts[key]
        if hit is None:
            owner.update(dict.fromkeys(fields, key))
    for row, _ in enumerate(pairwise(ys)):
        for col in range(columns.count):
            if (row, col) not in owner:
                merged[row, col, 1, 1] = []
    placed = sorted(merged)
    printed = build_runs([merged[key] for key in placed], page, options)
    return tuple(
        Cell(
            row=row,
            col=col,
            row_span=down,
            col_span=right,
            runs=runs,
            place=Box(
                x0=columns.borders[col],
                y0=ys[row],
                x1=columns.borders[col + right],
                y1=ys[row + down],
            ).place(page),
        )
        for (row, col, down, right), runs in zip(placed, printed, strict=True)
    )
