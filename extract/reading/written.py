"""What a word processor's file holds, put down in reading order: paragraphs, tables, their cells.

HWP and HWPX store the same document in two ways. Each of their readers tells `Writing` what opens
and closes; lines, places and grids are made here, once for both.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from extract.errors import CorruptDocument, NoTextLayer, TooManyObjects, TooManyPages
from extract.options import ReadingLimits
from extract.reading.composed import compose
from extract.reading.written_grids import Spot, WrittenCell, build_blocks, spread
from extract.records import Block, Document, Line, Place, Run, TableGrid

_PARAGRAPHS_A_PAGE = 50
_DEEPEST = 32
"""Tables inside of one another; reports have three."""
_LINES = regex.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(slots=True)
class _Paragraph:
    number: int
    length: int = 0
    """Characters that were written so far."""
    start: int = 0
    """Where what is not yet put down begins."""
    pieces: list[str] = field(default_factory=list)
    holds_table: bool = False


@dataclass(slots=True)
class _Table:
    first: int
    caption: list[Block] = field(default_factory=list)
    cells: list[WrittenCell] = field(default_factory=list)


class Writing:
    """A document under construction; calls come in the order of the file, each open one closed.

    A place is a span of a paragraph: `line_no` counts paragraphs from 1, those in cells included,
    and characters count in the paragraph's text, in which a line break or a tab is one character
    and a table is none.
    """

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._count = 0
        self._before = 0
        self._body: list[Block] = []
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._cells: list[WrittenCell] = []
        self._remarks: set[str] = set()
        self.has_pictures = False
        """Whether there are pictures, which may show text."""

    def remark(self, code: str) -> None:
        """Note something that is to be known about the reading."""
        self._remarks.add(code)

    def open_paragraph(self) -> None:
        """Begin a paragraph.

        Raises:
            TooManyPages: There are more than on as many pages as a file may have.
        """
        self._count += 1
        if self._count > self._limits.pages * _PARAGRAPHS_A_PAGE:
            message = f"it has more paragraphs than {self._limits.pages:,} pages"
            raise TooManyPages(message)
        self._paragraphs.append(_Paragraph(self._count))

    def write(self, text: str) -> None:
        """Add text to the paragraph that was opened last.

        Raises:
            TooManyObjects: It has more characters than a page may have.
        """
        paragraph = self._paragraphs[-1]
        paragraph.length += len(text)
        if paragraph.length > self._limits.objects:
            message = f"a paragraph has more than {self._limits.objects:,} characters"
            raise TooManyObjects(message)
        paragraph.pieces.append(text)

    def close_paragraph(self) -> None:
        """Put down what is left of the paragraph; an empty one shows as an empty line."""
        paragraph = self._paragraphs.pop()
        self._put_down(paragraph, is_kept_empty=not paragraph.holds_table)

    def open_table(self) -> None:
        """Begin a table that stands where the text of its paragraph has come to.

        Raises:
            TooManyObjects: Too many tables stand inside of one another.
        """
        if len(self._tables) == _DEEPEST:
            message = f"more than {_DEEPEST} tables stand inside of one another"
            raise TooManyObjects(message)
        self._put_down(self._paragraphs[-1], is_kept_empty=False)
        self._paragraphs[-1].holds_table = True
        self._tables.append(_Table(self._count + 1))

    def open_cell(self) -> None:
        """Begin a cell, or the caption of a table."""
        self._cells.append(WrittenCell(first=self._count + 1))

    def close_cell(self, spot: Spot | None) -> None:
        """End a cell at its spot; None where the file does not say it."""
        cell = self._cells.pop()
        cell.spot = spot
        self._tables[-1].cells.append(cell)

    def close_caption(self) -> None:
        """End the caption of a table: lines above it, wherever they are printed."""
        self._tables[-1].caption += self._cells.pop().blocks

    def close_table(self) -> None:
        """Put down a table: a grid, or running text where its cells make no sound one."""
        table = self._tables.pop()
        try:
            blocks = build_blocks(table.cells, table.first, self._count, self._limits.objects)
        except ValueError:
            self.remark("TABLE_WITHOUT_GRID")
            blocks = spread(table.cells)
        self._container.extend([*table.caption, *blocks])

    def close_section(self) -> None:
        """Check that a section had a paragraph, as each has, and that nothing is left open.

        Raises:
            CorruptDocument: It had none, or something is open.
        """
        if self._paragraphs or self._tables or self._cells:
            message = "a section of the document ends within a paragraph"
            raise CorruptDocument(message)
        if self._count == self._before:
            message = "a section of the document has no paragraph"
            raise CorruptDocument(message)
        self._before = self._count

    def document(self, data: bytes, file_name: str, media_type: str) -> Document:
        """Return what was put down, as the document of a file's bytes.

        Raises:
            NoTextLayer: What the document shows is all of a kind that is not read.
        """
        self._require_text()
        return Document(
            document_id=hashlib.sha256(data).hexdigest(),
            file_name=file_name,
            media_type=media_type,
            byte_size=len(data),
            blocks=tuple(self._body),
            line_count=self._count,
            warnings=tuple(sorted(self._remarks)),
        )

    def _require_text(self) -> None:
        """Check that there is something to read, or nothing at all."""
        if any(isinstance(one, TableGrid) or one.run.text.strip() for one in self._body):
            return
        if self.has_pictures or "TEXT_LEFT_OUT" in self._remarks:
            message = "no paragraph or table has text; pictures and text boxes are not read"
            raise NoTextLayer(message)
        self.remark("DOCUMENT_WITHOUT_TEXT")

    @property
    def _container(self) -> list[Block]:
        return self._cells[-1].blocks if self._cells else self._body

    def _put_down(self, paragraph: _Paragraph, is_kept_empty: bool) -> None:
        text = "".join(paragraph.pieces)
        runs = list(_runs(paragraph.number, paragraph.start, text))
        if not runs and is_kept_empty:
            runs = [Run(text="", place=_span(paragraph.number, paragraph.start, 0))]
        self._container.extend(Line(run=run) for run in runs)
        paragraph.pieces.clear()
        paragraph.start = paragraph.length


def _runs(number: int, start: int, text: str) -> Iterator[Run]:
    """Yield the lines of a paragraph's text, or of a part of it that begins at `start`."""
    for match in _LINES.finditer(text):
        raw, offset = match.group(), start + match.start()
        composed, edges = compose(raw, offset)
        yield Run(
            text=composed,
            place=_span(number, offset, len(raw)),
            edges=() if composed == raw else tuple(edges),
        )


def _span(number: int, start: int, length: int) -> Place:
    return Place(line_no=number, char_start=start, char_end=start + length)


def order_sections(names: Sequence[str], pattern: regex.Pattern[str]) -> list[str]:
    """Return the names of sections by their number, which a group of the pattern matches."""
    numbered = ((pattern.fullmatch(name), name) for name in names)
    return [name for _, name in sorted((int(m[1]), name) for m, name in numbered if m is not None)]
