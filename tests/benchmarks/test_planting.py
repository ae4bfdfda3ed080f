"""Planted errors change what they say they change, and nothing else."""

import random
from pathlib import Path

import pytest

from benchmarks.planted import clean_bases, score
from benchmarks.planting import PLANTERS, add_digit, change_digit, drop_digit, exchange_digits
from extract.reading.source import read_document
from normalize.report import read_report

SAMPLES = Path(__file__).parents[2] / "samples/reports"
REPORT = read_report(read_document(SAMPLES / "work_plan.txt"))
BASES = tuple(clean_bases("work_plan.txt", REPORT))


@pytest.mark.parametrize(
    ("edit", "more"),
    [
        pytest.param(change_digit, 0, id="changed"),
        pytest.param(exchange_digits, 0, id="exchanged"),
        pytest.param(drop_digit, -1, id="dropped"),
        pytest.param(add_digit, 1, id="added"),
    ],
)
def test_digits_are_spoiled_once_and_never_begin_with_zero(edit: object, more: int) -> None:
    assert callable(edit)
    for seed in range(200):
        chance = random.Random(seed)
        digits = str(chance.randint(10, 10**9))
        spoiled = edit(digits, chance)
        assert len(spoiled) in (len(digits) + more, len(digits))
        assert not spoiled.startswith("0")


@pytest.mark.parametrize("kind", [kind for kind in PLANTERS if kind != "unit note changed"])
def test_a_planter_changes_the_cells_that_it_names(kind: str) -> None:
    planted = 0
    for base in BASES:
        plant = PLANTERS[kind](base.grid, base.spots, random.Random(7))
        if plant is None:
            continue
        planted += 1
        before = {(cell.row, cell.col): cell.text for cell in base.grid.cells}
        after = {(cell.row, cell.col): cell.text for cell in plant.grid.cells}
        assert {spot for spot in before if before[spot] != after[spot]} == plant.changed
    assert planted


def test_a_misprint_in_a_sample_is_found_at_its_cell() -> None:
    chance = random.Random(3)
    spots = [(base, spot) for base in BASES for spot in base.spots if spot.relations > 1]
    assert spots
    found = []
    for base, spot in spots[:10]:
        plant = PLANTERS["two digits exchanged"](base.grid, (spot,), chance)
        if plant is not None:
            found.append(score("two digits exchanged", base, plant))
    assert sum(one.is_first for one in found) >= len(found) - 1
    assert not any(one.wrong_proofs for one in found)
