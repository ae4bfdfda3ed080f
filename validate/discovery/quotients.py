"""Quotients and growth rates of two places: a / b, (a - b) / b, as fractions or in percent."""

from typing import Final

import numpy as np

from validate.discovery.chance import Chance
from validate.discovery.records import Candidate, Flags, Floats, Lines, Operator, Places
from validate.discovery.search import lines_for, near, promising, scale_of, worth
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
    """Return the quotients and growth rates among the listed places."""
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
    over, under = np.nonzero(~np.eye(count, dtype=bool))
    looked_at = lines_for(lines, 4 * len(over) * count, _MOST_LINES)
    if count < 3 or not len(looked_at):
        return []
    tested = lines.nonzero[np.ix_(looked_at, listed)].sum(axis=0).astype(float)
    found: list[Candidate] = []
    for operator in _OPERATORS:
        less = 1.0 if operator == "growth" else 0.0
        scores, hits = _meet(lines, looked_at, listed, over, under, less)
        chance.learn(operator, listed, hits, tested)
        rows, columns = np.nonzero(scores)
        cost = _cost(over[rows], under[rows], columns)
        best = promising(scores[rows, columns], cost, scale_of(lines, looked_at), _MOST)
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
) -> tuple[Floats, Floats]:
    """Return what the lines say for each pair (row) and target (column), and how often they meet.

    Of the pairs of a line only those are held against a target that come near it.
    """
    spot = np.ix_(looked_at, listed)
    values, nonzero = lines.values[spot], lines.nonzero[spot]
    steps = np.maximum(lines.steps[spot], SMALLEST)
    value = worth(values, steps, nonzero, _SPREAD)
    scores, hits = np.zeros((len(over), len(listed))), np.zeros((len(over), len(listed)))
    for line in range(len(looked_at)):
        made = _quotients(values[line], nonzero[line], over, under)
        targets = np.flatnonzero(nonzero[line])
        goals, step = values[line, targets], steps[line, targets]
        for scale in SCALES:
            slack = CLOSE * scale * np.abs(made)
            reach = 2 * slack + step.max(initial=0.0)
            pairs, own = near((made - less) * scale, goals, reach)
            gap = np.abs((made[pairs] - less) * scale - goals[own])
            columns = targets[own]
            met = gap <= 0.6 * step[own] + slack[pairs]
            met &= (over[pairs] != columns) & (under[pairs] != columns)
            pairs, columns = pairs[met], columns[met]
            scores[pairs, columns] += value[line, columns]
            hits[pairs, columns] += 1
    return scores, hits


def _quotients(values: Floats, nonzero: Flags, over: Places, under: Places) -> Floats:
    """Return the quotients of a line; none of zeros, nor of equal figures, which say nothing."""
    tells = nonzero[over] & nonzero[under] & (values[over] != values[under])
    divisor = np.where(nonzero[under], values[under], 1.0)
    return np.where(tells, values[over] / divisor, np.nan)
