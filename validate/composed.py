"""A figure that returns as a sum: a programme's budget over its parts, 109 = 5 + 40 + 64."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.records import Fact, Report
from validate.figures import context_words, full_name, named_facts, own_names, telling_digits
from validate.labels import likeness, squeeze
from validate.parts import Block, Column, Parts, blocks_of, column_of, lists_of, series_of, sum_of
from validate.passages import line_key
from validate.tables import dimension, is_summable

_TELLING = 3
_PROVING = 4
_NEAR = 6
_ALIKE = 0.7
_LONG_NAME = 4
_LONGEST_RUN = 40
"""Programmes of one division; more are tried only all together."""

Row = Mapping[Column, Fact]
Spot = tuple[str, int]
Index = Mapping[tuple[Column, Decimal], list[Spot]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A printed figure and the numbers elsewhere that it is the sum of."""

    whole: Fact
    parts: tuple[Fact, ...]


def composed_figures(report: Report) -> Iterator[Composed]:
    """Yield figures that other places split up, where digits, names or nearness tell so."""
    yield from _by_columns(report)
    yield from _by_name(report)
    near = tuple(_nearby(report))
    yield from near
    yield from _told_together(report, near)
    yield from _led(report)


def _by_columns(report: Report) -> Iterator[Composed]:
    """Yield rows whose columns are the sums of the rows of another table.

    Two columns that agree, or one of many digits, make two places one thing; a further column
    that does not agree is then one to look at.
    """
    rows = _rows(report)
    index: dict[tuple[Column, Decimal], list[Spot]] = defaultdict(list)
    for spot, row in rows.items():
        for column, fact in row.items():
            if fact.value is not None:
                index[column, fact.value].append(spot)
    best: dict[tuple[Spot, bool], tuple[int, Block]] = {}
    for block in _candidates(report, index):
        for spot in _proven(block, rows, index):
            key = (spot, block.are_cards)
            agreeing = sum(_agrees(parts, rows[spot]) for parts in block.columns)
            if key not in best or agreeing > best[key][0]:
                best[key] = (agreeing, block)
    for (spot, _), (_, block) in best.items():
        for parts in block.columns:
            whole = rows[spot].get(parts.column)
            if whole is not None and _is_sole(block, parts):
                yield Composed(whole=whole, parts=parts.facts)


def _agrees(parts: Parts, row: Row) -> bool:
    whole = row.get(parts.column)
    return whole is not None and whole.value == sum_of(parts.facts)


def _candidates(report: Report, index: Index) -> Iterator[Block]:
    """Yield the blocks; of cards those that are not a row of their own, and runs of these."""
    for block in blocks_of(report):
        if not block.are_cards:
            yield block
            continue
        count = len(block.columns[0].facts)
        left = [row for row in range(count) if not _returns(block.pick([row]), index)]
        for size in dict.fromkeys((len(left), *range(min(len(left), _LONGEST_RUN), 1, -1))):
            for start in range(len(left) - size + 1):
                yield block.pick(left[start : start + size])


def _returns(card: Block, index: Index) -> bool:
    """Tell whether the only row of a block is printed as a row of another table."""
    places = [
        {spot for spot in index.get((parts.column, value), ()) if spot[0] not in card.tables}
        for parts in card.columns
        if (value := parts.facts[0].value)
    ]
    return bool(places) and bool(set.intersection(*places))


