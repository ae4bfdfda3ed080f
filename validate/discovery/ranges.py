"""Sums and averages of neighbouring places, and of every second, third ... place."""

from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from validate.discovery.chance import Chance
from validate.discovery.long_ranges import find_long_ranges
from validate.discovery.records import Candidate, Flags, Floats, Lines, Places
from validate.discovery.search import (
    LN_TWO_SIDES_TWO_ENDS,
    lines_for,
    near,
    promising,
    running,
    scale_of,
    worth,
)
from validate.discovery.weigh import CLOSE, SMALLEST

_LONG: Final = 130
"""Places from which on only blocks beside their target are tried."""
_MOST = 1500
_BREAK: Final = 0.7
_MOST_BREAKS = 3
_LEVEL: Final = 0.3
_STRIDE: Final = 2.0
_WIDE_STRIDE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blocks:
    """Blocks of a list of places, each with a target that it met on some line."""

    first: Places
    last: Places
    target: Places
    allowed: Flags
    gap: Floats
    cost: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """What the lines say for each block (row) and target (column), and how often they meet."""

    score: Floats
    hits: Floats

    def add(self, blocks: Places, targets: Places, value: Floats) -> None:
        """Take in the blocks that met a target on one line, and what that tells."""
        self.score[blocks, targets] += value
        self.hits[blocks, targets] += 1


def find_ranges(
    lines: Lines, chance: Chance, listed: Places, stride: int = 1, level: int = 0
) -> list[Candidate]:
    """Return the sums (and for stride 1 the averages) of blocks of the listed places.

    Args:
        lines: the grid seen one way.
        chance: takes in how often blocks meet their targets.
        listed: the places that may be operands: all of them, or those that no sub-total covers.
        stride: 1 for neighbours in the list, 2 for every second one.
        level: how many times places were left out before; deeper readings cost more.
    """
    found: list[Candidate] = []
    for start in range(stride):
        places = listed[start::stride]
        if len(places) > _LONG:
            found.extend(find_long_ranges(lines, places, level) if stride == 1 else ())
        elif len(places) > 1 and len(listed) > 2:
            found.extend(_find_blocks(lines, chance, listed, places, stride, level))
    return found


def _find_blocks(
    lines: Lines, chance: Chance, listed: Places, places: Places, stride: int, level: int
) -> list[Candidate]:
    targets = lines.places
    first, last = np.triu_indices(len(places), 1)
    looked_at = lines_for(lines, len(first) * len(targets))
    if not len(looked_at):
        return []
    sums, averages = _meet(lines, looked_at, places, (first, last), targets)
    rows, columns = np.nonzero(sums.hits + averages.hits)
    met = (first[rows], last[rows], targets[columns])
    blocks = (
        _beside(listed, places, *met, level)
        if stride == 1
        else _strided(listed, places, *met, stride)
    )
    tested = lines.nonzero[np.ix_(looked_at, targets)].sum(axis=0).astype(float)
    for one in (sums, averages):
        one.hits[rows[~blocks.allowed], columns[~blocks.allowed]] = 0
    chance.learn("sum", targets, sums.hits, tested)
    chance.learn("average", targets, averages.hits, tested)
    scale = scale_of(lines, looked_at)
    score = np.where(blocks.allowed, sums.score[rows, columns], 0.0)
    found = [
        _sum(blocks, places, int(at), stride) for at in promising(score, blocks.cost, scale, _MOST)
    ]
    if stride == 1:
        pairs = (blocks.last == blocks.first + 1) * 1.5
        cost = blocks.cost + 1 + np.where(blocks.gap > 0, 2, 0) + pairs
        score = np.where(blocks.allowed, averages.score[rows, columns], 0.0)
        found.extend(
            _average(blocks, cost, places, int(at)) for at in promising(score, cost, scale, _MOST)
        )
    return found


def _beside(
    listed: Places, places: Places, first: Places, last: Places, target: Places, level: int
) -> _Blocks:
    """Blocks of neighbours: cheap beside their target, cheapest where the table breaks off."""
    begin, end = places[first], places[last]
    gap = _gap(listed, places, first, last, target)
    breaks = np.diff(places) > 1
    inner = np.cumsum(np.concatenate([[0], breaks])) if level == 0 else np.zeros(len(places))
    broken = _BREAK * np.minimum(inner[last] - inner[first], _MOST_BREAKS)
    deep = _LEVEL * level
    cost = (
        broken
        + log(2 * len(listed))
        + np.where(gap > 0, 1 + 2 * np.log1p(np.maximum(gap, 0)), 0)
        + deep
    )
    edges = np.concatenate([[True], breaks, [True]])
    is_whole = np.where(target > end, edges[first], edges[last + 1]) & (gap == 0)
    cost = np.where(is_whole, np.minimum(cost, LN_TWO_SIDES_TWO_ENDS + broken + deep), cost)
    return _Blocks(
        first=first,
        last=last,
        target=target,
        allowed=(target < begin) | (target > end),
        gap=gap,
        cost=cost,
    )


