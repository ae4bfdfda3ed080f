"""Text of a page that nobody sees: drawn without ink, white on white, or transparent."""

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.grids.ruled_shapes import Box
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_batch import Answers, Numbers

_COLOURS = Answers(ctypes.c_uint, 4)
_NEARLY_WHITE = 250
_INKLESS = frozenset((pdfium.INVISIBLE, pdfium.CLIP))
_STROKED = frozenset((pdfium.STROKE, pdfium.FILL_STROKE))
SMALLEST = 0.5
"""Points; type that is smaller is no type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What lies on the page for text to stand on."""

    pictures: tuple[Box, ...]
    painted: Callable[[], tuple[Box, ...]]
    """Finds the areas painted with anything but white, whatever their shape."""


def are_unseen(
    owners: Sequence[int], boxes: Numbers, sizes: Numbers, ground: Ground
) -> NDArray[np.bool_]:
    """Tell of each character whether nobody sees it, by its text object, box and size.

    Text without ink over a picture is what a scanner read from it; white text over a painted
    area is a heading. Neither is hidden.
    """
    handles = list(dict.fromkeys(owners))
    kinds = dict(zip(handles, _kinds(handles), strict=True))
    unseen: NDArray[np.bool_] = sizes < SMALLEST
    if not any(kinds.values()):
        return unseen
    chosen = np.array([kinds[owner] for owner in owners], dtype=np.int64)
    is_pale = chosen > 0
    is_pale[is_pale] = ~_stand_on(boxes[is_pale], ground.pictures)
    is_white = is_pale & (chosen == _WHITE)
    if is_white.any():
        is_pale[is_white] = ~_stand_on(boxes[is_white], ground.painted())
    return unseen | is_pale


_NO_INK, _WHITE = 1, 2


def _kinds(owners: Sequence[int]) -> list[int]:
    handles = list(map(pdfium.Handle, owners))
    modes = map(pdfium.render_mode, handles)
    colours = _COLOURS.ask(pdfium.fill_channels, handles)
    is_white = (colours[:, :3] >= _NEARLY_WHITE).all(axis=1)
    is_clear = colours[:, 3] == 0
    return [
        _NO_INK if mode in _INKLESS else _WHITE if pale and mode not in _STROKED else 0
        for mode, pale in zip(modes, (is_white | is_clear).tolist(), strict=True)
    ]


def _stand_on(boxes: Numbers, areas: Sequence[Box]) -> NDArray[np.bool_]:
    """Tell of each box whether its middle lies in one of some areas."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    stands = np.zeros(len(boxes), dtype=np.bool_)
    for x0, y0, x1, y1 in areas:
        stands |= (x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)
    return stands
