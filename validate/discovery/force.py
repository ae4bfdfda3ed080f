"""On which lines a relation is in force: where it is met, and where it is nearly met.

The lines that meet a relation prove it; the others are then read in its light. A total that
misses its parts by a little is that total with an error of typing or of rounding, not a figure
of another kind (what an auditor calls 검산 오차), and parts that are all empty make an empty total.
"""

from typing import Final

import numpy as np

from validate.discovery.records import Candidate, Flags, Floats, Lines, Weighed

_PROVED = 3
"""So many lines that meet a relation leave no doubt about it."""
_NEAR: Final = {True: 0.05, False: 0.01}
"""By what share of itself a figure may miss its relation, proved or not."""
_MOSTLY: Final = 0.6
"""Share of the lines that meet or nearly meet a relation that is in force."""
_MET: Final = 0.5
"""Share of the lines that meet it; figures side by side need no such support."""
_HALF_UNIT: Final = 0.51


def lines_in_force(lines: Lines, one: Weighed) -> Flags:
    """Return the lines on which a relation is met, or missed by no more than an error.

    One that most lines contradict holds here and there only: where it is met and nowhere else.
    """
    candidate = one.candidate
    is_proved = int(one.holds.sum()) >= _PROVED
    near = one.holds | _nearly_meet(lines, one, _NEAR[is_proved])
    parts = lines.nonzero[:, list(candidate.operands)].sum(axis=1)
    asked = int((near | lines.nonzero[:, candidate.target] & (parts > 1)).sum())
    is_beside = not candidate.gap and candidate.distance == 1 and candidate.family != "stride"
    is_general = int(near.sum()) >= _MOSTLY * asked and (
        is_beside or int(one.holds.sum()) >= _MET * asked
    )
    empty = one.empty.copy()
    if not (is_proved and is_general):
        met = np.flatnonzero(one.holds)
        empty[: met[0]] = empty[met[-1] :] = False
    return empty | (near if is_general else one.holds)


def lines_met(lines: Lines, one: Weighed) -> Flags:
    """Return the lines on which the figure is what its parts make, but for rounding."""
    return one.holds | one.empty | _nearly_meet(lines, one, 0.0)


def _nearly_meet(lines: Lines, one: Weighed, share: float) -> Flags:
    candidate = one.candidate
    target, step = lines.values[:, candidate.target], lines.steps[:, candidate.target]
    made, tells = _made(lines, one)
    slack = np.maximum(share * np.abs(target), _HALF_UNIT * step)
    if candidate.operator == "sum":
        operands = list(candidate.operands)
        rounded = lines.nonzero[:, operands].sum(axis=1) + 1
        unit = np.maximum(step, lines.steps[:, operands].max(axis=1))
        slack = np.maximum(slack, rounded * unit / 2)
    result: Flags = lines.filled[:, candidate.target] & tells & (np.abs(made - target) <= slack)
    return result


def _made(lines: Lines, one: Weighed) -> tuple[Floats, Flags]:
    """Return what the operands make on each line, and where they make anything."""
    candidate: Candidate = one.candidate
    operands = list(candidate.operands)
    values, filled = lines.values[:, operands], lines.filled[:, operands]
    if candidate.operator == "sum":
        return values.sum(axis=1), np.any(lines.nonzero[:, operands], axis=1)
    if candidate.operator == "average":
        count = filled.sum(axis=1)
        return values.sum(axis=1) / np.maximum(count, 1), count > 0
    tells = np.all(filled & (values != 0)[:, 1:], axis=1)
    made = values[:, 0] / np.where(tells, values[:, 1], 1.0) - (candidate.operator == "growth")
    target = lines.values[:, candidate.target]
    in_percent = (
        np.abs(100 * made - target)[one.holds].sum() < np.abs(made - target)[one.holds].sum()
    )
    return made * (100 if in_percent else 1), tells
