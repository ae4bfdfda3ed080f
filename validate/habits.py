"""How tables round: 반올림, 절사 or 올림, as their rates and sums bear it out."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import exp, log
from typing import Final, Literal

from validate.arithmetic import judge, rounded_terms
from validate.quotients import quotient_of
from validate.records import CheckKind, Habit, Relation, Rounding, TableHabits
from validate.rounding import MODES, rate_roundings, rate_step, sum_likelihoods
from validate.settings import Setting

SUMS: Final[frozenset[CheckKind]] = frozenset(
    {"row_total", "column_total", "subtotal", "funding_split", "formula", "difference", "change"}
)
RATES: Final[frozenset[CheckKind]] = frozenset(
    {"rate", "share", "growth", "weighted_rate", "average"}
)
_PRIOR: Final[Mapping[Rounding, float]] = {
    "exact": log(0.49), "half_up": log(0.49), "truncated": log(0.01), "up": log(0.01),
}  # fmt: skip
"""Figures are rounded half up unless the table speaks for something else: what only 절사 would
explain is no pass on the word of one sum."""
_ERROR: Final = 1e-3
"""How often a sum does not follow from its figures at all."""
_IMPOSSIBLE: Final = log(2 * _ERROR)
_SURE: Final = 0.95
_FEW = 3
_LEAD = 2
"""So many rates have to speak for one way of rounding and against each other one."""
_MOSTLY: Final = 0.9

_Told = frozenset[Rounding]
"""The ways of rounding that explain a rate."""
_Weights = Mapping[Rounding, float]
"""Natural logarithm of how likely each way of rounding makes a sum."""
_Scope = Literal["table", "document"]
_DOCUMENT = ""


@dataclass(slots=True)
class _Tally:
    """What the sums of one table, or of the document, say in all."""

    count: int = 0
    weights: dict[Rounding, float] = field(default_factory=lambda: dict(_PRIOR))
    """Prior and sums of natural logarithms."""
    kept: Counter[Rounding] = field(default_factory=Counter)

    def add(self, own: _Weights) -> None:
        self.count += 1
        for mode, weight in own.items():
            self.weights[mode] += weight
            self.kept[mode] += weight > _IMPOSSIBLE

    def chances(self, without: _Weights | None = None) -> dict[Rounding, float]:
        """Return the probability of each way of rounding, one of the sums left out."""
        less = without or {}
        weights = {mode: said - less.get(mode, 0.0) for mode, said in self.weights.items()}
        most = max(weights.values())
        shares = {mode: exp(weight - most) for mode, weight in weights.items()}
        whole = sum(shares.values())
        return {mode: share / whole for mode, share in shares.items()}


class Habits:
    """What the relations of a report that hold show of its rounding, by table and document."""

    def __init__(self, relations: Iterable[Relation], coarse: Container[str] = ()) -> None:
        """Weigh all relations; those that fail say nothing.

        Args:
            relations: of one report.
            coarse: tables whose figures are rounded to the multiples that their columns show.
        """
        self._rates: dict[str, Counter[_Told]] = defaultdict(Counter)
        self._sums: dict[tuple[str, Decimal], _Tally] = defaultdict(_Tally)
        self._scales: dict[str, Decimal] = {}
        self._own: dict[int, _Weights] = {}
        self._known: dict[tuple[str, Decimal | None], Habit | None] = {}
        for relation in relations:
            if relation.result is None or relation.result.table_id is None:
                continue
            table, scale = relation.result.table_id, relation.result.multiplier
            setting = Setting(blanks_are_zero=True, by_column=table in coarse)
            if relation.kind in RATES:
                self._add_rate(table, relation, setting)
            elif relation.kind in SUMS:
                self._add_sum(table, scale, relation, setting)

    def _add_rate(self, table: str, relation: Relation, setting: Setting) -> None:
        told = _told_by_rate(relation, setting)
        if told and len(told) < len(MODES):
            self._rates[table][told] += 1
            self._rates[_DOCUMENT][told] += 1

    def _add_sum(self, table: str, scale: Decimal, relation: Relation, setting: Setting) -> None:
        weights = _told_by_sum(relation, setting)
        if weights is not None:
            self._scales.setdefault(table, scale)
            self._sums[table, scale].add(weights)
            self._sums[_DOCUMENT, scale].add(weights)
            self._own[id(relation)] = weights

    def of(self, relation: Relation) -> Habit | None:
        """Return how the table of a relation rounds such figures, or else its document."""
        result = relation.result
        if result is None or result.table_id is None:
            return None
        question = (result.table_id, None if relation.kind in RATES else result.multiplier)
        if question not in self._known:
            table, scale = question
            own = self._of_rates(table) if scale is None else self._of_sums(table, scale)
            self._known[question] = own
        return self._known[question]

    def cut_share(self, relation: Relation) -> float:
        """Return how surely the other sums of its table, or of the document, are cut off."""
        own, result = self._own.get(id(relation)), relation.result
        if result is None or result.table_id is None:
            return 1.0
        tally = self._sums.get((result.table_id, result.multiplier), _Tally())
        if tally.count <= _FEW:
            tally = self._sums.get((_DOCUMENT, result.multiplier), _Tally())
        return tally.chances(without=own)["truncated"]

    def by_table(self, table_ids: Iterable[str]) -> tuple[TableHabits, ...]:
        """Return the habits of the tables that have rates or sums which tell."""
        found = []
        for table_id in table_ids:
            rates = self._of_rates(table_id) if table_id in self._rates else None
            scale = self._scales.get(table_id)
            sums = None if scale is None else self._of_sums(table_id, scale)
            habits = tuple(habit for habit in (rates, sums) if habit is not None)
            if habits:
                found.append(TableHabits(table_id=table_id, habits=habits))
        return tuple(found)

    def _of_rates(self, table: str) -> Habit | None:
        own, every = self._rates.get(table), self._rates.get(_DOCUMENT, Counter())
        return (_by_rates(own, "table") if own else None) or _by_rates(every, "document")

    def _of_sums(self, table: str, scale: Decimal) -> Habit | None:
        own = self._sums.get((table, scale))
        every = self._sums.get((_DOCUMENT, scale), _Tally())
        return (_by_sums(own, "table") if own else None) or _by_sums(every, "document")


def _told_by_rate(relation: Relation, setting: Setting) -> _Told:
    found, result = quotient_of(relation, setting), relation.result
    if found is None or result is None or result.value is None:
        return frozenset()
    return frozenset(rate_roundings(result.value, rate_step(result), found.span))


def _told_by_sum(relation: Relation, setting: Setting) -> _Weights | None:
    """Weigh a sum of two rounded terms and more; the difference of whole numbers tells nothing."""
    signs, step = rounded_terms(relation, setting)
    if not step or len(signs) < 2 or not all(size for _, size in signs):
        return None
    verdict = judge(relation, setting)
    if verdict.outcome not in ("exact", "within_rounding") or verdict.difference is None:
        return None
    likely = sum_likelihoods(verdict.difference, signs, step)
    return {mode: log(max(chance, _ERROR)) for mode, chance in likely.items()}


def _by_rates(told: Counter[_Told], scope: _Scope) -> Habit | None:
    """Return the way of rounding that nearly all rates bear out and each other one does not."""
    kept = {mode: sum(n for one, n in told.items() if mode in one) for mode in MODES}
    best = max(MODES, key=lambda mode: kept[mode])
    leads = (
        sum(n for one, n in told.items() if best in one and other not in one)
        for other in MODES
        if other != best
    )
    count = told.total()
    if count < _FEW or kept[best] < _MOSTLY * count or min(leads) < _LEAD:
        return None
    return Habit(what="rates", mode=best, kept=kept[best], told=count, scope=scope)


def _by_sums(tally: _Tally, scope: _Scope) -> Habit | None:
    chances = tally.chances()
    best = max(chances, key=lambda mode: chances[mode])
    if tally.count < _FEW or chances[best] < _SURE:
        return None
    kept = tally.kept[best]
    return Habit(what="sums", mode=best, kept=kept, told=tally.count, scope=scope)
