"""What proves a reading of stacked cells: headings that suit their columns, totals that add up."""

from collections.abc import Sequence
from decimal import Decimal

import regex

from extract.grids.header_words import TOTAL_LABEL
from extract.grids.stacked_bodies import Body
from extract.grids.stacked_cells import StackedCell
from extract.grids.stacked_heads import (
    goes_on,
    holds_more,
    is_out_of_place,
    is_rate_heading,
    kind_of,
    word_of,
)

_DIGITS = regex.compile(r"\d[\d,]*(?:\.\d+)?")
_NEGATIVE = regex.compile(r"^\s*(?:[△▲∆\-−–]\s?\d|\(\d)")
_LARGEST_RATE = Decimal(1000)


def is_sure(heads: Sequence[StackedCell], body: Body, labels: int) -> bool:
    """Tell whether headings and rows prove each other."""
    columns = [[row[i] for row in body.rows] for i in range(len(heads))]
    sums = _sums(heads, body, labels)
    if not suits(heads, [[cell for cell in column if cell] for column in columns], all(sums)):
        return False
    if labels and body.rows[0][0] and goes_on(heads, body.rows[0][0]):
        return False
    if any(head.shape in ("date", "prose") or holds_more(head) for head in heads):
        return False
    if any(cell and is_out_of_place(cell) for row in body.rows for cell in row[1:]):
        return False
    kinds = [kind_of(head.text) for head in heads]
    if not labels and kinds[0] != "label":
        return any(sums) and len(heads) > 2
    if len(body.rows) == 1:
        rest = [cell for cell in body.rows[0][labels:] if cell is not None]
        named = all(kind == "value" for kind in kinds[labels:])
        return len(rest) > 1 and all(cell.is_value for cell in rest) and (named or any(sums))
    if body.lacks_labels and body.rows[-1][0] is not None and len(body.rows) == 2:
        return all(kind == "value" for kind in kinds[1:])
    if len(heads) == 2:
        return len(body.rows) > 2 and kinds[1] == "value"
    return "value" in kinds[1:]


def is_summed(heads: Sequence[StackedCell], body: Body, labels: int) -> bool:
    """Tell whether the total of every row adds up under these headings."""
    return all(_sums(heads, body, labels))


def _sums(heads: Sequence[StackedCell], body: Body, labels: int) -> list[bool]:
    return [
        adds_up(heads[labels:], [cell for cell in row[labels:] if cell is not None])
        for row in body.rows
    ]


def suits(
    heads: Sequence[StackedCell], columns: Sequence[Sequence[StackedCell]], is_summed: bool = False
) -> bool:
    """Tell whether no heading is contradicted by what stands below it.

    Labels may not be numbers (but for a running number in the first column, or where every row
    adds up), amounts not texts,
    rates not thousands, and a column of rates beside amounts needs a heading that says so.
    """
    rated = [_is_rated(column) for column in columns]
    for position, (head, column) in enumerate(zip(heads, columns, strict=True)):
        kind, valued = kind_of(head.text), holds_values(column)
        if kind == "value" and not valued:
            return False
        is_numbered = position == 0 and is_counted(column)
        if kind == "label" and valued and not is_summed and not is_numbered:
            return False
        if is_rate_heading(head.text) and any(is_too_large_for_rate(cell) for cell in column):
            return False
        amounts_beside = any(
            holds_values(other) and not any(cell.shape == "percent" for cell in other)
            for other in columns
            if not is_counted(other)
        )
        if rated[position] and not is_rate_heading(head.text) and amounts_beside:
            return False
    return True


def holds_values(column: Sequence[StackedCell]) -> bool:
    """Tell whether all cells of a column are values (nil signs alone are not)."""
    return all(cell.is_value for cell in column)


def is_counted(column: Sequence[StackedCell]) -> bool:
    """Tell whether a column counts its rows: 1, 2, 3 ..."""
    return [cell.text for cell in column] == [str(number + 1) for number in range(len(column))]


def is_too_large_for_rate(cell: StackedCell) -> bool:
    """Tell whether a cell under a rate's heading is a number in the thousands."""
    number = amount_of(cell)
    return number is not None and abs(number) >= _LARGEST_RATE


def _is_rated(column: Sequence[StackedCell]) -> bool:
    figures = [cell.shape for cell in column if cell.shape != "nil"]
    return bool(figures) and all(shape == "percent" for shape in figures)


def amount_of(cell: StackedCell) -> Decimal | None:
    """Return the number a cell begins with; nil is 0, None for texts."""
    if cell.shape == "nil":
        return Decimal(0)
    match = _DIGITS.search(cell.runs[0].text) if cell.is_value else None
    if match is None:
        return None
    number = Decimal(match.group().replace(",", ""))
    return -number if _NEGATIVE.match(cell.runs[0].text) else number


def adds_up(heads: Sequence[StackedCell], values: Sequence[StackedCell]) -> bool:
    """Tell whether the column headed as total is the sum of at least two others, not all nil."""
    totals = [i for i, head in enumerate(heads) if TOTAL_LABEL.match(word_of(head.text))]
    numbers = [amount_of(value) for value in values]
    if len(totals) != 1 or len(values) < 3 or len(heads) != len(values):
        return False
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers):
        return False
    total = known[totals[0]]
    return total != 0 and sum(known) == 2 * total
