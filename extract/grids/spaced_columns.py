"""Columns of a table without rules: white rivers, and borders that fills and rule pieces show."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.grids.ruled_lattice import snap_positions
from extract.grids.spaced_lines import Chunk, TextLine, gather_bands, inner_gaps
from extract.grids.spaced_options import SpacedOptions
from extract.grids.spaced_regions import Region, Span

_TIGHT = 0.5
"""Ems between a heading and those below it on either side, above whose columns it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table, left to right."""

    borders: tuple[float, ...]
    """One more than there are columns."""
    crossings: int = 0
    """Lines that run across some river."""
    is_drawn: bool = False
    """Fills or rule pieces show all inner borders."""
    known: dict[tuple[float, float, float], tuple[int, int]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What was asked before: every text is placed many times while rows are found."""

    @property
    def count(self) -> int:
        """Number of columns."""
        return len(self.borders) - 1

    def covered(self, start: float, end: float, margin: float) -> tuple[int, int]:
        """Return the first and last column that a text covers by more than `margin`."""
        asked = (start, end, margin)
        if asked not in self.known:
            self.known[asked] = self._covered(start, end, margin)
        return self.known[asked]

    def _covered(self, start: float, end: float, margin: float) -> tuple[int, int]:
        least = min(margin, 0.45 * (end - start))
        borders = self.borders
        first = max(0, bisect_right(borders, start) - 1)
        last = min(self.count, bisect_left(borders, end)) - 1
        while first <= last and min(end, borders[first + 1]) - max(start, borders[first]) <= least:
            first += 1
        while last >= first and min(end, borders[last + 1]) - max(start, borders[last]) <= least:
            last -= 1
        if first > last:
            middle = bisect_right(borders, (start + end) / 2) - 1
            first = last = max(0, min(self.count - 1, middle))
        return first, last


def covered_by(columns: Columns, chunk: Chunk) -> tuple[int, int]:
    """Return the first and last column that a chunk stands in."""
    return columns.covered(chunk.box.x0, chunk.box.x1, 0.7 * chunk.size)


def find_columns(
    head: Sequence[TextLine], body: Sequence[TextLine], region: Region, spaced: SpacedOptions
) -> Columns:
    """Return the columns that the rows below the headings show."""
    em = region.size
    rivers = find_rivers(head, body, em, spaced)
    drawn = _drawn_borders(region, spaced)
    box = region.box
    if rivers and all(any(s - 1 <= x <= e + 1 for x in drawn) for s, e in rivers):
        inner = [x for x in drawn if box.x0 + em / 2 < x < box.x1 - em / 2]
        return Columns(
            borders=(box.x0, *inner, box.x1), crossings=_crossings(body, rivers), is_drawn=True
        )
    headings = heading_spans(head, rivers, em)
    texts = [chunk.box for line in body for chunk in line.chunks]
    edges = (min(box.x0 for box in texts), max(box.x1 for box in texts))
    rivers = _with_empty_columns(rivers, headings, edges, spaced.river * em)
    narrow = [_beside_headings(river, n, headings, rivers) for n, river in enumerate(rivers)]
    inner = []
    for (start, end), (left, right) in zip(rivers, narrow, strict=True):
        middle = (left + right) / 2
        inside = [x for x in drawn if start - 1 <= x <= end + 1]
        inner.append(min(inside, key=lambda x: abs(x - middle)) if inside else middle)
    inner += [x for x in drawn if not any(s - em < x < e + em for s, e in rivers)]
    inner = [x for x in inner if box.x0 + em / 2 < x < box.x1 - em / 2]
    return Columns(borders=(box.x0, *sorted(inner), box.x1), crossings=_crossings(body, rivers))


def _crossings(body: Sequence[TextLine], rivers: Sequence[Span]) -> int:
    """Count the lines that run across the middle of some river."""
    return sum(
        any(c.box.x0 < (s + e) / 2 < c.box.x1 for s, e in rivers for c in line.chunks)
        for line in body
    )


def find_rivers(
    head: Sequence[TextLine], lines: Sequence[TextLine], em: float, spaced: SpacedOptions
) -> list[Span]:
    """Return the vertical white rivers below the headings; merged cells may cross them."""
    bands = (*gather_bands(head), *gather_bands(lines))
    edges = sorted({x for line in lines for c in line.chunks for x in (c.box.x0, c.box.x1)})
    allowed = int(spaced.crossed_share * len(lines))
    spans: list[tuple[Span, int]] = []
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        crossed = sum(any(c.box.x0 < middle < c.box.x1 for c in line.chunks) for line in lines)
        if crossed <= allowed:
            spans.append(((left, right), crossed))
    rivers = [river for group in _adjacent(spans) for river in _quietest(group, bands, em, spaced)]
    return _joined_exclusive(rivers, bands)


def _adjacent(spans: Iterable[tuple[Span, int]]) -> list[list[tuple[Span, int]]]:
    groups: list[list[tuple[Span, int]]] = []
    for span in spans:
        if groups and groups[-1][-1][0][1] == span[0][0]:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _quietest(
    group: Sequence[tuple[Span, int]],
    lines: Sequence[TextLine],
    em: float,
    spaced: SpacedOptions,
) -> list[Span]:
    """Return the parts of a valley that the fewest lines cross; none where they part nothing."""
    for most in sorted({crossed for _, crossed in group}):
        low = ((span, 0) for span, crossed in group if crossed <= most)
        runs = [(run[0][0][0], run[-1][0][1]) for run in _adjacent(low)]
        least = max(1, 2 * most)
        rivers = [
            run
            for run in runs
            if run[1] - run[0] >= spaced.river * em
            and sum(_parts(line, run, em) for line in lines) >= least
        ]
        if rivers:
            return rivers
    return []


