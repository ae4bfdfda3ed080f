"""A page of a PDF as a picture, for people who want to see what was read."""

from functools import partial
from typing import Any

import pypdfium2

from extract.errors import CorruptDocument
from extract.reading.pdf_fence import fenced


def draw_page(data: bytes, page_no: int, scale: float) -> Any:
    """Return a page (1-based) as a Pillow picture with `scale` pixels to the point.

    Points of the displayed page, from its top left, times `scale` are pixels of the picture.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: The page does not exist, or PDFium cannot draw it.
    """
    return fenced(partial(_draw, data, page_no, scale))


def _draw(data: bytes, page_no: int, scale: float) -> Any:
    document = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= page_no <= len(document):
            message = f"there is no page {page_no}"
            raise CorruptDocument(message)
        return document[page_no - 1].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
