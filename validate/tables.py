"""A table as a plane of facts: labelled rows and columns, and what stands where they cross."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from extract.records import NOWHERE
from normalize.records import Fact, LabelledCell, Report, TableReading
from validate.kept import kept
from validate.labels import clean_path, is_overall, squeeze, total_level
from validate.vocabulary import MEASURED_UNITS, NOT_ADDED, STOCK_LABELS

NOT_SUMMABLE = frozenset({"rate", "ratio", "threshold", "age_limit", "tenure"})


_MOST_WORDS = 10
"""Letters beside the numbers of a cell up to which it is a figure (총 20,805; 21개(회당 평균))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A row or a column of numbers with its label path, outermost first."""

    index: int
    path: tuple[str, ...]

    @property
    def label(self) -> str:
        """The innermost label, as printed."""
        return self.path[-1] if self.path else ""

    @property
    def name(self) -> str:
        """All labels in one line."""
        return " ".join(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A table seen along one direction: `strips` are compared, `across` runs over them."""

    table: TableReading
    strips: tuple[Strip, ...]
    across: tuple[Strip, ...]
    is_turned: bool
    """False: strips are rows. True: strips are columns."""
    cells: Mapping[tuple[int, int], LabelledCell]
    facts: Mapping[tuple[int, int], tuple[Fact, ...]]
    """The numbers of cells that hold figures; numbers inside sentences are not among them."""
    worded: Mapping[tuple[int, int], tuple[Fact, ...]]
    """The numbers of cells that hold sentences."""
    _empties: dict[tuple[int, int], Fact] = field(default_factory=dict, repr=False, compare=False)
    """What was answered for cells without a number: all rules ask for the same ones."""

    def turn(self) -> "Plane":
        """Return the same table with rows and columns exchanged."""
        return replace(self, strips=self.across, across=self.strips, is_turned=not self.is_turned)

    def all_at(self, strip: int, cross: int) -> tuple[Fact, ...]:
        """Return the facts of a cell in printed order."""
        return self.facts.get((cross, strip) if self.is_turned else (strip, cross), ())

    def fact_at(self, strip: int, cross: int) -> Fact:
        """Return the first fact of a cell, or a fact without value for a cell that has none."""
        spot = (cross, strip) if self.is_turned else (strip, cross)
        found = self.facts.get(spot)
        if found:
            return found[0]
        if spot not in self._empties:
            self._empties[spot] = self._empty(*spot)
        return self._empties[spot]

    def _empty(self, row: int, col: int) -> Fact:
        cell = self.cells.get((row, col))
        text = cell.text.strip() if cell else ""
        return Fact(
            fact_id="",
            document_id="",
            table_id=self.table.table_id,
            row=row,
            col=col,
            measure="count",
            label="",
            indicator="",
            raw=text,
            value=None,
            place=cell.place if cell else NOWHERE,
            state="text" if text else "blank",
        )


@kept
def planes_of(report: Report) -> Iterator[Plane]:
    """Yield each table with numbers, seen along its rows."""
    by_table: dict[str, dict[tuple[int, int], list[Fact]]] = {}
    for fact in report.facts:
        if fact.table_id is not None and fact.row is not None and fact.col is not None:
            spots = by_table.setdefault(fact.table_id, {})
            spots.setdefault((fact.row, fact.col), []).append(fact)
    for table in report.tables:
        if table.table_id in by_table:
            yield _plane(table, by_table[table.table_id])


def both_ways(report: Report) -> Iterator[Plane]:
    """Yield each table twice: along its rows, then along its columns."""
    for plane in planes_of(report):
        yield plane
        yield plane.turn()


def is_summable(fact: Fact) -> bool:
    """Tell whether a fact is of a kind that sums are made of."""
    return fact.measure not in NOT_SUMMABLE and fact.value_unit not in ("percent", "percent_point")


def is_added(strip: Strip) -> bool:
    """Tell whether the labels of a strip allow sums over it (no averages, prices, rates)."""
    return not any(map(_is_not_added, strip.path))


@lru_cache(maxsize=20000)
def _is_not_added(label: str) -> bool:
    return NOT_ADDED.search(squeeze(label)) is not None


def is_stock(fact: Fact, *strips: Strip) -> bool:
    """Tell whether a figure is a state at a point of time, by its kind or its labels."""
    if fact.aggregation is not None:
        return fact.aggregation == "stock"
    names = (squeeze(label) for strip in strips for label in strip.path)
    return any(STOCK_LABELS.search(name) and not total_level(name) for name in names)


