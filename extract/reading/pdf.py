"""A PDF with a text layer to a document: running lines and ruled tables in reading order."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from extract.cycle_search import without_cycle_search
from extract.errors import CorruptDocument, DocumentError, EmptyDocument, NoTextLayer
from extract.grids.joined import join_continued
from extract.grids.ruled import find_grids
from extract.grids.ruled_shapes import Glyph, PageShapes
from extract.grids.spaced import find_spaced
from extract.options import PdfOptions, ReadingLimits
from extract.reading.ocr_marks import mark_grid
from extract.reading.ocr_need import MISSING_MESSAGE, find_program, needs_ocr
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_turn import Turn, turn_blocks
from extract.reading.pdf_compared import count_ink, find_disagreements
from extract.reading.pdf_furniture import mark_furniture
from extract.reading.pdf_lines import gather_lines, split_pieces
from extract.reading.pdf_order import order_blocks
from extract.reading.pdf_pages import count_pages, read_pages, repair
from extract.reading.pdf_parts import check_parts
from extract.reading.pdf_runs import build_line_runs
from extract.reading.pdf_shared import share_out
from extract.reading.pdf_signs import count_revisions, has_lying_map, is_damaged
from extract.reading.pdfium_objects import refuse_page
from extract.records import Block, Document, Line, TableGrid, TextLayer

_DEFAULTS = PdfOptions()
_OCR = OcrOptions()
_SUSPICIOUS = {"UNMAPPED_CHARACTERS", "HIDDEN_TEXT", "OFF_PAGE_TEXT"}
_MOST_SLOW_PAGES = 50
"""A longer file without text is a scan, not one that the first engine cannot read."""
_MANY_PAGES = 100
"""Of a file for which processes that read typed pages are worth their start."""
_RANGE = 20
"""Pages that are given to a process at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """The blocks of one page and what is to be known about them."""

    blocks: tuple[Block, ...]
    height: float
    warnings: tuple[str, ...] = ()
    characters: int = 0
    """Characters with ink that were typed."""
    is_scan: bool = False
    """A picture fills the page: its text was recognised, not typed."""
    turn: Turn | None = None
    """How the page was turned to be read."""


def read_pdf(data: bytes, file_name: str, options: PdfOptions = _DEFAULTS) -> Document:
    """Return the lines and tables of a PDF with their places, in points from the top left.

    Captions, unit notes, headings and section paths are left to `extract.surroundings`.

    Raises:
        EmptyDocument: There are no bytes.
        EncryptedDocument: A password is needed.
        CorruptDocument: The file is no PDF, or is broken beyond reading.
        NoTextLayer: No page has text.
        TooMuchUnpacked: A part of it is a decompression bomb.
        TooManyPages: It has more pages than it may have.
        TooManyObjects: The only pages with text are made of too much.
        MemoryError: The engine ran out of memory.
    """
    if not data.strip():
        message = "the file has no content"
        raise EmptyDocument(message)
    check_parts(data, options.limits)
    pages = _read_file(data, options)
    _require_text(pages, options.limits)
    marked = mark_furniture(
        tuple(page.blocks for page in pages), tuple(page.height for page in pages), options
    )
    turns = {number: page.turn for number, page in enumerate(pages, start=1) if page.turn}
    return Document(
        document_id=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        media_type="application/pdf",
        byte_size=len(data),
        blocks=turn_blocks(join_continued(marked, options.grids), turns),
        page_count=len(pages),
        text_layer=_text_layer(pages),
        warnings=tuple(sorted({*_remarks(data, pages, options), *_page_warnings(pages)})),
    )


def _page_warnings(pages: Sequence[PageReading]) -> set[str]:
    return {code for page in pages for code in page.warnings}


