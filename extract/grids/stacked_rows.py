"""Rows of stacked cells: headings, then the cells row by row, as often as the headings repeat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.grids.header_words import VALUE_WORDS
from extract.grids.rows import BLANK, Row, grid_of
from extract.grids.stacked_cells import StackedCell
from extract.grids.stacked_heads import (
    adds_up,
    is_heading_word,
    is_rate_heading,
    is_stub_word,
    kind_of,
    suits,
    word_of,
)
from extract.records import TableGrid

_MOST_COLUMNS = 20
_MOST_LABELS = 3
_LATE_WITHIN = 3
_SHORT_ROWS = "Blank cells were lost in short rows: the columns of their values are not certain."
_LOST_LABELS = "Labels of some rows are not printed beside them."
_LATE_HEAD = "A heading is printed below its column."
_MORE_COLUMNS = "Headings printed above may belong to columns of labels that were lost."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A table among the cells of a stretch."""

    grid: TableGrid
    used: tuple[StackedCell, ...]
    end: int
    """Position behind its last cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """The rows below the headings; None where a cell is missing."""

    rows: tuple[tuple[StackedCell | None, ...], ...]
    end: int
    is_short: bool = False
    lacks_labels: bool = False


def read_rows(cells: Sequence[StackedCell]) -> Iterator[Reading]:
    """Yield the tables of a stretch that stand row by row, in reading order."""
    first = 0
    position = 1
    while position < len(cells):
        is_start = cells[position].is_value and not cells[position - 1].is_value
        reading = _table_at(cells, first, position) if is_start else None
        if reading is None:
            position += 1
            continue
        yield reading
        first, position = reading.end, reading.end + 1


def _table_at(cells: Sequence[StackedCell], first: int, value: int) -> Reading | None:
    """Return the table whose first value stands at `value`; None unless one reading is largest."""
    above = value
    while above > first and not cells[above - 1].is_value:
        above -= 1
    readings = [
        reading
        for labels in range(_MOST_LABELS + 1)
        for count in range(2, min(_MOST_COLUMNS, value - labels - above) + 1)
        for reading in [_read(cells, above, value - labels - count, count, labels)]
        if reading is not None
    ]
    readings.sort(key=lambda reading: len(reading.used), reverse=True)
    if len(readings) > 1 and len(readings[0].used) == len(readings[1].used):
        return None
    return readings[0] if readings else None


def _read(
    cells: Sequence[StackedCell], above: int, start: int, count: int, labels: int
) -> Reading | None:
    """Read `count` headings from `start` and the rows below; `labels` texts begin a row."""
    heads = list(cells[start : start + count])
    if is_stub_word(heads[0].runs[-1].text):
        heads[0] = heads[0].last_line()
    if labels and kind_of(heads[0].text) != "label":
        return None
    complete = _with_heads(cells, heads, start + count, labels)
    late = None if complete else _late_heading(cells, heads, start + count, labels)
    body, heads = complete or late or (None, heads)
    if body is None:
        return None
    further = any(is_heading_word(cell.runs[-1].text) for cell in cells[above:start])
    notes = [
        note
        for note, holds in (
            (_SHORT_ROWS, body.is_short),
            (_LOST_LABELS, body.lacks_labels),
            (_LATE_HEAD, late is not None),
            (_MORE_COLUMNS, further),
        )
        if holds
    ]
    used = (*heads, *(cell for row in body.rows for cell in row if cell is not None))
    doubtful = body.is_short or body.lacks_labels or further
    grid = _grid(heads, body, notes, is_ambiguous=doubtful)
    return Reading(grid=grid, used=used, end=body.end)


def _with_heads(
    cells: Sequence[StackedCell], heads: list[StackedCell], start: int, labels: int
) -> tuple[_Body, list[StackedCell]] | None:
    body = _body(cells, start, len(heads), labels)
    return (body, heads) if body is not None and _is_sure(heads, body, labels) else None


def _late_heading(
    cells: Sequence[StackedCell], heads: list[StackedCell], start: int, labels: int
) -> tuple[_Body, list[StackedCell]] | None:
    """Read a table whose last column holds rates and whose heading was printed below it."""
    body = _body(cells, start, len(heads) + 1, labels)
    if body is None or body.is_short or not labels:
        return None
    for cell in cells[body.end : body.end + _LATE_WITHIN]:
        is_rate = word_of(cell.text) in VALUE_WORDS and is_rate_heading(cell.text)
        if is_rate and all(row[-1] and row[-1].shape == "percent" for row in body.rows):
            complete = [*heads, cell]
            return (body, complete) if _is_sure(complete, body, labels) else None
    return None


def _body(cells: Sequence[StackedCell], start: int, width: int, labels: int) -> _Body | None:
    """Return the rows from `start`: strict repetition, or a label and the values behind it."""
    first = cells[start : start + width]
    if labels == 1 and width > 1 and all(cell.is_value for cell in first[1:]):
        body = _labelled(cells, start, width)
        if body is not None:
            return body
    return _repeated(cells, start, width)


def _repeated(cells: Sequence[StackedCell], start: int, width: int) -> _Body | None:
    """Return the rows that repeat the kinds of the first, up to the first that does not."""
    rows: list[tuple[StackedCell, ...]] = []
    end = start
    while end + width <= len(cells):
        row = tuple(cells[end : end + width])
        if rows and not all(map(_same_kind, rows[0], row)):
            break
        rows.append(row)
        end += width
    leftover = end < len(cells) and cells[end].is_value
    return None if leftover or not rows else _Body(rows=tuple(rows), end=end)


def _same_kind(above: StackedCell, cell: StackedCell) -> bool:
    return "nil" in (above.shape, cell.shape) or above.is_value == cell.is_value


def _labelled(cells: Sequence[StackedCell], start: int, width: int) -> _Body | None:
    """Return rows of a label and its values, where some have fewer or stand without a label."""
    rows: list[tuple[StackedCell | None, ...]] = []
    end = start
    while end < len(cells) and not cells[end].is_value:
        stop = end + 1
        while stop < len(cells) and cells[stop].is_value:
            stop += 1
        values = cells[end + 1 : stop]
        more = len(values) > width - 1
        if not values or (more and len(values) % (width - 1)):
            break
        missing = [None] * max(0, width - 1 - len(values))
        rows.append((cells[end], *values[: width - 1], *missing))
        for position in range(width - 1, len(values), width - 1):
            rows.append((None, *values[position : position + width - 1]))
        end = stop
    full = sum(1 for row in rows if None not in row)
    is_short = any(row[-1] is None for row in rows)
    unlabelled = [row[0] is None for row in rows].count(True)
    if not rows or rows[0][-1] is None or (full < len(rows) and full < 2 and unlabelled != 1):
        return None
    if unlabelled == 1 and end + 1 == len(cells):
        return _Body(
            rows=tuple((row[0] or cells[end], *row[1:]) for row in rows),
            end=end + 1,
            is_short=is_short,
            lacks_labels=True,
        )
    return _Body(rows=tuple(rows), end=end, is_short=is_short, lacks_labels=unlabelled > 0)


def _is_sure(heads: Sequence[StackedCell], body: _Body, labels: int) -> bool:
    """Tell whether headings and rows prove each other."""
    columns = [[row[i] for row in body.rows if row[i] is not None] for i in range(len(heads))]
    if not suits(heads, [[cell for cell in column if cell] for column in columns]):
        return False
    kinds = [kind_of(head.text) for head in heads]
    summed = any(
        adds_up(heads[labels:], [cell for cell in row[labels:] if cell is not None])
        for row in body.rows
    )
    if not labels and kinds[0] != "label":
        return summed and len(heads) > 2
    if len(body.rows) == 1:
        rest = [cell for cell in body.rows[0][labels:] if cell is not None]
        named = all(kind == "value" for kind in kinds[labels:])
        return len(heads) > 2 and all(cell.is_value for cell in rest) and (named or summed)
    if len(heads) == 2:
        return len(body.rows) > 2 and kinds[1] == "value"
    return "value" in kinds[1:]


def _grid(
    heads: Sequence[StackedCell], body: _Body, notes: Sequence[str], *, is_ambiguous: bool
) -> TableGrid:
    """Return the grid; where values are missing, with the other places they may have had."""
    header = tuple(head.row_cell for head in heads)
    layouts = [
        grid_of(
            [header, *(_row(row, kept) for row in body.rows)],
            engine="stacked",
            header_row_count=1,
            notes=notes,
            is_ambiguous=is_ambiguous,
            confidence=0.6 if is_ambiguous else 0.9,
        )
        for kept in ((len(heads), 2, 1) if body.is_short else (len(heads),))
    ]
    return replace(layouts[0], alternatives=tuple(layouts[1:]))


def _row(row: Sequence[StackedCell | None], kept: int) -> Row:
    """Return a row whose lost cells stand behind its first `kept` printed cells."""
    label = row[0].row_cell if row[0] is not None else BLANK
    printed = [label, *(cell.row_cell for cell in row[1:] if cell is not None)]
    lost = [BLANK] * (len(row) - len(printed))
    return (*printed[:kept], *lost, *printed[kept:])
