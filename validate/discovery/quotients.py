"""Quotients and growth rates of two places: a / b, (a - b) / b, as fractions or in percent."""

from typing import Final

import numpy as np

from validate.discovery.chance import Chance
from validate.discovery.cues import may_be_rate
from validate.discovery.records import Candidate, Flags, Floats, Lines, Met, Operator, Places
from validate.discovery.search import (
    Near,
    joined,
    lines_for,
    near,
    promising,
    scale_of,
    sum_up,
    worth,
)
from validate.discovery.weigh import CLOSE, SMALLEST
from validate.discovery.weigh_quotients import SCALES

_WINDOW: Final = 60
"""So many places side by side are tried with each other."""
_MOST = 800
_MOST_LINES = 16
_SPREAD: Final = 0.3
_BASE: Final = 2.5
_BEFORE: Final = 0.7
"""A rate stands behind its figures more often than before them."""
_OPERATORS: Final[tuple[Operator, ...]] = ("quotient", "growth")


def find_quotients(lines: Lines, chance: Chance, listed: Places) -> list[Candidate]:
    """Return the quotients and growth rates among the listed places.

    Of rows only those that are named as rates are any, so that without one nothing is searched.
    """
    if len(listed) <= _WINDOW:
        return _find(lines, chance, listed)
    half = _WINDOW // 2
    found: dict[tuple[Operator, int, tuple[int, ...]], Candidate] = {}
    for start in range(0, len(listed) - half, half):
        for one in _find(lines, chance, listed[start : start + _WINDOW]):
            found[one.operator, one.target, one.operands] = one
    return list(found.values())


def _find(lines: Lines, chance: Chance, listed: Places) -> list[Candidate]:
    count = len(listed)
    told = [one for one in _OPERATORS if any(may_be_rate(lines, one, at) for at in listed)]
    over, under = np.nonzero(~np.eye(count, dtype=bool))
    looked_at = lines_for(lines, 4 * len(over) * count, _MOST_LINES)
    if count < 3 or not told or not len(looked_at):
        return []
    tested = lines.nonzero[np.ix_(looked_at, listed)].sum(axis=0).astype(float)
    found: list[Candidate] = []
    for operator in told:
        less = 1.0 if operator == "growth" else 0.0
        met = _meet(lines, looked_at, listed, over, under, less)
        chance.learn(operator, listed, np.array([len(over)]), met, tested)
        rows, columns = met.made, met.target
        cost = _cost(over[rows], under[rows], columns)
        best = promising(met.score, cost, scale_of(lines, looked_at), _MOST)
        found.extend(
            Candidate(
                operator=operator,
                target=int(listed[columns[at]]),
                operands=(int(listed[over[rows[at]]]), int(listed[under[rows[at]]])),
                cost=float(cost[at]),
                family="quotient",
            )
            for at in best
        )
    return found


def _cost(over: Places, under: Places, target: Places) -> Floats:
    """Return what each quotient costs: more, the further apart its three places lie."""
    low = np.minimum(over, under)
    span = np.maximum(np.maximum(over, under), target) - np.minimum(low, target)
    behind = np.where(target < low, _BEFORE, 0)
    cost: Floats = _BASE + 2 * np.log(np.maximum(span, 2)) + behind
    return cost


def _meet(
    lines: Lines, looked_at: Places, listed: Places, over: Places, under: Places, less: float
) -> Met:
    """Return what the lines say for each pair (row) and target (column)."""
    spot = np.ix_(looked_at, listed)
    values, nonzero = lines.values[spot], lines.nonzero[spot]
    steps = np.maximum(lines.steps[spot], SMALLEST)
    value = worth(values, steps, nonzero, _SPREAD)
    made = _quotients(values, nonzero, over, under)
    found: list[Near] = []
    for scale in SCALES:
        slack = CLOSE * scale * np.abs(made)
        scaled = (made - less) * scale
        one = near(scaled, values, 2 * slack + steps.max(axis=1, keepdims=True), nonzero)
        gap = np.abs(scaled[one.line, one.made] - values[one.line, one.target])
        met = gap <= 0.6 * steps[one.line, one.target] + slack[one.line, one.made]
        met &= (over[one.made] != one.target) & (under[one.made] != one.target)
        found.append(one[met])
    return sum_up(joined(found), value)


def _quotients(values: Floats, nonzero: Flags, over: Places, under: Places) -> Floats:
    """Return the quotients of each line; none of zeros or equal figures, which say nothing."""
    top, bottom = values[:, over], values[:, under]
    tells = nonzero[:, over] & nonzero[:, under] & (top != bottom)
    return np.where(tells, top / np.where(nonzero[:, under], bottom, 1.0), np.nan)
