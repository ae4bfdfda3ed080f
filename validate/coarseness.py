"""Tables whose figures are rounded to more than their last digit, as their sums show.

A column of multiples of 100 may hold estimates that were rounded to 100, and sums of such figures
miss by a hundred here and there; or it may hold plans that were made in hundreds, and their sums
are exact. Only the sums tell the two apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from normalize.records import Fact
from validate.arithmetic import judge
from validate.habits import SUMS
from validate.records import Relation
from validate.rounding import column_step, step_of
from validate.settings import Setting

_FEW = 2
_SHARE = 4
"""At least one sum in so many misses where figures were rounded: of three terms one in three."""


def tables_by_column(relations: Iterable[Relation]) -> frozenset[str]:
    """Return the tables in which several sums miss by what their columns' rounding explains.

    Sums that one number would repair are no evidence of rounding: that number is wrong.
    """
    exact: Counter[str] = Counter()
    missing: dict[str, list[frozenset[int]]] = defaultdict(list)
    for relation in relations:
        table = relation.result.table_id if relation.result is not None else None
        facts = _facts(relation)
        if table is None or relation.kind not in SUMS or not any(map(_is_coarse, facts)):
            continue
        outcome = judge(relation, Setting(blanks_are_zero=True)).outcome
        if outcome == "exact":
            exact[table] += 1
        elif _is_rounding(relation):
            missing[table].append(frozenset(id(fact) for fact in facts))
    return frozenset(
        table
        for table, sums in missing.items()
        if len(sums) >= _FEW
        and not frozenset.intersection(*sums)
        and _SHARE * len(sums) >= exact[table]
    )


def _facts(relation: Relation) -> tuple[Fact, ...]:
    operands = tuple(operand.fact for operand in relation.operands)
    return operands if relation.result is None else (relation.result, *operands)


def _is_coarse(fact: Fact) -> bool:
    return bool(fact.value) and column_step(fact) > step_of(fact)


def _is_rounding(relation: Relation) -> bool:
    verdict = judge(relation, Setting(blanks_are_zero=True, by_column=True))
    return verdict.outcome == "within_rounding"
