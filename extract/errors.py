"""The ways in which a file can refuse to be read; each carries a stable reason code."""

from typing import ClassVar


class DocumentError(Exception):
    """A file that cannot give a document; `reason` goes into the quarantine table."""

    reason: ClassVar[str] = "CORRUPT"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class MissingDocument(DocumentError):
    """There is no file at this place."""

    reason = "MISSING"


class UnreadableDocument(DocumentError):
    """The file exists and may not be opened."""

    reason = "UNREADABLE"


class NotRegularFile(DocumentError):
    """A device, a pipe or a socket stands where a report was expected."""

    reason = "NOT_REGULAR_FILE"


class EmptyDocument(DocumentError):
    """The file has no bytes, or nothing but white space."""

    reason = "EMPTY"


class UnsupportedDocument(DocumentError):
    """The file is of a kind that is not read: an image, an archive, a program."""

    reason = "UNSUPPORTED"


class NotAPdf(DocumentError):
    """The file is named like a PDF and does not start like one."""

    reason = "NOT_A_PDF"


class UndecidedEncoding(DocumentError):
    """No encoding turns the bytes into Korean text without damage."""

    reason = "ENCODING"


class EncryptedDocument(DocumentError):
    """A password is needed."""

    reason = "ENCRYPTED"


class CorruptDocument(DocumentError):
    """The file claims a format and breaks its rules."""

    reason = "CORRUPT"


class NoTextLayer(DocumentError):
    """No page has text, typed or recognised: a scan without Tesseract, or a picture."""

    reason = "NO_TEXT"


class TooLargeFile(DocumentError):
    """The file has more bytes than a report may have."""

    reason = "LIMIT_SIZE"


class TooManyPages(DocumentError):
    """The file has more pages than a report may have."""

    reason = "LIMIT_PAGES"


class TooManyObjects(DocumentError):
    """A page, or a line of text, is made of more pieces than one may be made of."""

    reason = "LIMIT_OBJECTS"


class TooMuchUnpacked(DocumentError):
    """A packed part of the file unpacks to more than it may: a decompression bomb."""

    reason = "LIMIT_EXPANSION"


REASONS: tuple[tuple[str, str], ...] = tuple(
    (kind.reason, (kind.__doc__ or "").splitlines()[0])
    for kind in (
        MissingDocument,
        UnreadableDocument,
        NotRegularFile,
        EmptyDocument,
        UnsupportedDocument,
        NotAPdf,
        UndecidedEncoding,
        EncryptedDocument,
        CorruptDocument,
        NoTextLayer,
        TooLargeFile,
        TooManyPages,
        TooManyObjects,
        TooMuchUnpacked,
    )
)
"""Every reason code with its meaning, as `geomsan schema` prints it."""
