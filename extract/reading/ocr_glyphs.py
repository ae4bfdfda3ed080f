"""Pieces of text that were read to characters with boxes, as the table engines want them."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from extract.grids.ruled_shapes import Box, Glyph
from extract.reading.ocr_engine import Word
from extract.reading.ocr_reading import ReadPiece

_CAPITALS = 1.35
"""Height of a line to that of a line with digits only."""
_LEVEL = 0.2
"""Line heights by which the middles of pieces on one line may differ."""
_WIDTHS = {"Na": 0.55, "N": 0.55, "H": 0.55}
"""Width of narrow letters to that of a syllable."""


def make_glyphs(read: Sequence[ReadPiece], scale: float) -> tuple[Glyph, ...]:
    """Return the letters of all pieces, those of one line on one height; boxes in points."""
    return tuple(
        glyph
        for piece, middle in zip(read, _levels(read), strict=True)
        for glyph in _glyphs(piece, middle, scale)
    )


def _levels(read: Sequence[ReadPiece]) -> list[float]:
    """Return the middle of each piece, the same for those that stand on one line.

    A comma or an apostrophe makes a piece reach lower or higher than its neighbours.
    """
    middles = [(one.piece.area.top + one.piece.area.bottom) / 2 for one in read]
    levels = list(middles)
    group: list[int] = []
    for index in sorted(range(len(read)), key=lambda index: middles[index]):
        if group and middles[index] - middles[group[0]] > _LEVEL * read[index].piece.em:
            group = []
        group.append(index)
        level = sum(middles[one] for one in group) / len(group)
        for one in group:
            levels[one] = level
    return levels


def _glyphs(piece: ReadPiece, middle: float, scale: float) -> Iterator[Glyph]:
    """Yield the letters of a piece, each word's sharing its width, all of one height."""
    area, em = piece.piece.area, piece.piece.em
    height = max(area.height, min(em, area.height * _CAPITALS)) if area.height > em / 2 else em
    for text, left, right in _stretches(piece.reading.words):
        widths = [_WIDTHS.get(unicodedata.east_asian_width(letter), 1.0) for letter in text]
        step = (right - left) / sum(widths)
        for letter, width in zip(text, widths, strict=True):
            box = Box(
                x0=left / scale,
                y0=(middle - height / 2) / scale,
                x1=(left + width * step) / scale,
                y1=(middle + height / 2) / scale,
            )
            left += width * step
            yield Glyph(text=letter, box=box, size=height / scale)


def _stretches(words: Iterable[Word]) -> Iterator[tuple[str, float, float]]:
    """Yield text with its ends; words whose boxes overlap share one, in the order of reading.

    Tesseract is sure of the order of syllables and often wrong about their boxes.
    """
    text, left, right = "", 0.0, 0.0
    for word in words:
        if text and word.left >= right:
            yield text, left, right
            text = ""
        left = min(left, word.left) if text else word.left
        right = max(right, word.right) if text else word.right
        text += word.text
    if text:
        yield text, left, right
