"""Figures that return together: places that share a telling figure share the lesser ones too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from normalize.records import Fact, Report
from validate.figures import Pair, are_compatible, telling_digits
from validate.tables import dimension, is_summable

_TELLING = 3
_LEAST = 10
"""A number of one digit returns everywhere by chance."""

Spot = tuple[object, ...]


def companions_of(report: Report, pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield equal figures of two places, a cell or a section, that a longer figure ties together.

    Args:
        report: where the figures stand.
        pairs: figures that return under the same name.
    """
    spots: dict[Spot, list[Fact]] = defaultdict(list)
    order = {fact.fact_id: at for at, fact in enumerate(report.facts)}
    for fact in report.facts:
        if fact.state == "number" and fact.value and is_summable(fact):
            spots[_spot(fact)].append(fact)
    known = list(pairs)
    taken = {frozenset((pair.earlier.fact_id, pair.later.fact_id)) for pair in known}
    tied: dict[tuple[Spot, Spot], int] = {}
    for pair in known:
        spot = (_spot(pair.earlier), _spot(pair.later))
        if _is_telling(pair) and spot[0] != spot[1]:
            tied.setdefault(spot, order[pair.later.fact_id])
    for (first, second), at in tied.items():
        near = sorted(spots[second], key=lambda fact: abs(order[fact.fact_id] - at))
        yield from _shared(spots[first], near, taken)


def _is_telling(pair: Pair) -> bool:
    return min(telling_digits(pair.earlier), telling_digits(pair.later)) >= _TELLING


def _spot(fact: Fact) -> Spot:
    """Return the place that says one thing: a cell, or the lines under one heading."""
    if fact.table_id is not None:
        return (fact.table_id, fact.row, fact.col)
    return ("text", *(heading for heading in fact.section_path if fact.raw not in heading))


def _shared(first: list[Fact], second: list[Fact], taken: set[frozenset[str]]) -> Iterator[Pair]:
    """Yield the figures that one place prints once with the nearest such figure of the other."""
    for left in first:
        twins = [right for right in second if _is_alike(left, right)]
        rivals = [other for other in first if _is_same_kind(other, left)]
        if not twins or len(rivals) != 1:
            continue
        key = frozenset((left.fact_id, twins[0].fact_id))
        if key not in taken and are_compatible(left, twins[0]):
            taken.add(key)
            yield Pair(earlier=left, later=twins[0], score=0.0)


def _is_same_kind(left: Fact, right: Fact) -> bool:
    return left.value == right.value and left.value_unit == right.value_unit


def _is_alike(left: Fact, right: Fact) -> bool:
    if left.value is None or left.value != right.value or left.value < _LEAST:
        return False
    units = {left.value_unit, right.value_unit} - {None}
    return len(units) < 2 and len({dimension(left), dimension(right)} - {None}) < 2