def _parts(line: TextLine, river: Span, em: float) -> bool:
    """Tell whether a river lies between two texts of a line."""
    return any(
        min(end, river[1]) - max(start, river[0]) > 0.4 * em for start, end in inner_gaps(line)
    )


def _joined_exclusive(rivers: list[Span], bands: Sequence[TextLine]) -> list[Span]:
    """Leave out rivers whose two sides no line fills: indents, and dashes beside numbers."""
    kept = list(rivers)
    index = 0
    while index < len(kept):
        middles = [float("-inf"), *((start + end) / 2 for start, end in kept), float("inf")]
        left, right = (middles[index], middles[index + 1]), (middles[index + 1], middles[index + 2])
        if any(_fills(line, left) and _fills(line, right) for line in bands):
            index += 1
        else:
            del kept[index]
    return kept


def _fills(line: TextLine, span: Span) -> bool:
    return any(span[0] <= c.box.middle_x <= span[1] for c in line.chunks)


def heading_spans(head: Sequence[TextLine], rivers: Sequence[Span], em: float) -> list[Span]:
    """Return the horizontal extents of the lowest headings, left to right.

    A heading above two others covers their columns, as does one above the middle between two
    that stands over no text or leaves no room. One above a single other is its first line; any
    other is a heading of its own.
    """
    leaves: list[Span] = []
    for chunk in (chunk for line in reversed(head) for chunk in line.chunks):
        span = (chunk.box.x0, chunk.box.x1)
        met = [n for n, (start, end) in enumerate(leaves) if start < span[1] and span[0] < end]
        if len(met) == 1:
            start, end = leaves[met[0]]
            leaves[met[0]] = (min(start, span[0]), max(end, span[1]))
        elif not met and not _is_amid(span, leaves, rivers, em):
            leaves.append(span)
    return sorted(leaves)


def _is_amid(span: Span, leaves: Sequence[Span], rivers: Sequence[Span], em: float) -> bool:
    left = max((end for _, end in leaves if end <= span[0]), default=None)
    right = min((start for start, _ in leaves if start >= span[1]), default=None)
    if left is None or right is None:
        return False
    is_centred = abs((left + right) - (span[0] + span[1])) < em
    is_tight = max(span[0] - left, right - span[1]) < _TIGHT * em
    return is_centred and (is_tight or any(s <= span[0] and span[1] <= e for s, e in rivers))


def _with_empty_columns(
    rivers: list[Span], headings: Sequence[Span], edges: Span, margin: float
) -> list[Span]:
    """Part rivers in which a heading stands by itself, or beside all texts: a blank column.

    Only where there are more headings than columns; otherwise it heads a column of dashes.
    """
    for left, right in headings:
        if len(headings) <= len(rivers) + 1:
            return rivers
        if left > edges[1] + margin:
            rivers.append((max(edges[1], rivers[-1][1] if rivers else edges[1]), left))
            edges = (edges[0], right)
            continue
        for index, (start, end) in enumerate(rivers):
            if start + margin < left and right < end - margin:
                rivers[index : index + 1] = [(start, left), (right, end)]
                break
    return rivers


def _beside_headings(
    river: Span, index: int, headings: Sequence[Span], rivers: Sequence[Span]
) -> Span:
    """Return a river narrowed by the headings that reach into it."""
    start, end = river
    if len(headings) == len(rivers) + 1:
        narrow = (max(start, headings[index][1]), min(end, headings[index + 1][0]))
        return narrow if narrow[0] < narrow[1] else river
    for left, right in headings:
        if any(left < (s + e) / 2 < right for s, e in rivers):
            continue
        if (left + right) / 2 < start < right:
            start = right
        elif left < end < (left + right) / 2:
            end = left
    return (start, end) if start < end else river


def _drawn_borders(region: Region, spaced: SpacedOptions) -> list[float]:
    """Return where ends of rule pieces or sides of fills stand, at two heights or more."""
    marks = [(x, piece.position) for piece in region.pieces for x in (piece.start, piece.end)]
    marks += [(x, fill.y0) for fill in region.fills for x in (fill.x0, fill.x1)]
    positions = snap_positions([(x, 1.0) for x, _ in marks], spaced.snap_pt)
    return [
        x
        for x in positions
        if len({round(y) for mark, y in marks if abs(mark - x) <= spaced.snap_pt}) > 1
        and not _cuts_own_text(x, region)
    ]


def _cuts_own_text(x: float, region: Region) -> bool:
    """Tell whether a border runs through texts without a fill that holds them whole."""
    cut = [
        chunk
        for line in region.lines
        for chunk in line.chunks
        if chunk.box.x0 + 1 < x < chunk.box.x1 - 1
        and not any(
            fill.holds(chunk.box.middle_x, chunk.box.middle_y)
            and fill.x0 - 1 <= chunk.box.x0
            and chunk.box.x1 <= fill.x1 + 1
            for fill in region.fills
        )
    ]
    return 2 * len(cut) > len(region.lines)
