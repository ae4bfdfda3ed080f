"""From failing relations to their cause: the smallest change that makes everything hold."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalize.records import Fact
from validate.arithmetic import Setting, judge
from validate.records import CheckKind, Relation
from validate.rounding import ZERO
from validate.tables import amount
from validate.trial import Trial

_LINEAR: frozenset[CheckKind] = frozenset(
    {
        "row_total",
        "column_total",
        "subtotal",
        "funding_split",
        "formula",
        "difference",
        "change",
        "narrative",
    }
)
_LENIENT = Setting(may_cut=False, blanks_are_zero=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A change of one number after which every relation it takes part in holds."""

    fact: Fact
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Failing relations that hang together, with the changes that would repair all of them."""

    failing: tuple[Trial, ...]
    repairs: tuple[Repair, ...]

    @property
    def is_proven(self) -> bool:
        """Tell whether one single change of one cell is the only smallest repair."""
        return len(self.repairs) == 1


def diagnose(tested: Sequence[Trial]) -> tuple[Case, ...]:
    """Return the failing relations as cases, in document order.

    Relations that share a number and can be repaired by changing one number are one case; if no
    single change repairs them, each is a case of its own.
    """
    by_fact: dict[str, list[Trial]] = defaultdict(list)
    for one in tested:
        for fact_id in {fact.fact_id for fact in one.facts if fact.fact_id}:
            by_fact[fact_id].append(one)
    cases: list[Case] = []
    for cluster in _clusters([one for one in tested if one.fails]):
        cases.extend(_cases(cluster, by_fact))
    return tuple(sorted(cases, key=lambda case: case.failing[0].check.check_id))


def _cases(cluster: tuple[Trial, ...], by_fact: dict[str, list[Trial]]) -> Iterable[Case]:
    repairs = _repairs(cluster, by_fact)
    if repairs or len(cluster) == 1 or _is_one_cause(cluster):
        yield Case(failing=cluster, repairs=repairs)
        return
    left = list(cluster)
    while left:
        best = _widest(left, by_fact)
        if best is None:
            break
        yield best
        left = [one for one in left if one not in best.failing]
    for one in left:
        yield Case(failing=(one,), repairs=_repairs((one,), by_fact))


def _is_one_cause(cluster: tuple[Trial, ...]) -> bool:
    """Tell whether parts of one table all exceed one whole: their unit is the cause."""
    wholes = {one.facts[0].fact_id for one in cluster}
    tables = {one.facts[-1].table_id for one in cluster}
    kinds = {one.relation.kind for one in cluster}
    return kinds == {"part_of_whole"} and len(wholes) == len(tables) == 1


def _widest(left: list[Trial], by_fact: dict[str, list[Trial]]) -> Case | None:
    """Return the case of the one number whose change repairs most of what is left."""
    groups: dict[str, list[Trial]] = defaultdict(list)
    for one in left:
        for fact in one.facts:
            if fact.fact_id and one not in groups[fact.fact_id]:
                groups[fact.fact_id].append(one)
    found: list[Case] = []
    for members in groups.values():
        if len(members) > 1:
            repairs = _repairs(tuple(members), by_fact)
            if repairs:
                found.append(Case(failing=tuple(members), repairs=repairs))
    return max(found, key=lambda case: len(case.failing), default=None)


def _clusters(failing: list[Trial]) -> list[tuple[Trial, ...]]:
    """Return failing relations in groups that share numbers."""
    groups: list[tuple[set[str], list[Trial]]] = []
    for one in failing:
        facts = {fact.fact_id for fact in one.facts if fact.fact_id}
        joined = [group for group in groups if group[0] & facts]
        members = [member for group in joined for member in group[1]]
        groups = [group for group in groups if group not in joined]
        groups.append((facts.union(*(group[0] for group in joined)), [*members, one]))
    ordered = (sorted(members, key=lambda one: one.check.check_id) for _, members in groups)
    return [tuple(members) for members in ordered]


def _repairs(cluster: tuple[Trial, ...], by_fact: dict[str, list[Trial]]) -> tuple[Repair, ...]:
    shared = set.intersection(*({fact.fact_id for fact in one.facts} for one in cluster)) - {""}
    found = []
    for fact in cluster[0].facts:
        if fact.fact_id not in shared:
            continue
        shared.discard(fact.fact_id)
        value = _solve(fact, cluster)
        if value is not None and _all_hold(fact, value, by_fact[fact.fact_id]):
            found.append(Repair(fact=fact, value=value))
    return tuple(found)


def _solve(fact: Fact, cluster: tuple[Trial, ...]) -> Decimal | None:
    """Return the value that the sums of a cluster ask of a fact, if they ask for the same."""
    asked = {
        value
        for one in cluster
        if one.relation.kind in _LINEAR
        for value in (_solve_sum(fact, one.relation),)
    }
    if len(asked) != 1:
        return None
    value = asked.pop()
    if value is None or value == amount(fact):
        return None
    return value if value >= 0 or (fact.value is not None and fact.value < 0) else None


def _solve_sum(fact: Fact, relation: Relation) -> Decimal | None:
    result = relation.result
    if result is None:
        return None
    terms = [(o.factor, amount(o.fact), o.fact.fact_id) for o in relation.operands]
    if any(value is None for _, value, _ in terms):
        return None
    if result.fact_id == fact.fact_id:
        return sum((factor * (value or ZERO) for factor, value, _ in terms), ZERO)
    own = [factor for factor, _, fact_id in terms if fact_id == fact.fact_id]
    rest = sum((f * (v or ZERO) for f, v, fact_id in terms if fact_id != fact.fact_id), ZERO)
    total = amount(result)
    return None if total is None or len(own) != 1 else (total - rest) / own[0]


def _all_hold(fact: Fact, value: Decimal, tested: list[Trial]) -> bool:
    changed = replace(fact, value=value, state="number")
    return all(
        judge(_with(one.relation, changed), _LENIENT).outcome in ("exact", "within_rounding")
        for one in tested
        if one.check.outcome != "uncheckable" and (one.fails or one.relation.kind != "repeat")
    )


def _with(relation: Relation, changed: Fact) -> Relation:
    result = relation.result
    return replace(
        relation,
        result=changed if result is not None and result.fact_id == changed.fact_id else result,
        operands=tuple(
            replace(o, fact=changed) if o.fact.fact_id == changed.fact_id else o
            for o in relation.operands
        ),
    )
