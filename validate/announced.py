"""Headings that announce what the tables under them add up to: 방문영업 477개 기관, 654회."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extract.records import Line, TableGrid
from normalize.records import Fact, Report, TableReading
from validate.kept import kept
from validate.labels import squeeze, total_level
from validate.passages import line_key
from validate.tables import Plane, Strip, is_added, is_summable, planes_of
from validate.vocabulary import GENERIC_NAMES

_LOOK_BACK = 14
_LONGEST = 70
_LEAST_ROWS = 5
_NAME = 2
_EVENT_UNITS = frozenset({"회", "건", "차례"})
_DATE = re.compile(r"^['’‘]?(?:\d{2,4}\s?[.년]\s?)?\d{1,2}\s?[./월]\s?\d{1,2}|^\d{1,3}$")
_NOUN = re.compile(r"[가-힣]{2,}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A number in a heading and the cells of the tables below that it should be the sum of."""

    whole: Fact
    parts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A number in a heading and how many rows the list under it has."""

    whole: Fact
    table: TableReading
    row_count: int


@kept
def announcements_of(report: Report) -> Iterator[Announcement]:
    """Yield numbers of a short line that one column of the tables right below can only mean."""
    planes = {plane.table.table_id: plane for plane in planes_of(report)}
    for facts, tables in _headed(report):
        found = [planes[table.table_id] for table in tables if table.table_id in planes]
        for fact in facts:
            if found:
                yield from _match(fact, found)


def listings_of(report: Report) -> Iterator[Listing]:
    """Yield numbers of a short line above one list of dated or numbered rows: 교육 33회."""
    for facts, tables in _headed(report):
        counted = [fact for fact in facts if fact.value_unit in _EVENT_UNITS]
        if len(counted) == len(tables) == 1:
            rows = _listed_rows(tables[0])
            if rows > 1:
                yield Listing(whole=counted[0], table=tables[0], row_count=rows)
    yield from _closed_listings(report)


def _closed_listings(report: Report) -> Iterator[Listing]:
    """Yield 상담 27건, 계약 21건(65억원) over one list: its rows, and those with an amount."""
    by_id = {table.table_id: table for table in report.tables}
    for heading in announcements_of(report):
        table = by_id.get(heading.parts[0].table_id or "")
        if table is None or heading.whole.value_unit != "won" or len(heading.parts) < _LEAST_ROWS:
            continue
        counted = sorted(
            (
                fact
                for fact in report.facts
                if fact.value_unit in _EVENT_UNITS and _is_beside(fact, heading.whole)
            ),
            key=lambda fact: -(fact.value or 0),
        )
        filled = sum(1 for part in heading.parts if part.state == "number")
        if len(counted) == 2:
            yield Listing(whole=counted[0], table=table, row_count=len(heading.parts))
            yield Listing(whole=counted[1], table=table, row_count=filled)


def _is_beside(fact: Fact, other: Fact) -> bool:
    return fact.table_id is None and line_key(fact.place) == line_key(other.place)


@kept
def _headed(report: Report) -> Iterator[tuple[list[Fact], list[TableReading]]]:
    """Yield the numbers of a heading that are alone in their unit, with the tables below it."""
    by_id = {table.table_id: table for table in report.tables}
    grids = {id(table.grid): table.table_id for table in report.tables}
    told: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.table_id is None:
            told[line_key(fact.place)].append(fact)
    for line, tables in _sections(report, grids):
        facts = told[line_key(line.run.place)]
        alone = [
            fact
            for fact in facts
            if fact.value
            and is_summable(fact)
            and not fact.is_approximate
            and sum(1 for one in facts if one.value_unit == fact.value_unit) == 1
        ]
        if alone:
            yield alone, [by_id[table] for table in tables]


def _listed_rows(table: TableReading) -> int:
    """Return how many rows a list has, if each begins with its own date or number, else 0."""
    firsts: dict[int, str] = {}
    for cell in sorted(table.cells, key=lambda one: (one.row, one.col)):
        if cell.role != "header" and cell.text.strip():
            firsts.setdefault(cell.row, cell.text.strip())
    if any(total_level(text) for text in firsts.values()):
        return 0
    return len(firsts) if all(_DATE.match(text) for text in firsts.values()) else 0


def _sections(report: Report, grids: dict[int, str]) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Yield each short line that opens a section, with the tables up to the next such line."""
    opened: Line | None = None
    tables: list[str] = []
    distance = 0
    for block in report.document.blocks:
        if isinstance(block, TableGrid):
            if opened is not None and distance <= _LOOK_BACK and id(block) in grids:
                tables.append(grids[id(block)])
            continue
        distance += 1
        if _opens(block):
            if opened is not None and tables:
                yield opened, tuple(tables)
            opened, tables, distance = block, [], 0
    if opened is not None and tables:
        yield opened, tuple(tables)


