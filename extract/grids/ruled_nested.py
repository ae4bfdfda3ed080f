"""Tables inside a cell of another table: the outer one says which cell holds them."""

from collections.abc import Iterable
from dataclasses import replace

from extract.grids.ruled_shapes import Box, box_of
from extract.records import TableGrid


def note_inner(outer: TableGrid, others: Iterable[TableGrid]) -> TableGrid:
    """Return a table with a note of each cell that holds another one, in reading order."""
    frame = box_of(outer.place)
    inner = [box for box in (box_of(grid.place) for grid in others) if _is_within(box, frame)]
    holding = {
        (cell.row, cell.col)
        for box in inner
        for cell in outer.cells
        if _is_within(box, box_of(cell.place))
    }
    return note_cells(outer, holding)


def note_cells(outer: TableGrid, holding: Iterable[tuple[int, int]]) -> TableGrid:
    """Return a table with a note of each cell, by row and column, that holds another one."""
    notes = [f"Cell ({row}, {col}) holds a table." for row, col in sorted(holding)]
    return replace(outer, note=" ".join(filter(None, (outer.note, *notes)))) if notes else outer


def _is_within(inner: Box, outer: Box) -> bool:
    """Tell whether the middle of a box lies in another, larger one."""
    return inner.area < outer.area and outer.holds(inner.middle_x, inner.middle_y)
