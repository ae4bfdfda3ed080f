"""Characters with their middles in arrays: each lattice asks which of them lie in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from extract.grids.ruled_shapes import Box, Glyph
from extract.options import GridOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGlyphs:
    """Characters and where their middles lie."""

    glyphs: Sequence[Glyph]
    xs: NDArray[np.float64]
    ys: NDArray[np.float64]


def place_glyphs(glyphs: Sequence[Glyph]) -> PlacedGlyphs:
    """Return characters with their middles."""
    numbers = chain.from_iterable(glyph.box for glyph in glyphs)
    x0, y0, x1, y1 = np.fromiter(numbers, np.float64, 4 * len(glyphs)).reshape(-1, 4).T
    return PlacedGlyphs(glyphs=glyphs, xs=(x0 + x1) / 2, ys=(y0 + y1) / 2)


def part_glyphs(
    placed: PlacedGlyphs, box: Box, options: GridOptions
) -> tuple[PlacedGlyphs, PlacedGlyphs]:
    """Return the characters inside of a box and those outside."""
    margin = options.overhang
    is_inside = (box.x0 - margin <= placed.xs) & (placed.xs <= box.x1 + margin)
    is_inside &= (box.y0 - margin <= placed.ys) & (placed.ys <= box.y1 + margin)
    return _chosen(placed, is_inside), _chosen(placed, ~is_inside)


def _chosen(placed: PlacedGlyphs, is_chosen: NDArray[np.bool_]) -> PlacedGlyphs:
    numbers = np.flatnonzero(is_chosen)
    return PlacedGlyphs(
        glyphs=[placed.glyphs[number] for number in numbers.tolist()],
        xs=placed.xs[numbers],
        ys=placed.ys[numbers],
    )
