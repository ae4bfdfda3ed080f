"""Which relations are kept: the best explained ones that do not contradict or repeat each other."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from validate.discovery.cues import is_cued, may_be_rate
from validate.discovery.preferences import preferred
from validate.discovery.records import Candidate, Floats, Lines, Weighed
from validate.discovery.search import ENOUGH

_LEAST: Final = {"sum": 4.0, "average": 8.0, "quotient": ENOUGH, "growth": ENOUGH}
"""An average lies among its parts and is met more easily than its digits say."""
_LEAST_UNNAMED_AVERAGE: Final = 20.0
"""Columns that grow alike make averages of each other; one that no word names needs more."""
_LEAST_COLUMN_GROWTH: Final = 8.0
_LEAST_TELLING: Final = 3
_SISTERLY: Final = 3.0
_SHARED: Final = 0.3
_DISPLACES: Final = 3.0
_STRONG: Final = 10.0
_LESS: Final = 0.1
_MUCH_LESS: Final = 0.25
_MANY: Final = 4
_SMALL: Final = 1.5
_HALF: Final = 0.5
_TWO = 2
_MOSTLY: Final = 0.7
_ALIKE: Final = 1e-9


class Choice:
    """The relations kept so far along one way of a grid."""

    def __init__(self, lines: Lines) -> None:
        """Start with none."""
        self._lines = lines
        self._direction = 0.0
        self.kept: list[Weighed] = []
        self.shortened: list[Candidate] = []
        """Sums in which a sub-total found later stands for its parts; still to be weighed."""

    def take(self, weighed: Iterable[Weighed]) -> bool:
        """Keep what is believed and fits; tell whether anything was kept."""
        before = len(self.kept), self.kept[-1:] and id(self.kept[-1])
        ordered = sorted(
            preferred(weighed),
            key=lambda one: (-one.net, one.candidate.target, one.candidate.operands),
        )
        for one in ordered:
            if self._is_believed(one) and not self._is_out(one):
                self._keep(one)
        return (len(self.kept), self.kept[-1:] and id(self.kept[-1])) != before

    def _keep(self, one: Weighed) -> None:
        if one.candidate.operator == "sum":
            for other in [kept for kept in self.kept if _is_part_of(one, kept)]:
                self._drop(other)
                self.shortened.append(_shorten(other.candidate, one.candidate))
            side = one.candidate.target - one.candidate.operands[0]
            self._direction += float(np.sign(side)) * min(one.net, 20.0)
        self.kept.append(one)

    def _drop(self, other: Weighed) -> None:
        self.kept = [kept for kept in self.kept if kept is not other]

    def _is_believed(self, one: Weighed) -> bool:
        candidate = one.candidate
        least = _LEAST[candidate.operator]
        if candidate.operator == "sum" and one.bonus >= _SISTERLY:
            least = ENOUGH
        is_named = is_cued(candidate.operator, self._lines.labels[candidate.target])
        if candidate.operator == "average" and not is_named:
            least = _LEAST_UNNAMED_AVERAGE
        if candidate.operator in ("quotient", "growth") and not may_be_rate(
            self._lines, candidate.operator, candidate.target
        ):
            return False
        if candidate.operator == "growth" and not self._lines.are_rows:
            least = _LEAST_COLUMN_GROWTH
            if one.telling < _LEAST_TELLING:
                return False
        if candidate.gap and candidate.operator in ("sum", "average"):
            needed = _LEAST_TELLING if len(self._lines.witnesses) >= 5 else 2
            if one.telling < needed:
                return False
        return one.net >= least and bool(one.holds.any())

    def _is_out(self, one: Weighed) -> bool:
        """Tell whether a relation contradicts those kept; far better ones replace what is kept."""
        if self._is_senseless(one):
            return True
        self.kept = [other for other in self.kept if not self._is_outdated(other, one)]
        rivals = [other for other in self.kept if _is_rival(one, other, self._lines)]
        if rivals:
            cost = sum(max(other.net, 1.0) for other in rivals)
            is_better = (one.net > _STRONG and one.net > _DISPLACES * cost) or all(
                _goes_further(one, other, self._lines) for other in rivals
            )
            if not is_better or one.candidate.operator not in ("sum", "average"):
                return True
            self.kept = [kept for kept in self.kept if all(kept is not x for x in rivals)]
        return one.candidate.family == "pair" and self._follows(one)

    def _is_senseless(self, one: Weighed) -> bool:
        """Tell whether a sum counts parts twice, or an operand is too small to matter."""
        operands = set(one.candidate.operands)
        if one.candidate.operator in ("sum", "average"):
            for other in self.kept:
                covers = {other.candidate.target, *other.candidate.operands} <= operands
                if other.candidate.operator == "sum" and covers and (other.holds & one.holds).any():
                    return True
        if one.candidate.operator != "sum":
            return False
        spot = np.ix_(np.flatnonzero(one.holds), np.array(one.candidate.operands))
        sizes, steps = np.abs(self._lines.values[spot]), self._lines.steps[spot]
        own = self._lines.steps[one.holds, one.candidate.target][:, None]
        is_lost = (sizes <= _SMALL * own) & (sizes > 0) & (own > steps)
        return bool((is_lost.mean(axis=0) > _MOSTLY).any())

    def _is_outdated(self, kept: Weighed, one: Weighed) -> bool:
        """Tell whether a kept sum is a distant copy of one that stands nearer to the same parts."""
        if not _are_copies(one, kept) or not _share_lines(one, kept):
            return False
        mine, its = one.candidate, kept.candidate
        if mine.distance != its.distance:
            return mine.distance < its.distance
        side, other = mine.target - mine.operands[0], its.target - its.operands[0]
        return side * self._direction > 0 > other * self._direction

    def _follows(self, one: Weighed) -> bool:
        """Tell whether a sum follows from sums that are kept, as A - B does from A and B."""
        known = [
            _equation(other.candidate, self._lines)
            for other in self.kept
            if other.candidate.operator == "sum"
            and (one.holds & other.holds).sum() >= _MOSTLY * one.holds.sum()
        ]
        if not known:
            return False
        given, asked = np.array(known).T, _equation(one.candidate, self._lines)
        used = (np.abs(given).sum(axis=1) + np.abs(asked)) > 0
        factors = np.linalg.lstsq(given[used], asked[used], rcond=None)[0]
        return bool(np.abs(given[used] @ factors - asked[used]).max() < 1e-6)


def _equation(candidate: Candidate, lines: Lines) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    vector = np.zeros(lines.values.shape[1])
    vector[list(candidate.operands)] = 1
    vector[candidate.target] -= 1
    return vector


def _goes_further(one: Weighed, other: Weighed, lines: Lines) -> bool:
    """Tell whether a sum holds wherever another one of the figure does, and where that fails."""
    mine, its = one.candidate, other.candidate
    if (mine.operator, mine.target) != (its.operator, its.target) or one.net < _HALF * other.net:
        return False
    made = lines.values[:, list(its.operands)].sum(axis=1)
    fails = np.abs(made - lines.values[:, its.target]) > lines.steps[:, its.target]
    more = int((one.holds & ~other.holds & fails).sum())
    lost = int((other.holds & ~(one.holds | one.empty)).sum())
    return not lost and more >= max(_TWO, _LESS * int(other.holds.sum()))


def _share_lines(one: Weighed, other: Weighed) -> bool:
    shared = int((one.holds & other.holds).sum())
    return shared > 0 and shared >= _SHARED * min(int(one.holds.sum()), int(other.holds.sum()))


def _are_copies(one: Weighed, other: Weighed) -> bool:
    mine, its = one.candidate, other.candidate
    are_sums = mine.operator == its.operator == "sum"
    return (
        are_sums and set(mine.operands) == set(its.operands) and abs(mine.target - its.target) > 1
    )


def _is_rival(one: Weighed, kept: Weighed, lines: Lines) -> bool:
    """Tell whether two relations cannot both be what made a figure."""
    if not _share_lines(one, kept):
        return False
    mine, its = one.candidate, kept.candidate
    same = {mine.target, *mine.operands} == {its.target, *its.operands}
    are_rates = [x.operator in ("quotient", "growth") for x in (mine, its)]
    if any(are_rates):
        return all(are_rates) and (same or mine.target == its.target)
    if mine.target == its.target:
        if mine.operator != its.operator or mine.operator == "average":
            return True
        if set(mine.operands) & set(its.operands) or _print_the_same(one, kept, lines):
            return True
        if _is_contradicted(one, kept, lines):
            return True  # a second breakdown of a total is no matter of a few lines
    if not mine.operator == its.operator == "sum":
        return False
    is_circle = its.target in mine.operands and mine.target in its.operands
    return same or is_circle or _are_copies(one, kept) or _is_part_of(kept, one)


def _is_contradicted(one: Weighed, other: Weighed, lines: Lines) -> bool:
    """Tell whether most lines of one sum of a figure are plain failures of another."""
    mine = one.candidate
    made = lines.values[:, list(mine.operands)].sum(axis=1)
    target = lines.values[:, mine.target]
    is_far = np.abs(made - target) > _LESS * np.abs(target)
    tells = lines.nonzero[:, list(mine.operands)].sum(axis=1) > 1
    failures = int((other.holds & tells & is_far & ~one.holds).sum())
    return failures > _MANY * int(one.holds.sum())


def _print_the_same(one: Weighed, other: Weighed, lines: Lines) -> bool:
    """Tell whether the operands of two sums are copies of each other."""
    mine, its = one.candidate.operands, other.candidate.operands
    rows = np.flatnonzero(one.holds & other.holds)
    width = max(len(mine), len(its))
    left, right = (_ordered(lines.values[np.ix_(rows, np.array(x))], width) for x in (mine, its))
    return bool((np.abs(left - right).max(axis=1) < _ALIKE).mean() > 0.9)


def _ordered(values: Floats, width: int) -> Floats:
    """Return the figures of each line by their size, as many as `width` with zeros behind them."""
    padded = np.pad(values, ((0, 0), (0, width - values.shape[1])))
    order = np.argsort(-np.abs(padded) - 1e-12 * (padded > 0), axis=1, kind="stable")
    return np.take_along_axis(padded, order, axis=1)


def _is_part_of(part: Weighed, whole: Weighed) -> bool:
    """Tell whether a sum is a sub-total that could stand for its parts in another sum."""
    mine, its = part.candidate, whole.candidate
    if its.operator != "sum" or not set(mine.operands) < set(its.operands):
        return False
    if mine.operator != "sum" or mine.target in its.operands or mine.target == its.target:
        return False
    is_one_block = its.operands[-1] - its.operands[0] == len(its.operands) - 1
    if is_one_block and its.family == "range" and mine.gap > its.gap:
        return False  # a sub-total stands with its parts; this one repeats a piece of the block
    are_neighbours = mine.family != "pair" or mine.operands[1] - mine.operands[0] == 1
    is_sure = (not mine.gap and part.net > _LESS * whole.net) or (
        part.net > _MUCH_LESS * whole.net and are_neighbours
    )
    return is_sure and _share_lines(part, whole)


def _shorten(whole: Candidate, part: Candidate) -> Candidate:
    kept = (set(whole.operands) - set(part.operands)) | {part.target}
    return replace(whole, operands=tuple(sorted(kept)))
