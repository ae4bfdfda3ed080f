"""The characters of a page as PDFium reads them, each with its advance box in display space."""

import ctypes
from dataclasses import dataclass, field

from extract.grids.ruled_shapes import Box, Direction, Glyph
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_paths import bounds, own_matrix
from extract.reading.pdfium_space import Matrix

_LINE_ENDS = frozenset((0x0A, 0x0D))
_SPACE = 0x20
_LINE_HYPHEN = 0x02
"""What the engine makes of a hyphen at the end of a line."""
_SKEW = 1e-3
_DEEPEST = -0.5
"""Ems; a font that claims to reach lower under its base line is not believed."""
_NARROW = 0.25
"""Ems; a space is drawn no wider than this, so that it stays between its neighbours."""
_ROUNDS = 250
"""How often a page is read again; each time gives one of a row of equal objects (a dot leader)."""

_MATRIX = pdfium.MatrixValues()
# Where the engine writes its answer; made once, for it is asked for every object.


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The characters of a page and what is to be known about them."""

    glyphs: tuple[Glyph, ...]
    is_guess: bool
    """A font does not say what its characters mean, or characters may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What the characters of one text object share."""

    matrix: Matrix
    """Text space to display space, without the place."""
    low: float
    """Lower end of the em in text space, seen from the base line."""
    size: float
    """Em in text space."""
    direction: Direction
    is_level: bool
    """Runs from left to right as displayed, upright or slanted."""
    font: int | None
    widths: dict[int, float] = field(default_factory=dict)
    """Advances in text space by code point."""


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


def read_text(page: int, objects: dict[int, Matrix], display: Matrix, visible: Box) -> PageText:
    """Return the characters whose middle is visible, in the order of the engine.

    `objects` are the text objects of the page with the ways to the display. Of equal ones close to
    each other the engine reads only the first, be it an overprint or the same number in the next
    line; so those that it read are switched off and the page is read again until none is left.
    It also leaves out objects that are nothing but a space, and guesses spaces of its own: the
    former are put back, the latter left out.
    """
    reading = Reading(display=display, visible=visible)
    _read_round(page, reading)
    left: set[int] = set()
    for handle in objects.keys() - reading.objects:
        if bounds(handle, objects[handle]).area > 0:
            left.add(handle)
        else:
            _add_space(handle, objects[handle], reading)
    _read_left(page, left, reading)
    return PageText(glyphs=tuple(reading.glyphs), is_guess=bool(reading.guesses))


def _read_left(page: int, left: set[int], reading: Reading) -> None:
    """Read objects that the engine took for repetitions; what it never gives makes it a guess."""
    done: set[int] = set()
    for _ in range(_ROUNDS):
        if not left or done == reading.objects:
            break
        for handle in reading.objects - done:
            pdfium.switch_object(handle, 0)
        done = set(reading.objects)
        _read_round(page, reading)
        left -= reading.objects
    if left:
        reading.guesses.append(_SPACE)


def _add_space(handle: int, outer: Matrix, reading: Reading) -> None:
    """Add an object without ink as a space.

    Of a font that is not in the file, and of invisible text, any character has no ink; so what
    the engine left out may be more than a space, and the page is not to be trusted.
    """
    font, size = pdfium.text_font(handle), ctypes.c_float()
    if not pdfium.is_embedded(font) or pdfium.text_mode(handle) == pdfium.INVISIBLE:
        reading.guesses.append(_SPACE)
        return
    pdfium.text_size(handle, size)
    matrix = own_matrix(handle).then(outer)
    style = _new_style(matrix._replace(e=0.0, f=0.0), abs(size.value), font)
    box = _box(matrix.e, matrix.f, _NARROW * style.size, style)
    if reading.visible.holds(box.middle_x, box.middle_y):
        reading.glyphs.append(_glyph(" ", box, style))


def _read_round(page: int, reading: Reading) -> None:
    """Read the characters of the objects that are switched on."""
    text = pdfium.open_text(page)
    if not text:
        return
    try:
        _read_characters(text, reading)
    finally:
        pdfium.close_text(text)


def _read_characters(text: int, reading: Reading) -> None:
    visible, point, glyphs = reading.visible, reading.display.point, reading.glyphs
    x, y = ctypes.c_double(), ctypes.c_double()
    style: Style | None = None
    last: tuple[int, float, float] | None = None
    for index in range(pdfium.count_characters(text)):
        code = pdfium.character_code(text, index)
        if code in _LINE_ENDS or (code == _SPACE and pdfium.is_generated(text, index)):
            continue
        if pdfium.lacks_unicode(text, index):
            reading.guesses.append(code)
        owner = pdfium.text_object(text, index)
        pdfium.character_origin(text, index, x, y)
        here = (owner, x.value, y.value)
        if style is None or last is None or owner != last[0]:
            style = _style(text, index, owner, reading)
            reading.objects.add(owner)
        width = style.widths.get(code)
        if width is None:
            width = style.widths[code] = _width(text, index, code, style, reading.display)
        box = _box(*point(here[1], here[2]), width, style)
        if not visible.holds(box.middle_x, box.middle_y):
            continue
        letter = "-" if code == _LINE_HYPHEN else chr(code)
        if here == last and glyphs:
            letter = glyphs.pop().text + letter  # a ligature: several code points in one place
        last = here
        glyphs.append(_glyph(letter, box, style))


def _glyph(text: str, box: Box, style: Style) -> Glyph:
    size = box.y1 - box.y0 if style.direction == "right" else box.x1 - box.x0
    return Glyph(text=text, box=box, size=size, direction=style.direction)


def _style(text: int, index: int, owner: int, reading: Reading) -> Style:
    pdfium.character_matrix(text, index, _MATRIX)
    a, b, c, d = _MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d
    size, font = pdfium.font_size(text, index), pdfium.text_font(owner)
    key = (a, b, c, d, size, font)
    style = reading.styles.get(key)
    if style is None:
        turn = reading.display._replace(e=0.0, f=0.0)
        matrix = Matrix(a, b, c, d, 0.0, 0.0).then(turn)
        style = reading.styles[key] = _new_style(matrix, abs(size), font)
    return style


def _new_style(matrix: Matrix, size: float, font: int | None) -> Style:
    direction: Direction = "right"
    if abs(matrix.b) > abs(matrix.a) and abs(matrix.c) > abs(matrix.d):
        direction = "up" if matrix.b < 0 else "down"
    descent = ctypes.c_float()
    pdfium.font_descent(font, 1.0, descent)
    return Style(
        matrix=matrix,
        low=max(_DEEPEST, -abs(descent.value)) * size,
        size=size,
        direction=direction,
        is_level=matrix.a > 0 > matrix.d and abs(matrix.b) <= _SKEW * matrix.a,
        font=font,
    )


def _box(left: float, base: float, width: float, style: Style) -> Box:
    """Return the advance box of a character that starts at a point of its base line.

    The engine's own loose box will not do: it takes in the ink, and the whole em of a font that
    is drawn (Type 3), and stretches its height with the width of condensed type.
    """
    matrix, low, high = style.matrix, style.low, style.low + style.size
    if style.is_level:
        up = matrix.d
        return Box(x0=left, y0=base + up * high, x1=left + matrix.a * width, y1=base + up * low)
    return matrix._replace(e=left, f=base).box(0.0, low, width, high)


def _width(text: int, index: int, code: int, style: Style, display: Matrix) -> float:
    """Return the advance in text space.

    The engine tells it by code point: of two characters that stand for one code point, such as a
    half-width and a full-width quotation mark, it may mean the other. The loose box is never
    narrower than the character at hand, so it sets the limit where text is level in page space.
    """
    value = ctypes.c_float()
    pdfium.glyph_width(style.font, code, style.size, value)
    advance = max(0.0, float(value.value))
    if style.is_level and not display.b:
        loose = pdfium.Rectangle()
        pdfium.loose_box(text, index, loose)
        limit = max(0.0, float(loose.right - loose.left)) / style.matrix.a
        advance = min(advance, limit) if advance and limit else limit or advance
    return min(advance, _NARROW * style.size) if code == _SPACE else advance
