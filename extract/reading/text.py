"""Plain text files to documents: bytes to characters, characters to lines, lines to blocks."""

import codecs
import hashlib
import unicodedata

import regex

from extract.errors import (
    EmptyDocument,
    TooLargeFile,
    TooManyObjects,
    TooManyPages,
    UndecidedEncoding,
    UnsupportedDocument,
)
from extract.grids.text import find_text_grids
from extract.options import ReadingLimits
from extract.reading.composed import compose
from extract.reading.markup import replace_markup
from extract.records import Document, Line, Place, Run

_LIMITS = ReadingLimits()
_LINES_A_PAGE = 50
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HANGUL = regex.compile(r"[가-힣ᄀ-ᇿㄱ-ㆎ]")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ufffd\ufffe]")
_TERMINAL = regex.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*\x07")
"""What a program wrote to colour or clear a screen (ECMA-48): it shows no binary data."""
_LINE_PIECES = regex.compile(r"[^\r\f\v\u2028\u2029]+")
_MEDIA_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".tsv": "text/tab-separated-values",
}


def read_text(data: bytes, file_name: str, limits: ReadingLimits = _LIMITS) -> Document:
    """Read the bytes of a text report.

    Raises:
        EmptyDocument: no characters but white space.
        UnsupportedDocument: the bytes are no text.
        UndecidedEncoding: no encoding gives undamaged Korean text.
        TooLargeFile: there are more bytes than a text may have.
        TooManyPages: there are more lines than on as many pages as a file may have.
        TooManyObjects: a line has more characters than a page may have.
    """
    if len(data) > limits.text_bytes:
        message = f"it is a text of more than {limits.text_bytes:,} bytes"
        raise TooLargeFile(message)
    text, encoding = decode(data)
    if not text.strip():
        raise EmptyDocument("the file holds no text")
    raw_lines = text.split("\n")
    if len(raw_lines) > limits.pages * _LINES_A_PAGE:
        message = f"it has more lines than {limits.pages:,} pages"
        raise TooManyPages(message)
    if max(map(len, raw_lines)) > limits.objects:
        message = f"a line has more than {limits.objects:,} characters"
        raise TooManyObjects(message)
    lines = [Line(run=run) for number, raw in enumerate(raw_lines, 1) for run in _runs(number, raw)]
    suffix = file_name[file_name.rfind(".") :].lower() if "." in file_name else ""
    return Document(
        document_id=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        media_type=_MEDIA_TYPES.get(suffix, "text/plain"),
        byte_size=len(data),
        blocks=find_text_grids(lines),
        line_count=len(raw_lines) - (1 if raw_lines[-1] == "" else 0),
        encoding=encoding,
    )


def decode(data: bytes) -> tuple[str, str]:
    """Return the characters of a text file and the name of the encoding that gave them."""
    if not data:
        raise EmptyDocument("the file has no bytes")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data, encoding)
    wide = _wide_encoding(data)
    if wide:
        return _decode_marked(data, wide)
    if b"\x00" in data:
        raise UnsupportedDocument("binary data, not text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_korean(data)
    return _checked(text), "utf-8"


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return _checked(data.decode(encoding)), encoding
    except UnicodeDecodeError as error:
        raise UndecidedEncoding(f"marked as {encoding}, but not valid in it") from error


def _checked(text: str) -> str:
    """Return the text unless control characters show that it is none."""
    if len(_CONTROL.findall(_TERMINAL.sub("", text))) > len(text) // 50:
        raise UnsupportedDocument("binary data, not text")
    return text


def _wide_encoding(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zero bytes of its digits, spaces and line ends."""
    head = data[:4096]
    if len(data) % 2 or b"\x00" not in head:
        return None
    for encoding, low in (("utf-16-le", 0), ("utf-16-be", 1)):
        ascii_pairs = sum(
            1
            for i in range(0, len(head) - 1, 2)
            if head[i + 1 - low] == 0 and 9 <= head[i + low] < 127
        )
        if ascii_pairs * 20 > len(head):
            return encoding
    return None


def _decode_korean(data: bytes) -> tuple[str, str]:
    """Decode CP949 (which holds EUC-KR) if what comes out looks like Korean text."""
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError as error:
        kind = UnsupportedDocument if _looks_binary(data) else UndecidedEncoding
        raise kind("neither UTF-8, UTF-16 nor CP949") from error
    wide = [char for char in text if ord(char) > 127]
    hangul = sum(1 for char in wide if _HANGUL.match(char) or unicodedata.category(char)[0] in "PS")
    if _CONTROL.search(text) or hangul < 0.7 * len(wide):
        raise UndecidedEncoding("decodes as CP949, but not to Korean text")
    return text, "cp949"


def _looks_binary(data: bytes) -> bool:
    head = data[:4096]
    return sum(1 for byte in head if byte < 9 or 13 < byte < 32) > len(head) // 50


def _runs(number: int, raw: str) -> list[Run]:
    """Return the printed lines of one line of the file; empty lines give one empty run."""
    pieces = [_run(number, match.group(), match.start()) for match in _LINE_PIECES.finditer(raw)]
    return pieces or [_run(number, "", 0)]


def _run(number: int, raw: str, offset: int) -> Run:
    text, edges = compose(raw, offset)
    text, edges = replace_markup(text, edges)
    place = Place(line_no=number, char_start=offset, char_end=offset + len(raw))
    straight = len(text) == len(raw) and all(edge == offset + i for i, edge in enumerate(edges))
    return Run(text=text, place=place, edges=() if straight else tuple(edges))
