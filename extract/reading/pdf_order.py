"""The order in which the lines and tables of a page are read."""

from collections.abc import Sequence

from extract.options import PdfOptions
from extract.records import Block, Line, Place


def order_blocks(
    blocks: Sequence[Block], width: float, height: float, options: PdfOptions
) -> tuple[Block, ...]:
    """Return the blocks of a page in reading order.

    They are read from top to bottom, and from left to right on one height. A page of two columns
    of text, such as a spread of two pages, is read column by column; what runs across both columns
    comes first or last.
    """
    ordered = sorted(blocks, key=_height_then_side)
    gutter = find_gutter([place_of(block) for block in ordered], width, height, options)
    if gutter is None:
        return tuple(ordered)
    across = [b for b in ordered if crosses(place_of(b), gutter)]
    left = [b for b in ordered if (place_of(b).x1 or 0) <= gutter]
    right = [b for b in ordered if (place_of(b).x0 or 0) >= gutter]
    head = [b for b in across if (place_of(b).y0 or 0) < height / 2]
    foot = [b for b in across if (place_of(b).y0 or 0) >= height / 2]
    return (*head, *left, *right, *foot)


def crosses(place: Place, x: float) -> bool:
    """Tell whether a box lies on both sides of a vertical line."""
    return (place.x0 or 0) < x < (place.x1 or 0)


def place_of(block: Block) -> Place:
    """Return the box of a line or of a table."""
    return block.run.place if isinstance(block, Line) else block.place


def find_gutter(
    places: Sequence[Place], width: float, height: float, options: PdfOptions
) -> float | None:
    """Return the x of the gap between two columns of text; None where the page has one column.

    Nothing between the margins may cross the gap, which lies near the middle of the page, and
    on both sides many pieces must be as wide as running text or tables are: columns of short
    pieces are a table without rules.
    """
    depth = options.margin_share * height
    inner = [p for p in places if (p.y1 or 0) > depth and (p.y0 or 0) < height - depth]
    spans = sorted((p.x0 or 0.0, p.x1 or 0.0) for p in inner)
    for gap_start, gap_end in _gaps(spans):
        middle = (gap_start + gap_end) / 2
        if abs(middle - width / 2) > options.gutter_offset * width:
            continue
        left = [x1 - x0 for x0, x1 in spans if x0 < middle]
        right = [x1 - x0 for x0, x1 in spans if x0 >= middle]
        if _is_text_column(left, width, options) and _is_text_column(right, width, options):
            return middle
    return None


def _is_text_column(widths: Sequence[float], width: float, options: PdfOptions) -> bool:
    """Tell whether at least every third piece fills its half of the page as text does."""
    wide = sum(piece >= options.column_fill * width / 2 for piece in widths)
    return len(widths) > 2 and 3 * wide >= len(widths)


def _gaps(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the horizontal gaps that no span crosses."""
    gaps: list[tuple[float, float]] = []
    reached = spans[0][1] if spans else 0.0
    for x0, x1 in spans:
        if x0 > reached:
            gaps.append((reached, x0))
        reached = max(reached, x1)
    return gaps


def _height_then_side(block: Block) -> tuple[float, float]:
    """Return the sort key of a block: lines by their middle, tables by their upper border.

    Heights are rounded so that the pieces of one printed line stay in their order.
    """
    place = place_of(block)
    if isinstance(block, Line):
        return (round(((place.y0 or 0) + (place.y1 or 0)) / 2), place.x0 or 0)
    return (round(place.y0 or 0), place.x0 or 0)
