"""The records of an HWP 5 section, and the text that a record of a paragraph holds.

After the public description of the format, HWP 5.0 revision 1.3 (Hancom): sections 4.1 (records),
4.3.2 and table 6 (text and its control characters), 4.3.9.1 (tables).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extract.errors import CorruptDocument
from extract.reading.written_grids import Spot

PARA_HEADER: Final = 66
PARA_TEXT: Final = 67
CTRL_HEADER: Final = 71
LIST_HEADER: Final = 72
TABLE: Final = 77
PICTURE: Final = 85
EQUATION: Final = 88
TABLE_CONTROL: Final = b" lbt"
"""`tbl ` as a number in little-endian order."""
_LONG_SIZE: Final = 0xFFF
_DRAWING: Final = 11
_LINE_END: Final = 10
_SIGNS: Final = {_LINE_END: "\n", 24: "-", 30: " ", 31: " "}
_TAB: Final = 9
_SINGLE: Final = frozenset((0, _LINE_END, 13, *range(24, 32)))
"""Control characters of one unit; all others below 32 take eight."""
_WIDE: Final = 8
_CELL: Final = struct.Struct("<8x4H")
"""Of a cell's list header, after its 8 bytes: column, row, columns, rows."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: what it is, how deep it lies, what it holds."""

    tag: int
    level: int
    payload: bytes


def read_records(section: bytes) -> Iterator[Record]:
    """Yield the records of a section.

    Raises:
        CorruptDocument: One is longer than what is left.
    """
    at = 0
    while at < len(section):
        try:
            (head,) = struct.unpack_from("<I", section, at)
            at += 4
            size = head >> 20
            if size == _LONG_SIZE:
                (size,) = struct.unpack_from("<I", section, at)
                at += 4
        except struct.error as error:
            raise _cut_off() from error
        if at + size > len(section):
            raise _cut_off()
        yield Record(head & 0x3FF, head >> 10 & 0x3FF, section[at : at + size])
        at += size


def _cut_off() -> CorruptDocument:
    return CorruptDocument("a record of the document is longer than its section")


def read_pieces(payload: bytes) -> Iterator[str | None]:
    """Yield the pieces of a paragraph's text; None where a table stands.

    Raises:
        CorruptDocument: It ends within a character.
    """
    if len(payload) % 2:
        message = "the text of a paragraph ends within a character"
        raise CorruptDocument(message)
    units = struct.unpack(f"<{len(payload) // 2}H", payload)
    start = at = 0
    while at < len(units):
        unit = units[at]
        if unit >= 32:
            at += 1
            continue
        if start < at:
            yield _decode(payload[2 * start : 2 * at])
        if unit in _SIGNS:
            yield _SIGNS[unit]
        elif unit == _TAB:
            yield "\t"
        elif unit == _DRAWING and payload[2 * at + 2 : 2 * at + 6] == TABLE_CONTROL:
            yield None
        at += 1 if unit in _SINGLE else _WIDE
        start = at
    if start < len(units):
        yield _decode(payload[2 * start :])


def _decode(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")


def read_spot(payload: bytes) -> Spot | None:
    """Return where a cell stands, by its list header; None where that is cut short."""
    if len(payload) < _CELL.size:
        return None
    col, row, col_span, row_span = _CELL.unpack_from(payload)
    return Spot(row=row, col=col, row_span=row_span, col_span=col_span)
