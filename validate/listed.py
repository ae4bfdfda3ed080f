"""Names listed in a cell beside their number: 수요처 22 | 가나/다라/마바."""

import re
from collections.abc import Iterator

from normalize.records import Fact, LabelledCell, Report
from validate.tables import Plane, Strip, is_summable, planes_of
from validate.vocabulary import PARTIAL_LISTS

_SEPARATORS = ("/", ",")
_LEAST = 3


def slashed_lists(report: Report) -> Iterator[tuple[Fact, LabelledCell, int]]:
    """Yield a number, the cell of names beside it and how many names that has.

    A column of numbers counts a column of names where most of its rows do so exactly; the rest
    are then rows to look at.
    """
    for plane in planes_of(report):
        for strip in plane.across:
            for col in sorted({cell.col for cell in plane.table.cells} - {strip.index}):
                for separator in _SEPARATORS:
                    yield from _counted(plane, strip, col, separator)


def _counted(
    plane: Plane, strip: Strip, col: int, separator: str
) -> Iterator[tuple[Fact, LabelledCell, int]]:
    rows: list[tuple[Fact, LabelledCell, int]] = []
    for row in plane.strips:
        fact, cell = plane.fact_at(row.index, strip.index), plane.cells.get((row.index, col))
        if cell is None or fact.state != "number" or not is_summable(fact):
            continue
        names = _names(cell.text, separator)
        if names:
            rows.append((fact, cell, names))
    exact = sum(1 for fact, _, names in rows if fact.value == names and names > 1)
    if exact >= _LEAST and 2 * exact > len(rows):
        yield from rows


def _names(text: str, separator: str) -> int:
    bare = re.sub(r"[(（][^()（）]*[)）]", "", text)
    if PARTIAL_LISTS.search(bare):
        return 0
    return sum(1 for name in bare.split(separator) if name.strip(" '\n"))
