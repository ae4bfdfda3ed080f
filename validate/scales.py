"""The same printed figures under another unit: one of two tables is headed with a wrong one."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from normalize.records import Fact, Report
from validate.figures import Pair
from validate.labels import squeeze

_SISTERS = 3
"""So many rows of two tables must print the same digits: one may do so by chance."""
_LEAST = Decimal(1000)
"""Smaller figures are alike too often."""


def scale_rivals(report: Report) -> Iterator[Pair]:
    """Yield, for two tables that print the same figures in 천원 and 백만원, the largest of them."""
    printed: dict[tuple[str, Decimal], list[Fact]] = defaultdict(list)
    twins: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for fact in report.facts:
        number = printed_number(fact)
        if number is None or fact.table_id is None:
            continue
        earlier = printed[squeeze(fact.label), number]
        for other in earlier:
            if other.table_id and other.table_id != fact.table_id and is_rescaled(other, fact):
                pair = Pair(earlier=other, later=fact, score=1.0)
                twins[other.table_id, fact.table_id].append(pair)
        earlier.append(fact)
    for pairs in twins.values():
        if len({squeeze(pair.later.label) for pair in pairs}) >= _SISTERS:
            yield max(pairs, key=_size)


def _size(pair: Pair) -> Decimal:
    return abs(pair.later.value or Decimal(0))


def is_rescaled(left: Fact, right: Fact) -> bool:
    """Tell whether two amounts print the same digits and are scaled by different units."""
    number = printed_number(left)
    return (
        number is not None
        and number == printed_number(right)
        and left.multiplier != right.multiplier
    )


def printed_number(fact: Fact) -> Decimal | None:
    """Return the digits of an amount whose unit a heading gives, or None."""
    if fact.value is None or fact.value_unit != "won" or not fact.raw[-1:].isdigit():
        return None
    number = fact.value / fact.multiplier
    return number if abs(number) >= _LEAST else None
