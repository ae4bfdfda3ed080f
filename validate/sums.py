"""Sums along the rows and columns of a table, with the pattern that sister sums establish."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from normalize.records import Fact, Report
from validate.groups import Fit, Group, find_groups
from validate.kept import kept
from validate.labels import is_period, squeeze
from validate.outline import covered_by, outline_of, shown_by
from validate.records import CheckKind, Operand, Relation, RelationBasis
from validate.rounding import ZERO
from validate.tables import (
    Plane,
    Strip,
    amount,
    both_ways,
    is_added,
    is_stock,
    is_summable,
    same_unit,
)
from validate.vocabulary import GOAL_TOTALS, PHASES

_ENOUGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A total cell and its parts, one place of a group."""

    group: Group
    cross: Strip
    result: Fact
    parts: tuple[Fact, ...]

    @property
    def gap(self) -> Decimal | None:
        """Result minus parts; None where something cannot be read."""
        values = [amount(part) for part in self.parts]
        own = amount(self.result)
        if own is None or any(value is None for value in values):
            return None
        return own - sum((value for value in values if value is not None), ZERO)


def _fewer(parts: tuple[Strip, ...]) -> Iterator[tuple[Strip, ...]]:
    """Yield the parts without one of them, then without several at the beginning or the end."""
    for at in range(len(parts)):
        yield parts[:at] + parts[at + 1 :]
    for count in range(2, len(parts) - 1):
        yield parts[count:]
        yield parts[:-count]


@kept
def stated_sums(report: Report) -> Iterator[tuple[Plane, Sum]]:
    """Yield the sums of all tables of a report, each with the direction it was found in."""
    for plane in both_ways(report):
        for found in sums_of(plane):
            yield plane, found


def table_relations(report: Report, kind: CheckKind) -> Iterator[Relation]:
    """Yield the sums of one kind that the tables of a report state."""
    for plane, found in stated_sums(report):
        if not is_last_period(plane, found):
            relation = relation_of(plane, found)
            if relation.kind == kind:
                yield relation


def sums_of(plane: Plane) -> Iterator[Sum]:
    """Yield every sum that the labels of a table state along its strips."""
    outline = outline_of(plane)
    inner = covered_by(outline)
    for group in (*find_groups(plane.strips, _fitter(plane)), *_goal_groups(plane)):
        top = _top_level(group, inner)
        found = tuple(_sums(plane, top))
        yield from _without_stranger(plane, top, found) or found
    for group in (*outline, *shown_by(plane, frozenset(one.total.index for one in outline))):
        yield from _sums(plane, group)


def _top_level(group: Group, inner: frozenset[int]) -> Group:
    """Leave out parts that another part of the same total already counts."""
    parts = tuple(part for part in group.parts if part.index not in inner)
    return replace(group, parts=parts) if len(parts) > 1 else group


def _without_stranger(plane: Plane, group: Group, found: tuple[Sum, ...]) -> tuple[Sum, ...]:
    """Leave out the strips without which all sums of a group hold, where none holds with them.

    Such a strip is something else than a part (단지 beside 세대, of which 계 is the total); that
    it is so in every row is what tells it from a wrong number.
    """
    known = [one.gap for one in found if one.gap is not None]
    if len(known) < _ENOUGH or any(gap == 0 for gap in known) or len(group.parts) < _ENOUGH:
        return ()
    for parts in _fewer(group.parts):
        other = tuple(_sums(plane, replace(group, parts=parts, is_by_label=False)))
        if len(other) == len(found) and all(one.gap == 0 for one in other):
            return other
    return ()


def relation_of(plane: Plane, found: Sum) -> Relation:
    """Return the relation that a sum states, named after what is summed."""
    kind: CheckKind = "row_total" if plane.is_turned else "column_total"
    if found.group.is_funding_split:
        kind = "funding_split"
    elif found.group.level == 1 or found.group.is_nested:
        kind = "subtotal"
    basis: RelationBasis = "label" if found.group.is_by_label else "pattern"
    if found.group.is_inferred:
        basis = "family"
    return Relation(
        kind=kind,
        result=found.result,
        operands=tuple(Operand(fact=part) for part in found.parts),
        basis=basis,
        rule=f"{found.group.total.name or 'total'} equals the sum of its parts",
    )


