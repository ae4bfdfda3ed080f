"""The streams of an HWP 5 file: an OLE compound file whose streams are packed with raw Deflate."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

import olefile
import regex

from extract.errors import (
    CorruptDocument,
    EncryptedDocument,
    TooMuchUnpacked,
    UnsupportedDocument,
)
from extract.options import ReadingLimits
from extract.reading.written import order_sections

SIGNATURE = b"HWP Document File"
_HEADER = struct.Struct("<32s3xB I")
"""`FileHeader`: signature, version (its first number is the last byte), properties."""
_VERSION = 5
_PACKED = 1 << 0
_LOCKED = (
    (1 << 1, "a password"),
    (1 << 2, "a document for distribution"),
    (1 << 4, "rights management"),
    (1 << 8, "a certificate"),
    (1 << 10, "rights management by certificate"),
)
"""Properties of a document whose text is encrypted (HWP 5.0 revision 1.3, table 3)."""
_SECTION = regex.compile(r"BodyText/Section(\d{1,6})")
_BLOCK = 1 << 20
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError,
           RecursionError, struct.error)  # fmt: skip
"""What `olefile` raises on broken files, besides its own errors, which are kinds of OSError."""


def read_sections(data: bytes, limits: ReadingLimits) -> Iterator[bytes]:
    """Yield the sections of the document, unpacked, in its order.

    Raises:
        CorruptDocument: The compound file or a packed stream is broken.
        EncryptedDocument: The text is encrypted.
        TooMuchUnpacked: The sections unpack to more than they may, together.
        UnsupportedDocument: It is another kind of document, or of another version.
    """
    streams = _streams(data)
    header = streams.pop("FileHeader", b"")
    if not header.startswith(SIGNATURE):
        message = "an OLE office document, not an HWP 5 report"
        raise UnsupportedDocument(message)
    is_packed = _check_header(header)
    names = order_sections(tuple(streams), _SECTION)
    if not names or names[-1] != f"BodyText/Section{len(names) - 1}":
        message = "a section of the document is missing"
        raise CorruptDocument(message)
    left = limits.decoded_bytes
    for name in names:
        section = _unpack(streams[name], left) if is_packed else streams[name]
        left -= len(section)
        if left < 0:
            message = f"the document unpacks to more than {limits.decoded_bytes:,} bytes"
            raise TooMuchUnpacked(message)
        yield section


def _streams(data: bytes) -> dict[str, bytes]:
    """Return the streams that are needed, by their path.

    Raises:
        CorruptDocument: The compound file is broken.
    """
    try:
        with olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as container:
            _require_end(container.fat, container.first_dir_sector)
            names = ["/".join(path) for path in container.listdir()]
            wanted = [name for name in names if name == "FileHeader" or _SECTION.fullmatch(name)]
            return {name: container.openstream(name).read() for name in wanted}
    except _BROKEN as error:
        message = "the compound file is broken or cut off"
        raise CorruptDocument(message) from error


def _require_end(table: Sequence[int], first: int) -> None:
    """Check that the chain of the directory's sectors comes to an end, which olefile does not.

    Raises:
        ValueError: It runs in a circle.
    """
    seen: set[int] = set()
    while first < len(table):
        if first in seen:
            message = "a chain of sectors runs in a circle"
            raise ValueError(message)
        seen.add(first)
        first = table[first]


def _check_header(header: bytes) -> bool:
    """Return whether the sections are packed.

    Raises:
        CorruptDocument: The header is cut off.
        EncryptedDocument: The text is encrypted.
        UnsupportedDocument: The version is another one.
    """
    if len(header) < _HEADER.size:
        message = "the header of the document is cut off"
        raise CorruptDocument(message)
    _, version, properties = _HEADER.unpack_from(header)
    if version != _VERSION:
        message = f"an HWP document of version {version}, not {_VERSION}"
        raise UnsupportedDocument(message)
    for bit, kind in _LOCKED:
        if properties & bit:
            message = f"the text is encrypted: {kind}"
            raise EncryptedDocument(message)
    return bool(properties & _PACKED)


def _unpack(packed: bytes, most: int) -> bytes:
    """Return what a stream unpacks to, or a little more than `most` bytes of it.

    Raises:
        CorruptDocument: It is damaged or cut off.
    """
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size, rest = 0, packed
    try:
        while not inflater.eof and size <= most:
            piece = inflater.decompress(rest, _BLOCK)
            rest = inflater.unconsumed_tail
            if not piece and not rest:
                break
            pieces.append(piece)
            size += len(piece)
    except zlib.error as error:
        message = "a section of the document is damaged"
        raise CorruptDocument(message) from error
    if not inflater.eof and size <= most:
        message = "a section of the document is cut off"
        raise CorruptDocument(message)
    return b"".join(pieces)
