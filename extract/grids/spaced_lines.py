"""Printed lines cut into chunks at white space as wide as between columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from extract.grids.ruled_shapes import Box, Glyph, box_of, merge_boxes
from extract.grids.spaced_options import SpacedOptions
from extract.options import PdfOptions
from extract.reading.pdf_letters import has_ink, line_text
from extract.reading.pdf_lines import gather_lines
from extract.records import Run
from extract.shapes import is_value, shape_of

_LEADER = re.compile(r"[.·․‥…ㆍ⋯_―─-]{4,}|(?:[.·․‥…ㆍ⋯] ){4,}")
_NUMBER = re.compile(r"[\[(]?[△▲∆+\-−–]?\d[\d,]*(?:\.\d+)?%?[\])]?|[-–−―─]")
_SERIAL = re.compile(r"\d{1,3}")
_NOTE = re.compile(r"[(\[<〈]\s*단\s*위|단\s*위\s*[:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Text of one line that no wide white space parts."""

    glyphs: tuple[Glyph, ...]
    box: Box
    text: str
    size: float
    """The em."""
    is_value: bool
    """It looks like a reported number, or like the dash that stands for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Characters of a line that no white space parts, with the extent of their ink."""

    glyphs: list[Glyph]
    start: float
    end: float
    size: float
    """The em."""


@dataclass(frozen=True, kw_only=True)
class TextLine:
    """The chunks on one height, from left to right.

    Without slots, to keep what is asked for a hundred times while columns and rows are found.
    """

    chunks: tuple[Chunk, ...]

    @cached_property
    def box(self) -> Box:
        """The box around all chunks."""
        return merge_boxes(tuple(chunk.box for chunk in self.chunks))

    @cached_property
    def size(self) -> float:
        """The em of the largest chunk."""
        return max(chunk.size for chunk in self.chunks)

    @cached_property
    def middle(self) -> float:
        """Height of the middle."""
        return self.box.middle_y

    @cached_property
    def has_values(self) -> bool:
        """Some chunk is a value."""
        return any(chunk.is_value for chunk in self.chunks)

    @cached_property
    def is_barred(self) -> bool:
        """The line has leaders of a table of contents, or states the unit of a table."""
        text = " ".join(chunk.text for chunk in self.chunks)
        return bool(_LEADER.search(text)) or any(_NOTE.match(c.text) for c in self.chunks)


def read_chunk_lines(
    glyphs: Iterable[Glyph], options: PdfOptions, spaced: SpacedOptions
) -> tuple[TextLine, ...]:
    """Return the level lines of a page, top to bottom, cut into chunks."""
    level = [glyph for glyph in glyphs if glyph.direction == "right"]
    lines = (
        TextLine(chunks=tuple(_chunks(line, options, spaced)))
        for line in gather_lines(level, options)
    )
    return tuple(line for line in lines if line.chunks)


def _chunks(line: Sequence[Glyph], options: PdfOptions, spaced: SpacedOptions) -> Iterator[Chunk]:
    gathered: list[list[Glyph]] = []
    last: Word | None = None
    for number, glyphs in enumerate(_words(line, options)):
        word = _measured(glyphs)
        if last is None or _is_parted(last, word, number == 1, options, spaced):
            gathered.append([])
        gathered[-1] += glyphs
        last = word
    for group in gathered:
        if has_ink(group):  # a font without a map gives control characters, which print nothing
            yield chunk_of(group, options)


def _measured(glyphs: list[Glyph]) -> Word:
    inked = [glyph.box for glyph in glyphs if glyph.text.strip()]
    return Word(
        glyphs=glyphs,
        start=min([box.x0 for box in inked]),
        end=max([box.x1 for box in inked]),
        size=max([glyph.size for glyph in glyphs]),
    )


def _words(line: Sequence[Glyph], options: PdfOptions) -> Iterator[list[Glyph]]:
    """Yield the characters of a line in words, each followed by its spaces."""
    word: list[Glyph] = []
    reached = 0.0
    for glyph in line:
        if not glyph.text.strip():
            if word:
                word.append(glyph)
            continue
        has_space = bool(word) and not word[-1].text.strip()
        if word and (has_space or glyph.box.x0 - reached > options.space_gap * glyph.size):
            yield word
            word = []
        word.append(glyph)
        reached = glyph.box.x1
    if word:
        yield word


