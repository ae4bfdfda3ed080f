"""Fields of a lattice that no wall parts, as rectangular cells with their spans."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.grids.ruled_lattice import Lattice
from extract.grids.ruled_networks import find_root, unite
from extract.grids.ruled_shapes import Box

Field = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of fields that is one cell."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    region: int
    """Which region of fields without walls it is part of; more than one cell where that is no
    rectangle."""

    @property
    def fields(self) -> Iterator[Field]:
        """The fields (row, column) under the cell."""
        for row in range(self.row, self.row + self.row_span):
            for col in range(self.col, self.col + self.col_span):
                yield row, col


def find_areas(lattice: Lattice) -> tuple[Area, ...]:
    """Return the cells of a lattice by row, then by column.

    A region that is no rectangle, because a rule is missing, is cut into rectangles.
    """
    found = (
        _area(lattice, rectangle, number)
        for number, region in enumerate(_regions(lattice))
        for rectangle in cut_rectangles(region)
    )
    return tuple(sorted(found, key=lambda area: (area.row, area.col)))


def _regions(lattice: Lattice) -> Iterable[list[Field]]:
    """Gather fields that are not parted by walls."""
    width = lattice.column_count
    roots = list(range(lattice.row_count * width))
    for row in range(lattice.row_count):
        for col in range(width):
            here = row * width + col
            if col + 1 < width and (row, col) not in lattice.right_walls:
                unite(roots, here, here + 1)
            if row + 1 < lattice.row_count and (row, col) not in lattice.lower_walls:
                unite(roots, here, here + width)
    regions: defaultdict[int, list[Field]] = defaultdict(list)
    for number in range(len(roots)):
        regions[find_root(roots, number)].append(divmod(number, width))
    return regions.values()


def cut_rectangles(region: list[Field]) -> Iterator[tuple[Field, Field]]:
    """Cut a region into rectangles (first field, last field), tallest first from the left.

    Upright cuts suit the usual case: a heading with a smaller box set into its corner (증감, and
    in its lower right 비율), where the text stands in the part that goes down.
    """
    if len(region) == 1:  # nearly all of a large table
        yield region[0], region[0]
        return
    left = set(region)
    while left:
        row, col = min(left, key=lambda field: (field[1], field[0]))
        last_row = row
        while (last_row + 1, col) in left:
            last_row += 1
        rows = range(row, last_row + 1)
        last_col = col
        while all((r, last_col + 1) in left for r in rows):
            last_col += 1
        left -= {(r, c) for r in rows for c in range(col, last_col + 1)}
        yield (row, col), (last_row, last_col)


def _area(lattice: Lattice, rectangle: tuple[Field, Field], region: int) -> Area:
    (row, col), (last_row, last_col) = rectangle
    return Area(
        row=row,
        col=col,
        row_span=last_row - row + 1,
        col_span=last_col - col + 1,
        region=region,
        box=Box(
            x0=lattice.xs[col],
            y0=lattice.ys[row],
            x1=lattice.xs[last_col + 1],
            y1=lattice.ys[last_row + 1],
        ),
    )
