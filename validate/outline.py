"""Outlines without the word 계: rows that are the sum of the rows under them, in every column."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalize.records import Fact
from validate.groups import Group
from validate.labels import total_level
from validate.rounding import ZERO
from validate.tables import Plane, Strip, amount, is_added, is_summable

_LEAST_COLUMNS = 2
_TELLING_DIGITS = 6

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
    for at in range(len(nodes) - 1, -1, -1):
        children = _children(nodes, at, ends)
        ends[at] = ends.get(children[-1], children[-1] + 1) if children else at + 1
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


def _children(nodes: list[_Node], at: int, ends: dict[int, int]) -> list[int]:
    """Return the nodes behind one that make it, skipping what belongs to them."""
    sums: list[Decimal] = [ZERO] * len(nodes[at].values)
    counts = [0] * len(sums)
    children: list[int] = []
    child = at + 1
    while child < len(nodes):
        children.append(child)
        sums = [old + (new or ZERO) for old, new in zip(sums, nodes[child].values, strict=True)]
        counts = [old + bool(new) for old, new in zip(counts, nodes[child].values, strict=True)]
        if len(children) > 1 and _agree(nodes[at].values, sums, counts):
            return children
        child = ends[child]
    return []


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
