"""An HWPX document (KS X 6101, the XML format of Hancom Office) to lines and tables.

It has no pages: a place is a span of a paragraph (`extract.reading.written.Writing`).
"""

from collections.abc import Mapping

import regex

from extract.errors import CorruptDocument, EncryptedDocument
from extract.options import ReadingLimits
from extract.reading.hwpx_package import HEAD, MIMETYPE, SECTION_START, Package
from extract.reading.hwpx_section import read_section
from extract.reading.hwpx_xml import parse_xml
from extract.reading.written import Writing, order_sections
from extract.records import Document

MEDIA_TYPE = "application/hwp+zip"
_LIMITS = ReadingLimits()
_CONTENTS = "Contents/content.hpf"
_MANIFEST = "META-INF/manifest.xml"
_SECTION = regex.compile(r"Contents/section(\d{1,6})\.xml")


def is_hwpx(data: bytes) -> bool:
    """Tell whether a zip archive shows signs of HWPX; `read_hwpx` has the last word."""
    return MIMETYPE in data[:HEAD] or SECTION_START in data


def read_hwpx(data: bytes, file_name: str, limits: ReadingLimits = _LIMITS) -> Document:
    """Return the paragraphs and tables of an HWPX document in reading order.

    `line_no` of a place is the number of a paragraph, from 1, those in cells included. Captions,
    unit notes, headings and section paths are left to `extract.surroundings`.

    Raises:
        CorruptDocument: The archive or its XML is broken.
        EncryptedDocument: A password is needed.
        NoTextLayer: All that it shows stands in pictures or boxes, which are not read.
        TooManyObjects: Something in it is made of too much.
        TooManyPages: It has more paragraphs than fit on the pages that a file may have.
        TooMuchUnpacked: It unpacks to more than it may.
        UnsupportedDocument: It is another kind of archive.
    """
    package = Package(data, limits)
    if _MANIFEST in package.names:
        _require_no_password(package)
    writing = Writing(limits)
    for name in _sections(package):
        read_section(package.read(name), writing)
    return writing.document(data, file_name, MEDIA_TYPE)


def _require_no_password(package: Package) -> None:
    def note(name: str, _: Mapping[str, str]) -> None:
        if name == "encryption-data":
            message = "the document is protected by a password"
            raise EncryptedDocument(message)

    parse_xml(package.read(_MANIFEST), note, lambda _: None)


def _sections(package: Package) -> list[str]:
    """Return the names of the sections in the order of the document.

    Raises:
        CorruptDocument: The list of contents names one that is not there, or one twice.
    """
    listed = _listed(package) if _CONTENTS in package.names else []
    sections = [name for name in listed if _SECTION.fullmatch(name)]
    if len(set(sections)) < len(sections) or not set(sections) <= set(package.names):
        message = "the list of contents does not fit the sections of the document"
        raise CorruptDocument(message)
    return sections or order_sections(package.names, _SECTION)


def _listed(package: Package) -> list[str]:
    """Return the names of the parts in the order in which the list of contents shows them."""
    places: dict[str, str] = {}
    order: list[str] = []

    def note(name: str, attributes: Mapping[str, str]) -> None:
        if name == "item":
            href = attributes.get("href", "").lstrip("/")
            is_inner = "/" not in href
            places[attributes.get("id", "")] = f"Contents/{href}" if is_inner else href
        elif name == "itemref":
            order.append(attributes.get("idref", ""))

    parse_xml(package.read(_CONTENTS), note, lambda _: None)
    return [places[one] for one in order if one in places]
