"""Printed lines to runs: text and the place of each letter, for all lines of a page or table.

A page has thousands of characters, so the lines go through arrays together. What is out of the
ordinary in a line (ligatures, jamo to be composed, text that runs upwards, overlaps beyond a
letter) is left to `pdf_letters`, which looks at one character after the other.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from extract.grids.ruled_shapes import Glyph
from extract.options import PdfOptions
from extract.reading.pdf_letters import measure_line, shown_text
from extract.reading.pdf_lines import gather_texts
from extract.records import Place, Run

_TIE = 1e-4
"""Thousandths; a number this close to the middle of two of them is rounded on its own."""
_TEXT, _BOX, _SIZE, _DIRECTION = (
    itemgetter(Glyph._fields.index(name)) for name in ("text", "box", "size", "direction")
)

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The characters of all lines that are not white space, side by side."""

    texts: list[str]
    lines: Indices
    """The number of the line."""
    boxes: Numbers
    is_first: NDArray[np.bool_]
    """In its line."""
    is_spaced: NDArray[np.bool_]
    """White space stands before it in its line."""


def build_runs(
    texts: Sequence[Sequence[Glyph]], page: int, options: PdfOptions
) -> list[tuple[Run, ...]]:
    """Return the runs of each text: one for a printed line with ink, top to bottom."""
    lines = gather_texts(texts, options)
    runs = iter(build_line_runs([line for text in lines for line in text], page, options))
    return [tuple(run for run in (next(runs) for _ in text) if run.text) for text in lines]


def build_line_runs(lines: Sequence[Sequence[Glyph]], page: int, options: PdfOptions) -> list[Run]:
    """Return the text of each line, with single spaces where gaps or space characters say so.

    The edges of a run of upright text are the same for all its characters, for they stand above
    each other. A line without ink gives a run without text.
    """
    runs = [Run(text="", place=Place(page=page))] * len(lines)
    glyphs = list(chain.from_iterable(lines))
    if not glyphs:
        return runs
    shown = [shown_text(text) for text in map(_TEXT, glyphs)]
    owners = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    lengths = np.fromiter(map(len, shown), np.int64, len(shown))
    odd = _odd_lines(glyphs, lengths, owners)
    if lengths.any():
        printed = _printed(glyphs, shown, np.flatnonzero(lengths), owners, options)
        _add_runs(runs, printed, odd, page)
    for number in odd:
        text, numbers = measure_line(lines[number], options)
        if text:
            runs[number] = _run(text, to_thousandths(np.array(numbers)), page)
    return runs


def _odd_lines(glyphs: Sequence[Glyph], lengths: Indices, owners: Indices) -> set[int]:
    """Return the lines with ligatures, signs that cannot be printed, or text that is not level."""
    ligatures = np.flatnonzero(lengths > 1).tolist()
    blank = np.flatnonzero(lengths == 0).tolist()
    odd = ligatures + [at for at in blank if glyphs[at].text.strip()]
    if any(direction != "right" for direction in set(map(_DIRECTION, glyphs))):
        odd += [at for at, glyph in enumerate(glyphs) if glyph.direction != "right"]
    return set(owners[odd].tolist())


def _printed(
    glyphs: Sequence[Glyph],
    shown: Sequence[str],
    numbers: Indices,
    owners: Indices,
    options: PdfOptions,
) -> Printed:
    chosen = [glyphs[number] for number in numbers.tolist()]
    count = len(chosen)
    edges = chain.from_iterable(map(_BOX, chosen))
    boxes = np.fromiter(edges, np.float64, 4 * count).reshape(-1, 4)
    sizes = np.fromiter(map(_SIZE, chosen), np.float64, count)
    lines = owners[numbers]
    is_first = np.append(True, np.diff(lines) > 0)
    is_wide = boxes[1:, 0] - boxes[:-1, 2] > options.space_gap * sizes[1:]
    is_blank = np.diff(numbers) > 1
    return Printed(
        texts=[shown[number] for number in numbers.tolist()],
        lines=lines,
        boxes=boxes,
        is_first=is_first,
        is_spaced=~is_first & np.append(False, is_wide | is_blank),
    )


