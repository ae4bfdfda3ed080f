"""The one door for files: looks at the bytes, not at the name, and calls the right reader."""

import stat
from dataclasses import replace
from pathlib import Path

from extract.errors import (
    EmptyDocument,
    MissingDocument,
    NotAPdf,
    NotRegularFile,
    TooLargeFile,
    UnreadableDocument,
    UnsupportedDocument,
)
from extract.options import PdfOptions, ReadingLimits
from extract.reading.text import read_text
from extract.records import Document
from extract.surroundings import attach_surroundings

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (_ZIP, "a zip archive or office document"),
    (_OLE, "an OLE office document (DOC, XLS)"),
    (b"HWP Document File", "a document of HWP 3 or older"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a database"),
)
_FOREIGN_SUFFIXES = frozenset(
    ".hwp .hwpx .doc .docx .xls .xlsx .ppt .pptx .odt .ods .zip .png .jpg .jpeg .gif .tif".split()
)
_LIMITS = ReadingLimits()


def read_document(path: Path, limits: ReadingLimits = _LIMITS) -> Document:
    """Read one report under some limits.

    Raises:
        DocumentError: with the reason code that the quarantine table shows.
    """
    document = _read(path, limits)
    return replace(document, blocks=attach_surroundings(document.blocks))


def _read(path: Path, limits: ReadingLimits) -> Document:
    data = _bytes(path, limits)
    if not data:
        raise EmptyDocument("the file has no bytes")
    if b"%PDF-" in data[:1024]:
        from extract.reading.pdf import read_pdf  # slow to import, not needed for text

        return read_pdf(data, path.name, PdfOptions(limits=limits))
    written = _read_written(data, path.name, limits)
    if written is not None:
        return written
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise UnsupportedDocument(f"{kind}, not a PDF, HWP or text report")
    if data.startswith(b"MZ") and b"\x00" in data[:1024]:  # a text may open with MZ세대
        raise UnsupportedDocument("a program, not a PDF, HWP or text report")
    _require_name_of_text(path.suffix.lower())
    return read_text(data, path.name, limits)


def _read_written(data: bytes, name: str, limits: ReadingLimits) -> Document | None:
    """Return what a word processor wrote; None where the file shows no signs of HWPX or HWP 5."""
    if data.startswith(_ZIP):
        from extract.reading.hwpx import is_hwpx, read_hwpx  # other formats do without them

        return read_hwpx(data, name, limits) if is_hwpx(data) else None
    if data.startswith(_OLE):
        from extract.reading.hwp import is_hwp, read_hwp  # they load olefile

        return read_hwp(data, name, limits) if is_hwp(data) else None
    return None


def _require_name_of_text(suffix: str) -> None:
    """A page of an error, or a part of a broken file, under the name of a report is no text report.

    Raises:
        NotAPdf: The name is that of a PDF.
        UnsupportedDocument: The name is that of another format.
    """
    if suffix == ".pdf":
        raise NotAPdf("named like a PDF, but it does not start like one")
    if suffix in _FOREIGN_SUFFIXES:
        raise UnsupportedDocument(f"named {suffix}, but it is neither that nor a text report")


def _bytes(path: Path, limits: ReadingLimits) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularFile("not a regular file")
        if status.st_size > limits.file_bytes:
            raise TooLargeFile(f"it has more than {limits.file_bytes:,} bytes")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingDocument("no such file") from error
    except OSError as error:
        raise UnreadableDocument(error.strerror or "cannot be opened") from error
