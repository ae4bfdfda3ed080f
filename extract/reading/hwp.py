"""An HWP 5 document (the binary format of Hancom Office) to lines and tables.

It has no pages: a place is a span of a paragraph (`extract.reading.written.Writing`).
"""

from extract.options import ReadingLimits
from extract.reading.hwp_container import SIGNATURE, read_sections
from extract.reading.hwp_section import read_section
from extract.reading.written import Writing
from extract.records import Document

MEDIA_TYPE = "application/x-hwp"
_LIMITS = ReadingLimits()


def is_hwp(data: bytes) -> bool:
    """Tell whether an OLE file shows signs of HWP 5; `read_hwp` has the last word."""
    return SIGNATURE in data


def read_hwp(data: bytes, file_name: str, limits: ReadingLimits = _LIMITS) -> Document:
    """Return the paragraphs and tables of an HWP 5 document in reading order.

    `line_no` of a place is the number of a paragraph, from 1, those in cells included. Captions,
    unit notes, headings and section paths are left to `extract.surroundings`.

    Raises:
        CorruptDocument: The compound file, a packed stream or a record is broken.
        EncryptedDocument: The text is encrypted: by a password, or for distribution.
        NoTextLayer: All that it shows stands in pictures or boxes, which are not read.
        TooManyObjects: Something in it is made of too much.
        TooManyPages: It has more paragraphs than fit on the pages that a file may have.
        TooMuchUnpacked: It unpacks to more than it may.
        UnsupportedDocument: It is another kind of document, or of another version.
    """
    writing = Writing(limits)
    for section in read_sections(data, limits):
        read_section(section, writing)
    return writing.document(data, file_name, MEDIA_TYPE)
