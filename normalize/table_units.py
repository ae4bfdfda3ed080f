"""The unit of each number of a table, from its cell, headings, unit column, or unit note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.records import TableGrid
from normalize import measure_words as words
from normalize.records import Unit
from normalize.units import UnitNote, heading_unit, read_unit, read_unit_note

UNKNOWN = Unit(name=None)
_PERCENT = Unit(name="percent", printed=None, evidence="header")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUnits:
    """What a table says about its units."""

    note: UnitNote | None
    corner: Unit | None
    """From a heading over the label columns, such as 총사업비 (백만 원)."""
    near: Unit | None = None
    """Money unit of the table before, in the same section."""

    @property
    def whole(self) -> Unit:
        """The unit of the table as a whole; name `mixed` where it has several."""
        if self.note is not None:
            names = {(unit.name, unit.multiplier) for unit in self.note.units}
            return self.note.units[0] if len(names) == 1 else Unit(name="mixed")
        return self.corner or UNKNOWN


def read_table_units(
    grid: TableGrid, corner: Sequence[str], near: Unit | None = None
) -> TableUnits:
    """Read the unit note and the corner of a table."""
    note = read_unit_note(grid.unit_note.text) if grid.unit_note else None
    if note is None and grid.caption is not None and "단위" in grid.caption.text:
        note = read_unit_note(grid.caption.text)
    found = next((unit for label in corner if (unit := heading_unit(label))), None)
    return TableUnits(note=note, corner=found, near=near)


def unit_of_cell(
    units: TableUnits, row_path: Sequence[str], col_path: Sequence[str], unit_text: str
) -> Unit:
    """Return the unit of a bare number; name None where nothing tells it.

    Args:
        units: of the table.
        row_path: labels of the row, outermost first.
        col_path: headings of the column, topmost first.
        unit_text: what the row's cell under 단위 says; empty where there is none.
    """
    for label in reversed(col_path):
        if (unit := heading_unit(label)) is not None:
            return unit
    by_column = read_unit(unit_text) if unit_text.strip() else None
    if by_column is not None:
        return replace(by_column, evidence="stub")
    for label in reversed(row_path):
        if (unit := heading_unit(label)) is not None:
            return replace(unit, evidence="stub")
    leaf = col_path[-1] if col_path else ""
    own = row_path[-1] if row_path else ""
    if words.RATE.search(leaf) or words.RATE.search(own):
        return _PERCENT
    if units.corner is not None:
        return units.corner
    labels = (*reversed(col_path), own)
    found = _from_note(units.note, labels) or _from_words(col_path, row_path)
    if found.name is None and units.near is not None and any(map(_is_money, labels)):
        return replace(units.near, evidence="neighbourhood")
    return found


def _is_money(label: str) -> bool:
    return _kind(label) == "money"


def _from_note(note: UnitNote | None, labels: Sequence[str]) -> Unit | None:
    if note is None:
        return None
    kind = next((kind for label in labels if (kind := _kind(label))), None)
    if note.unit is not None:
        fits = kind is None or _kind_of(note.unit) == kind or kind == "count"
        return replace(note.unit, evidence="caption") if fits else None
    for unit in note.units:
        if kind is not None and _kind_of(unit) == kind:
            return replace(unit, evidence="caption")
    if kind is None:
        money = [unit for unit in note.units if unit.name == "won"]
        return replace(money[0], evidence="caption") if money else None
    return None


def _kind(label: str) -> str | None:
    """Return what a heading counts: money, people, area, count, or None where it does not say."""
    if words.COUNT.search(label):
        return "count"
    if words.MONEY.search(label):
        return "money"
    if words.AREA.search(label):
        return "area"
    if words.PEOPLE.search(label) or words.STAFF.search(label):
        return "people"
    return None


def _kind_of(unit: Unit) -> str:
    return {"won": "money", "명": "people", "㎡": "area", "percent": "percent"}.get(
        unit.name or "", "count"
    )


def _from_words(col_path: Sequence[str], row_path: Sequence[str]) -> Unit:
    """Return the unit that a heading implies without printing it: people, areas."""
    for label in (*reversed(col_path), *reversed(row_path)):
        if words.AREA.search(label):
            return Unit(name="㎡", evidence="neighbourhood")
        if words.STAFF.search(label) or words.PEOPLE.search(label):
            return Unit(name="명", multiplier=Decimal(1), evidence="neighbourhood")
    return UNKNOWN
