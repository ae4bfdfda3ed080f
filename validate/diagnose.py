"""From failing relations to their cause: the smallest change that makes everything hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from validate.misplaced import misplacements
from validate.network import Network
from validate.repairs import (
    Repair,
    is_only,
    joint_repairs,
    pair_repairs,
    ranked,
    single_repairs,
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A case in the making: places of relations in the network."""

    failing: tuple[int, ...]
    repairs: tuple[Repair, ...] = ()
    has_rival: bool = False
    """True where changes of as few numbers repair this and another group together."""


def diagnose(tested: Sequence[Trial]) -> tuple[Case, ...]:
    """Return the failing relations as cases, in document order.

    Relations that one number, or two numbers together, or a line of numbers put back to its place
    would repair are one case; what nothing repairs is a case for each relation.
    """
    network = Network(tested)
    failing = [at for at, one in enumerate(network.trials) if one.fails]
    groups = [
        _Group(failing=cluster, repairs=single_repairs(network, cluster))
        for cluster in _clusters(network, failing)
    ]
    groups = _with_misplaced(network, groups)
    groups = _with_joint(network, groups)
    solved = [part for group in groups for part in _finished(network, group)]
    cases = [_case(network, group) for group in solved]
    return tuple(sorted(cases, key=lambda case: case.failing[0].check.check_id))


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
    is_open = [not group.repairs or len(group.failing) == 1 for group in groups]
    left = [at for group, is_one in zip(groups, is_open, strict=True) if is_one for at in group.failing]
    if len(left) < 2:
        return groups
    taken: set[int] = set()
    found: list[_Group] = []
    for repair in misplacements(network, left):
        hit = network.touched(repair.values) & set(left)
        if hit & taken:
            continue
        taken |= hit
        found.append(_Group(failing=tuple(sorted(hit)), repairs=(repair,), has_rival=True))
    rest = [_without(network, group, taken) for group in groups]
    return [*found, *(group for group in rest if group.failing)]


def _without(network: Network, group: _Group, taken: set[int]) -> _Group:
    failing = tuple(at for at in group.failing if at not in taken)
    if failing == group.failing or not failing:
        return replace(group, failing=failing)
    return _Group(failing=failing, repairs=single_repairs(network, failing))


def _with_joint(network: Network, groups: list[_Group]) -> list[_Group]:
    """Join two groups that changes of two numbers repair together, where that is likelier."""
    found = joint_repairs(network, [group.failing for group in groups])
    likely = sorted(found.items(), key=lambda item: -item[1][0].score)
    result = list(groups)
    taken: set[int] = set()
    for (first, second), repairs in likely:
        pair = (groups[first], groups[second])
        for number in (first, second):
            if number not in taken:
                result[number] = replace(result[number], has_rival=True)
        if taken & {first, second} or not _is_better(repairs[0], pair):
            continue
        taken |= {first, second}
        joined = ranked([*repairs, *_products(pair)])
        result[first] = _Group(
            failing=tuple(sorted((*pair[0].failing, *pair[1].failing))), repairs=joined
        )
        result[second] = _Group(failing=())
    return [group for group in result if group.failing]


def _is_better(joint: Repair, pair: tuple[_Group, _Group]) -> bool:
    """Tell whether two numbers changed together explain more than one in each group."""
    if any(group.repairs and group.repairs[0].manner for group in pair):
        return False
    if not all(group.repairs for group in pair):
        return True
    return joint.score > sum(group.repairs[0].score for group in pair)


def _products(pair: tuple[_Group, _Group]) -> Iterator[Repair]:
    """Yield the repairs of both groups that have nothing to do with each other."""
    for one in pair[0].repairs[:_MOST_PRODUCTS]:
        for other in pair[1].repairs[:_MOST_PRODUCTS]:
            yield Repair(
                changes=(*one.changes, *other.changes),
                score=one.score + other.score,
                held=one.held + other.held,
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
    one, other = (set(network.trials_of[key]) for key in repair.values)
    return not repair.manner and not one & other


def _apart(network: Network, group: _Group, repairs: Sequence[Repair]) -> Iterator[_Group]:
    for key, value in repairs[0].values.items():
        failing = tuple(at for at in group.failing if key in network.keys[at])
        yield _Group(
            failing=failing,
            repairs=single_repairs(network, failing),
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
        yield _Group(failing=(at,), repairs=single_repairs(network, (at,)))


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
