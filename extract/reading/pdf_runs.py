"""Printed lines to text: spaces, normalisation, and the place of each letter.

A page has thousands of characters and most pass through here twice, hence the loops that take
records apart once, and numbers that are rounded for all lines of a page or table in one go.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from extract.grids.ruled_shapes import Box, Direction, Glyph
from extract.options import PdfOptions
from extract.reading.pdf_lines import gather_lines
from extract.records import Place, Run

_UNMAPPED = re.compile(r"\(cid:\d+\)")
"""How the slow engine prints a character without a Unicode value."""
_TIE = 1e-4
"""Thousandths; a number this close to the middle of two of them is rounded on its own."""


class Letters(NamedTuple):
    """The code points of a line and their extents in reading direction, side by side."""

    texts: list[str]
    starts: list[float]
    ends: list[float]

    def add(self, text: str, start: float, end: float) -> None:
        """Add a code point at the end."""
        self.texts.append(text)
        self.starts.append(start)
        self.ends.append(end)


class Measured(NamedTuple):
    """The text of a line with the numbers of its place, not rounded yet."""

    text: str
    numbers: Sequence[float]
    """The box around the characters with ink, and the edges; nothing where there is no text."""


def build_runs(
    texts: Iterable[Sequence[Glyph]], page: int, options: PdfOptions
) -> list[tuple[Run, ...]]:
    """Return the runs of each text: one for a printed line with ink, top to bottom."""
    lines = [gather_lines(glyphs, options) if glyphs else [] for glyphs in texts]
    runs = iter(build_line_runs([line for text in lines for line in text], page, options))
    return [tuple(run for run in (next(runs) for _ in text) if run.text) for text in lines]


def build_line_runs(lines: Iterable[Sequence[Glyph]], page: int, options: PdfOptions) -> list[Run]:
    """Return the text of each line, with single spaces where gaps or space characters say so.

    The edges of a run of upright text are the same for all its characters, for they stand above
    each other. A line without ink gives a run without text.
    """
    measured = [_measure(line, options) for line in lines]
    rounded = to_thousandths([number for _, numbers in measured for number in numbers])
    runs: list[Run] = []
    done = 0
    for text, numbers in measured:
        first, done = done, done + len(numbers)
        runs.append(_run(text, page, rounded[first:done]))
    return runs


def line_text(line: Sequence[Glyph], options: PdfOptions) -> str:
    """Return the text of one line as `build_line_runs` does, without its place."""
    return "".join(_compose(_letters(line, options)[0]).texts)


def has_ink(glyphs: Iterable[Glyph]) -> bool:
    """Tell whether characters give any text."""
    return any(_shown(glyph.text) for glyph in glyphs)


def to_thousandths(numbers: Sequence[float]) -> list[float]:
    """Return numbers rounded as `round(number, 3)` does, many times as fast.

    Examples:
        >>> to_thousandths([1.23456, 0.0005, 2.0])
        [1.235, 0.001, 2.0]
    """
    scaled = np.array(numbers, dtype=np.float64) * 1000
    whole = np.rint(scaled)
    rounded: list[float] = (whole / 1000).tolist()
    for at in np.flatnonzero(np.abs(np.abs(scaled - whole) - 0.5) < _TIE).tolist():
        rounded[at] = round(numbers[at], 3)
    return rounded


def _run(text: str, page: int, numbers: Sequence[float]) -> Run:
    if not numbers:
        return Run(text=text, place=Place(page=page))
    x0, y0, x1, y1, *edges = numbers
    return Run(text=text, place=Place(page=page, x0=x0, y0=y0, x1=x1, y1=y1), edges=tuple(edges))


def _measure(line: Sequence[Glyph], options: PdfOptions) -> Measured:
    letters, box, is_level = _letters(line, options)
    if not letters.texts:
        return Measured("", ())
    letters = _compose(letters)
    edges = _edges(letters, box[0], box[2]) if is_level else ()
    return Measured("".join(letters.texts), (*box, *edges))


def _letters(
    line: Sequence[Glyph], options: PdfOptions
) -> tuple[Letters, tuple[float, float, float, float], bool]:
    """Return the characters of a line from left to right with the spaces between them.

    With them, the edges of the box around all ink, and whether it opens with level text.
    """
    letters = Letters([], [], [])
    texts, starts, ends = letters
    left = top = _FAR
    right = bottom = -_FAR
    last: Box | None = None
    has_space = False
    is_level: bool | None = None
    for text, box, size, direction in line:
        shown = _shown(text)
        if not shown and (not text or text.isspace()):
            has_space = True
            continue
        x0, y0, x1, y1 = box
        left, top = x0 if x0 < left else left, y0 if y0 < top else top
        right, bottom = x1 if x1 > right else right, y1 if y1 > bottom else bottom
        if is_level is None:
            is_level = direction == "right"
        if not shown:  # no white space, but nothing that can be printed
            has_space = True
            continue
        if last is not None:
            gap = x0 - last[2] if direction == "right" else _upright_gap(last, box, direction)
            if has_space or gap > options.space_gap * size:
                letters.add(" ", last[2], x0)
        if len(shown) == 1:
            texts.append(shown)
            starts.append(x0)
            ends.append(x0 + (x1 - x0))
        else:
            _add_ligature(shown, x0, (x1 - x0) / len(shown), letters)
        last, has_space = box, False
    return letters, (left, top, right, bottom), bool(is_level)


_FAR = float("inf")


@lru_cache(maxsize=1 << 14)
def _shown(text: str) -> str:
    """Return what of a character's text can be printed; empty for white space."""
    text = _UNMAPPED.sub("\ufffd", text)
    text = "".join(letter for letter in text if letter.isprintable() or _is_private(letter))
    return text if text.strip() else ""


def _is_private(letter: str) -> bool:
    """Tell whether a code point is private: the bullets of Korean word processors."""
    return unicodedata.category(letter) == "Co"


def _upright_gap(last: Box, box: Box, direction: Direction) -> float:
    return last.y0 - box.y1 if direction == "up" else box.y0 - last.y1


def _add_ligature(text: str, start: float, step: float, letters: Letters) -> None:
    """Add the code points of a ligature, sharing its box evenly."""
    for number, letter in enumerate(text):
        letters.add(letter, start + number * step, start + (number + 1) * step)


def _compose(letters: Letters) -> Letters:
    """Compose jamo and accents (NFC), keeping the extents of what was put together."""
    if unicodedata.is_normalized("NFC", "".join(letters.texts)):
        return letters
    composed = Letters([], [], [])
    texts, _, ends = composed
    for letter, start, end in zip(*letters, strict=True):
        text = unicodedata.normalize("NFC", letter)
        joined = unicodedata.normalize("NFC", texts[-1] + text) if texts else ""
        if joined and len(joined) < len(texts[-1]) + len(text):
            texts[-1], ends[-1] = joined, end
        else:
            composed.add(text, start, end)
    return composed


def _edges(letters: Letters, first: float, last: float) -> list[float]:
    """Return the borders between the letters, never running backwards.

    Squeezed characters overlap: the border is then the middle of what they share.
    """
    texts, starts, ends = letters
    reached = first
    edges = [first]
    for text, end, following, start in zip(texts, ends, texts[1:], starts[1:], strict=False):
        if len(text) > 1:
            edges += [reached] * (len(text) - 1)
        border = end if following == " " else start
        if end > start:
            border = (end + start) / 2
        reached = min(last, max(reached, border))
        edges.append(reached)
    edges += [reached] * (len(texts[-1]) - 1)
    edges.append(last)
    return edges
