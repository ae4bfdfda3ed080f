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
