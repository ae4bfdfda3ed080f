"""How often a relation holds by chance: measured on the candidates that were tried."""

from typing import Final, Literal

import numpy as np

from validate.discovery.records import Flags, Floats, Lines, Met, Places

Trial = Literal["sum", "average", "pair", "quotient", "growth"]

MOST: Final = 0.95
_TRUE_AT_MOST: Final[dict[Trial, float]] = {"pair": 0.03}
_FEW = 6


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

    def learn(self, trial: Trial, targets: Places, count: int, met: Met, tested: Floats) -> None:
        """Take in how often each of `count` candidates met each target on `tested` lines.

        Where enough candidates never met their target, those that met it least say nothing.
        """
        if count < _FEW:
            return
        cut = max(1, int(count * (1 - _TRUE_AT_MOST.get(trial, 0.25))))
        rates = self._rates.setdefault(trial, np.zeros(self._lines.values.shape[1]))
        meeting = np.bincount(met.target, minlength=len(targets))
        own = np.flatnonzero((meeting > count - cut) & (tested > 0))
        if not len(own):
            return
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
    shares = np.zeros(values.shape)
    for line in range(values.shape[0]):
        own = nonzero[line]
        if own.sum() > 1:
            _, which, counts = np.unique(values[line, own], return_inverse=True, return_counts=True)
            shares[line, own] = (counts[which] - 1) / max(int(own.sum()), 4)
    return shares