def _rows(report: Report) -> dict[Spot, dict[Column, Fact]]:
    """Return the rows of the tables by what their columns report, each column once."""
    found: dict[Spot, dict[Column, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in report.facts:
        if fact.table_id is not None and fact.row is not None and is_summable(fact):
            found[fact.table_id, fact.row][column_of(fact)].append(fact)
    return {
        spot: {column: facts[0] for column, facts in row.items() if len(facts) == 1}
        for spot, row in found.items()
    }


def _is_sole(block: Block, parts: Parts) -> bool:
    return sum(1 for other in block.columns if other.column == parts.column) == 1


def _proven(block: Block, rows: Mapping[Spot, Row], index: Index) -> Iterator[Spot]:
    """Yield the one row of another table that the sums of a block speak for."""
    votes: dict[Spot, list[int]] = defaultdict(list)
    for parts in block.columns:
        total = sum_of(parts.facts)
        for spot in index.get((parts.column, total), ()) if total else ():
            if spot[0] not in block.tables and _is_sole(block, parts):
                votes[spot].append(telling_digits(rows[spot][parts.column]))
    proven = [spot for spot, digits in votes.items() if _is_proof(digits)]
    if len(proven) == 1:
        yield proven[0]


def _is_proof(digits: list[int]) -> bool:
    return max(digits) > _PROVING or (len(digits) > 1 and min(digits) >= _TELLING)


def _by_name(report: Report) -> Iterator[Composed]:
    """Yield figures called like a list whose numbers they are the sum of."""
    by_value: dict[Decimal, list[Fact]] = defaultdict(list)
    for fact in named_facts(report):
        if fact.value and is_summable(fact) and telling_digits(fact) > 1:
            by_value[fact.value].append(fact)
    for parts in lists_of(report):
        total = sum_of(parts.facts)
        for whole in by_value.get(total, ()) if total else ():
            if _is_elsewhere(whole, parts) and _are_one_thing(whole, parts):
                yield Composed(whole=whole, parts=parts.facts)


def _is_elsewhere(whole: Fact, parts: Parts) -> bool:
    if dimension(whole) != dimension(parts.facts[0]):
        return False
    first = parts.facts[0]
    if whole.table_id is not None:
        return whole.table_id != first.table_id
    return first.table_id is not None or whole.place != first.place


def _are_one_thing(whole: Fact, parts: Parts) -> bool:
    first = parts.facts[0]
    names = [*(name for name in parts.names if name), full_name(first)]
    units = {whole.value_unit, first.value_unit}
    own = [one for one in own_names(whole) if len(units) == 1 or len(squeeze(one)) >= _LONG_NAME]
    if None in units:
        return False
    score = max((likeness(one, name) for one in own for name in names), default=0.0)
    wide = len(context_words(whole) & context_words(first))
    return score >= _ALIKE and (score + 0.1 * wide) >= 1.0


def _nearby(report: Report) -> Iterator[Composed]:
    """Yield the figure of a line right before or after a table that is the sum of its series."""
    spots: dict[str, list[int]] = defaultdict(list)
    for at, fact in enumerate(report.facts):
        if fact.table_id is not None:
            spots[fact.table_id].append(at)
    for parts in series_of(report):
        total = sum_of(parts.facts)
        own = spots[parts.facts[0].table_id or ""]
        before = report.facts[max(0, own[0] - _NEAR) : own[0]]
        after = report.facts[own[-1] + 1 : own[-1] + 1 + _NEAR]
        for around in (before, after):
            found = [fact for fact in around if _is_told(fact, total, parts)]
            if len(found) == 1:
                yield Composed(whole=found[0], parts=parts.facts)
                break


def _told_together(report: Report, known: Sequence[Composed]) -> Iterator[Composed]:
    """Yield the other figures of a line that sums up the cells of a row: 39팀 188명 over two cells.

    Where the line's number of teams is the sum of those in the cells, its number of people is the
    sum of the people there: each alone in its unit, in the line and in every cell.
    """
    if not known:
        return  # asked for each unit that a table might have
    cells: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        cells[_cell_or_line(fact)].append(fact)
    for one in known:
        if len({_cell_or_line(part) for part in one.parts}) != len(one.parts):
            continue
        for whole in cells[_cell_or_line(one.whole)]:
            alike = [_alone(cells[_cell_or_line(part)], whole) for part in one.parts]
            own = _alone(cells[_cell_or_line(one.whole)], whole)
            parts = tuple(part for part in alike if part is not None)
            if own is whole and whole.value_unit != one.whole.value_unit and all(alike):
                yield Composed(whole=whole, parts=parts)


def _cell_or_line(fact: Fact) -> tuple[object, ...]:
    if fact.table_id is not None:
        return (fact.table_id, fact.row, fact.col)
    return (None, *line_key(fact.place))


def _alone(facts: Sequence[Fact], like: Fact) -> Fact | None:
    """Return the only figure of a cell or line that has the unit of another one."""
    alike = [fact for fact in facts if fact.value_unit == like.value_unit]
    is_counted = like.value_unit is not None and is_summable(like)
    return alike[0] if is_counted and len(alike) == 1 and alike[0].value else None


def _led(report: Report) -> Iterator[Composed]:
    """Yield a number of running text that the next line lists: 간담회 7회, then 2회 and 5회."""
    places = {fact.fact_id: at for at, fact in enumerate(report.facts)}
    for parts in lists_of(report):
        at = places[parts.facts[0].fact_id]
        whole = report.facts[at - 1] if at else parts.facts[0]
        is_text = whole.table_id is None and parts.facts[0].table_id is None
        is_alike = whole.value_unit == parts.facts[0].value_unit and is_summable(whole)
        is_before = is_text and whole.place != parts.facts[0].place
        if is_alike and is_before and whole.value == sum_of(parts.facts):
            yield Composed(whole=whole, parts=parts.facts)


def _is_told(fact: Fact, total: Decimal | None, parts: Parts) -> bool:
    return (
        fact.table_id is None
        and fact.value == total
        and is_summable(fact)
        and dimension(fact) == dimension(parts.facts[0])
        and telling_digits(fact) > 1
    )
