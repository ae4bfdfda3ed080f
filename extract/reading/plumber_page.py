"""The pages of a PDF as pdfminer reads them, through pdfplumber: thorough and slow."""

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTLine, LTRect

from extract.errors import CorruptDocument
from extract.grids.ruled_edges import outline, stroke_rules
from extract.grids.ruled_shapes import Box, Direction, Glyph, PageShapes, Rule
from extract.options import GridOptions
from extract.reading.pdf_clip import clip_box, clip_fills, clip_rules
from extract.reading.pdf_fence import fenced

Shift = Callable[[float, float], tuple[float, float]]
"""Engine coordinates to display coordinates."""


def open_pages(data: bytes) -> list[Any]:
    """Return the engine's pages, not yet read.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: The file cannot be opened as a PDF, or has no pages.
    """
    pdf = fenced(lambda: pdfplumber.open(BytesIO(data), raise_unicode_errors=False))
    pages: list[Any] = fenced(lambda: list(pdf.pages))
    if not pages:
        message = "the file has no pages"
        raise CorruptDocument(message)
    return pages


@contextmanager
def quiet() -> Iterator[None]:
    """Silence the engine's remarks on odd fonts and colours while a file is read."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def read_page(page: Any, options: GridOptions) -> PageShapes:
    """Return the shapes of one of the engine's pages; raises whatever the engine raises."""
    crop = crop_box(page.page_obj)
    layout = page.layout

    def shift(x: float, y: float) -> tuple[float, float]:
        return x - crop.x0, crop.y1 - y

    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    fills: list[Box] = []
    image_area = 0.0
    visible = Box(x0=0.0, y0=0.0, x1=crop.width, y1=crop.height)
    for item in _leaves(layout):
        if isinstance(item, LTChar):
            glyph = _glyph(item, shift)
            if visible.holds(glyph.box.middle_x, glyph.box.middle_y):
                glyphs.append(glyph)
        elif isinstance(item, LTCurve):
            _add_drawing(item, shift, rules, fills, options)
        elif isinstance(item, LTImage):
            image_area = max(image_area, clip_box(_box(item, shift), visible).area)
    return PageShapes(
        number=page.page_number,
        width=crop.width,
        height=crop.height,
        glyphs=tuple(glyphs),
        rules=tuple(clip_rules(rules, visible)),
        fills=tuple(clip_fills(fills, visible)),
        image_share=image_area / visible.area if visible.area else 0.0,
        has_unmapped_text=any(glyph.text.startswith("(cid:") for glyph in glyphs),
    )


def crop_box(page: Any) -> Box:
    """Return the crop box in the engine's space: turned like the page, y running upwards."""
    left, low, right, high = (float(value) for value in page.mediabox)
    x0, y0, x1, y1 = (float(value) for value in page.cropbox)
    x0, x1 = sorted((max(left, min(x0, right)), max(left, min(x1, right))))
    y0, y1 = sorted((max(low, min(y0, high)), max(low, min(y1, high))))
    if x1 - x0 < 1 or y1 - y0 < 1:
        x0, y0, x1, y1 = left, low, right, high
    turned = {
        90: (y0 - low, right - x1, y1 - low, right - x0),
        180: (right - x1, high - y1, right - x0, high - y0),
        270: (high - y1, x0 - left, high - y0, x1 - left),
    }.get(page.rotate % 360, (x0 - left, y0 - low, x1 - left, y1 - low))
    return Box(x0=turned[0], y0=turned[1], x1=turned[2], y1=turned[3])


def _leaves(container: Any) -> Iterator[Any]:
    """Yield the items of a page in drawing order, those inside of forms too."""
    stack = [iter(container)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, LTContainer):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def _box(item: Any, shift: Shift) -> Box:
    x0, y1 = shift(item.x0, item.y0)
    x1, y0 = shift(item.x1, item.y1)
    return Box(x0=x0, y0=y0, x1=x1, y1=y1)


def _glyph(item: LTChar, shift: Shift) -> Glyph:
    box = _box(item, shift)
    a, b, c, d = item.matrix[:4]
    direction: Direction = "right"
    if abs(b) > abs(a) and abs(c) > abs(d):
        direction = "up" if b > 0 else "down"
    size = box.height if direction == "right" else box.width
    return Glyph(text=item.get_text(), box=box, size=size, direction=direction)


def _add_drawing(
    item: LTCurve, shift: Shift, rules: list[Rule], fills: list[Box], options: GridOptions
) -> None:
    """Add what a drawn path gives: thin boxes and lines as rules, other boxes as shading."""
    box = _box(item, shift)
    is_thin = min(box.width, box.height) <= options.rule_thickness
    if isinstance(item, LTLine) or (isinstance(item, LTRect) and is_thin):
        rules += stroke_rules(box, options)
    elif isinstance(item, LTRect):
        if item.stroke:
            rules += outline(box)
        if item.fill and not _is_white(item.non_stroking_color):
            fills.append(box)
    elif item.stroke:
        rules += _straight_parts(item, shift, options)


def _straight_parts(item: LTCurve, shift: Shift, options: GridOptions) -> Iterator[Rule]:
    """Yield the level and upright parts of a path of several strokes."""
    if any(step[0] not in ("m", "l", "h") for step in item.original_path or ()):
        return
    points = [shift(*point) for point in item.pts]
    for (x0, y0), (x1, y1) in pairwise(points):
        if min(abs(x1 - x0), abs(y1 - y0)) <= options.collinear:
            box = Box(x0=min(x0, x1), y0=min(y0, y1), x1=max(x0, x1), y1=max(y0, y1))
            yield from stroke_rules(box, options)


def _is_white(colour: object) -> bool:
    """Tell whether a colour is plain white in grey, RGB or CMYK."""
    if isinstance(colour, int | float):
        return colour >= 1
    if isinstance(colour, tuple | list) and all(isinstance(v, int | float) for v in colour):
        return all(v == 0 for v in colour) if len(colour) == 4 else all(v >= 1 for v in colour)
    return False
