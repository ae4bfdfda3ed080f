"""What the bytes of a PDF tell about it, whatever an engine reads: revisions, damage, odd fonts."""

import re
import zlib
from collections.abc import Iterator

_START = re.compile(rb"startxref\s+(\d{1,19})\b")
_TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_HEAD = 1024
_DICTIONARY = 4096
"""Bytes around the mention of a Unicode map in which its font's dictionary lies."""
_MAP = re.compile(rb"/ToUnicode\s+(\d{1,9})\s+(\d{1,5})\s+R")
_SIMPLE = re.compile(rb"/Subtype\s*/(?:Type1|MMType1|TrueType)\b")
_OWN_CODES = re.compile(rb"/Differences|/Encoding\s+\d+\s+\d+\s+R|/BaseFont\s*/[A-Z]{6}\+")
"""A font that names its own codes, or of which only some letters lie in the file."""
_LARGEST_MAP = 1 << 20
_MOST_MAPS = 200
_ENTRY = re.compile(rb"<\s*(3[0-9])\s*>\s*<\s*00(3[0-9])\s*>")
_RANGE = re.compile(rb"<\s*(3[0-9])\s*>\s*<\s*([0-9A-Fa-f]{2})\s*>\s*<\s*00([0-9A-Fa-f]{2})\s*>")


def count_revisions(data: bytes) -> int:
    """Return how often the file was saved on top of what it held before, the first time included.

    A file made for the web ends twice without having been changed.
    """
    is_for_web = b"/Linearized" in data[:_HEAD]
    return max(1, len(_START.findall(data)) - is_for_web)


def is_damaged(data: bytes) -> bool:
    """Tell whether the end of the file does not lead to its table of contents."""
    found = _START.findall(data)
    return not found or not _TABLE.match(data, min(int(found[-1]), len(data)))


def has_lying_map(data: bytes) -> bool:
    """Tell whether a font prints one digit and says that it is another.

    Only fonts with a standard encoding can be seen through: there 0x31 prints a 1, whatever the
    map to Unicode says (ISO 32000-1, 9.10.3 and annex D).
    """
    for count, found in enumerate(_MAP.finditer(data)):
        if count >= _MOST_MAPS:
            return False
        font = _around(data, found.start())
        if _SIMPLE.search(font) and not _OWN_CODES.search(font):
            table = _content(data, int(found[1]), int(found[2]))
            if any(code != meaning for code, meaning in _digits(table)):
                return True
    return False


def _around(data: bytes, place: int) -> bytes:
    start = data.rfind(b" obj", max(0, place - _DICTIONARY), place)
    end = data.find(b"endobj", place, place + _DICTIONARY)
    return data[max(0, start) : end if end >= 0 else place + _DICTIONARY]


def _content(data: bytes, number: int, generation: int) -> bytes:
    """Return what the stream of an object holds; nothing where it cannot be unpacked."""
    opens = re.search(rb"(?<!\d)%d\s+%d\s+obj" % (number, generation), data)
    if opens is None:
        return b""
    begins = data.find(b"stream", opens.end(), opens.end() + _DICTIONARY)
    if begins < 0:
        return b""
    start = begins + len(b"stream")
    start += 2 if data[start : start + 2] == b"\r\n" else 1
    packed = data[start : max(start, data.find(b"endstream", start))]
    if b"Filter" not in data[opens.end() : begins]:
        return packed[:_LARGEST_MAP]
    try:
        return zlib.decompressobj().decompress(packed, _LARGEST_MAP)
    except zlib.error:
        return b""


def _digits(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield the codes of digits that a map gives as digits, with the digits that it gives."""
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, meaning in _ENTRY.findall(part):
            yield int(code, 16), int(meaning, 16)
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, meaning in _RANGE.findall(part):
            for code in range(int(first, 16), min(int(last, 16), 0x39) + 1):
                told = int(meaning, 16) + code - int(first, 16)
                if 0x30 <= told <= 0x39:
                    yield code, told