def _is_parted(
    left: Word, right: Word, is_second: bool, options: PdfOptions, spaced: SpacedOptions
) -> bool:
    """Tell whether two words stand in two columns; a serial number opens a column of its own."""
    gap = right.start - left.end
    em = min(left.size, right.size)
    if gap > spaced.chunk_gap * em or gap <= spaced.number_gap * em:
        return gap > spaced.chunk_gap * em
    text = line_text(left.glyphs, options)
    if is_second and _SERIAL.fullmatch(text):
        return True
    both = _NUMBER.fullmatch(text) and _NUMBER.fullmatch(line_text(right.glyphs, options))
    return bool(both)


def chunk_of(glyphs: Sequence[Glyph], options: PdfOptions) -> Chunk:
    """Return some characters of one line as a chunk."""
    text = line_text(glyphs, options)
    inked = tuple(glyph.box for glyph in glyphs if glyph.text.strip())
    return Chunk(
        glyphs=tuple(glyphs),
        box=merge_boxes(inked),
        text=text,
        size=max([glyph.size for glyph in glyphs]),
        is_value=_is_value(text),
    )


def chunk_of_run(run: Run) -> Chunk:
    """Return a printed line of a cell as a chunk, without its characters."""
    box = box_of(run.place)
    return Chunk(
        glyphs=(),
        box=box,
        text=run.text,
        size=box.height,
        is_value=_is_value(run.text),
    )


def _is_value(text: str) -> bool:
    shape = shape_of(text)
    return is_value(shape) or (bool(_NUMBER.fullmatch(text)) and shape != "period")


def split_at(
    line: TextLine,
    rivers: Sequence[tuple[float, float]],
    options: PdfOptions,
    spaced: SpacedOptions,
) -> TextLine:
    """Return a line with its chunks parted where a wide space stands on a river.

    Args:
        line: A line of a table.
        rivers: White spaces between its columns.
        options: How text is read.
        spaced: Tolerances.
    """  # fmt: skip
    chunks: list[Chunk] = []
    for chunk in line.chunks:
        groups: list[list[Glyph]] = []
        reached = 0.0
        for word in _words(chunk.glyphs, options):
            gap = (reached, word[0].box.x0)
            is_wide = gap[1] - gap[0] > spaced.split_gap * chunk.size
            if not groups or (is_wide and any(_overlaps(gap, river) for river in rivers)):
                groups.append([])
            groups[-1] += word
            reached = max(glyph.box.x1 for glyph in word if glyph.text.strip())
        parts = [chunk_of(group, options) for group in groups if has_ink(group)]
        is_spread = all(len(part.text) == 1 for part in parts)
        chunks += [chunk] if is_spread else parts
    return TextLine(chunks=tuple(chunks))


def _overlaps(gap: tuple[float, float], river: tuple[float, float]) -> bool:
    shared = min(gap[1], river[1]) - max(gap[0], river[0])
    return shared > 0.6 * min(gap[1] - gap[0], river[1] - river[0])


def gather_bands(lines: Sequence[TextLine], share: float = 0.25) -> list[TextLine]:
    """Return lines that overlap in height by more than a share of an em put together."""
    bands: list[list[TextLine]] = []
    reached = 0.0
    for line in sorted(lines, key=lambda line: line.box.y0):
        if bands and reached - line.box.y0 > share * line.size:
            bands[-1].append(line)
            reached = max(reached, line.box.y1)
        else:
            bands.append([line])
            reached = line.box.y1
    return [
        TextLine(
            chunks=tuple(sorted((c for line in band for c in line.chunks), key=lambda c: c.box.x0))
        )
        for band in bands
    ]


def inner_gaps(line: TextLine) -> list[tuple[float, float]]:
    """Return the white spaces between the chunks of a line."""
    ends = accumulate((chunk.box.x1 for chunk in line.chunks), max)
    return [
        (end, chunk.box.x0)
        for end, chunk in zip(ends, line.chunks[1:], strict=False)
        if chunk.box.x0 > end
    ]
