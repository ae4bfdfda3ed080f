"""Lists that a page folds: in two bands of columns, or in two halves, under one total."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.records import Block, Line, TableGrid
from normalize.records import Fact, Report
from validate.kept import kept
from validate.labels import squeeze, total_level
from validate.tables import Plane, Strip, is_added, is_summable, planes_of, same_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedTotal:
    """A total with all that it covers, on both sides of the fold."""

    result: Fact
    parts: tuple[Fact, ...]


@kept
def folded_rows(report: Report) -> Iterator[FoldedTotal]:
    """Yield the total of one row of figures that goes on in a table right below.

    The lower band has one row as well, no title, no unit and no total of its own, and nothing
    stands between the two.
    """
    planes = {id(plane.table.grid): plane for plane in planes_of(report)}
    for above, below in pairwise(_neighbours(report.document.blocks)):
        if above is None or below is None or below.caption or below.unit_note:
            continue
        upper, lower = planes.get(id(above)), planes.get(id(below))
        if upper is not None and lower is not None:
            yield from _over_bands(upper, lower)


def _neighbours(blocks: tuple[Block, ...]) -> Iterator[TableGrid | None]:
    """Yield the tables; None where a line of text stands between two of them."""
    for block in blocks:
        if isinstance(block, TableGrid):
            yield block
        elif isinstance(block, Line) and block.role != "furniture" and block.run.text.strip():
            yield None


def _over_bands(upper: Plane, lower: Plane) -> Iterator[FoldedTotal]:
    if len(upper.strips) != 1 or len(lower.strips) != 1 or any(map(_is_total, lower.across)):
        return
    totals = [one for one in upper.across if _is_total(one)]
    if len(totals) != 1 or not all(map(is_added, (*upper.across, *lower.across))):
        return
    result = upper.fact_at(upper.strips[0].index, totals[0].index)
    parts = [
        plane.fact_at(plane.strips[0].index, column.index)
        for plane in (upper, lower)
        for column in plane.across
        if column not in totals
    ]
    yield from _stated(result, parts)


@kept
def folded_columns(report: Report) -> Iterator[FoldedTotal]:
    """Yield the totals of tables that print their headings twice, side by side.

    The total row is blank under the first half of the headings: it is of both.
    """
    for plane in planes_of(report):
        rows = [row for row in plane.strips if _is_total(row)]
        if len(rows) != 1:
            continue
        halves: dict[tuple[str, ...], list[Strip]] = {}
        for column in plane.across:
            halves.setdefault(tuple(map(squeeze, column.path)), []).append(column)
        twice = [columns for columns in halves.values() if len(columns) == 2]
        if len(twice) == len(halves) and all(_is_blank(plane, rows[0], one[0]) for one in twice):
            yield from _over_halves(plane, rows[0], twice)


def _over_halves(plane: Plane, total: Strip, twice: list[list[Strip]]) -> Iterator[FoldedTotal]:
    for columns in twice:
        parts = [
            plane.fact_at(row.index, column.index)
            for column in columns
            for row in plane.strips
            if row.index != total.index
        ]
        yield from _stated(plane.fact_at(total.index, columns[1].index), parts)


def _is_blank(plane: Plane, row: Strip, column: Strip) -> bool:
    return not plane.all_at(row.index, column.index)


def _stated(result: Fact, parts: list[Fact]) -> Iterator[FoldedTotal]:
    numbers = [part for part in parts if part.state == "number"]
    is_read = result.state == "number" and all(part.state != "text" for part in parts)
    is_added_up = same_unit((result, *numbers)) and all(map(is_summable, (result, *numbers)))
    if is_read and is_added_up and len(numbers) > 1:
        yield FoldedTotal(result=result, parts=tuple(parts))


def _is_total(strip: Strip) -> bool:
    return any(total_level(label) for label in strip.path)
