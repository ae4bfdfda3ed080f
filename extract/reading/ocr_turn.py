"""Blocks read on the upright page back to where they stand on the page as it was scanned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import cos, radians, sin

from extract.records import Block, Cell, Line, Place, Run, TableGrid, TablePart


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How a page was turned around its middle to stand upright."""

    degrees: float
    """Counter-clockwise."""
    width: float
    """Of the page, in points."""
    height: float

    def shift(self, x: float, y: float) -> tuple[float, float]:
        """Return how far a point of the upright page lies from its place on the scan."""
        angle = radians(self.degrees)
        right, down = x - self.width / 2, y - self.height / 2
        back_x = right * cos(angle) - down * sin(angle)
        back_y = right * sin(angle) + down * cos(angle)
        return back_x - right, back_y - down


Turns = Mapping[int, Turn]
"""By page; pages that were not turned are left out."""


def turn_blocks(blocks: Iterable[Block], turns: Turns) -> tuple[Block, ...]:
    """Return blocks with the boxes on turned pages moved back to the scan.

    Boxes keep their size and stay level. Captions, unit notes and footnotes are not there yet.
    """
    if not turns:
        return tuple(blocks)
    return tuple(
        replace(block, run=_run(block.run, turns))
        if isinstance(block, Line)
        else _grid(block, turns)
        for block in blocks
    )


def _grid(grid: TableGrid, turns: Turns) -> TableGrid:
    return replace(
        grid,
        place=_place(grid.place, turns),
        cells=tuple(_cell(cell, turns) for cell in grid.cells),
        parts=tuple(_part(part, turns) for part in grid.parts),
        alternatives=tuple(_grid(other, turns) for other in grid.alternatives),
    )


def _cell(cell: Cell, turns: Turns) -> Cell:
    runs = tuple(_run(run, turns) for run in cell.runs)
    return replace(cell, place=_place(cell.place, turns), runs=runs)


def _part(part: TablePart, turns: Turns) -> TablePart:
    box = Place(page=part.page, x0=part.x0, y0=part.y0, x1=part.x1, y1=part.y1)
    across, down = _shift(box, turns)
    return replace(
        part,
        x0=round(part.x0 + across, 3),
        y0=round(part.y0 + down, 3),
        x1=round(part.x1 + across, 3),
        y1=round(part.y1 + down, 3),
    )


def _run(run: Run, turns: Turns) -> Run:
    across, _ = _shift(run.place, turns)
    edges = tuple(round(edge + across, 3) for edge in run.edges)
    return replace(run, place=_place(run.place, turns), edges=edges)


def _place(place: Place, turns: Turns) -> Place:
    across, down = _shift(place, turns)
    if place.x0 is None or place.y0 is None or place.x1 is None or place.y1 is None:
        return place
    return replace(
        place,
        x0=round(place.x0 + across, 3),
        y0=round(place.y0 + down, 3),
        x1=round(place.x1 + across, 3),
        y1=round(place.y1 + down, 3),
    )


def _shift(place: Place, turns: Turns) -> tuple[float, float]:
    """Return how far the middle of a box moves; nowhere on a page that was not turned."""
    turn = turns.get(place.page) if place.page is not None else None
    if turn is None or None in (place.x0, place.y0, place.x1, place.y1):
        return 0.0, 0.0
    middle_x = ((place.x0 or 0.0) + (place.x1 or 0.0)) / 2
    middle_y = ((place.y0 or 0.0) + (place.y1 or 0.0)) / 2
    return turn.shift(middle_x, middle_y)
