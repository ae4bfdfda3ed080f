"""Rates in a summary whose two amounts stand in another table, under the same name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.records import Fact, Report
from validate.figures import are_compatible
from validate.labels import squeeze, total_level
from validate.matching import find_partner
from validate.quotients import quotient_span
from validate.rates import is_rate, rate_strips
from validate.rounding import last_digit, rate_rounding
from validate.tables import Plane, Strip, planes_of
from validate.vocabulary import GENERIC_NAMES, RATE_FAMILIES

_LEAST = 2
_LONG_NAME = 5
"""A name of so many letters may stand behind another word: 재단 인재양성연수."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateElsewhere:
    """A rate and the two amounts that another table has of the same thing."""

    rate: Fact
    top: Fact
    bottom: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amounts:
    """A table that has both sides of a kind of rate."""

    plane: Plane
    top: Strip
    bottom: Strip


def rates_elsewhere(report: Report) -> Iterator[RateElsewhere]:
    """Yield the rates of a column without its sides, where two and most of them agree."""
    planes = planes_of(report)
    told = {(one.plane.table.table_id, one.rate.index) for one in rate_strips(report)}
    for plane in planes:
        for column in plane.across:
            if (plane.table.table_id, column.index) in told:
                continue
            for other in _sources(planes, plane, squeeze(column.label)):
                found = list(_pairs(plane, column, other))
                holding = sum(1 for one in found if _holds(one))
                if holding >= _LEAST and 2 * holding > len(found):
                    yield from found


def _sources(planes: Sequence[Plane], own: Plane, name: str) -> Iterator[_Amounts]:
    for pattern, tops, bottoms in RATE_FAMILIES[:1]:
        if not pattern.fullmatch(name):
            continue
        for plane in planes:
            if plane.table.table_id == own.table.table_id:
                continue
            strip = Strip(index=-1, path=(name,))
            top = find_partner(strip, tops, plane.across)
            bottom = find_partner(strip, bottoms, plane.across)
            if top is not None and bottom is not None:
                yield _Amounts(plane=plane, top=top, bottom=bottom)


def _pairs(plane: Plane, column: Strip, other: _Amounts) -> Iterator[RateElsewhere]:
    for row in plane.strips:
        rate = plane.fact_at(row.index, column.index)
        meant = [one for one in other.plane.strips if _is_called(one, squeeze(row.label))]
        if not is_rate(rate) or not meant:
            continue
        top = other.plane.fact_at(meant[0].index, other.top.index)
        bottom = other.plane.fact_at(meant[0].index, other.bottom.index)
        is_sole = len({squeeze(one.label) for one in meant}) == 1
        if is_sole and top.state == bottom.state == "number" and are_compatible(rate, top):
            yield RateElsewhere(rate=rate, top=top, bottom=bottom)


def _is_called(row: Strip, name: str) -> bool:
    if not name or name in GENERIC_NAMES or total_level(name):
        return False
    own = squeeze(row.label)
    return own == name or (len(name) >= _LONG_NAME and own.endswith(name))


def _holds(one: RateElsewhere) -> bool:
    span = quotient_span(one.top, one.bottom)
    if span is None or one.rate.value is None:
        return False
    return rate_rounding(one.rate.value, last_digit(one.rate), span) is not None
