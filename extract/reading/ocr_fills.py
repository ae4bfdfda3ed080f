"""Shaded areas of a scan: dark bands with light letters turned over, light stripes as boxes."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extract.grids.ruled_shapes import Box
from extract.reading.ocr_image import Gray, Ink

_PAPER = 255
_COARSE = 2.0
"""Pixels per point in which dark bands are looked for; light stripes at half of it."""
_DARK = 0.62
"""Share of the paper's grey below which an area may be a band."""
_BAND = (16.0, 7.0)
"""Points that a band is wide and high at least; letters and filled boxes are smaller."""
_LETTER_HOLE = 2.5
"""Points of light strokes that are closed to find a band."""
_FULL = 0.75
"""Share of its box that a band covers at least."""
_LIGHTER = 45
"""Grey levels by which letters differ from the band that they stand on."""
_RIM = 1.2
"""Points around a band where its grey runs into the paper's."""
_WINDOW = 3
"""Points over which the grey of the paper is averaged."""
_WIDE = 9
"""Points over which noise is averaged where the paper's own grey is looked for."""
_LEAST_BLANK = 0.15
"""Share of a window without ink that tells the grey of its paper."""
_HOLE = 11
"""Points; what is narrower inside of a stripe is text."""
_AROUND = 61
"""Points in which some unshaded paper lies."""
_FAINT, _SHADE = 3.2, 5.0
"""Grey levels by which a stripe is darker than paper at each point, and on the whole."""
_STRIPE = (36, 8)
"""Points that a stripe is wide and high at least."""
_DRIFT = 3
"""Points by which the ends of a stripe differ from row to row of pixels."""


def turn_bands(gray: Gray, scale: float) -> tuple[Gray, tuple[Box, ...]]:
    """Return the page with light letters on dark bands turned dark on white, and the bands."""
    bands = []
    paper = float(np.median(gray))
    turned = gray
    for left, top, right, bottom in _find_bands(gray, scale):
        bottom, right = min(bottom, gray.shape[0]), min(right, gray.shape[1])
        part = gray[top:bottom, left:right]
        level = float(np.median(part))
        lighter = int((part > level + _LIGHTER).sum())
        if lighter <= 2 * int((part < level - _LIGHTER).sum()):
            continue
        if turned is gray:
            turned = gray.copy()
        over = np.clip(paper - (part.astype(np.float64) - level), 0, _PAPER).astype(np.uint8)
        rim = round(_RIM * scale)
        wide = turned[max(0, top - rim) : bottom + rim, max(0, left - rim) : right + rim]
        wide[:] = round(paper)
        inner = turned[top + rim : bottom - rim, left + rim : right - rim]
        inner[:] = over[rim : rim + inner.shape[0], rim : rim + inner.shape[1]]
        bands.append(Box(x0=left / scale, y0=top / scale, x1=right / scale, y1=bottom / scale))
    return turned, tuple(bands)


def find_stripes(gray: Gray, ink: Ink, bands: Sequence[Box], scale: float) -> tuple[Box, ...]:
    """Return the lightly shaded areas of a page as rectangles, in points; ink is left out."""
    rim = 2 * round(_RIM * scale) + 1
    blank = cv2.dilate(ink.astype(np.uint8), np.ones((rim, rim), np.uint8)) == 0
    light = _means(np.where(blank, gray, 0).astype(np.float32), 1 / scale)
    share = _means(blank.astype(np.float32), 1 / scale)
    plain = np.where(share > _LEAST_BLANK, light / np.maximum(share, _LEAST_BLANK), 0)
    level = cv2.medianBlur(plain.clip(0, _PAPER).astype(np.uint8), 5)
    darker = np.where(share > _LEAST_BLANK, _paper_of(level) - level, 0)
    faint = (darker > _FAINT).astype(np.uint8)
    for band in bands:
        faint[int(band.y0) : int(band.y1) + 2, int(band.x0) : int(band.x1) + 2] = 0
    joined = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, np.ones((_HOLE, _HOLE), np.uint8))
    width, height = _STRIPE
    shaded = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(shaded, connectivity=4)
    found: list[Box] = []
    for number in range(1, count):
        left, top, across, down = (int(value) for value in boxes[number][:4])
        if float(darker[labels == number].mean()) < _SHADE:
            continue
        found += _rectangles(labels[top : top + down, left : left + across] == number, left, top)
    return tuple(box for box in found if box.width >= width and box.height >= height)


def _paper_of(level: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Return the grey of unshaded paper around each point."""
    even = cv2.blur(level, (_WIDE, _WIDE))
    paper = cv2.morphologyEx(even, cv2.MORPH_CLOSE, np.ones((_AROUND, _AROUND), np.uint8))
    return np.asarray(cv2.blur(paper, (_AROUND, _AROUND)), dtype=np.float32)


def free_fills(fills: Sequence[Box], tables: Sequence[Box]) -> tuple[Box, ...]:
    """Return the shaded areas outside of ruled tables: inside, the rules say more."""
    return tuple(
        fill
        for fill in fills
        if not any(table.holds(fill.middle_x, fill.middle_y) for table in tables)
    )


def _find_bands(gray: Gray, scale: float) -> Iterator[tuple[int, int, int, int]]:
    """Yield left, top, right, bottom of dark areas that are as large as a line of text."""
    small = _shrink(gray, _COARSE / scale)
    dark = (small < _DARK * float(np.median(small))).astype(np.uint8)
    hole = round(_LETTER_HOLE * _COARSE)
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((hole, hole), np.uint8))
    width, height = (round(side * _COARSE) for side in _BAND)
    blocks = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(blocks, connectivity=4)
    factor = scale / _COARSE
    for number in range(1, count):
        left, top, across, down, size = (int(value) for value in boxes[number])
        if size >= _FULL * across * down:
            yield (
                round(left * factor),
                round(top * factor),
                round((left + across) * factor),
                round((top + down) * factor),
            )


def _means(values: npt.NDArray[np.float32], factor: float) -> npt.NDArray[np.float32]:
    """Return the means of small windows around each point of a page."""
    small = cv2.resize(values, _size(values.shape, factor), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.blur(small, (_WINDOW, _WINDOW)), dtype=np.float32)


def _shrink(gray: Gray, factor: float) -> Gray:
    small = cv2.resize(gray, _size(gray.shape, factor), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _rectangles(mask: Ink, left: int, top: int) -> Iterator[Box]:
    """Yield the rectangles that a shape of level and upright sides is made of."""
    ends = [_ends(row) for row in mask]
    cuts = [0]
    for index, (one, other) in enumerate(pairwise(ends), start=1):
        if max(abs(one[0] - other[0]), abs(one[1] - other[1])) > _DRIFT:
            cuts.append(index)
    for first, last in pairwise([*cuts, len(ends)]):
        starts, stops = zip(*ends[first:last], strict=True)
        yield Box(
            x0=left + float(np.median(starts)),
            y0=float(top + first),
            x1=left + float(np.median(stops)),
            y1=float(top + last),
        )


def _ends(row: npt.NDArray[np.bool_]) -> tuple[int, int]:
    marked = np.flatnonzero(row)
    return int(marked[0]), int(marked[-1]) + 1


def _size(shape: tuple[int, ...], factor: float) -> tuple[int, int]:
    """Return width and height of a picture made smaller, one at least."""
    return max(1, round(shape[1] * factor)), max(1, round(shape[0] * factor))
