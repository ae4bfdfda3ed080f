"""Tables that rows without upright rules interrupt: a heading over a group of rows, centred."""

from collections.abc import Iterable, Sequence

from extract.grids.ruled_networks import Network
from extract.grids.ruled_shapes import Box, Glyph, merge_boxes
from extract.options import GridOptions

_TALLEST = 4.0
"""Ems between the rules above and below such a heading."""
_WIDEST_GAP = 100.0
"""Points between two such rules at most; no heading is larger."""
_OFF_MIDDLE = 1.0
"""Ems by which it may stand off the middle."""
_LEVEL = 0.45


def join_sections(
    networks: Iterable[Network], glyphs: Sequence[Glyph], options: GridOptions
) -> tuple[Network, ...]:
    """Return the networks with those joined that only a centred heading parts.

    Both have the same extent and share their upright rules. A caption between two tables stands
    at the left, and a note of the unit at the right.
    """
    joined: list[Network] = []
    for network in sorted(networks, key=lambda network: network.box.y0):
        for index, upper in enumerate(joined):
            if _are_one(upper, network, glyphs, options):
                joined[index] = Network(
                    across=(*upper.across, *network.across), down=(*upper.down, *network.down)
                )
                break
        else:
            joined.append(network)
    return tuple(joined)


def _are_one(upper: Network, lower: Network, glyphs: Sequence[Glyph], options: GridOptions) -> bool:
    one, other = upper.box, lower.box
    if max(abs(one.x0 - other.x0), abs(one.x1 - other.x1)) > options.snap:
        return False
    if not 0 < other.y0 - one.y1 <= _WIDEST_GAP:
        return False
    if not _share_columns(upper, lower, options):
        return False
    between = Box(x0=one.x0, y0=one.y1, x1=one.x1, y1=other.y0)
    if not _holds_heading(between, glyphs):
        return False
    return _first_row(upper, glyphs, options) != _first_row(lower, glyphs, options)


def _first_row(network: Network, glyphs: Sequence[Glyph], options: GridOptions) -> list[str]:
    """Return the characters above the second rule: another table repeats its headings."""
    box = network.box
    heights = sorted(r.position for r in network.across if r.position > box.y0 + options.snap)
    row = Box(x0=box.x0, y0=box.y0, x1=box.x1, y1=heights[0] if heights else box.y1)
    inside = [g for g in glyphs if g.text.strip() and row.holds(g.box.middle_x, g.box.middle_y)]
    return sorted(glyph.text for glyph in inside)


def _share_columns(upper: Network, lower: Network, options: GridOptions) -> bool:
    """Tell whether each upright rule of the network with fewer continues one of the other's."""
    fewer, more = sorted(
        ({rule.position for rule in network.down} for network in (upper, lower)), key=len
    )
    return len(fewer) > 1 and all(
        any(abs(position - other) <= options.snap for other in more) for position in fewer
    )


def _holds_heading(between: Box, glyphs: Sequence[Glyph]) -> bool:
    """Tell whether one line of text stands in the middle of a box, both ways."""
    inside = [
        glyph
        for glyph in glyphs
        if glyph.text.strip() and between.holds(glyph.box.middle_x, glyph.box.middle_y)
    ]
    if not inside:
        return False
    em = max(glyph.size for glyph in inside)
    line = merge_boxes(tuple(glyph.box for glyph in inside))
    heights = [glyph.box.middle_y for glyph in inside]
    return (
        between.height <= _TALLEST * em
        and max(heights) - min(heights) <= _LEVEL * em
        and line.x0 > between.x0 + em
        and abs(line.middle_x - between.middle_x) <= _OFF_MIDDLE * em
        and abs(line.middle_y - between.middle_y) <= _OFF_MIDDLE * em
    )
