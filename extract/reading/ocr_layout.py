"""Where a scanned page has rules, shading and pieces of text, before anything is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from extract.grids.ruled import find_lattices
from extract.grids.ruled_cells import find_areas
from extract.grids.ruled_lattice import Lattice
from extract.grids.ruled_shapes import Box, PageShapes, Rule
from extract.options import PdfOptions
from extract.reading.ocr_fills import free_fills
from extract.reading.ocr_image import Gray, Ink, PageImage
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_pieces import Area, cut_area, drop_specks, line_height
from extract.reading.ocr_prepare import prepare
from extract.reading.ocr_reading import Piece
from extract.reading.ocr_rules import erase, find_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A page stood upright, its rules erased, cut into lines of text."""

    image: PageImage
    rules: tuple[Rule, ...]
    fills: tuple[Box, ...]
    """Shaded areas outside of ruled tables."""
    pieces: tuple[Piece, ...]
    quarters: int
    """Quarter turns counter-clockwise that were made first."""


def lay_out(
    gray: Gray, scale: float, quarters: int, pdf: PdfOptions, options: OcrOptions
) -> Layout:
    """Return what can be seen of a drawn page after some quarter turns."""
    image = prepare(np.ascontiguousarray(np.rot90(gray, quarters)), scale, options)
    rules, covered = find_rules(image, options)
    image = erase(image, covered)
    height, width = image.ink.shape
    bare = PageShapes(number=1, width=width / scale, height=height / scale, glyphs=(), rules=rules)
    lattices = sorted(find_lattices(bare, pdf.grids) or (), key=lambda one: one.box.area)
    return Layout(
        image=image,
        rules=rules,
        fills=free_fills(image.fills, [lattice.box for lattice in lattices]),
        pieces=_find_pieces(image, lattices, options),
        quarters=quarters,
    )


def _find_pieces(
    image: PageImage, lattices: Iterable[Lattice], options: OcrOptions
) -> tuple[Piece, ...]:
    """Return the lines of text in the cells of each lattice, then those between the tables."""
    scale = image.scale
    free = drop_specks(image.ink, max(2, round(options.speck * scale)))
    smallest = options.smallest_line * scale
    pieces: list[Piece] = []
    for lattice in lattices:
        cells = [_area(area.box, scale) for area in find_areas(lattice)]
        em = line_height(free, cells, smallest)
        for cell in cells:
            pieces += _pieces(free, cell, em, options.cell_gap)
        box = _area(lattice.box, scale)
        free[box.top : box.bottom, box.left : box.right] = False
    height, width = free.shape
    page = Area(left=0, top=0, right=width, bottom=height)
    pieces += _pieces(free, page, line_height(free, [page], smallest), options.column_gap)
    return tuple(pieces)


def _pieces(free: Ink, area: Area, em: float, gap: float) -> Iterator[Piece]:
    for piece in cut_area(free, area, em, gap):
        yield Piece(area=piece, em=em)


def _area(box: Box, scale: float) -> Area:
    """Return the pixels inside of a box in points, its borders left out."""
    return Area(
        left=max(0, round(box.x0 * scale) + 1),
        top=max(0, round(box.y0 * scale) + 1),
        right=max(0, round(box.x1 * scale) - 1),
        bottom=max(0, round(box.y1 * scale) - 1),
    )
