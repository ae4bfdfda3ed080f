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

Indices = NDArray[np.int64]

_MARGIN = 1e-6
"""Points; closer calls than this are left to the mean of the line."""
_BOX, _SIZE, _DIRECTION = (
    itemgetter(Glyph._fields.index(name)) for name in ("box", "size", "direction")
)


def gather_lines(glyphs: Sequence[Glyph], options: PdfOptions) -> list[list[Glyph]]:
    """Gather characters into lines, top to bottom, each from left to right.

    Text that runs upwards or downwards gives one line for each column of characters, after the
    level lines.
    """
    return gather_texts([glyphs], options)[0]


def gather_texts(texts: Sequence[Sequence[Glyph]], options: PdfOptions) -> list[list[list[Glyph]]]:
    """Return the lines of each text as `gather_lines` does."""
    directions = set(map(_DIRECTION, chain.from_iterable(texts)))
    if directions <= {"right"}:
        return _gather_level(texts, options)
    level = [[glyph for glyph in text if glyph.direction == "right"] for text in texts]
    upright = [[glyph for glyph in text if glyph.direction != "right"] for text in texts]
    turned = [[_turn(glyph) for glyph in text] for text in upright]
    pairs = zip(chain.from_iterable(turned), chain.from_iterable(upright), strict=True)
    originals = {id(one): original for one, original in pairs}
    lines = _gather_level(level, options)
    for text, more in zip(lines, _gather_level(turned, options), strict=True):
        text += [[originals[id(glyph)] for glyph in line] for line in more]
    return lines


def _gather_level(texts: Sequence[Sequence[Glyph]], options: PdfOptions) -> list[list[list[Glyph]]]:
    """Return the lines of texts that run from left to right.

    Nearly all lines stand well apart, on one height each: those are found for all texts at once,
    and only what has to be weighed is left to `weigh_lines`.
    """
    glyphs = list(chain.from_iterable(texts))
    lines: list[list[list[Glyph]]] = [[] for _ in texts]
    if not glyphs:
        return lines
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    order, starts, are_odd = _sort(glyphs, owners, options)
    places = order.tolist()
    ends = [*starts[1:].tolist(), len(glyphs)]
    for owner, start, end, is_odd in zip(
        owners[order[starts]].tolist(), starts.tolist(), ends, are_odd.tolist(), strict=True
    ):
        if is_odd:
            group = [glyphs[place] for place in sorted(places[start:end])]
            lines[owner] += weigh_lines(group, options)
        else:
            lines[owner].append([glyphs[place] for place in places[start:end]])
    return lines


def _sort(
    glyphs: Sequence[Glyph], owners: Indices, options: PdfOptions
) -> tuple[Indices, Indices, NDArray[np.bool_]]:
    """Return the order of characters in groups of lines, where each starts, and which are odd.

    Groups stand so far apart that no line has characters of two. One is odd that may hold more
    than one line, or characters on nearly the same spot.
    """
    edges = chain.from_iterable(map(_BOX, glyphs))
    x0, y0, x1, y1 = np.fromiter(edges, np.float64, 4 * len(glyphs)).reshape(-1, 4).T
    limits = options.overprint * np.fromiter(map(_SIZE, glyphs), np.float64, len(glyphs))
    order = np.lexsort(((y0 + y1) / 2, owners))
    middles, heights = ((y0 + y1) / 2)[order], (y1 - y0)[order]
    owners = owners[order]
    reach = options.same_line * np.maximum(heights[1:], heights[:-1]) + _MARGIN
    is_new = np.append(True, (np.diff(owners) > 0) | (np.diff(middles) > reach))
    lines = np.cumsum(is_new) - 1
    starts = np.flatnonzero(is_new)
    high, low = middles[starts], middles[np.append(starts[1:], len(glyphs)) - 1]
    least, tallest = np.minimum.reduceat(heights, starts), np.maximum.reduceat(heights, starts)
    bound = low[:-1] + options.same_line * np.maximum(tallest[1:], tallest[:-1]) + _MARGIN
    is_apart = np.append(True, (np.diff(owners[starts]) > 0) | (high[1:] > bound))
    is_odd = (low - high > options.same_line * least - _MARGIN) | ~is_apart
    order = order[np.lexsort((((x0 + x1) / 2)[order], lines))]
    is_near = np.append(False, np.diff(x0[order]) <= limits[order][1:]) & ~is_new
    is_odd[lines[is_near]] = True
    return order, starts[is_apart], np.logical_or.reduceat(is_odd, np.flatnonzero(is_apart))


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


def weigh_lines(glyphs: Sequence[Glyph], options: PdfOptions) -> list[list[Glyph]]:
    """Gather characters whose middles are on about the same height as the mean of their line."""
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
