"""The rules, shaded areas and pictures of a page as PDFium draws them, in display space."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extract.grids.ruled_edges import outline, stroke_rules
from extract.grids.ruled_shapes import Box, Rule
from extract.options import GridOptions
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_space import Matrix

_EVEN = 1e-2
"""Points by which the corners of a rectangle may be off."""
_WHITE = 255
_DEEPEST = 32
"""Forms inside of forms; the engine itself stops earlier."""

_UNCHANGED = Matrix(1, 0, 0, 1, 0, 0)
# Where the engine writes its answers; made once, since a page may have ten thousand paths and the
# engine reads one page at a time anyway.
_BOUNDS = tuple(ctypes.c_float() for _ in range(4))
_POINT = (ctypes.c_float(), ctypes.c_float())
_MODE = (ctypes.c_int(), ctypes.c_int())
_MATRIX = pdfium.MatrixValues()

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawings:
    """What was drawn on a page, filled while its objects are walked through."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    texts: dict[int, Matrix] = field(default_factory=dict)
    """Text objects by their handles, with the way from their space to the display."""


def read_drawings(page: int, display: Matrix, options: GridOptions) -> Drawings:
    """Return everything drawn on a page, forms inside of forms included."""
    drawings = Drawings()
    for handle, kind, matrix in _objects(page, display):
        if kind == pdfium.PATH:
            _add_path(handle, matrix, drawings, options)
        elif kind == pdfium.TEXT:
            drawings.texts[handle] = matrix
        elif kind == pdfium.IMAGE:
            drawings.pictures.append(bounds(handle, matrix))
    return drawings


def _objects(page: int, display: Matrix) -> Iterator[tuple[int, int, Matrix]]:
    """Yield the objects of a page, their kinds, and the way from their space to the display."""
    for index in range(pdfium.count_objects(page)):
        handle = pdfium.page_object(page, index)
        kind = pdfium.object_kind(handle)
        if kind == pdfium.FORM:
            yield from _form_objects(handle, display, _DEEPEST)
        else:
            yield handle, kind, display


def _form_objects(form: int, outer: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix]]:
    matrix = _with_own_matrix(form, outer)
    for index in range(pdfium.count_form_objects(form)):
        handle = pdfium.form_object(form, index)
        kind = pdfium.object_kind(handle)
        if kind != pdfium.FORM:
            yield handle, kind, matrix
        elif depth:
            yield from _form_objects(handle, matrix, depth - 1)


def own_matrix(handle: int) -> Matrix:
    """Return the way from the points of an object to the space around it."""
    pdfium.object_matrix(handle, _MATRIX)
    return Matrix(_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f)


def _with_own_matrix(handle: int, outer: Matrix) -> Matrix:
    own = own_matrix(handle)
    return outer if own == _UNCHANGED else own.then(outer)


def bounds(handle: int, matrix: Matrix) -> Box:
    """Return the box around an object."""
    x0, y0, x1, y1 = _BOUNDS
    pdfium.object_bounds(handle, x0, y0, x1, y1)
    return matrix.box(x0.value, y0.value, x1.value, y1.value)


def _add_path(handle: int, matrix: Matrix, drawings: Drawings, options: GridOptions) -> None:
    """Add what a path gives: thin boxes and lines as rules, other boxes as shading."""
    fill, stroke = _MODE
    pdfium.draw_mode(handle, fill, stroke)
    is_stroked = bool(stroke.value)
    count = pdfium.count_segments(handle)
    if not is_stroked and count in (4, 5) and not _is_curved(handle):
        box = bounds(handle, matrix)  # exact where nothing is stroked
        if min(box.width, box.height) <= options.rule_thickness:
            drawings.rules.extend(stroke_rules(box, options))
            return
    is_shade = bool(fill.value) and not _is_white(handle)
    for points in _straight_parts(handle, count, _with_own_matrix(handle, matrix)):
        _add_part(points, is_stroked, is_shade, drawings, options)


def _is_curved(handle: int) -> bool:
    """Tell whether a path of four or five points has a curve: it would take in the third."""
    kind: int = pdfium.segment_kind(pdfium.path_segment(handle, 2))
    return kind == pdfium.CURVE


def _add_part(
    points: list[Point], is_stroked: bool, is_shade: bool, drawings: Drawings, options: GridOptions
) -> None:
    """Add one part of a path: a line, a rectangle, or a chain of lines."""
    if len(points) == 2 or (len(points) == 3 and points[0] == points[2]):
        drawings.rules.extend(stroke_rules(_around(points), options))
    elif _is_rectangle(points):
        box = _around(points)
        if min(box.width, box.height) <= options.rule_thickness:
            drawings.rules.extend(stroke_rules(box, options))
            return
        if is_stroked:
            drawings.rules.extend(outline(box))
        if is_shade:
            drawings.fills.append(box)
    elif is_stroked:
        for ends in pairwise(points):
            box = _around(ends)
            if min(box.width, box.height) <= options.collinear:
                drawings.rules.extend(stroke_rules(box, options))


def _straight_parts(handle: int, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """Yield the corners of each part of a path that has no curves; the first again if closed."""
    x, y = _POINT
    a, b, c, d, e, f = matrix
    points: list[Point] = []
    is_curved = False
    segment = None
    for index in range(count):
        following = pdfium.path_segment(handle, index)
        kind = pdfium.segment_kind(following)
        if kind == pdfium.MOVE:
            if len(points) > 1 and not is_curved:
                yield _closed(points, segment)
            points, is_curved = [], False
        elif kind == pdfium.CURVE:
            is_curved = True
        segment = following
        pdfium.segment_point(segment, x, y)
        across, up = x.value, y.value
        points.append((a * across + c * up + e, b * across + d * up + f))
    if len(points) > 1 and not is_curved:
        yield _closed(points, segment)


def _closed(points: list[Point], last: int | None) -> list[Point]:
    """Return the corners with the first one again if the last segment closes the part."""
    if points[-1] != points[0] and pdfium.segment_closes(last):
        return [*points, points[0]]
    return points


def _is_rectangle(points: list[Point]) -> bool:
    """Tell whether corners run around a level rectangle and back to the first."""
    if len(points) != 5:
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), (x4, y4) = points
    if max(abs(x4 - x0), abs(y4 - y0)) > _EVEN:
        return False
    goes_up = max(abs(x1 - x0), abs(y2 - y1), abs(x3 - x2), abs(y3 - y0)) <= _EVEN
    return goes_up or max(abs(y1 - y0), abs(x2 - x1), abs(y3 - y2), abs(x3 - x0)) <= _EVEN


def _around(points: list[Point] | tuple[Point, Point]) -> Box:
    if len(points) == 2:
        (x0, y0), (x1, y1) = points
        return Box(x0=min(x0, x1), y0=min(y0, y1), x1=max(x0, x1), y1=max(y0, y1))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(x0=min(xs), y0=min(ys), x1=max(xs), y1=max(ys))


def _is_white(handle: int) -> bool:
    """Tell whether the fill is plain white, or not there for being fully transparent."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.fill_colour(handle, red, green, blue, alpha):
        return False
    return not alpha.value or red.value == green.value == blue.value == _WHITE
