"""Rows of stacked cells: headings, then the cells row by row, as often as the headings repeat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.grids.header_words import PERIOD_TOKEN, VALUE_WORDS
from extract.grids.rows import BLANK, Row, RowCell, grid_of
from extract.grids.stacked_bodies import Body, read_body
from extract.grids.stacked_cells import StackedCell
from extract.grids.stacked_heads import (
    is_heading_word,
    is_rate_heading,
    is_stub_word,
    kind_of,
    word_of,
)
from extract.grids.stacked_proof import is_summed, is_sure
from extract.records import TableGrid

_MOST_COLUMNS = 20
_MOST_LABELS = 3
_LATE_WITHIN = 3
_SHORT_ROWS = "Blank cells were lost in short rows: the columns of their values are not certain."
_LOST_LABELS = "Labels of some rows are not printed beside them."
_LATE_HEAD = "A heading is printed below its column."
_CUT = "Cells below the last row make no row and were left as text."
_ALONE = "The row may be a part of a larger table that was left as text."
_MORE_COLUMNS = "Headings printed above may belong to columns of labels that were lost."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A table among the cells of a stretch."""

    grid: TableGrid
    used: tuple[StackedCell, ...]
    end: int
    """Position behind its last cell."""
    is_whole: bool = True
    """False where headings stand above it that it does not hold."""


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
    """Return the table whose first value stands at `value`; None unless one reading is best.

    Cells that repeat fit headings one column further on as well: the reading that leaves no
    heading above it goes first, then the one that explains most cells.
    """
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
    readings.sort(key=_rank, reverse=True)
    if len(readings) > 1 and _rank(readings[0]) == _rank(readings[1]):
        return None
    return readings[0] if readings else None


def _rank(reading: Reading) -> tuple[bool, int]:
    return reading.is_whole, len(reading.used)


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
    over = None if complete or late else _group_heading(cells, heads, start + count, labels)
    body, heads = complete or late or over or (None, heads)
    if body is None:
        return None
    group = next(cell for cell in cells[start + 1 :] if cell not in heads) if over else None
    further = any(is_heading_word(cell.runs[-1].text) for cell in cells[above:start])
    if further and labels and len(body.rows) == 1:
        return None
    around = [*cells[:start], *cells[body.end :]]
    alone = len(body.rows) == 1 and not labels and any(cell.is_value for cell in around)
    notes = [
        note
        for note, holds in (
            (_SHORT_ROWS, body.is_short),
            (_LOST_LABELS, body.lacks_labels),
            (_LATE_HEAD, late is not None),
            (_MORE_COLUMNS, further),
            (_CUT, body.is_cut),
            (_ALONE, alone),
        )
        if holds
    ]
    used = (
        *heads,
        *([group] if group else []),
        *(cell for row in body.rows for cell in row if cell is not None),
    )
    doubtful = any(note not in (_LATE_HEAD, _CUT) for note in notes)
    grid = _grid(_header(heads, group), body, notes, is_ambiguous=doubtful)
    end = cells.index(heads[-1]) + 1 if late else body.end
    return Reading(grid=grid, used=used, end=end, is_whole=not further)


def _with_heads(
    cells: Sequence[StackedCell], heads: list[StackedCell], start: int, labels: int
) -> tuple[Body, list[StackedCell]] | None:
    body = read_body(cells, start, len(heads), labels)
    return (body, heads) if body is not None and is_sure(heads, body, labels) else None


def _late_heading(
    cells: Sequence[StackedCell], heads: list[StackedCell], start: int, labels: int
) -> tuple[Body, list[StackedCell]] | None:
    """Read a table whose last column holds rates and whose heading was printed below it."""
    body = read_body(cells, start, len(heads) + 1, labels)
    if body is None or body.is_short or not labels:
        return None
    for cell in cells[body.end : body.end + _LATE_WITHIN]:
        is_rate = word_of(cell.text) in VALUE_WORDS and is_rate_heading(cell.text)
        if is_rate and all(row[-1] and row[-1].shape == "percent" for row in body.rows):
            complete = [*heads, cell]
            return (body, complete) if is_sure(complete, body, labels) else None
    return None


def _group_heading(
    cells: Sequence[StackedCell], heads: list[StackedCell], start: int, labels: int
) -> tuple[Body, list[StackedCell]] | None:
    """Read one heading too many as the common heading of the periods that come last."""
    single = len(heads) - _periods(heads)
    body = read_body(cells, start, len(heads) - 1, labels)
    if body is None or body.is_short or not labels or len(heads) - single < 2:
        return None
    options = [
        rest
        for position in range(1, single)
        for rest in [[*heads[:position], *heads[position + 1 :]]]
        if not is_stub_word(heads[position].text) and is_sure(rest, body, labels)
    ]
    if len(options) > 1:
        options = [rest for rest in options if is_summed(rest, body, labels)]
    return (body, options[0]) if len(options) == 1 else None


def _periods(heads: Sequence[StackedCell]) -> int:
    """Count the periods that come last among headings."""
    count = 0
    while count < len(heads) and PERIOD_TOKEN.match(word_of(heads[-1 - count].text)):
        count += 1
    return count


def _header(heads: Sequence[StackedCell], group: StackedCell | None) -> list[Row]:
    """Return the rows of headings: two where periods have a common heading."""
    cells = [head.row_cell for head in heads]
    if group is None:
        return [tuple(cells)]
    count = _periods(heads)
    above = RowCell(runs=group.runs, span=count)
    blanks = [BLANK] * (len(cells) - count)
    return [(*cells[:-count], above), (*blanks, *cells[-count:])]


def _grid(
    header: Sequence[Row], body: Body, notes: Sequence[str], *, is_ambiguous: bool
) -> TableGrid:
    """Return the grid; where values are missing, with the other places they may have had."""
    columns = len(body.rows[0])
    layouts = [
        grid_of(
            [*header, *(_row(row, kept) for row in body.rows)],
            engine="stacked",
            header_row_count=len(header),
            notes=notes,
            is_ambiguous=is_ambiguous,
            confidence=0.6 if is_ambiguous else 0.9,
        )
        for kept in ((columns, 2, 1) if body.is_short else (columns,))
    ]
    return replace(layouts[0], alternatives=tuple(layouts[1:]))


def _row(row: Sequence[StackedCell | None], kept: int) -> Row:
    """Return a row whose lost cells stand behind its first `kept` printed cells."""
    label = row[0].row_cell if row[0] is not None else BLANK
    printed = [label, *(cell.row_cell for cell in row[1:] if cell is not None)]
    lost = [BLANK] * (len(row) - len(printed))
    return (*printed[:kept], *lost, *printed[kept:])
