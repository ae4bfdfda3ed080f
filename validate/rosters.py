"""Lists that are counted: rows of one kind, and names over a total row that says how many."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.records import Fact, LabelledCell, Report, TableReading
from validate.kept import kept
from validate.labels import squeeze, total_level
from validate.tables import is_summable

_LEAST_ROWS = 8
_ROWS_A_KIND = 3
_LONGEST_KIND = 15
_NOUN = re.compile(r"[가-힣]{2,}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A printed number and what a list shows."""

    whole: Fact
    count: int
    cell: LabelledCell
    """Where the list begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roster:
    """A list with a column that sorts its rows into a few kinds."""

    table: TableReading
    kinds: Counter[str]
    cell: LabelledCell


def counted_kinds(report: Report) -> Iterator[Counted]:
    """Yield, for a table of kinds and their numbers, how many rows of each kind a list has.

    The two belong together where the numbers make about as many as the list has rows.
    """
    for roster in _rosters(report):
        for facts in _numbers_by_kind(report, roster).values():
            pairs = [(fact, roster.kinds[kind]) for kind, fact in facts.items()]
            total = sum(int(fact.value or 0) for fact, _ in pairs)
            shown = sum(count for _, count in pairs)
            is_near = any(_is_telling(*pair) for pair in pairs) and _LEAST_ROWS * abs(
                total - shown
            ) <= max(total, shown)
            if len(pairs) > 1 and (total == shown or is_near):
                for fact, count in pairs:
                    yield Counted(whole=fact, count=count, cell=roster.cell)


def counted_names(report: Report) -> Iterator[Counted]:
    """Yield the number in a total row that counts the names over it: 총 4개 기업 under 기업명."""
    facts: dict[tuple[str | None, int | None, int | None], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        facts[fact.table_id, fact.row, fact.col].append(fact)
    for table in report.tables:
        for col, cells in _columns(table).items():
            total = cells[-1]
            found = facts.get((table.table_id, total.row, col), [])
            names = [squeeze(cell.text) for cell in cells[:-1]]
            if len(found) != 1 or not _is_last_total(table, total) or len(names) < _ROWS_A_KIND:
                continue
            if any((table.table_id, cell.row, col) in facts for cell in cells[:-1]):
                continue
            noun = _NOUN.search(found[0].raw.strip())
            if noun and any(noun.group() in label for label in total.col_path):
                yield Counted(whole=found[0], count=len(set(names)), cell=cells[0])


def _rosters(report: Report) -> Iterator[_Roster]:
    for table in report.tables:
        if any(total_level(cell.text) for cell in table.cells if cell.role != "header"):
            continue
        for cells in _columns(table).values():
            kinds = Counter(squeeze(cell.text) for cell in cells)
            is_sorted = 1 < len(kinds) <= len(cells) // _ROWS_A_KIND
            if len(cells) >= _LEAST_ROWS and is_sorted and all(_is_kind(one) for one in kinds):
                yield _Roster(table=table, kinds=kinds, cell=cells[0])


def _is_kind(text: str) -> bool:
    return 1 < len(text) <= _LONGEST_KIND and not any(char.isdigit() for char in text)


def _columns(table: TableReading) -> dict[int, list[LabelledCell]]:
    """Return the cells with text of each column, without headings."""
    columns: dict[int, list[LabelledCell]] = defaultdict(list)
    for cell in table.cells:
        if cell.role != "header" and cell.text.strip():
            columns[cell.col].append(cell)
    return columns


def _numbers_by_kind(report: Report, roster: _Roster) -> dict[tuple[str, int], dict[str, Fact]]:
    """Return the counts of other tables by their column and the kind that their row is called."""
    found: dict[tuple[str, int], dict[str, Fact]] = defaultdict(dict)
    for name, fact in _counts(report):
        if fact.table_id == roster.table.table_id or fact.col is None:
            continue
        if kind := _kind_of(name, roster.kinds):
            found[fact.table_id or "", fact.col].setdefault(kind, fact)
    return found


@kept
def _counts(report: Report) -> Iterator[tuple[str, Fact]]:
    """Yield the numbers of tables that count something, with what their row is called."""
    for fact in report.facts:
        if fact.table_id is not None and _is_count(fact):
            yield squeeze(fact.label.rsplit(" > ", 1)[-1]), fact


def _kind_of(name: str, kinds: Counter[str]) -> str:
    """Return the kind that a row is called by: its own name, or the only one that ends it."""
    if name in kinds:
        return name
    ends = [kind for kind in kinds if name.endswith(kind)]
    return ends[0] if len(ends) == 1 else ""


def _is_count(fact: Fact) -> bool:
    is_done = fact.measure in ("actual", "count", "headcount")
    return is_done and fact.state == "number" and is_summable(fact) and fact.value_unit != "won"


def _is_telling(fact: Fact, count: int) -> bool:
    return count > _LEAST_ROWS and fact.value == count


def _is_last_total(table: TableReading, cell: LabelledCell) -> bool:
    if cell.row != table.grid.row_count - 1:
        return False
    words = [one.text for one in table.cells if one.row == cell.row]
    return any(total_level(text) for text in words)