def _strided(
    listed: Places, places: Places, first: Places, last: Places, target: Places, stride: int
) -> _Blocks:
    """Every second, third ... place: columns of one kind in a table that repeats its columns."""
    begin, end = places[first], places[last]
    gap = _gap(listed, places, first, last, target)
    gap = np.where((target >= begin) & (target <= end), stride, gap)
    own = np.searchsorted(places, target)
    listed_here = (own < len(places)) & (places[np.minimum(own, len(places) - 1)] == target)
    taken = listed_here & (first <= own) & (last >= own)
    wide = _STRIDE if stride > _WIDE_STRIDE else 0.0
    cost = log(2 * len(listed)) + _STRIDE + log(stride) + wide
    return _Blocks(
        first=first,
        last=last,
        target=target,
        allowed=~taken,
        gap=gap,
        cost=cost + np.where(gap >= stride, 0.5 + np.log1p(np.maximum(gap, 0)), 0),
    )


def _gap(listed: Places, places: Places, first: Places, last: Places, target: Places) -> Floats:
    """Return how many listed places lie between each block and its target."""
    behind = np.searchsorted(listed, target) - np.searchsorted(listed, places[last]) - 1
    before = np.searchsorted(listed, places[first]) - np.searchsorted(listed, target, "right")
    return np.where(target > places[last], behind, before).astype(float)


def _meet(
    lines: Lines, looked_at: Places, places: Places, ends: tuple[Places, Places], targets: Places
) -> tuple[_Met, _Met]:
    """Return what the lines say for sums and for averages of the blocks between two ends.

    Of the blocks of a line only those are held against a target that come near it.
    """
    spot, goal = np.ix_(looked_at, places), np.ix_(looked_at, targets)
    total, filled, nonzero, error = (
        sums[:, ends[1] + 1] - sums[:, ends[0]]
        for sums in (
            running(lines.values[spot]),
            running(lines.filled[spot]),
            running(lines.nonzero[spot]),
            running(lines.steps[spot] ** 2 * lines.nonzero[spot]),
        )
    )
    error = np.maximum(error, 0)
    target, step = lines.values[goal], np.maximum(lines.steps[goal], SMALLEST)
    tells = lines.nonzero[goal]
    value = worth(target, step, lines.filled[goal])
    mean = total / np.maximum(filled, 1)
    shape = (len(ends[0]), len(targets))
    sums, averages = (_Met(score=np.zeros(shape), hits=np.zeros(shape)) for _ in range(2))
    for line in range(len(looked_at)):
        own = np.flatnonzero(tells[line])
        if not len(own):
            continue
        goals, unit, gain = target[line, own], step[line, own], value[line, own]
        largest, close = unit.max(), CLOSE * np.abs(goals)
        some = np.flatnonzero(nonzero[line] > 1)
        made, loose = total[line, some], error[line, some]
        reach = 3.2 * np.sqrt((loose + largest**2) / 12) + largest + 2 * close.max()
        block, at = near(made, goals, reach)
        deviation = np.sqrt((loose[block] + unit[at] ** 2) / 12)
        met = np.abs(made[block] - goals[at]) <= 3.2 * deviation + 0.3 * unit[at] + close[at]
        sums.add(some[block[met]], own[at[met]], gain[at[met]])
        some = np.flatnonzero(filled[line] > 1)
        made = mean[line, some]
        block, at = near(made, goals, np.full(len(made), 2 * largest + close.max()))
        met = np.abs(made[block] - goals[at]) <= 1.01 * unit[at]
        averages.add(some[block[met]], own[at[met]], gain[at[met]])
    return sums, averages


def _sum(blocks: _Blocks, places: Places, at: int, stride: int) -> Candidate:
    return Candidate(
        operator="sum",
        target=int(blocks.target[at]),
        operands=_operands(blocks, places, at),
        cost=float(blocks.cost[at]),
        family="range" if stride == 1 else "stride",
        gap=max(0.0, float(blocks.gap[at]) - (stride - 1)),
    )


def _average(blocks: _Blocks, cost: Floats, places: Places, at: int) -> Candidate:
    return Candidate(
        operator="average",
        target=int(blocks.target[at]),
        operands=_operands(blocks, places, at),
        cost=float(cost[at]),
        family="range",
        gap=max(0.0, float(blocks.gap[at])),
    )


def _operands(blocks: _Blocks, places: Places, at: int) -> tuple[int, ...]:
    return tuple(int(place) for place in places[blocks.first[at] : blocks.last[at] + 1])
