"""A drawn page to a picture that can be read: upright, dark letters on white, ink apart."""

import cv2

from extract.reading.ocr_fills import find_stripes, turn_bands
from extract.reading.ocr_image import Gray, PageImage, find_ink, find_turn, flatten, rotate
from extract.reading.ocr_options import OcrOptions


def prepare(gray: Gray, scale: float, options: OcrOptions) -> PageImage:
    """Return the page with an even background, without skew, and with its shaded areas told."""
    cv2.setNumThreads(1)
    turn = find_turn(find_ink(flatten(gray, scale)), options)
    if turn:
        gray = rotate(gray, turn)
    gray, bands = turn_bands(gray, scale)
    flat = flatten(gray, scale)
    ink = find_ink(flat)
    fills = (*bands, *find_stripes(gray, ink, bands, scale))
    return PageImage(gray=flat, ink=ink, scale=scale, turn=turn, fills=fills)
