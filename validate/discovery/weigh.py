"""What the lines say of sums and averages: the evidence for each candidate, against chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from validate.discovery.chance import MOST, Chance
from validate.discovery.records import Candidate, Flags, Floats, Lines, Places, Weighed
from validate.discovery.stretches import total_evidence

SMALLEST: Final = 1e-12
CLOSE: Final = 1e-9
_EXACT: Final = 0.7
"""Share of the sums of honest tables that meet to the last digit; the rest miss by rounding."""
_ROUNDED: Final = 1 - _EXACT
_FARTHEST: Final = 3.2
"""Standard deviations of the rounding error beyond which it is no explanation."""
_SPREAD: Final = 0.5
_ONE_TERM: Final = 1.0
"""The most that a line says on which one part is all there is: two figures are equal, no more."""
_AVERAGE_ROUNDED: Final = 0.85
_AVERAGE_CUT: Final = 0.10
_SAME_SHARES: Final = 4e-4
_GOLDEN: Final = 0.6180339887498949
"""Its square multiples look like chance: a weight of its own for each place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """Targets and what their operands make, one column for each candidate."""

    target: Floats
    step: Floats
    filled: Flags
    total: Floats
    size: Floats
    """Sum of the operands without their signs."""
    squares: Floats
    count: Floats
    """Operands with a number."""
    nonzero: Floats
    error: Floats
    """Sum of the squared units of rounding of the operands."""
    mix: Floats
    """A sum with weights of its own for each place: the same where the operands are the same."""


def weigh_sums(lines: Lines, chance: Chance, candidates: Sequence[Candidate]) -> list[Weighed]:
    """Return what the lines say of sums.

    A line speaks for a sum as far as its parts meet the target more closely than the parts of
    another sum would: the chance of that is one in as many steps as the target has. An error of
    rounding is normal with the variance of as many uniform errors as there are parts.
    """
    if not candidates:
        return []
    terms = _terms_of(lines, candidates)
    unit = np.maximum(terms.step, SMALLEST)
    gap = terms.total - terms.target
    is_amount = terms.filled & (terms.target != 0)
    tested = terms.filled & (terms.nonzero > 1) | is_amount & (terms.nonzero > 0)
    deviation = np.sqrt((terms.error + terms.step**2) / 12)
    exact = np.abs(gap) <= 0.011 * unit + CLOSE * np.abs(terms.target)
    reach = (np.sqrt(terms.error * np.maximum(terms.nonzero, 1)) + unit) / 2 * 1.001
    near = np.abs(gap) <= np.minimum(_FARTHEST * deviation + 0.3 * unit, reach)
    holds = tested & (exact | near)
    targets = np.array([one.target for one in candidates])
    spread = np.maximum(np.abs(terms.target), terms.size / 2) / unit
    least = chance.least("sum", targets)
    in_pairs = np.array([one.family == "pair" for one in candidates])
    least = np.maximum(least, np.where(in_pairs[None, :], chance.least("pair", targets), 0))
    by_chance = np.maximum(1 / (1 + _SPREAD * spread), least)
    density = unit / (deviation * np.sqrt(2 * np.pi) + SMALLEST)
    density *= np.exp(-(gap**2) / (2 * deviation**2 + SMALLEST**2))
    by_rule = np.where(exact, _EXACT, _ROUNDED * np.minimum(1, density))
    evidence = _evidence(by_rule, by_chance, tested, holds)
    evidence = np.where(holds & (terms.nonzero < 2), np.minimum(evidence, _ONE_TERM), evidence)
    shares = _shares(terms.target, terms.mix, terms.step)
    score, inside, telling = total_evidence(
        evidence, tested, holds, shares, None, are_rows=lines.are_rows
    )
    empty = terms.filled & (terms.target == 0) & (terms.nonzero == 0)
    return _weighed(candidates, score, holds & inside, empty, telling)


