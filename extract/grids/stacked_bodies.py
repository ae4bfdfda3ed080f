"""Rows below stacked headings: cells that repeat, or labels with the values behind them."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.grids.stacked_cells import StackedCell
from extract.grids.stacked_heads import is_stub_word

_FEWEST_COMPLETE = 2
_ROWS_FOR_EACH_LOST_LABEL = 4
_NEAR = 4
"""Cells behind the last row within which a value belongs to the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The rows below the headings; None where a cell is missing."""

    rows: tuple[tuple[StackedCell | None, ...], ...]
    end: int
    is_short: bool = False
    lacks_labels: bool = False
    is_cut: bool = False
    """True where a label with values follows that makes no row."""


def read_body(cells: Sequence[StackedCell], start: int, width: int, labels: int) -> Body | None:
    """Return the rows from `start`: strict repetition, or a label and the values behind it."""
    first = cells[start : start + width]
    if labels == 1 and width > 1 and all(cell.is_value for cell in first[1:]):
        body = _labelled(cells, start, width)
        if body is not None:
            return body
    return _repeated(cells, start, width)


def _repeated(cells: Sequence[StackedCell], start: int, width: int) -> Body | None:
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
    if leftover or not rows or _repeats_within(rows[0]):
        return None
    return Body(rows=tuple(rows), end=end, is_cut=_is_cut(cells, end))


def _is_cut(cells: Sequence[StackedCell], end: int) -> bool:
    """Tell whether labels with a value follow the last row, and no headings."""
    for cell in cells[end : end + _NEAR]:
        if cell.is_value or is_stub_word(cell.text):
            return cell.is_value
    return False


def _repeats_within(row: Sequence[StackedCell]) -> bool:
    """Tell whether a row is a shorter row several times over: its length proves nothing."""
    kinds = [cell.is_value for cell in row]
    return not all(kinds) and any(
        len(kinds) % part == 0 and kinds == kinds[:part] * (len(kinds) // part)
        for part in range(2, len(kinds) // 2 + 1)
    )


def _same_kind(above: StackedCell, cell: StackedCell) -> bool:
    return "nil" in (above.shape, cell.shape) or above.is_value == cell.is_value


def _labelled(cells: Sequence[StackedCell], start: int, width: int) -> Body | None:
    """Return rows of a label and its values, where some have fewer or stand without a label."""
    rows: list[tuple[StackedCell | None, ...]] = []
    sizes: list[int] = []
    end = start
    while end < len(cells) and not cells[end].is_value:
        stop = end + 1
        while stop < len(cells) and cells[stop].is_value:
            stop += 1
        values = cells[end + 1 : stop]
        if not values or (len(values) >= width and len(values) % (width - 1)):
            break
        sizes.append(len(values))
        missing = [None] * max(0, width - 1 - len(values))
        rows.append((cells[end], *values[: width - 1], *missing))
        for position in range(width - 1, len(values), width - 1):
            rows.append((None, *values[position : position + width - 1]))
        end = stop
    unlabelled = sum(1 for row in rows if row[0] is None)
    if unlabelled == 1 and end + 1 == len(cells):
        # The one label that is missing is the one text that is left.
        rows = [(row[0] or cells[end], *row[1:]) for row in rows]
        end += 1
    elif not _has_regular_rows(sizes, width):
        return None
    return Body(
        rows=tuple(rows),
        end=end,
        is_short=any(row[-1] is None for row in rows),
        lacks_labels=unlabelled > 0,
        is_cut=_is_cut(cells, end),
    )


def _has_regular_rows(sizes: Sequence[int], width: int) -> bool:
    """Tell whether enough labels have exactly the values that the headings ask for.

    Values for several rows behind most labels would mean that headings are missing.
    """
    exact = sizes.count(width - 1)
    surplus = sum(1 for size in sizes if size >= width)
    if exact == len(sizes):
        return exact > 0
    return (
        width > 2
        and sizes[0] == width - 1
        and exact >= _FEWEST_COMPLETE
        and exact >= surplus * _ROWS_FOR_EACH_LOST_LABEL
    )
