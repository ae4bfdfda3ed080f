"""What headings say about the cells below them: labels, amounts, rates, a total that adds up."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import regex

from extract.grids.header_words import (
    GRADE_TOKEN,
    PERIOD_TOKEN,
    STUB_WORDS,
    TOTAL_LABEL,
    VALUE_WORDS,
)
from extract.grids.stacked_cells import StackedCell

HeadKind = Literal["label", "value", "open"]

_RATE = regex.compile(r"[률율](?![가-힣])|[%％]|비중|구성비")
_DIGITS = regex.compile(r"\d[\d,]*(?:\.\d+)?")
_NEGATIVE = regex.compile(r"^\s*(?:[△▲∆\-−–]\s?\d|\(\d)")
_SURE_SUFFIX = 2
_LARGEST_RATE = Decimal(1000)


def word_of(text: str) -> str:
    """Return a heading without its brackets and white space."""
    return regex.sub(r"\([^()]*\)|\s", "", text)


def is_stub_word(text: str) -> bool:
    """Tell whether the text is a heading of labels, word for word."""
    return word_of(text) in STUB_WORDS


def is_heading_word(text: str) -> bool:
    """Tell whether the text is a known heading, word for word."""
    word = word_of(text)
    return word in STUB_WORDS or word in VALUE_WORDS or bool(PERIOD_TOKEN.match(word))


def is_rate_heading(text: str) -> bool:
    """Tell whether the heading names a rate or a share."""
    return _RATE.search(regex.sub(r"\s", "", text)) is not None


def kind_of(text: str) -> HeadKind:
    """Return what a heading announces; `open` for names such as 사회적기업.

    Examples:
        >>> [kind_of(text) for text in ("구 분", "집행률(%)", "최종예산액", "2023년", "마을기업")]
        ['label', 'value', 'value', 'value', 'open']
    """
    word = word_of(text)
    if word in VALUE_WORDS or PERIOD_TOKEN.match(word) or GRADE_TOKEN.match(word):
        return "value"
    if word in STUB_WORDS:
        return "label"
    if any(word.endswith(known) for known in VALUE_WORDS if len(known) >= _SURE_SUFFIX):
        return "value"
    if any(word.endswith(known) for known in STUB_WORDS if len(known) >= _SURE_SUFFIX):
        return "label"
    return "open"


def suits(heads: Sequence[StackedCell], columns: Sequence[Sequence[StackedCell]]) -> bool:
    """Tell whether no heading is contradicted by what stands below it.

    Labels may not be numbers (but for a running number in the first column), amounts not texts,
    rates not thousands, and a column of rates beside amounts needs a heading that says so.
    """
    rated = [_is_rated(column) for column in columns]
    for position, (head, column) in enumerate(zip(heads, columns, strict=True)):
        kind, valued = kind_of(head.text), holds_values(column)
        if kind == "value" and not valued:
            return False
        if kind == "label" and valued and not (position == 0 and is_counted(column)):
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
