"""Where along the lines a relation is in force, and what its lines tell in all."""

from typing import Final

import numpy as np

from validate.discovery.records import Flags, Floats

_FAILURE: Final = {True: 6.0, False: 3.0}
"""What a line costs on which a relation in force does not hold: wrong rows are rare, and columns of
another kind less so (key: whether the lines are rows)."""
_OPENING: Final = {True: 3.0, False: 1.0}
_CAP: Final = {True: 7.0, False: 10.0}
"""No single line says more, however many digits it prints: it may be copied or derived."""
_REPEATED: Final = 0.1
_SAME_RESULT: Final = 0.5
_ALIKE: Final = 1e-9


def total_evidence(
    evidence: Floats, tested: Flags, holds: Flags, statement: Floats, result: Floats | None,
    *, are_rows: bool,
) -> tuple[Floats, Flags, Flags]:  # fmt: skip
    """Sum up what the lines say of each candidate.

    Args:
        evidence: what each line (row) says for each candidate (column).
        tested: where a line can say anything.
        holds: where the relation holds.
        statement: equal where two lines state the same thing, which counts once.
        result: where given, lines with an equal result count half a nat after the first.
        are_rows: whether lines are rows.

    Returns:
        The evidence of each candidate in its best stretches, the lines in those stretches, and
        the lines that tell something new.
    """
    own = np.minimum(evidence, _CAP[are_rows])
    again = _repeats(statement)
    own = np.where(holds & again, np.minimum(own, _REPEATED), own)
    if result is not None:
        apart = np.where(holds, result, np.arange(len(result))[:, None] * 1e9 + 1e12)
        own = np.where(holds & _repeats(apart), np.minimum(own, _SAME_RESULT), own)
    gains = np.where(tested, np.where(holds, own, -_FAILURE[are_rows]), 0.0)
    score, inside = best_stretches(gains, _OPENING[are_rows])
    return score, inside, holds & inside & ~again & (evidence > 1)


def best_stretches(gains: Floats, opening: float) -> tuple[Floats, Flags]:
    """Return the best sum over stretches of lines for each column, and which lines they cover.

    Each stretch costs `opening`, so that a relation that holds here and there is not a relation.
    """
    count, width = gains.shape
    outside, inside = np.zeros(width), np.full(width, -opening)
    stayed = np.zeros((count, width), dtype=bool)
    left = np.zeros((count, width), dtype=bool)
    for line in range(count):
        stayed[line] = inside >= outside - opening
        left[line] = inside > outside
        inside, outside = (
            np.maximum(inside, outside - opening) + gains[line],
            np.maximum(outside, inside),
        )
    state = inside >= outside
    score = np.maximum(inside, outside)
    covered = np.zeros((count, width), dtype=bool)
    for line in range(count - 1, -1, -1):
        covered[line] = state
        state = np.where(state, stayed[line], left[line])
    return score, covered


def _repeats(keys: Floats) -> Flags:
    """Tell which entries of a column are equal to an earlier one."""
    order = np.argsort(keys, axis=0, kind="stable")
    ordered = np.take_along_axis(keys, order, axis=0)
    same = np.zeros(keys.shape, dtype=bool)
    same[1:] = np.abs(ordered[1:] - ordered[:-1]) <= _ALIKE * (1 + np.abs(ordered[1:]))
    found = np.zeros_like(same)
    np.put_along_axis(found, order, same, axis=0)
    return found
