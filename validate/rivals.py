"""Figures that report one thing at two places and disagree: all else about them is the same."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from normalize.records import Fact, LabelledCell, Report
from validate.figures import (
    are_compatible,
    context_words,
    named_facts,
    own_names,
    telling_digits,
)
from validate.kept import kept
from validate.labels import likeness, squeeze, tokens, total_level
from validate.passages import passages_of
from validate.tables import dimension
from validate.vocabulary import ACHIEVED, GENERIC_NAMES, INTENDED

Side = Literal["target", "actual"]
_NEAR = Decimal("0.01")
_SLIP = Decimal("0.001")
_LONG_NAME = 5
_ALIKE = 0.5
_ADDED = re.compile(
    r"^\s*(?:을|를|의)?\s?(?:신규|신설|확충|확대|추가|증설|증가|감소|설치|건립|조성|정비|개선)"
)
"""Words behind a number that tell of what changes, not of what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one place says of one thing: target and result, amount and number."""

    table_id: str
    row: int
    head: str
    """The outermost label of its row."""
    names: tuple[str, ...]
    context: frozenset[str]
    figures: Mapping[tuple[Side, str], tuple[Fact, ...]]
    """By side and dimension; mostly one figure each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Two facts that should be the same figure."""

    earlier: Fact
    later: Fact


def same_rows(report: Report) -> Iterator[Rivals]:
    """Yield the figures that two places print alike, where at least two of them agree."""
    for first, second in combinations(entries_of(report), 2):
        equal = [pair for pair in _shared(first, second) if pair[0].value == pair[1].value]
        if len(equal) > 1 and _likeness(first, second) >= _ALIKE:
            for left, right in equal:
                if left.table_id != right.table_id and are_compatible(left, right):
                    yield Rivals(earlier=left, later=right)


def rivals_of(report: Report) -> Iterator[Rivals]:
    """Yield pairs of different figures whose identity other equal figures or full names prove."""
    for first, second in combinations(entries_of(report), 2):
        pair = _disagreement(first, second)
        if pair is not None:
            yield pair
    yield from _same_names(report)


@kept
def entries_of(report: Report) -> Iterator[Entry]:
    """Yield what each row, or each item of a worded cell, says was meant and was done."""
    sides = _sides(report)
    groups: dict[tuple[str, int, str], list[tuple[Side, Fact]]] = defaultdict(list)
    for fact in named_facts(report):
        if fact.table_id is None or fact.row is None or fact.col is None or not fact.value:
            continue
        side = sides.get((fact.table_id, fact.row, fact.col))
        if side is not None and fact.state == "number" and dimension(fact) != "percent":
            name = squeeze((own_names(fact) or ("",))[0])
            groups[fact.table_id, fact.row, name].append((side, fact))
    for (table_id, row, _), members in groups.items():
        yield from _entry(table_id, row, members)


def _entry(table_id: str, row: int, members: list[tuple[Side, Fact]]) -> Iterator[Entry]:
    """Yield what one place says of one thing, if it says both what was meant and what was done."""
    figures: dict[tuple[Side, str], tuple[Fact, ...]] = {}
    for side, fact in members:
        key = (side, dimension(fact) or "count")
        figures[key] = (*figures.get(key, ()), fact)
    if {side for side, _ in members} == {"target", "actual"}:
        fact = members[0][1]
        yield Entry(
            table_id=table_id,
            row=row,
            head=fact.label.split(" > ")[0],
            names=_names(fact),
            context=context_words(fact),
            figures=figures,
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
    shared = _shared(first, second)
    equal = [pair for pair in shared if pair[0].value == pair[1].value]
    apart = [pair for pair in shared if pair[0].value != pair[1].value]
    if len(apart) != 1 or not equal:
        return None
    left, right = apart[0]
    if left.table_id == right.table_id or not are_compatible(left, right):
        return None
    if not _are_one_thing(first, second) and not _differ_by_a_slip(first, second, left, right):
        return None
    if len(equal) > 1 or _are_near(left, right) or telling_digits(equal[0][0]) > 2:
        return Rivals(earlier=left, later=right)
    return None


def _are_one_thing(first: Entry, second: Entry) -> bool:
    alike = _likeness(first, second)
    return alike >= _ALIKE or (alike > 0 and len(first.context & second.context) > 1)


def _differ_by_a_slip(first: Entry, second: Entry, left: Fact, right: Fact) -> bool:
    """Tell whether two long figures under kindred headings differ in their last digits only."""
    one, other = left.value or Decimal(0), right.value or Decimal(0)
    is_slip = abs(one - other) <= _SLIP * max(abs(one), abs(other))
    kindred = likeness(" ".join(first.context), " ".join(second.context)) > 0
    return is_slip and kindred and min(telling_digits(left), telling_digits(right)) > 3


def _shared(first: Entry, second: Entry) -> list[tuple[Fact, Fact]]:
    """Return the figures that both entries give for the same side and dimension."""
    pairs = (
        _counterparts(facts, second.figures[key])
        for key, facts in first.figures.items()
        if key in second.figures
    )
    return [pair for pair in pairs if pair is not None]


def _likeness(first: Entry, second: Entry) -> float:
    return max((likeness(a, b) for a in first.names for b in second.names), default=0.0)


def _counterparts(left: tuple[Fact, ...], right: tuple[Fact, ...]) -> tuple[Fact, Fact] | None:
    """Return the two figures to compare: equal ones, nearly equal ones, or the only two."""
    pairs = [(one, other) for one in left for other in right]
    if len(pairs) == 1:
        return pairs[0]
    alike = (pair for fits in (_are_equal, _are_near) for pair in pairs if fits(*pair))
    return next(alike, None)


def _are_equal(left: Fact, right: Fact) -> bool:
    return left.value == right.value


def _are_near(left: Fact, right: Fact) -> bool:
    one, other = left.value or Decimal(0), right.value or Decimal(0)
    return abs(one - other) <= _NEAR * max(abs(one), abs(other))


def _same_names(report: Report) -> Iterator[Rivals]:
    """Yield a heading's figure and a table's of the same long name and unit that differ."""
    by_name: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    places = {fact.fact_id: at for at, fact in enumerate(report.facts)}
    added = set(_added_things(report))
    for fact in named_facts(report):
        name = _long_name(fact)
        if name and fact.value and fact.measure in ("actual", "count") and fact.value_unit:
            by_name[name, fact.value_unit].append(fact)
    for facts in by_name.values():
        texts = [fact for fact in facts if fact.table_id is None]
        cells = [fact for fact in facts if fact.table_id is not None]
        if len(texts) != 1 or len(cells) != 1 or texts[0].value == cells[0].value:
            continue
        if (texts[0].basis == "plan") != (cells[0].basis == "plan"):
            continue  # what is aimed at is not what there is
        if texts[0].fact_id in added:
            continue  # what is newly built is not what there is
        if dimension(texts[0]) == "count" and are_compatible(texts[0], cells[0]):
            pair = sorted((texts[0], cells[0]), key=lambda fact: places[fact.fact_id])
            yield Rivals(earlier=pair[0], later=pair[1])


def _added_things(report: Report) -> Iterator[str]:
    """Yield the numbers that the words behind them call new: 체육시설 15개소 신설."""
    for passage in passages_of(report):
        for mention in passage.mentions:
            if _ADDED.match(passage.text[mention.end :]):
                yield mention.fact.fact_id


def _long_name(fact: Fact) -> str:
    name = own_names(fact)[:1]
    text = squeeze(name[0]).replace("/", "").replace("·", "") if name else ""
    return text if len(text) >= _LONG_NAME and not total_level(text) else ""
