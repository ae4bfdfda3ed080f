"""Two breakdowns of one total whose rows are grouped differently: 40 here is 30 and 10 there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from normalize.records import Fact, Report
from validate.composed import Composed
from validate.labels import likeness, total_level
from validate.parts import Column, blocks_of, column_of, sum_of
from validate.passages import passages_of
from validate.splits import bracket_series
from validate.sums import stated_sums

_TELLING = 3
_ALIKE = 0.7
_MOST = 12
"""Longer lists have too many rows that are alike by chance; a total that returns more often
is none of one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Breakdown:
    """The rows of a table that make one total, by what they report."""

    column: Column
    facts: tuple[Fact, ...]


def regrouped_figures(report: Report) -> Iterator[Composed]:
    """Yield the rows of one breakdown that are the sum of rows of another one of the same total."""
    by_total: dict[object, list[_Breakdown]] = defaultdict(list)
    for one in _breakdowns(report):
        total = sum_of(one.facts)
        if total and 1 < len(one.facts) <= _MOST and len(str(abs(int(total)))) >= _TELLING:
            by_total[one.column, total].append(one)
    inner = _split_rows(report) if any(len(alike) > 1 for alike in by_total.values()) else {}
    for alike in by_total.values():
        if len(alike) > _MOST:
            continue
        for first, second in permutations(alike, 2):
            if first.facts[0].table_id != second.facts[0].table_id:
                yield from _matched(first.facts, second.facts, inner)


def _breakdowns(report: Report) -> Iterator[_Breakdown]:
    for block in blocks_of(report):
        for parts in block.columns:
            yield _Breakdown(column=parts.column, facts=parts.facts)
    for plane, found in stated_sums(report):
        if not plane.is_turned and found.gap == 0:
            yield _Breakdown(column=column_of(found.result), facts=found.parts)


def _split_rows(report: Report) -> dict[tuple[str | None, int | None], tuple[Fact, ...]]:
    """Return what the words of a row split its figure into: 컨설팅(3건), 멘토링(7건)."""
    found = {(one.table_id, one.row): bracket_series(one) for one in passages_of(report)}
    return {row: series for row, series in found.items() if row[0] is not None and series}


def _matched(
    wholes: tuple[Fact, ...],
    parts: tuple[Fact, ...],
    inner: dict[tuple[str | None, int | None], tuple[Fact, ...]],
) -> Iterator[Composed]:
    """Yield each row of one breakdown with the rows of the other that stand for it."""
    left, right = list(wholes), list(parts)
    for whole in wholes:
        twin = next((one for one in right if _is_same(whole, one)), None)
        if twin is not None:
            left.remove(whole)
            right.remove(twin)
    if not left or len(left) == len(wholes) or len(right) <= len(left):
        return
    if len(left) == 1:
        yield Composed(whole=left[0], parts=tuple(right))
        return
    shares: dict[int, list[Fact]] = defaultdict(list)
    for part in (piece for one in right for piece in _pieces(one, inner)):
        names = [likeness(_name(part), _name(whole)) for whole in left]
        shares[names.index(max(names))].append(part)
    groups = [(whole, tuple(shares[at])) for at, whole in enumerate(left)]
    if all(group and sum_of(group) == whole.value for whole, group in groups):
        yield from (Composed(whole=whole, parts=group) for whole, group in groups)


def _pieces(
    fact: Fact, inner: dict[tuple[str | None, int | None], tuple[Fact, ...]]
) -> tuple[Fact, ...]:
    series = inner.get((fact.table_id, fact.row), ())
    return series if series and sum_of(series) == fact.value else (fact,)


def _is_same(left: Fact, right: Fact) -> bool:
    return left.value == right.value and likeness(_name(left), _name(right)) >= _ALIKE


def _name(fact: Fact) -> str:
    """Return what a row is called; a number among words by the word before it."""
    inner = fact.label.rsplit(" > ", 1)[-1]
    is_worded = fact.measure == "count" and bool(fact.indicator) and not total_level(fact.indicator)
    return fact.indicator if is_worded else inner
