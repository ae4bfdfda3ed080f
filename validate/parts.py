"""Numbers that belong together without a printed total: rows of a family, like tables, lists."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from normalize.records import Fact, Report
from validate.kept import kept
from validate.labels import is_period, squeeze, total_level
from validate.passages import passages_of
from validate.rounding import ZERO
from validate.tables import Plane, Strip, amount, dimension, is_added, is_summable, planes_of

_LONG = 3
"""A column of fewer numbers adds up to something by chance."""

Column = tuple[str, str | None]
"""What a column reports: its measure and dimension."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Numbers of one kind that belong together and have no printed total beside them."""

    facts: tuple[Fact, ...]
    names: tuple[str, ...]
    """What they are called together; may be empty."""

    @property
    def column(self) -> Column:
        """What the numbers report."""
        return column_of(self.facts[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows that belong together, with the numbers of each of their columns."""

    columns: tuple[Parts, ...]
    """The numbers of each stand in the order of the rows."""
    are_cards: bool = False
    """True where each row is a table of its own."""

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the rows stand in."""
        return frozenset(fact.table_id or "" for parts in self.columns for fact in parts.facts)

    def pick(self, rows: Iterable[int]) -> "Block":
        """Return the block of some of its rows."""
        chosen = tuple(rows)
        columns = tuple(
            replace(parts, facts=tuple(parts.facts[row] for row in chosen))
            for parts in self.columns
        )
        return replace(self, columns=columns)


def column_of(fact: Fact) -> Column:
    """Return what a fact reports, so that facts of two tables can be compared."""
    return (fact.measure, dimension(fact) or "count")


@kept
def blocks_of(report: Report) -> Iterator[Block]:
    """Yield the families of rows, and the rows of like tables, that print no total."""
    planes = tuple(planes_of(report))
    for plane in planes:
        for family in _families(plane):
            yield from _block([(plane, row) for row in family])
    for cards in _cards(planes):
        for block in _block([(plane, plane.strips[0]) for plane in cards]):
            yield replace(block, are_cards=True)


@kept
def lists_of(report: Report) -> Iterator[Parts]:
    """Yield the numbers of one unit that a cell or line lists by name: 기업 8개, 창업팀 4개."""
    for passage in passages_of(report):
        by_unit: dict[tuple[int, str], list[Fact]] = defaultdict(list)
        for mention in passage.mentions:
            fact = mention.fact
            if fact.value_unit and fact.state == "number" and is_summable(fact):
                line = passage.text.count("\n", 0, mention.start) if passage.row is None else 0
                by_unit[line, fact.value_unit].append(fact)
        for facts in by_unit.values():
            if len(facts) > 1 and len({_own_name(fact) for fact in facts}) == len(facts):
                yield Parts(facts=tuple(facts), names=(facts[0].label,))


def _own_name(fact: Fact) -> tuple[str, str]:
    return (fact.label, fact.indicator)


def series_of(report: Report) -> Iterator[Parts]:
    """Yield the numbers of a table that make one thing and have no total in it.

    They stand under periods, in labels, down a column of counts or across a row of sentences.
    """
    for plane in planes_of(report):
        yield from _periods(plane)
        yield from _in_labels(plane)
        yield from _columns(plane)
        yield from _sentences(plane)


def _families(plane: Plane) -> Iterator[tuple[Strip, ...]]:
    """Yield the rows under each outermost label, and all rows, where no row is a total."""
    by_head: dict[str, list[Strip]] = defaultdict(list)
    for row in plane.strips:
        if row.path:
            by_head[squeeze(row.path[0])].append(row)
    whole = tuple(plane.strips)
    for rows in dict.fromkeys((*(tuple(rows) for rows in by_head.values()), whole)):
        if len(rows) > 1 and not any(_is_total(row) for row in rows):
            yield rows


def _is_total(strip: Strip) -> bool:
    return any(total_level(label) for label in strip.path)


def _cards(planes: Iterable[Plane]) -> Iterator[tuple[Plane, ...]]:
    """Yield the tables of one row that have the same headings: one a programme."""
    alike: dict[tuple[str, ...], list[Plane]] = defaultdict(list)
    for plane in planes:
        if len(plane.strips) == 1 and len(plane.across) > 1:
            alike[tuple(squeeze(strip.label) for strip in plane.across)].append(plane)
    yield from (tuple(cards) for cards in alike.values() if len(cards) > 1)


def _block(rows: list[tuple[Plane, Strip]]) -> Iterator[Block]:
    columns: dict[tuple[int, Column], list[Fact]] = defaultdict(list)
    for plane, row in rows:
        for at, strip in enumerate(plane.across):
            fact = plane.fact_at(row.index, strip.index)
            if is_added(strip) and fact.state in ("number", "nil") and is_summable(fact):
                columns[at, column_of(fact)].append(fact)
    found = tuple(
        Parts(facts=tuple(facts), names=())
        for facts in columns.values()
        if len(facts) == len(rows) and sum(1 for fact in facts if fact.value) > 1
    )
    if found:
        yield Block(columns=found)


def _periods(plane: Plane) -> Iterator[Parts]:
    if any(_is_total(strip) for strip in (*plane.strips, *plane.across)):
        return
    for view in (plane, plane.turn()):
        run = [strip for strip in view.across if is_period(strip.label)]
        for row in view.strips:
            facts = [view.fact_at(row.index, strip.index) for strip in run]
            named = (row.label,) if row.label else ()
            yield from _parts([fact for fact in facts if fact.state == "number"], named)


def _in_labels(plane: Plane) -> Iterator[Parts]:
    """Yield the numbers in the labels of the rows: 컨설팅 지원기업(28개), 연계 지원기업(5개)."""
    spots = [(row.index, 0) for row in plane.strips]
    cells = (plane.facts.get(spot) or plane.worded.get(spot, ()) for spot in spots)
    singles = [found[0] for found in cells if len(found) == 1]
    if len(singles) == len(plane.strips):
        yield from _parts(singles, ())


def _columns(plane: Plane) -> Iterator[Parts]:
    if any(_is_total(strip) for strip in (*plane.strips, *plane.across)):
        return
    for strip in plane.across:
        facts = [plane.fact_at(row.index, strip.index) for row in plane.strips]
        if is_added(strip) and len(facts) >= _LONG and all(f.state == "number" for f in facts):
            yield from _parts(facts, (strip.label,))


def _sentences(plane: Plane) -> Iterator[Parts]:
    """Yield the numbers of one unit that stand once in each cell of a row: 29팀 | 10팀.

    Of several, those outside brackets: 18팀 실사(19팀 신청) | 8팀 실사(8팀 신청).
    """
    by_row: dict[int, list[tuple[tuple[int, int], tuple[Fact, ...]]]] = defaultdict(list)
    for spot, facts in (*plane.facts.items(), *plane.worded.items()):
        if len(facts) > 1:
            by_row[spot[0]].append((spot, facts))
    for row in plane.strips:
        cells = sorted(by_row[row.index], key=lambda one: one[0])
        units = {fact.value_unit for _, cell in cells for fact in cell}
        for unit in sorted(unit for unit in units if unit is not None):
            alike = [_of_unit(plane, spot, cell, unit) for spot, cell in cells]
            if all(len(one) == 1 for one in alike):
                yield from _parts([one[0] for one in alike], (row.label,))


def _of_unit(plane: Plane, spot: tuple[int, int], facts: tuple[Fact, ...], unit: str) -> list[Fact]:
    alike = [fact for fact in facts if fact.value_unit == unit]
    cell = plane.cells.get(spot)
    if len(alike) < 2 or cell is None:
        return alike
    plain, depth, at = set[str](), 0, 0
    for fact in facts:
        found = max(cell.text.find(fact.raw, at), at)
        depth += sum({"(": 1, ")": -1}.get(char, 0) for char in cell.text[at:found])
        at = found + len(fact.raw)
        if not depth:
            plain.add(fact.fact_id)
    return [fact for fact in alike if fact.fact_id in plain]


def _parts(facts: list[Fact], names: tuple[str, ...]) -> Iterator[Parts]:
    if len(facts) > 1 and all(is_summable(fact) for fact in facts):
        units = {fact.value_unit for fact in facts}
        if len(units) == 1 and None not in units:
            yield Parts(facts=tuple(facts), names=names)


def sum_of(facts: Iterable[Fact]) -> Decimal | None:
    """Return what numbers add up to; None where one cannot be read."""
    values = [amount(fact) for fact in facts]
    if any(value is None for value in values):
        return None
    return sum((value for value in values if value is not None), ZERO)
