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


def promising(
    score: Floats, cost: Floats, allowed: Flags, scale: float, most: int
) -> tuple[Places, Places]:
    """Return row and column of the candidates that could be believed, the best `most` of them."""
    kept = allowed & (score > 0) & (score * scale > cost + ENOUGH - _LEEWAY)
    rows, columns = np.nonzero(kept)
    if len(rows) > most:
        net = (score - cost)[rows, columns]
        best = np.argsort(-net, kind="stable")[:most]
        rows, columns = rows[best], columns[best]
    return rows, columns


def scale_of(lines: Lines, looked_at: Places) -> float:
    """Return how many lines stand for each one that was looked at."""
    return max(1.0, len(lines.witnesses) / max(1, len(looked_at)))


LN_TWO_SIDES_TWO_ENDS: Final = log(4)
"""The cost of a block that ends where the table breaks off: before or behind, with or without."""
