"""The picture of a page: even background, upright lines, ink apart from paper."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extract.grids.ruled_shapes import Box
from extract.reading.ocr_options import OcrOptions

Gray = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.bool_]

_POINTS_PER_INCH = 72.0
_PAPER = 255
_SMALL_SIDE = 900
"""Pixels to which the longer side is brought to look for the skew."""
_STEPS = (0.5, 0.1, 0.02)
"""Degrees; each step looks around the best angle of the one before."""
_DARKEST_PAPER, _LIGHTEST_INK = 110, 190


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page upright and with white background."""

    gray: Gray
    ink: Ink
    """True where there is ink."""
    scale: float
    """Pixels per point."""
    turn: float
    """Degrees by which the page was turned counter-clockwise to stand upright."""
    fills: tuple[Box, ...] = ()
    """Shaded areas, in points."""


def draw_page(page: Any, options: OcrOptions) -> tuple[Gray, float]:
    """Return a page of pypdfium2 in grey with its pixels per point, within the limit of pixels."""
    width, height = page.get_size()
    scale = options.dpi / _POINTS_PER_INCH
    scale = min(scale, (options.most_pixels / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, -1), scale
    finally:
        bitmap.close()


def flatten(gray: Gray, scale: float) -> Gray:
    """Return the picture with shading and uneven light turned into white paper."""
    size = 2 * round(3.5 * scale) + 1
    around = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    paper = cv2.blur(around, (size, size))
    return np.asarray(cv2.divide(gray, paper, scale=_PAPER), dtype=np.uint8)


def find_ink(flat: Gray) -> Ink:
    """Return where a flattened picture has ink; nowhere on an empty page."""
    level, _ = cv2.threshold(flat, 0, _PAPER, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(flat < min(max(level, _DARKEST_PAPER), _LIGHTEST_INK), dtype=np.bool_)


def find_turn(ink: Ink, options: OcrOptions) -> float:
    """Return the degrees, counter-clockwise, that make lines of text and rules level."""
    if not ink.any():
        return 0.0
    factor = min(1.0, _SMALL_SIDE / max(ink.shape))
    small = cv2.resize(
        ink.astype(np.uint8) * _PAPER, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA
    )
    best, reach = 0.0, options.most_turn
    for step in _STEPS:
        count = round(reach / step)
        angles = [round(best + step * number, 4) for number in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_evenness(small, angle), -abs(angle)))
        reach = step
    return best


def _evenness(small: npt.NDArray[Any], angle: float) -> float:
    """Return how sharply dark and light rows of pixels alternate."""
    rows = rotate(small, angle, paper=0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def rotate(image: npt.NDArray[Any], angle: float, paper: int = _PAPER) -> Gray:
    """Return a picture turned counter-clockwise around its middle, of the same size."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    turned = cv2.warpAffine(
        image,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=float(paper),
    )
    return np.asarray(turned, dtype=np.uint8)
