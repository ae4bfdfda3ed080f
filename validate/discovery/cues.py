"""Words beside a figure that say how it was made: 계, Total, 평균, %, 증감률."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from validate.discovery.numbers import TEXT, Numbers
from validate.discovery.records import Lines, Operator

CUE_GAIN: Final = 3.0
"""A figure under such a word is made so about twenty times as often as another: ln 20."""
_LONGEST = 60
_CUES: Final[dict[Operator, re.Pattern[str]]] = {
    "sum": re.compile(
        r"total|\bsum\b|\ball\b|gesamt|summe|\bi alt\b|[합총소누]\s*계|^\s*계\s*$|전체"
        r"|\w\s*\+\s*\w",
        re.IGNORECASE,
    ),
    "average": re.compile(r"average|\bavg|\bmean|평균", re.IGNORECASE),
    "quotient": re.compile(
        r"%|percent|\brate|ratio|\bper\b|share|average|margin|\beach\b|[률율]|비중|평균|단가|당\b|/",
        re.IGNORECASE,
    ),
    "growth": re.compile(r"change|growth|increase|varia|\bdiff|증감|변동", re.IGNORECASE),
}


@lru_cache(maxsize=20000)
def is_cued(operator: Operator, label: str) -> bool:
    """Tell whether the words of a place name the operator.

    Examples:
        >>> is_cued("sum", "합  계"), is_cued("growth", "전년대비 증감률"), is_cued("sum", "회계")
        (True, True, False)
        >>> is_cued("sum", "시비 + 구비"), is_cued("sum", "시비")
        (True, False)
    """
    return bool(_CUES[operator].search(label))


def may_be_rate(lines: Lines, operator: Operator, place: int) -> bool:
    """Tell whether a place may print quotients or growth rates: a row only where it says so.

    The figures of a column are of one kind, the rows of a column are different things.
    """
    return lines.are_rows or is_cued(operator, lines.labels[place])


def labels_of(
    rows: Sequence[Sequence[str]], numbers: Numbers, *, are_rows: bool
) -> tuple[str, ...]:
    """Return the words of each place: the first texts of a column, or those of a row."""
    texts = numbers.kinds == TEXT
    words: list[str] = []
    for place in range(texts.shape[1]):
        lines = np.flatnonzero(texts[:, place])[: 4 if are_rows else 2]
        cells = (rows[line][place] if are_rows else rows[place][line] for line in lines)
        words.append(" ".join(cell[:_LONGEST] for cell in cells))
    return tuple(words)