def _remarks(data: bytes, pages: Sequence[PageReading], options: PdfOptions) -> Iterator[str]:
    """Yield what is to be known about a file as a whole.

    A second engine is asked about a file that gives reason for it: its end does not lead to its
    contents, it was changed after it was written, a font does not say what its letters are, or
    some text of it is not to be seen.
    """
    is_revised = count_revisions(data) > 1
    if is_revised:
        yield "SEVERAL_REVISIONS"
    if has_lying_map(data):
        yield "DOUBTFUL_UNICODE_MAP"
    found = _page_warnings(pages)
    if "FILE_REPAIRED" in found:
        return  # the second engine has been asked in vain
    if is_revised or is_damaged(data) or _SUSPICIOUS & found:
        counts = [page.characters for page in pages]
        yield from find_disagreements(data, counts, options)


def _read_file(data: bytes, options: PdfOptions) -> tuple[PageReading, ...]:
    """Read all pages; a file that gives no text is tried again as PDFium writes it.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: The file cannot be opened.
    """
    try:
        pages = _read_all(data, options)
    except CorruptDocument:
        pages = _read_repaired(data, options)
        if not pages:
            raise
        return pages
    if any(page.blocks or "PAGE_TOO_LARGE" in page.warnings for page in pages):
        return pages
    return _read_repaired(data, options) or _read_slowly(data, len(pages), options) or pages


def _read_slowly(data: bytes, count: int, options: PdfOptions) -> tuple[PageReading, ...]:
    """Return the pages as the slow engine reads them; empty where it finds no text either."""
    if count > _MOST_SLOW_PAGES:
        return ()
    try:
        pages = _read_all(data, replace(options, engine="pdfplumber"))
    except DocumentError:
        return ()
    if not any(page.blocks for page in pages):
        return ()
    return tuple(replace(page, warnings=(*page.warnings, "FALLBACK_ENGINE")) for page in pages)


def _read_all(data: bytes, options: PdfOptions) -> tuple[PageReading, ...]:
    is_shared = options.limits.processes > 1 and options.engine == "pdfium"
    if is_shared and (count := count_pages(data, options)):
        return _read_all_shared(data, count, options)
    pages: list[PageReading] = []
    pictures = 0
    for shapes in read_pages(data, options):
        if shapes is None or not needs_ocr(shapes):
            pages.append(_read_shapes(shapes, options))
            continue
        pictures += 1
        pages.append(_read_picture(data, shapes, pictures, options))
    return tuple(pages)


def _read_all_shared(data: bytes, count: int, options: PdfOptions) -> tuple[PageReading, ...]:
    """Read all pages with other processes: first what is typed, in ranges, then each picture."""

    def read_range(first: int) -> list[PageReading | None]:
        numbers = range(first, min(first + _RANGE, count + 1))
        found = read_pages(data, options, numbers)
        return [None if one and needs_ocr(one) else _read_shapes(one, options) for one in found]

    def read_picture(picture: tuple[int, int]) -> PageReading:
        place, number = picture
        (shapes,) = read_pages(data, options, range(number, number + 1))
        if shapes is None:
            return _read_shapes(shapes, options)
        return _read_picture(data, shapes, place, options)

    processes = options.limits.processes
    ranges = share_out(
        read_range, range(1, count + 1, _RANGE), processes if count >= _MANY_PAGES else 1
    )
    pages = list(chain.from_iterable(ranges))
    numbers = [number for number, page in enumerate(pages, start=1) if page is None]
    pictures = share_out(read_picture, list(enumerate(numbers, start=1)), processes)
    return tuple(page or next(pictures) for page in pages)


def _read_picture(data: bytes, shapes: PageShapes, place: int, options: PdfOptions) -> PageReading:
    """Read a page without text, the `place`-th of the file, from its picture if that may be."""
    obstacle = "OCR_PAGE_LIMIT" if place > _OCR.most_pages else ""
    if find_program() is None:
        obstacle = "OCR_MISSING"
    if obstacle:
        page = _read_shapes(shapes, options)
        return replace(page, warnings=(*page.warnings, obstacle))
    return _recognise(data, shapes, options)


