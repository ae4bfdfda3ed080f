"""Columns of stacked cells: each paragraph a heading and its values, all of one length."""

from collections.abc import Sequence
from itertools import groupby

from extract.grids.rows import RowCell, grid_of
from extract.grids.stacked_cells import StackedCell
from extract.grids.stacked_heads import is_heading_word, is_stub_word, kind_of
from extract.grids.stacked_proof import suits
from extract.grids.stacked_rows import Reading

_Column = tuple[StackedCell, ...]


def read_columns(cells: Sequence[StackedCell]) -> Reading | None:
    """Return the one table of a stretch that stands column by column; None where it is not clear.

    No other value and no other heading may stand in the stretch: it would belong to the table.
    """
    paragraphs = [tuple(group) for _, group in groupby(cells, key=lambda cell: cell.paragraph)]
    valued = [i for i, group in enumerate(paragraphs) if any(cell.is_value for cell in group)]
    if len(valued) < 2 or valued[-1] - valued[0] + 1 != len(valued):
        return None
    columns = [_column(paragraphs[i]) for i in valued]
    length = len(columns[0])
    if length < 2 or any(len(column) != length for column in columns):
        return None
    before = valued[0]
    stub = _labels(paragraphs[before - 1], length) if before else ()
    if stub:
        columns, before = [stub, *columns], before - 1
    outside = [*paragraphs[:before], *paragraphs[valued[-1] + 1 :]]
    if any(is_heading_word(run.text) for group in outside for cell in group for run in cell.runs):
        return None
    heads = [column[0] for column in columns]
    if any(kind_of(head.text) != "value" for head in heads[bool(stub) :]):
        return None
    if not suits(heads, [column[1:] for column in columns]):
        return None
    return _reading(columns, cells)


def _column(group: Sequence[StackedCell]) -> _Column:
    """Return a heading and its values; nothing where the paragraph is anything else."""
    values = group[1:]
    is_column = not group[0].is_value and all(cell.is_value for cell in values)
    return tuple(group) if is_column else ()


def _labels(group: Sequence[StackedCell], length: int) -> _Column:
    """Return a column of labels: a heading and a line for each row."""
    if len(group) != 1 or len(group[0].runs) != length or length < 3:
        return ()
    cell = group[0]
    if not is_stub_word(cell.runs[0].text):
        return ()
    return tuple(
        StackedCell(runs=(run,), lines=(line,), paragraph=cell.paragraph)
        for run, line in zip(cell.runs, cell.lines, strict=True)
    )


def _reading(columns: Sequence[_Column], cells: Sequence[StackedCell]) -> Reading:
    rows = [
        tuple(RowCell(runs=column[i].runs) for column in columns) for i in range(len(columns[0]))
    ]
    grid = grid_of(rows, engine="stacked", header_row_count=1, confidence=0.9)
    used = tuple(cell for column in columns for cell in column)
    return Reading(grid=grid, used=used, end=len(cells))
