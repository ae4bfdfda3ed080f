"""PART_OF_WHOLE: what is executed is not more than its budget; nothing exceeds the total cost."""

from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.labels import squeeze
from validate.matching import find_partner, is_called
from validate.records import Operand, Relation, RelationKind
from validate.spending import dated_payments, yearly_spending
from validate.tables import both_ways
from validate.vocabulary import AVAILABLE, EXECUTED, INITIAL, SUMMABLE_PAID

_SPENT = frozenset({"execution", "granted", "budget", "amount", "transfer", "secured_budget"})


def propose(report: Report) -> Iterator[Relation]:
    """Yield execution against budget source by source, and payments against the total cost."""
    yield from _executions(report)
    for one in yearly_spending(report):
        yield _relation(one.planned, one.spent, "what is spent in a year is not more than planned")
    for one in dated_payments(report):
        yield _relation(one.planned, one.spent, "a payment is not more than its year executed")
    yield from _payments(report)


def _executions(report: Report) -> Iterator[Relation]:
    for plane in both_ways(report):
        for strip in plane.strips:
            if not is_called(strip, EXECUTED):
                continue
            wholes = tuple(one for one in plane.strips if not INITIAL.search(squeeze(one.label)))
            whole = find_partner(strip, AVAILABLE, wholes)
            if whole is None:
                continue
            for cross in plane.across:
                spent = plane.all_at(strip.index, cross.index)
                for part in spent:
                    yield from _bounded(part, plane.all_at(whole.index, cross.index))


def _bounded(part: Fact, wholes: tuple[Fact, ...]) -> Iterator[Relation]:
    for whole in wholes:
        same = whole.funding_source == part.funding_source and whole.value_unit == "won"
        if same and whole.value is not None and part.value is not None:
            yield _relation(whole, part, "what is executed is not more than its budget")
            return


def _payments(report: Report) -> Iterator[Relation]:
    """Yield what tables say a programme pays, against the one total cost that the report states."""
    totals = [
        fact
        for fact in report.facts
        if fact.measure == "total_cost" and fact.funding_source in (None, "total") and fact.value
    ]
    if not totals or len({fact.value for fact in totals}) > 1:
        return
    start = report.facts.index(totals[0])
    if any(_is_payment(fact, totals[0]) for fact in report.facts[:start]):
        return  # the report is about more than the programme whose total cost this is
    for fact in report.facts[start:]:
        if not _is_payment(fact, totals[0]) or fact.value is None:
            continue
        name = squeeze(fact.indicator) + squeeze(fact.label)
        if fact.measure in _SPENT and any(word in name for word in SUMMABLE_PAID):
            yield _relation(totals[0], fact, "no payment exceeds the total cost of the programme")


def _is_payment(fact: Fact, whole: Fact) -> bool:
    """Tell whether a fact is money that a table of its own reports."""
    return fact.table_id not in (None, whole.table_id) and fact.value_unit == "won"


def _relation(whole: Fact, part: Fact, rule: str) -> Relation:
    return Relation(
        kind="part_of_whole",
        result=whole,
        operands=(Operand(fact=part),),
        basis="pattern",
        rule=rule,
    )


KIND = RelationKind(code="part_of_whole", propose=propose)
