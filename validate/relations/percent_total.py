"""PERCENT_TOTAL: the shares of one whole make 100: 75:17.5:7.5, 국비 50% 시비 25% 구비 25%."""

from collections.abc import Iterator
from itertools import groupby

from normalize.records import Fact, Report
from validate.labels import squeeze, total_level
from validate.passages import Passage, passages_of
from validate.rates import is_rate
from validate.records import Operand, Relation, RelationKind
from validate.tables import Plane, Strip, both_ways
from validate.vocabulary import SHARE_LABELS


def propose(report: Report) -> Iterator[Relation]:
    """Yield ratios, sourced percentages in one sentence, and columns of shares."""
    yield from _ratios(report)
    for passage in passages_of(report):
        yield from _sourced(passage)
    for plane in both_ways(report):
        for cross in plane.across:
            yield from _listed(plane, cross)


def _ratios(report: Report) -> Iterator[Relation]:
    for _, group in groupby(report.facts, key=lambda fact: (fact.table_id, fact.place)):
        parts = list(group)
        if len(parts) > 1 and all(is_rate(part) for part in parts):
            yield _relation(parts)


def _sourced(passage: Passage) -> Iterator[Relation]:
    """Yield percentages of different sources that stand together and are no rates."""
    run: list[Fact] = []
    for mention in passage.mentions:
        fact = mention.fact
        fits = (
            fact.value_unit == "percent"
            and fact.funding_source not in (None, "total")
            and not fact.is_approximate
        )
        if fits and all(fact.funding_source != one.funding_source for one in run):
            run.append(fact)
            continue
        yield from _close(run)
        run = [fact] if fits else []
    yield from _close(run)


def _close(run: list[Fact]) -> Iterator[Relation]:
    if len(run) > 1 and len({fact.place for fact in run}) > 1:
        yield _relation(run)


def _listed(plane: Plane, cross: Strip) -> Iterator[Relation]:
    """Yield a strip of shares (구성비, 비중) over the parts of a table, and the total it prints."""
    if squeeze(cross.label) not in SHARE_LABELS and not squeeze(cross.label).endswith("대비비율"):
        return
    parts = [
        plane.fact_at(strip.index, cross.index)
        for strip in plane.strips
        if not any(total_level(label) for label in strip.path)
    ]
    shares = [fact for fact in parts if fact.state != "blank"]
    if len(shares) > 1 and all(is_rate(fact) for fact in shares) and _is_partition(shares):
        yield _relation(shares)
        yield from map(_relation, _totals(plane, cross))


def _totals(plane: Plane, cross: Strip) -> Iterator[list[Fact]]:
    """Yield the share that the only total of a table prints for itself: it is the whole."""
    totals = [
        plane.fact_at(strip.index, cross.index)
        for strip in plane.strips
        if any(total_level(label) for label in strip.path)
    ]
    if len(totals) == 1 and totals[0].state == "number" and is_rate(totals[0]):
        yield totals


def _is_partition(shares: list[Fact]) -> bool:
    """Tell whether a list can be the parts of one whole: not a list with sub-totals in it.

    Shares of parts and of their parts make far more than 100; a wrong share does not.
    """
    values = [fact.value for fact in shares if fact.value is not None]
    return all(value >= 0 for value in values) and 80 <= sum(values) <= 120


def _relation(parts: list[Fact]) -> Relation:
    return Relation(
        kind="percent_total",
        result=None,
        operands=tuple(Operand(fact=part) for part in parts),
        basis="label",
        rule="the shares of one whole make 100",
    )


KIND = RelationKind(code="percent_total", propose=propose)
