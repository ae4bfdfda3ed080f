"""The characters of a page as PDFium reads them, each with its advance box in display space."""

import ctypes
from dataclasses import dataclass

from extract.grids.ruled_shapes import Box, Glyph
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_characters import Reading, new_glyph, read_characters
from extract.reading.pdfium_objects import bounds, own_matrix
from extract.reading.pdfium_space import Matrix
from extract.reading.pdfium_styles import NARROW, SPACE, advance_box, new_style

_ROUNDS = 250
"""How often a page is read again; each time gives one of a row of equal objects (a dot leader)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The characters of a page and what is to be known about them."""

    glyphs: tuple[Glyph, ...]
    is_guess: bool
    """A font does not say what its characters mean, or characters may be missing."""


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
    for handle in [handle for handle in objects if handle not in reading.objects]:
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
        reading.guesses.append(SPACE)


def _add_space(handle: int, outer: Matrix, reading: Reading) -> None:
    """Add an object without ink as a space.

    Of a font that is not in the file, and of invisible text, any character has no ink; so what
    the engine left out may be more than a space, and the page is not to be trusted.
    """
    font, size = pdfium.text_font(handle), ctypes.c_float()
    if not pdfium.is_embedded(font) or pdfium.text_mode(handle) == pdfium.INVISIBLE:
        reading.guesses.append(SPACE)
        return
    pdfium.text_size(handle, size)
    matrix = own_matrix(handle).then(outer)
    style = new_style(matrix._replace(e=0.0, f=0.0), abs(size.value), font)
    box = advance_box(matrix.e, matrix.f, NARROW * style.size, style)
    if reading.visible.holds(box.middle_x, box.middle_y):
        reading.glyphs.append(new_glyph(" ", box, style))


def _read_round(page: int, reading: Reading) -> None:
    """Read the characters of the objects that are switched on."""
    text = pdfium.open_text(page)
    if not text:
        return
    try:
        read_characters(text, reading)
    finally:
        pdfium.close_text(text)
