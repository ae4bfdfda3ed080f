"""Sums and averages of neighbouring places, and of every second, third ... place."""

from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from validate.discovery.chance import Chance
from validate.discovery.long_ranges import find_long_ranges
from validate.discovery.records import Candidate, Flags, Floats, Lines, Met, Places
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
    """Blocks of a list of places, each with a target that it met on some line."""

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
    tested = lines.nonzero[np.ix_(looked_at, targets)].sum(axis=0).astype(float)
    scale = scale_of(lines, looked_at)

    def blocks_of(met: Met) -> _Blocks:
        ends = (first[met.made], last[met.made], targets[met.target])
        if stride == 1:
            return _beside(listed, places, *ends, level)
        return _strided(listed, places, *ends, stride)

    sums, averages = _meet(lines, looked_at, places, (first, last), targets)
    blocks = blocks_of(sums)
    chance.learn("sum", targets, len(first), sums[blocks.allowed], tested)
    score = np.where(blocks.allowed, sums.score, 0.0)
    found = [
        _sum(blocks, places, int(at), stride) for at in promising(score, blocks.cost, scale, _MOST)
    ]
    blocks = blocks_of(averages)
    chance.learn("average", targets, len(first), averages[blocks.allowed], tested)
    if stride == 1:
        pairs = (blocks.last == blocks.first + 1) * 1.5
        cost = blocks.cost + 1 + np.where(blocks.gap > 0, 2, 0) + pairs
        score = np.where(blocks.allowed, averages.score, 0.0)
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
) -> tuple[Met, Met]:
    """Return what the lines say for sums and for averages of the blocks between two ends."""
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
