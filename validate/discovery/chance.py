"""How often a relation holds by chance: measured on the candidates that were tried."""

from typing import Final, Literal

import numpy as np

from validate.discovery.records import Flags, Floats, Lines, Met, Places

Trial = Literal["sum", "average", "pair", "quotient", "growth"]

MOST: Final = 0.95
_TRUE_AT_MOST: Final[dict[Trial, float]] = {"pair": 0.03}
_FEW = 6
_FEWEST = 4
"""So many numbers a line counts as at least: of two, one says little."""


class Chance:
    """Remembers how many of the candidates for a target held on a line.

    True relations are few among the candidates of a target, so those that hold least (three in
    four) show how easily its figures are met: a column of 1 and 2 is met by many sums, a column
    of amounts in won by none. A coincidence is told from a relation by this rate and not by a
    list of exceptions.
    """

    def __init__(self, lines: Lines) -> None:
        """Start without knowledge: all that is known is which values repeat."""
        self._lines = lines
        self._rates: dict[Trial, Floats] = {}

    def learn(self, trial: Trial, targets: Places, sizes: Places, met: Met, tested: Floats) -> None:
        """Take in how often each candidate met each target on `tested` lines.

        Candidates come in families of so many (`sizes`), numbered one family after the other.
        Where enough of a family never met a target, those that met it least say nothing.
        """
        share = 1 - _TRUE_AT_MOST.get(trial, 0.25)
        firsts = np.concatenate([[0], np.cumsum(sizes)])
        ends = np.searchsorted(met.made, firsts)
        for first, count, meeting in zip(firsts, sizes, np.diff(ends), strict=False):
            cut = max(1, int(count * share))
            if count >= _FEW and meeting > count - cut:
                self._learn(trial, targets, count, met.part(first, first + count), tested, cut)

    def _learn(
        self, trial: Trial, targets: Places, count: int, met: Met, tested: Floats, cut: int
    ) -> None:
        """Take in how often the `cut` of `count` candidates did that met each target least."""
        meeting = np.bincount(met.target, minlength=len(targets))
        own = np.flatnonzero((meeting > count - cut) & (tested > 0))
        if not len(own):
            return
        rates = self._rates.setdefault(trial, np.zeros(self._lines.values.shape[1]))
        among = met[np.isin(met.target, own)]
        hits = np.zeros((count, len(own)))
        hits[among.made, np.searchsorted(own, among.target)] = among.hits
        low = np.partition(hits, cut - 1, axis=0)[:cut]
        rates[targets[own]] = np.maximum(rates[targets[own]], low.mean(axis=0) / tested[own])

    def least(self, trial: Trial, targets: Places) -> Floats:
        """Return the least chance of each target (column) on each line."""
        known = self._lines.repeated[:, targets]
        if trial in ("average", "quotient", "growth"):
            known = np.maximum(known, self._lines.usual[:, targets])
        if trial in self._rates:
            known = np.maximum(known, self._rates[trial][targets][None, :])
        return np.minimum(known, MOST)


def same_in_line(values: Floats, nonzero: Flags) -> Floats:
    """Return for each number the share of the other numbers of its line that are the same."""
    known = np.where(nonzero, values, np.nan)
    order = np.argsort(known, axis=1, kind="stable")
    ordered = np.take_along_axis(known, order, axis=1)
    is_new = np.ones(values.shape, dtype=bool)
    is_new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    run = np.cumsum(is_new).reshape(values.shape)
    others = np.zeros(values.shape)
    np.put_along_axis(others, order, np.bincount(run.ravel())[run] - 1.0, axis=1)
    shares: Floats = others / np.maximum(nonzero.sum(axis=1, keepdims=True), _FEWEST)
    return shares
