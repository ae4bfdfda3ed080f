"""SHARE: 구성비 is the part over the total, in a column of its own or beside the amount."""

import re
from collections import defaultdict
from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.announced import announcements_of
from validate.quotients import quotient_span
from validate.rates import is_rate
from validate.records import Operand, Relation, RelationKind
from validate.rounding import ZERO, last_digit, rate_rounding
from validate.source_shares import source_shares
from validate.sums import Sum, stated_sums
from validate.tables import Plane

_SISTERS = 2
_TELLING = 10
"""A share of so many units of its last digit fits one total and no other."""
_OTHER = re.compile(r"증\s*감|대비|집행|달성|이행")
"""Words of percentages that are no shares."""


def propose(report: Report) -> Iterator[Relation]:
    """Yield shares of totals, where most shares of a group show that they are shares.

    A share that fits the grand total is no share of the sub-total that makes nearly all of it.
    """
    proposed = list(_proposed(report))
    fitting = {one.result.fact_id for one in proposed if one.result is not None and _holds(one)}
    for one in proposed:
        if one.result is None or one.result.fact_id not in fitting or _holds(one):
            yield one


def _proposed(report: Report) -> Iterator[Relation]:
    groups: dict[tuple[str, bool, int], list[tuple[Plane, Sum]]] = {}
    for plane, found in stated_sums(report):
        key = (plane.table.table_id, plane.is_turned, found.group.total.index)
        groups.setdefault(key, []).append((plane, found))
    for members in groups.values():
        for shares_of in (_beside, _in_next_strip):
            shares = [one for plane, found in members for one in shares_of(plane, found)]
            if _are_shares(shares):
                yield from shares
    yield from _of_headings(report)
    for one in source_shares(report):
        yield Relation(
            kind="share",
            result=one.share,
            operands=(Operand(fact=one.part), Operand(fact=one.total)),
            basis="cross_reference",
            rule="the share of a source is its amount over the total",
        )


def _of_headings(report: Report) -> Iterator[Relation]:
    """Yield the shares beside the amounts of a table whose total stands in the heading over it."""
    cells: dict[tuple[str | None, int | None, int | None], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.table_id is not None and is_rate(fact):
            cells[fact.table_id, fact.row, fact.col].append(fact)
    for heading in announcements_of(report):
        beside = [(part, cells[part.table_id, part.row, part.col]) for part in heading.parts]
        shares = [
            _relation(rates[0], part, heading.whole)
            for part, rates in beside
            if len(rates) == 1 and part.value is not None
        ]
        if _are_shares(shares):
            yield from shares


def _beside(plane: Plane, found: Sum) -> list[Relation]:
    """Return 45,400 (43.2%) below a total 105,000 (100%)."""
    relations = []
    for strip, part in zip(found.group.parts, found.parts, strict=True):
        rates = [fact for fact in plane.all_at(strip.index, found.cross.index) if is_rate(fact)]
        if len(rates) == 1 and part.value is not None and part is not rates[0]:
            relations.append(_relation(rates[0], part, found.result))
    return relations


def _in_next_strip(plane: Plane, found: Sum) -> list[Relation]:
    """Return the shares that stand in the strip right behind the amounts."""
    later = [one for one in plane.across if one.index > found.cross.index]
    if not later or _OTHER.search("".join(later[0].path)):
        return []
    relations = []
    for strip, part in zip(found.group.parts, found.parts, strict=True):
        fact = plane.fact_at(strip.index, later[0].index)
        if is_rate(fact) and part.value is not None:
            relations.append(_relation(fact, part, found.result))
    return relations


def _are_shares(relations: list[Relation]) -> bool:
    """Tell whether most of several percentages are the part over the total.

    Tiny parts are no evidence: 0.1 % of one total is 0.1 % of another one.
    """
    holds = sum(1 for relation in relations if _is_telling(relation) and _holds(relation))
    return holds >= _SISTERS and 2 * holds > len(relations)


def _is_telling(relation: Relation) -> bool:
    rate = relation.result
    return rate is not None and abs(rate.value or ZERO) >= _TELLING * last_digit(rate)


def _holds(relation: Relation) -> bool:
    span = quotient_span(*(operand.fact for operand in relation.operands))
    rate = relation.result
    if span is None or rate is None or rate.value is None:
        return False
    return rate_rounding(rate.value, last_digit(rate), span) is not None


def _relation(rate: Fact, part: Fact, total: Fact) -> Relation:
    return Relation(
        kind="share",
        result=rate,
        operands=(Operand(fact=part), Operand(fact=total)),
        basis="pattern",
        rule="a share is the part over the total",
    )


KIND = RelationKind(code="share", propose=propose)
