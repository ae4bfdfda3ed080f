"""Sums and averages in long tables: blocks beside their target, found through running sums."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from validate.discovery.cues import is_cued
from validate.discovery.records import Candidate, Flags, Floats, Lines, Places
from validate.discovery.search import ENOUGH, LN_TWO_SIDES_TWO_ENDS, lines_for, running
from validate.discovery.weigh import SMALLEST

_WIDEST_GAP: Final = 3
_NEAREST = 6
_MOST_MATCHES = 200
_MOST = 3000
_MOST_AVERAGES = 1500
_REACH = 300
_AVERAGE_LINES = 12
_AT_ONCE = 1000
"""So many targets are held against their blocks at a time, which need memory for each other."""
_UNNAMED_LINES = 3
"""On fewer lines no average is believed that no word names: none says enough (choose.py)."""

Block = tuple[int, int, int]
"""Target, first and one past the last operand, as numbers of the list."""


def find_long_ranges(lines: Lines, places: Places, level: int) -> list[Candidate]:
    """Return sums and averages of blocks that end within three places of their target.

    A block behind its target sums up to it where the running sum at its end is the running sum
    at its beginning plus the target: a look-up among the sorted running sums.
    """
    scores: dict[Block, float] = defaultdict(float)
    for line in lines_for(lines, 1):
        for block, gain in _sums_of(lines, places, int(line)):
            scores[block] += gain
    rated = [(score - _cost(places, block, level), block) for block, score in scores.items()]
    best = sorted((pair for pair in rated if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
    found = [_candidate(places, block, level) for _, block in best[:_MOST]]
    return [*found, *_averages(lines, places, log(2 * len(places)) + 0.3 * level)]


def _candidate(places: Places, block: Block, level: int) -> Candidate:
    target, begin, end = block
    return Candidate(
        operator="sum",
        target=int(places[target]),
        operands=tuple(int(at) for at in places[begin:end]),
        cost=_cost(places, block, level),
        family="range",
        gap=float(_gap(block)),
    )


def _gap(block: Block) -> int:
    target, begin, end = block
    return min(abs(target - end), abs(begin - target - 1))


def _cost(places: Places, block: Block, level: int) -> float:
    target, begin, end = block
    gap = _gap(block)
    cost = log(2 * len(places)) + (1 + 2 * log(1 + gap) if gap else 0) + 0.3 * level
    if target >= end:
        is_whole = begin == 0 or places[begin] - places[begin - 1] > 1
    else:
        is_whole = end >= len(places) or places[end] - places[end - 1] > 1
    return min(cost, LN_TWO_SIDES_TWO_ENDS + 0.3 * level) if is_whole and not gap else cost


def _sums_of(lines: Lines, places: Places, line: int) -> Iterator[tuple[Block, float]]:
    values, steps = lines.values[line, places], np.maximum(lines.steps[line, places], SMALLEST)
    nonzero = lines.nonzero[line, places]
    sums, counts = running(values[None, :])[0], running(nonzero[None, :])[0]
    order = np.argsort(sums, kind="stable")
    targets = np.flatnonzero(nonzero)
    if len(targets) < 2:
        return
    for gap in range(_WIDEST_GAP + 1):
        for is_before in (True, False):
            ends = targets - gap if is_before else targets + 1 + gap
            inside = ends >= 2 if is_before else ends <= len(places) - 2
            goal, own = targets[inside], ends[inside]
            wanted = sums[own] - values[goal] if is_before else sums[own] + values[goal]
            slack = 1.2 * steps[goal] + 2e-9 * np.abs(wanted)
            low = np.searchsorted(sums[order], wanted - slack)
            high = np.searchsorted(sums[order], wanted + slack, "right")
            for at in np.flatnonzero((high > low) & (high - low < _MOST_MATCHES)):
                gain = log(1 + abs(values[goal[at]]) / steps[goal[at]] / 2)
                others = order[low[at] : high[at]]
                for other in _nearest(others, int(own[at]), counts, is_before=is_before):
                    first, last = sorted((other, int(own[at])))
                    yield (int(goal[at]), first, last), gain


def _nearest(others: Places, own: int, counts: Floats, *, is_before: bool) -> list[int]:
    """Return the other ends of blocks with at least two figures, the shortest blocks first."""
    kept = others[others <= own - 2] if is_before else others[others >= own + 2]
    kept = kept[np.abs(counts[own] - counts[kept]) > 1]
    return [int(one) for one in kept[np.argsort(np.abs(kept - own), kind="stable")[:_NEAREST]]]


def _averages(lines: Lines, places: Places, cost: float) -> list[Candidate]:
    """Return the averages of the blocks that end right before their target or begin behind it."""
    looked_at = lines_for(lines, 1, _AVERAGE_LINES)
    filled = lines.filled[np.ix_(looked_at, places)]
    named = np.array([is_cued("average", lines.labels[place]) for place in places], dtype=bool)
    targets = np.flatnonzero(filled.any(axis=0) & (named | (filled.sum(axis=0) >= _UNNAMED_LINES)))
    scores: dict[Block, float] = defaultdict(float)
    for line in looked_at if len(targets) else ():
        strip = _strip_of(lines, places, int(line))
        for some in np.array_split(targets, len(targets) // _AT_ONCE + 1):
            for block, gain in (*_means(strip, some, -1), *_means(strip, some, 1)):
                scores[block] += gain
    scores = {block: score for block, score in scores.items() if score > cost + ENOUGH - 1}
    best = sorted(scores, key=lambda block: (-scores[block], block))[:_MOST_AVERAGES]
    return [
        Candidate(
            operator="average",
            target=int(places[target]),
            operands=tuple(int(at) for at in places[begin:end]),
            cost=cost,
            family="range",
        )
        for target, begin, end in best
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strip:
    """The figures of one line, with running sums up to before each of them."""

    values: Floats
    steps: Floats
    filled: Flags
    sums: Floats
    counts: Floats
    squares: Floats


def _strip_of(lines: Lines, places: Places, line: int) -> _Strip:
    values, filled = lines.values[line, places], lines.filled[line, places]
    sums, counts, squares = running(np.stack([values, filled, values**2]))
    return _Strip(
        values=values,
        steps=np.maximum(lines.steps[line, places], SMALLEST),
        filled=filled,
        sums=sums,
        counts=counts,
        squares=squares,
    )


def _means(strip: _Strip, targets: Places, side: int) -> Iterator[tuple[Block, float]]:
    """Yield the blocks on one side whose mean is their target, with how much that says."""
    lengths = np.arange(2, min(_REACH, len(strip.values)) + 1)
    own = targets[strip.filled[targets]]
    near = own if side < 0 else own + 1
    far = near[:, None] + side * lengths
    far = np.where((far >= 0) & (far <= len(strip.values)), far, near[:, None])
    count = side * (strip.counts[far] - strip.counts[near, None])
    mean = side * (strip.sums[far] - strip.sums[near, None]) / np.maximum(count, 1)
    unit = strip.steps[own, None]
    met = (count > 1) & (np.abs(mean - strip.values[own, None]) <= 0.51 * unit)
    row, at = np.nonzero(met)
    total = side * (strip.squares[far[row, at]] - strip.squares[near[row]])
    spread = total / count[row, at] - mean[row, at] ** 2
    gain = np.log1p(np.sqrt(np.maximum(spread, 0)) / strip.steps[own[row]] / 2)
    for one in np.flatnonzero(spread > 0):
        begin, end = sorted((int(near[row[one]]), int(far[row[one], at[one]])))
        yield (int(own[row[one]]), begin, end), float(gain[one])
