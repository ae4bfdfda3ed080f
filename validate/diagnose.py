"""From failing relations to their cause: the smallest change that makes everything hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from normalize.records import Fact
from validate.misplaced import misplacements
from validate.network import Network, key_of
from validate.repairs import (
    Repair,
    is_only,
    joint_repairs,
    pair_repairs,
    ranked,
    single_repairs,
    swap_repairs,
    whole_repair,
)
from validate.suspicion import Suspicion
from validate.trial import Trial

_MOST_PRODUCTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Failing relations that hang together, with the changes that would repair all of them."""

    failing: tuple[Trial, ...]
    repairs: tuple[Repair, ...]
    """Changes of as few numbers as possible, the likeliest first."""
    is_proven: bool = False
    """True where there is one smallest repair, with one value for each number."""

    @property
    def independent(self) -> int:
        """How many of the failing relations are not the same equation in other words."""
        return len({frozenset(key_of(fact) for fact in one.facts) for one in self.failing})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A case in the making: places of relations in the network."""

    failing: tuple[int, ...]
    repairs: tuple[Repair, ...] = ()
    has_rival: bool = False
    """True where changes of as few numbers repair this and another group together."""


def diagnose(
    tested: Sequence[Trial], facts: Iterable[Fact] = (), suspected: Iterable[Suspicion] = ()
) -> tuple[Case, ...]:
    """Return the failing relations as cases, in document order.

    Relations that one number, or two numbers together, or a line of numbers put back to its place
    would repair are one case; what nothing repairs is a case for each relation.

    Args:
        tested: all relations of the report, those that hold as well.
        facts: all numbers of the report: one without a relation may stand at the place of another.
        suspected: causes that are tried first, for they explain many numbers at once.
    """
    network = Network(tested, facts)
    failing = [at for at, one in enumerate(network.trials) if one.fails]
    whole = tuple(_suspected(network, failing, suspected))
    explained = {at for group in whole for at in group.failing}
    clusters = _clusters(network, [at for at in failing if at not in explained])
    groups = _with_joint(network, clusters)
    groups = _with_misplaced(network, groups)
    solved = [part for group in groups for part in _finished(network, group)]
    cases = [_case(network, group) for group in (*whole, *solved)]
    return tuple(sorted(cases, key=lambda case: case.failing[0].check.check_id))


def _suspected(
    network: Network, failing: Sequence[int], suspected: Iterable[Suspicion]
) -> Iterator[_Group]:
    """Yield what fails now and holds, with all else that is touched, if a suspicion is true."""
    left = set(failing)
    for one in suspected:
        changes = {key: value for key, value in one.changes.items() if key in network.facts}
        touched = network.touched((*changes, one.unknown or "")) & left
        hit = [at for at in sorted(touched) if _mends(network, one, at)]
        if hit and not (one.manner == "shifted" and _is_one_slip(network, hit)):
            left -= set(hit)
            repair = whole_repair(network, changes, hit, one.manner)
            yield _Group(failing=tuple(hit), repairs=(repair,), has_rival=True)


def _is_one_slip(network: Network, failing: Sequence[int]) -> bool:
    """Tell whether a slip in one number explains several relations: then no row has moved."""
    kinds = {frozenset(network.keys[at]) for at in failing}
    repairs = single_repairs(network, failing) if len(kinds) > 1 else ()
    return any(repair.first.slip is not None for repair in repairs)


def _mends(network: Network, one: Suspicion, at: int) -> bool:
    """Tell whether a failing relation holds if a suspicion is true, or is what raised it."""
    places = {(fact.table_id, fact.row) for fact in network.trials[at].facts}
    if places == {one.row} or one.unknown in network.keys[at]:
        return True
    return network.holds_rescaled(at, one.changes, one.factor)


def _simple_repairs(network: Network, failing: Sequence[int]) -> tuple[Repair, ...]:
    """Return what one act can have spoiled: a number, or two that were exchanged."""
    return ranked((*single_repairs(network, failing), *swap_repairs(network, failing)))


def _clusters(network: Network, failing: Sequence[int]) -> list[tuple[int, ...]]:
    """Return failing relations in groups that share numbers."""
    groups: list[tuple[set[str], list[int]]] = []
    for at in failing:
        keys = set(network.keys[at])
        joined = [group for group in groups if group[0] & keys]
        members = [member for group in joined for member in group[1]]
        groups = [group for group in groups if group not in joined]
        groups.append((keys.union(*(group[0] for group in joined)), [*members, at]))
    return [tuple(sorted(members)) for _, members in groups]


def _with_misplaced(network: Network, groups: list[_Group]) -> list[_Group]:
    """Join what numbers at wrong places explain, where no single number explains as much."""
    failing = [at for group in groups for at in group.failing]
    explained = [set(group.failing) for group in groups if group.repairs]
    taken: set[int] = set()
    found: list[_Group] = []
    for repair in misplacements(network, failing) if len(groups) > 1 or not explained else ():
        hit = network.touched(repair.values) & set(failing)
        if hit & taken or any(hit <= group for group in explained):
            continue
        taken |= hit
        found.append(_Group(failing=tuple(sorted(hit)), repairs=(repair,), has_rival=True))
    rest = [_without(network, group, taken) for group in groups]
    return [*found, *(group for group in rest if group.failing)]


def _without(network: Network, group: _Group, taken: set[int]) -> _Group:
    failing = tuple(at for at in group.failing if at not in taken)
    if failing == group.failing or not failing:
        return replace(group, failing=failing)
    return _Group(failing=failing, repairs=_simple_repairs(network, failing))


def _with_joint(network: Network, clusters: list[tuple[int, ...]]) -> list[_Group]:
    """Return each cluster with its repairs; joined where two numbers together are likelier."""
    swaps = [swap_repairs(network, cluster) for cluster in clusters]
    shared = _shared(network, clusters, swaps)
    groups = [
        _Group(
            failing=cluster,
            repairs=ranked((*single_repairs(network, cluster), *own)),
            has_rival=any(number in numbers for numbers in shared),
        )
        for number, (cluster, own) in enumerate(
            zip(clusters, _own(network, clusters, swaps), strict=True)
        )
    ]
    taken: set[int] = set()
    joined: list[_Group] = []
    for numbers, repairs in sorted(shared.items(), key=lambda item: -item[1][0].score):
        parts = [groups[number] for number in numbers]
        if taken.isdisjoint(numbers) and _is_better(repairs[0], parts):
            taken.update(numbers)
            failing = sorted(at for part in parts for at in part.failing)
            joined.append(
                _Group(failing=tuple(failing), repairs=ranked([*repairs, *_products(parts)]))
            )
    return [*joined, *(group for number, group in enumerate(groups) if number not in taken)]


def _shared(
    network: Network, clusters: Sequence[tuple[int, ...]], swaps: Sequence[Sequence[Repair]]
) -> dict[tuple[int, ...], tuple[Repair, ...]]:
    """Return the changes of two numbers that repair several clusters, by the clusters."""
    found: dict[tuple[int, ...], dict[frozenset[tuple[str, Decimal]], Repair]] = defaultdict(dict)
    for numbers, joint in joint_repairs(network, clusters).items():
        found[numbers].update({frozenset(one.values.items()): one for one in joint})
    for exchanges in swaps:
        for one in exchanges:
            touched = network.touched(one.values)
            hit = tuple(number for number, cluster in enumerate(clusters) if touched & set(cluster))
            if len(hit) > 1:
                found[hit].setdefault(frozenset(one.values.items()), one)
    return {numbers: ranked(repairs.values()) for numbers, repairs in found.items()}


def _own(
    network: Network, clusters: Sequence[tuple[int, ...]], swaps: Sequence[Sequence[Repair]]
) -> Iterator[list[Repair]]:
    """Yield the exchanges of each cluster that concern no other one."""
    failing = {at for cluster in clusters for at in cluster}
    for cluster, found in zip(clusters, swaps, strict=True):
        yield [one for one in found if network.touched(one.values) & failing <= set(cluster)]


def _is_better(joint: Repair, parts: Sequence[_Group]) -> bool:
    """Tell whether two numbers changed together are likelier than one in each group."""
    if not all(group.repairs for group in parts):
        return True
    return joint.score > sum(group.repairs[0].score for group in parts)


def _products(parts: Sequence[_Group]) -> Iterator[Repair]:
    """Yield the repairs of several groups that have nothing to do with each other."""
    for some in product(*(group.repairs[:_MOST_PRODUCTS] for group in parts)):
        yield Repair(
            changes=tuple(change for one in some for change in one.changes),
            score=sum(one.score for one in some),
            held=sum(one.held for one in some),
        )


def _finished(network: Network, group: _Group) -> Iterable[_Group]:
    """Yield a group that something repairs, or the groups into which it falls."""
    if group.repairs:
        return (group,)
    repairs = pair_repairs(network, group.failing) if len(group.failing) > 1 else ()
    if repairs and _are_apart(network, repairs[0]):
        return _apart(network, group, repairs)
    if repairs or len(group.failing) == 1 or _is_one_cause(network, group):
        return (replace(group, repairs=repairs),)
    return _greedy(network, group)


def _are_apart(network: Network, repair: Repair) -> bool:
    """Tell whether no relation holds both of two wrong numbers: they are two errors."""
    one, other = (set(network.trials_of.get(key, ())) for key in repair.values)
    return not repair.manner and not one & other


def _apart(network: Network, group: _Group, repairs: Sequence[Repair]) -> Iterator[_Group]:
    for key, value in repairs[0].values.items():
        failing = tuple(at for at in group.failing if key in network.keys[at])
        yield _Group(
            failing=failing,
            repairs=_simple_repairs(network, failing),
            has_rival=any(one.values.get(key) != value for one in repairs),
        )


def _is_one_cause(network: Network, group: _Group) -> bool:
    """Tell whether parts of one table all exceed one whole: their unit is the cause."""
    trials = [network.trials[at] for at in group.failing]
    wholes = {one.facts[0].fact_id for one in trials}
    tables = {one.facts[-1].table_id for one in trials}
    kinds = {one.relation.kind for one in trials}
    return kinds == {"part_of_whole"} and len(wholes) == len(tables) == 1


def _greedy(network: Network, group: _Group) -> Iterator[_Group]:
    """Yield the number whose change repairs most of what is left, until none repairs two."""
    left = group.failing
    while left:
        best = _widest(network, left)
        if best is None:
            break
        yield best
        left = tuple(at for at in left if at not in best.failing)
    for at in left:
        yield _Group(failing=(at,), repairs=_simple_repairs(network, (at,)))


def _widest(network: Network, left: tuple[int, ...]) -> _Group | None:
    members: dict[str, list[int]] = defaultdict(list)
    for at in left:
        for key in network.keys[at]:
            members[key].append(at)
    found = [
        _Group(failing=tuple(some), repairs=repairs, has_rival=True)
        for some in {tuple(one): None for one in members.values() if len(one) > 1}
        for repairs in (single_repairs(network, some),)
        if repairs
    ]
    return max(found, key=lambda one: len(one.failing), default=None)


def _case(network: Network, group: _Group) -> Case:
    return Case(
        failing=tuple(network.trials[at] for at in group.failing),
        repairs=group.repairs,
        is_proven=not group.has_rival and is_only(network, group.repairs, group.failing),
    )
