"""Rows that say the same twice: where all their figures agree but one, that one is a slip."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from normalize.records import Fact, Report
from validate.figures import telling_digits
from validate.labels import squeeze
from validate.rounding import are_apart
from validate.slips import is_slip
from validate.tables import Plane, Strip, is_summable, planes_of

_LEAST = 4
_TELLING = 4
_MOST_TWINS = 6
"""A row that returns more often is a filled column and no repetition."""

Slot = tuple[str, int]
"""The heading over a figure and which number of its cell it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    plane: Plane
    strip: Strip
    figures: dict[Slot, Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Two figures that should be one, by all else in their rows."""

    earlier: Fact
    later: Fact


def slips_between_rows(report: Report) -> Iterator[Slip]:
    """Yield the only figure in which two rows differ that agree in four long figures or more.

    It must be a slip of the pen away, and the gap no figure of the same column: else the rows
    differ because one of them holds something more.
    """
    rows = [row for plane in planes_of(report) for row in _rows(plane)]
    meeting: dict[tuple[Slot, Decimal], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for slot, fact in row.figures.items():
            if fact.value is not None and telling_digits(fact) >= _TELLING:
                meeting[slot, fact.value].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for found in meeting.values():
        if len(found) <= _MOST_TWINS:
            shared.update(combinations(found, 2))
    for (first, second), count in sorted(shared.items()):
        if count >= _LEAST:
            yield from _slip(rows[first], rows[second])


def _rows(plane: Plane) -> Iterator[_Row]:
    for strip in plane.strips:
        figures: dict[Slot, Fact] = {}
        for cross in plane.across:
            name = squeeze(" ".join(cross.path))
            for item, fact in enumerate(plane.all_at(strip.index, cross.index)):
                if fact.state == "number" and is_summable(fact):
                    figures.setdefault((name, item), fact)
        yield _Row(plane=plane, strip=strip, figures=figures)


def _slip(first: _Row, second: _Row) -> Iterator[Slip]:
    slots = first.figures.keys() & second.figures.keys()
    apart = [slot for slot in slots if first.figures[slot].value != second.figures[slot].value]
    distinct = {first.figures[slot].value for slot in slots if slot not in apart}
    if len(apart) != 1 or len(distinct) < _LEAST - 1:
        return
    left, right = first.figures[apart[0]], second.figures[apart[0]]
    if left.value is None or right.value is None or not is_slip(left.value, right.value):
        return
    gap = abs(left.value - right.value)
    if not are_apart(left, right):
        return  # one was rounded and the other cut off
    others = (row for side in (first, second) for row in _rows(side.plane))
    if not any(_holds(row, apart[0], gap) for row in others):
        yield Slip(earlier=left, later=right)


def _holds(row: _Row, slot: Slot, value: Decimal) -> bool:
    fact = row.figures.get(slot)
    return fact is not None and fact.value == value
