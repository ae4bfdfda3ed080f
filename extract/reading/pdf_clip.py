"""What of a page can be seen: shapes cut to its visible area, the same for every engine."""

from collections.abc import Iterable, Iterator

from extract.grids.ruled_shapes import Box, Rule


def clip_box(box: Box, frame: Box) -> Box:
    """Return the part of a box inside of a frame; without area where they do not meet."""
    if frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1:
        return box
    x0, x1 = (max(frame.x0, min(x, frame.x1)) for x in (box.x0, box.x1))
    y0, y1 = (max(frame.y0, min(y, frame.y1)) for y in (box.y0, box.y1))
    return Box(x0=x0, y0=y0, x1=x1, y1=y1)


def clip_fills(fills: Iterable[Box], frame: Box) -> Iterator[Box]:
    """Yield the visible parts of shaded areas."""
    for fill in fills:
        shown = clip_box(fill, frame)
        if shown.area > 0:
            yield shown


def clip_rules(rules: Iterable[Rule], frame: Box) -> Iterator[Rule]:
    """Yield the visible parts of rules; the frame's upper left is the origin."""
    for rule in rules:
        axis, position, start, end = rule
        length, depth = (frame.y1, frame.x1) if axis == "v" else (frame.x1, frame.y1)
        if not 0 <= position <= depth:
            continue
        cut = rule if start >= 0 and end <= length else rule.cut(0.0, length)
        if cut.length >= 0:
            yield cut
