"""The packed parts of an HWPX file: a zip archive, unpacked in memory, never onto a disk."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from extract.errors import (
    CorruptDocument,
    EncryptedDocument,
    TooManyObjects,
    TooMuchUnpacked,
    UnsupportedDocument,
)
from extract.options import ReadingLimits

MIMETYPE = b"application/hwp+zip"
HEAD = 128
"""Bytes in which the first part stands: its name, and what it says of the format."""
SECTION_START = b"Contents/section"
"""How the names of the parts begin that hold the text."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_IS_ENCRYPTED = 0x1
_BLOCK = 1 << 16
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, RuntimeError,
)  # fmt: skip
"""What `zipfile` raises on broken archives; RuntimeError covers what it does not implement."""


class Package:
    """The parts of an HWPX file by name; what they unpack to is counted over all of them.

    Raises:
        CorruptDocument: The archive is broken, or two parts have the same name.
        EncryptedDocument: A password is needed.
        TooManyObjects: It has more parts than a page may have pieces.
        UnsupportedDocument: It is another kind of archive.
    """

    def __init__(self, data: bytes, limits: ReadingLimits) -> None:
        if data.count(_DIRECTORY_ENTRY) > limits.objects:
            message = f"the archive has more than {limits.objects:,} parts"
            raise TooManyObjects(message)
        self._most = limits.decoded_bytes
        self._left = limits.decoded_bytes
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            message = "the archive is broken or cut off"
            raise CorruptDocument(message) from error
        self.names = tuple(self._archive.namelist())
        """In the order of the archive's directory."""
        if not any(name.encode().startswith(SECTION_START) for name in self.names):
            is_named = MIMETYPE in data[:HEAD]
            kind, message = (
                (CorruptDocument, "the document has no sections")
                if is_named
                else (UnsupportedDocument, "a zip archive, not a PDF, HWPX or text report")
            )
            raise kind(message)
        if len(set(self.names)) < len(self.names):
            message = "two parts of the archive have the same name"
            raise CorruptDocument(message)

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a part, unpacked, in small blocks.

        Raises:
            CorruptDocument: There is no such part, or it is broken.
            EncryptedDocument: A password is needed.
            TooMuchUnpacked: The parts unpack to more than they may, whatever they say of it.
        """
        try:
            part = self._archive.getinfo(name)
            if part.flag_bits & _IS_ENCRYPTED:
                message = "a part of the archive is encrypted"
                raise EncryptedDocument(message)
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                message = "a part of the archive is packed in a way that HWPX does not use"
                raise CorruptDocument(message)
            with self._archive.open(part) as stream:
                while block := stream.read(_BLOCK):
                    self._count(len(block))
                    yield block
        except _BROKEN as error:
            message = f"a part of the archive is missing or broken: {name}"
            raise CorruptDocument(message) from error

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            message = f"the archive unpacks to more than {self._most:,} bytes"
            raise TooMuchUnpacked(message)
