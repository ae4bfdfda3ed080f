"""The rules, shaded areas and pictures of a page as PDFium draws them, in display space.

A page may have ten thousand paths, nearly all of them thin boxes or single strokes; those pass
through arrays, and only what has more corners is looked at one by one.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.grids.ruled_edges import outline, stroke_rules
from extract.grids.ruled_shapes import Box, Rule
from extract.options import GridOptions, PdfOptions
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_batch import Answers, Numbers
from extract.reading.pdfium_objects import bounds_of, matrices_of, walk_objects
from extract.reading.pdfium_space import Matrix

_EVEN = 1e-2
"""Points by which the corners of a rectangle may be off."""
_WHITE = 255

_POINTS = Answers(ctypes.c_float, 2)
_MODES = Answers(ctypes.c_int, 2)
_CHANNELS = Answers(ctypes.c_uint, 4)

Point = tuple[float, float]
Order = NDArray[np.int64]
"""Places in the order of drawing: how many segments were drawn before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawings:
    """What was drawn on a page."""

    rules: tuple[Rule, ...]
    fills: tuple[Box, ...]
    pictures: tuple[Box, ...]
    painted: Callable[[], tuple[Box, ...]]
    """Finds what was painted with anything but white, whatever its shape; seldom needed."""
    texts: dict[int, Matrix]
    """Text objects by their handles, with the way from their space to the display."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Paths in the order of drawing, side by side."""

    handles: list[pdfium.Handle]
    matrices: Numbers
    """A row of six numbers for each: the way from the space around it to the display."""
    is_filled: NDArray[np.bool_]
    is_stroked: NDArray[np.bool_]
    counts: Order
    """Numbers of segments."""
    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Parts of paths, each from where the pen was set down to where it was lifted."""

    owners: Order
    """The number of the path."""
    order: Order
    firsts: Order
    """The number of the first segment."""
    lengths: Order
    """Numbers of segments."""
    segments: list[pdfium.Handle]
    """Handles of the segments of all paths looked at."""
    points: Numbers
    """Where they end, in display space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Rules and shaded areas, filled while the paths of a page are looked at."""

    rules: list[Numbers] = field(default_factory=list)
    """Rows of: place in the order of drawing, 1 for a horizontal one, position, start, end."""
    fills: list[Box] = field(default_factory=list)


def read_drawings(page: int, display: Matrix, options: PdfOptions) -> Drawings:
    """Return everything drawn on a page, forms inside of forms included.

    Raises:
        TooManyObjects: There is more than a page may have.
    """
    texts: dict[int, Matrix] = {}
    pictures: list[Box] = []
    shades: list[Box] = []
    paths: list[pdfium.Handle] = []
    matrices: list[Matrix] = []
    for handles, kinds, matrix in walk_objects(page, display, options.limits.objects):
        for handle, kind in zip(handles, kinds, strict=True):
            if kind == pdfium.PATH:
                paths.append(handle)
                matrices.append(matrix)
            elif kind == pdfium.TEXT:
                texts[handle.value or 0] = matrix
            elif kind == pdfium.IMAGE:
                pictures.append(_bounds(handle, matrix))
            elif kind == pdfium.SHADING:
                shades.append(_bounds(handle, matrix))
    gathered = _paths(paths, matrices)
    found = _read_paths(gathered, options.grids) if paths else Found()
    return Drawings(
        rules=tuple(_rules(found.rules)),
        fills=tuple(found.fills),
        pictures=tuple(pictures),
        painted=partial(_painted, gathered, shades),
        texts=texts,
    )


def _bounds(handle: pdfium.Handle, matrix: Matrix) -> Box:
    return Box(*bounds_of([handle], np.array([matrix]))[0].tolist())


def _painted(paths: Paths, shadings: Sequence[Box]) -> tuple[Box, ...]:
    """Return the boxes around all that is painted with anything but white.

    Thin strips count: a gradient is painted with them.
    """
    numbers = np.flatnonzero(paths.is_filled | paths.is_stroked)
    handles = [paths.handles[number] for number in numbers.tolist()]
    edges = bounds_of(handles, paths.matrices[numbers])
    channels = _CHANNELS.ask(pdfium.fill_channels, handles)
    is_white = (channels[:, :3] == _WHITE).all(axis=1) | (channels[:, 3] == 0)
    is_white &= ~paths.is_stroked[numbers]
    return (*shadings, *(Box(*some) for some in edges[~is_white].tolist()))


def _rules(rows: Sequence[Numbers]) -> Iterator[Rule]:
    """Return the rules in the order of drawing."""
    if not rows:
        return iter(())
    together = np.concatenate(rows)
    _, is_level, *numbers = together[np.argsort(together[:, 0], kind="stable")].T.tolist()
    return map(Rule, ("h" if level else "v" for level in is_level), *numbers)


def _paths(handles: list[pdfium.Handle], matrices: Sequence[Matrix]) -> Paths:
    modes = _MODES.ask(pdfium.draw_mode, handles) != 0
    counts = np.array(list(map(pdfium.count_segments, handles)), dtype=np.int64)
    return Paths(
        handles=handles,
        matrices=np.array(matrices).reshape(-1, 6),
        is_filled=modes[:, 0],
        is_stroked=modes[:, 1],
        counts=counts,
        order=np.cumsum(counts) - counts,
    )


def _read_paths(paths: Paths, options: GridOptions) -> Found:
    """Return what paths give: thin boxes and lines as rules, other boxes as shading."""
    found = Found()
    is_thin = np.zeros(len(paths.handles), dtype=np.bool_)
    boxes = _unstroked_boxes(paths)
    if boxes is not None:
        numbers, edges = boxes
        thin = np.minimum(edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1])
        chosen = thin <= options.rule_thickness
        is_thin[numbers[chosen]] = True
        found.rules.append(_stroke_rows(paths.order[numbers[chosen]], edges[chosen], options))
    others = np.flatnonzero(~is_thin & (paths.counts > 1))
    if len(others):
        _read_parts(paths, _parts(paths, others), found, options)
    return found


def _unstroked_boxes(paths: Paths) -> tuple[Order, Numbers] | None:
    """Return the paths that can be boxes, and their bounds: exact where nothing is stroked.

    A path of four or five points with a curve has it in the third.
    """
    could = ~paths.is_stroked & ((paths.counts == 4) | (paths.counts == 5))
    numbers = np.flatnonzero(could)
    handles = [paths.handles[number] for number in numbers.tolist()]
    thirds = map(pdfium.path_segment, handles, [2] * len(handles))
    kinds = map(pdfium.segment_kind, thirds)
    numbers = numbers[[kind != pdfium.CURVE for kind in kinds]]
    if not len(numbers):
        return None
    handles = [paths.handles[number] for number in numbers.tolist()]
    return numbers, bounds_of(handles, paths.matrices[numbers])


def _stroke_rows(order: Order, boxes: Numbers, options: GridOptions) -> Numbers:
    """Return boxes as `stroke_rules` does, a row for each rule."""
    x0, y0, x1, y1 = boxes.T
    is_low, is_narrow = y1 - y0 <= options.rule_thickness, x1 - x0 <= options.rule_thickness
    level = np.stack((order, np.ones(len(order)), (y0 + y1) / 2, x0, x1), axis=1)
    upright = np.stack((order, np.zeros(len(order)), (x0 + x1) / 2, y0, y1), axis=1)
    return np.concatenate((level[is_low], upright[is_narrow]))


def _parts(paths: Paths, numbers: Order) -> Parts:
    """Return the parts of paths that have no curves and more than one point."""
    counts = paths.counts[numbers]
    handles = [paths.handles[number] for number in numbers.tolist()]
    owners = np.repeat(np.arange(len(numbers)), counts)
    inside = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    segments = list(
        map(pdfium.path_segment, [handles[owner] for owner in owners.tolist()], inside.tolist())
    )
    kinds = np.full(len(segments), pdfium.MOVE)
    later = np.flatnonzero(inside)
    kinds[later] = list(map(pdfium.segment_kind, [segments[number] for number in later.tolist()]))
    firsts = np.flatnonzero(kinds == pdfium.MOVE)
    lengths = np.diff(np.append(firsts, len(segments)))
    is_kept = (lengths > 1) & ~np.logical_or.reduceat(kinds == pdfium.CURVE, firsts)
    firsts, lengths = firsts[is_kept], lengths[is_kept]
    a, b, c, d, e, f = matrices_of(handles, paths.matrices[numbers])[owners].T
    x, y = _POINTS.ask(pdfium.segment_point, segments).T
    return Parts(
        owners=numbers[owners[firsts]],
        order=paths.order[numbers[owners[firsts]]] + inside[firsts],
        firsts=firsts,
        lengths=lengths,
        segments=segments,
        points=np.stack((a * x + c * y + e, b * x + d * y + f), axis=1),
    )


def _read_parts(paths: Paths, parts: Parts, found: Found, options: GridOptions) -> None:
    is_line = parts.lengths == 2
    starts = parts.firsts[is_line]
    one, other = parts.points[starts], parts.points[starts + 1]
    boxes = np.concatenate((np.minimum(one, other), np.maximum(one, other)), axis=1)
    found.rules.append(_stroke_rows(parts.order[is_line], boxes, options))
    for number in np.flatnonzero(~is_line).tolist():
        owner = parts.owners[number]
        rules = _read_part(
            _corners(parts, number),
            bool(paths.is_stroked[owner]),
            bool(paths.is_filled[owner]) and not _is_white(paths.handles[owner]),
            found.fills,
            options,
        )
        rows = [(parts.order[number], rule.axis == "h", *rule[1:]) for rule in rules]
        if rows:
            found.rules.append(np.array(rows, dtype=np.float64))


def _corners(parts: Parts, number: int) -> list[Point]:
    """Return the corners of a part, with the first one again if the last segment closes it."""
    first = parts.firsts[number]
    last = first + parts.lengths[number] - 1
    points: list[Point] = [(x, y) for x, y in parts.points[first : last + 1].tolist()]
    if points[-1] != points[0] and pdfium.segment_closes(parts.segments[last]):
        points.append(points[0])
    return points


def _read_part(
    points: list[Point], is_stroked: bool, is_shade: bool, fills: list[Box], options: GridOptions
) -> Iterator[Rule]:
    """Yield the rules of a part of a path that is no single line; add to `fills` if it is shade."""
    if len(points) == 3 and points[0] == points[2]:
        yield from stroke_rules(_around(points), options)
    elif _is_rectangle(points):
        box = _around(points)
        if min(box.width, box.height) <= options.rule_thickness:
            yield from stroke_rules(box, options)
            return
        if is_stroked:
            yield from outline(box)
        if is_shade:
            fills.append(box)
    elif is_stroked:
        for ends in pairwise(points):
            box = _around(ends)
            if min(box.width, box.height) <= options.collinear:
                yield from stroke_rules(box, options)


def _is_rectangle(points: list[Point]) -> bool:
    """Tell whether corners run around a level rectangle and back to the first."""
    if len(points) != 5:
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), (x4, y4) = points
    if max(abs(x4 - x0), abs(y4 - y0)) > _EVEN:
        return False
    goes_up = max(abs(x1 - x0), abs(y2 - y1), abs(x3 - x2), abs(y3 - y0)) <= _EVEN
    return goes_up or max(abs(y1 - y0), abs(x2 - x1), abs(y3 - y2), abs(x3 - x0)) <= _EVEN


def _around(points: Sequence[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _is_white(handle: pdfium.Handle) -> bool:
    """Tell whether the fill is plain white, or not there for being fully transparent."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.fill_colour(handle, red, green, blue, alpha):
        return False
    return not alpha.value or red.value == green.value == blue.value == _WHITE
