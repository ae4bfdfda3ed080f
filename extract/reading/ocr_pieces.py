"""Where text stands in the picture of a page: cells and free areas to lines of ink."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from extract.reading.ocr_image import Ink

_PART = 0.5
"""Line heights; a lower span may be a part of a letter."""
_PART_GAP = 0.2
"""Line heights between the parts of a letter that stand above each other."""
_TALLEST = 1.3
"""Line heights that the parts of a letter take together at most."""
_DUST = 0.2
"""Line heights; a piece that is smaller in both directions is dust."""
_LONGEST_DASH = 1.5
"""Line heights; what is as low as dust and longer is a dotted line, not a dash."""
_DUST_GAP = 0.8
"""Line heights between dust and the text that it is no part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of pixels, the ends exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top


def drop_specks(ink: Ink, size: int) -> Ink:
    """Return the ink without components that are smaller than `size` pixels in both directions."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    keep = np.ones(count, np.bool_)
    keep[1:] = (boxes[1:, 2] >= size) | (boxes[1:, 3] >= size)
    keep[0] = False
    return np.asarray(keep[labels], dtype=np.bool_)


def line_height(ink: Ink, areas: list[Area], smallest: float) -> float:
    """Return the usual height of a line of text in pixels, at least `smallest`."""
    heights = [
        end - start
        for area in areas
        for start, end in _spans(ink[area.top : area.bottom, area.left : area.right].any(axis=1))
    ]
    return float(median([height for height in heights if height >= smallest] or [smallest]))


def cut_area(ink: Ink, area: Area, em: float, gap: float) -> Iterator[Area]:
    """Yield the lines of text in an area, cut where white space is `gap` line heights wide.

    `em` is the usual height of a line. Areas are cut across and down in turn until nothing parts
    any more; dust is left out.
    """
    pieces = [
        Area(left=left, top=top, right=right, bottom=bottom)
        for top, bottom in _rows(ink, area, em)
        for left, right in _columns(ink, area, top, bottom, em, gap)
    ]
    if len(pieces) == 1:
        piece = pieces[0]
        is_leader = piece.width > _LONGEST_DASH * em
        if piece.height >= _DUST * em or (piece.width >= _DUST * em and not is_leader):
            yield piece
        return
    for piece in pieces:
        yield from cut_area(ink, piece, em, gap)


def _rows(ink: Ink, area: Area, em: float) -> list[tuple[int, int]]:
    """Return the spans of rows with ink; parts of letters stay together."""
    marks = ink[area.top : area.bottom, area.left : area.right].any(axis=1)
    rows: list[tuple[int, int]] = []
    for start, end in _spans(marks):
        if rows and _are_parts(rows[-1], (start, end), em):
            rows[-1] = (rows[-1][0], end)
        else:
            rows.append((start, end))
    return [(area.top + start, area.top + end) for start, end in rows]


def _are_parts(upper: tuple[int, int], lower: tuple[int, int], em: float) -> bool:
    """Tell whether two spans are parts of one line: an accent, the vowel under a consonant."""
    smaller = min(upper[1] - upper[0], lower[1] - lower[0])
    return (
        smaller < _PART * em
        and lower[0] - upper[1] <= _PART_GAP * em
        and lower[1] - upper[0] <= _TALLEST * em
    )


def _columns(
    ink: Ink, area: Area, top: int, bottom: int, em: float, gap: float
) -> list[tuple[int, int]]:
    """Return the spans of columns with ink in one row, small gaps closed."""
    spans = _spans(ink[top:bottom, area.left : area.right].any(axis=0))
    widest = gap * min(max(bottom - top, _PART * em), _TALLEST * em)
    columns: list[tuple[int, int]] = []
    for start, end in _without_dust(ink, area, spans, (top, bottom), em):
        if columns and start - columns[-1][1] <= widest:
            columns[-1] = (columns[-1][0], end)
        else:
            columns.append((start, end))
    return [(area.left + start, area.left + end) for start, end in columns]


def _without_dust(
    ink: Ink, area: Area, spans: list[tuple[int, int]], rows: tuple[int, int], em: float
) -> list[tuple[int, int]]:
    """Leave out spans of columns with dust that stands apart from its neighbours."""
    ends = [float("-inf"), *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), float("inf")]
    kept = []
    for number, (start, end) in enumerate(spans):
        gap = min(start - ends[number], starts[number + 1] - end)
        if gap > _DUST_GAP * em and end - start < _DUST * em:
            part = ink[rows[0] : rows[1], area.left + start : area.left + end]
            marked = np.flatnonzero(part.any(axis=1))
            if marked[-1] - marked[0] < _DUST * em:
                continue
        kept.append((start, end))
    return kept


def _spans(marks: npt.ArrayLike) -> list[tuple[int, int]]:
    """Return the runs of true values as (start, end), the end exclusive."""
    padded = np.concatenate(([False], np.asarray(marks), [False]))
    turns = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return [(start, end) for start, end in pairwise(turns)][::2]
