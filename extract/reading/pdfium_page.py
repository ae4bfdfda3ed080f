"""The pages of a PDF as PDFium reads them: fast, and honest about fonts it cannot map."""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_float

from extract.cycle_search import without_cycle_search
from extract.errors import CorruptDocument, EncryptedDocument, TooManyObjects, TooManyPages
from extract.grids.ruled_shapes import Box, PageShapes
from extract.options import PdfOptions, ReadingLimits
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdf_clip import clip_box, clip_fills, clip_rules
from extract.reading.pdfium_paths import read_drawings
from extract.reading.pdfium_space import Matrix, display_matrix
from extract.reading.pdfium_text import read_text
from extract.reading.pdfium_unseen import Ground

_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What the engine assumes where a file does not tell the size of a page."""


@contextmanager
def open_file(data: bytes) -> Iterator[int]:
    """Open a file for as long as the block runs and give its handle.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: The file cannot be opened as a PDF, or has no pages.
    """
    handle = pdfium.open_document(data, len(data), None)
    if not handle:
        if pdfium.last_error() in (pdfium.PASSWORD_NEEDED, pdfium.UNKNOWN_ENCRYPTION):
            message = "a password is needed, or the encryption is not known"
            raise EncryptedDocument(message)
        message = "PDFium cannot open the file"
        raise CorruptDocument(message)
    try:
        if pdfium.count_pages(handle) < 1:
            message = "the file has no pages"
            raise CorruptDocument(message)
        yield handle
    finally:
        pdfium.close_document(handle)


def count_pages(file: int, limits: ReadingLimits) -> int:
    """Return the number of pages of an open file.

    Raises:
        TooManyPages: There are more than a file may have.
    """
    pages: int = pdfium.count_pages(file)
    require_few_pages(pages, limits)
    return pages


def require_few_pages(pages: int, limits: ReadingLimits) -> None:
    """Check the number of pages.

    Raises:
        TooManyPages: There are more than a file may have.
    """
    if pages > limits.pages:
        message = f"the file has more than {limits.pages:,} pages"
        raise TooManyPages(message)


@without_cycle_search()
def read_page(file: int, number: int, options: PdfOptions) -> PageShapes | None:
    """Return the shapes of a page (1-based); None where it cannot be loaded or has no size.

    Text that the engine can only guess is marked as unmapped. Nothing of the page is kept in
    memory afterwards.
    """
    page = pdfium.open_page(file, number - 1)
    if not page:
        return None
    try:
        frame = _frame(page)
        return None if frame is None else _read(page, number, *frame, options)
    finally:
        pdfium.close_page(page)


def _frame(page: int) -> tuple[Matrix, Box] | None:
    """Return the way to the display and the visible area; None where the file gives no size."""
    box = pdfium.Rectangle()
    if not pdfium.page_box(page, box):
        return None
    edges = (box.left, box.bottom, box.right, box.top)
    width, height = edges[2] - edges[0], edges[3] - edges[1]
    values = (c_float() for _ in range(4))
    if width <= 0 or height <= 0 or (edges == _LETTER and not pdfium.own_media_box(page, *values)):
        return None
    turns = pdfium.page_turns(page)
    if turns % 2:
        width, height = height, width
    return display_matrix(*edges, turns), Box(x0=0.0, y0=0.0, x1=width, y1=height)


def _read(page: int, number: int, display: Matrix, visible: Box, options: PdfOptions) -> PageShapes:
    try:
        drawings = read_drawings(page, display, options)
        ground = Ground(pictures=drawings.pictures, painted=drawings.painted)
        most = options.limits.objects
        text = read_text(page, drawings.texts, ground, display, visible, most)
    except TooManyObjects:
        return PageShapes(
            number=number,
            width=visible.width,
            height=visible.height,
            glyphs=(),
            is_too_large=True,
        )
    shown = [clip_box(picture, visible).area for picture in drawings.pictures]
    return PageShapes(
        number=number,
        width=visible.width,
        height=visible.height,
        glyphs=text.glyphs,
        rules=tuple(clip_rules(drawings.rules, visible)),
        fills=tuple(clip_fills(drawings.fills, visible)),
        image_share=max(shown, default=0.0) / visible.area,
        has_unmapped_text=text.is_guess,
        has_unseen_text=text.has_unseen,
        has_outside_text=text.has_outside,
    )
