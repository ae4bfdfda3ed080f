"""Columns of a column-aligned dump, and the pieces of its lines placed in them.

`pdftotext -layout` writes a glyph at the column of its x coordinate and counts every character as
one column, so what stands below each other on the page overlaps in character positions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.records import Run
from extract.shapes import Shape, is_value, shape_of

_PIECE = regex.compile(r"\S+(?:\s\S+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text between two gaps of a line."""

    run: Run
    start: int
    """Character position in its line; end exclusive."""
    end: int

    @property
    def centre(self) -> float:
        """The middle of the piece."""
        return (self.start + self.end) / 2

    @property
    def shape(self) -> Shape:
        """What the text looks like."""
        return shape_of(self.run.text)


def pieces_of(run: Run) -> tuple[Piece, ...]:
    """Return the pieces of a line: runs of text with no gap of two spaces and more."""
    return tuple(
        Piece(run=run.slice(m.start(), m.end()), start=m.start(), end=m.end())
        for m in _PIECE.finditer(run.text)
    )


def count_values(pieces: Sequence[Piece]) -> int:
    """Return how many of the pieces are reported numbers."""
    return sum(1 for piece in pieces if is_value(piece.shape))


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The borders of the columns, from the lines that hold values."""

    spans: tuple[tuple[int, int], ...]
    """First and last character position of each column; end exclusive."""

    def place(self, piece: Piece) -> int:
        """Return the column of a piece: the one it overlaps most, or the nearest."""
        overlaps = [min(piece.end, end) - max(piece.start, start) for start, end in self.spans]
        return max(range(len(self.spans)), key=lambda c: (overlaps[c], -c))

    def covered(self, piece: Piece) -> range:
        """Return the columns that a piece overlaps; at least one."""
        hit = [
            c
            for c, (start, end) in enumerate(self.spans)
            if min(piece.end, end) > max(piece.start, start)
        ]
        return (
            range(hit[0], hit[-1] + 1) if hit else range(self.place(piece), self.place(piece) + 1)
        )


def find_columns(lines: Sequence[Sequence[Piece]]) -> Columns | None:
    """Return the columns of lines that hold values, or None where they do not stand in columns.

    Pieces that overlap lie in one column. Where a wide piece would join two columns, the line with
    most pieces decides.
    """
    if not lines:
        return None
    joined = _joined([(p.start, p.end) for line in lines for p in line])
    widest = max(lines, key=len)
    if len(joined) < len(widest):
        joined = _around(widest)
    columns = Columns(spans=tuple(joined))
    return columns if len(joined) >= 2 else None


def _joined(intervals: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _around(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return columns whose borders lie half-way between the pieces of one line."""
    borders = [
        (left.end + right.start) // 2 for left, right in zip(pieces, pieces[1:], strict=False)
    ]
    starts = [0, *borders]
    ends = [*borders, max(borders[-1] + 1 if borders else 1, pieces[-1].end + 20)]
    return list(zip(starts, ends, strict=True))
