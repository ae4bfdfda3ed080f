"""Relations tested again at once, with cells as people read them, from what is published.

The next run reads the whole report again with the corrections and finds all that follows from
them. Until then this says whether the relations of a corrected cell hold now.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Final

from normalize.mentions import find_quantities
from normalize.records import Fact
from pipelines.corrections import Correction
from pipelines.report.shelf import Folio, Row
from validate.arithmetic import Verdict, judge
from validate.expressions import write_equation
from validate.records import Habit, Operand, Relation, Rounding
from validate.settings import Setting

_MODES: Final[tuple[Rounding, ...]] = ("half_up", "truncated", "up", "coarse", "exact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """A check with the numbers of today."""

    verdict: Verdict
    expression: str


def recheck(folio: Folio, corrections: Iterable[Correction]) -> dict[str, Rechecked]:
    """Return the checks in which corrected cells take part, tested again, by id."""
    facts = dict(_corrected_facts(folio.facts.values(), corrections))
    if not facts:
        return {}
    found: dict[str, Rechecked] = {}
    for check in folio.checks:
        ids = [cell["fact_id"] for cell in check["cells"]]
        if facts.keys().isdisjoint(ids):
            continue
        printed = _relation(check, folio.facts)
        now = _relation(check, {**folio.facts, **facts})
        if printed is not None and now is not None:
            verdict = judge(now, _setting_of(check, printed))
            found[check["check_id"]] = Rechecked(verdict=verdict, expression=write_equation(now))
    return found


def _corrected_facts(
    facts: Iterable[Fact], corrections: Iterable[Correction]
) -> Iterator[tuple[str, Fact]]:
    """Yield the facts of corrected cells with the values that people read."""
    texts = {one.spot: one.text for one in corrections}
    for fact in facts:
        text = texts.get((fact.table_id or "", fact.row or 0, fact.col or 0))
        if text is None:
            continue
        found = find_quantities(text, in_cell=True)
        if fact.item >= len(found):
            yield fact.fact_id, replace(fact, raw=text, value=None, state="text")
            continue
        number = found[fact.item].number
        value = None if number.value is None else number.value * (fact.multiplier or Decimal(1))
        yield (
            fact.fact_id,
            replace(
                fact,
                raw=found[fact.item].raw,
                value=value,
                state=number.state,
                decimals=number.decimals,
            ),
        )


def _relation(check: Row, facts: Mapping[str, Fact]) -> Relation | None:
    """Return the relation of a row of `checks`; None where a cell of it has no fact."""
    result: Fact | None = None
    operands: list[Operand] = []
    for cell in check["cells"]:
        fact = facts.get(cell["fact_id"] or "")
        if fact is None:
            return None
        if cell["role"] == "result":
            result = fact
        else:
            operands.append(Operand(fact=fact, factor=cell["factor"] or Decimal(1)))
    return Relation(
        kind=check["kind"], result=result, operands=tuple(operands), basis=check["basis"], rule=""
    )


def _setting_of(check: Row, printed: Relation) -> Setting:
    """Return a setting under which the printed numbers give the outcome that is published."""
    for is_zero, by_column, mode in product((False, True), (False, True), _MODES):
        habit = Habit(what="rates", mode=mode, kept=0, told=0, scope="table")
        setting = Setting(blanks_are_zero=is_zero, by_column=by_column, habit=habit)
        if judge(printed, setting).outcome == check["outcome"]:
            return setting
    return Setting()
