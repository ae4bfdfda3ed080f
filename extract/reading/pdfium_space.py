"""The spaces of a PDF page: matrices, and the way from page space to the page as displayed."""

from typing import NamedTuple

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

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

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
