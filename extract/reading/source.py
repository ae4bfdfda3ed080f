"""The one door for files: looks at the bytes, not at the name, and calls the right reader."""

import stat
from dataclasses import replace
from pathlib import Path

from extract.errors import (
    EmptyDocument,
    MissingDocument,
    NotRegularFile,
    UnreadableDocument,
    UnsupportedDocument,
)
from extract.reading.text import read_text
from extract.records import Document
from extract.surroundings import attach_surroundings

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an OLE office document (HWP, DOC, XLS)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a database"),
)


def read_document(path: Path) -> Document:
    """Read one report.

    Raises:
        DocumentError: with the reason code that the quarantine table shows.
    """
    document = _read(path)
    return replace(document, blocks=attach_surroundings(document.blocks))


def _read(path: Path) -> Document:
    data = _bytes(path)
    if not data:
        raise EmptyDocument("the file has no bytes")
    if b"%PDF-" in data[:1024]:
        from extract.reading.pdf import read_pdf  # slow to import, not needed for text

        return read_pdf(data, path.name)
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise UnsupportedDocument(f"{kind}, not a PDF or text report")
    if data.startswith(b"MZ") and b"\x00" in data[:1024]:  # a text may open with MZ세대
        raise UnsupportedDocument("a program, not a PDF or text report")
    return read_text(data, path.name)


def _bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise NotRegularFile("not a regular file")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingDocument("no such file") from error
    except OSError as error:
        raise UnreadableDocument(error.strerror or "cannot be opened") from error
