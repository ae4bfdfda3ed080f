"""What the ink of a number shows: how many digits, and where points and commas stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from extract.reading.ocr_image import Ink
from extract.reading.ocr_pieces import Area
from extract.reading.ocr_votes import Reading

MARKS = ".,"
_MARK_HEIGHT = 0.5
"""Share of a digit's height that a point or comma has at most."""
_MARK_TOP = 0.6
"""Share of a digit's height, from its top, below which a mark begins."""
_SPECK = 0.11
"""Share of a digit's height that a mark is high and wide at least."""
_HIGH_END = 0.15
"""Share of a digit's height by which a mark may end above the feet of the digits."""
_TAIL = 0.08
"""Share of a digit's height by which a comma, but no point, hangs below the digits."""
_PERCENT_BLOTS = 4
"""Components that a percent sign has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A digit, or whatever is as high, or a mark; its box is in pixels of the page."""

    mark: str
    """Empty for a digit."""
    area: Area


def find_shapes(ink: Ink, area: Area) -> tuple[Shape, ...]:
    """Return the digits and marks of a number from left to right."""
    blots = _blots(ink, area)
    if not blots:
        return ()
    tallest = max(blot.height for blot in blots)
    tall = [blot for blot in blots if blot.height > _MARK_HEIGHT * tallest]
    height = median(blot.height for blot in tall)
    top = median(blot.top for blot in tall)
    base = median(blot.bottom for blot in tall)
    shapes = []
    for blot in blots:
        if blot in tall:
            shapes.append(Shape(mark="", area=_with_parts(blot, blots)))
        elif (
            not any(_is_part(blot, digit) for digit in tall)
            and blot.top >= top + _MARK_TOP * height
            and blot.bottom >= base - _HIGH_END * height
            and min(blot.height, blot.width) >= _SPECK * height
        ):
            mark = "," if blot.bottom > base + _TAIL * height else "."
            shapes.append(Shape(mark=mark, area=blot))
    return tuple(shapes)


def _is_part(blot: Area, digit: Area) -> bool:
    """Tell whether a component stands inside of a digit's width: a stroke of it that broke off."""
    return digit.left < (blot.left + blot.right) / 2 < digit.right


def _with_parts(digit: Area, blots: Sequence[Area]) -> Area:
    """Return the area of a digit with the strokes that broke off."""
    parts = [blot for blot in blots if blot is digit or _is_part(blot, digit)]
    return Area(
        left=min(part.left for part in parts),
        right=max(part.right for part in parts),
        top=min(part.top for part in parts),
        bottom=max(part.bottom for part in parts),
    )


def match_shapes(shapes: Sequence[Shape], text: str) -> tuple[Shape, ...] | None:
    """Return the shapes of a number without its percent sign; None where counts differ."""
    signs = [letter for letter in text if letter not in MARKS and letter != "%"]
    if not signs or "-" in text or "~" in text:
        return None
    digits = [place for place, shape in enumerate(shapes) if not shape.mark]
    if text.endswith("%") and len(digits) >= len(signs):
        end = digits[len(signs) - 1] + 1
        return tuple(shapes[:end]) if 1 <= len(shapes) - end <= _PERCENT_BLOTS else None
    return tuple(shapes) if len(digits) == len(signs) else None


def punctuate(shapes: Sequence[Shape], reading: Reading) -> Reading:
    """Return a number with the marks that its ink shows, where each of its digits is found.

    A reading with another count of digits than the ink has stays as it is.
    """
    if sum(letter not in MARKS for letter in reading.text) < 2:
        return reading
    matched = match_shapes(shapes, reading.text)
    if matched is None:
        return reading
    following: list[str] = []
    for shape in matched:
        if not shape.mark:
            following.append("")
        elif following:
            following[-1] += shape.mark
    marks = iter(following)
    words = []
    for word in reading.words:
        letters = [letter for letter in word.text if letter not in MARKS]
        text = "".join(letter + ("" if letter == "%" else next(marks)) for letter in letters)
        words.append(replace(word, text=text))
    return replace(reading, words=tuple(word for word in words if word.text))


def _blots(ink: Ink, area: Area) -> list[Area]:
    """Return the components of a piece from left to right, as areas of the page."""
    part = ink[area.top : area.bottom, area.left : area.right]
    _, _, boxes, _ = cv2.connectedComponentsWithStats(part.astype(np.uint8), connectivity=8)
    found = [
        Area(
            left=area.left + left,
            right=area.left + left + width,
            top=area.top + top,
            bottom=area.top + top + height,
        )
        for left, top, width, height in boxes[1:, :4].tolist()
        if max(width, height) > 2
    ]
    return sorted(found, key=lambda blot: blot.left)
