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
    confidence: float


def mark_grid(grid: TableGrid, texts: Sequence[ReadText], options: OcrOptions) -> TableGrid:
    """Return a table with the confidence of its letters and the cells that are doubtful."""
    by_cell = [(cell, _confidence(cell, texts)) for cell in grid.cells if cell.runs]
    if not by_cell:
        return replace(grid, engine="ocr")
    doubtful = [cell for cell, confidence in by_cell if confidence < options.doubtful]
    mean = sum(confidence for _, confidence in by_cell) / len(by_cell)
    notes = [grid.note, "Read from a scan.", _doubts(doubtful)]
    return replace(
        grid,
        engine="ocr",
        confidence=round(min(grid.confidence, mean), 3),
        note=" ".join(note for note in notes if note),
    )


def _confidence(cell: Cell, texts: Iterable[ReadText]) -> float:
    """Return the confidence of the least sure line of text in a cell; 0 where none is found."""
    place = cell.place
    if place.x0 is None or place.y0 is None or place.x1 is None or place.y1 is None:
        return 0.0
    box = Box(x0=place.x0, y0=place.y0, x1=place.x1, y1=place.y1)
    inside = (one for one in texts if box.holds(one.box.middle_x, one.box.middle_y, _MARGIN))
    return min((one.confidence for one in inside), default=0.0)


def _doubts(cells: Sequence[Cell]) -> str:
    """Return a sentence that names doubtful cells by row and column, counted from 0."""
    if not cells:
        return ""
    named = ", ".join(f"({cell.row}, {cell.col})" for cell in cells[:_MOST_NAMED])
    more = f" and {len(cells) - _MOST_NAMED} more" if len(cells) > _MOST_NAMED else ""
    return f"Doubtful cells (row, column): {named}{more}."
