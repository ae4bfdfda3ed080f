"""Tables drawn as filled cells with white between them: their sides are the rules."""

from collections.abc import Iterator, Sequence

from extract.grids.ruled_edges import join_rules, outline
from extract.grids.ruled_networks import Network, gather_touching
from extract.grids.ruled_shapes import Box, merge_boxes
from extract.options import GridOptions

_SMALLEST = 5.0
"""Points from which a fill can be a cell; thinner ones are rules and strips of gradients."""
_COVERED = 0.8
"""Share of a table that its cells cover."""
_LEAST_CELLS = 6


def tile_networks(
    fills: Sequence[Box], taken: Sequence[Box], options: GridOptions
) -> Iterator[Network]:
    """Yield the sides of filled cells that stand close together in rows and columns.

    Args:
        fills: All fills of a page.
        taken: Boxes of tables whose rules are drawn.
        options: How far two sides of one border may be apart.
    """
    tiles = [
        fill
        for fill in fills
        if min(fill.width, fill.height) >= _SMALLEST
        and not any(box.holds(fill.middle_x, fill.middle_y) for box in taken)
    ]
    if len(tiles) < _LEAST_CELLS or len(tiles) > options.most_rules:
        return
    for group in gather_touching(tiles, options.snap):
        if _is_tiled(group, options.snap):
            sides = [side for tile in group for side in outline(tile)]
            yield Network(
                across=join_rules(sides, "h", options), down=join_rules(sides, "v", options)
            )


def _is_tiled(tiles: Sequence[Box], gap: float) -> bool:
    """Tell whether fills cover their box one beside and one below the other, none over another."""
    if len(tiles) < _LEAST_CELLS:
        return False
    area = sum(tile.area for tile in tiles)
    whole = merge_boxes(tuple(tiles)).area
    if not _COVERED * whole <= area <= 1.02 * whole:
        return False
    beside = sum(any(_follows(t, o, gap) for o in tiles) for t in tiles)
    below = sum(any(_is_under(t, o, gap) for o in tiles) for t in tiles)
    return 2 * beside >= len(tiles) and 2 * below >= len(tiles)


def _follows(left: Box, right: Box, gap: float) -> bool:
    return abs(right.x0 - left.x1) <= gap and left.y0 < right.middle_y < left.y1


def _is_under(upper: Box, lower: Box, gap: float) -> bool:
    return abs(lower.y0 - upper.y1) <= gap and upper.x0 < lower.middle_x < upper.x1