def _recognise(data: bytes, shapes: PageShapes, options: PdfOptions) -> PageReading:
    # here: they load OpenCV, and few files need it
    from extract.reading.ocr import read_scan
    from extract.reading.ocr_engine import OcrFailed

    try:
        scan = read_scan(data, shapes, options, _OCR)
    except OcrFailed:
        page = _read_shapes(shapes, options)
        return replace(page, warnings=(*page.warnings, "OCR_TIME_LIMIT"))
    if scan is None:
        return _read_shapes(shapes, options)
    page = _read_shapes(scan.shapes, options)
    blocks = tuple(
        mark_grid(block, scan.texts, _OCR) if isinstance(block, TableGrid) else block
        for block in page.blocks
    )
    return replace(
        page,
        blocks=blocks,
        warnings=(*page.warnings, "PAGE_READ_BY_OCR"),
        characters=0,
        is_scan=True,
        turn=scan.turn,
    )


def _read_repaired(data: bytes, options: PdfOptions) -> tuple[PageReading, ...]:
    """Return the pages of the repaired file with a warning; empty where that gives no text."""
    try:
        pages = _read_all(repair(data), options)
    except DocumentError:
        return ()
    if not any(page.blocks for page in pages):
        return ()
    return tuple(replace(page, warnings=(*page.warnings, "FILE_REPAIRED")) for page in pages)


def _require_text(pages: Sequence[PageReading], limits: ReadingLimits) -> None:
    """Check that there is something to read.

    Raises:
        TooManyObjects: Whatever text there is stands on pages that are made of too much.
        CorruptDocument: Not one page could be read.
        NoTextLayer: No page has text.
    """
    if all("PAGE_UNREADABLE" in page.warnings for page in pages):
        message = "none of the pages can be read"
        raise CorruptDocument(message)
    if not any(page.blocks for page in pages):
        if any("PAGE_TOO_LARGE" in page.warnings for page in pages):
            refuse_page(limits.objects)
        message = f"none of the {len(pages)} pages has text"
        if any("OCR_MISSING" in page.warnings for page in pages):
            message = f"{message}; {MISSING_MESSAGE}"
        elif any("OCR_TIME_LIMIT" in page.warnings for page in pages):
            message = f"{message}; reading a scan took longer than {_OCR.most_seconds:g} s a page"
        raise NoTextLayer(message)


def _text_layer(pages: Sequence[PageReading]) -> TextLayer:
    kinds = {page.is_scan for page in pages if page.blocks}
    if kinds == {True}:
        return "ocr"
    return "mixed" if True in kinds else "digital"


@without_cycle_search()
def _read_shapes(page: PageShapes | None, options: PdfOptions) -> PageReading:
    """Read one page; a page that the engine gave up on becomes a warning."""
    if page is None:
        return PageReading(blocks=(), height=0.0, warnings=("PAGE_UNREADABLE",))
    found = find_spaced(page, find_grids(page, options), options)
    lines = tuple(_read_lines(found.rest, page.number, options))
    blocks = order_blocks((*found.grids, *lines), page.width, page.height, options)
    warnings = (
        ("PAGE_TOO_LARGE", page.is_too_large),
        ("PAGE_WITHOUT_TEXT", not blocks and not page.is_too_large),
        ("PAGE_IS_DRAWING", found.is_drawing),
        ("UNMAPPED_CHARACTERS", page.has_unmapped_text),
        ("FALLBACK_ENGINE", page.is_fallback),
        ("HIDDEN_TEXT", page.has_unseen_text),
        ("OFF_PAGE_TEXT", page.has_outside_text),
    )
    return PageReading(
        blocks=blocks,
        height=page.height,
        warnings=tuple(code for code, applies in warnings if applies),
        characters=0 if page.is_fallback else count_ink(page),
        is_scan=_is_scan(page, options),
    )


def _is_scan(page: PageShapes, options: PdfOptions) -> bool:
    """Tell whether a picture fills a page of text: a title page with a background has little."""
    has_text = len(page.glyphs) >= options.scan_characters
    return has_text and page.image_share >= options.image_share and not page.rules


def _read_lines(glyphs: Sequence[Glyph], page: int, options: PdfOptions) -> Iterator[Line]:
    lines = gather_lines(glyphs, options)
    pieces = [piece for line in lines for piece in split_pieces(line, options)]
    for run in build_line_runs(pieces, page, options):
        if run.text:
            yield Line(run=run)
