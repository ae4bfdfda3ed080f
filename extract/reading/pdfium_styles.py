"""What the characters of one text object share: the way to the display, the em, the advances."""

import ctypes
from dataclasses import dataclass, field

from extract.grids.ruled_shapes import Box, Direction
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_space import Matrix

NARROW = 0.25
"""Ems; a space is drawn no wider than this, so that it stays between its neighbours."""
_SKEW = 1e-3
_DEEPEST = -0.5
"""Ems; a font that claims to reach lower under its base line is not believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What the characters of one text object share."""

    matrix: Matrix
    """Text space to display space, without the place."""
    low: float
    """Lower end of the em in text space, seen from the base line."""
    size: float
    """Em in text space."""
    direction: Direction
    is_level: bool
    """Runs from left to right as displayed, upright or slanted."""
    font: int | None
    widths: dict[int, float] = field(default_factory=dict)
    """Advances in text space by code point."""


def new_style(matrix: Matrix, size: float, font: int | None) -> Style:
    """Return the style of a text object by its matrix (text to display), em and font."""
    direction: Direction = "right"
    if abs(matrix.b) > abs(matrix.a) and abs(matrix.c) > abs(matrix.d):
        direction = "up" if matrix.b < 0 else "down"
    descent = ctypes.c_float()
    pdfium.font_descent(font, 1.0, descent)
    return Style(
        matrix=matrix,
        low=max(_DEEPEST, -abs(descent.value)) * size,
        size=size,
        direction=direction,
        is_level=matrix.a > 0 > matrix.d and abs(matrix.b) <= _SKEW * matrix.a,
        font=font,
    )


def advance_box(left: float, base: float, width: float, style: Style) -> Box:
    """Return the advance box of a character that starts at a point of its base line.

    The engine's own loose box will not do: it takes in the ink, and the whole em of a font that
    is drawn (Type 3), and stretches its height with the width of condensed type.
    """
    matrix, low, high = style.matrix, style.low, style.low + style.size
    if style.is_level:
        up = matrix.d
        return Box(x0=left, y0=base + up * high, x1=left + matrix.a * width, y1=base + up * low)
    return matrix._replace(e=left, f=base).box(0.0, low, width, high)
