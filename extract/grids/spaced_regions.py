"""Where on a page rows of a table without rules stand: runs of lines whose gaps line up."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from extract.grids.ruled_shapes import Box, Rule, merge_boxes
from extract.grids.spaced_hints import Frame, Hints
from extract.grids.spaced_lines import TextLine, inner_gaps
from extract.grids.spaced_options import SpacedOptions

Span = tuple[float, float]

_ROWS_ABOVE = 12
"""Lines above a stripe in which the table can begin."""


@dataclass(frozen=True, kw_only=True)  # no slots: it keeps its em
class Region:
    """Lines that may be a table, with the rules and fills among them."""

    lines: tuple[TextLine, ...]
    box: Box
    rules: tuple[Rule, ...]
    """Level rules between the lines or right at them, joined."""
    pieces: tuple[Rule, ...]
    fills: tuple[Box, ...]
    frame: Frame | None = None
    """The rules or stripes that say that this is a table."""

    @cached_property
    def size(self) -> float:
        """The em of most lines."""
        sizes = sorted(line.size for line in self.lines)
        return sizes[len(sizes) // 2]


def find_regions(
    lines: Sequence[TextLine], frames: Sequence[Frame], hints: Hints, spaced: SpacedOptions
) -> Iterator[Region]:
    """Yield the regions of a page: what rules and stripes frame first, then what lines up."""
    free = list(lines)
    for frame in frames:
        inside = [line for line in (_within(line, frame.box) for line in free) if line]
        if len(inside) < 2:
            continue
        places = [index for index, line in enumerate(free) if _within(line, frame.box)]
        before = list(_clipped(free[: places[0]], frame.box))
        after = list(_clipped(free[places[-1] + 1 :], frame.box))
        more: list[TextLine] = []
        if not frame.is_closed or not any(line.has_values for line in inside):
            more = _grown(inside, after, spaced)
        heads: list[TextLine] = []
        if not frame.is_closed:
            heads = _reaching([*before, *inside], len(before), spaced)
        if inside[0].has_values and not heads:
            heads = _above(inside, before)
        inside = [*heads, *inside, *more]
        taken = {id(chunk) for line in inside for chunk in line.chunks}
        free = [line for line in (_without(line, taken) for line in free) if line.chunks]
        yield _region(inside, hints, frame)
    index = 0
    while index < len(free):
        run = _run(free, index, spaced)
        if len(run) > 1:
            yield _region([*_above(run, free[:index]), *run], hints, None)
        index = max(index + 1, index + len(run))


def _reaching(lines: Sequence[TextLine], first: int, spaced: SpacedOptions) -> list[TextLine]:
    """Return rows above the first striped one that go on into it, with their headings."""
    for index in range(max(0, first - _ROWS_ABOVE), first):
        if len(_run(lines, index, spaced)) > first - index:
            run = lines[index:first]
            return [*_above(run, lines[:index]), *run]
    return []


def _within(line: TextLine, box: Box) -> TextLine | None:
    if not box.y0 <= line.middle <= box.y1:
        return None
    inside = tuple(c for c in line.chunks if box.x0 - 3 <= c.box.middle_x <= box.x1 + 3)
    return TextLine(chunks=inside) if inside else None


def _clipped(lines: Iterable[TextLine], box: Box) -> Iterator[TextLine]:
    """Yield what of some lines stands above or below a box; whole lines where that is cut off."""
    for line in lines:
        inside = tuple(c for c in line.chunks if box.x0 - 3 <= c.box.middle_x <= box.x1 + 3)
        near = [c for c in line.chunks if box.x0 - 3 < c.box.x1 and c.box.x0 < box.x1 + 3]
        if any(c.box.x0 < box.x0 - 3 or box.x1 + 3 < c.box.x1 for c in near):
            yield line
        elif inside:
            yield TextLine(chunks=inside)


def _without(line: TextLine, taken: Set[int]) -> TextLine:
    kept = tuple(chunk for chunk in line.chunks if id(chunk) not in taken)
    return line if len(kept) == len(line.chunks) else TextLine(chunks=kept)


def _region(lines: Sequence[TextLine], hints: Hints, frame: Frame | None) -> Region:
    box = merge_boxes(tuple(line.box for line in lines))
    if frame is not None:
        box = merge_boxes((box, frame.box))
    reach = lines[0].size
    near = [r for r in hints.rules if _is_at(r, box, reach) and r.length <= 1.2 * box.width]
    fills = tuple(fill for fill in hints.fills if box.holds(fill.middle_x, fill.middle_y))
    return Region(
        lines=tuple(lines),
        box=_with_borders(box, near, fills),
        rules=tuple(near),
        pieces=tuple(piece for piece in hints.pieces if _is_at(piece, box, reach)),
        fills=fills,
        frame=frame,
    )


def _is_at(rule: Rule, box: Box, reach: float) -> bool:
    is_beside = rule.end < box.x0 or rule.start > box.x1
    return box.y0 - reach <= rule.position <= box.y1 + reach and not is_beside


def _with_borders(box: Box, rules: Sequence[Rule], fills: Sequence[Box]) -> Box:
    ends = [Box(x0=r.start, y0=r.position, x1=r.end, y1=r.position) for r in rules]
    return merge_boxes((box, *ends, *fills))


def _run(lines: Sequence[TextLine], first: int, spaced: SpacedOptions) -> list[TextLine]:
    """Return the lines from `first` on whose gaps line up, with headings above; or nothing."""
    if not _is_seed(lines[first]):
        return [lines[first]]
    below = _grown([lines[first]], lines[first + 1 :], spaced)
    return [lines[first], *below]


def _above(run: Sequence[TextLine], before: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of headings that stand right above the first full line.

    A single text above is a heading unless it stands where a caption does: at the left end, or in
    the middle of the whole table.
    """
    box = merge_boxes(tuple(line.box for line in run))
    em = run[0].size
    top = box.y0
    kept: list[TextLine] = []
    for line in reversed(before):
        gap = top - line.box.y1
        is_inside = box.x0 - em <= line.box.x0 and line.box.x1 <= box.x1 + em
        if gap > em or line.is_barred or not is_inside or line.has_values:
            break
        is_caption = line.box.x0 < box.x0 + em or abs(line.box.middle_x - box.middle_x) < em
        if len(line.chunks) < 2 and gap > 0 and (is_caption or gap > 0.7 * em):
            break
        kept.insert(0, line)
        top = min(top, line.box.y0)
    return kept


