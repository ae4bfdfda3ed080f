"""The relations of a report as a network: what they share, and what a change does to them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from normalize.records import Fact
from validate.arithmetic import Verdict, judge
from validate.figures import names_agree
from validate.quotients import HUNDRED
from validate.records import CheckKind, Relation
from validate.rounding import MODES, ZERO, last_digit, round_like, step_of
from validate.slips import meant_values
from validate.tables import amount
from validate.trial import Trial

LINEAR: frozenset[CheckKind] = frozenset(
    {
        "row_total", "column_total", "subtotal", "funding_split", "formula", "difference",
        "change", "narrative", "percent_total", "running_total",
    }
)  # fmt: skip
_RATES: frozenset[CheckKind] = frozenset({"rate", "share", "growth", "weighted_rate"})
BOUNDS: frozenset[CheckKind] = frozenset({"part_of_whole", "count"})
"""Relations that leave a number free, or count names: they ask for no value."""
_FEW = 2
_STEPS = 4
"""Rounds of the secant method; a quotient is nearly straight over the width of a misprint."""
_LARGEST = 50
"""Power of ten of the largest value that is tried: a secant can run away."""
_BUDGET = 40_000
"""Relations judged while causes are looked for, in one report; beyond it a cause stays open."""

Changes = Mapping[str, Decimal]
"""New values by the key of the fact."""


def key_of(fact: Fact) -> str:
    """Return what tells a fact, or a blank cell of a table, from all others of its report."""
    return fact.fact_id or f"{fact.table_id}/{fact.row}/{fact.col}"


def _is_above(fact: Fact, value: Decimal | None) -> bool:
    return fact.value_unit == "percent" and value is not None and value > HUNDRED


class Network:
    """The tested relations of a report, asked what a change of numbers would do."""

    def __init__(self, tested: Sequence[Trial], facts: Iterable[Fact] = ()) -> None:
        self.trials = tuple(one for one in tested if one.check.outcome != "uncheckable")
        self.facts: dict[str, Fact] = {key_of(fact): fact for fact in facts}
        for one in tested:
            self.facts.update({key_of(fact): fact for fact in one.facts})
        self.trials_of: dict[str, list[int]] = {}
        self.keys = tuple(self._keys(at, one) for at, one in enumerate(self.trials))
        self._lines: dict[tuple[str | None, str, int | None], list[str]] = {}
        for key, fact in self.facts.items():
            if fact.table_id is not None:
                self._lines.setdefault((fact.table_id, "row", fact.row), []).append(key)
                self._lines.setdefault((fact.table_id, "col", fact.col), []).append(key)
        self._by_value: dict[Decimal, list[Fact]] = {}
        for fact in self.facts.values():
            if fact.value and fact.state == "number":
                self._by_value.setdefault(fact.value, []).append(fact)
        self._minus = {fact.table_id for fact in self.facts.values() if (fact.value or 0) < 0}
        self._above = {fact.table_id for fact in self.facts.values() if _is_above(fact, fact.value)}
        self._known: dict[tuple[int, tuple[tuple[str, Decimal], ...]], Verdict] = {}
        self._supposed: dict[tuple[int, Decimal, Decimal], Fact] = {}
        self._left = _BUDGET
        self._exact_tables = self._tables_without_rounding()
        self._coarse_tables = {
            one.relation.result.table_id
            for one in self.trials
            if one.holds
            and one.check.rounding == "coarse"
            and one.relation.result is not None
            and one.relation.kind in _RATES
        }

    def _keys(self, at: int, one: Trial) -> tuple[str, ...]:
        keys = tuple(dict.fromkeys(key_of(fact) for fact in one.facts))
        for key in keys:
            self.trials_of.setdefault(key, []).append(at)
        return keys

    @property
    def is_exhausted(self) -> bool:
        """Tell whether no more questions are answered: what is not found by now stays open."""
        return self._left <= 0

    def _tables_without_rounding(self) -> frozenset[str]:
        exact: Counter[str] = Counter()
        off: set[str] = set()
        for at, one in enumerate(self.trials):
            table = self._table_of(at)
            if table is None or not any(step_of(fact) for fact in one.facts):
                continue
            if one.check.outcome in ("within_rounding", "unlikely_rounding"):
                off.add(table)
            elif len([fact for fact in one.facts if fact.value]) > _FEW:
                exact[table] += one.check.outcome == "exact"
        return frozenset(table for table, count in exact.items() if count > _FEW) - off

    def _table_of(self, at: int) -> str | None:
        """Return the table in which a sum stands; None for quotients and sums in sentences."""
        relation = self.trials[at].relation
        if relation.kind not in LINEAR or relation.kind == "narrative" or not relation.result:
            return None
        return relation.result.table_id

    def is_unheard_of(self, fact: Fact, value: Decimal) -> bool:
        """Tell whether no other number of a table is negative, or a rate beyond 100 %, as this."""
        if value < 0 and fact.table_id not in self._minus:
            return True
        return _is_above(fact, value) and fact.table_id not in self._above

    def neighbours(self, key: str) -> tuple[str, ...]:
        """Return the other numbers in the row and in the column of a number."""
        fact = self.facts[key]
        spots = ((fact.table_id, "row", fact.row), (fact.table_id, "col", fact.col))
        near = [other for spot in spots for other in self._lines.get(spot, ())]
        return tuple(other for other in dict.fromkeys(near) if other != key)

    def returns(self, fact: Fact, value: Decimal) -> bool:
        """Tell whether a value is printed elsewhere, under a name that agrees with a number's."""
        return any(
            other.table_id != fact.table_id and names_agree(other, fact)
            for other in self._by_value.get(value, ())
        )

    def touched(self, changes: Iterable[str]) -> set[int]:
        """Return the relations that changed numbers, given by key, take part in."""
        return {at for key in changes for at in self.trials_of.get(key, ())}

    def broken(self, changes: Changes) -> set[int]:
        """Return the relations among the touched ones that fail after a change."""
        return {at for at in self.touched(changes) if not self.holds(at, changes)}

    def holds(self, at: int, changes: Changes) -> bool:
        """Tell whether a relation holds after a change of numbers.

        Where all rounded sums of a table hold to the last digit, the office made them do so, and
        no sum of it holds by rounding only.
        """
        if not any(key in changes for key in self.keys[at]):
            return self.trials[at].holds
        verdict = self._verdict(at, changes)
        if verdict.outcome == "within_rounding" and self._table_of(at) in self._exact_tables:
            return False
        return verdict.outcome in ("exact", "within_rounding")

    def may_hold(self, at: int, changes: Changes) -> bool:
        """Tell whether a relation holds, or is a rate that was rounded unlike the others."""
        if self.holds(at, changes):
            return True
        is_rate = self.trials[at].relation.kind in _RATES
        return is_rate and self._verdict(at, changes).outcome == "unlikely_rounding"

    def holds_rescaled(self, at: int, changes: Changes, factor: Decimal) -> bool:
        """Tell whether a relation holds after a change of the unit of some of its numbers."""
        self._left -= 1
        one = self.trials[at]
        changed = self.changed(one.relation, changes, factor)
        setting = replace(one.setting, cut_share=1.0)
        return judge(changed, setting).outcome not in ("mismatch", "unlikely_rounding")

    def is_exact(self, at: int, changes: Changes) -> bool:
        """Tell whether a relation holds to the last digit after a change of numbers."""
        if not any(key in changes for key in self.keys[at]):
            return self.trials[at].check.outcome == "exact"
        return self._verdict(at, changes).outcome == "exact"

    def _verdict(self, at: int, changes: Changes) -> Verdict:
        question = (at, tuple((key, changes[key]) for key in self.keys[at] if key in changes))
        if question not in self._known:
            self._left -= 1
            one = self.trials[at]
            setting = replace(one.setting, blanks_are_zero=True)
            self._known[question] = judge(self.changed(one.relation, changes), setting)
        return self._known[question]

    def _is_coarse(self, at: int) -> bool:
        """Tell whether the rates of a table are rounded to less than they print, like 33.0."""
        one = self.trials[at]
        if one.relation.kind not in _RATES or one.relation.result is None:
            return True
        return one.relation.result.table_id in self._coarse_tables

    def changed(
        self, relation: Relation, changes: Changes, factor: Decimal = Decimal(1)
    ) -> Relation:
        """Return a relation with other values in its facts, their last digits scaled as well."""
        result = relation.result
        return replace(
            relation,
            result=None if result is None else self._fact(result, changes, factor),
            operands=tuple(
                replace(one, fact=self._fact(one.fact, changes, factor))
                if key_of(one.fact) in changes
                else one
                for one in relation.operands
            ),
        )

    def _fact(self, fact: Fact, changes: Changes, factor: Decimal) -> Fact:
        """Return a fact with its other value; each is made once, for all relations it is in."""
        value = changes.get(key_of(fact))
        if value is None:
            return fact
        question = (id(fact), value, factor)
        if question not in self._supposed:
            scale = fact.multiplier * factor
            self._supposed[question] = replace(fact, value=value, state="number", multiplier=scale)
        return self._supposed[question]

    def asks(self, at: int) -> bool:
        """Tell whether a relation asks for a value, and does not only bound it."""
        return self.trials[at].relation.kind not in BOUNDS

    def values_for(self, key: str, at: int) -> tuple[Decimal, ...]:
        """Return the values of one number that make a relation hold, all others as they are.

        The value that follows from the relation comes first; where rounding leaves several, those
        of which one slip makes the printed number are returned as well.
        """
        slips = meant_values(self.facts[key]) if self._is_loose(at) else ()
        return self._holding(key, at, {}, slips)

    def solved_values(self, key: str, at: int, changes: Changes) -> tuple[Decimal, ...]:
        """Return the values that follow from a relation for one number, after other changes."""
        return self._holding(key, at, changes, ())

    def _holding(
        self, key: str, at: int, changes: Changes, more: Iterable[Decimal]
    ) -> tuple[Decimal, ...]:
        if self.is_exhausted or not self.asks(at):
            return ()
        fact = self.facts[key]
        found = [*self._solved(key, at, changes), *more]
        kept = dict.fromkeys(
            value
            for value in found
            if value != amount(fact)
            and (value >= 0 or (fact.value or ZERO) < 0 or value == -(fact.value or ZERO))
        )
        return tuple(value for value in kept if self._fits(at, {**changes, key: value}))

    def _fits(self, at: int, changes: Changes) -> bool:
        """Tell whether a relation holds, its rate rounded to the digits that its table prints."""
        is_coarse = self._verdict(at, changes).rounding == "coarse"
        return self.holds(at, changes) and (not is_coarse or self._is_coarse(at))

    def _is_loose(self, at: int) -> bool:
        """Tell whether more than one value can satisfy a relation: it rounds, or divides."""
        one = self.trials[at]
        return one.relation.kind not in LINEAR or any(step_of(fact) for fact in one.facts)

    def _solved(self, key: str, at: int, changes: Changes) -> Iterable[Decimal]:
        """Yield the value that a relation asks for, as the report would print it."""
        fact, relation = self.facts[key], self.changed(self.trials[at].relation, changes)
        if relation.kind in LINEAR:
            value = _solve_sum(key, relation)
        else:
            value = self._solve_by_secant(key, at, changes)
        if value is None or value.adjusted() > _LARGEST:
            return
        step = last_digit(fact)
        usual = self.trials[at].setting.mode
        for mode in sorted(MODES, key=lambda one: one != usual):
            yield round_like(value, step, mode)

    def _solve_by_secant(self, key: str, at: int, changes: Changes) -> Decimal | None:
        value = amount(self.facts[key])
        if not value:
            return None
        other = value * 2
        gap, far = self._gap(at, {**changes, key: value}), self._gap(at, {**changes, key: other})
        for _ in range(_STEPS):
            if gap is None or far is None or gap == far:
                return None
            value, other = value - gap * (other - value) / (far - gap), value
            gap, far = self._gap(at, {**changes, key: value}), gap
            if gap == 0 or value == other:
                break
        return value

    def _gap(self, at: int, changes: Changes) -> Decimal | None:
        self._left -= 1
        one = self.trials[at]
        return judge(self.changed(one.relation, changes), one.setting).difference


def _solve_sum(key: str, relation: Relation) -> Decimal | None:
    """Return the value of one number for which a sum holds exactly."""
    terms = [(one.factor, one.fact) for one in relation.operands]
    if relation.result is not None:
        terms.append((Decimal(-1), relation.result))
    own = ZERO
    rest = ZERO if relation.result is not None else Decimal(-100)
    for factor, fact in terms:
        value = amount(fact)
        if key_of(fact) == key:
            own += factor
        elif value is None:
            return None
        else:
            rest += factor * value
    return -rest / own if own else None
