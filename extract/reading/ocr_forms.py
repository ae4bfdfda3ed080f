"""Forms that Tesseract's Korean does not know: boxes, circles, diamonds, triangles, square metres.

A form is the ink of one connected component, cut to its own box.
"""

import cv2
import numpy as np

from extract.reading.ocr_image import Ink

_SQUARE = (0.84, 1.19)
"""Width to height of what is as wide as high; noise takes or adds a pixel."""
_LEAST = 0.66
"""Line heights that a box or circle is high; the consonants ㅁ and ㅇ inside letters are lower."""
_LEAST_FILLED = 0.4
"""The same for filled forms, which no letter looks like."""
_MOST = 1.35
_FULL = 0.9
"""Share of ink in a filled box."""
_SIDE = 0.85
"""Share of each side of a box that its outline covers."""
_EMPTY = 0.06
"""Share of ink inside of an empty box or circle."""
_ROUND = (0.70, 0.86)
"""Share of ink in a filled circle: pi / 4."""
_POINTED = (0.42, 0.6)
"""Share of ink in a filled diamond: 1 / 2."""
_CORNER = 0.14
"""Share of a form's side within which a circle and a diamond leave the corners empty."""
_TRIANGLES = (0.7, 1.6)
"""Width to height of a triangle, its tip up."""
_TOP, _BASE = 0.35, 0.85
"""Share of its width that the ink of a triangle spans near its tip, and its base covers."""
_GROWTH = 0.12
"""Share of the width by which its sides may differ from straight lines."""
_SOLID = 0.8
"""Share of ink inside of a filled triangle."""
_LEGS = 3
_LEG_ROWS = 0.75
"""Share of the lower rows of an m that show its three legs."""


def name_form(form: Ink, em: float) -> str:
    """Return the sign that a form is, or nothing; `em` is the height of its line in pixels."""
    height, width = form.shape
    if not _LEAST_FILLED * em <= height <= _MOST * em:
        return ""
    if _SQUARE[0] <= width / height <= _SQUARE[1]:
        sign = _name_filled(form)
        if not sign and min(height, width) >= _LEAST * em:
            sign = _name_outline(form)
        if sign:
            return sign
    return _name_arrow(form)


def name_triangle(form: Ink) -> str:
    """Return the triangle with its tip up that a form is, or nothing."""
    height, width = form.shape
    if not (_TRIANGLES[0] <= width / height <= _TRIANGLES[1] and is_triangle(form)):
        return ""
    return "▲" if _is_solid(form) else "△"


def is_triangle(form: Ink) -> bool:
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
        and base >= _BASE
        and steady.all()
        and np.abs(middles - 0.5).max() <= _GROWTH
        and 0.5 - 2 * _GROWTH <= half <= 0.5 + 2 * _GROWTH
    )


