"""Signs that Tesseract guesses at, cut out of a line: dashes, ' of '19, △, boxes, bullets, ㎡."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.reading.ocr_forms import has_three_legs, name_form, name_triangle
from extract.reading.ocr_image import Ink
from extract.reading.ocr_pieces import Area

_DASH_HEIGHT = 0.3
_DASH_WIDTHS = (0.25, 1.3)
"""Line heights that a dash is high at most, and wide at least and at most."""
_DASH_FORM = 2.0
"""How many times wider than high it is at least."""
_TRIANGLE_HEIGHT = 0.55
"""Share of its line that a triangle is high at least."""
_QUOTE_BOTTOM, _QUOTE_WIDTH = 0.5, 0.3
"""Share of its line above which an apostrophe ends, and that it is wide at most."""
_BOXES = "□■☑"
"""Signs that stand anywhere in a line; others begin it, or stand apart."""
_APART = 0.2
"""Line heights of white around a sign that stands apart."""
_POWER = 0.85
"""Height of a power to that of its m, at most."""
_POWER_GAP = 0.3
"""Line heights between an m and its power, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a line: a sign, or letters that are still to be read."""

    text: str
    """Empty where it is to be read."""
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blot:
    """A connected component, in pixels of its line."""

    left: int
    top: int
    right: int
    bottom: int
    form: Ink


def split_signs(ink: Ink, area: Area, em: float) -> tuple[Part, ...]:
    """Return a line as signs and stretches of letters, from left to right.

    `em` is the usual height of a line around it.
    """
    part = ink[area.top : area.bottom, area.left : area.right]
    if _is_dash(part, em):
        return (Part(text="-", area=area),)
    signs = sorted(_find_signs(_blots(part), area, em), key=lambda sign: sign.area.left)
    parts: list[Part] = []
    left = area.left
    for sign in signs:
        parts += _letters(ink, replace(area, left=left, right=max(left, sign.area.left)))
        parts.append(sign)
        left = max(left, sign.area.right)
    return (*parts, *_letters(ink, replace(area, left=left)))


def _blots(part: Ink) -> list[_Blot]:
    """Return the components of a line by their left end."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(part.astype(np.uint8), connectivity=8)
    blots = []
    for number, (left, top, width, height) in enumerate(boxes[1:, :4].tolist(), start=1):
        form = labels[top : top + height, left : left + width] == number
        blots.append(_Blot(left=left, top=top, right=left + width, bottom=top + height, form=form))
    return sorted(blots, key=lambda blot: (blot.left, blot.top))


def _find_signs(blots: Sequence[_Blot], area: Area, em: float) -> Iterator[Part]:
    line = max(em, 0.85 * area.height)
    ends = np.maximum.accumulate([0, *(blot.right for blot in blots)])
    for number, blot in enumerate(blots):
        follows = blots[number + 1].left if number + 1 < len(blots) else float("inf")
        before = blot.left - int(ends[number]) if number else float("inf")
        text = _name(blot, area.height, line)
        if not _fits(text, before, follows - blot.right, line):
            text = ""
        if text:
            yield _sign(text, blot, area)
        elif (power := _square_metre(blots, number, line)) is not None:
            yield _sign("㎡", power, area)


def _fits(text: str, before: float, after: float, em: float) -> bool:
    """Tell whether a sign stands where its kind does; `before` and `after` are the white beside."""
    if text == "'":
        return before == float("inf") > after
    if text in ("△", "▲"):
        return before == float("inf")
    return text in _BOXES or min(before, after) >= _APART * em


def _name(blot: _Blot, height: int, em: float) -> str:
    """Return the sign that a component is, or nothing; `height` is that of its line."""
    own_height, own_width = blot.form.shape
    if blot.bottom <= _QUOTE_BOTTOM * height and own_width <= _QUOTE_WIDTH * height:
        return "'"
    if own_height >= _TRIANGLE_HEIGHT * height and (text := name_triangle(blot.form)):
        return text
    return name_form(blot.form, em)


def _square_metre(blots: Sequence[_Blot], number: int, em: float) -> _Blot | None:
    """Return an m with its raised 2 as one component, or None."""
    blot = blots[number]
    if blot.form.shape[0] < 0.35 * em or not has_three_legs(blot.form):
        return None
    height, width = blot.form.shape
    near = [other for other in blots[max(0, number - 2) : number + 3] if other is not blot]
    if any(other.left < blot.left + width / 2 and other.right > blot.left for other in near):
        return None
    for other in near:
        is_near = blot.left + width / 2 <= other.left <= blot.right + _POWER_GAP * em
        is_raised = other.top < blot.top and other.bottom < (blot.top + blot.bottom) / 2
        if is_near and is_raised and 0.2 * em <= other.form.shape[0] <= _POWER * height:
            return replace(blot, right=max(blot.right, other.right), top=other.top)
    return None


def _sign(text: str, blot: _Blot, area: Area) -> Part:
    own = Area(
        left=area.left + blot.left,
        right=area.left + blot.right,
        top=area.top + blot.top,
        bottom=area.top + blot.bottom,
    )
    return Part(text=text, area=own)


def _letters(ink: Ink, area: Area) -> Iterator[Part]:
    """Yield the ink of an area as one stretch of letters, where it has any."""
    part = ink[area.top : area.bottom, area.left : area.right]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if rows.size:
        own = Area(
            left=area.left + int(columns[0]),
            right=area.left + int(columns[-1]) + 1,
            top=area.top + int(rows[0]),
            bottom=area.top + int(rows[-1]) + 1,
        )
        yield Part(text="", area=own)


def _is_dash(part: Ink, em: float) -> bool:
    height, width = part.shape
    least, most = _DASH_WIDTHS
    return bool(
        height <= _DASH_HEIGHT * em
        and width >= _DASH_FORM * height
        and least * em <= width <= most * em
    )
