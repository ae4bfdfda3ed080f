"""What rules and fills say about a table without a grid of rules: its extent and some borders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.grids.ruled_edges import join_rules
from extract.grids.ruled_networks import gather_touching
from extract.grids.ruled_shapes import Box, PageShapes, Rule, merge_boxes
from extract.grids.spaced_lines import TextLine
from extract.grids.spaced_options import SpacedOptions
from extract.options import GridOptions

_LOWEST_FILL = 5.0
_SHORTEST_PIECE = 10.0
"""Points from which a piece of a rule can be a cell's border; dots and dashes are shorter."""
_LINES_ALONE = 4
"""Lines of a long cell that stand alone, for each line of several pieces."""

_PROSE_START = 0.15
"""Share of a rule, from its left end, in which a line of prose below it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Level rules and fills outside of the ruled tables of a page."""

    rules: tuple[Rule, ...]
    """Joined, top to bottom."""
    pieces: tuple[Rule, ...]
    """As drawn, dots left out: some producers draw each cell's border by itself."""
    fills: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A part of the page that rules or fills mark as a table."""

    box: Box
    is_closed: bool
    """Rules stand above and below: nothing outside belongs to the table."""


def read_hints(
    page: PageShapes, taken: Sequence[Box], options: GridOptions, spaced: SpacedOptions
) -> Hints:
    """Return the level rules and the fills of a page that no table has taken yet."""
    reach = options.overhang
    held = [(b.x0 - reach, b.x1 + reach, b.y0 - reach, b.y1 + reach) for b in taken]

    def is_free(x: float, y: float) -> bool:
        return not any(x0 <= x <= x1 and y0 <= y <= y1 for x0, x1, y0, y1 in held)

    level = tuple(
        rule
        for rule in page.rules
        if rule.axis == "h" and is_free((rule.start + rule.end) / 2, rule.position)
    )
    pieces = tuple(rule for rule in level if rule.length >= _SHORTEST_PIECE)
    largest = spaced.panel_share * page.width * page.height
    fills = tuple(
        fill
        for fill in page.fills
        if fill.height >= _LOWEST_FILL
        and fill.area < largest
        and is_free(fill.middle_x, fill.middle_y)
    )
    rules = sorted(join_rules(level, "h", options), key=lambda rule: rule.position)
    return Hints(rules=tuple(rules), pieces=pieces, fills=fills)


def find_frames(
    hints: Hints, lines: Sequence[TextLine], width: float, spaced: SpacedOptions
) -> tuple[Frame, ...]:
    """Return the parts of the page between matching rules or under stripes that hold rows."""
    filled = tuple(_fill_frames(hints, lines, width, spaced))
    ruled = (_with_fills(frame, filled) for frame in _rule_frames(hints, lines, width, spaced))
    return (*ruled, *filled)


def _with_fills(frame: Frame, filled: Sequence[Frame]) -> Frame:
    """Return a frame of rules with the stripes that touch it."""
    box = frame.box
    for other in filled:
        same = min(box.x1, other.box.x1) - max(box.x0, other.box.x0) > 0.9 * box.width
        if same and other.box.y0 <= box.y1 + 3 and box.y0 <= other.box.y1 + 3:
            box = merge_boxes((box, other.box))
    return Frame(box=box, is_closed=frame.is_closed)


def _rule_frames(
    hints: Hints, lines: Sequence[TextLine], width: float, spaced: SpacedOptions
) -> Iterable[Frame]:
    wide = [rule for rule in hints.rules if rule.length >= spaced.frame_width * width]
    while wide:
        first = wide[0]
        same = [rule for rule in wide if _is_same_extent(rule, first, spaced)]
        wide = [rule for rule in wide if not _is_same_extent(rule, first, spaced)]
        run: list[Rule] = []
        for upper, lower in pairwise(same):
            if _holds_rows(upper, lower, lines):
                run = [*run, lower] if run else [upper, lower]
                continue
            if run:
                yield _frame(run)
            run = []
        if run:
            yield _frame(run)


def _is_same_extent(one: Rule, other: Rule, spaced: SpacedOptions) -> bool:
    return (
        abs(one.start - other.start) <= spaced.snap_pt
        and abs(one.end - other.end) <= spaced.snap_pt
    )


def _frame(run: Sequence[Rule]) -> Frame:
    box = Box(x0=run[0].start, y0=run[0].position, x1=run[0].end, y1=run[-1].position)
    return Frame(box=box, is_closed=True)


def _holds_rows(upper: Rule, lower: Rule, lines: Sequence[TextLine]) -> bool:
    """Tell whether what stands between two rules are rows: pieces side by side, no prose.

    Two rules with nothing between are one double rule.
    """
    inside = [line for line in lines if upper.position <= line.middle <= lower.position]
    if not inside:
        return lower.position - upper.position <= _LOWEST_FILL
    if any(line.is_barred or _is_prose(line, upper) for line in inside):
        return False
    several = [line for line in inside if len(line.chunks) > 1]
    alone = [line for line in inside if len(line.chunks) == 1 and not _is_beside(line, several)]
    return bool(several) and len(alone) <= _LINES_ALONE * len(several)


def _is_beside(line: TextLine, others: Sequence[TextLine]) -> bool:
    return any(line.box.y0 < o.box.y1 and o.box.y0 < line.box.y1 for o in others)


def _is_prose(line: TextLine, rule: Rule) -> bool:
    """Tell whether a line fills most of its width from the left on; a last column starts later."""
    opens = line.box.x0 - rule.start < _PROSE_START * rule.length
    return len(line.chunks) == 1 and opens and line.box.width > 0.6 * rule.length


def _fill_frames(
    hints: Hints, lines: Sequence[TextLine], width: float, spaced: SpacedOptions
) -> Iterable[Frame]:
    for band in _stacked(gather_touching(hints.fills, spaced.snap_pt), lines, spaced):
        inside = [line for line in lines if band.y0 <= line.middle <= band.y1]
        is_rows = sum(len(line.chunks) > 1 for line in inside) > 1
        if is_rows and band.width >= spaced.frame_width * width:
            yield Frame(box=band, is_closed=False)


def _stacked(
    groups: Sequence[Sequence[Box]], lines: Sequence[TextLine], spaced: SpacedOptions
) -> list[Box]:
    """Stack groups of fills that share their right or left end, one unfilled row between."""
    bands: list[Box] = []
    for box in sorted((merge_boxes(tuple(group)) for group in groups), key=lambda box: box.y0):
        for index, band in enumerate(bands):
            ends = (abs(band.x0 - box.x0), abs(band.x1 - box.x1))
            between = [line for line in lines if band.y1 < line.middle < box.y0]
            is_near = box.y0 - band.y1 <= spaced.snap_pt or _is_row(between)
            if min(ends) <= spaced.snap_pt and is_near:
                bands[index] = merge_boxes((band, box))
                break
        else:
            bands.append(box)
    return bands


def _is_row(lines: Sequence[TextLine]) -> bool:
    """Tell whether some lines are one unfilled row: one line of pieces, and what is beside it."""
    several = [line for line in lines if len(line.chunks) > 1]
    if not several or any(line.is_barred for line in lines):
        return False
    return all(line in several[:1] or _is_beside(line, several[:1]) for line in lines)
