"""Pieces of a page as pictures that suit Tesseract: white around them, letters large enough."""

from dataclasses import dataclass

import cv2
import numpy as np

from extract.reading.ocr_image import Gray, PageImage
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_pieces import Area

_FRINGE = 2
"""Pixels of the page around a piece that belong to its blurred border."""
_MARGIN = 0.4
"""Line heights of white around a piece."""
_LARGEST = 4.0
"""Text is enlarged no further: there is no more to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """The picture of one piece and the way back to the page."""

    area: Area
    picture: Gray
    zoom: float
    margin: int
    """Pixels of white on each side, enlarged."""

    def page_x(self, x: float) -> float:
        """Return the pixel of the page for a pixel of the picture."""
        return self.area.left - _FRINGE + (x - self.margin) / self.zoom


def cut_crop(image: PageImage, area: Area, em: float, size: float, options: OcrOptions) -> Crop:
    """Return the picture of a piece; `em` is the height of a line in its surroundings.

    `size` makes it smaller or larger than usual.
    """
    height, width = image.gray.shape
    top, bottom = max(0, area.top - _FRINGE), min(height, area.bottom + _FRINGE)
    left, right = max(0, area.left - _FRINGE), min(width, area.right + _FRINGE)
    zoom = size * min(_LARGEST, max(1.0, options.line_height / em))
    picture = cv2.resize(
        image.gray[top:bottom, left:right],
        None,
        fx=zoom,
        fy=zoom,
        interpolation=cv2.INTER_CUBIC if zoom >= 1 else cv2.INTER_AREA,
    )
    margin = max(4, round(_MARGIN * em * zoom))
    framed = cv2.copyMakeBorder(
        picture, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(255.0,)
    )
    return Crop(area=area, picture=np.asarray(framed, dtype=np.uint8), zoom=zoom, margin=margin)