def _plane(table: TableReading, facts: dict[tuple[int, int], list[Fact]]) -> Plane:
    cells = {(cell.row, cell.col): cell for cell in table.cells}
    rows: dict[int, tuple[str, ...]] = {}
    cols: dict[int, tuple[str, ...]] = {}
    for cell in table.cells:
        if cell.role in ("data", "blank"):
            _keep_longer(rows, cell.row, cell.row_path)
            _keep_longer(cols, cell.col, cell.col_path)
    ordered = {spot: tuple(sorted(found, key=_item)) for spot, found in facts.items()}
    worded = {spot for spot, found in ordered.items() if _is_worded(cells.get(spot), found)}
    first = _first_cells(table)
    used_rows = {row for row, _ in facts}
    used_cols = {col for row, col in facts if (row, col) not in worded}
    used_cols |= _empty_columns(table, cols)
    return Plane(
        table=table,
        strips=tuple(
            Strip(index=row, path=_row_words(first.get(row), clean_path(rows.get(row, ()))))
            for row in sorted(used_rows)
        ),
        across=tuple(
            Strip(index=col, path=clean_path(cols.get(col, ()))) for col in sorted(used_cols)
        ),
        is_turned=False,
        cells=cells,
        facts={spot: found for spot, found in ordered.items() if spot not in worded},
        worded={spot: found for spot, found in ordered.items() if spot in worded},
    )


def _is_worded(cell: LabelledCell | None, facts: tuple[Fact, ...]) -> bool:
    """Tell whether a cell says more in words than in figures."""
    text = cell.text if cell else ""
    for fact in facts:
        text = text.replace(fact.raw, " ", 1)
    return len(squeeze(text)) > _MOST_WORDS


def _empty_columns(table: TableReading, paths: dict[int, tuple[str, ...]]) -> set[int]:
    """Return columns with a heading and nothing in them: they may be terms left blank."""
    filled = {cell.col for cell in table.cells if cell.role != "header" and cell.text.strip()}
    return {col for col, path in paths.items() if col not in filled and clean_path(path)}


def _keep_longer(paths: dict[int, tuple[str, ...]], index: int, path: tuple[str, ...]) -> None:
    if len(path) > len(paths.get(index, ())):
        paths[index] = path


def _first_cells(table: TableReading) -> dict[int, LabelledCell]:
    """Return the first cell of each row that has text."""
    found: dict[int, LabelledCell] = {}
    for cell in table.cells:
        if cell.role != "header" and cell.text.strip():
            known = found.get(cell.row)
            if known is None or cell.col < known.col:
                found[cell.row] = cell
    return found


def _row_words(first: LabelledCell | None, path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels of a row; a total that opens the row is its only label.

    What stands before it in the path was copied down from the row above (7.18 > 합계).
    """
    text = first.text.strip() if first is not None else ""
    if text and (total_level(text) > 1 or is_overall(text)):
        rest = path[path.index(text) + 1 :] if text in path else ()
        return clean_path((text, *rest))
    return path


def _item(fact: Fact) -> int:
    return fact.item


def same_unit(facts: tuple[Fact, ...]) -> bool:
    """Tell whether facts can be added: one dimension, and one unit where units are printed.

    A unit that is printed beside a number counts; one that a heading or the reader supplied only
    tells money, percentages, measured and counted things apart.
    """
    valued = [fact for fact in facts if fact.value is not None]
    printed = {fact.value_unit for fact in valued if fact.raw and not fact.raw[-1].isdigit()}
    kinds = {dimension(fact) for fact in valued}
    if kinds == {None, "count"}:
        kinds.discard(None)
    return len(printed - {None}) <= 1 and len(kinds) <= 1


def dimension(fact: Fact) -> str | None:
    """Return won, percent, a measured unit, `count` for all that is counted; None if unknown."""
    unit = fact.value_unit
    if unit is None or unit in ("won", "percent", "percent_point") or unit in MEASURED_UNITS:
        return unit
    return "count"


def amount(fact: Fact) -> Decimal | None:
    """Return what a fact adds to a sum: its value, 0 for `-` and blank, None if unreadable."""
    if fact.state in ("nil", "blank"):
        return Decimal(0)
    return fact.value if fact.state == "number" else None
