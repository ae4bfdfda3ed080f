"""Columns that return: two tables that report one thing about the same rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from normalize.records import Fact, Report
from validate.figures import Pair, are_compatible, telling_digits
from validate.labels import squeeze, total_level
from validate.rounding import are_apart
from validate.tables import Plane, Strip, dimension, planes_of
from validate.vocabulary import GENERIC_NAMES

_LEAST = 3
"""Different figures that two columns must share."""
_SISTERS = 3
_TELLING = 2
_MOST_COLUMNS = 8
"""A figure that as many columns print for one row is no sign of any two of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    index: int
    is_inherited: bool
    """True where the name is that of the rows above it: 소계."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One column of a table, by the names of its rows."""

    table_id: str
    facts: Mapping[str, Fact]
    inherited: frozenset[str]

    def says(self, value: Decimal | None, elsewhere: str) -> bool:
        """Tell whether a figure stands here beside another name."""
        return any(fact.value == value for name, fact in self.facts.items() if name != elsewhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """Two columns with the figures that they print for the same names."""

    columns: tuple[int, int]
    pairs: tuple[Pair, ...]
    equal: int
    """How many different figures agree."""
    apart: int


def returning_columns(report: Report) -> Iterator[Pair]:
    """Yield the figures of two columns that return row by row, equal or not.

    Rows are the same where their names are. Three different figures that agree, and three times
    as many as do not, make two columns of two tables one; a figure that differs is then one to
    look at. A column returns at most once in another table, where most of it agrees.
    """
    columns = [column for plane in planes_of(report) for column in _columns(plane)]
    best: dict[tuple[str, str], list[_Match]] = defaultdict(list)
    for at in _meeting(columns):
        first, second = (columns[one] for one in at)
        match = _match(at, first, second)
        if match.equal >= _LEAST and match.equal >= _SISTERS * match.apart:
            best[first.table_id, second.table_id].append(match)
    for matches in best.values():
        taken: set[int] = set()
        for match in sorted(matches, key=lambda one: (-one.equal, one.apart)):
            if taken.isdisjoint(match.columns):
                taken.update(match.columns)
                yield from match.pairs


def _meeting(columns: Sequence[_Column]) -> list[tuple[int, int]]:
    """Return the pairs of columns of two tables that print enough figures for the same names."""
    spots: dict[tuple[str, str | None, Decimal], list[int]] = defaultdict(list)
    for at, column in enumerate(columns):
        for name, fact in column.facts.items():
            if fact.value is not None and telling_digits(fact) >= _TELLING:
                spots[name, dimension(fact), fact.value].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for found in spots.values():
        if len(found) <= _MOST_COLUMNS:
            shared.update(combinations(found, 2))
    return sorted(
        pair
        for pair, count in shared.items()
        if count >= _LEAST and columns[pair[0]].table_id != columns[pair[1]].table_id
    )


def _columns(plane: Plane) -> Iterator[_Column]:
    rows = _named_rows(plane)
    inherited = frozenset(name for name, row in rows.items() if row.is_inherited)
    for strip in plane.across:
        facts = {name: plane.fact_at(row.index, strip.index) for name, row in rows.items()}
        numbers = {name: fact for name, fact in facts.items() if fact.state == "number"}
        if len(numbers) >= _LEAST:
            yield _Column(table_id=plane.table.table_id, facts=numbers, inherited=inherited)


def _named_rows(plane: Plane) -> dict[str, _Row]:
    """Return the rows of a table by name; of several of one name its only sub-total."""
    by_name: dict[str, list[Strip]] = defaultdict(list)
    for row in plane.strips:
        inner = [label for label in row.path if not total_level(label)][-1:]
        name = squeeze(inner[0]) if inner else ""
        if name and name not in GENERIC_NAMES:
            by_name[name].append(row)
    found: dict[str, _Row] = {}
    for name, rows in by_name.items():
        totals = [row for row in rows if total_level(row.label)]
        (*_, only) = totals if len(totals) == 1 else rows
        if len(totals) == 1 or len(rows) == 1:
            found[name] = _Row(index=only.index, is_inherited=bool(totals))
    return found


def _match(at: tuple[int, int], first: _Column, second: _Column) -> _Match:
    """Compare two columns name by name.

    A sub-total that its name does not fit stands under a wrong name, where another row of the
    other column has its figure: that says nothing of the figure.
    """
    pairs: list[Pair] = []
    equal: set[Decimal | None] = set()
    apart = 0
    for name, left in first.facts.items():
        right = second.facts.get(name)
        if right is None or dimension(left) != dimension(right) or not are_compatible(left, right):
            continue
        is_apart = are_apart(left, right)
        is_inherited = name in first.inherited or name in second.inherited
        if is_apart and is_inherited and _is_misnamed(name, first, second):
            continue
        apart += is_apart
        if left.value == right.value:
            equal.add(left.value)
        pairs.append(Pair(earlier=left, later=right, score=1.0))
    return _Match(columns=at, pairs=tuple(pairs), equal=len(equal), apart=apart)


def _is_misnamed(name: str, first: _Column, second: _Column) -> bool:
    left, right = first.facts[name].value, second.facts[name].value
    return first.says(right, name) or second.says(left, name)