def _add_runs(runs: list[Run], printed: Printed, odd: set[int], page: int) -> None:
    """Put runs in the places of their lines; add to `odd` what has to be read again."""
    starts = np.flatnonzero(printed.is_first)
    boxes = _line_boxes(printed, starts)
    edges, firsts, are_sorted = _edges(printed, starts, boxes)
    pieces = printed.texts
    for at in np.flatnonzero(printed.is_spaced).tolist():
        pieces[at] = " " + pieces[at]
    rounded = to_thousandths(edges)
    ends = [*starts[1:].tolist(), len(pieces)]
    for number, start, end, first, last, box, is_sorted in zip(
        printed.lines[starts].tolist(),
        starts.tolist(),
        ends,
        firsts.tolist(),
        [*firsts[1:].tolist(), len(rounded)],
        np.reshape(to_thousandths(boxes.ravel()), (-1, 4)).tolist(),
        are_sorted.tolist(),
        strict=True,
    ):
        text = "".join(pieces[start:end])
        if not is_sorted or not unicodedata.is_normalized("NFC", text):
            odd.add(number)
        elif number not in odd:
            runs[number] = _run(text, [*box, *rounded[first:last]], page)


def _line_boxes(printed: Printed, starts: Indices) -> Numbers:
    low = np.minimum.reduceat(printed.boxes[:, :2], starts)
    high = np.maximum.reduceat(printed.boxes[:, 2:], starts)
    return np.concatenate((low, high), axis=1)


def _edges(
    printed: Printed, starts: Indices, boxes: Numbers
) -> tuple[Numbers, Indices, NDArray[np.bool_]]:
    """Return the borders of the letters, one line after the other, as `pdf_letters` does.

    With them, where the borders of each line begin, and whether they never run backwards.
    """
    x0, x1 = printed.boxes[:, 0], printed.boxes[:, 2]
    order = np.cumsum(printed.is_first) - 1
    places = np.cumsum(1 + printed.is_spaced) - 1 + order  # a line has a border more than letters
    edges = np.empty(places[-1] + 2)
    ends = x0 + (x1 - x0)
    borders = x0.copy()
    borders[1:] = np.where(ends[:-1] > x0[1:], (ends[:-1] + x0[1:]) / 2, x0[1:])
    edges[places] = np.where(printed.is_spaced, x0, borders)
    spaced = np.flatnonzero(printed.is_spaced)
    before = spaced - 1
    overlap = (ends[before] + x1[before]) / 2
    edges[places[spaced] - 1] = np.where(ends[before] > x1[before], overlap, ends[before])
    firsts = places[starts]
    edges[firsts] = boxes[:, 0]
    lasts = np.append(firsts[1:] - 1, len(edges) - 1)
    edges[lasts] = boxes[:, 2]
    is_back = np.diff(edges) < 0
    is_back[lasts[:-1]] = False  # from one line to the next
    return edges, firsts, ~np.logical_or.reduceat(np.append(is_back, False), firsts)


def _run(text: str, numbers: Sequence[float], page: int) -> Run:
    x0, y0, x1, y1, *edges = numbers
    return Run(text=text, place=Place(page=page, x0=x0, y0=y0, x1=x1, y1=y1), edges=tuple(edges))


def to_thousandths(numbers: Numbers) -> list[float]:
    """Return numbers rounded as `round(number, 3)` does, many times as fast.

    Examples:
        >>> to_thousandths(np.array([1.23456, 0.0005, 2.0]))
        [1.235, 0.001, 2.0]
    """
    scaled = numbers * 1000
    whole = np.rint(scaled)
    rounded: list[float] = (whole / 1000).tolist()
    for at in np.flatnonzero(np.abs(np.abs(scaled - whole) - 0.5) < _TIE).tolist():
        rounded[at] = round(float(numbers[at]), 3)
    return rounded
