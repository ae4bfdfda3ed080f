"""The unit of each number of a table, from its cell, headings, unit column, or unit note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extract.records import TableGrid
from normalize import measure_words as words
from normalize.records import Unit
from normalize.units import UnitNote, heading_unit, read_unit, read_unit_note

UNKNOWN = Unit(name=None)
_PERCENT = Unit(name="percent", printed=None, evidence="header")
_AMOUNT_END = regex.compile(r"[가-힣]액(?:$|\s?\()")
_GROWTH = regex.compile(r"^(?:전\s?(?:년|분기|월)|전년\s?(?:도|동기|동월)?)\s?대비(?:\s?\(%\))?$")
_STAFF = regex.compile(rf"^(?!\W*과부족\W*$).*?(?:{words.STAFF.pattern})")
"""과부족 is of people or of money, as the note of the table says."""
_FIRM_COUNTERS = frozenset(("세대", "가구", "명", "건", "회"))
"""Headings that name one of these count it, whatever the note says of the other columns."""
_AREAS = frozenset(("㎡", "㎢", "ha", "a", "평"))
_SHORT_COUNTS = frozenset(("건수", "횟수", "명수", "팀수", "대수", "점수", "면수", "동수"))
"""Headings that are one syllable and 수; 교수, 선수 and 지수 are none."""


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


def _is_growth(leaf: Sequence[str]) -> bool:
    """Tell whether a heading says 전년 대비 and not what of it: a rate, where the note has %."""
    return any(_GROWTH.match(label.strip()) for label in leaf)


def _is_money(label: str) -> bool:
    return _kind(label) == "money"


def _from_note(note: UnitNote | None, labels: Sequence[str]) -> Unit | None:
    if note is None:
        return None
    if _is_growth(labels[:1]) and any(unit.name == "percent" for unit in note.units):
        return _PERCENT
    kind, counter = _counted(labels)
    named = [unit for unit in note.units if counter is not None and unit.name == counter]
    amounts = [unit for unit in note.units if unit.name not in ("percent", "percent_point")]
    if named:
        return replace(named[0], evidence="caption")
    if counter in _FIRM_COUNTERS:
        return Unit(name=counter, evidence="neighbourhood")
    if len(amounts) == 1:
        unit = amounts[0]
        fits = kind in (None, _kind_of(unit)) or (kind == "count" and unit.name != "won")
        return replace(unit, evidence="caption") if fits else None
    for unit in amounts:
        if kind is not None and _kind_of(unit) == kind:
            return replace(unit, evidence="caption")
    if kind is None:
        money = [unit for unit in amounts if unit.name == "won"]
        return replace(money[0], evidence="caption") if money else None
    return None


def _counted(labels: Sequence[str]) -> tuple[str | None, str | None]:
    """Return what the nearest telling label counts, and the counter that it names: 가구 수."""
    for label in labels:
        counter = _counter(label)
        kind = _kind(label) or ("count" if counter else None)
        if kind is not None:
            return kind, counter
    return None, None


def _counter(label: str) -> str | None:
    """Return the unit that a heading names as what it counts: 가구, 신청 건수, 학급수."""
    word = label.split()[-1] if label.split() else ""
    stem = word.removesuffix("수")
    if stem.endswith(("가구", "세대")):
        return stem[-2:]
    if len(stem) < 2 and word not in _SHORT_COUNTS:
        return None
    unit = read_unit({"횟": "회"}.get(stem, stem))
    return unit.name if unit is not None and unit.multiplier == 1 and unit.name != "won" else None


def _kind(label: str) -> str | None:
    """Return what a heading counts: money, people, area, count, or None where it does not say."""
    if words.COUNT.search(label):
        return "count"
    if words.MONEY.search(label) or _AMOUNT_END.search(label):
        return "money"
    if words.AREA.search(label):
        return "area"
    if words.PEOPLE.search(label) or _STAFF.search(label):
        return "people"
    return None


def _kind_of(unit: Unit) -> str:
    if unit.name in _AREAS:
        return "area"
    return {"won": "money", "명": "people", "percent": "percent"}.get(unit.name or "", "count")


def _from_words(col_path: Sequence[str], row_path: Sequence[str]) -> Unit:
    """Return the unit that a heading implies without printing it: people, areas."""
    if any(_is_money(label) for label in col_path):
        return UNKNOWN
    for label in (*reversed(col_path), *reversed(row_path)):
        if words.AREA.search(label):
            return Unit(name="㎡", evidence="neighbourhood")
        if words.STAFF.search(label) or words.PEOPLE.search(label):
            return Unit(name="명", multiplier=Decimal(1), evidence="neighbourhood")
    return UNKNOWN
