"""The unit of rounding that a column or row of figures shows, beyond the digits it prints."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import comb
from typing import Final

from normalize.records import Fact

_FACTORS: Final = (10**6, 10**5, 10**4, 1000, 500, 100, 50, 10, 5)
_TEN = 10
_CHANCE: Final = 1e-3
"""Figures that are multiples by luck this seldom, over all factors that are tried, are not."""
_MOSTLY: Final = 0.8
"""One figure may be misprinted or misread; the others still show the unit of their column."""
_FEW = 3
_WHOLE = (Decimal(0), Decimal(100))
"""Percentages that are round whatever they are rounded to."""

_Line = tuple[object, ...]


def with_quanta(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts of one table, each with the unit of rounding that its line shows.

    Of column and row the one with more figures of the same kind counts.
    """
    listed = list(facts)
    lines: dict[_Line, list[int]] = defaultdict(list)
    for fact in listed:
        if _tells(fact):
            for key in _keys(fact):
                lines[key].append(_count(fact))
    factors = {key: shared_factor(counts) for key, counts in lines.items()}
    return [_marked(fact, lines, factors) for fact in listed]


def _marked(
    fact: Fact, lines: Mapping[_Line, Sequence[int]], factors: Mapping[_Line, int | None]
) -> Fact:
    if fact.value is None or fact.row is None:
        return fact
    column, row = _keys(fact)
    key = row if len(lines.get(row, ())) > len(lines.get(column, ())) else column
    factor = factors.get(key)
    if factor is None:
        return fact
    factor = 1 if _count(fact) % factor else factor
    return replace(fact, quantum=fact.multiplier.scaleb(-fact.decimals) * factor)


def _tells(fact: Fact) -> bool:
    if not fact.value or fact.row is None or fact.is_approximate:
        return False
    return fact.value_unit != "percent" or fact.value not in _WHOLE


def _keys(fact: Fact) -> tuple[_Line, _Line]:
    kind = (fact.value_unit, fact.multiplier, fact.decimals)
    return ("column", fact.col, *kind), ("row", fact.row, *kind)


def _count(fact: Fact) -> int:
    """Return a value in units of its last printed digit."""
    return abs(int((fact.value or Decimal(0)) / fact.multiplier.scaleb(-fact.decimals)))


def shared_factor(counts: Sequence[int]) -> int | None:
    """Return the factor of which nearly all figures are multiples; None where they are too few.

    A last digit is 0 once in ten times by luck, so that few figures tell of a large factor and
    many are needed for a small one; 1 says that the last digit is used.

    Examples:
        >>> shared_factor([1200, 400, 3700]), shared_factor([1230, 450, 3700])
        (100, None)
        >>> shared_factor([15, 35, 40, 75, 20, 95, 55, 10]), shared_factor([123, 456, 780, 911])
        (5, 1)
    """
    different = set(counts) - {0}
    for factor in _FACTORS:
        multiples = sum(not count % factor for count in different)
        if multiples < max(_FEW, _MOSTLY * len(different)):
            continue
        if len(_FACTORS) * _by_luck(len(different), multiples, 1 / factor) < _CHANCE:
            return factor
    used = sum(bool(count % _TEN) for count in different)
    return 1 if used >= _FEW and 2 * used > len(different) else None


def _by_luck(count: int, hits: int, chance: float) -> float:
    """P(at least `hits` of `count`), each with the same chance."""
    return sum(
        comb(count, k) * chance**k * (1 - chance) ** (count - k) for k in range(hits, count + 1)
    )
