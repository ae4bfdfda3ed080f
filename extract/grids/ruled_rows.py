"""Rows that no rule parts: ruled rows that hold several printed rows of numbers, cut apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.grids.ruled_lattice import Lattice
from extract.options import GridOptions
from extract.records import Cell, Run

_VALUE = re.compile(r"[\[(（]?[△▲▼+\-–−]?\d[\d,]*(\.\d+)?%?[\])）]?|[-–−─]")
_BRACKETED = re.compile(r"[\[(（].*[\])）]")
_ITEM = re.compile(r"\(?\d{1,2}[).]|\(?[가-하][).]|[①-⑳㉠-㉻]|[-–·ㆍ․•○◦□▪*]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Printed lines of several cells that stand on one height."""

    top: float
    bottom: float
    runs: tuple[tuple[int, Run], ...]
    """Each line with the column of its cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A height at which cells of the same rows are to be cut."""

    top: float
    """Lower end of the text above."""
    bottom: float
    """Upper end of the text below."""
    row: int
    row_span: int
    columns: frozenset[int]


def find_cuts(cells: Sequence[Cell], options: GridOptions) -> tuple[Cut, ...]:
    """Return the heights at which cells that cover the same rows are cut.

    They are cut at every height where no line of any of them stands, provided that the pieces are
    rows of a table. Either at least two columns hold nothing but values, and most pieces have
    them, or each piece has a label marked as an item and two have values. Or there are many
    pieces, and one column of values and one of labels have exactly one line in each.
    """
    if not any(len(cell.runs) > 1 for cell in cells):
        return ()
    bands = _with_brackets(gather_bands(cells, options))
    values = _value_columns(cells)
    if len(bands) < 2 or not _are_rows(cells, values, bands, options):
        return ()
    columns = frozenset(cell.col + n for cell in cells for n in range(cell.col_span))
    return tuple(
        Cut(
            top=upper.bottom,
            bottom=lower.top,
            row=cells[0].row,
            row_span=cells[0].row_span,
            columns=columns,
        )
        for upper, lower in pairwise(bands)
    )


def _are_rows(
    cells: Sequence[Cell], values: frozenset[int], bands: Sequence[Band], options: GridOptions
) -> bool:
    if _is_list(cells, values, bands, options):
        return True
    if len(values) < 2:
        return False
    return _are_number_rows(values, bands, options) or _are_items(cells, values, bands)


def _is_list(
    cells: Sequence[Cell], values: frozenset[int], bands: Sequence[Band], options: GridOptions
) -> bool:
    """Tell whether a column of values and one of labels have exactly one line in each band.

    A label that goes on over a few lines beside as many values looks the same, so a list is long.
    """
    if len(bands) < options.list_rows:
        return False
    full = {
        cell.col
        for cell in cells
        if all([c for c, _ in b.runs].count(cell.col) == 1 for b in bands)
    }
    return bool(full & values) and bool(full - values)


def gather_bands(cells: Iterable[Cell], options: GridOptions) -> list[Band]:
    """Gather printed lines that overlap in height, top to bottom.

    Lines may overlap at their edges: only the core of each counts.
    """
    placed = sorted(
        (
            (run.place.y0, run.place.y1, cell.col, run)
            for cell in cells
            for run in cell.runs
            if run.place.y0 is not None and run.place.y1 is not None
        ),
        key=lambda item: item[0] + item[1],
    )
    bands: list[Band] = []
    reached = 0.0
    for top, bottom, col, run in placed:
        core = options.line_core * (bottom - top)
        first, last = (top + bottom) / 2 - core, (top + bottom) / 2 + core
        if bands and first < reached:
            bands[-1] = _joined(bands[-1], Band(top=top, bottom=bottom, runs=((col, run),)))
            reached = max(reached, last)
        else:
            bands.append(Band(top=top, bottom=bottom, runs=((col, run),)))
            reached = last
    return bands


def _joined(upper: Band, lower: Band) -> Band:
    return Band(
        top=min(upper.top, lower.top),
        bottom=max(upper.bottom, lower.bottom),
        runs=(*upper.runs, *lower.runs),
    )


def _with_brackets(bands: Sequence[Band]) -> list[Band]:
    """Join a band of nothing but bracketed values with the one above: value and (share)."""
    joined: list[Band] = []
    for band in bands:
        if joined and all(_BRACKETED.fullmatch(_tight(run)) for _, run in band.runs):
            joined[-1] = _joined(joined[-1], band)
        else:
            joined.append(band)
    return joined


def _value_columns(cells: Iterable[Cell]) -> frozenset[int]:
    """Return the columns whose cell holds values and nothing else."""
    return frozenset(
        cell.col
        for cell in cells
        if cell.runs and all(_VALUE.fullmatch(_tight(run)) for run in cell.runs)
    )


def _are_number_rows(values: Iterable[int], bands: Sequence[Band], options: GridOptions) -> bool:
    """Tell whether two columns of values are filled in most bands."""
    needed = max(2.0, options.number_rows * len(bands))
    counts = (sum(any(c == col for c, _ in band.runs) for band in bands) for col in values)
    return sum(count >= needed for count in counts) > 1


def _are_items(cells: Iterable[Cell], values: frozenset[int], bands: Sequence[Band]) -> bool:
    """Tell whether one column of labels gives each band one line, marked as an item.

    A list inside of one row looks the same, but all numbers of that row stand on one height; so
    there must be numbers on two.
    """
    if sum(any(col in values for col, _ in band.runs) for band in bands) < 2:
        return False
    labels = [cell for cell in cells if cell.col not in values and cell.runs]
    return any(
        len(cell.runs) == len(bands)
        and all(_ITEM.match(_tight(run)) for run in cell.runs)
        and all(any(c == cell.col for c, _ in band.runs) for band in bands)
        for cell in labels
    )


def _tight(run: Run) -> str:
    return _SPACE.sub("", run.text)


def insert_cuts(lattice: Lattice, cuts: Sequence[Cut]) -> Lattice:
    """Return the lattice with walls at the cuts, on borders that stand there or on new ones."""
    if not cuts:
        return lattice
    heights = {cut: _height(lattice, cut) for cut in cuts}
    ys = tuple(sorted({*lattice.ys, *heights.values()}))
    number = {y: index for index, y in enumerate(ys)}
    first = [number[y] for y in lattice.ys]
    return Lattice(
        xs=lattice.xs,
        ys=ys,
        right_walls=frozenset(
            (new, col)
            for row, col in lattice.right_walls
            for new in range(first[row], first[row + 1])
        ),
        lower_walls=frozenset((first[row + 1] - 1, col) for row, col in lattice.lower_walls)
        | {(number[heights[cut]] - 1, col) for cut in cuts for col in cut.columns},
    )


def _height(lattice: Lattice, cut: Cut) -> float:
    """Return the border inside of the cut cells that runs between the texts, or a new one."""
    inner = lattice.ys[cut.row + 1 : cut.row + cut.row_span]
    low, high = sorted((cut.top, cut.bottom))
    standing = [y for y in inner if low <= y <= high]
    return standing[0] if standing else (cut.top + cut.bottom) / 2
