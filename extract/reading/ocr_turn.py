"""Blocks read on the upright page back to where they stand on the page as it was scanned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import cos, radians, sin

from extract.grids.ruled_shapes import Box
from extract.records import Block, Cell, Line, Place, Run, TableGrid, TablePart


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How a page was turned around its middle to stand upright."""

    degrees: float
    """Counter-clockwise, after the quarters."""
    width: float
    """Of the page as it was scanned, in points."""
    height: float
    quarters: int = 0
    """Quarter turns counter-clockwise of a page that was scanned sideways or upside down."""

    @property
    def upright(self) -> tuple[float, float]:
        """Width and height of the page once it stands upright."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def shift(self, x: float, y: float) -> tuple[float, float]:
        """Return how far a point of the upright page lies from its place before `degrees`."""
        angle = radians(self.degrees)
        width, height = self.upright
        right, down = x - width / 2, y - height / 2
        back_x = right * cos(angle) - down * sin(angle)
        back_y = right * sin(angle) + down * cos(angle)
        return back_x - right, back_y - down

    def back(self, box: Box) -> Box:
        """Return a level box of the upright page as it lies on the scan."""
        across, down = self.shift(box.middle_x, box.middle_y)
        x0, x1 = box.x0 + across, box.x1 + across
        y0, y1 = box.y0 + down, box.y1 + down
        if self.quarters == 1:
            x0, y0, x1, y1 = self.width - y1, x0, self.width - y0, x1
        elif self.quarters == 2:
            x0, y0, x1, y1 = self.width - x1, self.height - y1, self.width - x0, self.height - y0
        elif self.quarters == 3:
            x0, y0, x1, y1 = y0, self.height - x1, y1, self.height - x0
        return Box(x0=round(x0, 3), y0=round(y0, 3), x1=round(x1, 3), y1=round(y1, 3))


Turns = Mapping[int, Turn]
"""By page; pages that were not turned are left out."""


def turn_blocks(blocks: Iterable[Block], turns: Turns) -> tuple[Block, ...]:
    """Return blocks with the boxes on turned pages moved back to the scan.

    Boxes stay level, and keep their size but for quarter turns. Captions, unit notes and footnotes
    are not there yet.
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
    turn = turns.get(part.page)
    if turn is None:
        return part
    box = turn.back(Box(x0=part.x0, y0=part.y0, x1=part.x1, y1=part.y1))
    return replace(part, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)


def _run(run: Run, turns: Turns) -> Run:
    """Return a run where it stands on the scan; one that runs up or down has no edges."""
    turn = turns.get(run.place.page) if run.place.page is not None else None
    place = _place(run.place, turns)
    if turn is None or place is run.place:
        return run
    if turn.quarters:
        return replace(run, place=place, edges=())
    across = (place.x0 or 0.0) - (run.place.x0 or 0.0)
    return replace(run, place=place, edges=tuple(round(x + across, 3) for x in run.edges))


def _place(place: Place, turns: Turns) -> Place:
    turn = turns.get(place.page) if place.page is not None else None
    if turn is None or place.x0 is None or place.y0 is None or place.x1 is None or place.y1 is None:
        return place
    box = turn.back(Box(x0=place.x0, y0=place.y0, x1=place.x1, y1=place.y1))
    return replace(place, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1)
