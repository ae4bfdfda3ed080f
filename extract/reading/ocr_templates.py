"""The digits of a page as each other's templates: one font prints an 8 in the same way everywhere.

Tesseract takes a digit in a noisy spot for another one now and then; the page shows the same digit
a hundred times more, and nearly always it was read rightly there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.reading.ocr_image import Gray
from extract.reading.ocr_pieces import Area

_HEIGHT, _WIDTH = 24, 20
"""Pixels to which digits are brought; their form keeps its proportions."""
_NEAREST = 3
"""As many of the most similar digits speak for a sign."""
_FEWEST = 3
"""A sign that was read less often than this on a page has no say."""
_MOST = 3000
"""Digits that are kept; a page has no more, and a comparison of all takes a second."""
_DIGITS = "0123456789"

Pixels = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A digit on the page, as it was read."""

    area: Area
    sign: str
    piece: int
    """Number of the piece that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much a shape looks like the digits that were read as one sign; 1 is the same."""

    sign: str
    share: float


class Templates:
    """The digits of a page, asked what a shape looks like."""

    def __init__(self, gray: Gray, templates: Sequence[Template]) -> None:
        kept = [one for one in templates if one.sign in _DIGITS][:_MOST]
        self._gray = gray
        self._signs = np.array([one.sign for one in kept])
        self._pieces = np.array([one.piece for one in kept])
        pictures = [_picture(gray, one.area) for one in kept]
        self._pixels = np.stack(pictures) if pictures else np.zeros((0, _HEIGHT * _WIDTH))

    def compare(self, areas: Sequence[Area], piece: int) -> list[tuple[Likeness, ...]]:
        """Return for each shape the signs that it looks like, best first.

        The digits of the shape's own piece are left out; so are signs that are rare on the page.
        """
        others = self._pieces != piece
        signs = self._signs[others]
        known = [sign for sign in _DIGITS if (signs == sign).sum() >= _FEWEST]
        if not known or not areas:
            return [() for _ in areas]
        pixels = np.stack([_picture(self._gray, area) for area in areas])
        alike = pixels @ self._pixels[others].T
        by_sign = {
            sign: np.sort(alike[:, signs == sign], axis=1)[:, -_NEAREST:].mean(axis=1)
            for sign in known
        }
        return [
            tuple(
                sorted(
                    (
                        Likeness(sign=sign, share=round(float(shares[place]), 4))
                        for sign, shares in by_sign.items()
                    ),
                    key=lambda one: (-one.share, one.sign),
                )
            )
            for place in range(len(areas))
        ]


def _picture(gray: Gray, area: Area) -> Pixels:
    """Return a shape at the common height, in the middle, as a vector of length 1."""
    part = 255 - gray[area.top : area.bottom, area.left : area.right]
    width = max(1, min(_WIDTH, round(part.shape[1] * _HEIGHT / part.shape[0])))
    small = cv2.resize(part, (width, _HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32)
    picture = np.zeros((_HEIGHT, _WIDTH), np.float32)
    left = (_WIDTH - width) // 2
    picture[:, left : left + width] = small
    picture = cv2.GaussianBlur(picture, (3, 3), 0) - picture.mean()
    length = float(np.linalg.norm(picture))
    return np.asarray(picture.ravel() / (length or 1.0), dtype=np.float32)
