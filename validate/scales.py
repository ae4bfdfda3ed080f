"""Tables under a wrong unit: with another one their figures are those of other places.

A wrong (단위: 천원) leaves the sums of a table as they are, so that only figures that return in
other tables or lines show it. They are looked for by their digits, whatever the unit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import lgamma, log, log10
from typing import Final

from normalize.records import Fact, Report
from validate.composed import Composed, composed_figures
from validate.figures import agreement, are_compatible, named_facts, telling_digits
from validate.kept import kept, supposed
from validate.labels import squeeze, total_level

_UNITS: Final = tuple(Decimal(10) ** power for power in (0, 3, 4, 6, 8))
"""원, 천원, 만원, 백만원, 억원."""
_RATIOS: Final = frozenset(one / other for one in _UNITS for other in _UNITS if one != other)
_TELLING: Final = 3
"""Fewer digits return at some scale in every report."""
_NAMED: Final = 0.4
"""Agreement from which two names speak of one thing."""
_NAME_WEIGHT: Final = 1.5
_ROW_WEIGHT: Final = 2.0
_QUOTED_WEIGHT: Final = 0.5
"""Running text quotes the total of a table before any other of its figures."""
_PROVING: Final = 1.5
"""Powers of ten by which the matches must be rarer than chance."""
_ODD_WEIGHT: Final = 1.5
_USUAL: Final = 10
_ODD: Final = 4
"""The largest amount of a table is some ten thousand million won; 10^14 is 100조원."""
_LONG: Final = 6

Group = tuple[str, Decimal]
"""A table and the unit by which its amounts are scaled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Figures of a table and of other places that print the same digits."""

    whole: Fact
    parts: tuple[Fact, ...]
    """One, or those that the whole is the sum of."""
    weight: float
    """Powers of ten by which such a match is rarer than chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misscaled:
    """A table whose amounts are those of other places under another unit."""

    amounts: tuple[Fact, ...]
    """All that the unit of the table scales."""
    factor: Decimal
    """Value that was meant / value as headed."""
    matches: tuple[Match, ...]

    def meant(self, fact: Fact) -> Decimal:
        """Return what one of the amounts is under the other unit."""
        value = (fact.value or Decimal(0)) * self.factor
        return value.to_integral_value() if value == value.to_integral_value() else value

    @property
    def others(self) -> frozenset[str | None]:
        """The tables that speak for the other unit; None for lines of text."""
        own = self.amounts[0].table_id
        found = (one.table_id for match in self.matches for one in (match.whole, *match.parts))
        return frozenset(table_id for table_id in found if table_id != own)

    @property
    def oddness(self) -> float:
        """By how many powers of ten the amounts are further from usual ones than if rescaled."""
        return _oddness(self.amounts, Decimal(1)) - _oddness(self.amounts, self.factor)


@kept
def misscaled_tables(report: Report) -> Iterator[Misscaled]:
    """Yield the tables that another unit makes agree with other places; of two only one."""
    money = [fact for fact in named_facts(report) if fact.value_unit == "won" and fact.value]
    groups = _groups(money)
    places = _by_value(money)
    spread = Counter(_only_table(facts) for facts in places.values())
    candidates = [
        found
        for own in groups.values()
        if (found := _candidate(own, places, spread) or _composed(report, own, groups)) is not None
    ]
    candidates.sort(key=lambda one: (-len(one.others), -one.oddness))
    blamed: set[str | None] = set()
    for one in candidates:
        if not one.others <= blamed:
            blamed.add(one.amounts[0].table_id)
            yield one


def is_rescaled(left: Fact, right: Fact) -> bool:
    """Tell whether two amounts of money are the same but for the unit that scales them."""
    if left.value_unit != "won" or right.value_unit != "won" or not left.value or not right.value:
        return False
    return left.value / right.value in _RATIOS


def _oddness(amounts: Sequence[Fact], factor: Decimal) -> float:
    """Return by how many powers of ten the largest of some amounts is off a usual one."""
    largest = max(abs(fact.value or Decimal(0)) for fact in amounts) * factor
    return abs(float(largest.log10()) - _USUAL)


def _groups(money: Sequence[Fact]) -> dict[Group, list[Fact]]:
    """Return the amounts that take their unit from their table, not from beside them."""
    found: dict[Group, list[Fact]] = defaultdict(list)
    for fact in money:
        has_own = any(sign in fact.raw for sign in "원억조")
        if fact.table_id is not None and fact.multiplier in _UNITS and not has_own:
            found[fact.table_id, fact.multiplier].append(fact)
    return found


