"""Arithmetic of the samples: totals and rates are computed here, never typed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

TAB = "→"
"""Stands for a tab in the templates, where nobody would see one at the end of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """An amount by funding source, in the unit of its table."""

    national: int = 0
    regional: int = 0
    local: int = 0
    special: int = 0

    @property
    def total(self) -> int:
        """The sum over all sources."""
        return self.national + self.regional + self.local + self.special

    def __add__(self, other: "Split") -> "Split":
        return Split(
            national=self.national + other.national,
            regional=self.regional + other.regional,
            local=self.local + other.local,
            special=self.special + other.special,
        )


def grouped(value: int) -> str:
    """Print a number with thousands separators; nil is `-` and a minus is △, as offices print."""
    if value == 0:
        return "-"
    return f"{'△' if value < 0 else ''}{abs(value):,}"


def in_brackets(value: int) -> str:
    """Print a number where a minus stands in brackets and nil is 0, as accountants print."""
    return f"({-value:,})" if value < 0 else f"{value:,}"


def rounded_rate(part: int | Decimal, whole: int | Decimal, places: int = 1) -> str:
    """Print part / whole in percent, rounded half up."""
    return _rate(part, whole, places, ROUND_HALF_UP)


def cut_rate(part: int | Decimal, whole: int | Decimal, places: int = 1) -> str:
    """Print part / whole in percent, the digits after `places` cut off."""
    return _rate(part, whole, places, ROUND_DOWN)


def rounded(value: Decimal, places: int = 0) -> Decimal:
    """Round half up to `places` digits after the point."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def spread(cells: Iterable[int], sign: str = TAB) -> str:
    """Print numbers side by side."""
    return sign.join(grouped(cell) for cell in cells)


def join_cells(*cells: object) -> str:
    """Print the cells of a row one after another."""
    return TAB.join(map(str, cells))


def with_tabs(text: str) -> str:
    """Put real tabs where a template shows them as arrows."""
    return text.replace(TAB, "\t")


def _rate(part: int | Decimal, whole: int | Decimal, places: int, rounding: str) -> str:
    rate = Decimal(part) * 100 / Decimal(whole)
    printed = abs(rate).quantize(Decimal(1).scaleb(-places), rounding=rounding)
    return f"{'△' if rate < 0 and printed else ''}{printed}"
