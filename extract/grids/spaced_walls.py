"""Level rules and stripes as borders of rows: which rows each text of a table covers by them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.grids.ruled_shapes import Box, Rule, merge_boxes
from extract.grids.spaced_columns import Columns, covered_by
from extract.grids.spaced_heads import Head
from extract.grids.spaced_lines import Chunk, TextLine, gather_bands
from extract.grids.spaced_regions import Region

_COVERED = 0.6
"""Share of a column, or of the table, that a border runs along."""
_SAME_HEIGHT = 3.0
"""Points between two heights that are one border."""
_WIDE_STEP = 0.8
"""Ems of white between two lines that are two rows."""
_TEXT_ROWS = 3
"""Rows that a table without values has at least."""
_THROUGH = 0.7
"""Share of the borders that run through a table without values."""
_TILED = 0.8
"""Share of a table that its fills cover where each cell has its own."""
_SEVERAL_ROWS = 0.1
"""Share of the cells of values that may hold several values below each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A height at which rules or the ends of fills run."""

    y: float
    spans: tuple[tuple[float, float], ...]
    """From left to right; they do not overlap."""

    def share(self, start: float, end: float) -> float:
        """Return how much of a horizontal extent the level runs along, 0 to 1."""
        along = sum(max(0.0, min(b, end) - max(a, start)) for a, b in self.spans)
        return along / (end - start) if end > start else 0.0

    def covers(self, start: float, end: float) -> bool:
        """Tell whether the level is a border for what stands in a horizontal extent."""
        return self.share(start, end) >= _COVERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The rows and columns of a cell's text; both ends count."""

    row: int
    last_row: int
    col: int
    last_col: int

    def meets(self, other: "Field") -> bool:
        """Tell whether two fields share a row and a column."""
        return (
            self.row <= other.last_row
            and other.row <= self.last_row
            and self.col <= other.last_col
            and other.col <= self.last_col
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """The rows that rules or stripes part, column by column."""

    ys: tuple[float, ...]
    """Borders of the rows, top to bottom."""
    parts: tuple[frozenset[int], ...]
    """For each column the numbers of the borders that part it, outer ones included."""

    @property
    def row_count(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    def rows_at(self, col: int, y: float) -> tuple[int, int]:
        """Return the first and last row of the column between the borders around a height."""
        above = [n for n in self.parts[col] if self.ys[n] <= y and n < self.row_count]
        first = max(above, default=0)
        return first, min(n for n in self.parts[col] if n > first) - 1

    def ranges(self, col: int) -> list[tuple[int, int]]:
        """Return the first and last rows of all cells of a column, top to bottom."""
        return [(upper, lower - 1) for upper, lower in pairwise(sorted(self.parts[col]))]


def levels_of(region: Region) -> tuple[Level, ...]:
    """Return the heights of rules and of the ends of fills in a region, top to bottom."""
    return _levels(region.rules, region.fills)


def _levels(rules: Iterable[Rule], fills: Iterable[Box]) -> tuple[Level, ...]:
    marks = [(r.position, r.start, r.end) for r in rules]
    marks += [(y, fill.x0, fill.x1) for fill in fills for y in (fill.y0, fill.y1)]
    groups: list[list[tuple[float, float, float]]] = []
    for mark in sorted(marks):
        if groups and mark[0] - groups[-1][0][0] <= _SAME_HEIGHT:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return tuple(_level(group) for group in groups)


def _level(marks: Sequence[tuple[float, float, float]]) -> Level:
    longest = max(marks, key=lambda mark: mark[2] - mark[1])
    spans: list[tuple[float, float]] = []
    for start, end in sorted((start, end) for _, start, end in marks):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return Level(y=longest[0], spans=tuple(spans))


def separators_of(region: Region, levels: Sequence[Level]) -> tuple[float, ...]:
    """Return the heights of the levels that run through most of the table."""
    return tuple(level.y for level in levels if level.covers(region.box.x0, region.box.x1))


def read_walls(region: Region, columns: Columns) -> Walls:
    """Return the borders of rows that rules draw in the columns, or fills that leave no gaps.

    Stripes do not part a merged cell from an unfilled row below it; cells filled one by one do.
    """
    box = region.box
    is_tiled = sum(fill.area for fill in region.fills) >= _TILED * box.area
    inner = [
        level
        for level in _levels(region.rules, region.fills if is_tiled else ())
        if box.y0 + _SAME_HEIGHT < level.y < box.y1 - _SAME_HEIGHT
        and any(level.covers(left, right) for left, right in pairwise(columns.borders))
    ]
    ys = (box.y0, *(level.y for level in inner), box.y1)
    parts = tuple(
        frozenset(
            {0, len(ys) - 1}
            | {n for n, level in enumerate(inner, start=1) if level.covers(left, right)}
        )
        for left, right in pairwise(columns.borders)
    )
    return Walls(ys=ys, parts=parts)


def part_all_rows(
    walls: Walls, body: Sequence[TextLine], columns: Columns, values: frozenset[int]
) -> bool:
    """Tell whether the borders part all rows, not only groups of them.

    Then most borders run through several columns, and hardly a cell holds values below each
    other. Where no column holds values, borders run through the whole table and part three rows
    or more, each column has a text in most of them, and no two lines between two borders stand
    further apart than the lines of one cell do.
    """
    if walls.row_count < 3 or not _run_through(walls):
        return False
    if not values:
        return _is_grid_of_text(walls, body, columns) and not _has_wide_steps(walls, body)
    counts: defaultdict[tuple[int, int], int] = defaultdict(int)
    for chunk in (chunk for line in body for chunk in line.chunks):
        first, last = covered_by(columns, chunk)
        if first == last and first in values and chunk.is_value and chunk.text[0] not in "([":
            counts[first, walls.rows_at(first, chunk.box.middle_y)[0]] += 1
    several = sum(count > 1 for count in counts.values())
    return len(counts) > 1 and several <= _SEVERAL_ROWS * len(counts)


def _run_through(walls: Walls) -> bool:
    """Tell whether most borders run through a third of the columns or more, and through two."""
    inner = range(1, walls.row_count)
    least = max(2, len(walls.parts) / 3)
    wide = sum(sum(n in part for part in walls.parts) >= least for n in inner)
    return 2 * wide >= len(inner)


def _is_grid_of_text(walls: Walls, body: Sequence[TextLine], columns: Columns) -> bool:
    """Tell whether nearly all borders run through the table and all columns have texts."""
    through = frozenset.intersection(*walls.parts)
    if len(through) < max(_TEXT_ROWS + 1, _THROUGH * len(walls.ys)):
        return False
    filled: defaultdict[int, set[int]] = defaultdict(set)
    for chunk in (chunk for line in body for chunk in line.chunks):
        for col in range(covered_by(columns, chunk)[0], covered_by(columns, chunk)[1] + 1):
            filled[col].add(walls.rows_at(col, chunk.box.middle_y)[0])
    return all(2 * len(filled[col]) >= len(walls.ranges(col)) - 1 for col in range(columns.count))


def _has_wide_steps(walls: Walls, body: Sequence[TextLine]) -> bool:
    through = frozenset.intersection(*walls.parts)
    borders = [walls.ys[n] for n in sorted(through)]
    bands = gather_bands(body)
    return any(
        lower.box.y0 - upper.box.y1 > _WIDE_STEP * lower.size
        and not any(upper.middle < y < lower.middle for y in borders)
        for upper, lower in pairwise(bands)
    )


def heading_fields(head: Head, walls: Walls) -> dict[Field, list[Chunk]] | None:
    """Return the headings in the rows that the borders part; None where they part too few."""
    found: dict[Field, list[Chunk]] = {}
    for heading in head.headings:
        for chunk in heading.chunks:
            field = _field(chunk, heading.col, heading.col + heading.col_span - 1, walls)
            found.setdefault(field, []).append(chunk)
    fields = list(found)
    if any(one.meets(other) for n, one in enumerate(fields) for other in fields[:n]):
        return None
    return found


def body_fields(
    body: Iterable[TextLine], walls: Walls, columns: Columns, first_row: int
) -> dict[Field, list[Chunk]]:
    """Return the texts below the headings in the rows that the borders part.

    A text covers the columns it reaches into. Alone between two borders it covers all their
    columns when it reaches over several, or stands in the middle of them and off that of its own.
    """
    found: list[tuple[Field, list[Chunk]]] = []
    for chunk in (chunk for line in body for chunk in line.chunks):
        field = _field(chunk, *covered_by(columns, chunk), walls)
        texts = [chunk]
        for other in [item for item in found if item[0].meets(field)]:
            found.remove(other)
            field = _union(field, other[0])
            texts = [*other[1], *texts]
        found.append((field, texts))
    taken = [field for field, _ in found]
    return {_widened(f, texts, taken, walls, columns, first_row): texts for f, texts in found}


def _field(chunk: Chunk, first: int, last: int, walls: Walls) -> Field:
    """Return the rows that the borders of all its columns leave to a text."""
    ranges = [walls.rows_at(col, chunk.box.middle_y) for col in range(first, last + 1)]
    return Field(
        row=max(top for top, _ in ranges),
        last_row=min(bottom for _, bottom in ranges),
        col=first,
        last_col=last,
    )


def _union(one: Field, other: Field) -> Field:
    return Field(
        row=min(one.row, other.row),
        last_row=max(one.last_row, other.last_row),
        col=min(one.col, other.col),
        last_col=max(one.last_col, other.last_col),
    )


def _widened(
    field: Field,
    texts: Sequence[Chunk],
    taken: Sequence[Field],
    walls: Walls,
    columns: Columns,
    first_row: int,
) -> Field:
    first, last = field.col, field.last_col
    rows = (field.row, field.last_row)

    def is_free(col: int) -> bool:
        beside = replace(field, col=col, last_col=col)
        return rows in walls.ranges(col) and not any(beside.meets(other) for other in taken)

    while first > 0 and is_free(first - 1):
        first -= 1
    while last + 1 < columns.count and is_free(last + 1):
        last += 1
    if (first, last) == (field.col, field.last_col) or field.row < first_row:
        return field
    if field.col < field.last_col:
        is_alone = (first, last) == (0, columns.count - 1)
        return replace(field, col=first, last_col=last) if is_alone else field
    em = texts[0].size
    middle = merge_boxes(tuple(chunk.box for chunk in texts)).middle_x
    own = abs(sum(columns.borders[field.col : field.col + 2]) / 2 - middle)
    fits = [
        (abs((columns.borders[a] + columns.borders[b + 1]) / 2 - middle), a, b)
        for a in range(first, field.col + 1)
        for b in range(field.col, last + 1)
        if b > a
    ]
    off, start, end = min(fits)
    is_amid = off < em / 2 and own > off + em
    return replace(field, col=start, last_col=end) if is_amid else field


def blank_fields(taken: Iterable[Field], walls: Walls, columns: Columns) -> list[Field]:
    """Return the cells between the borders that no text covers."""
    fields = list(taken)
    found = []
    for col in range(columns.count):
        for first, last in walls.ranges(col):
            blank = Field(row=first, last_row=last, col=col, last_col=col)
            if not any(blank.meets(field) for field in fields):
                found.append(blank)
    return found
