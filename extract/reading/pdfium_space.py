"""The spaces of a PDF page: matrices, and the way from page space to the page as displayed."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.grids.ruled_shapes import Box


class Matrix(NamedTuple):
    """An affine map: x' = ax + cy + e, y' = bx + dy + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, outer: "Matrix") -> "Matrix":
        """Return the map that applies this one first and the other after it."""
        a, b, c, d, e, f = self
        return Matrix(
            a * outer.a + b * outer.c,
            a * outer.b + b * outer.d,
            c * outer.a + d * outer.c,
            c * outer.b + d * outer.d,
            e * outer.a + f * outer.c + outer.e,
            e * outer.b + f * outer.d + outer.f,
        )

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return the box around a rectangle once it is mapped."""
        a, b, c, d, e, f = self
        if not b and not c:
            left, right = a * x0 + e, a * x1 + e
            top, bottom = d * y0 + f, d * y1 + f
        else:
            xs = (a * x0 + c * y0, a * x0 + c * y1, a * x1 + c * y0, a * x1 + c * y1)
            ys = (b * x0 + d * y0, b * x0 + d * y1, b * x1 + d * y0, b * x1 + d * y1)
            left, right = min(xs) + e, max(xs) + e
            top, bottom = min(ys) + f, max(ys) + f
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
        return Box(x0=left, y0=top, x1=right, y1=bottom)


def map_boxes(boxes: NDArray[np.float64], matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what `Matrix.box` gives for each row of edges and the row of a matrix beside it."""
    x0, y0, x1, y1 = boxes.T
    a, b, c, d, e, f = matrices.T
    xs = np.stack((a * x0 + c * y0, a * x0 + c * y1, a * x1 + c * y0, a * x1 + c * y1)) + e
    ys = np.stack((b * x0 + d * y0, b * x0 + d * y1, b * x1 + d * y0, b * x1 + d * y1)) + f
    return np.stack((xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)), axis=1)


def display_matrix(
    left: float, bottom: float, right: float, top: float, quarter_turns: int
) -> Matrix:
    """Return the map from page space to display space: cropped, turned clockwise, y downwards."""
    return (
        Matrix(1, 0, 0, -1, -left, top),
        Matrix(0, 1, 1, 0, -bottom, -left),
        Matrix(-1, 0, 0, 1, right, -bottom),
        Matrix(0, -1, -1, 0, top, right),
    )[quarter_turns % 4]
