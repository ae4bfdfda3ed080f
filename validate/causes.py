"""One cause, one finding: cases that point at the same number, or at the same empty column."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from normalize.records import Fact
from validate.diagnose import Case
from validate.figures import telling_digits
from validate.labels import squeeze
from validate.trial import Trial

_TELLING = 4
"""Shorter figures return in other rows by chance."""
_TOLD = frozenset({"repeat", "count", "narrative"})
"""Kinds that hold one figure against another."""


def merge_cases(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return cases with those joined that one number explains, in the order of the first of each.

    Joined are figures that several places contradict in the same way, a contradiction that a table
    prints twice, all in which two places differ that report on one programme, and the dashes of one
    column where something is left.
    """
    left = list(cases)
    merged: list[Case] = []
    while left:
        first = left.pop(0)
        together = max(_alike(first, left), key=len, default=[])
        left = [one for one in left if one not in together]
        failing = [*first.failing, *(trial for one in together for trial in one.failing)]
        if together:
            first = replace(first, failing=tuple(failing), repairs=(), is_proven=False)
        merged.append(first)
    return tuple(merged)


def accused(case: Case) -> Fact | None:
    """Return the number that all relations of a joined case contradict alike, if there is one."""
    if len(case.failing) < 2:
        return None
    asked = [_asked_values(one) for one in case.failing]
    facts = {fact.fact_id: fact for one in case.failing for fact in one.facts}
    for fact_id in asked[0]:
        values = {one.get(fact_id) for one in asked}
        if None not in values and len(values) == 1:
            return facts[fact_id]
    return None


def asked_value(case: Case, fact: Fact) -> Decimal | None:
    """Return what the relations of a joined case ask of a number."""
    return _asked_values(case.failing[0]).get(fact.fact_id)


def _alike(first: Case, others: Sequence[Case]) -> list[list[Case]]:
    """Return the cases that one number or column could share with a case, one list for each."""
    groups: dict[object, list[Case]] = defaultdict(list)
    own = _marks(first)
    for other in others:
        for mark in own & _marks(other):
            groups[mark].append(other)
    return list(groups.values())


def _marks(case: Case) -> set[object]:
    """Return what a case points at: numbers with the value asked of them, or columns of dashes."""
    if len(case.failing) != 1:
        return set()
    one = case.failing[0]
    result = one.relation.result
    if result is not None and result.state == "nil" and result.table_id:
        spots = (("col", result.col), ("row", result.row))
        return {(one.check.kind, result.table_id, axis, at) for axis, at in spots}
    if case.is_proven:
        return set(_places(one))
    marks: set[object] = {*_asked_values(one).items(), *_places(one)}
    if all(telling_digits(fact) >= _TELLING for fact in one.facts):
        values = tuple(fact.value for fact in one.facts)
        marks.add((one.check.kind, one.facts[0].table_id, values))
    return marks


def _places(one: Trial) -> Iterator[object]:
    """Yield the two places of which a repeat holds one figure each: a cell, and rows of one head.

    A cell that lists what a programme did, and a table with a row for each of it, were written at
    different times if they differ in more than one figure.
    """
    facts = one.facts
    if one.check.kind != "repeat" or len(facts) != 2 or any(not fact.table_id for fact in facts):
        return
    for cell, row in (facts, facts[::-1]):
        head = squeeze(row.label.split(" > ")[0])
        if head and cell.table_id != row.table_id:
            yield ("places", cell.table_id, cell.row, cell.col, row.table_id, head)


def _asked_values(one: Trial) -> dict[str, Decimal]:
    """Return the value that a relation between two figures asks of each of them."""
    relation, check = one.relation, one.check
    if relation.kind not in _TOLD or check.printed is None or check.computed is None:
        return {}
    asked = {}
    if relation.result is not None and relation.result.fact_id:
        asked[relation.result.fact_id] = check.computed
    if len(relation.operands) == 1 and relation.operands[0].fact.fact_id:
        asked[relation.operands[0].fact.fact_id] = check.printed
    return asked
