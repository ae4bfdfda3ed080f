"""Stretches of a column-aligned dump that may hold one table: where tables begin and end."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extract.grids.aligned_columns import Pieces, count_values, pieces_of
from extract.grids.header_words import STUB_WORDS
from extract.headings import heading_level, is_caption
from extract.records import Line

_NOTE = regex.compile(r"(?:^|\s{2,})[(\[<]?\s*단\s*위\s*[:：]")
_PAGE_NUMBER = regex.compile(r"^\s*[-–]\s?\d{1,4}\s?[-–]\s*$")
_WORD = regex.compile(r"[가-힣](?![.)])")
_LONGEST_LABEL = 44
_INDENT = 4
"""A bullet this far from the margin stands in a cell."""
_WIDE_GAP = 8
"""Positions that stay blank between tables side by side."""


def cut_stretches(lines: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """Return the lines in order, in runs that may hold a table (True) and runs that do not.

    Page numbers are marked as furniture.
    """
    runs: list[tuple[bool, list[Line]]] = []
    for line in lines:
        belongs = may_belong(line.run.text)
        new_page = bool(line.run.place.char_start) and bool(runs) and runs[-1][0]
        if not runs or runs[-1][0] != belongs or (new_page and _begins_page(line)):
            runs.append((belongs, []))
        is_number = _PAGE_NUMBER.match(line.run.text) is not None
        runs[-1][1].append(replace(line, role="furniture") if is_number else line)
    return runs


def _begins_page(line: Line) -> bool:
    """Tell whether a form feed stands before a line."""
    return line.run.place.char_start == 1 and not line.run.text[:1].isspace()


def may_belong(text: str) -> bool:
    """Tell whether a line may be part of a table: blank, in pieces, or a short label."""
    stripped = text.strip()
    if not stripped:
        return True
    if _NOTE.search(text) or _PAGE_NUMBER.match(text):
        return False
    indent = len(text) - len(text.lstrip())
    pieces = regex.split(r"\s{2,}", stripped)
    if is_caption(text) and (indent < _INDENT or not stripped.startswith("※")):
        return len(pieces) > 1
    level = heading_level(stripped)
    if len(pieces) == 1:
        return indent >= _INDENT or (len(stripped) <= _LONGEST_LABEL and level is None)
    return indent >= _INDENT or level not in (1, 3, 4, 5) or _WORD.match(stripped) is not None


def split_sides(stretch: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Return the left and the right halves of lines that hold two tables side by side.

    Such lines keep a wide gap blank, and behind it a second row of headings begins with a word
    that heads labels.
    """
    lines = [pieces_of(line.run) for line in stretch]
    for pieces in lines:
        if len(pieces) < 4 or count_values(pieces) or not _heads_labels(pieces[0].run.text):
            continue
        for left, right in pairwise(pieces[1:]):
            gap = _blank_gap(lines, left.end, right.start)
            if gap is not None and _heads_labels(right.run.text) and _parts_values(lines, gap):
                return [_half(line, 0, gap) for line in stretch], [
                    _half(line, gap, len(line.run.text)) for line in stretch
                ]
    return None


def _parts_values(lines: Sequence[Pieces], gap: int) -> bool:
    """Tell whether values stand left of a gap, and labels right of it."""
    full = [line for line in lines if len(line) > 2]
    left = [piece for line in full for piece in [p for p in line if p.end <= gap][-1:]]
    right = [piece for line in full for piece in [p for p in line if p.start >= gap][:1]]
    return 2 * count_values(left) >= len(left) > 0 and 2 * count_values(right) < len(right)


def _half(line: Line, start: int, end: int) -> Line:
    length = len(line.run.text)
    return replace(line, run=line.run.slice(min(start, length), min(end, length)))


def _heads_labels(text: str) -> bool:
    return regex.sub(r"\s", "", text) in STUB_WORDS


def _blank_gap(lines: Sequence[Pieces], start: int, end: int) -> int | None:
    """Return the middle of a wide gap that stays blank in all lines."""
    for at in range(start, end - _WIDE_GAP + 1):
        if not any(piece.overlaps(at, at + _WIDE_GAP) for line in lines for piece in line):
            return at + _WIDE_GAP // 2
    return None
