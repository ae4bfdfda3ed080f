"""Sums and averages of neighbouring places, and of every second, third ... place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
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
_NEIGHBOURS = (1,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spans:
    """All blocks of the listed places, one family of them after the other.

    A family holds the blocks of one stride that begin at the same of every so many places.
    """

    first: Places
    last: Places
    stride: Places
    sizes: Places
    """How many blocks each family has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blocks:
    """Blocks of listed places, by their numbers in the list, each with a target that it met."""

    first: Places
    last: Places
    stride: Places
    target: Places
    allowed: Flags
    gap: Floats
    cost: Floats


def find_ranges(
    lines: Lines,
    chance: Chance,
    listed: Places,
    strides: Sequence[int] = _NEIGHBOURS,
    level: int = 0,
) -> list[Candidate]:
    """Return the sums (and for stride 1 the averages) of blocks of the listed places.

    Args:
        lines: the grid seen one way.
        chance: takes in how often blocks meet their targets.
        listed: the places that may be operands: all of them, or those that no sub-total covers.
        strides: 1 for neighbours in the list, 2 for every second one; in ascending order. In a
            long list only neighbours are tried.
        level: how many times places were left out before; deeper readings cost more.
    """
    if len(listed) > _LONG:
        return find_long_ranges(lines, listed, level)
    if len(listed) < 3:
        return []
    found: list[Candidate] = []
    for looked_at, together in groupby(strides, lambda one: _lines_for(lines, listed, one)):
        search = _Search(lines=lines, looked_at=np.array(looked_at), chance=chance, listed=listed)
        found.extend(_found_by(search, _spans(len(listed), tuple(together)), level))
    return found


