"""Points and commas of a number by their form: Tesseract mixes them up, the ink does not."""

from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from extract.reading.ocr_image import Ink
from extract.reading.ocr_pieces import Area
from extract.reading.ocr_votes import Reading

_MARK_HEIGHT = 0.5
"""Share of a digit's height that a point or comma has at most."""
_MARK_TOP = 0.6
"""Share of a digit's height, from its top, below which a mark begins."""
_DIGIT = "0"
_TAIL = 0.08
"""Share of a digit's height by which a comma, but no point, hangs below the digits."""
_MARKS = ".,"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blot:
    """One connected piece of ink, in pixels of its picture."""

    left: int
    right: int
    top: int
    bottom: int


def punctuate(ink: Ink, area: Area, reading: Reading) -> Reading:
    """Return a number with the marks that its ink shows, where each of its digits is found.

    A reading of several words, or with another count of digits than the ink has, stays as it is.
    """
    if len(reading.words) != 1 or "%" in reading.text or "-" in reading.text:
        return reading
    signs = [letter for letter in reading.text if letter not in _MARKS]
    forms = _forms(ink[area.top : area.bottom, area.left : area.right])
    if len(signs) < 2 or forms.count(_DIGIT) != len(signs):
        return reading
    left = iter(signs)
    text = "".join(next(left) if form == _DIGIT else form for form in forms)
    return replace(reading, words=(replace(reading.words[0], text=text),))


def _forms(part: Ink) -> list[str]:
    """Return what stands in a picture from left to right."""
    blots = _blots(part)
    if not blots:
        return []
    tallest = max(blot.bottom - blot.top for blot in blots)
    tall = [blot for blot in blots if blot.bottom - blot.top > _MARK_HEIGHT * tallest]
    height = median(blot.bottom - blot.top for blot in tall)
    top = median(blot.top for blot in tall)
    base = median(blot.bottom for blot in tall)
    forms = []
    for blot in sorted(blots, key=lambda blot: blot.left):
        if blot in tall:
            forms.append(_DIGIT)
        elif blot.top >= top + _MARK_TOP * height:
            forms.append("," if blot.bottom > base + _TAIL * height else ".")
    return forms


def _blots(part: Ink) -> list[Blot]:
    _, _, boxes, _ = cv2.connectedComponentsWithStats(part.astype(np.uint8), connectivity=8)
    found = []
    for left, top, width, height in boxes[1:, :4].tolist():
        if max(width, height) > 2:
            found.append(Blot(left=left, right=left + width, top=top, bottom=top + height))
    return found