def is_last_period(plane: Plane, found: Sum) -> bool:
    """Tell whether the total of a sum over periods is the last state and not a sum.

    By its kind or labels; or because it equals its last period exactly and does not add up,
    which is what stocks do (counts of companies, staff) and wrong totals do not.
    """
    if not all(is_period(part.label) for part in found.group.parts) or found.gap == 0:
        return False
    strip = found.group.total
    if is_stock(found.result, found.cross, strip):
        return True
    last = _last_value(found)
    return (
        last is not None
        and found.result.value == last
        and found.result.value_unit != "won"
        and sum(1 for part in found.parts if part.value) > 1
    )


def last_part(found: Sum) -> Fact | None:
    """Return the last part that has a value."""
    filled = [part for part in found.parts if part.value is not None]
    return filled[-1] if filled else None


def _last_value(found: Sum) -> Decimal | None:
    last = last_part(found)
    return None if last is None else last.value


def _fitter(plane: Plane) -> Fit:
    def fit(total: Strip, parts: tuple[Strip, ...]) -> tuple[int, int]:
        group = Group(total=total, parts=parts, level=2, is_nested=False, is_by_label=False)
        gaps = [found.gap for found in _sums(plane, group)]
        known = [gap for gap in gaps if gap is not None]
        return sum(1 for gap in known if gap == 0), len(known)

    return fit


def _goal_groups(plane: Plane) -> Iterator[Group]:
    """Yield a heading such as 목표 before or after a run of periods, if a sister sum holds."""
    for group in goal_headings(plane):
        if any(one.gap == 0 and one.result.value for one in _sums(plane, group)):
            yield group


def goal_headings(plane: Plane) -> Iterator[Group]:
    """Yield each heading such as 목표 with the run of periods before or after it."""
    strips = plane.strips
    for at, strip in enumerate(strips):
        if squeeze(strip.label) not in GOAL_TOTALS:
            continue
        parts = _run_of_periods(strips[at + 1 :]) or _run_of_periods(strips[:at][::-1])
        if len(parts) < 2:
            continue
        yield Group(
            total=strip,
            parts=tuple(sorted(parts, key=lambda part: part.index)),
            level=2,
            is_nested=False,
            is_by_label=False,
        )


def _run_of_periods(strips: tuple[Strip, ...]) -> tuple[Strip, ...]:
    run: list[Strip] = []
    for strip in strips:
        if not is_period(strip.label) and squeeze(strip.label) not in PHASES:
            break
        run.append(strip)
    return tuple(run)


def _sums(plane: Plane, group: Group) -> Iterator[Sum]:
    if not all(is_added(strip) for strip in (group.total, *group.parts)):
        return
    if len(group.parts) < 2 and (plane.is_turned or group.is_by_label):
        return
    for cross in plane.across:
        if not is_added(cross):
            continue
        result = plane.fact_at(group.total.index, cross.index)
        parts = tuple(_part(plane, strip, cross, result) for strip in group.parts)
        if _is_stated(result, parts):
            yield Sum(group=group, cross=cross, result=result, parts=parts)
        yield from _second_sums(plane, group, cross)


def _second_sums(plane: Plane, group: Group, cross: Strip) -> Iterator[Sum]:
    """Yield the sum of the second figures of cells that all hold two: 230,556 [218,062]."""
    cells = [plane.all_at(strip.index, cross.index) for strip in (group.total, *group.parts)]
    filled = [cell for cell in cells if cell and cell[0].state == "number"]
    if len(filled) < len(cells) or any(len(cell) != 2 for cell in filled):
        return
    result, *parts = (cell[1] for cell in filled)
    if result.value_unit == filled[0][0].value_unit and _is_stated(result, tuple(parts)):
        yield Sum(group=group, cross=cross, result=result, parts=tuple(parts))


def _part(plane: Plane, strip: Strip, cross: Strip, result: Fact) -> Fact:
    """Return the fact of a cell that has the unit of the result, or its first one."""
    found = plane.all_at(strip.index, cross.index)
    alike = [fact for fact in found if fact.value_unit == result.value_unit]
    return alike[0] if alike else plane.fact_at(strip.index, cross.index)


def _is_stated(result: Fact, parts: tuple[Fact, ...]) -> bool:
    """Tell whether these cells can be a sum at all: numbers of one unit, not rates."""
    if result.state == "blank" or not is_summable(result):
        return False
    filled = [part for part in parts if part.state != "blank"]
    numbers = [part for part in filled if part.state == "number"]
    if result.state == "nil":
        return bool(filled) and not numbers
    if not numbers or result.state == "text":
        return False
    return all(is_summable(part) for part in numbers) and same_unit((result, *numbers))
