"""A grid of strings as arrays: values, units of rounding, and what stands where no number does."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Style = Literal["point", "comma"]

BLANK, NUMBER, NIL, TEXT = range(4)
"""What a cell holds: nothing, a number, a dash that means none, anything else."""

_NIL = frozenset("-–—−―")
_MINUS = str.maketrans("–—−△▲∆\u00a0\u2009\u202f", "------   ")
_MONEY = "$€£¥₩"
_SHAPE = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+]?)\s*(?P<money>[$€£¥₩]?)\s*(?P<late>-?)"
    r"(?P<digits>\d[\d., ']*|[.,]\d+)\s*(?P<percent>%?)\s*(?P<close>\))?"
)
_COMMA_DECIMALS = re.compile(r"(?<![\d,.])\d[\d. ]*,(?:\d{1,2}|\d{4,})(?!\d|,)")
_POINT_DECIMALS = re.compile(r"(?<![\d,.])\d[\d, ]*\.(?:\d{1,2}|\d{4,})(?!\d|\.)|\d,\d{3}(?![\d,])")
_POINT_GROUPS = re.compile(r"\d\.\d{3}\.\d{3}")
_MARK = re.compile(r"[A-Za-z./…*#+]{1,4}")
_LONGEST = 40
_COARSE = (1000, 500, 100, 50, 10, 5, 3)
_UNLIKELY = 2000
"""Figures are multiples of a factor by chance once in as many tables: 7 figures for 3."""
_ENOUGH = 5
"""So many different figures must share a factor before it is taken for the unit of rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A grid as arrays of one shape; a line is a row, a place a column, until it is turned."""

    values: Floats
    """0 where there is no number."""
    steps: Floats
    """Unit of rounding of each number."""
    kinds: NDArray[np.int8]
    """BLANK, NUMBER, NIL or TEXT."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        lines, places = self.values.shape
        return lines, places

    def turn(self) -> "Numbers":
        """Return the grid with rows and columns exchanged."""
        return replace(
            self,
            values=np.ascontiguousarray(self.values.T),
            steps=np.ascontiguousarray(self.steps.T),
            kinds=np.ascontiguousarray(self.kinds.T),
        )


def read_grid(rows: Sequence[Sequence[str]]) -> Numbers:
    """Read a grid of strings; rows may be of different lengths."""
    width = max((len(row) for row in rows), default=0)
    style = style_of(text for row in rows for text in row)
    shape = (len(rows), width)
    values, decimals = np.zeros(shape), np.zeros(shape, dtype=np.int8)
    kinds = np.full(shape, BLANK, dtype=np.int8)
    known: dict[str, tuple[int, float, int]] = {}
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            if not text:
                continue
            cell = known.get(text)
            if cell is None:
                cell = known[text] = _read(text, style)
            kinds[at, place], values[at, place], decimals[at, place] = cell
    return Numbers(values=values, steps=_steps(values, decimals, kinds == NUMBER), kinds=kinds)


def style_of(texts: Iterable[str]) -> Style:
    """Tell whether a grid writes 1,234.5 or 1.234,5."""
    votes: Counter[Style] = Counter()
    for text in texts:
        if text and len(text) < _LONGEST:
            if _COMMA_DECIMALS.search(text) or _POINT_GROUPS.search(text):
                votes["comma"] += 1
            elif _POINT_DECIMALS.search(text):
                votes["point"] += 1
    return "comma" if votes["comma"] > votes["point"] else "point"


def _read(text: str, style: Style) -> tuple[int, float, int]:
    """Return kind, value and decimals that are not padding."""
    plain = text.translate(_MINUS).strip()
    if not plain:
        return BLANK, 0.0, 0
    if plain in _NIL or plain in ("--", "---"):
        return NIL, 0.0, 0
    found = _SHAPE.fullmatch(plain) if len(plain) < _LONGEST else None
    if found is None:
        return TEXT, 0.0, 0
    mark, group = (",", ".") if style == "comma" else (".", ",")
    whole, _, rest = found["digits"].replace(" ", "").replace("'", "").partition(mark)
    whole, rest = whole.replace(group, ""), rest.rstrip("0")
    if len(whole) > 1 and whole.startswith("0") and not rest:
        return TEXT, 0.0, 0  # 000 and 0033 are marks and names, not amounts
    if not (whole + rest).isdigit():
        return (NUMBER, 0.0, 0) if not whole + rest else (TEXT, 0.0, 0)
    value = float(f"{whole or '0'}.{rest or '0'}")
    is_negative = found["sign"] == "-" or found["late"] == "-" or bool(found["open"])
    return NUMBER, -value if is_negative else value, min(len(rest), 15)


def _steps(values: Floats, decimals: NDArray[np.int8], filled: Flags) -> Floats:
    """Infer the unit of rounding of each cell from its column and its row.

    The decimals shown without padded zeros; where a whole column (or row) has none, a factor
    of 3 to 1,000 that all its figures share (figures published in multiples of 5 or 100; census
    counts rounded at random to multiples of 3).
    """
    shown = np.where(filled, decimals, 0)
    finest = np.minimum(
        shown.max(axis=0, initial=0)[None, :], shown.max(axis=1, initial=0)[:, None]
    )
    steps = np.where(filled, 10.0 ** -finest.astype(float), 0.0)
    for place in range(values.shape[1]):
        factor = _shared_factor(values[filled[:, place], place])
        if factor > 1:
            steps[filled[:, place], place] = factor
    return steps


def _shared_factor(values: Floats) -> int:
    different = np.unique(np.abs(values[values != 0]))
    count = len(different)
    if count < _ENOUGH:
        return 1
    shared = (one for one in _COARSE if one**count > _UNLIKELY and not np.any(different % one))
    return next(shared, 1)


def is_mark(text: str) -> bool:
    """Tell whether a text stands for a figure that is not given (N/A, x, F, ..)."""
    return bool(_MARK.fullmatch(text.strip()))
