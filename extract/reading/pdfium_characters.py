"""The characters of a text page of PDFium, asked for and placed all at once.

A page has thousands: they pass through arrays, and become records at the end.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.grids.ruled_shapes import Box, Glyph
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_batch import Answers, Numbers
from extract.reading.pdfium_space import Matrix
from extract.reading.pdfium_styles import SPACE, Style, advance, advance_box, new_style

_LINE_ENDS = frozenset((0x0A, 0x0D))
_LINE_HYPHEN = 0x02
"""What the engine makes of a hyphen at the end of a line."""

_MATRICES = Answers(ctypes.c_float, 6, is_struct=True)
_ORIGINS = Answers(ctypes.c_double, 2)

Choice = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The work on one page: where things come to lie, and what was found so far."""

    display: Matrix
    visible: Box
    glyphs: list[Glyph] = field(default_factory=list)
    objects: set[int] = field(default_factory=set)
    """Text objects whose characters were read."""
    styles: dict[tuple[float | None, ...], Style] = field(default_factory=dict)
    """By the numbers of the text matrix, the size and the font."""
    guesses: list[int] = field(default_factory=list)
    """Code points that the engine made up."""


def read_characters(text: int, reading: Reading) -> None:
    """Add the visible characters of a text page, in the order of the engine."""
    handle = pdfium.Handle(text)
    numbers, codes = _printed(handle, pdfium.count_characters(text))
    if not numbers:
        return
    handles = [handle] * len(numbers)
    reading.guesses.extend(compress(codes, map(pdfium.lacks_unicode, handles, numbers)))
    owners = list(map(pdfium.text_object, handles, numbers))
    reading.objects.update(owners)
    styles, choice = _styles(handle, numbers, owners, reading)
    widths = _widths(handle, numbers, codes, styles, choice, is_turned=bool(reading.display.b))
    origins = _ORIGINS.ask(pdfium.character_origin, handles, numbers)
    boxes = _boxes(origins, widths, styles, choice, reading.display)
    shown = np.flatnonzero(_are_visible(boxes, reading.visible)).tolist()
    texts = ["-" if codes[at] == _LINE_HYPHEN else chr(codes[at]) for at in shown]
    places = list(zip(owners, origins[:, 0].tolist(), origins[:, 1].tolist(), strict=True))
    for at in range(len(shown) - 1, 0, -1):
        if places[shown[at]] == places[shown[at - 1]]:  # a ligature: one place, several code points
            texts[at - 1 : at + 1] = [texts[at - 1] + texts[at]]
            del shown[at - 1]
    _add_glyphs(texts, boxes[shown], [styles[number] for number in choice[shown]], reading)


def _printed(handle: Any, count: int) -> tuple[list[int], list[int]]:
    """Return the numbers and codes of characters, without line ends and spaces that are guessed."""
    codes = list(map(pdfium.character_code, [handle] * count, range(count)))
    numbers = [
        number
        for number, code in enumerate(codes)
        if code not in _LINE_ENDS and not (code == SPACE and pdfium.is_generated(handle, number))
    ]
    return numbers, [codes[number] for number in numbers]


def _styles(
    handle: Any, numbers: Sequence[int], owners: Sequence[int], reading: Reading
) -> tuple[list[Style], Choice]:
    """Return styles, and which of them each character has: that of its text object."""
    changes = (at for at, (last, owner) in enumerate(pairwise(owners), start=1) if owner != last)
    starts = [0, *changes]
    firsts = [numbers[at] for at in starts]
    handles = [handle] * len(starts)
    matrices = _MATRICES.ask(pdfium.character_matrix, handles, firsts)[:, :4].tolist()
    sizes = map(pdfium.font_size, handles, firsts)
    fonts = map(pdfium.text_font, [owners[at] for at in starts])
    places: dict[tuple[float | None, ...], int] = {}
    styles: list[Style] = []
    choice: list[int] = []
    for matrix, size, font in zip(matrices, sizes, fonts, strict=True):
        key = (*matrix, size, font)
        if key not in places:
            places[key] = len(styles)
            styles.append(_style(key, matrix, size, font, reading))
        choice.append(places[key])
    return styles, np.repeat(choice, np.diff([*starts, len(numbers)]))


def _style(
    key: tuple[float | None, ...],
    matrix: Sequence[float],
    size: float,
    font: int | None,
    reading: Reading,
) -> Style:
    style = reading.styles.get(key)
    if style is None:
        turn = reading.display._replace(e=0.0, f=0.0)
        a, b, c, d = matrix
        style = new_style(Matrix(a, b, c, d, 0.0, 0.0).then(turn), abs(size), font)
        reading.styles[key] = style
    return style


def _widths(
    handle: Any,
    numbers: Sequence[int],
    codes: Sequence[int],
    styles: Sequence[Style],
    choice: Choice,
    *,
    is_turned: bool,
) -> Numbers:
    """Return the advance of each character in text space, asked once for a code in a style."""
    kinds = choice << 32 | np.array(codes, dtype=np.int64)
    _, firsts, kind = np.unique(kinds, return_index=True, return_inverse=True)
    advances = [
        advance(handle, numbers[at], codes[at], styles[choice[at]], is_turned=is_turned)
        for at in firsts.tolist()
    ]
    return np.array(advances)[kind]


def _boxes(
    origins: Numbers, widths: Numbers, styles: Sequence[Style], choice: Choice, display: Matrix
) -> Numbers:
    """Return the advance boxes in display space, as `advance_box` gives them."""
    a, b, c, d, e, f = display
    x, y = origins.T
    left, base = a * x + c * y + e, b * x + d * y + f
    shapes = [(one.matrix.a, one.matrix.d, one.low, one.low + one.size) for one in styles]
    across, up, low, high = np.array(shapes)[choice].T
    boxes = np.stack((left, base + up * high, left + across * widths, base + up * low), axis=1)
    for number, style in enumerate(styles):
        if not style.is_level:
            for at in np.flatnonzero(choice == number).tolist():
                boxes[at] = advance_box(left[at], base[at], widths[at], style)
    return boxes


def _are_visible(boxes: Numbers, visible: Box) -> NDArray[np.bool_]:
    """Tell of each box whether its middle lies in the visible area."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return (visible.x0 <= x) & (x <= visible.x1) & (visible.y0 <= y) & (y <= visible.y1)


def _add_glyphs(
    texts: Sequence[str], boxes: Numbers, styles: Sequence[Style], reading: Reading
) -> None:
    x0, y0, x1, y1 = boxes.T.tolist()
    reading.glyphs.extend(
        new_glyph(text, box, style)
        for text, box, style in zip(texts, map(Box, x0, y0, x1, y1), styles, strict=True)
    )


def new_glyph(text: str, box: Box, style: Style) -> Glyph:
    """Return a character as it is printed."""
    x0, y0, x1, y1 = box
    return Glyph(text, box, y1 - y0 if style.direction == "right" else x1 - x0, style.direction)
