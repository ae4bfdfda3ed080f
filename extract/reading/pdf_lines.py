"""Characters of a page or a cell to printed lines, in reading order.

A page has thousands of characters and most pass through here twice, hence the loops that take
records apart once and keep what they need in local names.
"""

from collections.abc import Sequence
from operator import itemgetter

from extract.grids.ruled_shapes import Box, Glyph
from extract.options import PdfOptions


def gather_lines(glyphs: Sequence[Glyph], options: PdfOptions) -> list[list[Glyph]]:
    """Gather characters into lines, top to bottom, each from left to right.

    Text that runs upwards or downwards gives one line for each column of characters, after the
    level lines.
    """
    plain = _plain_lines(glyphs, options)
    if plain is not None:
        return plain
    level = [glyph for glyph in glyphs if glyph.direction == "right"]
    lines = _gather(level, options)
    if len(level) < len(glyphs):
        upright = [glyph for glyph in glyphs if glyph.direction != "right"]
        turned = [_turn(glyph) for glyph in upright]
        originals = dict(zip(map(id, turned), upright, strict=True))
        lines += [[originals[id(glyph)] for glyph in line] for line in _gather(turned, options)]
    return lines


def split_pieces(line: Sequence[Glyph], options: PdfOptions) -> list[list[Glyph]]:
    """Split a line where white space as wide as between columns stands."""
    pieces: list[list[Glyph]] = []
    reached = 0.0
    for glyph in line:
        text, (x0, _, x1, _), size, _ = glyph
        if text.isspace() or not text:
            if pieces:
                pieces[-1].append(glyph)
            continue
        if not pieces or x0 - reached > options.piece_gap * size:
            pieces.append([])
            reached = x1
        pieces[-1].append(glyph)
        reached = max(reached, x1)
    return pieces


def _plain_lines(glyphs: Sequence[Glyph], options: PdfOptions) -> list[list[Glyph]] | None:
    """Return level lines whose characters stand one after the other, as in nearly every cell.

    None where anything has to be put in order or weighed: heights that differ by more than one
    line allows and less than two lines are apart, a step to the left inside of a line, characters
    on nearly the same spot.
    """
    lines: list[list[Glyph]] = []
    highest = lowest = tallest = least = -_FAR  # of the middles and heights of the line
    last_x = last_middle = _FAR
    for glyph in glyphs:
        _, (x0, y0, x1, y1), size, direction = glyph
        if direction != "right":
            return None
        middle, height, across = (y0 + y1) / 2, y1 - y0, (x0 + x1) / 2
        if middle > lowest + options.same_line * max(tallest, height) + _MARGIN:
            lines.append([glyph])
            highest = lowest = middle
            tallest = least = height
        elif (
            x0 - last_x > options.overprint * size
            and across > last_middle
            and max(lowest, middle) - min(highest, middle)
            <= options.same_line * min(least, height) - _MARGIN
        ):
            lines[-1].append(glyph)
            if middle != lowest or height != tallest or highest != lowest:
                highest, lowest = min(highest, middle), max(lowest, middle)
                tallest, least = max(tallest, height), min(least, height)
        else:
            return None
        last_x, last_middle = x0, across
    return lines


_FAR = float("inf")
_MARGIN = 1e-6
# Points; closer calls are left to the mean of the line.


def _gather(glyphs: Sequence[Glyph], options: PdfOptions) -> list[list[Glyph]]:
    """Gather characters whose middles are on about the same height."""
    placed = [
        ((y0 + y1) / 2, y1 - y0, (x0 + x1) / 2, glyph)
        for glyph, (x0, y0, x1, y1) in zip(glyphs, map(_BOX, glyphs), strict=True)
    ]
    placed.sort(key=itemgetter(0))
    lines: list[list[tuple[float, float, float, Glyph]]] = []
    middle = size = 0.0
    for item in placed:
        here, height, _, _ = item
        if not lines or here - middle > options.same_line * max(size, height):
            lines.append([])
            middle, size = here, height
        line = lines[-1]
        line.append(item)
        middle += (here - middle) / len(line)
        size = max(size, height)
    for line in lines:
        line.sort(key=itemgetter(2))
    return [_without_overprints([glyph for _, _, _, glyph in line], options) for line in lines]


_BOX = itemgetter(Glyph._fields.index("box"))


def _turn(glyph: Glyph) -> Glyph:
    """Turn a character of vertical text so that its line runs from left to right."""
    box = glyph.box
    if glyph.direction == "up":
        turned = Box(x0=-box.y1, y0=box.x0, x1=-box.y0, y1=box.x1)
    else:
        turned = Box(x0=box.y0, y0=-box.x1, x1=box.y1, y1=-box.x0)
    return Glyph(text=glyph.text, box=turned, size=glyph.size)


def _without_overprints(line: list[Glyph], options: PdfOptions) -> list[Glyph]:
    """Leave out characters printed twice on nearly the same spot to look bold."""
    if len({glyph.text for glyph in line}) == len(line):
        return line  # the usual case in a cell: no character comes back
    kept: list[Glyph] = []
    for glyph in line:
        text, (x0, y0, _, _), size, _ = glyph
        for other in kept[-4:]:
            if (
                other.text == text
                and abs(other.box.x0 - x0) <= options.overprint * size
                and abs(other.box.y0 - y0) <= options.overprint * size
            ):
                break
        else:
            kept.append(glyph)
    return kept