def has_three_legs(form: Ink) -> bool:
    """Tell whether a form stands on the three even legs of an m."""
    lower = form[int(form.shape[0] * 0.62) : int(form.shape[0] * 0.95)]
    if len(lower) < 3:
        return False
    steps = np.diff(np.pad(lower, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows = [(np.flatnonzero(row == 1), np.flatnonzero(row == -1)) for row in steps]
    legs = [(starts, ends) for starts, ends in rows if len(starts) == _LEGS]
    if len(legs) < _LEG_ROWS * len(lower):
        return False
    middles = np.median([(starts + ends) / 2 for starts, ends in legs], axis=0)
    first, second = np.diff(middles)
    return bool(min(first, second) >= 0.7 * max(first, second) > 2)


def _name_filled(form: Ink) -> str:
    share = float(form.mean())
    if share >= _FULL:
        return "■"
    if _has_free_corners(form) and not _has_hole(form):
        if _ROUND[0] <= share <= _ROUND[1]:
            return "●"
        if _POINTED[0] <= share <= _POINTED[1] and _is_diamond(form):
            return "◆"
    return ""


def _name_outline(form: Ink) -> str:
    """Return the empty or ticked box, the circle or the diamond that an outline is."""
    height, width = form.shape
    edge_y, edge_x = max(2, height // 5), max(2, width // 5)
    sides = (
        form[:edge_y].any(axis=0),
        form[-edge_y:].any(axis=0),
        form[:, :edge_x].any(axis=1),
        form[:, -edge_x:].any(axis=1),
    )
    inside = form[height // 4 : height - height // 4, width // 4 : width - width // 4]
    is_empty = float(inside.mean()) <= _EMPTY
    if all(float(side.mean()) >= _SIDE for side in sides) and not _has_free_corners(form):
        return "□" if is_empty else "☑" if _has_straight_sides(form) else ""
    if not (_has_free_corners(form) and _has_hole(form)):
        return ""
    if is_empty and _is_ring(form):
        return "○"
    core = form[2 * height // 5 : height - 2 * height // 5, 2 * width // 5 : width - 2 * width // 5]
    return "◇" if not core.any() and _is_diamond(form) else ""


def _name_arrow(form: Ink) -> str:
    """Return the triangle with its tip at the right that a form is, or nothing."""
    tipped = form.T[::-1]
    height, width = tipped.shape
    if not (_TRIANGLES[0] / 1.2 <= width / height <= _TRIANGLES[1] and is_triangle(tipped)):
        return ""
    return "▶" if _is_solid(tipped) else "▷"


def _is_solid(form: Ink) -> bool:
    """Tell whether a triangle has ink where an outlined one has paper."""
    height, width = form.shape
    inside = form[
        height // 2 : max(height // 2 + 1, 3 * height // 4), 2 * width // 5 : 3 * width // 5
    ]
    return float(inside.mean()) >= _SOLID


def _has_free_corners(form: Ink) -> bool:
    y, x = max(1, round(_CORNER * form.shape[0])), max(1, round(_CORNER * form.shape[1]))
    corners = (form[:y, :x], form[:y, -x:], form[-y:, :x], form[-y:, -x:])
    return all(float(corner.mean()) <= 0.3 for corner in corners)


def _has_straight_sides(form: Ink) -> bool:
    """Tell whether each side of a form is one stroke from corner to corner."""
    edge_y, edge_x = max(2, form.shape[0] // 6), max(2, form.shape[1] // 6)
    rows, columns = form.mean(axis=1), form.mean(axis=0)
    ends = (rows[:edge_y], rows[-edge_y:], columns[:edge_x], columns[-edge_x:])
    return all(float(end.max()) >= _FULL for end in ends)


def _has_hole(form: Ink) -> bool:
    padded = np.pad(~form, 1, constant_values=True).astype(np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(padded, connectivity=4)
    return any(boxes[number][4] > 0.05 * form.size for number in range(2, count))


def _is_ring(form: Ink) -> bool:
    """Tell whether the ink lies at one distance from the middle, in every direction."""
    height, width = form.shape
    ys, xs = np.nonzero(form)
    down, right = (ys + 0.5) / height * 2 - 1, (xs + 0.5) / width * 2 - 1
    distance = np.hypot(down, right)
    sectors = np.unique(np.floor((np.arctan2(down, right) + np.pi) / np.pi * 8).astype(int))
    return bool(distance.min() >= 0.55 and distance.max() <= 1.15 and len(sectors) >= 16)


def _is_diamond(form: Ink) -> bool:
    """Tell whether the outer ends of the rows part evenly down to the middle, then close."""
    height, width = form.shape
    marked = [np.flatnonzero(row) for row in form]
    if any(not row.size for row in marked):
        return False
    spans = np.array([(row[-1] - row[0] + 1) / width for row in marked])
    ideal = 1 - np.abs((np.arange(height) + 0.5) / height * 2 - 1)
    return bool(np.abs(spans - ideal).max() <= 0.3 and np.abs(spans - ideal).mean() <= 0.12)
