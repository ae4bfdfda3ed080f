"""Two places that report on one programme: where their targets agree, so must their results."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from normalize.records import Fact, Report
from validate.figures import are_compatible
from validate.labels import likeness
from validate.rivals import Entry, Rivals, Side, entries_of

_ALIKE = 0.7
_LEAST = 2
"""One target that two places share is an accident more often than two."""

Family = Sequence[Entry]


def same_programmes(report: Report) -> Iterator[Rivals]:
    """Yield the results of one programme at two places, equal or not.

    Two places are about one programme where at least two of the things that they name alike have
    the same target, and none another one.
    """
    for first, second in combinations(_families(entries_of(report)), 2):
        if first[0].table_id == second[0].table_id:
            continue
        matched = _matched(first, second)
        targets = [_figures(left, right, "target") for left, right in matched]
        known = [pair for pair in targets if pair is not None]
        if len(known) < _LEAST or any(left.value != right.value for left, right in known):
            continue
        if len({left.value for left, _ in known}) < _LEAST:
            continue
        for left, right in matched:
            yield from _results(left, right)


def _families(entries: Sequence[Entry]) -> list[Family]:
    """Return the things that one cell lists, or the rows of a table under one label, together."""
    per_row = Counter((entry.table_id, entry.row) for entry in entries)
    found: dict[tuple[str, object], list[Entry]] = defaultdict(list)
    for entry in entries:
        is_listed = per_row[entry.table_id, entry.row] > 1
        found[entry.table_id, entry.row if is_listed else entry.head].append(entry)
    return [family for family in found.values() if len(family) >= _LEAST]


def _matched(first: Family, second: Family) -> list[tuple[Entry, Entry]]:
    """Return the entries of two families that are named alike, each with no other."""
    pairs = [
        (left, right)
        for left in first
        for right in second
        if max((likeness(a, b) for a in left.names for b in right.names), default=0.0) >= _ALIKE
    ]
    lefts = Counter(id(left) for left, _ in pairs)
    rights = Counter(id(right) for _, right in pairs)
    return [(left, right) for left, right in pairs if lefts[id(left)] == rights[id(right)] == 1]


def _figures(left: Entry, right: Entry, side: Side) -> tuple[Fact, Fact] | None:
    """Return the only figures that two entries give for a side in one dimension."""
    for key, own in left.figures.items():
        other = right.figures.get(key, ())
        if key[0] == side and len(own) == len(other) == 1:
            return own[0], other[0]
    return None


def _results(left: Entry, right: Entry) -> Iterator[Rivals]:
    pair = _figures(left, right, "actual")
    if pair is not None and _figures(left, right, "target") and are_compatible(*pair):
        yield Rivals(earlier=pair[0], later=pair[1])
