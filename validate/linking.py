"""Which names of programmes mean one programme, over the years of a district and over districts.

The rule, in this order:

1. Two names are never linked that stand in different rows of one table: who prints both means two.
2. In a district, names with the same stem (`stem_name`) are one programme, and so are names whose
   stems share most pairs of letters (Dice of letter pairs at least 0.8) and all digits.
3. Over districts only clusters with the same stem of four letters or more are one programme.

The most alike are linked first, so that nothing depends on the order of the reports.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import ceil
from typing import Final, Literal

from validate.programme_names import plain_name, stem_name

Rule = Literal["same_name", "same_stem", "similar"]

THRESHOLD: Final = 0.8
"""Dice of letter pairs from which two stems of one district are taken for one programme."""
_SAME_STEM: Final = 0.95
_SIMILAR: Final = 0.9
_ELSEWHERE: Final = 0.9
_LEAST_ELSEWHERE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A programme as one table prints it."""

    region: str
    name: str
    table: str
    """The table, or the report for a name in running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The programme that a name means."""

    key: str
    """The same for all names of one programme."""
    rule: Rule
    confidence: float
    """1 for the shortest name of the programme in its district, 0.95 for one of the same stem, 0.9
    times the likeness for a similar one; 0.9 times that where other districts share the key. An
    order of trust, not a measured probability."""
    is_elsewhere: bool
    """Whether another district has the programme, too."""


@dataclass(slots=True)
class _Cluster:
    names: set[str]
    tables: set[str] = field(default_factory=set)


def link_names(printed: Iterable[Printed]) -> Mapping[tuple[str, str], Link]:
    """Return the programme of each name by district and plain name."""
    tables: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in printed:
        tables[one.region][plain_name(one.name)].add(one.table)
    keyed = {region: _keyed(named) for region, named in tables.items()}
    shared = Counter(key for clusters in keyed.values() for key in clusters)
    links = {}
    for region, clusters in keyed.items():
        for key, names in clusters.items():
            is_common = len(key) >= _LEAST_ELSEWHERE
            for name in names:
                links[region, name] = _link(
                    name,
                    _shortest(names),
                    key=key if is_common else f"{region}:{key}",
                    is_elsewhere=is_common and shared[key] > 1,
                )
    return links


def _keyed(tables: Mapping[str, set[str]]) -> Mapping[str, Sequence[str]]:
    """Return the names of each programme of a district, by the name that it is called by."""
    clusters = [sorted(one.names) for one in _clusters(tables)]
    stems = Counter(_shortest(map(stem_name, names)) for names in clusters)
    found = {}
    for names in clusters:
        stem = _shortest(map(stem_name, names))
        # Two programmes of one stem, told apart by a table, keep their own names.
        found[stem if stems[stem] == 1 else _shortest(names)] = names
    return found


def _shortest(names: Iterable[str]) -> str:
    return min(names, key=lambda name: (len(name), name))


def _link(name: str, main: str, *, key: str, is_elsewhere: bool) -> Link:
    """Link a name to its programme.

    Args:
        name: the plain name.
        main: the shortest of the names of the programme in its district.
        key: of the programme.
        is_elsewhere: whether another district has it, too.
    """
    rule: Rule = "same_name"
    confidence = 1.0
    if name != main and stem_name(name) == stem_name(main):
        rule, confidence = "same_stem", _SAME_STEM
    elif name != main:
        rule, confidence = "similar", _SIMILAR * likeness(stem_name(name), stem_name(main))
    return Link(
        key=key,
        rule=rule,
        confidence=round(confidence * (_ELSEWHERE if is_elsewhere else 1.0), 3),
        is_elsewhere=is_elsewhere,
    )


def _clusters(tables: Mapping[str, set[str]]) -> Iterable[_Cluster]:
    """Join names, the most alike first, unless one table tells them apart."""
    cluster_of = {name: _Cluster(names={name}, tables=set(where)) for name, where in tables.items()}
    for _, first, second in sorted(_pairs(sorted(tables)), key=lambda one: (-one[0], *one[1:])):
        left, right = cluster_of[first], cluster_of[second]
        if left is right or left.tables & right.tables:
            continue
        left.names |= right.names
        left.tables |= right.tables
        for name in right.names:
            cluster_of[name] = left
    return {id(one): one for one in cluster_of.values()}.values()


def _pairs(names: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    """Yield pairs of names that may be one programme, with how alike they are."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_stem[stem_name(name)].append(name)
    for same in by_stem.values():
        yield from ((1.0, one, two) for one, two in combinations(same, 2))
    for left, right, alike in _similar(sorted(by_stem)):
        for one, two in product(by_stem[left], by_stem[right]):
            yield alike, min(one, two), max(one, two)


def _similar(stems: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of stems that reach the threshold.

    Two sets that share enough share one of their rarest elements: only those are looked up.
    """
    grams = {stem: letter_pairs(stem) for stem in stems}
    common = Counter(pair for pairs in grams.values() for pair in pairs)
    rare: dict[str, list[str]] = defaultdict(list)
    for stem in stems:
        ordered = sorted(grams[stem], key=lambda pair: (common[pair], pair))
        needed = ceil(THRESHOLD / (2 - THRESHOLD) * len(ordered))
        candidates = {
            other for pair in ordered[: len(ordered) - needed + 1] for other in rare[pair]
        }
        for other in sorted(candidates):
            alike = likeness(stem, other)
            if alike >= THRESHOLD and _digits(stem) == _digits(other):
                yield other, stem, alike
        for pair in ordered[: len(ordered) - needed + 1]:
            rare[pair].append(stem)


def likeness(left: str, right: str) -> float:
    """Return the share of letter pairs that two names have in common (Dice), 0 to 1.

    Examples:
        >>> round(likeness("마을기업육성", "마을기업발굴육성"), 2)
        0.67
    """
    first, second = letter_pairs(left), letter_pairs(right)
    if not first or not second:
        return float(left == right)
    return 2 * len(first & second) / (len(first) + len(second))


def letter_pairs(name: str) -> frozenset[str]:
    """Return all neighbouring letters of a name."""
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)
