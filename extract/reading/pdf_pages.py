"""The PDF engines behind one door: bytes to shapes of pages; their exceptions are caught here."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import chain
from operator import attrgetter
from typing import Any

import pypdfium2

from extract.errors import CorruptDocument, DocumentError, TooManyPages
from extract.grids.ruled_shapes import PageShapes
from extract.options import PdfOptions, ReadingLimits
from extract.reading import pdfium_page, plumber_page
from extract.reading.pdf_fence import fenced
from extract.reading.plumber_page import open_pages, quiet

_PAGES_AT_ONCE = 50
"""Pages read from a file before it is opened anew."""
_FIRST_PRIVATE, _LAST_PRIVATE = "\ue000", "\uf8ff"


def count_pages(data: bytes, options: PdfOptions) -> int:
    """Return the number of pages that PDFium finds, 0 where it refuses the file.

    Raises:
        TooManyPages: It has more than it may have.
    """
    try:
        with pdfium_page.open_file(data) as file:
            return pdfium_page.count_pages(file, options.limits)
    except TooManyPages:
        raise
    except DocumentError:
        return 0


def read_pages(
    data: bytes, options: PdfOptions, wanted: range | None = None
) -> Iterator[PageShapes | None]:
    """Yield the shapes of each page in order; None for a page that cannot be read.

    `wanted` names the pages (1-based), all of them where it is None; some can be read only of a
    file that PDFium opens.

    PDFium reads first. A page whose fonts it cannot map, and a file that it cannot open, goes to
    pdfplumber.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: The file cannot be opened as a PDF, or has no pages.
        TooManyPages: It has more than it may have.
        MemoryError: The engine ran out of memory; the caller's limits decide what that means.
    """
    if options.engine == "pdfium":
        opened = _open_fast(data, options.limits, wanted)
        first = _first(opened)
        if first is not None:
            yield from _read_fast(chain((first,), opened), data, options)
            return
    with quiet():
        pages = open_pages(data)
        pdfium_page.require_few_pages(len(pages), options.limits)
        for page in pages:
            yield _read_slow(page, options)


def _open_fast(
    data: bytes, limits: ReadingLimits, wanted: range | None
) -> Iterator[tuple[int, int]]:
    """Yield each page as the handle of the file, open in PDFium, and its number.

    PDFium keeps what it has seen of a file until that is closed, so a long one is opened anew
    from time to time: the memory that a file needs does not grow with its pages.

    Raises:
        DocumentError: PDFium refuses the file.
    """
    done, last = (0, 1) if wanted is None else (wanted.start - 1, wanted.stop - 1)
    while done < last:
        with pdfium_page.open_file(data) as file:
            if wanted is None:
                last = pdfium_page.count_pages(file, limits)
            for number in range(done + 1, min(done + _PAGES_AT_ONCE, last) + 1):
                yield file, number
        done += _PAGES_AT_ONCE


def _first(opened: Iterator[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first page; None where PDFium refuses the file.

    Raises:
        TooManyPages: It has more than it may have, whoever reads it.
    """
    try:
        return next(opened)
    except TooManyPages:
        raise
    except DocumentError:
        return None


def _read_fast(
    opened: Iterable[tuple[int, int]], data: bytes, options: PdfOptions
) -> Iterator[PageShapes | None]:
    slow_pages: list[Any] | None = None
    for file, number in opened:
        shapes = pdfium_page.read_page(file, number, options)
        if shapes is None or _is_doubtful(shapes, options):
            with quiet():
                if slow_pages is None:
                    slow_pages = _open_slow(data)
                shapes = _better(_ask_slow(slow_pages, number, options), shapes)
        yield shapes


def _is_doubtful(shapes: PageShapes, options: PdfOptions) -> bool:
    """Tell whether fonts of the page have no Unicode values, or private ones for most characters.

    A few private ones are the bullets of word processors.
    """
    texts = Counter(map(attrgetter("text"), shapes.glyphs))
    inked = [(text, count) for text, count in texts.items() if not text.isspace()]
    private = sum(count for text, count in inked if _FIRST_PRIVATE <= text <= _LAST_PRIVATE)
    share = options.private_share * sum(count for _, count in inked)
    return shapes.has_unmapped_text or private > share


def _better(slow: PageShapes | None, fast: PageShapes | None) -> PageShapes | None:
    """Return what the slow engine read, unless only the fast one found any text."""
    if slow is None or fast is None:
        return slow or fast
    if _has_text(fast) and not _has_text(slow):
        return fast
    return replace(
        slow,
        has_unseen_text=fast.has_unseen_text,
        has_outside_text=fast.has_outside_text,
    )


def _has_text(shapes: PageShapes) -> bool:
    return any(glyph.text.strip() for glyph in shapes.glyphs)


def _open_slow(data: bytes) -> list[Any]:
    """Return the pages of the slow engine; none where it cannot open the file."""
    try:
        return open_pages(data)
    except DocumentError:
        return []


def _ask_slow(pages: list[Any], number: int, options: PdfOptions) -> PageShapes | None:
    if number > len(pages):
        return None
    shapes = _read_slow(pages[number - 1], options)
    return None if shapes is None else replace(shapes, is_fallback=True)


def _read_slow(page: Any, options: PdfOptions) -> PageShapes | None:
    shapes: PageShapes
    try:
        shapes = fenced(partial(plumber_page.read_page, page, options.grids))
    except CorruptDocument:
        return None
    finally:
        page.close()
    return shapes


def repair(data: bytes) -> bytes:
    """Return a file as PDFium writes it: cross references put right, page sizes spelled out.

    Raises:
        CorruptDocument: PDFium cannot open it either.
    """
    repaired: bytes = fenced(partial(_rewrite, data))
    return repaired


def _rewrite(data: bytes) -> bytes:
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            page.set_mediabox(*page.get_mediabox())
        buffer = BytesIO()
        document.save(buffer)
        return buffer.getvalue()
    finally:
        document.close()