def _opens(line: Line) -> bool:
    text = line.run.text.strip()
    if line.role in ("caption", "unit_note", "footnote", "furniture") or text.startswith("["):
        return False
    return 0 < len(text) <= _LONGEST and not text.startswith(("-", "·", "*", "※", "(", "•"))


def _match(fact: Fact, planes: list[Plane]) -> Iterator[Announcement]:
    """Yield the sum over the only column that has the unit or the name of the number."""
    columns = [(plane, strip) for plane in planes for strip in plane.across]
    named = [(plane, strip) for plane, strip in columns if _is_named(fact, plane, strip)]
    alike = named or [(plane, strip) for plane, strip in columns if _is_meant(fact, plane, strip)]
    if not alike or len({squeeze(strip.label) for _, strip in alike}) != 1:
        return
    if len({plane.table.table_id for plane, _ in alike}) != len(alike) and not _is_folded(alike):
        return
    totals = [cell for plane, strip in alike for cell in _cells(plane, strip, totals=True)]
    parts = [cell for plane, strip in alike for cell in _cells(plane, strip, totals=False)]
    if len(totals) == 1 and len(alike) == 1:
        yield Announcement(whole=fact, parts=tuple(totals))
    elif not totals and len(parts) > 1:
        yield Announcement(whole=fact, parts=tuple(parts))


def _is_folded(alike: list[tuple[Plane, Strip]]) -> bool:
    """Tell whether these are all the numbers of one table that is set in two halves."""
    plane = alike[0][0]
    return {other.table.table_id for other, _ in alike} == {plane.table.table_id} and len(
        alike
    ) == len(plane.across)


def _is_named(fact: Fact, plane: Plane, strip: Strip) -> bool:
    """Tell whether the number is called like a column: 인력 재배치 2명 over 정원 | 재배치."""
    name, own = squeeze(strip.label), "".join(f"{fact.label}{fact.indicator}".split())
    if len(name) < _NAME or name in GENERIC_NAMES or name not in own or not is_added(strip):
        return False
    cells = _cells(plane, strip, totals=False)
    units = {cell.value_unit for cell in cells if cell.value is not None}
    return bool(units) and units <= {fact.value_unit, None} and all(map(is_summable, cells))


def _is_meant(fact: Fact, plane: Plane, strip: Strip) -> bool:
    cells = _cells(plane, strip, totals=False)
    if not cells or not is_added(strip) or not all(is_summable(cell) for cell in cells):
        return False
    units = {cell.value_unit for cell in cells if cell.value is not None}
    if units == {fact.value_unit}:
        return True
    noun = _NOUN.search(fact.raw.strip())
    is_counted = "won" not in units and fact.value_unit != "won"
    return is_counted and noun is not None and squeeze(strip.label).endswith(noun.group())


def _cells(plane: Plane, strip: Strip, *, totals: bool) -> list[Fact]:
    found: list[Fact] = []
    for row in plane.strips:
        if any(total_level(label) for label in row.path) == totals:
            found.extend(plane.all_at(row.index, strip.index)[:1])
    return found
