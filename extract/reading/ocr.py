"""A page without text, or with text that nobody can read, to the shapes that its picture shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

import pypdfium2

from extract.errors import CorruptDocument
from extract.grids.ruled_shapes import Box, PageShapes
from extract.options import PdfOptions
from extract.reading.ocr_glyphs import make_glyphs
from extract.reading.ocr_image import Gray, draw_page
from extract.reading.ocr_layout import Layout, lay_out
from extract.reading.ocr_marks import ReadText
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_pieces import Area
from extract.reading.ocr_reading import ReadPiece, read_pieces, taste_pieces
from extract.reading.ocr_turn import Turn
from extract.reading.pdf_fence import fenced

_OTHER_SIDES = (1, 2, 3)
"""Quarter turns counter-clockwise."""


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
    """Return what the picture of a page shows; None where there is nothing to read.

    A page of which little can be read is looked at from its other sides: it may have been scanned
    sideways or upside down. The same picture gives the same answer, unless the time for a page is
    over.

    Raises:
        OcrFailed: Tesseract failed, or the time for the page is over.
        MemoryError: The engine ran out of memory; the caller's limits decide what that means.
    """
    try:
        gray, scale = fenced(lambda: _draw(data, shapes.number, options))
    except CorruptDocument:
        return None
    end = monotonic() + options.most_seconds
    layout = _stand_upright(gray, scale, pdf, options, end)
    if len(layout.pieces) > options.most_pieces:
        return None
    read = read_pieces(layout.image, layout.pieces, end, options)
    return _build(read, layout, shapes) if read else None


def _stand_upright(
    gray: Gray, scale: float, pdf: PdfOptions, options: OcrOptions, end: float
) -> Layout:
    """Return the layout of a page the way up in which some of its pieces can be read."""
    layout = lay_out(gray, scale, 0, pdf, options)
    sureness = taste_pieces(layout.image, layout.pieces, end, options)
    if sureness >= options.upright or not layout.pieces:
        return layout
    for quarters in _OTHER_SIDES:
        turned = lay_out(gray, scale, quarters, pdf, options)
        tasted = taste_pieces(turned.image, turned.pieces, end, options)
        if tasted > sureness + options.clearer:
            layout, sureness = turned, tasted
    return layout


def _build(read: Sequence[ReadPiece], layout: Layout, shapes: PageShapes) -> ScannedPage:
    scale = layout.image.scale
    turn = Turn(
        degrees=layout.image.turn,
        width=shapes.width,
        height=shapes.height,
        quarters=layout.quarters,
    )
    width, height = turn.upright
    return ScannedPage(
        shapes=replace(
            shapes,
            width=width,
            height=height,
            glyphs=make_glyphs(read, scale),
            rules=layout.rules,
            fills=layout.fills,
            has_unmapped_text=False,
        ),
        texts=tuple(
            ReadText(
                box=_box(one.piece.area, scale),
                text=one.reading.text,
                confidence=one.reading.confidence,
                alternatives=one.reading.alternatives,
            )
            for one in read
        ),
        turn=turn,
    )


def _draw(data: bytes, number: int, options: OcrOptions) -> tuple[Gray, float]:
    document = pypdfium2.PdfDocument(data)
    try:
        return draw_page(document[number - 1], options)
    finally:
        document.close()


def _box(area: Area, scale: float) -> Box:
    return Box(
        x0=area.left / scale, y0=area.top / scale, x1=area.right / scale, y1=area.bottom / scale
    )
