"""Sums and averages of neighbouring places, and of every second, third ... place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from typing import Final, Literal

import numpy as np

from validate.discovery.chance import Chance
from validate.discovery.long_ranges import find_long_ranges
from validate.discovery.records import Candidate, Flags, Floats, Lines, Met, Operator, Places
from validate.discovery.search import (
    LN_TWO_SIDES_TWO_ENDS,
    lines_for,
    near,
    promising,
    running,
    scale_of,
    sum_up,
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
    """Blocks of listed places, by their numbers in the list, each with a target that it met."""

    first: Places
    last: Places
    target: Places
    allowed: Flags
    gap: Floats
    cost: Floats


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
    if len(listed) > _LONG * stride:
        return find_long_ranges(lines, listed, level) if stride == 1 else []
    blocks = [_ends(start, len(listed), stride) for start in range(stride)]
    first, last = np.concatenate(blocks, axis=1)
    targets = lines.places
    looked_at = lines_for(lines, blocks[0].shape[1] * len(targets))
    if len(listed) < 3 or not len(looked_at):
        return []
    sums, averages = _meet(lines, looked_at, listed, (first, last), stride)
    search = _Search(lines=lines, looked_at=looked_at, chance=chance, listed=listed)
    found: list[Candidate] = []
    for before, behind in pairwise(np.cumsum([0, *(one.shape[1] for one in blocks)])):
        ends = (first[before:behind], last[before:behind])
        found.extend(_sums_of(search, ends, sums.part(before, behind), stride, level))
        found.extend(_averages_of(search, ends, averages.part(before, behind), stride, level))
    return found


def _ends(start: int, count: int, stride: int) -> Places:
    """Return the first and the last places of the blocks of every second, third ... place."""
    run = np.arange(start, count, stride)
    return run[np.array(np.triu_indices(len(run), 1))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What is searched for blocks."""

    lines: Lines
    looked_at: Places
    chance: Chance
    listed: Places

    @property
    def scale(self) -> float:
        return scale_of(self.lines, self.looked_at)

    def learn(self, trial: Literal["sum", "average"], count: int, met: Met) -> None:
        """Take in how often `count` blocks met their targets."""
        targets = self.lines.places
        tells = self.lines.nonzero[np.ix_(self.looked_at, targets)]
        self.chance.learn(trial, targets, count, met, tells.sum(axis=0).astype(float))

    def blocks(self, ends: tuple[Places, Places], met: Met, stride: int, level: int) -> _Blocks:
        which = (ends[0][met.made], ends[1][met.made], self.lines.places[met.target])
        if stride == 1:
            return _beside(self.listed, *which, level)
        return _strided(self.listed, *which, stride)


def _sums_of(
    search: _Search, ends: tuple[Places, Places], met: Met, stride: int, level: int
) -> Iterator[Candidate]:
    blocks = search.blocks(ends, met, stride, level)
    search.learn("sum", len(ends[0]), met[blocks.allowed])
    score = np.where(blocks.allowed, met.score, 0.0)
    for at in promising(score, blocks.cost, search.scale, _MOST):
        yield _candidate("sum", search.listed, blocks, int(at), stride)


def _averages_of(
    search: _Search, ends: tuple[Places, Places], met: Met, stride: int, level: int
) -> Iterator[Candidate]:
    """Yield the averages of neighbours; of other places it is only learned how often they meet."""
    blocks = search.blocks(ends, met, stride, level)
    search.learn("average", len(ends[0]), met[blocks.allowed])
    if stride > 1:
        return
    pairs = (blocks.last == blocks.first + 1) * 1.5
    dearer = replace(blocks, cost=blocks.cost + 1 + np.where(blocks.gap > 0, 2, 0) + pairs)
    score = np.where(blocks.allowed, met.score, 0.0)
    for at in promising(score, dearer.cost, search.scale, _MOST):
        yield _candidate("average", search.listed, dearer, int(at), stride)


def _beside(listed: Places, first: Places, last: Places, target: Places, level: int) -> _Blocks:
    """Blocks of neighbours: cheap beside their target, cheapest where the table breaks off."""
    begin, end = listed[first], listed[last]
    gap = _gap(listed, first, last, target)
    breaks = np.diff(listed) > 1
    inner = np.cumsum(np.concatenate([[0], breaks])) if level == 0 else np.zeros(len(listed))
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


def _strided(listed: Places, first: Places, last: Places, target: Places, stride: int) -> _Blocks:
    """Every second, third ... place: columns of one kind in a table that repeats its columns."""
    begin, end = listed[first], listed[last]
    gap = _gap(listed, first, last, target)
    gap = np.where((target >= begin) & (target <= end), stride, gap)
    own = np.searchsorted(listed, target)
    listed_here = (own < len(listed)) & (listed[np.minimum(own, len(listed) - 1)] == target)
    listed_here &= own % stride == first % stride
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


def _gap(listed: Places, first: Places, last: Places, target: Places) -> Floats:
    """Return how many listed places lie between each block and its target."""
    behind = np.searchsorted(listed, target) - np.searchsorted(listed, listed[last]) - 1
    before = np.searchsorted(listed, listed[first]) - np.searchsorted(listed, target, "right")
    return np.where(target > listed[last], behind, before).astype(float)


def _meet(
    lines: Lines, looked_at: Places, listed: Places, ends: tuple[Places, Places], stride: int
) -> tuple[Met, Met]:
    """Return what the lines say for sums and for averages of the blocks between two ends."""
    spot, goal = np.ix_(looked_at, listed), np.ix_(looked_at, lines.places)
    total, filled, nonzero, error = (
        sums[:, ends[1] + stride] - sums[:, ends[0]]
        for sums in (
            running(lines.values[spot], stride),
            running(lines.filled[spot], stride),
            running(lines.nonzero[spot], stride),
            running(lines.steps[spot] ** 2 * lines.nonzero[spot], stride),
        )
    )
    error = np.maximum(error, 0)
    target, step = lines.values[goal], np.maximum(lines.steps[goal], SMALLEST)
    tells = lines.nonzero[goal]
    value = worth(target, step, lines.filled[goal])
    close = CLOSE * np.abs(target)
    largest = np.max(step, axis=1, keepdims=True)
    closest = np.max(close, axis=1, keepdims=True)
    made = np.where(nonzero > 1, total, np.nan)
    reach = 3.2 * np.sqrt((error + largest**2) / 12) + largest + 2 * closest
    one = near(made, target, reach, tells)
    unit = step[one.line, one.target]
    deviation = np.sqrt((error[one.line, one.made] + unit**2) / 12)
    gap = np.abs(made[one.line, one.made] - target[one.line, one.target])
    sums = one[gap <= 3.2 * deviation + 0.3 * unit + close[one.line, one.target]]
    made = np.where(filled > 1, total / np.maximum(filled, 1), np.nan)
    one = near(made, target, np.broadcast_to(2 * largest + closest, made.shape), tells)
    gap = np.abs(made[one.line, one.made] - target[one.line, one.target])
    averages = one[gap <= 1.01 * step[one.line, one.target]]
    return sum_up(sums, value), sum_up(averages, value)


def _candidate(
    operator: Operator, listed: Places, blocks: _Blocks, at: int, stride: int
) -> Candidate:
    places = listed[blocks.first[at] : blocks.last[at] + 1 : stride]
    return Candidate(
        operator=operator,
        target=int(blocks.target[at]),
        operands=tuple(int(place) for place in places),
        cost=float(blocks.cost[at]),
        family="range" if stride == 1 else "stride",
        gap=max(0.0, float(blocks.gap[at]) - (stride - 1)),
    )
