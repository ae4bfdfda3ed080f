"""Characters of a page or a cell to printed lines, in reading order.

A page has thousands of characters and most pass through here twice, hence the loops that take
records apart once and keep what they need in local names.
"""

from collections.abc import Sequence
from itertools import chain
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from extract.grids.ruled_shapes import Box, Glyph
from extract.options import PdfOptions


def gather_texts(texts: Sequence[Sequence[Glyph]], options: PdfOptions) -> list[list[list[Glyph]]]:
    """Return the lines of each text as `gather_lines` does.

    In nearly every cell the characters stand one after the other in level lines well apart; that
    is seen for all texts at once, and the others are gathered one by one.
    """
    glyphs = list(chain.from_iterable(texts))
    lines: list[list[list[Glyph]]] = [[] for _ in texts]
    if not glyphs:
        return lines
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    starts, are_plain = _plain_lines(glyphs, owners, options)
    ends = [*starts[1:].tolist(), len(glyphs)]
    for owner, start, end in zip(owners[starts].tolist(), starts.tolist(), ends, strict=True):
        if are_plain[owner]:
            lines[owner].append(glyphs[start:end])
    for owner in np.flatnonzero(~are_plain).tolist():
        lines[owner] = gather_lines(texts[owner], options)
    return lines


def _plain_lines(
    glyphs: Sequence[Glyph], owners: NDArray[np.int64], options: PdfOptions
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where lines start, and which texts need no more: nothing in them has to be weighed.

    A text is plain where no heights differ by more than one line allows and less than two lines
    are apart, no step goes to the left inside of a line, and no characters are nearly on one spot.
    """
    edges = chain.from_iterable(map(_BOX, glyphs))
    x0, y0, x1, y1 = np.fromiter(edges, np.float64, 4 * len(glyphs)).reshape(-1, 4).T
    sizes = np.fromiter(map(_SIZE, glyphs), np.float64, len(glyphs))
    middles, heights, across = (y0 + y1) / 2, y1 - y0, (x0 + x1) / 2
    reach = options.same_line * np.maximum(heights[1:], heights[:-1]) + _MARGIN
    is_lower = np.diff(middles) > reach
    is_new = np.append(True, (np.diff(owners) > 0) | is_lower)
    starts = np.flatnonzero(is_new)
    high, low = np.minimum.reduceat(middles, starts), np.maximum.reduceat(middles, starts)
    least, tallest = np.minimum.reduceat(heights, starts), np.maximum.reduceat(heights, starts)
    lines = owners[starts]
    is_close = low - high > options.same_line * least - _MARGIN
    apart = low[:-1] + options.same_line * np.maximum(tallest[1:], tallest[:-1]) + _MARGIN
    is_close[1:] |= (np.diff(lines) == 0) & (high[1:] <= apart)
    is_forward = (np.diff(x0) > options.overprint * sizes[1:]) & (np.diff(across) > 0)
    are_plain = np.ones(owners[-1] + 1, dtype=np.bool_)
    are_plain[lines[is_close]] = False
    are_plain[owners[1:][~is_forward & ~is_new[1:]]] = False
    if set(map(_DIRECTION, glyphs)) != {"right"}:
        are_plain[owners[[glyph.direction != "right" for glyph in glyphs]]] = False
    return starts, are_plain


_MARGIN = 1e-6
# Points; closer calls are left to the mean of the line.
_BOX, _SIZE, _DIRECTION = (
    itemgetter(Glyph._fields.index(name)) for name in ("box", "size", "direction")
)


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
