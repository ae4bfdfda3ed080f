"""Numbers that stand at wrong places: a row that was shifted, a sub-total on the row of a part."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from normalize.records import Fact
from validate.network import Network
from validate.repairs import Repair, ranked, verified
from validate.tables import amount

_FEWEST = 2
"""Relations that have to hold by putting more numbers than that back, so that it is no accident."""

Line = list[tuple[int, str, Decimal]]
"""Numbers of a row or column: place, key, and the number as printed, whatever its unit."""


def misplacements(network: Network, failing: Sequence[int]) -> tuple[Repair, ...]:
    """Return the ways of putting back lines of numbers that repair relations and break none.

    The widest ones come first; each touches relations that fail only now and hold then. Bounds tell
    of no place: any smaller number keeps them.
    """
    found = []
    for lines in _all_lines(network, failing):
        for changes, manner in (*_shifts(network, lines), *_exchanges(network, lines)):
            hit = [at for at in failing if at in network.touched(changes)]
            asked = sum(network.asks(at) for at in hit)
            if min(asked, len(changes) - 1) >= _FEWEST and not network.is_exhausted:
                repair = verified(network, changes, hit, manner)
                if repair is not None:
                    found.append((len(hit), repair))
    order = {id(repair): -count for count, repair in found}
    return tuple(sorted(ranked(one for _, one in found), key=lambda one: order[id(one)]))


def _all_lines(network: Network, failing: Sequence[int]) -> Iterator[list[Line]]:
    """Yield the rows of each table that relations fail in, then its columns."""
    tables = {network.facts[key].table_id: None for at in failing for key in network.keys[at]}
    for table_id in tables:
        if table_id is None:
            continue
        facts = [(key, fact) for key, fact in network.facts.items() if fact.table_id == table_id]
        suspects = {key for at in failing for key in network.keys[at]}
        for is_turned in (False, True):
            yield list(_lines(facts, suspects, is_turned=is_turned))


def _lines(
    facts: Sequence[tuple[str, Fact]], suspects: set[str], *, is_turned: bool
) -> Iterator[Line]:
    lines: dict[int, Line] = {}
    for key, fact in facts:
        own = amount(fact)
        if fact.row is None or fact.col is None or fact.item or own is None:
            continue
        line, place = (fact.col, fact.row) if is_turned else (fact.row, fact.col)
        lines.setdefault(line, []).append((place, key, own / fact.multiplier))
    for line in sorted(lines):
        if any(key in suspects for _, key, _ in lines[line]):
            yield sorted(lines[line])


def _shifts(network: Network, lines: Sequence[Line]) -> Iterator[tuple[dict[str, Decimal], str]]:
    """Yield the numbers of each line moved by one place, the last one taken from a relation."""
    for line in lines:
        if len(line) <= _FEWEST:
            continue
        keys = [key for _, key, _ in line]
        values = [value for _, _, value in line]
        for moved, free in ((values[1:], -1), (values[:-1], 0)):
            rest = keys[:-1] if free else keys[1:]
            olds = values[:-1] if free else values[1:]
            changes = {
                key: value * network.facts[key].multiplier
                for key, value, old in zip(rest, moved, olds, strict=True)
                if value != old
            }
            pushed_out = values[-1 - free] * network.facts[keys[free]].multiplier
            for last in _last_values(network, keys[free], pushed_out, changes):
                yield {**changes, keys[free]: last}, "shifted"


def _last_values(
    network: Network, key: str, pushed_out: Decimal, changes: dict[str, Decimal]
) -> Iterator[Decimal]:
    """Yield what stood at the place that a shift leaves open."""
    seen = {pushed_out}
    yield pushed_out
    for at in network.trials_of.get(key, ()):
        for value in network.solved_values(key, at, changes)[:1]:
            if value not in seen:
                seen.add(value)
                yield value


def _exchanges(network: Network, lines: Sequence[Line]) -> Iterator[tuple[dict[str, Decimal], str]]:
    """Yield the numbers of two neighbouring lines put at each other's place."""
    for first, second in pairwise(lines):
        below = {place: (key, value) for place, key, value in second}
        changes: dict[str, Decimal] = {}
        for place, key, value in first:
            if place in below and below[place][1] != value:
                other = below[place][0]
                changes[key] = below[place][1] * network.facts[key].multiplier
                changes[other] = value * network.facts[other].multiplier
        if changes:
            yield changes, "exchanged_lines"
