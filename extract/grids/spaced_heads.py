"""Headings above columns that no rules part: levels, and which columns a heading covers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from extract.grids.ruled_shapes import Box, merge_boxes
from extract.grids.spaced_columns import Columns, covered_by
from extract.grids.spaced_lines import Chunk, TextLine
from extract.grids.spaced_options import SpacedOptions

_FREE_COST = 1.5
_SECOND_LINE = 1.8
"""Ems from one line of a heading to the next, from middle to middle."""
_LOW = 0.3
"""Ems by which headings of the lowest line may differ in height."""
_SERIAL_WIDTH = 4.0
"""Ems up to which a first column without a heading is one of serial numbers."""


@dataclass(frozen=True, kw_only=True)  # no slots: it keeps its box
class Heading:
    """A heading with its place among the heading rows."""

    chunks: tuple[Chunk, ...]
    row: int
    col: int
    row_span: int = 1
    col_span: int = 1

    @cached_property
    def box(self) -> Box:
        """The box around the text."""
        return merge_boxes(tuple(chunk.box for chunk in self.chunks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The heading rows of a table."""

    headings: tuple[Heading, ...]
    heights: tuple[float, ...]
    """Borders between the heading rows, top to bottom."""
    row_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A heading's text on one line."""

    chunks: tuple[Chunk, ...]
    first: int
    last: int
    height: float
    is_drawn: bool = False
    """A fill or pieces of rules show its extent."""

    @property
    def middle(self) -> float:
        return merge_boxes(tuple(chunk.box for chunk in self.chunks)).middle_x


def read_head(
    lines: Sequence[TextLine], columns: Columns, cells: Sequence[Box], spaced: SpacedOptions
) -> Head:
    """Return the headings of some lines.

    A heading covers several columns where a fill or a rule as wide says so, where it runs across
    their borders, or where it stands in the middle above their own headings.

    Args:
        lines: The lines of the headings, top to bottom.
        columns: The columns below them.
        cells: Boxes of single cells, as fills and pieces of rules draw them.
        spaced: Tolerances.
    """
    if not lines:
        return Head(headings=(), heights=(), row_count=0)
    items = [item for line in lines for item in _items(line, columns, cells)]
    spanners: list[_Item] = []
    for line in lines:
        here = [item for item in items if item.height == line.middle]
        more = [_goes_on(item, spanners, columns) for item in here]
        for item, above in zip(here, more, strict=True):
            if above is not None:
                items.remove(item)
                spanners.remove(above)
                spanners.append(replace(above, chunks=(*above.chunks, *item.chunks)))
        here = [item for item, above in zip(here, more, strict=True) if above is None]
        below = [
            item
            for item in items
            if item.height > line.middle + 0.8 * line.size and not _is_tall(item, items, spaced)
        ]
        bounds = [(s.first, s.last) for s in spanners]
        spanners += _spanners(here, below, bounds, columns, spaced)
    covering = {chunk for item in spanners for chunk in item.chunks}
    leaves = [item for item in items if covering.isdisjoint(item.chunks)]
    levels = _levels(spanners, lines[0].size, spaced)
    count = len(levels) + 1
    over = [_spanning(s, spanners, levels) for s in spanners]
    headings = _with_low_leaves(over, _leaf_headings(leaves, spanners, levels, columns))
    return Head(headings=tuple(headings), heights=_heights(levels, items), row_count=count)


def _items(line: TextLine, columns: Columns, cells: Sequence[Box]) -> list[_Item]:
    """Return the headings of a line; spread letters in one column are one heading."""
    found: list[_Item] = []
    for chunk in line.chunks:
        drawn = drawn_span(chunk, columns, cells)
        first, last = drawn or covered_by(columns, chunk)
        if found and (found[-1].first, found[-1].last) == (first, last):
            found[-1] = replace(found[-1], chunks=(*found[-1].chunks, chunk))
        else:
            found.append(
                _Item(
                    chunks=(chunk,),
                    first=first,
                    last=last,
                    height=line.middle,
                    is_drawn=drawn is not None,
                )
            )
    return found


def drawn_span(chunk: Chunk, columns: Columns, cells: Sequence[Box]) -> tuple[int, int] | None:
    """Return the columns of the smallest drawn cell around a text, if any."""
    box = chunk.box
    around = [c for c in cells if c.holds(box.middle_x, box.middle_y) and _is_part(c, columns)]
    for cell in sorted(around, key=lambda cell: cell.width):
        inside = [
            index
            for index in range(columns.count)
            if cell.x0 - 3 <= columns.borders[index] and columns.borders[index + 1] <= cell.x1 + 3
        ]
        if inside:
            return inside[0], inside[-1]
    return None


