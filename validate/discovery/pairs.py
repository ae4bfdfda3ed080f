"""Sums of two places that need not be neighbours; a difference A - B = C is the sum A = B + C."""

from typing import Final

import numpy as np

from validate.discovery.chance import Chance
from validate.discovery.records import Candidate, Lines, Met, Places
from validate.discovery.search import lines_for, near, promising, scale_of, sum_up, worth
from validate.discovery.weigh import CLOSE, SMALLEST

_MOST_PLACES: Final = 70
_MOST = 1500
_CLOSEST: Final = 2.9
_APART: Final = 2.5
_PER_SPAN: Final = 2.5


def find_pairs(lines: Lines, chance: Chance, listed: Places) -> list[Candidate]:
    """Return the sums of two of the listed places; the further apart the three lie, the dearer."""
    count = len(listed)
    if not 2 < count <= _MOST_PLACES:
        return []
    first, second = np.triu_indices(count, 1)
    looked_at = lines_for(lines, len(first) * count)
    met = _meet(lines, looked_at, listed, first, second)
    tested = lines.nonzero[np.ix_(looked_at, listed)].sum(axis=0).astype(float)
    chance.learn("pair", listed, np.array([len(first)]), met, tested)
    one, other, target = first[met.made], second[met.made], met.target
    span = np.maximum(other, target) - np.minimum(one, target)
    cost = np.where(span <= 2, _CLOSEST, _APART + _PER_SPAN * np.log(np.maximum(span, 2)))
    score = np.where((one != target) & (other != target), met.score, 0.0)
    return [
        _candidate(listed, (int(one[at]), int(other[at])), int(target[at]), float(cost[at]))
        for at in promising(score, cost, scale_of(lines, looked_at), _MOST)
    ]


def _meet(lines: Lines, looked_at: Places, listed: Places, first: Places, second: Places) -> Met:
    spot = np.ix_(looked_at, listed)
    values, nonzero = lines.values[spot], lines.nonzero[spot]
    steps = np.maximum(lines.steps[spot], SMALLEST)
    total = values[:, first] + values[:, second]
    are_both = nonzero[:, first] & nonzero[:, second] & (total != 0)
    total = np.where(are_both, total, np.nan)
    slack = 0.7 * np.hypot(steps[:, first], steps[:, second])
    reach = slack + CLOSE * np.abs(total) + steps.max(axis=1, keepdims=True)
    found = near(total, values, reach, np.ones_like(nonzero))
    gap = np.abs(total[found.line, found.made] - values[found.line, found.target])
    met = gap <= slack[found.line, found.made] + 0.5 * steps[found.line, found.target]
    return sum_up(found[met], worth(values, steps, nonzero))


def _candidate(listed: Places, pair: tuple[int, int], target: int, cost: float) -> Candidate:
    low, middle, high = sorted((*pair, target))
    is_even = target != middle and listed[middle] - listed[low] == listed[high] - listed[middle]
    return Candidate(
        operator="sum",
        target=int(listed[target]),
        operands=(int(listed[pair[0]]), int(listed[pair[1]])),
        cost=cost,
        family="pair",
        gap=0.0 if is_even else float(max(0, high - low - 2)),
    )
