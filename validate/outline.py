"""Totals without the word 계: strips that are the sum of others, nested or side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from normalize.records import Fact
from validate.discovery.planes import Pattern, patterns_of
from validate.groups import Group
from validate.labels import is_period, total_level
from validate.matching import is_called
from validate.rounding import ZERO
from validate.tables import Plane, Strip, amount, is_added, is_summable
from validate.vocabulary import DIFFERENCES

_LEAST_COLUMNS = 2
_TELLING_DIGITS = 6
_LEAST_EVIDENCE: Final = 10.0
"""A report prints many figures side by side: a sum that nothing names needs odds of 20,000 to 1."""
_LEAST_LINES = 2
_LEAST_LINES_OF_TWO = 3

Vector = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """A strip with the values that stand across it; None where there is no number."""

    strip: Strip
    values: Vector


def outline_of(plane: Plane) -> tuple[Group, ...]:
    """Return strips that are the sum of the strips right behind or before them.

    A parent is accepted where at least two columns say so with enough digits, and at most one in
    four says otherwise: such a column is then one to look at.
    """
    nodes = list(_nodes(plane))
    after = tuple(_parents(nodes))
    return after or tuple(_parents(nodes[::-1]))


def shown_by(plane: Plane, known: frozenset[int]) -> tuple[Group, ...]:
    """Return further strips that others make, wherever those stand, as the lines show.

    Not the `known` totals, which have their parts. Balances (집행잔액) are told as differences, and
    periods add up to a figure only where a label says so.
    """
    return tuple(
        Group(
            total=found.target,
            parts=found.operands,
            level=1,
            is_nested=True,
            is_by_label=False,
            is_inferred=True,
        )
        for found in (_patterns(plane) if _can_show(plane) else ())
        if found.target.index not in known and _is_sure(found)
    )


def _patterns(plane: Plane) -> list[Pattern]:
    return sorted(patterns_of(plane, "sum"), key=lambda one: one.target.index)


def _can_show(plane: Plane) -> bool:
    """Tell whether enough lines hold two figures and a third one that may be their sum.

    On the others nothing could be shown, so that the search is not worth its time.
    """
    strips = [strip.index for strip in plane.strips if _may_add(strip)]
    lines = 0
    for cross in plane.across:
        values = [plane.fact_at(at, cross.index).value for at in strips]
        known = [value for value in values if value is not None]
        lines += len(known) > 2 and sum(map(bool, known)) > 1
        if lines >= _LEAST_LINES:
            return True
    return False


def _is_sure(found: Pattern) -> bool:
    strips = (found.target, *found.operands)
    needed = _LEAST_LINES_OF_TWO if len(found.operands) < 3 else _LEAST_LINES
    return (
        found.evidence >= _LEAST_EVIDENCE
        and found.telling >= needed
        and all(map(_may_add, strips))
        and not all(is_period(strip.label) for strip in strips)
    )


def _may_add(strip: Strip) -> bool:
    """Tell whether a strip may be a sum that no label names, or a part of one."""
    is_total = any(total_level(label) for label in strip.path)
    return not is_total and is_added(strip) and not _is_difference(strip)


def _is_difference(strip: Strip) -> bool:
    return any(is_called(strip, results) for results, _, _ in DIFFERENCES)


def covered_by(groups: tuple[Group, ...]) -> frozenset[int]:
    """Return the strips that are parts of another strip of the outline."""
    return frozenset(part.index for group in groups for part in group.parts)


def _nodes(plane: Plane) -> Iterator[_Node]:
    lines = [cross for cross in plane.across if is_added(cross)]
    for strip in plane.strips:
        if any(total_level(label) for label in strip.path) or not is_added(strip):
            continue
        values = tuple(_value(plane.fact_at(strip.index, cross.index)) for cross in lines)
        if any(values):
            yield _Node(strip=strip, values=values)


def _value(fact: Fact) -> Decimal | None:
    is_amount = is_summable(fact) and fact.state in ("number", "nil")
    return amount(fact) if is_amount else None


def _parents(nodes: list[_Node]) -> Iterator[Group]:
    """Read the list from its end, so that the children of children are known first."""
    ends: dict[int, int] = {}
    found: list[Group] = []
    only_grows = all(value is None or value >= 0 for node in nodes for value in node.values)
    chains = _Chains(len(nodes[0].values) if nodes else 0, len(nodes))
    for at in range(len(nodes) - 1, -1, -1):
        wanted = chains.ends_for(nodes[at].values)
        children = _children(nodes, at, ends, wanted, only_grows) if wanted else []
        ends[at] = ends.get(children[-1], children[-1] + 1) if children else at + 1
        chains.add(at, nodes[at].values, ends[at])
        if children:
            found.append(
                Group(
                    total=nodes[at].strip,
                    parts=tuple(nodes[child].strip for child in children),
                    level=1,
                    is_nested=True,
                    is_by_label=False,
                    is_inferred=True,
                )
            )
    yield from reversed(found)


class _Chains:
    """What the nodes from each one on make, skipping what belongs to them, column by column.

    Nodes that follow each other make the difference of what is made from the first of them on and
    from behind the last of them on: where a column makes a node is a look-up.
    """

    def __init__(self, columns: int, count: int) -> None:
        """Begin behind the last of `count` nodes, where nothing is made any more."""
        self._made: dict[int, list[Decimal]] = {count: [ZERO] * columns}
        self._places: list[dict[Decimal, list[int]]] = [{ZERO: [count]} for _ in range(columns)]
        self._first = count

    def add(self, at: int, values: Vector, end: int) -> None:
        """Take in a node before those known, and behind which one its own ones end."""
        made = [old + (new or ZERO) for old, new in zip(self._made[end], values, strict=True)]
        self._first, self._made[at] = at, made
        for places, value in zip(self._places, made, strict=True):
            places.setdefault(value, []).append(at)

    def ends_for(self, values: Vector) -> set[int]:
        """Return before which nodes those end that make the values in two columns or more."""
        met: set[int] = set()
        wanted: set[int] = set()
        made = self._made[self._first]
        for places, total, value in zip(self._places, made, values, strict=True):
            if value is not None:
                ends = places.get(total - value, ())
                wanted.update(met.intersection(ends))
                met.update(ends)
        return wanted


def _children(
    nodes: list[_Node], at: int, ends: dict[int, int], wanted: set[int], only_grows: bool
) -> list[int]:
    """Return the nodes behind one that make it, skipping what belongs to them.

    They can end only before a node that is wanted. Where no figure is negative the search ends
    once too many columns exceed what they should make.
    """
    sums: list[Decimal] = [ZERO] * len(nodes[at].values)
    counts = [0] * len(sums)
    children: list[int] = []
    child, last = at + 1, max(wanted)
    while child < last:
        children.append(child)
        sums = [old + (new or ZERO) for old, new in zip(sums, nodes[child].values, strict=True)]
        counts = [old + bool(new) for old, new in zip(counts, nodes[child].values, strict=True)]
        child = ends[child]
        if len(children) > 1 and child in wanted and _agree(nodes[at].values, sums, counts):
            return children
        if only_grows and _exceeds(nodes[at].values, sums):
            return []
    return []


def _exceeds(values: Vector, sums: list[Decimal]) -> bool:
    """Tell whether so many columns are past their sum that the others could not outweigh them."""
    past = sum(1 for own, made in zip(values, sums, strict=True) if made > (own or ZERO))
    return 3 * past >= len(sums) - past


def _agree(values: Vector, sums: list[Decimal], counts: list[int]) -> bool:
    """Tell whether enough columns say that a node is a sum.

    A column in which all parts but one are nothing says that two figures are equal, no more.
    """
    filled = [one for one in zip(values, sums, counts, strict=True) if one[0] or one[1]]
    apart = sum(1 for own, made, _ in filled if own is None or own != made)
    equal = [own for own, made, count in filled if own is not None and own == made and count > 1]
    digits = sum(len(str(abs(int(own)))) for own in equal)
    if len(equal) < _LEAST_COLUMNS or digits < _TELLING_DIGITS or len(set(equal)) < 2:
        return False
    return 3 * apart < len(equal)