def _is_tall(item: _Item, items: Sequence[_Item], spaced: SpacedOptions) -> bool:
    """Tell whether a heading stands alone in its columns, in the middle of all heading rows."""
    heights = [other.height for other in items]
    middle = (min(heights) + max(heights)) / 2
    em = item.chunks[0].size
    if max(heights) - middle < 0.5 * em or abs(item.height - middle) > 0.4 * em:
        return False
    return not any(
        other.first <= item.last and item.first <= other.last
        for other in items
        if other.height > item.height + 0.3 * em
    )


def _is_part(cell: Box, columns: Columns) -> bool:
    return cell.width < columns.borders[-1] - columns.borders[0] - 6


def _is_same(one: _Item, other: _Item) -> bool:
    return one.chunks == other.chunks


def _goes_on(item: _Item, spanners: Sequence[_Item], columns: Columns) -> _Item | None:
    """Return the heading above several others whose second line this is, if any.

    It follows closely and stands in the middle of the same columns.
    """
    em = item.chunks[0].size
    for above in spanners:
        step = item.chunks[0].box.middle_y - above.chunks[-1].box.middle_y
        middle = (columns.borders[above.first] + columns.borders[above.last + 1]) / 2
        is_inside = above.first <= item.first and item.last <= above.last
        if is_inside and 0 < step < _SECOND_LINE * em and abs(item.middle - middle) < em:
            return above
    return None


def _with_low_leaves(over: Sequence[Heading], leaves: Sequence[Heading]) -> list[Heading]:
    """Return the headings with those of the lowest line in the lowest row alone.

    What covers them from above reaches down to it: where they had two rows, they would stand in
    the middle of both.
    """
    floor = max((leaf.box.y1 for leaf in leaves), default=0.0)

    def is_low(leaf: Heading) -> bool:
        em = leaf.chunks[0].size
        return leaf.row_span > 1 and leaf.row > 0 and floor - leaf.box.y1 < _LOW * em

    low = [leaf for leaf in leaves if is_low(leaf)]
    reaching: list[Heading] = []
    for heading in over:
        foot = heading.row + heading.row_span
        below = [leaf for leaf in leaves if leaf.row == foot and _is_over(heading, leaf)]
        if below and all(leaf in low for leaf in below):
            more = min(leaf.row_span for leaf in below) - 1
            reaching.append(replace(heading, row_span=heading.row_span + more))
        else:
            low = [leaf for leaf in low if leaf not in below]
            reaching.append(heading)
    lowered = [
        replace(leaf, row=leaf.row + leaf.row_span - 1, row_span=1) if leaf in low else leaf
        for leaf in leaves
    ]
    return [*reaching, *lowered]


def _is_over(heading: Heading, leaf: Heading) -> bool:
    return heading.col <= leaf.col < heading.col + heading.col_span


def _spanners(
    here: Sequence[_Item],
    below: Sequence[_Item],
    bounds: Sequence[tuple[int, int]],
    columns: Columns,
    spaced: SpacedOptions,
) -> list[_Item]:
    """Return the headings of a line that stand above several headings, with their columns.

    None reaches over the end of a heading above it; `bounds` are the columns of those.
    """
    lower = {col: item for item in below for col in range(item.first, item.last + 1)}
    cols = sorted(lower)
    drawn = [
        item for item in here if item.is_drawn and any(item.first <= c <= item.last for c in cols)
    ]
    loose = [item for item in here if not any(_is_same(item, d) for d in drawn)]
    cols = [c for c in cols if not any(d.first <= c <= d.last for d in drawn)]
    groups = _best_groups(loose, cols, lower, bounds, columns, spaced)
    found = [item for item in drawn if item.first < item.last]
    for item, group in groups:
        if len(group) > 1:
            found.append(replace(item, first=group[0], last=group[-1]))
    return found


def _best_groups(
    items: Sequence[_Item],
    cols: Sequence[int],
    lower: dict[int, _Item],
    bounds: Sequence[tuple[int, int]],
    columns: Columns,
    spaced: SpacedOptions,
) -> list[tuple[_Item, tuple[int, ...]]]:
    """Share columns among the headings above them so that each stands in the middle of its own.

    The middle is that between the outer headings below, or that of the columns' fields.
    """

    @cache
    def best(index: int, number: int) -> tuple[float, tuple[tuple[int, int, int], ...]]:
        if index >= len(cols) or number >= len(items):
            return _FREE_COST * (len(cols) - index), ()
        skipped = best(index, number + 1)
        free = best(index + 1, number)
        options = [(skipped[0] + _FREE_COST, skipped[1]), (free[0] + _FREE_COST, free[1])]
        item = items[number]
        em = item.chunks[0].size
        for end in range(index, len(cols)):
            if cols[end] - cols[index] != end - index:
                break
            if any(_crosses((cols[index], cols[end]), bound) for bound in bounds):
                continue
            if item.first < item.last and not cols[index] <= item.first <= item.last <= cols[end]:
                continue
            texts = (lower[cols[index]].middle + lower[cols[end]].middle) / 2
            fields = (columns.borders[cols[index]] + columns.borders[cols[end] + 1]) / 2
            off = min(abs(texts - item.middle), abs(fields - item.middle)) / em
            if off <= spaced.head_offset:
                rest = best(end + 1, number + 1)
                options.append((rest[0] + off, ((number, index, end), *rest[1])))
        return min(options)

    return [(items[number], tuple(cols[start : end + 1])) for number, start, end in best(0, 0)[1]]


