"""What the lines say of quotients and growth rates: a / b, 100 a / b, (a - b) / b."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from validate.discovery.chance import MOST, Chance
from validate.discovery.records import Candidate, Flags, Floats, Lines, Weighed
from validate.discovery.stretches import total_evidence
from validate.discovery.weigh import CLOSE, SMALLEST

SCALES: Final = (1.0, 100.0)
"""A rate is printed as a fraction or in percent."""
_TIGHT: Final = 0.80
_LOOSE: Final = 0.15
_SPREAD: Final = 0.3
_FARTHEST: Final = 5.0
_FAILURE: Final = 6.0
_ALL: Final = 0.95
_LARGEST: Final = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Quotients at one scale, held against their targets."""

    holds: Flags
    tight: Flags
    tested: Flags
    empty: Flags
    evidence: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """Target, dividend and divisor of each candidate (column) on each line."""

    target: Floats
    step: Floats
    over: Floats
    under: Floats
    has_target: Flags
    has_over: Flags
    has_under: Flags
    slack: Floats
    """What the rounding of both figures leaves open in their quotient."""
    less: Floats
    """1 for a growth, 0 for a quotient."""


def weigh_quotients(lines: Lines, chance: Chance, candidates: Sequence[Candidate]) -> list[Weighed]:
    """Return what the lines say of quotients and growth rates, as fractions or in percent.

    The quotient has to meet the last printed digit of the target, rounded or cut off; 0 of
    something, all of something and division by 1 say nothing.
    """
    if not candidates:
        return []
    figures = _figures(lines, candidates)
    least = np.where(
        figures.less == 0,
        chance.least("quotient", _targets(candidates)),
        chance.least("growth", _targets(candidates)),
    )
    readings = [_read_at(figures, least, scale) for scale in SCALES]
    best = _better(*readings)
    statement = figures.over * np.pi + figures.under
    score, inside, telling = total_evidence(
        best.evidence, best.tested, best.holds, statement, figures.target, are_rows=lines.are_rows
    )
    holds = best.holds & inside
    count = np.maximum(holds.sum(axis=0), 1)
    product = np.abs(figures.target * figures.under - figures.over) <= CLOSE * np.abs(figures.over)
    size = np.maximum(np.abs(figures.target), figures.step) / figures.step
    digits = np.where(holds, np.log(size), 0.0).sum(axis=0) / count
    exact = (product & holds).sum(axis=0) >= _ALL * count
    tightness = (best.tight & holds).sum(axis=0) / count
    return [
        Weighed(
            candidate=one,
            score=float(score[at]),
            holds=holds[:, at],
            empty=best.empty[:, at],
            telling=int(telling[:, at].sum()),
            tightness=float(tightness[at]),
            digits=float(digits[at]),
            is_product=one.operator == "quotient" and bool(exact[at]) and bool(holds[:, at].any()),
        )
        for at, one in enumerate(candidates)
    ]


def _targets(candidates: Sequence[Candidate]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.array([one.target for one in candidates])


def _figures(lines: Lines, candidates: Sequence[Candidate]) -> _Figures:
    targets = [one.target for one in candidates]
    over = [one.operands[0] for one in candidates]
    under = [one.operands[1] for one in candidates]
    top, bottom = lines.values[:, over], lines.values[:, under]
    relative = lines.steps[:, under] / np.maximum(np.abs(bottom), SMALLEST)
    relative = relative + np.where(
        top != 0, lines.steps[:, over] / np.maximum(np.abs(top), SMALLEST), 0.0
    )
    divisor = np.where(bottom == 0, 1.0, bottom)
    return _Figures(
        target=lines.values[:, targets],
        step=np.maximum(lines.steps[:, targets], SMALLEST),
        over=top,
        under=bottom,
        has_target=lines.filled[:, targets],
        has_over=lines.filled[:, over],
        has_under=lines.filled[:, under],
        slack=np.abs(top / divisor) * relative / 2,
        less=np.array([float(one.operator == "growth") for one in candidates])[None, :],
    )


def _read_at(figures: _Figures, least: Floats, scale: float) -> _Reading:
    divides = figures.has_under & (figures.under != 0)
    known = figures.has_over & divides
    divisor = np.where(figures.under == 0, 1.0, figures.under)
    made = (np.where(known, figures.over / divisor, 0.0) - figures.less) * scale
    gap = np.abs(made - figures.target)
    slack = np.minimum(figures.slack * scale, _FARTHEST * figures.step)
    tight = gap <= 0.51 * figures.step + CLOSE * np.abs(figures.target)
    loose = (gap <= 1.01 * figures.step + slack) & ~tight
    says_nothing = (
        (figures.over == 0)
        | (figures.over == figures.under)
        | (figures.under == 1)
        | (figures.under == 100)
    )
    tested = figures.has_target & known & ~says_nothing
    size = np.abs(figures.target)
    spread = np.maximum(size, np.minimum(np.abs(made), _LARGEST))
    by_chance = np.maximum(1 / (1 + _SPREAD * spread / figures.step), least)
    wide = (2 * figures.step + 2 * slack) / np.maximum(spread, figures.step)
    gain = np.where(
        tight, np.log(_TIGHT) - np.log(by_chance), np.log(_LOOSE) - np.log(np.minimum(1, wide))
    )
    holds = tested & (tight | loose)
    missed = np.where(tested, -np.log1p(-np.minimum(by_chance, MOST)), 0.0)
    is_zero = figures.has_target & (figures.target == 0)
    of_nothing = is_zero & (
        divides & ~figures.has_over & (figures.less == 0)
        | figures.has_over & (figures.over == 0) & figures.has_under & (figures.under == 0)
    )
    return _Reading(
        holds=holds,
        tight=tight & tested,
        tested=tested,
        empty=figures.has_target & known & says_nothing & (gap <= 1.01 * figures.step) | of_nothing,
        evidence=np.where(holds, np.maximum(gain, 0), missed),
    )


def _better(first: _Reading, second: _Reading) -> _Reading:
    """Return for each candidate the reading that holds on more of the evidence."""
    scores = [
        one.evidence.sum(axis=0) - _FAILURE * (one.tested & ~one.holds).sum(axis=0)
        for one in (first, second)
    ]
    use_first = (scores[0] >= scores[1])[None, :]
    return _Reading(
        holds=np.where(use_first, first.holds, second.holds),
        tight=np.where(use_first, first.tight, second.tight),
        tested=np.where(use_first, first.tested, second.tested),
        empty=np.where(use_first, first.empty, second.empty),
        evidence=np.where(use_first, first.evidence, second.evidence),
    )