def _lines_for(lines: Lines, listed: Places, stride: int) -> tuple[int, ...]:
    longest = -(-len(listed) // stride)
    return tuple(lines_for(lines, longest * (longest - 1) // 2 * len(lines.places)))


@lru_cache(maxsize=64)
def _spans(count: int, strides: tuple[int, ...]) -> _Spans:
    """Return the blocks of every place, every second, third ... place of so many."""
    first, last = np.triu_indices(count, 1)
    chosen: list[Places] = []
    sizes: list[Places] = []
    for stride in strides:
        own = np.flatnonzero((last - first) % stride == 0)
        family = first[own] % stride
        chosen.append(own[np.argsort(family, kind="stable")])
        sizes.append(np.bincount(family, minlength=stride))
    which = np.concatenate(chosen)
    return _Spans(
        first=first[which],
        last=last[which],
        stride=np.repeat(strides, [len(one) for one in chosen]),
        sizes=np.concatenate(sizes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What is searched for blocks."""

    lines: Lines
    looked_at: Places
    chance: Chance
    listed: Places

    def learn(self, trial: Literal["sum", "average"], spans: _Spans, met: Met) -> None:
        """Take in how often the blocks met their targets."""
        targets = self.lines.places
        tells = self.lines.nonzero[np.ix_(self.looked_at, targets)]
        self.chance.learn(trial, targets, spans.sizes, met, tells.sum(axis=0).astype(float))

    def best(self, spans: _Spans, met: Met, score: Floats, cost: Floats) -> Places:
        """Return which blocks could be believed, of each family no more than the best."""
        scale = scale_of(self.lines, self.looked_at)
        kept = promising(score, cost, scale, len(score))
        if len(kept) <= _MOST:
            return kept
        ends = np.searchsorted(met.made, np.cumsum([0, *spans.sizes]))
        return np.concatenate(
            [
                start + promising(score[start:end], cost[start:end], scale, _MOST)
                for start, end in pairwise(ends)
            ]
        )

    def blocks(self, spans: _Spans, met: Met, level: int) -> _Blocks:
        """Return the blocks that met a target, with what each of them costs."""
        first, last, stride = (x[met.made] for x in (spans.first, spans.last, spans.stride))
        target = self.lines.places[met.target]
        begin, end = self.listed[first], self.listed[last]
        is_outside = (target < begin) | (target > end)
        gap = np.where(is_outside, _gap(self.listed, first, last, target), stride)
        beside = _cost_beside(self.listed, first, last, target, gap, level)
        strided = _cost_strided(self.listed, stride, gap)
        taken = _is_taken(self.listed, first, last, stride, target)
        return _Blocks(
            first=first,
            last=last,
            stride=stride,
            target=target,
            allowed=np.where(stride == 1, is_outside, ~taken),
            gap=gap,
            cost=np.where(stride == 1, beside, strided),
        )


def _found_by(search: _Search, spans: _Spans, level: int) -> Iterator[Candidate]:
    if not len(search.looked_at):
        return
    sums, averages = _meet(search.lines, search.looked_at, search.listed, spans)
    yield from _sums_of(search, spans, sums, level)
    yield from _averages_of(search, spans, averages, level)


def _sums_of(search: _Search, spans: _Spans, met: Met, level: int) -> Iterator[Candidate]:
    blocks = search.blocks(spans, met, level)
    search.learn("sum", spans, met[blocks.allowed])
    score = np.where(blocks.allowed, met.score, 0.0)
    for at in search.best(spans, met, score, blocks.cost):
        yield _candidate("sum", search.listed, blocks, int(at))


def _averages_of(search: _Search, spans: _Spans, met: Met, level: int) -> Iterator[Candidate]:
    """Yield the averages of neighbours; of other places it is only learned how often they meet."""
    blocks = search.blocks(spans, met, level)
    search.learn("average", spans, met[blocks.allowed])
    pairs = (blocks.last == blocks.first + 1) * 1.5
    dearer = replace(blocks, cost=blocks.cost + 1 + np.where(blocks.gap > 0, 2, 0) + pairs)
    score = np.where(blocks.allowed & (blocks.stride == 1), met.score, 0.0)
    for at in search.best(spans, met, score, dearer.cost):
        yield _candidate("average", search.listed, dearer, int(at))


def _cost_beside(
    listed: Places, first: Places, last: Places, target: Places, gap: Floats, level: int
) -> Floats:
    """Return what neighbours cost: little beside their target, least where the table breaks off."""
    breaks = np.diff(listed) > 1
    inner = np.cumsum(np.concatenate([[0], breaks])) if level == 0 else np.zeros(len(listed))
    broken = _BREAK * np.minimum(inner[last] - inner[first], _MOST_BREAKS)
    deep = _LEVEL * level
    cost = broken + log(2 * len(listed)) + np.where(gap > 0, 1 + 2 * np.log1p(gap), 0) + deep
    edges = np.concatenate([[True], breaks, [True]])
    is_whole = np.where(target > listed[last], edges[first], edges[last + 1]) & (gap == 0)
    return np.where(is_whole, np.minimum(cost, LN_TWO_SIDES_TWO_ENDS + broken + deep), cost)


def _cost_strided(listed: Places, stride: Places, gap: Floats) -> Floats:
    """Return what every second, third ... place costs: columns of one kind, printed again."""
    wide = np.where(stride > _WIDE_STRIDE, _STRIDE, 0.0)
    cost = log(2 * len(listed)) + _STRIDE + np.log(stride) + wide
    result: Floats = cost + np.where(gap >= stride, 0.5 + np.log1p(gap), 0)
    return result


def _is_taken(listed: Places, first: Places, last: Places, stride: Places, target: Places) -> Flags:
    """Tell which targets are among the places of their block."""
    own = np.searchsorted(listed, target)
    is_listed = (own < len(listed)) & (listed[np.minimum(own, len(listed) - 1)] == target)
    taken: Flags = is_listed & (own % stride == first % stride) & (first <= own) & (last >= own)
    return taken


def _gap(listed: Places, first: Places, last: Places, target: Places) -> Floats:
    """Return how many listed places lie between each block and a target outside of it."""
    behind = np.searchsorted(listed, target) - last - 1
    before = first - np.searchsorted(listed, target, "right")
    return np.where(target > listed[last], behind, before).astype(float)


def _meet(lines: Lines, looked_at: Places, listed: Places, spans: _Spans) -> tuple[Met, Met]:
    """Return what the lines say for sums and for averages of the blocks."""
    spot, goal = np.ix_(looked_at, listed), np.ix_(looked_at, lines.places)
    values, filled, nonzero = lines.values[spot], lines.filled[spot], lines.nonzero[spot]
    squares = lines.steps[spot] ** 2 * nonzero
    stacked = _sums_between(np.concatenate([values, filled, nonzero, squares]), spans)
    total, count, amounts, error = np.split(stacked, 4)
    error = np.maximum(error, 0)
    target, step = lines.values[goal], np.maximum(lines.steps[goal], SMALLEST)
    tells = lines.nonzero[goal]
    value = worth(target, step, lines.filled[goal])
    close = CLOSE * np.abs(target)
    largest = np.max(step, axis=1, keepdims=True)
    closest = np.max(close, axis=1, keepdims=True)
    made = np.where(amounts > 1, total, np.nan)
    reach = 3.2 * np.sqrt((error + largest**2) / 12) + largest + 2 * closest
    one = near(made, target, reach, tells)
    unit = step[one.line, one.target]
    deviation = np.sqrt((error[one.line, one.made] + unit**2) / 12)
    gap = np.abs(made[one.line, one.made] - target[one.line, one.target])
    sums = one[gap <= 3.2 * deviation + 0.3 * unit + close[one.line, one.target]]
    made = np.where(count > 1, total / np.maximum(count, 1), np.nan)
    one = near(made, target, np.broadcast_to(2 * largest + closest, made.shape), tells)
    gap = np.abs(made[one.line, one.made] - target[one.line, one.target])
    averages = one[gap <= 1.01 * step[one.line, one.target]]
    return sum_up(sums, value), sum_up(averages, value)


def _sums_between(values: Floats, spans: _Spans) -> Floats:
    """Return what each block makes on each line, as the difference of two running sums."""
    made = np.empty((len(values), len(spans.first)))
    for stride in np.unique(spans.stride):
        own = spans.stride == stride
        sums = running(values, int(stride))
        made[:, own] = sums[:, spans.last[own] + stride] - sums[:, spans.first[own]]
    return made


def _candidate(operator: Operator, listed: Places, blocks: _Blocks, at: int) -> Candidate:
    stride = int(blocks.stride[at])
    places = listed[blocks.first[at] : blocks.last[at] + 1 : stride]
    return Candidate(
        operator=operator,
        target=int(blocks.target[at]),
        operands=tuple(int(place) for place in places),
        cost=float(blocks.cost[at]),
        family="range" if stride == 1 else "stride",
        gap=max(0.0, float(blocks.gap[at]) - (stride - 1)),
    )
