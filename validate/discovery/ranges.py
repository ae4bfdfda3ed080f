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
    """All blocks of a list of places (rows) against all targets (columns)."""

    first: Places
    last: Places
    targets: Places
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
    blocks = (
        _beside(listed, places, first, last, targets, level)
        if stride == 1
        else _strided(listed, places, first, last, targets, stride)
    )
    sums, averages, sum_hits, average_hits = _meet(lines, looked_at, places, blocks)
    tested = _tells(lines, looked_at, targets).sum(axis=0).astype(float)
    chance.learn("sum", targets, np.where(blocks.allowed, sum_hits, 0), tested)
    chance.learn("average", targets, np.where(blocks.allowed, average_hits, 0), tested)
    scale = scale_of(lines, looked_at)
    which = promising(sums, blocks.cost, blocks.allowed, scale, _MOST)
    found = [_sum(blocks, places, *spot, stride) for spot in zip(*which, strict=True)]
    if stride == 1:
        pairs = (last == first + 1)[:, None] * 1.5
        cost = blocks.cost + 1 + np.where(blocks.gap > 0, 2, 0) + pairs
        which = promising(averages, cost, blocks.allowed, scale, _MOST)
        found.extend(_average(blocks, cost, places, *spot) for spot in zip(*which, strict=True))
    return found


def _beside(
    listed: Places, places: Places, first: Places, last: Places, targets: Places, level: int
) -> _Blocks:
    """Blocks of neighbours: cheap beside their target, cheapest where the table breaks off."""
    begin, end, target = places[first][:, None], places[last][:, None], targets[None, :]
    gap = _gap(listed, places, first, last, targets)
    breaks = np.diff(places) > 1
    inner = np.cumsum(np.concatenate([[0], breaks])) if level == 0 else np.zeros(len(places))
    broken = _BREAK * np.minimum(inner[last] - inner[first], _MOST_BREAKS)[:, None]
    deep = _LEVEL * level
    cost = (
        broken
        + log(2 * len(listed))
        + np.where(gap > 0, 1 + 2 * np.log1p(np.maximum(gap, 0)), 0)
        + deep
    )
    edges = np.concatenate([[True], breaks, [True]])
    is_whole = np.where(target > end, edges[first][:, None], edges[last + 1][:, None]) & (gap == 0)
    cost = np.where(is_whole, np.minimum(cost, LN_TWO_SIDES_TWO_ENDS + broken + deep), cost)
    return _Blocks(
        first=first,
        last=last,
        targets=targets,
        allowed=(target < begin) | (target > end),
        gap=gap,
        cost=cost,
    )


def _strided(
    listed: Places, places: Places, first: Places, last: Places, targets: Places, stride: int
) -> _Blocks:
    """Every second, third ... place: columns of one kind in a table that repeats its columns."""
    begin, end, target = places[first][:, None], places[last][:, None], targets[None, :]
    gap = _gap(listed, places, first, last, targets)
    gap = np.where((target >= begin) & (target <= end), stride, gap)
    own = np.searchsorted(places, targets)
    listed_here = (own < len(places)) & (places[np.minimum(own, len(places) - 1)] == targets)
    taken = listed_here & (first[:, None] <= own) & (last[:, None] >= own)
    wide = _STRIDE if stride > _WIDE_STRIDE else 0.0
    cost = log(2 * len(listed)) + _STRIDE + log(stride) + wide
    return _Blocks(
        first=first,
        last=last,
        targets=targets,
        allowed=~taken,
        gap=gap,
        cost=cost + np.where(gap >= stride, 0.5 + np.log1p(np.maximum(gap, 0)), 0),
    )


def _gap(listed: Places, places: Places, first: Places, last: Places, targets: Places) -> Floats:
    """Return how many listed places lie between each block and each target."""
    behind = (
        np.searchsorted(listed, targets)[None, :]
        - np.searchsorted(listed, places[last])[:, None]
        - 1
    )
    before = np.searchsorted(listed, places[first])[:, None] - np.searchsorted(
        listed, targets, "right"
    )
    return np.where(targets[None, :] > places[last][:, None], behind, before).astype(float)


def _tells(lines: Lines, looked_at: Places, targets: Places) -> Flags:
    return lines.nonzero[np.ix_(looked_at, targets)]


def _meet(
    lines: Lines, looked_at: Places, places: Places, blocks: _Blocks
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what the lines say for sums and for averages, and how often each is met."""
    spot, goal = np.ix_(looked_at, places), np.ix_(looked_at, blocks.targets)
    after, before = blocks.last + 1, blocks.first
    total, filled, nonzero, error = (
        ends[:, after] - ends[:, before]
        for ends in (
            running(lines.values[spot]),
            running(lines.filled[spot]),
            running(lines.nonzero[spot]),
            running(lines.steps[spot] ** 2 * lines.nonzero[spot]),
        )
    )
    target, step = lines.values[goal], np.maximum(lines.steps[goal], SMALLEST)
    tells = _tells(lines, looked_at, blocks.targets)
    value = worth(target, step, lines.filled[goal])
    shape = (len(blocks.first), len(blocks.targets))
    sums, averages, sum_hits, average_hits = (np.zeros(shape) for _ in range(4))
    mean = total / np.maximum(filled, 1)
    for line in range(len(looked_at)):
        deviation = np.sqrt((np.maximum(error[line], 0)[:, None] + step[line] ** 2) / 12)
        reach = 3.2 * deviation + 0.3 * step[line] + CLOSE * np.abs(target[line])
        met = (np.abs(total[line][:, None] - target[line]) <= reach) & (nonzero[line] > 1)[:, None]
        sums += met * value[line]
        sum_hits += met & tells[line]
        met = np.abs(mean[line][:, None] - target[line]) <= 1.01 * step[line]
        met &= (filled[line] > 1)[:, None]
        averages += met * value[line]
        average_hits += met & tells[line]
    return sums, averages, sum_hits, average_hits


def _sum(blocks: _Blocks, places: Places, block: int, target: int, stride: int) -> Candidate:
    return Candidate(
        operator="sum",
        target=int(blocks.targets[target]),
        operands=_operands(blocks, places, block),
        cost=float(blocks.cost[block, target]),
        family="range" if stride == 1 else "stride",
        gap=max(0.0, float(blocks.gap[block, target]) - (stride - 1)),
    )


def _average(blocks: _Blocks, cost: Floats, places: Places, block: int, target: int) -> Candidate:
    return Candidate(
        operator="average",
        target=int(blocks.targets[target]),
        operands=_operands(blocks, places, block),
        cost=float(cost[block, target]),
        family="range",
        gap=max(0.0, float(blocks.gap[block, target])),
    )


def _operands(blocks: _Blocks, places: Places, block: int) -> tuple[int, ...]:
    return tuple(int(at) for at in places[blocks.first[block] : blocks.last[block] + 1])
