"""The characters of a text page of PDFium, asked for and placed all at once.

A page has thousands: they pass through arrays, and become records at the end.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.grids.ruled_shapes import Box, Glyph
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_batch import Answers, Numbers
from extract.reading.pdfium_objects import refuse_page
from extract.reading.pdfium_space import Matrix
from extract.reading.pdfium_styles import NARROW, Style, advance_box, new_style
from extract.reading.pdfium_unseen import Ground, are_unseen

_LINE_ENDS = frozenset((0x0A, 0x0D))
SPACE = 0x20
_LINE_HYPHEN = 0x02
"""What the engine makes of a hyphen at the end of a line."""

_MATRICES = Answers(ctypes.c_float, 6, is_struct=True)
_ORIGINS = Answers(ctypes.c_double, 2)
_WIDTHS = Answers(ctypes.c_float, 1)
_RECTANGLES = Answers(ctypes.c_float, 4, is_struct=True)
_LEFT, _RIGHT = (
    [name for name, _ in pdfium.Rectangle._fields_].index(side) for side in ("left", "right")
)

Choice = NDArray[np.int64]
StyleKey = tuple[float, float, float, float, float, int | None]
"""The numbers of the text matrix without the place, the size, and the font."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The work on one page: where things come to lie, and what was found so far."""

    display: Matrix
    visible: Box
    most: int
    """Characters that a page may have."""
    ground: Ground
    glyphs: list[Glyph] = field(default_factory=list)
    unseen: list[Glyph] = field(default_factory=list)
    """Characters that nobody sees where they stand."""
    outside: list[Glyph] = field(default_factory=list)
    """Characters beside the visible area."""
    objects: set[int] = field(default_factory=set)
    """Text objects whose characters were read."""
    styles: dict[StyleKey, Style] = field(default_factory=dict)
    guesses: list[int] = field(default_factory=list)
    """Code points that the engine made up."""


class _Drawn(NamedTuple):
    """Characters side by side, as the engine gave them."""

    codes: list[int]
    owners: list[int]
    origins: Numbers
    boxes: Numbers
    sizes: Numbers
    styles: list[Style]


def read_characters(text: int, reading: Reading) -> None:
    """Add the characters of a text page, in the order of the engine.

    Raises:
        TooManyObjects: There are more than a page may have.
    """
    handle = pdfium.Handle(text)
    count = pdfium.count_characters(text)
    if count > reading.most:
        refuse_page(reading.most)
    numbers, codes = _printed(handle, count)
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
    is_inside = _are_visible(boxes, reading.visible)
    sizes = _sizes(boxes, styles, choice)
    is_unseen = are_unseen(owners, boxes, sizes, reading.ground)
    is_unseen &= np.array(codes, dtype=np.int64) != SPACE  # its colour says nothing
    drawn = _Drawn(codes, owners, origins, boxes, sizes, [styles[at] for at in choice.tolist()])
    _add_glyphs(drawn, is_inside & ~is_unseen, reading.glyphs)
    _add_glyphs(drawn, is_inside & is_unseen, reading.unseen)
    _add_glyphs(drawn, ~is_inside, reading.outside)


def _in_one_place(origins: Numbers, owners: Sequence[int]) -> list[int]:
    """Return, last first, which characters stand where the one before them does: ligatures."""
    are_near = (origins[1:] == origins[:-1]).all(axis=1)
    places = (np.flatnonzero(are_near) + 1).tolist()
    return [at for at in reversed(places) if owners[at] == owners[at - 1]]


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
    matrices = _MATRICES.ask(pdfium.character_matrix, handles, firsts)[:, :4].T.tolist()
    sizes = map(pdfium.font_size, handles, firsts)
    fonts = map(pdfium.text_font, [owners[at] for at in starts])
    keys = list(zip(*matrices, sizes, fonts, strict=True))
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    choice = np.repeat([places[key] for key in keys], np.diff([*starts, len(numbers)]))
    return [_style(key, reading) for key in places], choice


def _style(key: StyleKey, reading: Reading) -> Style:
    style = reading.styles.get(key)
    if style is None:
        a, b, c, d, size, font = key
        turn = reading.display._replace(e=0.0, f=0.0)
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
    asked = [(codes[at], styles[choice[at]], numbers[at]) for at in firsts.tolist()]
    unknown = [one for one in asked if one[0] not in one[1].widths]
    for (code, style, _), told, loose in zip(
        unknown,
        _WIDTHS.ask(
            pdfium.glyph_width,
            [pdfium.Handle(style.font) for _, style, _ in unknown],
            [code for code, _, _ in unknown],
            [ctypes.c_float(style.size) for _, style, _ in unknown],
        )[:, 0].tolist(),
        _RECTANGLES.ask(
            pdfium.loose_box, [handle] * len(unknown), [number for _, _, number in unknown]
        ).tolist(),
        strict=True,
    ):
        limit = 0.0 if is_turned else max(0.0, loose[_RIGHT] - loose[_LEFT])
        style.widths[code] = _width(code, style, max(0.0, told), limit)
    return np.array([style.widths[code] for code, style, _ in asked])[kind]


def _width(code: int, style: Style, told: float, widest: float) -> float:
    """Return the advance in text space.

    The engine tells it by code point: of two characters that stand for one code point, such as a
    half-width and a full-width quotation mark, it may mean the other. The loose box is never
    narrower than the character at hand, so it sets the limit where text is level in page space.
    """
    if style.is_level:
        limit = widest / style.matrix.a
        told = min(told, limit) if told and limit else limit or told
    return min(told, NARROW * style.size) if code == SPACE else told


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


def _sizes(boxes: Numbers, styles: Sequence[Style], choice: Choice) -> Numbers:
    """Return the em of each character as displayed: the extent across its line."""
    is_level = np.array([style.direction == "right" for style in styles], dtype=np.bool_)[choice]
    return np.where(is_level, boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])


def _add_glyphs(drawn: _Drawn, is_chosen: NDArray[np.bool_], glyphs: list[Glyph]) -> None:
    """Add the characters that were chosen, ligatures as one."""
    shown = np.flatnonzero(is_chosen).tolist()
    if not shown:
        return
    codes, owners, origins, boxes, sizes, styles = drawn
    texts = ["-" if codes[at] == _LINE_HYPHEN else chr(codes[at]) for at in shown]
    for at in _in_one_place(origins[shown], [owners[at] for at in shown]):
        texts[at - 1 : at + 1] = [texts[at - 1] + texts[at]]
        del shown[at - 1]
    made = map(_new_box, boxes[shown].tolist())
    directions = [styles[at].direction for at in shown]
    fields = zip(texts, made, sizes[shown].tolist(), directions, strict=True)
    glyphs.extend(map(_new_glyph, fields))


# Named tuples from tuples, twice as fast as by calling their classes.
_new_box = partial(tuple.__new__, Box)
_new_glyph = partial(tuple.__new__, Glyph)