def _crosses(group: tuple[int, int], bound: tuple[int, int]) -> bool:
    """Tell whether columns are partly but not all among those of a heading above."""
    is_apart = group[1] < bound[0] or bound[1] < group[0]
    return not is_apart and not (bound[0] <= group[0] and group[1] <= bound[1])


def _levels(spanners: Sequence[_Item], em: float, spaced: SpacedOptions) -> list[float]:
    """Return the heights of the lines of headings that cover others."""
    levels: list[float] = []
    for height in sorted({item.height for item in spanners}):
        if not levels or height - levels[-1] > spaced.level * em:
            levels.append(height)
    return levels


def _level_of(item: _Item, levels: Sequence[float]) -> int:
    return min(range(len(levels)), key=lambda index: abs(levels[index] - item.height))


def _top_row(
    first: int, last: int, before: int, spanners: Sequence[_Item], levels: Sequence[float]
) -> int:
    """Return the row below the lowest heading that covers some columns."""
    rows = [_level_of(s, levels) + 1 for s in spanners if s.first <= last and first <= s.last]
    return max((row for row in rows if row <= before), default=0)


def _spanning(item: _Item, spanners: Sequence[_Item], levels: Sequence[float]) -> Heading:
    level = _level_of(item, levels)
    row = _top_row(item.first, item.last, level, spanners, levels)
    return Heading(
        chunks=item.chunks,
        row=row,
        col=item.first,
        row_span=level - row + 1,
        col_span=item.last - item.first + 1,
    )


def _leaf_headings(
    leaves: Sequence[_Item],
    spanners: Sequence[_Item],
    levels: Sequence[float],
    columns: Columns,
) -> list[Heading]:
    """Return the lowest headings; lines above each other in one column are one heading."""
    texts: dict[tuple[int, int], list[_Item]] = {}
    for item in sorted(leaves, key=lambda item: item.height):
        home = next(
            (k for k in texts if k[0] <= item.last and item.first <= k[1]), (item.first, item.last)
        )
        members = [*texts.pop(home, []), item]
        texts[min(home[0], item.first), max(home[1], item.last)] = members
    found = []
    taken = {col for key in texts for col in range(key[0], key[1] + 1)}
    for (first, last), members in texts.items():
        first, last = _widened(first, last, members, taken, columns)
        row = _top_row(first, last, len(levels), spanners, levels)
        found.append(
            Heading(
                chunks=tuple(chunk for member in members for chunk in member.chunks),
                row=row,
                col=first,
                row_span=len(levels) + 1 - row,
                col_span=last - first + 1,
            )
        )
    return found


def _widened(
    first: int, last: int, members: Sequence[_Item], taken: set[int], columns: Columns
) -> tuple[int, int]:
    """Return the columns of a heading, with a neighbour without one if it stands amid both."""
    box = merge_boxes(tuple(chunk.box for member in members for chunk in member.chunks))
    em = members[0].chunks[0].size

    def off(start: int, end: int) -> float:
        return abs((columns.borders[start] + columns.borders[end + 1]) / 2 - box.middle_x)

    for start, end in ((first - 1, last), (first, last + 1)):
        new = start if start < first else end
        if not 0 <= new < columns.count or new in taken:
            continue
        is_serial = new == 0 and columns.borders[1] - columns.borders[0] < _SERIAL_WIDTH * em
        gain = off(first, last) - off(start, end)
        if gain > (-0.3 if is_serial else 0.3) * em:
            taken.add(new)
            return start, end
    return first, last


def _heights(levels: Sequence[float], items: Sequence[_Item]) -> tuple[float, ...]:
    """Return the borders between the heading rows: halfway to the next text below."""
    found = []
    for level in levels:
        lower = [item.height for item in items if item.height > level + 1]
        below = [h for h in levels if h > level + 1] or [max(lower, default=level + 10)]
        found.append((level + below[0]) / 2)
    return tuple(found)
