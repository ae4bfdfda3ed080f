"""What the searches share: which lines they look at, and which finds are worth weighing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from validate.discovery.records import Flags, Floats, Lines, Met, Places

ENOUGH: Final = 3.5
"""A relation is believed where it explains its lines so much better than chance (33 to 1)."""
_LEEWAY: Final = 1.0
"""A search looks at some lines only, so that its finds may fall short by as much."""
_COMPARISONS: Final = 3_000_000
_FEWEST_LINES = 3
_MOST_LINES = 24
SPREAD: Final = 0.5


def lines_for(lines: Lines, comparisons: int, most: int = _MOST_LINES) -> Places:
    """Return the lines to look at, the fullest of each part; fewer where each takes long."""
    witnesses = lines.witnesses
    limit = min(most, max(_FEWEST_LINES, _COMPARISONS // max(1, comparisons)))
    if len(witnesses) <= limit:
        return witnesses
    counts = lines.nonzero.sum(axis=1)
    parts = np.array_split(witnesses, limit)
    return np.array([part[np.argmax(counts[part])] for part in parts])


def running(values: Floats | Flags, stride: int = 1) -> Floats:
    """Return the sums of every `stride`-th column of each row before each column."""
    count, width = values.shape
    padded = np.zeros((count, -(-width // stride) + 1, stride))
    padded.reshape(count, -1)[:, stride : stride + width] = values
    return np.cumsum(padded, axis=1).reshape(count, -1)


def worth(target: Floats, steps: Floats, filled: Flags, spread: float = SPREAD) -> Floats:
    """Return what meeting each target tells: the logarithm of the steps it is made of."""
    says = filled & (target != 0)
    return np.where(says, np.log1p(spread * np.abs(target) / steps), 0.0)


def promising(score: Floats, cost: Floats, scale: float, most: int) -> Places:
    """Return which of the candidates could be believed, the best `most` of them."""
    kept = np.flatnonzero((score > 0) & (score * scale > cost + ENOUGH - _LEEWAY))
    if len(kept) > most:
        kept = kept[np.argsort(-(score - cost)[kept], kind="stable")[:most]]
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Numbers that candidates make, each with a target that it comes near, line by line."""

    line: Places
    made: Places
    """The candidate that makes the number."""
    target: Places

    def __getitem__(self, which: Flags) -> "Near":
        """Return some of them."""
        return Near(line=self.line[which], made=self.made[which], target=self.target[which])


def near(made: Floats, goals: Floats, reach: Floats, tells: Flags) -> Near:
    """Return what is made on each line (row) with each goal of that line within its reach.

    Goals are looked up among sorted ones, and only for what lies between the least and the
    largest of its line: of amounts hardly any lie near each other, so that few of all pairs are
    ever looked at. Only goals that tell something count, and what is no number (NaN) is near
    nothing.
    """
    low, high = made - reach, made + reach
    least = np.where(tells, goals, np.inf).min(axis=1, initial=np.inf)
    largest = np.where(tells, goals, -np.inf).max(axis=1, initial=-np.inf)
    row, spot = np.nonzero((high >= least[:, None]) & (low <= largest[:, None]))
    line, target = np.nonzero(tells)
    keys = _keys(line, goals[line, target])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.searchsorted(keys, _keys(row, low[row, spot]))
    ends = _keys(row, high[row, spot])
    found = np.flatnonzero(first < len(keys))
    found = found[keys[first[found]] <= ends[found]]
    first, row, spot = first[found], row[found], spot[found]
    counts = np.searchsorted(keys, ends[found], "right") - first
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    own = target[order[np.repeat(first, counts) + within]]
    return Near(line=np.repeat(row, counts), made=np.repeat(spot, counts), target=own)


def joined(found: Sequence[Near]) -> Near:
    """Return what several searches found, line by line."""
    lines = np.concatenate([one.line for one in found])
    order = np.argsort(lines, kind="stable")
    return Near(
        line=lines[order],
        made=np.concatenate([one.made for one in found])[order],
        target=np.concatenate([one.target for one in found])[order],
    )


def _keys(line: Places, values: Floats) -> NDArray[np.complex128]:
    """Return what is ordered by line and then by value, as complex numbers are."""
    keys = np.empty(values.shape, dtype=np.complex128)
    keys.real, keys.imag = line, values
    return keys


def sum_up(found: Near, value: Floats) -> Met:
    """Return what the lines say in all, with `value` for each target that is met."""
    width = value.shape[1]
    spots, own = np.unique(found.made * width + found.target, return_inverse=True)
    score = np.bincount(own, value[found.line, found.target], len(spots))
    return Met(
        made=spots // width,
        target=spots % width,
        score=score.astype(float),
        hits=np.bincount(own, minlength=len(spots)),
    )


def scale_of(lines: Lines, looked_at: Places) -> float:
    """Return how many lines stand for each one that was looked at."""
    return max(1.0, len(lines.witnesses) / max(1, len(looked_at)))


LN_TWO_SIDES_TWO_ENDS: Final = log(4)
"""The cost of a block that ends where the table breaks off: before or behind, with or without."""
