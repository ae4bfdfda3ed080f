"""A page without text, or with text that nobody can read, to the shapes that its picture shows."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2

from extract.errors import CorruptDocument
from extract.grids.ruled import find_lattices
from extract.grids.ruled_cells import find_areas
from extract.grids.ruled_lattice import Lattice
from extract.grids.ruled_shapes import Box, Glyph, PageShapes
from extract.options import PdfOptions
from extract.reading.ocr_engine import OcrFailed, Word
from extract.reading.ocr_fills import free_fills
from extract.reading.ocr_image import Gray, Ink, PageImage, draw_page
from extract.reading.ocr_marks import ReadText
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_pieces import Area, cut_area, drop_specks, line_height
from extract.reading.ocr_prepare import prepare
from extract.reading.ocr_reading import Piece, ReadPiece, read_pieces
from extract.reading.ocr_rules import erase, find_rules
from extract.reading.ocr_turn import Turn
from extract.reading.pdf_fence import fenced

_CAPITALS = 1.35
"""Height of a line to that of a line with digits only."""
_LEVEL = 0.2
"""Line heights by which the middles of pieces on one line may differ."""
_WIDTHS = {"Na": 0.55, "N": 0.55, "H": 0.55}
"""Width of narrow letters to that of a syllable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPage:
    """What was read from the picture of a page."""

    shapes: PageShapes
    """Characters and rules as they lie on the page once it stands upright."""
    texts: tuple[ReadText, ...]
    turn: Turn
    """What made the page stand upright."""


def read_scan(
    data: bytes, shapes: PageShapes, pdf: PdfOptions, options: OcrOptions
) -> ScannedPage | None:
    """Return what the picture of a page shows; None where Tesseract fails or finds nothing.

    The same picture gives the same answer, unless the time for a page is over.

    Raises:
        MemoryError: The engine ran out of memory; the caller's limits decide what that means.
    """
    try:
        gray, scale = fenced(lambda: _draw(data, shapes.number, options))
    except CorruptDocument:
        return None
    image = prepare(gray, scale, options)
    rules, covered = find_rules(image, options)
    image = erase(image, covered)
    upright = replace(shapes, glyphs=(), rules=rules, fills=(), has_unmapped_text=False)
    lattices = sorted(find_lattices(upright, pdf.grids) or (), key=lambda one: one.box.area)
    fills = free_fills(image.fills, [lattice.box for lattice in lattices])
    pieces = _find_pieces(image, lattices, options)
    if not pieces or len(pieces) > options.most_pieces:
        return None
    try:
        read = read_pieces(image, pieces, options)
    except OcrFailed:
        return None
    glyphs = tuple(
        glyph
        for piece, middle in zip(read, _levels(read), strict=True)
        for glyph in _glyphs(piece, middle, scale)
    )
    texts = tuple(
        ReadText(box=_box(one.piece.area, scale), confidence=one.reading.confidence) for one in read
    )
    if not glyphs:
        return None
    turn = Turn(degrees=image.turn, width=shapes.width, height=shapes.height)
    return ScannedPage(shapes=replace(upright, glyphs=glyphs, fills=fills), texts=texts, turn=turn)


def _draw(data: bytes, number: int, options: OcrOptions) -> tuple[Gray, float]:
    document = pypdfium2.PdfDocument(data)
    try:
        return draw_page(document[number - 1], options)
    finally:
        document.close()


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


def _box(area: Area, scale: float) -> Box:
    return Box(
        x0=area.left / scale, y0=area.top / scale, x1=area.right / scale, y1=area.bottom / scale
    )


def _levels(read: Sequence[ReadPiece]) -> list[float]:
    """Return the middle of each piece, the same for those that stand on one line.

    A comma or an apostrophe makes a piece reach lower or higher than its neighbours.
    """
    middles = [(one.piece.area.top + one.piece.area.bottom) / 2 for one in read]
    levels = list(middles)
    group: list[int] = []
    for index in sorted(range(len(read)), key=lambda index: middles[index]):
        if group and middles[index] - middles[group[0]] > _LEVEL * read[index].piece.em:
            group = []
        group.append(index)
        level = sum(middles[one] for one in group) / len(group)
        for one in group:
            levels[one] = level
    return levels


def _glyphs(piece: ReadPiece, middle: float, scale: float) -> Iterator[Glyph]:
    """Yield the letters of a piece, each word's sharing its width, all of one height."""
    area, em = piece.piece.area, piece.piece.em
    height = max(area.height, min(em, area.height * _CAPITALS)) if area.height > em / 2 else em
    for text, left, right in _stretches(piece.reading.words):
        widths = [_WIDTHS.get(unicodedata.east_asian_width(letter), 1.0) for letter in text]
        step = (right - left) / sum(widths)
        for letter, width in zip(text, widths, strict=True):
            box = Box(
                x0=left / scale,
                y0=(middle - height / 2) / scale,
                x1=(left + width * step) / scale,
                y1=(middle + height / 2) / scale,
            )
            left += width * step
            yield Glyph(text=letter, box=box, size=height / scale)


def _stretches(words: Iterable[Word]) -> Iterator[tuple[str, float, float]]:
    """Yield text with its ends; words whose boxes overlap share one, in the order of reading.

    Tesseract is sure of the order of syllables and often wrong about their boxes.
    """
    text, left, right = "", 0.0, 0.0
    for word in words:
        if text and word.left >= right:
            yield text, left, right
            text = ""
        left = min(left, word.left) if text else word.left
        right = max(right, word.right) if text else word.right
        text += word.text
    if text:
        yield text, left, right
