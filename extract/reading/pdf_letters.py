"""One printed line to letters: spaces, ligatures, normalisation, and the place of each letter."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.grids.ruled_shapes import Box, Direction, Glyph
from extract.options import PdfOptions

_UNMAPPED = re.compile(r"\(cid:\d+\)")
"""How the slow engine prints a character without a Unicode value."""


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


def line_text(line: Sequence[Glyph], options: PdfOptions) -> str:
    """Return the text of one line as `measure_line` does, without its place."""
    return "".join(_compose(_letters(line, options)[0]).texts)


def has_ink(glyphs: Iterable[Glyph]) -> bool:
    """Tell whether characters give any text."""
    return any(shown_text(glyph.text) for glyph in glyphs)


def measure_line(line: Sequence[Glyph], options: PdfOptions) -> Measured:
    """Return the text of one line and the numbers of its place, whatever is in it."""
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
        shown = shown_text(text)
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
def shown_text(text: str) -> str:
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
