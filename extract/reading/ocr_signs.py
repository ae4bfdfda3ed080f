"""Signs that Tesseract guesses at: the dash of an empty amount, △ of a negative one, ' of '19."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.reading.ocr_image import Ink
from extract.reading.ocr_pieces import Area

_DASH_HEIGHT = 0.3
_DASH_WIDTHS = (0.25, 1.3)
"""Line heights that a dash is high at most, and wide at least and at most."""
_DASH_FORM = 2.0
"""How many times wider than high it is at least."""
_FORMS = (0.75, 1.6)
"""Width to height of a triangle."""
_TRIANGLE_HEIGHT = 0.55
"""Share of its line that a triangle is high at least."""
_TOP, _BOTTOM = 0.35, 0.85
"""Share of its width that the ink of a triangle spans near its tip, and its base covers."""
_QUOTE_BOTTOM, _QUOTE_WIDTH = 0.5, 0.3
"""Share of its line above which an apostrophe ends, and that it is wide at most."""
_GROWTH = 0.12
"""Share of the width by which its sides may differ from straight lines."""
_SOLID = 0.8
"""Share of ink inside of a filled triangle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign at the left end of a piece and what is left of the piece."""

    text: str
    area: Area
    rest: Area | None


def find_sign(ink: Ink, area: Area, em: float) -> Sign | None:
    """Return the dash that a piece is, or the triangle or apostrophe that it starts with."""
    part = ink[area.top : area.bottom, area.left : area.right]
    if _is_dash(part, em):
        return Sign(text="-", area=area, rest=None)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(part.astype(np.uint8), connectivity=8)
    if len(boxes) < 3:
        return None
    number = 1 + int(np.argmin(boxes[1:, 0]))
    left, top, width, height = (int(value) for value in boxes[number][:4])
    form = labels[top : top + height, left : left + width] == number
    text = _name(form, top, area)
    filled = np.flatnonzero(part[:, left + width :].any(axis=0))
    if text is None or not filled.size:
        return None
    own = replace(area, right=area.left + left + width)
    rest = replace(area, left=own.right + int(filled[0]))
    return Sign(text=text, area=own, rest=_trimmed(ink, rest))


def _name(form: Ink, top: int, area: Area) -> str | None:
    """Return the sign that a form is, which starts `top` pixels below the top of its line."""
    height, width = form.shape
    if height <= _QUOTE_BOTTOM * area.height - top and width <= _QUOTE_WIDTH * area.height:
        return "'"
    is_high = height >= _TRIANGLE_HEIGHT * area.height
    if is_high and _FORMS[0] <= width / height <= _FORMS[1] and _is_triangle(form):
        return "▲" if _is_filled(form) else "△"
    return None


def _trimmed(ink: Ink, area: Area) -> Area:
    """Return an area without the rows above and below its ink."""
    rows = np.flatnonzero(ink[area.top : area.bottom, area.left : area.right].any(axis=1))
    return replace(area, top=area.top + int(rows[0]), bottom=area.top + int(rows[-1]) + 1)


def _is_dash(part: Ink, em: float) -> bool:
    height, width = part.shape
    least, most = _DASH_WIDTHS
    return bool(
        height <= _DASH_HEIGHT * em
        and width >= _DASH_FORM * height
        and least * em <= width <= most * em
    )


def _is_filled(form: Ink) -> bool:
    """Tell whether a triangle has ink where an outlined one has paper."""
    height, width = form.shape
    inside = form[
        height // 2 : max(height // 2 + 1, 3 * height // 4), 2 * width // 5 : 3 * width // 5
    ]
    return float(inside.mean()) >= _SOLID


def _is_triangle(form: Ink) -> bool:
    """Tell whether a form has a tip, straight sides that part evenly, and a closed base."""
    height, width = form.shape
    marked = [np.flatnonzero(row) for row in form]
    if height < 6 or any(not row.size for row in marked):
        return False
    spans = np.array([(row[-1] - row[0] + 1) / width for row in marked])
    base = max(float(row.mean()) for row in form[-max(2, height // 5) :])
    steady = np.diff(spans) >= -_GROWTH
    middles = np.array([(row[-1] + row[0] + 1) / 2 / width for row in marked])
    half = float(spans[height // 2])
    return bool(
        spans[0] <= _TOP
        and base >= _BOTTOM
        and steady.all()
        and np.abs(middles - 0.5).max() <= _GROWTH
        and 0.5 - 2 * _GROWTH <= half <= 0.5 + 2 * _GROWTH
    )
