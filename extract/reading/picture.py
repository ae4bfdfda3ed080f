"""A page of a PDF as a picture, for people who want to see what was read."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

import pypdfium2

from extract.errors import CorruptDocument
from extract.options import PdfOptions
from extract.reading.pdf_fence import fenced
from extract.reading.pdf_lines import gather_lines
from extract.reading.pdf_runs import build_line_runs
from extract.reading.pdfium_page import open_file, read_page
from extract.records import Place, Run

_COVER: Final = (90, 90, 100)
_MARGIN: Final = 1
"""Pixels by which a cover is larger than the letters under it."""


def draw_page(data: bytes, page_no: int, scale: float, covered: Iterable[Place] = ()) -> Any:
    """Return a page (1-based) as a Pillow picture with `scale` pixels to the point.

    Points of the displayed page, from its top left, times `scale` are pixels of the picture.

    Args:
        data: the file.
        page_no: the page, from 1.
        scale: pixels to the point.
        covered: boxes that are painted over, such as those of names and phones.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: The page does not exist, or PDFium cannot draw it.
    """
    image = fenced(partial(_draw, data, page_no, scale))
    _cover(image, scale, [place for place in covered if place.page == page_no])
    return image


def read_lines(data: bytes, page_no: int) -> tuple[Run, ...]:
    """Return the printed lines of a page (1-based) with the place of each letter.

    Text in tables counts as lines, too; a picture has none.

    Raises:
        DocumentError: A password is needed, the page does not exist, or is made of too much.
    """
    options = PdfOptions()
    with open_file(data) as file:
        page = read_page(file, page_no, options)
    if page is None:
        return ()
    return tuple(build_line_runs(gather_lines(page.glyphs, options), page_no, options))


def _cover(image: Any, scale: float, places: list[Place]) -> None:
    if not places:
        return
    from PIL import ImageDraw  # slow to import, seldom needed

    pen = ImageDraw.Draw(image)
    for place in places:
        if place.x0 is None or place.x1 is None or place.y0 is None or place.y1 is None:
            continue
        left, right = sorted((place.x0 * scale, place.x1 * scale))
        top, bottom = sorted((place.y0 * scale, place.y1 * scale))
        box = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
        pen.rectangle(box, fill=_COVER)


def _draw(data: bytes, page_no: int, scale: float) -> Any:
    document = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= page_no <= len(document):
            message = f"there is no page {page_no}"
            raise CorruptDocument(message)
        return document[page_no - 1].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
