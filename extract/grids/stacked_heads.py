"""What a heading announces: labels, values, rates, periods."""

from collections.abc import Sequence
from functools import lru_cache
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
_AMOUNT_END = regex.compile(r"[액률율]$")
_SURE_SUFFIX = 2
_LONG_VALUE_WORDS = frozenset(word for word in VALUE_WORDS if len(word) >= _SURE_SUFFIX)
_LONG_STUB_WORDS = frozenset(word for word in STUB_WORDS if len(word) >= _SURE_SUFFIX)
_CACHE = 1 << 14


@lru_cache(maxsize=_CACHE)
def word_of(text: str) -> str:
    """Return a heading without its brackets and white space."""
    return str(regex.sub(r"\([^()]*\)|\s", "", text))


def is_stub_word(text: str) -> bool:
    """Tell whether the text is a heading of labels, word for word."""
    return word_of(text) in STUB_WORDS


@lru_cache(maxsize=_CACHE)
def is_heading_word(text: str) -> bool:
    """Tell whether the text is a known heading, word for word."""
    word = word_of(text)
    return word in STUB_WORDS or word in VALUE_WORDS or bool(PERIOD_TOKEN.match(word))


def holds_more(cell: StackedCell) -> bool:
    """Tell whether a cell is a total's label and further cells: no label goes on behind 계."""
    return len(cell.runs) > 1 and bool(TOTAL_LABEL.match(word_of(cell.runs[0].text)))


def is_out_of_place(cell: StackedCell) -> bool:
    """Tell whether a heading (비고, 금액) stands where a row should have a text."""
    heads_column = is_stub_word(cell.text) or (
        is_heading_word(cell.text) and _AMOUNT_END.search(word_of(cell.text)) is not None
    )
    return not cell.is_value and (heads_column or holds_more(cell))


@lru_cache(maxsize=_CACHE)
def is_rate_heading(text: str) -> bool:
    """Tell whether the heading names a rate or a share."""
    return _RATE.search(regex.sub(r"\s", "", text)) is not None


@lru_cache(maxsize=_CACHE)
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
    if _AMOUNT_END.search(word) or any(word.endswith(known) for known in _LONG_VALUE_WORDS):
        return "value"
    if any(word.endswith(known) for known in _LONG_STUB_WORDS):
        return "label"
    return "open"


def goes_on(heads: Sequence[StackedCell], cell: StackedCell) -> bool:
    """Tell whether a cell is one more of the periods that head the columns."""
    return bool(PERIOD_TOKEN.match(word_of(cell.text))) and any(
        PERIOD_TOKEN.match(word_of(head.text)) for head in heads
    )