def weigh_averages(lines: Lines, chance: Chance, candidates: Sequence[Candidate]) -> list[Weighed]:
    """Return what the lines say of averages; blanks do not count.

    An average lies where its parts lie, so that a match says only as much as the parts differ.
    """
    if not candidates:
        return []
    terms = _terms_of(lines, candidates)
    unit = np.maximum(terms.step, SMALLEST)
    count = np.maximum(terms.count, 1)
    mean = terms.total / count
    deviation = np.sqrt(np.maximum(terms.squares / count - mean**2, 0))
    gap = np.abs(terms.target - mean)
    rounded = gap <= 0.51 * unit + CLOSE * np.abs(terms.target)
    cut = gap <= 1.01 * unit + np.sqrt(terms.error) / count
    tested = terms.filled & (terms.count > 1) & (deviation > 0)
    holds = tested & (rounded | cut)
    targets = np.array([one.target for one in candidates])
    by_chance = np.maximum(1 / (1 + _SPREAD * deviation / unit), chance.least("average", targets))
    by_rule = np.where(rounded, _AVERAGE_ROUNDED, _AVERAGE_CUT)
    evidence = _evidence(by_rule, by_chance, tested, holds)
    evidence = np.where(holds, np.maximum(evidence, 0), evidence)
    shares = _shares(terms.target, terms.mix, np.maximum(terms.step, 1e-4 * np.abs(terms.target)))
    score, inside, telling = total_evidence(
        evidence, tested, holds, shares, terms.target, are_rows=lines.are_rows
    )
    empty = terms.filled & (terms.count > 0) & (deviation == 0) & rounded
    return _weighed(candidates, score, holds & inside, empty, telling)


def _terms_of(lines: Lines, candidates: Sequence[Candidate]) -> _Terms:
    width = lines.values.shape[1]
    weights = np.zeros((width, len(candidates)))
    for at, one in enumerate(candidates):
        weights[list(one.operands), at] = 1
    targets = [one.target for one in candidates]
    own: Floats = 0.5 + np.mod(np.arange(1, width + 1) ** 2 * _GOLDEN, 1.0)
    nonzero = lines.nonzero
    return _Terms(
        target=lines.values[:, targets],
        step=lines.steps[:, targets],
        filled=lines.filled[:, targets],
        total=lines.values @ weights,
        size=np.abs(lines.values) @ weights,
        squares=lines.values**2 @ weights,
        count=lines.filled.astype(float) @ weights,
        nonzero=nonzero.astype(float) @ weights,
        error=(lines.steps**2 * nonzero) @ weights,
        mix=lines.values @ (weights * own[:, None]),
    )


def _evidence(by_rule: Floats, by_chance: Floats, tested: Flags, holds: Flags) -> Floats:
    """Return ln(chance under the rule / chance without it) of what each line shows."""
    gain = np.log(np.maximum(by_rule, CLOSE)) - np.log(by_chance)
    return np.where(holds, gain, np.where(tested, -np.log1p(-np.minimum(by_chance, MOST)), 0.0))


def _shares(target: Floats, mix: Floats, step: Floats) -> Floats:
    """Return what makes two lines one statement: the shares of the parts in the target.

    Where all figures of a table grow by one factor, each line repeats the first one.
    """
    has_target = target != 0
    size = np.where(has_target, np.abs(target), 1.0)
    coarse = np.where(has_target, np.maximum(step, CLOSE) / size, np.inf)
    grain = np.minimum(_SAME_SHARES, 4 * _medians(coarse, has_target.sum(axis=0)))
    return np.where(has_target, np.round(mix / np.where(has_target, target, 1.0) / grain), mix)


def _medians(values: Floats, counts: Places) -> Floats:
    """Return the median of the `counts` least values of each column; infinity where it has none."""
    ordered = np.sort(values, axis=0)
    middle = np.stack([np.maximum(counts - 1, 0) // 2, counts // 2])
    medians: Floats = np.take_along_axis(ordered, middle, axis=0).mean(axis=0)
    return medians


def _weighed(
    candidates: Sequence[Candidate], score: Floats, holds: Flags, empty: Flags, telling: Flags
) -> list[Weighed]:
    return [
        Weighed(
            candidate=one,
            score=float(score[at]),
            holds=holds[:, at],
            empty=empty[:, at],
            telling=int(telling[:, at].sum()),
        )
        for at, one in enumerate(candidates)
    ]
