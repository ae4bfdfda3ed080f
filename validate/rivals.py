"""Figures that report one thing at two places and disagree: all else about them is the same."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from normalize.records import Fact, LabelledCell, Report
from validate.figures import are_compatible, context_words, own_names
from validate.labels import likeness, squeeze, tokens, total_level
from validate.tables import dimension
from validate.vocabulary import ACHIEVED, GENERIC_NAMES, INTENDED

Side = Literal["target", "actual"]
_NEAR = Decimal("0.01")
_LONG_NAME = 5
_MANY = Decimal(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one place says of one thing: target and result, amount and number."""

    names: tuple[str, ...]
    context: frozenset[str]
    figures: tuple[tuple[tuple[Side, str], Fact], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Two facts that should be the same figure and are not."""

    earlier: Fact
    later: Fact
    is_sure: bool
    """True where other figures prove that both places report the same thing."""


def rivals_of(report: Report) -> Iterator[Rivals]:
    """Yield pairs of different figures whose identity other equal figures or full names prove."""
    entries = list(_entries(report))
    for first, second in combinations(entries, 2):
        pair = _disagreement(first, second)
        if pair is not None:
            yield pair
    yield from _same_names(report)


def _entries(report: Report) -> Iterator[Entry]:
    sides = _sides(report)
    groups: dict[tuple[str, int, str], list[tuple[Side, Fact]]] = defaultdict(list)
    last: tuple[tuple[str, int, int], str] | None = None
    for fact in report.facts:
        if fact.table_id is None or fact.row is None or fact.col is None or not fact.value:
            continue
        spot = (fact.table_id, fact.row, fact.col)
        side = sides.get(spot)
        if side is None or fact.state != "number" or dimension(fact) == "percent":
            continue
        follows = last is not None and last[0] == spot and not fact.indicator.strip()
        name = last[1] if last is not None and follows else squeeze((own_names(fact) or ("",))[0])
        groups[fact.table_id, fact.row, name].append((side, fact))
        last = (spot, name)
    for members in groups.values():
        yield from _entry(members)


def _entry(members: list[tuple[Side, Fact]]) -> Iterator[Entry]:
    """Yield what one place says of one thing, if each figure is there once and both sides are."""
    figures = {(side, dimension(fact)): fact for side, fact in members}
    both = {side for side, _ in members} == {"target", "actual"}
    if both and len(figures) == len(members):
        fact = members[0][1]
        yield Entry(
            names=_names(fact), context=context_words(fact), figures=tuple(figures.items())
        )


def _sides(report: Report) -> dict[tuple[str, int, int], Side]:
    return {
        (table.table_id, cell.row, cell.col): side
        for table in report.tables
        for cell in table.cells
        if (side := _side(cell)) is not None
    }


def _side(cell: LabelledCell) -> Side | None:
    name = squeeze(cell.col_path[-1]) if cell.col_path else ""
    if name in INTENDED or name.endswith("목표"):
        return "target"
    return "actual" if name in ACHIEVED or name.endswith("실적") else None


def _names(fact: Fact) -> tuple[str, ...]:
    if own_names(fact):
        return own_names(fact)
    return tuple(name for name in fact.section_path[-3:] if tokens(name) - GENERIC_NAMES)


def _disagreement(first: Entry, second: Entry) -> Rivals | None:
    """Return the one figure in which two entries differ, if the rest makes them one thing."""
    other = dict(second.figures)
    shared = [(fact, other[key]) for key, fact in first.figures if key in other]
    equal = [pair for pair in shared if pair[0].value == pair[1].value]
    apart = [pair for pair in shared if pair[0].value != pair[1].value]
    if len(apart) != 1 or not equal:
        return None
    left, right = apart[0]
    if left.table_id == right.table_id or not are_compatible(left, right):
        return None
    alike = max((likeness(a, b) for a in first.names for b in second.names), default=0.0)
    if alike < 0.5 and not (alike > 0 and len(first.context & second.context) > 1):
        return None
    same = equal[0][0]
    is_sure = len(equal) > 1 or _are_near(left, right) or _is_telling(same)
    if is_sure or (alike == 1.0 and (same.value or Decimal(0)) >= _MANY):
        return Rivals(earlier=left, later=right, is_sure=is_sure)
    return None


def _are_near(left: Fact, right: Fact) -> bool:
    one, other = left.value or Decimal(0), right.value or Decimal(0)
    return abs(one - other) <= _NEAR * max(abs(one), abs(other))


def _is_telling(fact: Fact) -> bool:
    """Tell whether a figure is hardly met by accident: three digits that are not round."""
    value = abs(fact.value or Decimal(0))
    return len(f"{value:f}".partition(".")[0].rstrip("0")) > 2


def _same_names(report: Report) -> Iterator[Rivals]:
    """Yield a heading's figure and a table's of the same long name and unit that differ."""
    by_name: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        name = _long_name(fact)
        if name and fact.value and fact.measure in ("actual", "count") and fact.value_unit:
            by_name[name, fact.value_unit].append(fact)
    for facts in by_name.values():
        texts = [fact for fact in facts if fact.table_id is None]
        cells = [fact for fact in facts if fact.table_id is not None]
        if len(texts) != 1 or len(cells) != 1 or texts[0].value == cells[0].value:
            continue
        if dimension(texts[0]) == "count" and are_compatible(texts[0], cells[0]):
            pair = sorted((texts[0], cells[0]), key=report.facts.index)
            yield Rivals(earlier=pair[0], later=pair[1], is_sure=True)


def _long_name(fact: Fact) -> str:
    name = own_names(fact)[:1]
    text = squeeze(name[0]).replace("/", "").replace("·", "") if name else ""
    return text if len(text) >= _LONG_NAME and not total_level(text) else ""