def _candidate(
    own: Sequence[Fact], places: Mapping[Decimal, list[Fact]], spread: Mapping[str | None, int]
) -> Misscaled | None:
    """Return what another unit would explain, if it explains far more than the printed one.

    Args:
        own: amounts of one table.
        places: the amounts of all places by value.
        spread: how many values each table has for itself.
    """
    others = len(places) - spread.get(own[0].table_id, 0)
    now = _matches(own, places, others, Decimal(1))
    found = [
        Misscaled(amounts=tuple(own), factor=factor, matches=tuple(matches))
        for factor in (unit / own[0].multiplier for unit in _UNITS)
        if factor != 1 and len(matches := _matches(own, places, others, factor)) > 2 * len(now)
    ]
    best = max(found, key=lambda one: _weight(one.matches), default=None)
    if best is None:
        return None
    is_odd = _oddness(own, Decimal(1)) > _ODD > _oddness(own, best.factor)
    weight = _weight(best.matches) - log10(len(_UNITS)) + is_odd * _ODD_WEIGHT
    return best if weight >= _PROVING else None


def _composed(
    report: Report, own: Sequence[Fact], groups: Mapping[Group, Sequence[Fact]]
) -> Misscaled | None:
    """Return a table that with the unit of other tables makes sums with them, and none without."""
    usual = Counter(multiplier for _, multiplier in groups)
    unit = own[0].multiplier
    others = [other for other in usual if other != unit and usual[other] >= usual[unit]]
    if not others or any(_takes_part(own, one) for one in _sums_as_headed(report)):
        return None
    for other in others:
        sums = _sums_with(report, own, other / unit)
        if len(sums) > 1 or any(telling_digits(one.whole) >= _LONG for one in sums):
            matches = tuple(Match(whole=one.whole, parts=one.parts, weight=0.0) for one in sums)
            return Misscaled(amounts=tuple(own), factor=other / unit, matches=matches)
    return None


def _sums_with(report: Report, own: Sequence[Fact], factor: Decimal) -> list[Composed]:
    """Return the sums over several tables that some amounts take part in when they are scaled."""
    ids = {fact.fact_id for fact in own}
    facts = {fact.fact_id: fact for fact in report.facts}
    scaled = (
        replace(fact, value=fact.value * factor, multiplier=fact.multiplier * factor)
        if fact.fact_id in ids and fact.value is not None
        else fact
        for fact in _money(report)
    )
    return [
        Composed(
            whole=facts[one.whole.fact_id],
            parts=tuple(facts[part.fact_id] for part in one.parts),
        )
        for one in _sums_of(report, scaled)
        if _takes_part(own, one)
    ]


@kept
def _sums_as_headed(report: Report) -> Iterator[Composed]:
    """Yield the sums over several tables that the amounts of a report make as they are headed."""
    yield from _sums_of(report, _money(report))


def _sums_of(report: Report, facts: Iterable[Fact]) -> list[Composed]:
    """Return the sums over several tables in a report that held nothing but some facts."""
    with supposed():
        return list(composed_figures(replace(report, facts=tuple(facts))))


def _money(report: Report) -> Iterator[Fact]:
    return (fact for fact in report.facts if fact.value_unit == "won")


def _takes_part(own: Sequence[Fact], found: Composed) -> bool:
    ids = {fact.fact_id for fact in own}
    return not ids.isdisjoint(part.fact_id for part in (found.whole, *found.parts))


def _by_value(facts: Iterable[Fact]) -> dict[Decimal, list[Fact]]:
    found: dict[Decimal, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.value and telling_digits(fact) >= _TELLING:
            found[fact.value].append(fact)
    return found


def _only_table(facts: Iterable[Fact]) -> str | None:
    """Return the table that all of some facts stand in; None for several, and for lines."""
    tables = {fact.table_id for fact in facts}
    return tables.pop() if len(tables) == 1 else None


def _matches(
    own: Sequence[Fact], places: Mapping[Decimal, list[Fact]], others: int, factor: Decimal
) -> list[Match]:
    """Return the best match elsewhere of each different amount, scaled by a factor.

    Args:
        own: amounts of one table.
        places: the amounts of all places by value.
        others: how many values other places than that table print.
        factor: by which the own amounts are scaled.
    """
    table = own[0].table_id
    amounts = {fact.value for fact in own if telling_digits(fact) >= _TELLING}
    chances = log10(max(1, len(amounts) * others))
    best: dict[Decimal, Match] = {}
    for fact in own:
        if fact.value is None or fact.value not in amounts:
            continue
        for other in places.get(fact.value * factor, ()):
            if other.table_id != table and are_compatible(fact, other):
                match = Match(whole=fact, parts=(other,), weight=_rarity(fact, other) - chances)
                if fact.value not in best or match.weight > best[fact.value].weight:
                    best[fact.value] = match
    return list(best.values())


def _rarity(fact: Fact, other: Fact) -> float:
    digits = min(telling_digits(fact), telling_digits(other))
    is_total = total_level(fact.label.rsplit(" > ", 1)[-1])
    if squeeze(fact.label) == squeeze(other.label) and not is_total:
        return digits - 1 + _ROW_WEIGHT
    is_quoted = is_total and other.table_id is None
    return (
        digits - 1 + _NAME_WEIGHT * (agreement(other, fact) >= _NAMED) + _QUOTED_WEIGHT * is_quoted
    )


def _weight(matches: Sequence[Match]) -> float:
    """Return by how many powers of ten so many matches together are rarer than chance."""
    return sum(match.weight for match in matches) + lgamma(len(matches) + 1) / log(10)
