"""RATE: 집행률 = 집행액 / 예산액, 달성률 = 실적 / 목표, at the precision of the printed rate."""

from collections.abc import Iterator

from normalize.records import Fact, Report
from validate.labels import squeeze
from validate.quotients import quotient_span
from validate.rates import RateStrips, is_rate, rate_strips
from validate.rates_elsewhere import rates_elsewhere
from validate.records import Operand, Relation, RelationKind
from validate.rounding import rate_rounding, step_of
from validate.tables import planes_of
from validate.vocabulary import ACHIEVED, INTENDED

_FEW = 2


def propose(report: Report) -> Iterator[Relation]:
    """Yield one relation for each printed rate with both of its sides; pairs item by item."""
    for found in rate_strips(report):
        relations = [one for cross in found.plane.across for one in _at(found, cross.index)]
        if found.basis == "printed_formula" or not _is_refuted(relations):
            yield from relations
    yield from _rates_in_words(report)
    for one in rates_elsewhere(report):
        yield Relation(
            kind="rate",
            result=one.rate,
            operands=(Operand(fact=one.top), Operand(fact=one.bottom)),
            basis="cross_reference",
            rule="a rate in a summary is of the amounts that another table has",
        )


def _is_refuted(relations: list[Relation]) -> bool:
    """Tell whether not one of several rates is the quotient of the two: they are not its sides."""
    spans = [
        (relation.result, quotient_span(*(operand.fact for operand in relation.operands)))
        for relation in relations
    ]
    known = [(rate, span) for rate, span in spans if rate is not None and span is not None]
    holds = (
        rate_rounding(rate.value, step_of(rate), span)
        for rate, span in known
        if rate.value is not None
    )
    return len(known) > _FEW and not any(holds)


def _at(found: RateStrips, cross: int) -> Iterator[Relation]:
    if _is_shared(found, cross):
        return
    cell = found.plane.all_at(found.rate.index, cross)
    rates = [fact for fact in cell if is_rate(fact) or fact.value_unit is None]
    tops = _amounts(found.plane.all_at(found.top.index, cross))
    bottoms = _amounts(found.plane.all_at(found.bottom.index, cross))
    if not rates or not tops or not bottoms or rates[0].state != "number":
        return
    if len(rates) == len(tops) == len(bottoms) > 1:
        for rate, top, bottom in zip(rates, tops, bottoms, strict=True):
            yield _relation(rate, top, bottom, found)
    elif len(rates) == 1:
        top, bottom = _chosen(rates[0], tops, bottoms)
        if top.value_unit == bottom.value_unit:
            yield _relation(rates[0], top, bottom, found)


def _is_shared(found: RateStrips, cross: int) -> bool:
    """Tell whether a rate stands for the next line as well, whose rate and target are blank."""
    plane = found.plane
    later = [one.index for one in plane.across if one.index > cross]
    return (
        bool(later)
        and not plane.all_at(found.rate.index, later[0])
        and not plane.all_at(found.bottom.index, later[0])
        and bool(plane.all_at(found.top.index, later[0]))
    )


def _amounts(facts: tuple[Fact, ...]) -> list[Fact]:
    return [fact for fact in facts if not is_rate(fact) or fact.measure in ("target", "actual")]


def _chosen(rate: Fact, tops: list[Fact], bottoms: list[Fact]) -> tuple[Fact, Fact]:
    """Return the pair that a single rate is of; 20건/50억 leaves open which, so either will do."""
    if len(tops) != len(bottoms) or any(fact.funding_source for fact in tops):
        return tops[0], bottoms[0]
    for top, bottom in zip(tops, bottoms, strict=True):
        span = quotient_span(top, bottom)
        if span and rate.value is not None and rate_rounding(rate.value, step_of(rate), span):
            return top, bottom
    return tops[0], bottoms[0]


def _relation(rate: Fact, top: Fact, bottom: Fact, found: RateStrips) -> Relation:
    return Relation(
        kind="rate",
        result=rate,
        operands=(Operand(fact=top), Operand(fact=bottom)),
        basis=found.basis,
        rule=f"{found.rate.label} = {found.top.label} / {found.bottom.label}",
    )


def _rates_in_words(report: Report) -> Iterator[Relation]:
    """Yield 목표 대비 103% 달성 in a remark beside a target and what was achieved."""
    for plane in planes_of(report):
        tops = [one for one in plane.across if squeeze(one.label) in ACHIEVED]
        bottoms = [one for one in plane.across if squeeze(one.label) in INTENDED]
        if len(tops) != 1 or len(bottoms) != 1:
            continue
        for (row, col), facts in sorted((*plane.facts.items(), *plane.worded.items())):
            cell = plane.cells.get((row, col))
            words = squeeze(cell.text) if cell else ""
            rates = [fact for fact in facts if is_rate(fact)]
            if len(rates) != 1 or not ("목표대비" in words or "계획대비" in words):
                continue
            top = plane.fact_at(row, tops[0].index)
            bottom = plane.fact_at(row, bottoms[0].index)
            if top.state == bottom.state == "number":
                yield Relation(
                    kind="rate",
                    result=rates[0],
                    operands=(Operand(fact=top), Operand(fact=bottom)),
                    basis="label",
                    rule=f"{tops[0].label} / {bottoms[0].label}",
                )


KIND = RelationKind(code="rate", propose=propose)
