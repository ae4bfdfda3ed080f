"""Rules that touch each other, gathered into networks; a network is a possible table."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.grids.ruled_shapes import Box, Rule
from extract.options import GridOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Horizontal and vertical rules."""

    across: tuple[Rule, ...]
    """Horizontal rules."""
    down: tuple[Rule, ...]
    """Vertical rules."""

    @property
    def box(self) -> Box:
        """The smallest box around all rules."""
        return Box(
            x0=min(*(rule.start for rule in self.across), *(r.position for r in self.down)),
            y0=min(*(rule.start for rule in self.down), *(r.position for r in self.across)),
            x1=max(*(rule.end for rule in self.across), *(r.position for r in self.down)),
            y1=max(*(rule.end for rule in self.down), *(r.position for r in self.across)),
        )


def find_networks(
    across: tuple[Rule, ...], down: tuple[Rule, ...], options: GridOptions
) -> tuple[Network, ...]:
    """Gather rules that cross or meet; networks of two level rules and an upright one or more."""
    rows = sorted(across, key=lambda rule: (rule.position, rule.start))
    columns = sorted(down, key=lambda rule: (rule.position, rule.start))
    roots = list(range(len(rows) + len(columns)))
    _link_crossings(rows, columns, roots, options)
    members: defaultdict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate([*rows, *columns]):
        members[find_root(roots, number)][number >= len(rows)].append(rule)
    return tuple(
        Network(across=tuple(horizontal), down=tuple(vertical))
        for horizontal, vertical in members.values()
        if len(horizontal) > 1 and vertical
    )


def find_root(roots: list[int], number: int) -> int:
    """Return the number that stands for a group, shortening the way there."""
    while roots[number] != number:
        roots[number] = roots[roots[number]]
        number = roots[number]
    return number


def unite(roots: list[int], one: int, other: int) -> None:
    """Make two groups one; the smaller number stands for both."""
    first, second = find_root(roots, one), find_root(roots, other)
    roots[max(first, second)] = min(first, second)


def gather_touching(boxes: Sequence[Box], gap: float) -> list[list[Box]]:
    """Gather boxes that touch each other or leave no more than `gap` between them."""
    ordered = sorted(boxes, key=lambda box: box.y0)
    roots = list(range(len(ordered)))
    for index, box in enumerate(ordered):
        for other in range(index + 1, len(ordered)):
            if ordered[other].y0 > box.y1 + gap:
                break
            if box.x0 <= ordered[other].x1 + gap and ordered[other].x0 <= box.x1 + gap:
                unite(roots, index, other)
    groups: defaultdict[int, list[Box]] = defaultdict(list)
    for index, box in enumerate(ordered):
        groups[find_root(roots, index)].append(box)
    return list(groups.values())


def _link_crossings(
    rows: list[Rule], columns: list[Rule], roots: list[int], options: GridOptions
) -> None:
    heights = [rule.position for rule in rows]
    for number, column in enumerate(columns, start=len(rows)):
        first = bisect_left(heights, column.start - options.touch)
        last = bisect_right(heights, column.end + options.touch)
        for index in range(first, last):
            row = rows[index]
            if row.start - options.touch <= column.position <= row.end + options.touch:
                unite(roots, index, number)
