"""Names listed in a cell beside their number: 수요처 22 | 가나/다라/마바."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.records import Fact, LabelledCell, Report
from validate.tables import Plane, Strip, is_summable, planes_of
from validate.vocabulary import PARTIAL_LISTS

_SEPARATORS = ("/", ",")
_LEAST = 3
_FIGURE = re.compile(r"[\d\s,.%()△▲–-]*")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A cell with names, and how many it has."""

    row: int
    cell: LabelledCell
    count: int


def slashed_lists(report: Report) -> Iterator[tuple[Fact, LabelledCell, int]]:
    """Yield a number, the cell of names beside it and how many names that has.

    A column of numbers counts a column of names where most of its rows do so exactly; the rest
    are then rows to look at.
    """
    for plane in planes_of(report):
        listed = [(col, lists) for col, cells in _columns(plane) for lists in _lists(cells)]
        for strip in plane.across if listed else ():
            for col, lists in listed:
                if col != strip.index:
                    yield from _counted(plane, strip, lists)


def _columns(plane: Plane) -> Iterator[tuple[int, list[LabelledCell]]]:
    """Yield the columns with the cells of their rows; one that holds figures only lists no names.

    1,234,567 is one number and not three names.
    """
    columns: dict[int, list[LabelledCell]] = defaultdict(list)
    rows = {row.index for row in plane.strips}
    for cell in plane.cells.values():
        if cell.row in rows:
            columns[cell.col].append(cell)
    for col, cells in sorted(columns.items()):
        if not all(_FIGURE.fullmatch(cell.text) for cell in cells):
            yield col, sorted(cells, key=lambda cell: cell.row)


def _lists(cells: list[LabelledCell]) -> Iterator[list[_List]]:
    """Yield the lists of a column with their rows, for each separator that makes enough."""
    for separator in _SEPARATORS:
        if sum(1 for cell in cells if separator in cell.text) < _LEAST:
            continue
        found = [
            _List(row=cell.row, cell=cell, count=count)
            for cell in cells
            if (count := _names(cell.text, separator))
        ]
        if sum(1 for one in found if one.count > 1) >= _LEAST:
            yield found


def _counted(
    plane: Plane, strip: Strip, lists: list[_List]
) -> Iterator[tuple[Fact, LabelledCell, int]]:
    told = [(plane.fact_at(one.row, strip.index), one.cell, one.count) for one in lists]
    rows = [row for row in told if row[0].state == "number" and is_summable(row[0])]
    exact = sum(1 for fact, _, names in rows if fact.value == names and names > 1)
    if exact >= _LEAST and 2 * exact > len(rows):
        yield from rows


def _names(text: str, separator: str) -> int:
    bare = _BRACKETED.sub("", text)
    if PARTIAL_LISTS.search(bare):
        return 0
    return sum(1 for name in bare.split(separator) if name.strip(" '\n"))
