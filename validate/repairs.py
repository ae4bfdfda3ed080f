"""The smallest changes of printed numbers after which failing relations hold, likeliest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from math import log

from normalize.records import Fact
from validate.figures import telling_digits
from validate.network import Changes, Network, key_of
from validate.quotients import HUNDRED
from validate.rounding import ZERO, last_digit
from validate.slips import Slip, slip_of
from validate.tables import amount, dimension

_NO_SLIP = log(1e-4)
"""What a change without a slip behind it is worth beside the chance of a slip."""
_RESULT = log(2.0)
"""A total that no slip explains is likelier than a part: it was not computed anew."""
_UNSURE = log(20.0)
"""A number that was hard to read is that much likelier to be the wrong one."""
_LOOSENED = -1.0
"""A relation that was exact and would hold by rounding only."""
_COPIED = -3.0
"""Another place repeats the number as it is printed, and it is long enough for that to tell."""
_TELLING = 4
_SWAP = log(0.005)
_EMPTY = -1.0
"""A number beside a place left empty is rather elsewhere for other reasons."""
_ROUNDER = 0.7
"""For each zero that a value has more at its end than the printed number: figures are round."""
_MOST_ZEROS = 2
_SIZE = 0.6
_ECHO = log(20.0)
"""Another place prints the value, under a name that agrees."""
_BEYOND = log(5.0)
"""A printed share of more than 100 % is rather the wrong number, if the other value is none."""
_ODD = log(1e-3)
"""A negative number, or a rate beyond 100 %, where the table has no other."""
_FEWEST = 2
"""Relations that make a proof; one alone does if all its other numbers are held by others."""
_FIRST = 4
"""Relations from which a pair of changes is searched."""
_MOST = 60
"""More relations that fail together come from a misread table, not from two numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another value for a number."""

    fact: Fact
    value: Decimal
    slip: Slip | None
    """What makes the printed number of this value, where one slip does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Changes after which everything holds that they touch."""

    changes: tuple[Change, ...]
    score: float
    """Logarithm of its likelihood; only good for comparing repairs of the same relations."""
    held: int
    """Different relations that these numbers take part in, all of which hold then."""
    manner: str = ""
    """How several numbers came to be wrong: swapped, shifted, exchanged_lines, unit."""

    @property
    def first(self) -> Change:
        """The change of the most suspected number."""
        return self.changes[0]

    @property
    def values(self) -> Changes:
        """The new values by key."""
        return {key_of(change.fact): change.value for change in self.changes}


def single_repairs(network: Network, failing: Sequence[int]) -> tuple[Repair, ...]:
    """Return the changes of one number that repair all of the failing relations."""
    if len(failing) > _MOST:
        return ()
    found = []
    for key in shared_keys(network, failing):
        values = dict.fromkeys(value for at in failing for value in network.values_for(key, at))
        for value in values:
            repair = verified(network, {key: value}, failing)
            if repair is not None:
                found.append(repair)
    return ranked(found)


def pair_repairs(network: Network, failing: Sequence[int]) -> tuple[Repair, ...]:
    """Return the changes of two numbers that repair failing relations which no single one does."""
    if len(failing) > _MOST:
        return ()
    found: dict[frozenset[tuple[str, Decimal]], Repair] = {}
    for at in sorted(failing, key=lambda one: len(network.keys[one]))[:_FIRST]:
        for key in network.keys[at]:
            for value in network.solved_values(key, at, {})[:1]:
                for changes in _completed(network, {key: value}, failing):
                    repair = verified(network, changes, failing)
                    if repair is not None:
                        found.setdefault(frozenset(changes.items()), repair)
    return ranked(found.values())


def swap_repairs(network: Network, failing: Sequence[int]) -> tuple[Repair, ...]:
    """Return the exchanges of two numbers in a row or column that repair failing relations."""
    if len(failing) > _MOST or not any(network.asks(at) for at in failing):
        return ()
    found: dict[frozenset[str], Repair] = {}
    for key in network.keys[failing[0]]:
        for other in network.neighbours(key):
            values = amount(network.facts[key]), amount(network.facts[other])
            if frozenset((key, other)) in found or values[0] == values[1] or None in values:
                continue
            if network.is_exhausted:
                break
            if dimension(network.facts[key]) != dimension(network.facts[other]):
                continue
            changes = {key: values[1], other: values[0]}
            repair = verified(network, changes, failing)  # type: ignore[arg-type]
            if repair is not None:
                found[frozenset((key, other))] = repair
    return ranked(found.values())


def _completed(
    network: Network, changes: dict[str, Decimal], failing: Sequence[int]
) -> Iterator[dict[str, Decimal]]:
    """Yield a change together with a second one that repairs what fails beside it."""
    left = {at for at in failing if not network.holds(at, changes)} | strictly_broken(
        network, changes
    )
    if not left:
        return
    for key in shared_keys(network, sorted(left)):
        if key not in changes:
            for value in network.solved_values(key, min(left), changes):
                yield {**changes, key: value}


def joint_repairs(
    network: Network, clusters: Sequence[Sequence[int]]
) -> dict[tuple[int, int], list[Repair]]:
    """Return changes of two numbers that repair two groups of relations together, by the groups.

    Either number alone would break a relation that holds, and the other one mends it.
    """
    halves = defaultdict(list)
    for number, failing in enumerate(clusters):
        for key, value in _halves(network, failing):
            broken = frozenset(strictly_broken(network, {key: value}))
            if broken:
                halves[broken].append((number, key, value))
    found: dict[tuple[int, int], dict[frozenset[tuple[str, Decimal]], Repair]] = defaultdict(dict)
    for one, other in (pair for group in halves.values() for pair in combinations(group, 2)):
        if one[0] == other[0] or one[1] == other[1] or network.is_exhausted:
            continue
        changes = {one[1]: one[2], other[1]: other[2]}
        repair = verified(network, changes, [*clusters[one[0]], *clusters[other[0]]])
        if repair is not None:
            found[one[0], other[0]].setdefault(frozenset(changes.items()), repair)
    return {numbers: list(repairs.values()) for numbers, repairs in found.items()}


def _halves(network: Network, failing: Sequence[int]) -> Iterator[tuple[str, Decimal]]:
    """Yield changes of one number that repair a group, whatever else they break."""
    if len(failing) > _FIRST:
        return
    for key in shared_keys(network, failing):
        for value in network.solved_values(key, failing[0], {})[:1]:
            if all(network.holds(at, {key: value}) for at in failing):
                yield key, value


def shared_keys(network: Network, failing: Sequence[int]) -> list[str]:
    """Return the numbers that take part in all of some relations, in the order of the first."""
    if not failing:
        return []
    others = [set(network.keys[at]) for at in failing[1:]]
    return [key for key in network.keys[failing[0]] if all(key in keys for keys in others)]


def strictly_broken(network: Network, changes: Changes) -> set[int]:
    """Return the relations that a change breaks; a repeat may be a copy of the wrong number."""
    return {
        at
        for at in network.broken(changes)
        if network.trials[at].holds and network.trials[at].relation.kind != "repeat"
    }


def verified(
    network: Network, changes: Changes, failing: Sequence[int], manner: str = ""
) -> Repair | None:
    """Return changes as a repair if all relations hold that fail now or are touched."""
    if not all(network.holds(at, changes) for at in failing):
        return None
    broken = network.broken(changes)
    copies = {at for at in broken if network.trials[at].holds and _is_repeat(network, at)}
    if broken - copies:
        return None
    listed = [
        _change(network, key, value)
        for key, value in changes.items()
        if value != amount(network.facts[key])
    ]
    suspects = {key for at in failing for key in network.keys[at]}
    if manner:  # empty places come last: what they hold says nothing
        listed.sort(key=lambda one: not one.fact.value or not one.value)
    else:
        listed.sort(key=lambda one: -_weight(network, one, failing))
    listed.sort(key=lambda one: key_of(one.fact) not in suspects)
    swapped = not manner and _is_swap(listed)
    score = sum(_weight(network, one, failing) for one in listed)
    if manner or swapped:
        score = _SWAP + _EMPTY * any(not amount(one.fact) for one in listed)
    score += _copied(network, copies) + _LOOSENED * _loosened(network, changes)
    return Repair(
        changes=tuple(listed),
        score=score,
        held=len({frozenset(network.keys[at]) for at in network.touched(changes) - copies}),
        manner=manner or ("swapped" if swapped else ""),
    )


def whole_repair(network: Network, changes: Changes, failing: Sequence[int], manner: str) -> Repair:
    """Return the changes of a whole table or row as a repair; what fails now comes first."""
    suspects = {key for at in failing for key in network.keys[at]}
    keys = sorted(changes, key=lambda key: (key not in suspects, not network.facts[key].fact_id))
    return Repair(
        changes=tuple(
            Change(fact=network.facts[key], value=changes[key], slip=None) for key in keys
        ),
        score=_SWAP,
        held=len({frozenset(network.keys[at]) for at in network.touched(changes)}),
        manner=manner,
    )


def ranked(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """Return repairs with the likeliest first; of equal ones the first stays first."""
    return tuple(sorted(repairs, key=lambda one: -one.score))


def is_only(network: Network, repairs: Sequence[Repair], failing: Sequence[int]) -> bool:
    """Tell whether there is one smallest repair, and rounding leaves it no other value."""
    if len(repairs) != 1 or network.is_exhausted:
        return False
    changes = repairs[0].changes
    if len(changes) > 1 and not all(change.slip for change in changes):
        return False
    if repairs[0].held < _FEWEST and not _are_others_sure(network, repairs[0], failing):
        return False
    near = [(change.value, *_near(change)) for change in changes]
    return not any(
        _is_possible(
            network,
            {key_of(one.fact): value for one, value in zip(changes, values, strict=True)},
            failing,
        )
        for values in list(product(*near))[1:]
    )


def _near(change: Change) -> Iterator[Decimal]:
    """Yield the values one digit away, and of a rate those that were rounded and padded with 0."""
    step = last_digit(change.fact)
    yield from (change.value - step, change.value + step)
    if change.fact.value_unit == "percent" and change.fact.decimals > 1:
        below = change.value // (10 * step) * (10 * step)
        yield from (value for value in (below, below + 10 * step) if value != change.value)


def _is_possible(network: Network, changes: Changes, failing: Sequence[int]) -> bool:
    """Tell whether other values repair as much, by whatever way a rate may have been rounded."""
    if verified(network, changes, failing) is not None:
        return True
    return all(network.may_hold(at, changes) for at in (*failing, *network.broken(changes)))


def _are_others_sure(network: Network, repair: Repair, failing: Sequence[int]) -> bool:
    """Tell whether other relations hold all other numbers of those that fail.

    Of one sum alone a part may only be cleared because it would have to be negative, and that is
    no proof against the total: several of the numbers may stand at wrong places.
    """
    others = {key for at in failing for key in network.keys[at]} - set(repair.values)
    return all(set(network.trials_of[key]) - set(failing) for key in others)


def _is_repeat(network: Network, at: int) -> bool:
    return network.trials[at].relation.kind == "repeat"


def _is_swap(changes: Sequence[Change]) -> bool:
    if len(changes) != 2:
        return False
    one, other = changes
    return one.value == amount(other.fact) and other.value == amount(one.fact)


def _change(network: Network, key: str, value: Decimal) -> Change:
    fact = network.facts[key]
    return Change(fact=fact, value=value, slip=slip_of(fact, value))


def _weight(network: Network, change: Change, failing: Sequence[int]) -> float:
    """Return how likely it is that this number is the wrong one, as a logarithm."""
    fact = change.fact
    weight = log(change.slip.chance) if change.slip else _NO_SLIP
    results = {
        key_of(one.relation.result)
        for at in failing
        for one in (network.trials[at],)
        if one.relation.result is not None
    }
    if not change.slip and key_of(fact) in results:
        weight += _RESULT
    weight += _ROUNDER * _zeros_gained(change)
    if fact.value_unit == "percent" and (fact.value or ZERO) > HUNDRED >= change.value:
        weight += _BEYOND
    if key_of(fact) not in results:
        weight += _size_prior(change)
    if network.returns(fact, change.value):
        weight += _ECHO
    if network.is_unheard_of(fact, change.value):
        weight += _ODD
    return weight + (_UNSURE if is_unsure(fact) else 0.0)


def _size_prior(change: Change) -> float:
    """Return how much likelier the size of a value is than that of the printed number.

    Amounts have no usual size: of ten times as large ones there are as many, and each is a tenth
    as likely. What a total should be follows from its parts, so that it has no size of its own.
    """
    printed, meant = abs(change.fact.value or ZERO), abs(change.value)
    if not printed or not meant or change.fact.value_unit == "percent":
        return 0.0
    return _SIZE * (printed.adjusted() - meant.adjusted()) * log(10.0)


def _zeros_gained(change: Change) -> int:
    """Return how many zeros a value has more than the printed number at its end, within bounds."""
    old, new = _zeros(change.fact.value or ZERO), _zeros(change.value)
    return max(-_MOST_ZEROS, min(_MOST_ZEROS, new - old))


def _zeros(value: Decimal) -> int:
    return int(value.normalize().as_tuple().exponent) if value else 0


def is_unsure(fact: Fact) -> bool:
    """Tell whether a number was hard to read: shaky letters, damaged groups, a shifted row."""
    return fact.is_ambiguous or fact.confidence < 0.85 or fact.value_likely is not None


def _copied(network: Network, copies: Iterable[int]) -> float:
    """Return what it is worth that the number is printed alike elsewhere: little if it is short."""
    results = [network.trials[at].relation.result for at in copies]
    digits = [telling_digits(fact) for fact in results if fact is not None]
    return 0.0 if not digits else _COPIED if max(digits) >= _TELLING else _COPIED / _TELLING


def _loosened(network: Network, changes: Changes) -> int:
    """Count the relations that hold exactly now and would hold by rounding only."""
    return sum(
        1
        for at in network.touched(changes)
        if network.trials[at].check.outcome == "exact" and not network.is_exact(at, changes)
    )
