"""Tables inside a cell of another table: the outer one says which cell holds them."""

from collections.abc import Iterable
from dataclasses import replace

from extract.records import Cell, Place, TableGrid


def note_inner(outer: TableGrid, others: Iterable[TableGrid]) -> TableGrid:
    """Return a table with a note of each cell that holds another one, in reading order."""
    holding = [
        cell
        for inner in others
        if inner is not outer and _is_within(inner.place, outer.place)
        for cell in outer.cells
        if _is_within(inner.place, cell.place)
    ]
    notes = [f"Cell ({cell.row}, {cell.col}) holds a table." for cell in _in_order(holding)]
    return replace(outer, note=" ".join(filter(None, (outer.note, *notes)))) if notes else outer


def _in_order(cells: Iterable[Cell]) -> list[Cell]:
    return sorted({(cell.row, cell.col): cell for cell in cells}.values(), key=_position)


def _position(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col


def _is_within(inner: Place, outer: Place) -> bool:
    """Tell whether the middle of a place lies in another, larger one."""
    if None in (inner.x0, inner.x1, inner.y0, inner.y1, outer.x0, outer.x1, outer.y0, outer.y1):
        return False
    x0, y0, x1, y1 = inner.x0 or 0, inner.y0 or 0, inner.x1 or 0, inner.y1 or 0
    left, top, right, foot = outer.x0 or 0, outer.y0 or 0, outer.x1 or 0, outer.y1 or 0
    is_smaller = (x1 - x0) * (y1 - y0) < (right - left) * (foot - top)
    return is_smaller and left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= foot
