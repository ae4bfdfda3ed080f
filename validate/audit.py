"""The audit of a report: every relation that it states, tested, and what came of it. START HERE."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Literal

from extract.cycle_search import without_cycle_search
from normalize.records import Fact, Report
from validate.arithmetic import judge
from validate.coarseness import tables_by_column
from validate.expressions import write_equation
from validate.findings import find
from validate.habits import SUMS, Habits
from validate.kept import kept
from validate.network import key_of
from validate.records import Audit, CellRef, Check, Operand, Relation
from validate.relations import KINDS
from validate.settings import Setting
from validate.shifted import Shift, shifted_rows
from validate.trial import Trial

_PRECISION = 80
"""Digits that are carried, so that no printed number is too long to be checked."""


_PLAIN = Setting()
_SISTERS = 2
"""Lists of a table that must add up before one that does not means anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What the sums that hold show about the numbers of a report."""

    zero_blank_tables: frozenset[str]
    rounded_tables: frozenset[str]
    listing_tables: frozenset[str]
    habits: Habits

    def setting_for(self, relation: Relation) -> Setting:
        result = relation.result
        return Setting(
            cut_share=self.habits.cut_share(relation),
            blanks_are_zero=result is not None and result.table_id in self.zero_blank_tables,
            habit=self.habits.of(relation),
            by_column=result is not None and result.table_id in self.rounded_tables,
            are_lists_whole=result is not None and result.table_id in self.listing_tables,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    """The relations of a report, each with what came of it."""

    trials: tuple[Trial, ...]
    habits: Habits


@without_cycle_search()
def audit(report: Report) -> Audit:
    """Test every relation of a report; the same report gives the same checks and findings."""
    with localcontext(prec=_PRECISION):
        (known,) = _tested_relations(report)
        trials = known.trials
        shifts = tuple(shifted_rows(report, trials))
        trials = (*trials, *_moved(report, trials, shifts))
        findings = find(report, trials, [one.suspicion for one in shifts])
    return Audit(
        checks=tuple(one.check for one in trials),
        findings=findings,
        rounding=known.habits.by_table(table.table_id for table in report.tables),
    )


def _moved(report: Report, trials: Sequence[Trial], shifts: Sequence[Shift]) -> Iterator[Trial]:
    """Yield what fails in rows that moved, where nothing else there could be tested."""
    failing = {key_of(fact) for one in trials if one.fails for fact in one.facts}
    document_id = report.document.document_id
    left = [one.relation for one in shifts if failing.isdisjoint(one.suspicion.changes)]
    for number, relation in enumerate(filter(None, left), start=len(trials) + 1):
        trial = tested(document_id, f"{document_id[:12]}-c{number:06d}", relation, _PLAIN)
        check = replace(trial.check, outcome="mismatch", computed=None, difference=None)
        yield replace(trial, check=check)


@without_cycle_search()
def check_relations(report: Report) -> tuple[Check, ...]:
    """Test every relation of a report without asking why those that fail do so."""
    with localcontext(prec=_PRECISION):
        (known,) = _tested_relations(report)
    return tuple(one.check for one in known.trials)


@kept
def _tested_relations(report: Report) -> Iterator[_Tested]:
    """Yield all that is tested in a report, once: a reading that was chosen is then audited."""
    relations = _in_order(report, _proposed(report))
    evidence = _evidence(relations)
    trials = tuple(
        _tested(report, number, relation, evidence.setting_for(relation))
        for number, relation in enumerate(relations, start=1)
    )
    yield _Tested(trials=trials, habits=evidence.habits)


def _proposed(report: Report) -> Iterable[Relation]:
    """Yield each relation once; one that no label names only where no other says the same."""
    seen: set[tuple[object, ...]] = set()
    equations: set[frozenset[tuple[object, ...]]] = set()
    unnamed: list[Relation] = []
    for kind in KINDS:
        for relation in kind.propose(report):
            key = _key(relation)
            if key in seen:
                continue
            seen.add(key)
            if relation.basis == "family" and relation.kind in SUMS:
                unnamed.append(relation)
            else:
                equations.add(_cells_of(relation))
                yield relation
    yield from (relation for relation in unnamed if _cells_of(relation) not in equations)


def _cells_of(relation: Relation) -> frozenset[tuple[object, ...]]:
    """Return the figures of a relation: A = B + C, told as C = A - B, is the same equation."""
    facts = [operand.fact for operand in relation.operands]
    if relation.result is not None:
        facts.append(relation.result)
    return frozenset(_spot(fact) for fact in facts)


def _key(relation: Relation) -> tuple[object, ...]:
    """Return what makes two relations the same, whatever rule found them."""
    shape = relation.kind if relation.kind not in (*SUMS, "narrative") else "sum"
    own = None if relation.result is None else _spot(relation.result)
    terms = [(_spot(operand.fact), operand.factor) for operand in relation.operands]
    return (shape, own, tuple(sorted(terms, key=repr)) if shape == "sum" else tuple(terms))


def _spot(fact: Fact) -> tuple[object, ...]:
    if fact.fact_id:
        return (fact.fact_id,)
    return (fact.table_id, fact.row, fact.col, fact.raw)


def _in_order(report: Report, relations: Iterable[Relation]) -> list[Relation]:
    places = {fact.fact_id: at for at, fact in enumerate(report.facts)}
    kinds = {kind.code: at for at, kind in enumerate(KINDS)}

    def order(relation: Relation) -> tuple[int, ...]:
        facts = [relation.result] if relation.result is not None else []
        facts.extend(operand.fact for operand in relation.operands)
        known = [places[fact.fact_id] for fact in facts if fact.fact_id in places]
        return (known[0] if known else len(places), kinds[relation.kind], len(known), *known[1:])

    return sorted(relations, key=order)


def _evidence(relations: list[Relation]) -> _Evidence:
    """Look at the sums that hold: do blanks mean nothing, how are figures rounded?"""
    tables: set[str] = set()
    for relation in relations:
        if relation.kind not in SUMS or relation.result is None or not relation.result.value:
            continue
        if not relation.result.table_id or not _has_blank(relation.operands):
            continue
        if judge(relation, Setting(blanks_are_zero=True)).outcome == "exact":
            tables.add(relation.result.table_id)
    coarse = tables_by_column(relations)
    return _Evidence(
        zero_blank_tables=frozenset(tables),
        rounded_tables=coarse,
        listing_tables=_listing_tables(relations),
        habits=Habits(relations, coarse),
    )


def _listing_tables(relations: list[Relation]) -> frozenset[str]:
    """Return the tables whose numbers are mostly the sums of what their own words list."""
    holds: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for relation in relations:
        if (
            relation.kind == "narrative"
            and relation.result is not None
            and relation.result.table_id
        ):
            outcome = judge(relation, _PLAIN).outcome
            told[relation.result.table_id] += 1
            holds[relation.result.table_id] += outcome == "exact"
    return frozenset(
        table
        for table, count in holds.items()
        if count >= _SISTERS and count >= _SISTERS * (told[table] - count)
    )


def _has_blank(operands: tuple[Operand, ...]) -> bool:
    return any(operand.fact.state == "blank" for operand in operands)


def _tested(report: Report, number: int, relation: Relation, setting: Setting) -> Trial:
    document_id = report.document.document_id
    return tested(document_id, f"{document_id[:12]}-c{number:06d}", relation, setting)


def tested(document_id: str, check_id: str, relation: Relation, setting: Setting) -> Trial:
    """Return a relation with the check that states what came of it."""
    verdict = judge(relation, setting)
    result = relation.result
    check = Check(
        check_id=check_id,
        document_id=document_id,
        kind=relation.kind,
        expression=write_equation(relation),
        printed=verdict.printed,
        computed=verdict.computed,
        difference=verdict.difference,
        unit="percent" if result is None else result.value_unit,
        rounding=verdict.rounding,
        tolerance=verdict.tolerance,
        chance=verdict.chance,
        outcome=verdict.outcome,
        basis=relation.basis,
        cells=(
            *(() if result is None else (_cell("result", result),)),
            *(_cell("operand", one.fact, one.factor) for one in relation.operands),
        ),
    )
    return Trial(relation=relation, check=check, setting=setting)


def _cell(role: Literal["result", "operand"], fact: Fact, factor: Decimal | None = None) -> CellRef:
    return CellRef(
        role=role,
        fact_id=fact.fact_id or None,
        table_id=fact.table_id,
        row=fact.row,
        col=fact.col,
        place=fact.place,
        factor=factor,
    )
