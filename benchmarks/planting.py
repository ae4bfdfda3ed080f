"""Errors of the pen and of reading, planted in the cells of a table that was read."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.records import Cell, Run, TableGrid
from normalize.records import Fact

_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FEWEST: Final = 3
_HALF: Final = 0.5
_UNITS: Final = ("원", "천원", "백만원", "억원")
_UNIT: Final = re.compile(r"(?:백\s?만|천|억)\s?원|(?<![가-힣])(?<![가-힣]\s)원")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A number that can be spoiled: the fact and the cell it was read from."""

    fact: Fact
    cell: Cell
    equations: frozenset[tuple[str, str]]
    """The equations that hold and it takes part in: check and role (result, operand)."""
    roles: frozenset[tuple[str, str]]
    """The same with the places where it returns."""

    @property
    def relations(self) -> int:
        """How many equations it takes part in."""
        return len({check for check, _ in self.equations})

    @property
    def at(self) -> tuple[int, int]:
        """Row and column."""
        return (self.cell.row, self.cell.col)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A table with an error, and what stood there before."""

    grid: TableGrid
    changed: frozenset[tuple[int, int]]
    """Row and column of the cells that were changed."""
    relations: int
    """Relations of the changed number; of several the fewest."""
    words: str
    """What was done, for who reads the misses."""


Planter = Callable[[TableGrid, Sequence[Spot], random.Random], Plant | None]


def change_digit(digits: str, chance: random.Random) -> str:
    """Return digits with one of them changed."""
    at = chance.randrange(len(digits))
    others = [one for one in "0123456789" if one != digits[at] and (at or one != "0")]
    return digits[:at] + chance.choice(others) + digits[at + 1 :]


def exchange_digits(digits: str, chance: random.Random) -> str:
    """Return digits with two neighbours exchanged; as they were where that changes nothing."""
    places = [
        at
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1] and (at or digits[1] != "0")
    ]
    if not places:
        return digits
    at = chance.choice(places)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def drop_digit(digits: str, chance: random.Random) -> str:
    """Return digits without one of them; as they were where too little would be left."""
    places = [at for at in range(len(digits)) if at or digits[1:2] not in ("", "0")]
    if len(digits) < 2 or not places:
        return digits
    at = chance.choice(places)
    return digits[:at] + digits[at + 1 :]


def add_digit(digits: str, chance: random.Random) -> str:
    """Return digits with one more."""
    at = chance.randrange(len(digits) + 1)
    return digits[:at] + chance.choice("123456789") + digits[at:]


def spoil(edit: Callable[[str, random.Random], str]) -> Planter:
    """Return a planter that edits the digits of one number and groups them anew."""

    def plant(grid: TableGrid, spots: Sequence[Spot], chance: random.Random) -> Plant | None:
        spot = chance.choice(spots)
        match = _NUMBER.search(spot.fact.raw)
        if match is None:
            return None
        printed = _edited(match.group(), edit, chance)
        if printed == match.group() or spot.fact.value is None:
            return None
        raw = spot.fact.raw[: match.start()] + printed + spot.fact.raw[match.end() :]
        return Plant(
            grid=with_texts(grid, {spot.at: spot.cell.text.replace(spot.fact.raw, raw)}),
            changed=frozenset({spot.at}),
            relations=spot.relations,
            words=f"{spot.at}: {spot.fact.raw} -> {raw}",
        )

    return plant


def _edited(number: str, edit: Callable[[str, random.Random], str], chance: random.Random) -> str:
    whole, point, part = number.partition(".")
    digits = edit(whole.replace(",", "") + part, chance)
    split = len(digits) - len(part)
    head = digits[:split] or "0"
    return (f"{int(head):,}" if "," in whole or len(whole) < 4 else head) + point + digits[split:]


def swap_cells(grid: TableGrid, spots: Sequence[Spot], chance: random.Random) -> Plant | None:
    """Exchange two numbers of one row or one column."""
    first = chance.choice(spots)
    others = [
        one
        for one in spots
        if one.at != first.at
        and (one.cell.row == first.cell.row or one.cell.col == first.cell.col)
        and one.fact.value != first.fact.value
        and one.roles != first.roles  # two parts of one sum leave no trace
        and one.fact.value_unit == first.fact.value_unit
        and (one.cell.text, first.cell.text) == (one.fact.raw, first.fact.raw)
    ]
    if not others:
        return None
    other = chance.choice(others)
    return Plant(
        grid=with_texts(grid, {first.at: other.cell.text, other.at: first.cell.text}),
        changed=frozenset({first.at, other.at}),
        relations=len(first.equations ^ other.equations),
        words=f"{first.at} {first.cell.text} <-> {other.at} {other.cell.text}",
    )


def shift_row(grid: TableGrid, spots: Sequence[Spot], chance: random.Random) -> Plant | None:
    """Move the cells of a row by one column; what is pushed out at the end is lost."""
    row = chance.choice(spots).cell.row
    known = {one.cell.col: one for one in spots if one.cell.row == row}
    cells = {cell.col: cell for cell in grid.cells if cell.row == row and cell.col >= min(known)}
    if len(known) < _FEWEST or any(cell.col_span * cell.row_span > 1 for cell in cells.values()):
        return None
    columns = list(range(min(known), grid.column_count))
    texts = [cells[col].text if col in cells else "" for col in columns]
    moved = ["", *texts[:-1]] if chance.random() < _HALF else [*texts[1:], ""]
    changed = {
        (row, col): text
        for col, old, text in zip(columns, texts, moved, strict=True)
        if text != old and col in cells
    }
    if len(changed) < _FEWEST:
        return None
    return Plant(
        grid=with_texts(grid, changed),
        changed=frozenset(changed),
        relations=min(one.relations for one in known.values()),
        words=f"row {row} moved by one: {texts} -> {moved}",
    )


def change_unit(grid: TableGrid, spots: Sequence[Spot], chance: random.Random) -> Plant | None:
    """Change the unit of money in the note of a table."""
    match = _UNIT.search(grid.unit_note.text) if grid.unit_note else None
    if grid.unit_note is None or match is None:
        return None
    money = [one for one in spots if one.fact.value_unit == "won"]
    if not money:
        return None
    other = chance.choice([unit for unit in _UNITS if unit != "".join(match.group().split())])
    text = grid.unit_note.text[: match.start()] + other + grid.unit_note.text[match.end() :]
    return Plant(
        grid=replace(grid, unit_note=replace(grid.unit_note, text=text, edges=())),
        changed=frozenset(one.at for one in money),
        relations=max(one.relations for one in money),
        words=f"{grid.unit_note.text} -> {text}",
    )


PLANTERS: Final[dict[str, Planter]] = {
    "one digit changed": spoil(change_digit),
    "two digits exchanged": spoil(exchange_digits),
    "digit dropped": spoil(drop_digit),
    "digit added": spoil(add_digit),
    "two cells swapped": swap_cells,
    "row shifted": shift_row,
    "unit note changed": change_unit,
}


def with_texts(grid: TableGrid, texts: dict[tuple[int, int], str]) -> TableGrid:
    """Return a table with other texts in some cells, at the same places."""
    return replace(grid, cells=tuple(_with_text(cell, texts) for cell in grid.cells))


def _with_text(cell: Cell, texts: dict[tuple[int, int], str]) -> Cell:
    text = texts.get((cell.row, cell.col))
    return cell if text is None else replace(cell, runs=tuple(_runs(cell, text)))


def _runs(cell: Cell, text: str) -> Iterator[Run]:
    """Yield the lines of a text at the places of the lines that the cell had."""
    old = [run.place for run in cell.runs] or [cell.place]
    for number, line in enumerate(text.split("\n") if text else []):
        place = old[min(number, len(old) - 1)]
        if place.char_start is not None:
            place = replace(place, char_end=place.char_start + len(line))
        yield Run(text=line, place=place)
