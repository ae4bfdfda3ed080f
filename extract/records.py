"""What the reading of a file hands on: lines of text and table grids, each with its place."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

LineRole = Literal["text", "heading", "caption", "unit_note", "footnote", "furniture"]
TextLayer = Literal["digital", "ocr", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: a span of a line or paragraph, or a box on a page; never both."""

    line_no: int | None = None
    """1-based line of a text file, counting line feeds; in HWP and HWPX, which have neither lines
    nor pages, the n-th paragraph of the document in reading order, those in cells counted."""
    char_start: int | None = None
    """0-based code point in that line or paragraph."""
    char_end: int | None = None
    """End of the span, exclusive."""
    page: int | None = None
    """1-based page."""
    x0: float | None = None
    """Points, origin at the top left of the page as displayed."""
    y0: float | None = None
    x1: float | None = None
    y1: float | None = None


NOWHERE = Place()
"""For what has no place of its own, such as a value taken from the file name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text that stands on one printed line, with the place of each of its characters."""

    text: str
    """NFC; without line breaks."""
    place: Place
    edges: tuple[float, ...] = ()
    """len(text) + 1 borders of the characters: code points of the original line in a text file,
    x coordinates on a page. Empty: characters follow each other one by one from char_start (text),
    or share the width of the box evenly (page)."""

    def slice(self, start: int, end: int) -> "Run":
        """Return the characters from `start` to `end` (exclusive) with their own place."""
        return Run(
            text=self.text[start:end],
            place=self._place(start, end),
            edges=self.edges[start : end + 1] if self.edges else (),
        )

    def strip(self) -> "Run":
        """Return the run without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))

    def _place(self, start: int, end: int) -> Place:
        if self.place.line_no is not None:
            base = self.place.char_start or 0
            first = int(self.edges[start]) if self.edges else base + start
            last = int(self.edges[end]) if self.edges else base + end
            return replace(self.place, char_start=first, char_end=last)
        if self.place.x0 is None or self.place.x1 is None:
            return self.place
        if self.edges:
            return replace(self.place, x0=self.edges[start], x1=self.edges[end])
        step = (self.place.x1 - self.place.x0) / max(1, len(self.text))
        return replace(
            self.place,
            x0=self.place.x0 + step * start,
            x1=self.place.x0 + step * end,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a grid; a merged cell stands once, at its top left position."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    runs: tuple[Run, ...] = ()
    """The printed lines of the cell, top to bottom."""
    place: Place = NOWHERE
    """The cell's box (page), or the span of its first line (text file)."""
    is_header: bool | None = None
    """What the page itself says (shading, `<th>`); None where it says nothing."""
    is_moved: bool = False
    """True where a shifted row was put back: the printed column was another one."""
    confidence: float | None = None
    """0-1: how surely its text was read from a picture; None where it was typed."""
    alternatives: tuple[str, ...] = ()
    """Other numbers that its ink may be, likelier ones first; arithmetic chooses."""

    @property
    def text(self) -> str:
        """The lines of the cell joined by line feeds."""
        return "\n".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """The rows of a table that stand on one page."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    row_first: int
    row_last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableGrid:
    """A table as it is printed: cells in rows and columns, and what stands around it."""

    cells: tuple[Cell, ...]
    """In reading order: by row, then by column."""
    row_count: int
    column_count: int
    engine: str
    """Which reader found it: ruled, tabbed, flowed, aligned, piped, tiles, camelot, written ..."""
    place: Place
    """Box on the first page, or the span of the first cell."""
    header_row_count: int | None = None
    """Rows of headings, where the reader knows; None leaves it to `normalize.headers`."""
    line_last: int | None = None
    """Last line or paragraph of a table without a page (the first is `place.line_no`)."""
    parts: tuple[TablePart, ...] = ()
    caption: Run | None = None
    unit_note: Run | None = None
    """The note that gives the unit, such as (단위: 천원), as printed."""
    section_path: tuple[str, ...] = ()
    """Headings above the table, outermost first."""
    footnotes: tuple[Run, ...] = ()
    confidence: float = 1.0
    """0-1: how surely cells stand where they were printed."""
    is_ambiguous: bool = False
    note: str = ""
    """Why it is ambiguous, what was repaired; English, one sentence each."""
    alternatives: tuple["TableGrid", ...] = ()
    """Other layouts that the page allows; arithmetic chooses (`pipelines.choose`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of running text."""

    run: Run
    role: LineRole = "text"
    section_path: tuple[str, ...] = ()
    """Headings above the line, outermost first; a heading's path ends with itself."""


Block: TypeAlias = Line | TableGrid


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report as it was read, in reading order."""

    document_id: str
    """SHA-256 of the file's bytes, hex."""
    file_name: str
    media_type: str
    byte_size: int
    blocks: tuple[Block, ...]
    page_count: int | None = None
    line_count: int | None = None
    """Lines of a text file, paragraphs of a word processor's."""
    text_layer: TextLayer = "digital"
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    """Codes of things to know about the reading, such as PAGE_WITHOUT_TEXT."""

    @property
    def grids(self) -> tuple[TableGrid, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, TableGrid))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The running text, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Line))
