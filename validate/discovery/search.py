"""What the searches share: which lines they look at, and which finds are worth weighing."""

from math import log
from typing import Final

import numpy as np

from validate.discovery.records import Flags, Floats, Lines, Places

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


def running(values: Floats | Flags) -> Floats:
    """Return the sums of each row up to each column, with a 0 in front."""
    start = np.zeros((len(values), 1))
    return np.concatenate([start, np.cumsum(values, axis=1, dtype=float)], axis=1)


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


def near(made: Floats, goals: Floats, reach: Floats) -> tuple[Places, Places]:
    """Return each number of `made` with each of `goals` that lies within its reach.

    Goals are looked up among sorted ones: of amounts hardly any lie near each other, so that few
    of all pairs are ever looked at. What is no number (NaN) is near nothing.
    """
    order = np.argsort(goals, kind="stable")
    ordered = goals[order]
    low = np.searchsorted(ordered, made - reach)
    high = np.searchsorted(ordered, made + reach, "right")
    found = np.flatnonzero(high > low)
    counts = high[found] - low[found]
    ends = np.cumsum(counts)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
    return np.repeat(found, counts), order[np.repeat(low[found], counts) + within]


def scale_of(lines: Lines, looked_at: Places) -> float:
    """Return how many lines stand for each one that was looked at."""
    return max(1.0, len(lines.witnesses) / max(1, len(looked_at)))


LN_TWO_SIDES_TWO_ENDS: Final = log(4)
"""The cost of a block that ends where the table breaks off: before or behind, with or without."""
