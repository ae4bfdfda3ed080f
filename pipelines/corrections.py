"""Cells that a person read otherwise than we did: a reading of its own beside the printed one."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TypeAlias

from extract.records import Block, Cell, Run, TableGrid
from normalize.personal.masking import is_masked_form
from normalize.records import Fact, Report
from normalize.report import read_report

Spot: TypeAlias = tuple[str, int, int]
"""A cell: table, row, column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person reads in a cell."""

    table_id: str
    row: int
    col: int
    printed: str
    """What was read there when the person looked; where it is read otherwise now, the correction
    does not apply."""
    text: str
    """What stands there according to the person."""

    @property
    def spot(self) -> Spot:
        """The cell."""
        return self.table_id, self.row, self.col


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A report as people read it, and what of it was printed otherwise."""

    report: Report
    printed_cells: Mapping[Spot, str] = field(default_factory=dict)
    """What was read in the cells that are corrected."""
    printed_facts: Mapping[tuple[Spot, int], Fact] = field(default_factory=dict)
    """What was read in them, by cell and order in the cell."""
    missed: tuple[Correction, ...] = ()
    """Corrections of cells that say something else now, or are gone."""

    def printed_of(self, fact: Fact) -> Fact | None:
        """Return what was read where a fact of a corrected cell stands; None where nothing was."""
        return self.printed_facts.get((_spot_of(fact), fact.item))

    def is_corrected(self, fact: Fact) -> bool:
        """Return whether a fact stands in a cell that a person corrected."""
        return _spot_of(fact) in self.printed_cells


def correct(report: Report, corrections: Iterable[Correction]) -> Corrected:
    """Return a report with the cells as people read them; labels, units and periods follow."""
    asked = {one.spot: one for one in corrections}
    printed = {
        (table.table_id, cell.row, cell.col): cell.text
        for table in report.tables
        for cell in table.grid.cells
    }
    meant = {
        spot: one
        for spot, one in asked.items()
        if (text := printed.get(spot)) == one.printed or is_masked_form(one.printed, text or "")
    }
    missed = tuple(one for spot, one in asked.items() if spot not in meant)
    if not meant:
        return Corrected(report=report, missed=missed)
    return Corrected(
        report=read_report(replace(report.document, blocks=tuple(_blocks(report, meant)))),
        printed_cells={spot: printed[spot] for spot in meant},
        printed_facts={
            (_spot_of(fact), fact.item): fact for fact in report.facts if _spot_of(fact) in meant
        },
        missed=missed,
    )


def digest_of(corrections: Iterable[Correction]) -> str:
    """Return what tells one set of corrections from another; empty for none."""
    rows = sorted((asdict(one) for one in corrections), key=str)
    if not rows:
        return ""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]


def _blocks(report: Report, meant: Mapping[Spot, Correction]) -> Iterator[Block]:
    names = {id(table.grid): table.table_id for table in report.tables}
    for block in report.document.blocks:
        if isinstance(block, TableGrid):
            own = {spot[1:]: one for spot, one in meant.items() if spot[0] == names[id(block)]}
            cells = tuple(_cell(cell, own.get((cell.row, cell.col))) for cell in block.cells)
            yield replace(block, cells=cells)
        else:
            yield block


def _cell(cell: Cell, correction: Correction | None) -> Cell:
    if correction is None:
        return cell
    lines = correction.text.split("\n") if correction.text else []
    return replace(cell, runs=tuple(Run(text=line, place=cell.place) for line in lines))


def _spot_of(fact: Fact) -> Spot:
    return fact.table_id or "", fact.row or 0, fact.col or 0
