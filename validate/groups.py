"""Which rows or columns make a total: read from labels, order and nesting, not from the numbers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from validate.labels import is_funding, squeeze, total_level, total_name
from validate.tables import Strip

Fit = Callable[[Strip, tuple[Strip, ...]], tuple[int, int]]
"""Counts (sums that hold, sums that could be tested) of a total over its parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A total and the strips that make it."""

    total: Strip
    parts: tuple[Strip, ...]
    level: int
    """1 sub-total, 2 total, 3 grand total."""
    is_nested: bool
    """True where a label encloses the group, so that the total covers a part of the table."""
    is_by_label: bool
    """False where the order had to be settled by what the other sums of the table show."""
    is_inferred: bool = False
    """True where no label calls it a total and only the numbers of other columns do."""

    @property
    def is_funding_split(self) -> bool:
        """Tell whether all parts are sources of money."""
        return len(self.parts) > 1 and all(is_funding(part.label) for part in self.parts)


def find_groups(strips: tuple[Strip, ...], fit: Fit) -> Iterator[Group]:
    """Yield each total among the strips with its parts.

    Args:
        strips: rows or columns in printed order.
        fit: tells how many sums hold for a total and parts; asked where the order of several
            totals on one level can be read in two ways, and where no sum holds as labelled.
    """
    levels = [max(map(total_level, strip.path), default=0) for strip in strips]
    for at, total in enumerate(strips):
        for depth, label in enumerate(total.path) if levels[at] else ():
            if total_level(label):
                group = _group(total, depth, strips, fit)
                if group is None or not group.parts or not fit(total, group.parts)[0]:
                    group = _by_order(at, strips, levels, fit) or group
                if group is not None and group.parts:
                    yield group


def _by_order(at: int, strips: tuple[Strip, ...], levels: list[int], fit: Fit) -> Group | None:
    """Read a total by its place in the list, where its headings were read at a wrong row.

    Only where none of its sums holds by its headings, and all of them, or all but one of several,
    hold in that way: one wrong number is no reason to doubt either reading.
    """
    total = strips[at]
    for walk in (range(at + 1, len(strips)), range(at - 1, -1, -1)):
        for parts in _readings(strips, levels, walk, levels[at]):
            holds, tested = fit(total, parts)
            if len(parts) > 1 and holds >= tested - 1 > 0:
                return _make(total, len(total.path) - 1, parts, by_label=False)
    return None


def _group(total: Strip, depth: int, strips: tuple[Strip, ...], fit: Fit) -> Group | None:
    name = squeeze(total_name(total.path[depth]))
    scope = _scope(total, depth, strips)
    if depth and len(scope) < 2 and _is_filled_down(total, depth, strips):
        scope = tuple(one for one in strips if one.index != total.index)
        depth = 0
    named = tuple(strip for strip in scope if name and squeeze(strip.path[depth]) == name)
    if named:
        return _make(total, depth, _collapse(named, depth), by_label=True)
    rivals = [strip for strip in scope if _level(strip, depth)]
    if not rivals:
        return _make(total, depth, _collapse(scope, depth), by_label=True)
    ordered = sorted((total, *scope), key=lambda strip: strip.index)
    return _settle(total, depth, tuple(ordered), fit)


def _level(strip: Strip, depth: int) -> int:
    return total_level(strip.path[depth]) if len(strip.path) > depth else 0


def _is_filled_down(total: Strip, depth: int, strips: tuple[Strip, ...]) -> bool:
    """Tell whether the labels over a total were only copied down from the row above it.

    So it is where the total ends or begins the table, no other row has a total of its own, and
    the labels cover that one row only.
    """
    others = [strip for strip in strips if strip.index != total.index]
    at_edge = total.index in (strips[0].index, strips[-1].index)
    return (
        at_edge
        and len(others) > 2
        and not any(total_level(label) for strip in others for label in strip.path)
        and total_level(total.path[depth]) > 1
    )


def _make(total: Strip, depth: int, parts: tuple[Strip, ...], *, by_label: bool) -> Group:
    return Group(
        total=total,
        parts=parts,
        level=max(total_level(label) for label in total.path),
        is_nested=depth > 0,
        is_by_label=by_label,
    )


def _scope(total: Strip, depth: int, strips: tuple[Strip, ...]) -> tuple[Strip, ...]:
    """Return the strips that could be parts: under the same headings, for the same thing."""
    prefix, suffix = total.path[:depth], total.path[depth + 1 :]
    return tuple(
        strip
        for strip in strips
        if strip.index != total.index
        and len(strip.path) > depth
        and strip.path[:depth] == prefix
        and (not suffix or squeeze(strip.label) == squeeze(suffix[-1]))
    )


def _collapse(strips: Iterable[Strip], depth: int) -> tuple[Strip, ...]:
    """Let a group's own total stand for the group; without one all its leaves stand."""
    families: dict[str, list[Strip]] = {}
    for strip in strips:
        key = squeeze(strip.path[depth]) if len(strip.path) > depth else str(strip.index)
        families.setdefault(key, []).append(strip)
    kept: list[Strip] = []
    for family in families.values():
        kept.extend(_heads(family, depth))
    return tuple(sorted(kept, key=lambda strip: strip.index))


def _heads(family: list[Strip], depth: int) -> list[Strip]:
    """Return the totals that stand for a family, or its leaves."""
    bare = [strip for strip in family if len(strip.path) == depth + 1]
    if len(bare) == 1 and len(family) > 1 and bare[0] is family[0]:
        return bare
    depths = [_total_depth(strip, depth + 1) for strip in family]
    known = [found for found in depths if found is not None]
    if not known:
        return family
    top = min(known)
    return [strip for strip, found in zip(family, depths, strict=True) if found == top]


def _total_depth(strip: Strip, start: int) -> int | None:
    for depth in range(start, len(strip.path)):
        if total_level(strip.path[depth]):
            return depth
    return None


def _settle(total: Strip, depth: int, ordered: tuple[Strip, ...], fit: Fit) -> Group | None:
    """Read a flat list of totals and leaves in the way that most of its sums bear out.

    Parts follow their total or come before it; loose leaves between two totals are parts of
    their own, or belong to the lower total on their other side.
    """
    levels = [_level(strip, depth) for strip in ordered]
    at = ordered.index(total)
    best: tuple[float, tuple[Strip, ...]] | None = None
    for walk in (range(at + 1, len(ordered)), range(at - 1, -1, -1)):
        for parts in _readings(ordered, levels, walk, levels[at]):
            holds, tested = fit(total, parts)
            share = holds / tested if tested else 0.0
            if holds and share >= 0.5 and (best is None or share > best[0]):
                best = (share, parts)
    return None if best is None else _make(total, depth, best[1], by_label=False)


def _readings(
    ordered: tuple[Strip, ...], levels: list[int], walk: range, level: int
) -> Iterator[tuple[Strip, ...]]:
    """Yield what the direct parts of a total on one side of it can be."""
    span: list[int] = []
    for at in walk:
        if levels[at] >= level:
            break
        span.append(at)
    highest = max((levels[at] for at in span), default=0)
    if not span:
        return
    if highest:
        heads = [at for at in span if levels[at] == highest]
        loose = span[: next(i for i, at in enumerate(span) if levels[at])]
        yield tuple(ordered[at] for at in sorted(heads))
        if loose:
            yield tuple(ordered[at] for at in sorted((*loose, *heads)))
    else:
        yield tuple(ordered[at] for at in sorted(span))
