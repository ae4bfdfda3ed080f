"""Columns of a column-aligned dump, found from what stands below each other.

`pdftotext -layout` keeps the order of what lies side by side on the page and counts every
character as one position. Pieces whose positions overlap therefore overlap on the page; pieces
that do not overlap may still belong to one column.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extract.records import Run
from extract.shapes import Shape, is_value, shape_of

_PIECE = regex.compile(r"\S+(?:\s\S+)*")
_MOST_LINES = 240
"""Lines that are looked at to find columns; a page has fewer."""
_RARE = 0.25
"""Share of lines below which two pieces in one column are a gap inside a cell."""


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

    @property
    def is_value(self) -> bool:
        """True where the piece is a reported number."""
        return is_value(self.shape)

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the piece shares a position with a span."""
        return self.start < end and start < self.end

    def cut(self, position: int) -> tuple["Piece", "Piece"]:
        """Return the parts before and behind a white space at `position` of the line."""
        at = position - self.start
        return (
            Piece(run=self.run.slice(0, at), start=self.start, end=position),
            Piece(run=self.run.slice(at + 1, len(self.run.text)), start=position + 1, end=self.end),
        )


Pieces = Sequence[Piece]


def pieces_of(run: Run) -> tuple[Piece, ...]:
    """Return the pieces of a line: runs of text with no gap of two spaces and more."""
    return tuple(
        Piece(run=run.slice(m.start(), m.end()), start=m.start(), end=m.end())
        for m in _PIECE.finditer(run.text)
    )


def count_values(pieces: Pieces) -> int:
    """Return how many of the pieces are reported numbers."""
    return sum(1 for piece in pieces if piece.is_value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where the columns of a table lie."""

    spans: tuple[tuple[int, int], ...]
    """First and last character position of each column; end exclusive."""

    def __len__(self) -> int:
        return len(self.spans)

    def place(self, piece: Piece) -> int:
        """Return the column of a piece: the one it overlaps most, or the nearest."""
        overlaps = [min(piece.end, end) - max(piece.start, start) for start, end in self.spans]
        return max(range(len(self.spans)), key=lambda c: (overlaps[c], -c))

    def covered(self, piece: Piece) -> range:
        """Return the columns that a piece overlaps; at least one."""
        hit = [c for c, span in enumerate(self.spans) if piece.overlaps(*span)] or [
            self.place(piece)
        ]
        return range(hit[0], hit[-1] + 1)

    def centre(self, cols: Sequence[int]) -> float:
        """Return the middle of neighbouring columns."""
        return (self.spans[cols[0]][0] + self.spans[cols[-1]][1]) / 2


def leaf_line(head: Sequence[Pieces]) -> int:
    """Return which heading line names most columns; of equals the lowest."""
    return max(range(len(head)), key=lambda i: (len(head[i]), i))


def find_columns(head: Sequence[Pieces], body: Sequence[Pieces]) -> Columns:
    """Return the columns that the lowest headings and the lines below them stand in."""
    leaves = _leaves(head)
    lines = [line for line in body if line][:_MOST_LINES]
    everything = [leaves, *lines]
    singles = [[p for p in line if not _spans_columns(p, everything)] for line in everything]
    spans: list[tuple[int, int]] = []
    for span in _joined((p.start, p.end) for line in singles for p in line):
        spans.extend(_cut(span, singles))
    spans = _merged(spans, singles, [p for line in head for p in line])
    return Columns(spans=tuple(spans))


def _leaves(head: Sequence[Pieces]) -> Pieces:
    """Return the fullest heading line, with the fullest other ones left and right of it."""
    if not any(head):
        return ()
    leaves = head[leaf_line(head)]
    start, end = leaves[0].start, leaves[-1].end
    left = [[p for p in line if p.end <= start] for line in head]
    right = [[p for p in line if p.start >= end] for line in head]
    return (*left[leaf_line(left)], *leaves, *right[leaf_line(right)])


def _spans_columns(piece: Piece, lines: Sequence[Pieces]) -> bool:
    """Tell whether a piece lies over several columns: over several pieces of many other lines."""
    counts = [sum(1 for p in line if p.overlaps(piece.start, piece.end)) for line in lines]
    touched = sum(1 for count in counts if count) - 1
    several = sum(1 for count in counts if count > 1)
    return several > _RARE * touched or (counts[0] > 1 and several > 1)


def _joined(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _cut(span: tuple[int, int], lines: Sequence[Pieces]) -> list[tuple[int, int]]:
    """Cut a span that holds several pieces of many lines between the pieces of the fullest line."""
    inside = [[p for p in line if p.overlaps(*span)] for line in lines]
    inside = [line for line in inside if line]
    several = [line for line in inside if len(line) > 1]
    if len(several) <= _RARE * len(inside):
        return [span]
    seeds = max(several, key=lambda line: (len(line), -sum(p.end - p.start for p in line)))
    parts = [(p.start, p.end) for p in seeds]
    for piece in (p for line in inside for p in line):
        hit = [i for i, part in enumerate(parts) if piece.overlaps(*part)]
        if len(hit) == 1:
            i = hit[0]
            low = parts[i - 1][1] if i else span[0]
            high = parts[i + 1][0] if i + 1 < len(parts) else span[1]
            parts[i] = (
                max(low, min(parts[i][0], piece.start)),
                min(high, max(parts[i][1], piece.end)),
            )
    return parts


def _merged(
    spans: Sequence[tuple[int, int]], lines: Sequence[Pieces], head: Pieces
) -> list[tuple[int, int]]:
    """Join a span without heading to a neighbour that never has text in the same line.

    Below a heading of some other line it only joins a neighbour that has nothing but its heading.
    """
    merged = list(spans)
    while True:
        filled = [_filled(span, lines) for span in merged]
        below = [any(p.overlaps(*span) for p in head) for span in merged]
        options = []
        for i, (left, right) in enumerate(pairwise(filled)):
            if left & right or (0 in left) == (0 in right):
                continue
            bare = i if 0 in right else i + 1
            if not below[bare] or {0} in (left, right):
                options.append((merged[i + 1][0] - merged[i][1], i))
        if not options:
            return merged
        _, i = min(options)
        merged[i : i + 2] = [(merged[i][0], merged[i + 1][1])]


def _filled(span: tuple[int, int], lines: Sequence[Pieces]) -> frozenset[int]:
    """Return the numbers of the lines (0 the headings) that have text in a span."""
    return frozenset(n for n, line in enumerate(lines) if any(p.overlaps(*span) for p in line))
