"""A network of rules as a lattice: row and column borders, and the walls that part its fields."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from extract.grids.ruled_networks import Network
from extract.grids.ruled_shapes import Box, Rule
from extract.options import GridOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """Fields between all rules of a network; a merged cell takes up several fields."""

    xs: tuple[float, ...]
    """Column borders, left to right."""
    ys: tuple[float, ...]
    """Row borders, top to bottom."""
    right_walls: frozenset[tuple[int, int]]
    """Fields (row, column) that a wall parts from their right neighbour."""
    lower_walls: frozenset[tuple[int, int]]
    """Fields (row, column) that a wall parts from the field below."""

    @property
    def row_count(self) -> int:
        """Number of rows of fields."""
        return len(self.ys) - 1

    @property
    def column_count(self) -> int:
        """Number of columns of fields."""
        return len(self.xs) - 1

    @property
    def box(self) -> Box:
        """The box around all fields."""
        return Box(x0=self.xs[0], y0=self.ys[0], x1=self.xs[-1], y1=self.ys[-1])


def build_lattice(network: Network, options: GridOptions) -> Lattice | None:
    """Return the lattice of a network; None where its rules enclose nothing, or too much."""
    xs = _borders(network.down, network.across, options)
    ys = _borders(network.across, network.down, options)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > options.most_fields:
        return None
    lattice = Lattice(
        xs=xs,
        ys=ys,
        right_walls=_right_walls(network.down, xs, ys, options),
        lower_walls=_lower_walls(network.across, xs, ys, options),
    )
    return _without_slivers(_without_idle_borders(lattice), options)


def _borders(
    rules: Sequence[Rule], crossing: Sequence[Rule], options: GridOptions
) -> tuple[float, ...]:
    """Return the border positions along one direction, with those of open sides added."""
    borders = snap_positions([(rule.position, rule.length) for rule in rules], options.snap)
    before = [rule.start for rule in crossing if rule.start < borders[0] - options.open_side]
    after = [rule.end for rule in crossing if rule.end > borders[-1] + options.open_side]
    first = [_usual(before)] if len(before) > 1 else []
    last = [_usual(after)] if len(after) > 1 else []
    return (*first, *borders, *last)


def _usual(ends: list[float]) -> float:
    """Return the median: most rules of an open side end at its border."""
    return sorted(ends)[len(ends) // 2]


def snap_positions(weighted: Sequence[tuple[float, float]], width: float) -> tuple[float, ...]:
    """Return one position for each cluster of (position, weight) not wider than `width`."""
    clusters: list[list[tuple[float, float]]] = []
    for item in sorted(weighted):
        if not clusters or item[0] - clusters[-1][0][0] > width:
            clusters.append([])
        clusters[-1].append(item)
    return tuple(
        sum(place * weight for place, weight in cluster) / sum(weight for _, weight in cluster)
        for cluster in clusters
    )


def _right_walls(
    down: Sequence[Rule], xs: tuple[float, ...], ys: tuple[float, ...], options: GridOptions
) -> frozenset[tuple[int, int]]:
    by_border = _by_border(down, xs)
    return frozenset(
        (row, border - 1)
        for border in range(1, len(xs) - 1)
        for row in range(len(ys) - 1)
        if _covers(by_border[border], ys[row], ys[row + 1], options)
    )


def _lower_walls(
    across: Sequence[Rule], xs: tuple[float, ...], ys: tuple[float, ...], options: GridOptions
) -> frozenset[tuple[int, int]]:
    by_border = _by_border(across, ys)
    return frozenset(
        (border - 1, column)
        for border in range(1, len(ys) - 1)
        for column in range(len(xs) - 1)
        if _covers(by_border[border], xs[column], xs[column + 1], options)
    )


def _by_border(rules: Sequence[Rule], borders: tuple[float, ...]) -> list[list[Rule]]:
    """Return the rules that lie on each border, by their starts."""
    groups: list[list[Rule]] = [[] for _ in borders]
    for rule in sorted(rules, key=attrgetter("start")):
        right = min(bisect_left(borders, rule.position), len(borders) - 1)
        left = max(0, right - 1)
        is_left = rule.position - borders[left] <= borders[right] - rule.position
        groups[left if is_left else right].append(rule)
    return groups


def _covers(rules: Sequence[Rule], first: float, last: float, options: GridOptions) -> bool:
    """Tell whether rules on one border, by their starts, cover enough of an interval for a wall."""
    covered, reached = 0.0, first
    for _, _, rule_start, rule_end in rules:
        start, end = max(reached, rule_start), min(last, rule_end)
        if end > start:
            covered += end - start
            reached = end
    return covered >= options.wall_share * (last - first)


def _without_idle_borders(lattice: Lattice) -> Lattice:
    """Leave out inner borders on which no wall stands."""
    column_borders = {column + 1 for _, column in lattice.right_walls}
    row_borders = {row + 1 for row, _ in lattice.lower_walls}
    return drop_borders(
        lattice,
        frozenset(range(1, lattice.column_count)) - column_borders,
        frozenset(range(1, lattice.row_count)) - row_borders,
    )


def _without_slivers(lattice: Lattice, options: GridOptions) -> Lattice:
    """Leave out rows and columns too narrow for text: wide double rules."""
    columns = _sliver_borders(lattice.xs, options.narrowest)
    rows = _sliver_borders(lattice.ys, options.narrowest)
    moved_right = {(row, col + 1) for row, col in lattice.right_walls if col + 1 in columns}
    moved_down = {(row + 1, col) for row, col in lattice.lower_walls if row + 1 in rows}
    merged = Lattice(
        xs=lattice.xs,
        ys=lattice.ys,
        right_walls=lattice.right_walls | moved_right,
        lower_walls=lattice.lower_walls | moved_down,
    )
    return drop_borders(merged, columns, rows)


def _sliver_borders(borders: tuple[float, ...], narrowest: float) -> frozenset[int]:
    """Return the inner borders to leave out so that no sliver remains."""
    last = len(borders) - 1
    return frozenset(
        max(1, number)
        for number in range(last)
        if borders[number + 1] - borders[number] < narrowest and last > 1
    )


def drop_borders(lattice: Lattice, columns: frozenset[int], rows: frozenset[int]) -> Lattice:
    """Return the lattice without some of its inner column and row borders.

    A wall on a border that goes is lost; one along any of the fields that become one stays.
    """
    if not columns and not rows:
        return lattice
    new_column = _renumber(lattice.column_count, columns)
    new_row = _renumber(lattice.row_count, rows)
    return Lattice(
        xs=tuple(x for number, x in enumerate(lattice.xs) if number not in columns),
        ys=tuple(y for number, y in enumerate(lattice.ys) if number not in rows),
        right_walls=frozenset(
            (new_row[row], new_column[column])
            for row, column in lattice.right_walls
            if column + 1 not in columns
        ),
        lower_walls=frozenset(
            (new_row[row], new_column[column])
            for row, column in lattice.lower_walls
            if row + 1 not in rows
        ),
    )


def _renumber(count: int, dropped: frozenset[int]) -> list[int]:
    """Return the new number of each field when the borders `dropped` are gone."""
    numbers, current = [], 0
    for index in range(count):
        if index and index not in dropped:
            current += 1
        numbers.append(current)
    return numbers