def _is_seed(line: TextLine) -> bool:
    return len(line.chunks) > 2 and not line.is_barred


def _grown(
    start: Sequence[TextLine], following: Sequence[TextLine], spaced: SpacedOptions
) -> list[TextLine]:
    """Return the following lines that go on with the table."""
    rivers = _rivers_of(start, spaced)
    kept: list[TextLine] = []
    pending: list[TextLine] = []
    last = start[-1]
    for line in following:
        em = max(line.size, last.size)
        if line.box.y0 - last.box.y1 > spaced.row_gap * em or line.is_barred:
            break
        common = [gap for gap in _common(rivers, line) if gap[1] - gap[0] >= spaced.river * em]
        if len(line.chunks) > 1 and len(common) > 1 and 2 * len(common) >= len(rivers):
            kept += [*pending, line]
            pending, rivers = [], common
        elif len(common) == len(rivers) or _is_inset(line, last, rivers, common):
            pending.append(line)
        else:
            break
        last = line
    return [*kept, *_tail(pending, kept[-1] if kept else start[-1], spaced)]


def _is_inset(
    line: TextLine, last: TextLine, rivers: Sequence[Span], common: Sequence[Span]
) -> bool:
    """Tell whether a line next to a row is a label beside it that runs over some columns."""
    is_overlapping = line.box.y0 < last.box.y1
    return is_overlapping and len(common) >= max(2, len(rivers) - 2)


def _tail(pending: Sequence[TextLine], last: TextLine, spaced: SpacedOptions) -> Iterator[TextLine]:
    """Yield lines after the last row that belong to its cells: they follow it closely."""
    for line in pending:
        if line.middle - last.middle > spaced.line_pitch * line.size or len(line.chunks) > 2:
            return
        yield line
        last = line


def _rivers_of(lines: Sequence[TextLine], spaced: SpacedOptions) -> list[Span]:
    """Return the gaps that most of the first lines share."""
    full = max(lines, key=lambda line: len(line.chunks))
    rivers: list[Span] = inner_gaps(full)
    for line in lines:
        common = [
            gap for gap in _common(rivers, line) if gap[1] - gap[0] >= spaced.river * line.size
        ]
        if len(common) > 1 and 2 * len(common) >= len(rivers):
            rivers = common
    return rivers


def _common(rivers: Sequence[Span], line: TextLine) -> Iterator[Span]:
    """Yield the widest part of each river that the chunks of a line leave free."""
    for start, end in rivers:
        edges = [start]
        for chunk in line.chunks:
            if chunk.box.x1 > start and chunk.box.x0 < end:
                edges += [max(start, chunk.box.x0), min(end, chunk.box.x1)]
        edges.append(end)
        spans = list(zip(edges[::2], edges[1::2], strict=True))
        yield max(spans, key=lambda span: span[1] - span[0])
