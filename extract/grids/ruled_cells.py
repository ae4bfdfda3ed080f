"""Fields of a lattice that no wall parts, as rectangular cells with their spans."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from extract.grids.ruled_lattice import Lattice
from extract.grids.ruled_networks import find_root, unite
from extract.grids.ruled_shapes import Box

Field = tuple[int, int]


class Area(NamedTuple):
    """A rectangle of fields that is one cell; a named tuple, for a page has hundreds."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    region: int
    """Which region of fields without walls it is part of; more than one cell where that is no
    rectangle."""


def find_areas(lattice: Lattice) -> tuple[Area, ...]:
    """Return the cells of a lattice by row, then by column.

    A region that is no rectangle, because a rule is missing, is cut into rectangles.
    """
    found = (
        _area(lattice, rectangle, number)
        for number, region in enumerate(_regions(lattice))
        for rectangle in cut_rectangles(region)
    )
    return tuple(sorted(found))


def _regions(lattice: Lattice) -> Iterable[list[Field]]:
    """Gather fields that are not parted by walls."""
    rows, width = lattice.row_count, lattice.column_count
    roots = list(range(rows * width))
    for row, col in set(product(range(rows), range(width - 1))) - lattice.right_walls:
        unite(roots, row * width + col, row * width + col + 1)
    for row, col in set(product(range(rows - 1), range(width))) - lattice.lower_walls:
        unite(roots, row * width + col, row * width + col + width)
    regions: defaultdict[int, list[Field]] = defaultdict(list)
    for number, field in enumerate(product(range(rows), range(width))):
        regions[find_root(roots, number)].append(field)
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
    xs, ys = lattice.xs, lattice.ys
    box = Box(xs[col], ys[row], xs[last_col + 1], ys[last_row + 1])
    return Area(row, col, last_row - row + 1, last_col - col + 1, box, region)
