"""Rows whose cells say figures in words: 8개 기관 105명 | 32개 기관 477명 | 40개 기관 582명."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.records import Fact, Report
from validate.rounding import ZERO
from validate.tables import Plane, dimension, is_summable, planes_of

_SISTERS = 2
_LEAST_CELLS = 3

Slot = tuple[int, tuple[int, ...], int]
"""Column of the total, columns of the parts, and which number of each cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedSum:
    """A number in a cell and those of the other cells of its row that it should be the sum of."""

    whole: Fact
    parts: tuple[Fact, ...]


def worded_sums(report: Report) -> Iterator[WordedSum]:
    """Yield the sums along rows of sentences, where most rows of a table show that they are sums.

    The last or the first cell of a row is then the sum of the others, number by number.
    """
    for plane in planes_of(report):
        if not plane.worded:
            continue
        sums: dict[Slot, list[WordedSum]] = defaultdict(list)
        for row in plane.strips:
            for slot, one in _sums_of_row(plane, row.index):
                sums[slot].append(one)
        for found in sums.values():
            holds = sum(1 for one in found if _holds(one))
            if holds >= _SISTERS and 2 * holds > len(found):
                yield from found


def _sums_of_row(plane: Plane, row: int) -> Iterator[tuple[Slot, WordedSum]]:
    cells = _cells(plane, row)
    columns = sorted(cells)
    if len(columns) < _LEAST_CELLS or len({len(cells[col]) for col in columns}) != 1:
        return
    for total, parts in ((columns[-1], columns[:-1]), (columns[0], columns[1:])):
        for item, whole in enumerate(cells[total]):
            own = tuple(cells[col][item] for col in parts)
            if all(dimension(one) == dimension(whole) for one in own):
                yield (total, tuple(parts), item), WordedSum(whole=whole, parts=own)


def _cells(plane: Plane, row: int) -> dict[int, tuple[Fact, ...]]:
    """Return the numbers of a row by column, if all of them can be added."""
    found = {
        col: facts
        for (at, col), facts in (*plane.facts.items(), *plane.worded.items())
        if at == row
    }
    facts = [fact for cell in found.values() for fact in cell]
    return found if all(fact.value and is_summable(fact) for fact in facts) else {}


def _holds(one: WordedSum) -> bool:
    return one.whole.value == sum((part.value or ZERO for part in one.parts), ZERO)
