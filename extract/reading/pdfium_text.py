"""The characters of a page as PDFium reads them, each with its advance box in display space."""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

import numpy as np

from extract.grids.ruled_shapes import Box, Glyph
from extract.reading import pdfium_calls as pdfium
from extract.reading.pdfium_characters import SPACE, Reading, read_characters
from extract.reading.pdfium_objects import bounds_of, matrices_of
from extract.reading.pdfium_space import Matrix
from extract.reading.pdfium_styles import NARROW, Style, advance_box, new_style
from extract.reading.pdfium_unseen import SMALLEST, Ground

_ROUNDS = 250
"""How often a page is read again; each time gives one of a row of equal objects (a dot leader)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The characters of a page and what is to be known about them."""

    glyphs: tuple[Glyph, ...]
    has_unseen: bool
    """Some text is not to be seen; it is among the characters only if there is no other."""
    has_outside: bool
    """Some text lies beside the page; it is among the characters only if there is no other."""
    is_guess: bool
    """A font does not say what its characters mean, or characters may be missing."""


def read_text(
    page: int,
    objects: dict[int, Matrix],
    ground: Ground,
    display: Matrix,
    visible: Box,
    most: int,
) -> PageText:
    """Return the characters that are seen, in the order of the engine.

    Only a page that shows nothing else is read by what is hidden or lies beside it.

    `objects` are the text objects of the page with the ways to the display. Of equal ones close to
    each other the engine reads only the first, be it an overprint or the same number in the next
    line; so those that it read are switched off and the page is read again until none is left.
    It also leaves out objects that are nothing but a space, and guesses spaces of its own: the
    former are put back, the latter left out.

    Raises:
        TooManyObjects: There are more than `most` characters.
    """
    reading = Reading(display=display, visible=visible, most=most, ground=ground)
    _read_round(page, reading)
    unread = [handle for handle in objects if handle not in reading.objects]
    if unread:
        handles = [pdfium.Handle(handle) for handle in unread]
        outer = np.array([objects[handle] for handle in unread])
        x0, y0, x1, y1 = bounds_of(handles, outer).T
        is_inked = (x1 - x0) * (y1 - y0) > 0
        left = set(compress(unread, is_inked))
        matrices = map(Matrix._make, matrices_of(handles, outer).tolist())
        placed = zip(unread, matrices, strict=True)
        _add_spaces({handle: m for handle, m in placed if handle not in left}, reading)
        _read_left(page, left, reading)
    glyphs = next(
        (some for some in (reading.glyphs, reading.unseen, reading.outside) if _has_ink(some)),
        reading.glyphs,
    )
    return PageText(
        glyphs=tuple(glyphs),
        has_unseen=_has_ink(reading.unseen),
        has_outside=_has_ink(reading.outside),
        is_guess=bool(reading.guesses),
    )


def _has_ink(glyphs: Iterable[Glyph]) -> bool:
    return any(not glyph.text.isspace() for glyph in glyphs)


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


def _add_spaces(objects: dict[int, Matrix], reading: Reading) -> None:
    """Add objects without ink, given with their ways to the display, as spaces.

    Of a font that is not in the file, and of invisible text, any character has no ink; so what
    the engine left out may be more than a space, and the page is not to be trusted.
    """
    size = ctypes.c_float()
    styles: dict[tuple[Matrix, float, int | None], Style] = {}
    for handle, matrix in objects.items():
        font = pdfium.text_font(handle)
        pdfium.text_size(handle, size)
        if abs(size.value) * max(abs(matrix.d), abs(matrix.b)) < SMALLEST:
            reading.unseen.append(_nothing(matrix))
            continue
        if not pdfium.is_embedded(font) or pdfium.text_mode(handle) == pdfium.INVISIBLE:
            reading.guesses.append(SPACE)
            continue
        key = (matrix._replace(e=0.0, f=0.0), abs(size.value), font)
        style = styles[key] = styles.get(key) or new_style(*key)
        box = advance_box(matrix.e, matrix.f, NARROW * style.size, style)
        if reading.visible.holds(box.middle_x, box.middle_y):
            width = box.height if style.direction == "right" else box.width
            reading.glyphs.append(Glyph(" ", box, width, style.direction))


def _nothing(matrix: Matrix) -> Glyph:
    """Return a sign for text of no size: what it says does not matter, for nobody sees it."""
    return Glyph("\ufffd", Box(matrix.e, matrix.f, matrix.e, matrix.f), 0.0)


def _read_round(page: int, reading: Reading) -> None:
    """Read the characters of the objects that are switched on."""
    text = pdfium.open_text(page)
    if not text:
        return
    try:
        read_characters(text, reading)
    finally:
        pdfium.close_text(text)
