"""Tables that were read from a picture: how sure their cells are, and which are doubtful."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.grids.ruled_shapes import Box
from extract.reading.ocr_options import OcrOptions
from extract.records import Cell, TableGrid

_MARGIN = 1.0
"""Points by which a line of text may stick out of its cell."""
_MOST_NAMED = 12
"""As many doubtful cells are named in the note of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A line of text with its place on the upright page."""

    box: Box
    text: str
    """Without spaces."""
    confidence: float
    """0-1."""
    alternatives: tuple[str, ...] = ()
    """Other numbers that its ink may be."""


def mark_grid(grid: TableGrid, texts: Sequence[ReadText], options: OcrOptions) -> TableGrid:
    """Return a table whose cells know how surely they were read, and how else they may be read."""
    cells = tuple(_mark_cell(cell, texts) if cell.runs else cell for cell in grid.cells)
    layouts = tuple(mark_grid(other, texts, options) for other in grid.alternatives)
    filled = [(cell, cell.confidence) for cell in cells if cell.confidence is not None]
    if not filled:
        return replace(grid, engine="ocr", alternatives=layouts)
    doubtful = [cell for cell, confidence in filled if confidence < options.doubtful]
    mean = sum(confidence for _, confidence in filled) / len(filled)
    notes = [grid.note, "Read from a scan.", _doubts(doubtful)]
    return replace(
        grid,
        cells=cells,
        engine="ocr",
        confidence=round(min(grid.confidence, mean), 3),
        note=" ".join(note for note in notes if note),
        alternatives=layouts,
    )


def _mark_cell(cell: Cell, texts: Iterable[ReadText]) -> Cell:
    """Return a cell as sure as its least sure line of text; not at all where none is found."""
    inside = list(_inside(cell, texts))
    confidence = min((one.confidence for one in inside), default=0.0)
    is_whole = len(inside) == 1 and inside[0].text == cell.text.replace(" ", "")
    return replace(
        cell,
        confidence=round(confidence, 3),
        alternatives=inside[0].alternatives if is_whole else (),
    )


def _inside(cell: Cell, texts: Iterable[ReadText]) -> Iterable[ReadText]:
    place = cell.place
    if place.x0 is None or place.y0 is None or place.x1 is None or place.y1 is None:
        return ()
    box = Box(x0=place.x0, y0=place.y0, x1=place.x1, y1=place.y1)
    return (one for one in texts if box.holds(one.box.middle_x, one.box.middle_y, _MARGIN))


def _doubts(cells: Sequence[Cell]) -> str:
    """Return a sentence that names doubtful cells by row and column, counted from 0."""
    if not cells:
        return ""
    named = ", ".join(f"({cell.row}, {cell.col})" for cell in cells[:_MOST_NAMED])
    more = f" and {len(cells) - _MOST_NAMED} more" if len(cells) > _MOST_NAMED else ""
    return f"Doubtful cells (row, column): {named}{more}."
