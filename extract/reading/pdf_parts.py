"""The packed parts of a PDF, measured before an engine unpacks them: bombs are found cheaply."""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from extract.errors import TooMuchUnpacked
from extract.options import ReadingLimits

_HEAD = 2048
"""Bytes before the word `stream` in which the dictionary of a part is looked for."""
_MOST_GAIN = 1032
"""Bytes that one byte of Deflate can stand for, at most."""
_BLOCK = 1 << 20
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)|/F\s*(\[\s*/[^\]]*\])")
_NAME = re.compile(rb"/(\w+)")
_LENGTH = re.compile(rb"/Length\s+(\d+)\b(?!\s+\d+\s+R)")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DEFLATE = frozenset((b"FlateDecode", b"Fl"))
_GROWING = frozenset((*_DEFLATE, b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL"))
_DEEPEST = 8
"""Filters, one on the other, that are followed."""
_OTHER_KEYS = re.compile(rb"/(?:Type|Subtype|Length1|N|FunctionType|Alternate)\b")


class _Part(NamedTuple):
    """A stream of the file."""

    head: bytes
    start: int
    end: int
    filters: tuple[bytes, ...]


def check_parts(data: bytes, limits: ReadingLimits) -> None:
    """Make sure that no part of a file unpacks to more than it may.

    Only a part that is large enough to do so is unpacked, in small blocks. Pictures are passed
    over: they are not unpacked to read text. A part that is not packed at all and says nothing of
    its kind is the content of a page, and has a closer limit.

    Raises:
        TooMuchUnpacked: One does.
    """
    for part in _parts(data):
        packed = part.end - part.start
        if not part.filters:
            if packed > limits.content_bytes and not _OTHER_KEYS.search(part.head):
                _refuse(limits.content_bytes)
            continue
        growing = sum(name in _GROWING for name in part.filters)
        if packed * _MOST_GAIN ** min(growing, _DEEPEST) <= limits.decoded_bytes:
            continue
        if _PICTURE.search(part.head) and growing == 1:
            continue
        if _unpacked_size(data, part, limits.decoded_bytes) > limits.decoded_bytes:
            _refuse(limits.decoded_bytes)


def _refuse(most: int) -> None:
    message = f"a part of the file unpacks to more than {most:,} bytes"
    raise TooMuchUnpacked(message)


def _parts(data: bytes) -> Iterator[_Part]:
    at = data.find(b"stream")
    while at >= 0:
        after = at + len(b"stream")
        start = after + (2 if data[after : after + 2] == b"\r\n" else 1)
        head = data[max(0, at - _HEAD) : at]
        opens = head.rfind(b" obj")
        head = head[opens:] if opens >= 0 else head
        if not head.rstrip().endswith(b">>"):
            at = data.find(b"stream", after)
            continue
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        told = _LENGTH.search(head)
        if told:
            end = max(end, min(len(data), start + int(told[1][:12])))
        yield _Part(head, start, end, _filters(head))
        at = data.find(b"stream", max(after, data.find(b"endstream", start) + 9))


def _filters(head: bytes) -> tuple[bytes, ...]:
    found = _FILTERS.search(head)
    return tuple(_NAME.findall(found[1] or found[2])) if found else ()


def _unpacked_size(data: bytes, part: _Part, most: int) -> int:
    """Return how much comes out of the last filter that is understood, or just over `most`."""
    blocks: Iterator[bytes] = (
        data[at : min(at + _BLOCK, part.end)] for at in range(part.start, part.end, _BLOCK)
    )
    for name in part.filters[:_DEEPEST]:
        if name not in _DEFLATE:
            break  # what other filters give is at most a few times as large, or was measured
        blocks = _inflate(blocks)
    size = 0
    for block in blocks:
        size += len(block)
        if size > most:
            break
    return size


def _inflate(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield unpacked blocks; stop where the data is damaged."""
    inflater = zlib.decompressobj()
    try:
        for block in blocks:
            left = block
            while left and not inflater.eof:
                yield inflater.decompress(left, _BLOCK)
                left = inflater.unconsumed_tail
    except zlib.error:
        return
