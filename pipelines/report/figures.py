"""The printed place of cells: the page of a PDF with boxes over it, or the lines of a text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipelines.report.layout import cell_anchor, spot_of
from pipelines.report.shelf import Row

_MARGIN: Final = 14.0
_AROUND: Final = 3
"""Lines before and after a number of running text."""
_WIDEST_GAP: Final = 8
_MOST_LINES: Final = 400
_SPOT_MARGIN: Final = (120.0, 40.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is at hand of the printed report."""

    sizes: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """Width and height in points of the pages of which there are pictures."""
    lines: tuple[str, ...] = ()
    """Of a text report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A cell on a page."""

    anchor: str
    mark: str
    """Why it is marked: fail, doubt or damaged; empty for any other cell."""
    x: float
    y: float
    width: float
    height: float
    text: str

    @property
    def size(self) -> float:
        """Height of its letters in points, where it is drawn without a picture."""
        lines = self.text.count("\n") + 1
        return max(3.0, min(9.0, self.height / lines * 0.7))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFigure:
    """A part of a page."""

    page: int
    picture: str
    """Address of the picture of the whole page; empty where there is none."""
    page_width: float
    page_height: float
    x: float
    y: float
    width: float
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a line; a cell where it has an anchor."""

    text: str
    anchor: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a text report; `number` 0 stands for lines that are left out."""

    number: int
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesFigure:
    """Lines of a text report."""

    lines: tuple[Line, ...]


Figure = PageFigure | LinesFigure


def table_figures(
    table: Row, cells: Sequence[Row], source: Source, marks: Mapping[str, str], folder: str
) -> tuple[Figure, ...]:
    """Return where a table is printed: a figure for each of its pages, or its lines.

    Args:
        table: a row of `tables`.
        cells: its rows of `cells`.
        source: what is at hand of the printed report.
        marks: why cells are marked, by anchor.
        folder: address of the folder that holds the pictures.
    """
    if table["line_first"] is not None:
        lines = tuple(_lines(cells, source.lines, marks, around=0))
        return (LinesFigure(lines=lines),) if lines else ()
    return tuple(
        _page_figure(
            part["page"],
            _grown((part["x0"], part["y0"], part["x1"], part["y1"]), _MARGIN, _MARGIN),
            [cell for cell in cells if cell["page"] == part["page"]],
            source,
            marks,
            folder,
        )
        for part in table["parts"]
        if part["x0"] is not None
    )


def spot_figure(cells: Sequence[Row], source: Source, folder: str) -> Figure | None:
    """Return the surroundings of numbers that stand in running text; None where none are known."""
    numbered = [cell for cell in cells if cell["line_no"] is not None]
    if numbered:
        marks = {cell_anchor(spot_of(cell)): "fail" for cell in numbered}
        lines = tuple(_lines(numbered, source.lines, marks, around=_AROUND))
        return LinesFigure(lines=lines) if lines else None
    placed = [cell for cell in cells if cell["x0"] is not None]
    if not placed or placed[0]["page"] not in source.sizes:
        return None
    page = placed[0]["page"]
    here = [cell for cell in placed if cell["page"] == page]
    box = (
        min(cell["x0"] for cell in here),
        min(cell["y0"] for cell in here),
        max(cell["x1"] for cell in here),
        max(cell["y1"] for cell in here),
    )
    marks = {cell_anchor(spot_of(cell)): "fail" for cell in here}
    return _page_figure(page, _grown(box, *_SPOT_MARGIN), here, source, marks, folder)


def _grown(
    box: tuple[float, float, float, float], across: float, down: float
) -> tuple[float, float, float, float]:
    x0, x1 = sorted((box[0], box[2]))
    y0, y1 = sorted((box[1], box[3]))
    return max(0.0, x0 - across), max(0.0, y0 - down), x1 + across, y1 + down


def _page_figure(
    page: int,
    frame: tuple[float, float, float, float],
    cells: Sequence[Row],
    source: Source,
    marks: Mapping[str, str],
    folder: str,
) -> PageFigure:
    width, height = source.sizes.get(page, (0.0, 0.0))
    x0, y0, x1, y1 = frame
    if width:
        x1, y1 = min(x1, width), min(y1, height)
    boxes = (_box(cell, marks) for cell in cells if cell["x0"] is not None)
    return PageFigure(
        page=page,
        picture=f"{folder}/{page}.webp" if width else "",
        page_width=width,
        page_height=height,
        x=round(x0, 1),
        y=round(y0, 1),
        width=round(max(1.0, x1 - x0), 1),
        height=round(max(1.0, y1 - y0), 1),
        boxes=tuple(boxes),
    )


def _box(cell: Row, marks: Mapping[str, str]) -> Box:
    anchor = cell_anchor(spot_of(cell))
    x0, x1 = sorted((cell["x0"], cell["x1"]))
    y0, y1 = sorted((cell["y0"], cell["y1"]))
    return Box(
        anchor=anchor,
        mark=marks.get(anchor, ""),
        x=round(x0, 1),
        y=round(y0, 1),
        width=round(x1 - x0, 1),
        height=round(y1 - y0, 1),
        text=cell.get("text") or "",
    )


def _lines(
    cells: Iterable[Row], lines: Sequence[str], marks: Mapping[str, str], around: int
) -> Iterator[Line]:
    """Yield the lines on which cells stand, with what lies between them if that is little."""
    by_line: dict[int, list[Row]] = {}
    for cell in cells:
        if cell["line_no"] is not None and cell["char_start"] is not None:
            by_line.setdefault(cell["line_no"], []).append(cell)
    before = 0
    for number in _numbers(by_line, around, len(lines)):
        if before and number > before + 1:
            yield Line(number=0)
        own = by_line.get(number, [])
        yield Line(number=number, pieces=tuple(_pieces(lines[number - 1], own, marks)))
        before = number


def _numbers(known: Iterable[int], around: int, last: int) -> list[int]:
    wanted: set[int] = set()
    before = None
    for number in sorted(known):
        reach = range(number - around, number + around + 1)
        if before is not None and number - before <= _WIDEST_GAP:
            reach = range(before, number + around + 1)
        wanted.update(one for one in reach if 1 <= one <= last)
        before = number
    return sorted(wanted)[:_MOST_LINES]


def _pieces(line: str, cells: Iterable[Row], marks: Mapping[str, str]) -> Iterator[Piece]:
    at = 0
    for cell in sorted(cells, key=lambda one: (one["char_start"], one["char_end"])):
        start, end = cell["char_start"], cell["char_end"]
        if start < at or end <= start:
            continue
        if start > at:
            yield Piece(text=line[at:start])
        anchor = cell_anchor(spot_of(cell))
        yield Piece(text=line[start:end], anchor=anchor, mark=marks.get(anchor, ""))
        at = end
    if at < len(line):
        yield Piece(text=line[at:])
