"""Characters of a page or a cell to printed lines: order, spaces, and the edges of each letter."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.grids.ruled_shapes import Box, Glyph, merge_boxes
from extract.options import PdfOptions
from extract.records import Place, Run

_UNMAPPED = re.compile(r"\(cid:\d+\)")
"""How the engine prints a character without a Unicode value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A code point after normalisation, with its horizontal extent in reading direction."""

    text: str
    start: float
    end: float


def build_runs(glyphs: Iterable[Glyph], page: int, options: PdfOptions) -> tuple[Run, ...]:
    """Return one run for each printed line, top to bottom; lines without ink are left out."""
    lines = (build_run(line, page, options) for line in gather_lines(glyphs, options))
    return tuple(run for run in lines if run.text)


def gather_lines(glyphs: Iterable[Glyph], options: PdfOptions) -> list[list[Glyph]]:
    """Gather characters into lines, top to bottom, each from left to right.

    Text that runs upwards or downwards gives one line for each column of characters, after the
    level lines.
    """
    level: list[Glyph] = []
    upright: list[Glyph] = []
    for glyph in glyphs:
        (level if glyph.direction == "right" else upright).append(glyph)
    lines = _gather(level, options)
    turned = [_turn(glyph) for glyph in upright]
    originals = dict(zip(map(id, turned), upright, strict=True))
    lines += [[originals[id(glyph)] for glyph in line] for line in _gather(turned, options)]
    return lines


def split_pieces(line: Sequence[Glyph], options: PdfOptions) -> list[list[Glyph]]:
    """Split a line where white space as wide as between columns stands."""
    pieces: list[list[Glyph]] = []
    reached = 0.0
    for glyph in line:
        if not glyph.text.strip():
            if pieces:
                pieces[-1].append(glyph)
            continue
        if not pieces or glyph.box.x0 - reached > options.piece_gap * glyph.size:
            pieces.append([])
            reached = glyph.box.x1
        pieces[-1].append(glyph)
        reached = max(reached, glyph.box.x1)
    return pieces


def _gather(glyphs: Iterable[Glyph], options: PdfOptions) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.box.middle_y):
        here = glyph.box.middle_y
        if not lines or here - middle > options.same_line * max(size, glyph.box.height):
            lines.append([])
            middle, size = here, glyph.box.height
        lines[-1].append(glyph)
        count = len(lines[-1])
        middle += (here - middle) / count
        size = max(size, glyph.box.height)
    return [
        _without_overprints(sorted(line, key=lambda glyph: glyph.box.middle_x), options)
        for line in lines
    ]


def _turn(glyph: Glyph) -> Glyph:
    """Turn a character of vertical text so that its line runs from left to right."""
    box = glyph.box
    if glyph.direction == "up":
        turned = Box(x0=-box.y1, y0=box.x0, x1=-box.y0, y1=box.x1)
    else:
        turned = Box(x0=box.y0, y0=-box.x1, x1=box.y1, y1=-box.x0)
    return Glyph(text=glyph.text, box=turned, size=glyph.size)


def _without_overprints(line: list[Glyph], options: PdfOptions) -> list[Glyph]:
    """Leave out characters printed twice on nearly the same spot to look bold."""
    kept: list[Glyph] = []
    for glyph in line:
        limit = options.overprint * glyph.size
        if not any(
            other.text == glyph.text
            and abs(other.box.x0 - glyph.box.x0) <= limit
            and abs(other.box.y0 - glyph.box.y0) <= limit
            for other in kept[-4:]
        ):
            kept.append(glyph)
    return kept


def build_run(line: Sequence[Glyph], page: int, options: PdfOptions) -> Run:
    """Return the text of one line, with single spaces where gaps or space characters say so.

    The edges of a run of upright text are the same for all its characters, for they stand above
    each other.
    """
    letters = _compose(_letters(line, options))
    if not letters:
        return Run(text="", place=Place(page=page))
    inked = [glyph for glyph in line if glyph.text.strip()]
    box = merge_boxes(tuple(glyph.box for glyph in inked))
    text = "".join(letter.text for letter in letters)
    place = box.place(page)
    if inked[0].direction != "right":
        return Run(text=text, place=place)
    return Run(text=text, place=place, edges=_edges(letters, box))


def _letters(line: Sequence[Glyph], options: PdfOptions) -> Iterator[Letter]:
    """Yield the characters of a line from left to right with the spaces between them."""
    last: Glyph | None = None
    has_space = False
    for glyph in line:
        text = _UNMAPPED.sub("\ufffd", glyph.text)
        text = "".join(letter for letter in text if letter.isprintable() or _is_private(letter))
        if not text.strip():
            has_space = True
            continue
        if last and (has_space or _gap(last, glyph) > options.space_gap * glyph.size):
            yield Letter(text=" ", start=last.box.x1, end=glyph.box.x0)
        yield from _split(text, glyph.box)
        last, has_space = glyph, False


def _is_private(letter: str) -> bool:
    """Tell whether a code point is private: the bullets of Korean word processors."""
    return unicodedata.category(letter) == "Co"


def _gap(last: Glyph, glyph: Glyph) -> float:
    if glyph.direction == "right":
        return glyph.box.x0 - last.box.x1
    if glyph.direction == "up":
        return last.box.y0 - glyph.box.y1
    return glyph.box.y0 - last.box.y1


def _split(text: str, box: Box) -> Iterator[Letter]:
    """Yield the code points of a ligature, sharing its box evenly."""
    step = box.width / len(text)
    for number, letter in enumerate(text):
        yield Letter(text=letter, start=box.x0 + number * step, end=box.x0 + (number + 1) * step)


def _compose(letters: Iterable[Letter]) -> list[Letter]:
    """Compose jamo and accents (NFC), keeping the extents of what was put together."""
    composed: list[Letter] = []
    for letter in letters:
        text = unicodedata.normalize("NFC", letter.text)
        joined = unicodedata.normalize("NFC", composed[-1].text + text) if composed else ""
        if joined and len(joined) < len(composed[-1].text) + len(text):
            composed[-1] = Letter(text=joined, start=composed[-1].start, end=letter.end)
        else:
            composed.append(Letter(text=text, start=letter.start, end=letter.end))
    return composed


def _edges(letters: Sequence[Letter], box: Box) -> tuple[float, ...]:
    """Return the borders between the letters, never running backwards.

    Squeezed characters overlap: the border is then the middle of what they share.
    """
    edges = [box.x0]
    for left, right in pairwise(letters):
        edges += [edges[-1]] * (len(left.text) - 1)
        border = left.end if right.text == " " else right.start
        if left.end > right.start:
            border = (left.end + right.start) / 2
        edges.append(min(box.x1, max(edges[-1], border)))
    edges += [edges[-1]] * (len(letters[-1].text) - 1)
    return tuple(round(edge, 3) for edge in (*edges, box.x1))
