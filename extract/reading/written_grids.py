"""Tables that a word processor wrote: their cells say where they stand, so that none is guessed."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.errors import TooManyObjects
from extract.grids.ruled_nested import note_cells
from extract.records import Block, Cell, Line, Place, TableGrid
from extract.surroundings import attach_surroundings

_HIGHEST = 0xFFFF
"""Rows and columns are 16-bit numbers in HWP 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a cell stands in its table, as the file says."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    is_header: bool | None = None

    @property
    def is_sound(self) -> bool:
        """Whether the numbers are those of a cell."""
        return (
            0 <= self.row <= _HIGHEST
            and 0 <= self.col <= _HIGHEST
            and 1 <= self.row_span <= _HIGHEST
            and 1 <= self.col_span <= _HIGHEST
        )


@dataclass(slots=True, kw_only=True)
class WrittenCell:
    """A cell under construction: what stands in it, and its spot once that is known."""

    blocks: list[Block] = field(default_factory=list)
    """Its lines, and the tables that it holds."""
    first: int
    """The number of its first paragraph."""
    spot: Spot | None = None


def build_blocks(cells: Sequence[WrittenCell], first: int, last: int, most: int) -> list[Block]:
    """Return a table and the tables inside of it; its lines where it only frames text.

    As on a page, text must stand in two rows and two columns of a table. Rows and columns in which
    no cell begins cannot be seen and are left out.

    Args:
        cells: In the order of the file.
        first: The number of its first paragraph.
        last: The number of its last paragraph.
        most: Fields that a table may have.

    Raises:
        TooManyObjects: It has more.
        ValueError: The cells do not say where they stand, or overlap.
    """
    spots = _visible(cells)
    _require_apart(spots, most)
    filled = [
        spot for cell, spot in zip(cells, spots, strict=True) if any(map(_has_text, cell.blocks))
    ]
    if len({spot.row for spot in filled}) < 2 or len({spot.col for spot in filled}) < 2:
        return spread(cells)
    return _nested(cells, spots, first, last)


def spread(cells: Sequence[WrittenCell]) -> list[Block]:
    """Return what stands in some cells as running text and tables of their own."""
    return [block for cell in cells for block in cell.blocks]


def _has_text(block: Block) -> bool:
    return isinstance(block, TableGrid) or bool(block.run.text.strip())


def _visible(cells: Sequence[WrittenCell]) -> list[Spot]:
    """Return the spots of the cells, counted in rows and columns in which a cell begins.

    Raises:
        ValueError: One is missing or no spot of a cell.
    """
    spots = [cell.spot for cell in cells]
    if not all(spot is not None and spot.is_sound for spot in spots):
        message = "a cell does not say where it stands"
        raise ValueError(message)
    known = [spot for spot in spots if spot is not None]
    rows = sorted({spot.row for spot in known})
    cols = sorted({spot.col for spot in known})
    return [
        replace(
            spot,
            row=bisect_left(rows, spot.row),
            col=bisect_left(cols, spot.col),
            row_span=_between(rows, spot.row, spot.row + spot.row_span),
            col_span=_between(cols, spot.col, spot.col + spot.col_span),
        )
        for spot in known
    ]


def _between(starts: Sequence[int], first: int, end: int) -> int:
    return bisect_left(starts, end) - bisect_left(starts, first)


def _require_apart(spots: Sequence[Spot], most: int) -> None:
    """Check that no two cells overlap, in a table that is not too large.

    Raises:
        TooManyObjects: It has more fields than `most`.
        ValueError: Two cells overlap.
    """
    if _height(spots) * _width(spots) > most:
        message = f"a table has more than {most:,} fields"
        raise TooManyObjects(message)
    taken: set[tuple[int, int]] = set()
    for spot in spots:
        fields = set(_fields(spot))
        if taken & fields:
            message = "two cells overlap"
            raise ValueError(message)
        taken |= fields


def _height(spots: Sequence[Spot]) -> int:
    return max((spot.row + spot.row_span for spot in spots), default=0)


def _width(spots: Sequence[Spot]) -> int:
    return max((spot.col + spot.col_span for spot in spots), default=0)


def _fields(spot: Spot) -> Iterator[tuple[int, int]]:
    for row in range(spot.row, spot.row + spot.row_span):
        for col in range(spot.col, spot.col + spot.col_span):
            yield row, col


def _nested(
    cells: Sequence[WrittenCell], spots: Sequence[Spot], first: int, last: int
) -> list[Block]:
    """Return a table, followed by those in its cells; what stands around them is found there."""
    built: list[Cell] = []
    inner: list[Block] = []
    holding: list[tuple[int, int]] = []
    for cell, spot in zip(cells, spots, strict=True):
        built.append(_cell(cell, spot))
        if any(isinstance(one, TableGrid) for one in cell.blocks):
            around = attach_surroundings(cell.blocks)
            inner += [one for one in around if isinstance(one, TableGrid)]
            holding.append((spot.row, spot.col))
    taken = {one for spot in spots for one in _fields(spot)}
    nothing = Place(line_no=first, char_start=0, char_end=0)
    for row in range(_height(spots)):
        for col in range(_width(spots)):
            if (row, col) not in taken:  # a cell that the file left out
                built.append(Cell(row=row, col=col, place=nothing))
    built.sort(key=lambda cell: (cell.row, cell.col))
    grid = TableGrid(
        cells=tuple(built),
        row_count=_height(spots),
        column_count=_width(spots),
        engine="written",
        place=built[0].place,
        line_last=last,
    )
    return [note_cells(grid, holding), *inner]


def _cell(cell: WrittenCell, spot: Spot) -> Cell:
    runs = tuple(
        block.run for block in cell.blocks if isinstance(block, Line) and block.run.text.strip()
    )
    return Cell(
        row=spot.row,
        col=spot.col,
        row_span=spot.row_span,
        col_span=spot.col_span,
        runs=runs,
        place=runs[0].place if runs else Place(line_no=cell.first, char_start=0, char_end=0),
        is_header=spot.is_header,
    )
