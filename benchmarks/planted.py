"""Measures the audit with planted errors: one cell of a clean table is spoiled, and looked for.

Usage: python -m benchmarks.planted FOLDER... [--count N] [--seed N] [--misses N]

Every report is read once. An error is planted in the table that was read and normalised and
audited anew, together with the tables and lines that share a relation with it. Only tables without
a failing relation and numbers that take part in a relation are used. A finding counts as new where
the clean reading has none of the same cells. Prints Markdown.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from benchmarks.planting import PLANTERS, Plant, Spot
from extract.errors import DocumentError
from extract.reading.source import read_document
from extract.records import Block, Document, TableGrid
from normalize.records import Fact, Report
from normalize.report import read_report
from pipelines.choose import choose_reading
from validate.audit import audit
from validate.records import Audit, CellRef, Check, Finding, RepairCell

_HOLDS: Final = ("exact", "within_rounding")
_FAILS: Final = ("mismatch", "unlikely_rounding")
_RANK: Final = ("high", "medium", "low", "info")
_RELATIONS: Final = (
    ("returns only", 0, 0), ("1", 1, 1), ("2+", 2, 10**6), ("1+", 1, 10**6), ("all", 0, 10**6),
)  # fmt: skip
_RETURNS: Final = "repeat"
"""The relation that a wrong number may leave, for it is no longer alike."""
_BOUNDS: Final = ("part_of_whole", "count")
"""Relations that determine no digit: a payment within its budget, rows of a list."""
_TURNS: Final = 6
"""How often a planter that finds no fit place is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A clean table with all that it is related to, before anything is planted."""

    name: str
    document: Document
    at: int
    """Which block of the document is the table."""
    table_id: str
    spots: tuple[Spot, ...]
    numbers: Mapping[tuple[int, int], frozenset[Decimal]]
    """What each cell says, by row and column."""
    findings: frozenset[tuple[object, ...]]
    is_related: bool
    """True where an equation that holds ties money of it to another table or to a line."""

    @property
    def grid(self) -> TableGrid:
        """The table."""
        grid = self.document.blocks[self.at]
        if not isinstance(grid, TableGrid):
            raise TypeError(grid)
        return grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What became of one planted error."""

    kind: str
    relations: int
    is_flagged: bool
    is_first: bool
    is_offered: bool
    """The finding suggests the value that stood there."""
    is_listed: bool
    """That value is among the repairs of the first finding."""
    right_proofs: int
    wrong_proofs: int
    words: str


def main() -> int:
    """Plant, audit, print; return 2 where there is nothing to plant in."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=100, help="errors of each class")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, help="misses to print of each class")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    reports = list(read_all(arguments.folders))
    bases = [base for name, report in reports for base in clean_bases(name, report)]
    if not bases:
        print("There is no clean table with relations: name a folder of reports", file=sys.stderr)
        return 2
    print(f"{len(reports)} reports, {len(bases)} clean tables, {arguments.count} errors a class\n")
    scores = [
        score for kind in PLANTERS for score in scores_of(kind, bases, arguments.count, chance)
    ]
    print_scores(scores)
    print_baseline([audit(report) for _, report in reports])
    print_misses(scores, arguments.misses)
    return 0


def read_all(folders: Iterable[Path]) -> Iterator[tuple[str, Report]]:
    """Yield every report that can be read, with the name of its file."""
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else [folder]:
            try:
                yield path.name, choose_reading(read_document(path))
            except DocumentError as error:
                print(f"{path.name} is left out: {error.reason}", file=sys.stderr)


def clean_bases(name: str, report: Report) -> Iterator[Base]:
    """Yield each table of a report that has relations, all of which hold."""
    found = audit(report)
    blocks = {fact.fact_id: at for fact, at in _blocks_of(report)}
    related: dict[int, set[int]] = {}
    for check in found.checks:
        places = {blocks[cell.fact_id] for cell in check.cells if cell.fact_id in blocks}
        for at in places:
            related.setdefault(at, {at}).update(places)
    for at, block in enumerate(report.document.blocks):
        if isinstance(block, TableGrid) and at in related:
            kept = sorted(related[at])
            base = _base(name, report.document, kept, kept.index(at))
            if base is not None:
                yield base


def _blocks_of(report: Report) -> Iterator[tuple[Fact, int]]:
    """Yield each fact with the number of the block that it stands in."""
    blocks = report.document.blocks
    grids = [at for at, block in enumerate(blocks) if isinstance(block, TableGrid)]
    tables = {table.table_id: at for table, at in zip(report.tables, grids, strict=True)}
    lines = {
        (block.run.place.line_no, block.run.place.page, block.run.place.y0): at
        for at, block in enumerate(blocks)
        if not isinstance(block, TableGrid)
    }
    for fact in report.facts:
        place = (fact.place.line_no, fact.place.page, fact.place.y0)
        at = tables.get(fact.table_id) if fact.table_id else lines.get(place)
        if at is not None:
            yield fact, at


def _base(name: str, document: Document, kept: Sequence[int], at: int) -> Base | None:
    small = replace(document, blocks=tuple(document.blocks[one] for one in kept))
    report = read_report(small)
    found = audit(report)
    table_id = _table_ids(report)[at]
    own = [c for c in found.checks if any(cell.table_id == table_id for cell in c.cells)]
    if any(check.outcome in _FAILS for check in own):
        return None
    held = [check for check in own if check.outcome in _HOLDS]
    spots = tuple(_spots(report, table_id, held))
    if not spots:
        return None
    money = {fact.fact_id: fact.table_id for fact in report.facts if fact.value_unit == "won"}
    return Base(
        name=name,
        document=small,
        at=at,
        table_id=table_id,
        spots=spots,
        numbers=_numbers(report, table_id),
        findings=frozenset(_key(finding) for finding in found.findings),
        is_related=any(
            _ties_money(one, table_id, money) for one in held if one.kind not in _BOUNDS
        ),
    )


def _numbers(report: Report, table_id: str) -> dict[tuple[int, int], frozenset[Decimal]]:
    found: dict[tuple[int, int], set[Decimal]] = {}
    for fact in report.facts:
        if fact.table_id == table_id and fact.row is not None and fact.col is not None:
            found.setdefault((fact.row, fact.col), set()).add(fact.value or Decimal(0))
    return {spot: frozenset(values) for spot, values in found.items()}


def _ties_money(check: Check, table_id: str, money: dict[str, str | None]) -> bool:
    """Tell whether a relation holds an amount of money of a table to one elsewhere."""
    tables = {money[cell.fact_id] for cell in check.cells if cell.fact_id in money}
    return table_id in tables and len(tables) > 1


def _table_ids(report: Report) -> dict[int, str]:
    grids = [at for at, block in enumerate(report.document.blocks) if isinstance(block, TableGrid)]
    return {at: table.table_id for at, table in zip(grids, report.tables, strict=True)}


def _spots(report: Report, table_id: str, held: Sequence[Check]) -> Iterator[Spot]:
    """Yield the numbers of a table that a relation determines, each once in its cell."""
    equations: dict[str | None, set[tuple[str, str]]] = {}
    roles: dict[str | None, set[tuple[str, str]]] = {}
    for check in held:
        for ref in check.cells if check.kind not in _BOUNDS else ():
            roles.setdefault(ref.fact_id, set()).add((check.check_id, ref.role))
            if check.kind != _RETURNS:
                equations.setdefault(ref.fact_id, set()).add((check.check_id, ref.role))
    grid = next(table.grid for table in report.tables if table.table_id == table_id)
    cells = {(cell.row, cell.col): cell for cell in grid.cells}
    for fact in report.facts:
        if fact.table_id != table_id or fact.row is None or fact.col is None or not fact.value:
            continue
        cell = cells.get((fact.row, fact.col))
        if cell is not None and fact.fact_id in roles and cell.text.count(fact.raw) == 1:
            yield Spot(
                fact=fact,
                cell=cell,
                equations=frozenset(equations.get(fact.fact_id, ())),
                roles=frozenset(roles[fact.fact_id]),
            )


def _key(finding: Finding) -> tuple[object, ...]:
    return (
        finding.title_en.partition(":")[0],
        frozenset(
            (cell.table_id, cell.row, cell.col, cell.place.line_no) for cell in finding.cells
        ),
    )


def scores_of(
    kind: str, bases: Sequence[Base], count: int, chance: random.Random
) -> Iterator[Score]:
    """Yield what became of `count` errors of a class, each in a table drawn by its numbers."""
    if kind == "unit note changed":
        bases = [base for base in bases if base.is_related and base.grid.unit_note]
    weights = [len(base.spots) for base in bases]
    for _ in range(count if bases else 0):
        for _ in range(_TURNS):
            (base,) = chance.choices(bases, weights)
            plant = PLANTERS[kind](base.grid, base.spots, chance)
            if plant is not None:
                yield score(kind, base, plant)
                break


def score(kind: str, base: Base, plant: Plant) -> Score:
    """Audit a table with an error and tell whether it was found."""
    blocks: list[Block] = list(base.document.blocks)
    blocks[base.at] = plant.grid
    found = audit(read_report(replace(base.document, blocks=tuple(blocks))))
    new = [one for one in found.findings if _key(one) not in base.findings]
    new.sort(key=lambda one: _RANK.index(one.severity))
    proofs = [is_right(one, base, plant) for one in new if one.is_proven]
    return Score(
        kind=kind,
        relations=plant.relations,
        is_flagged=any(_touches(one, base, plant) for one in new),
        is_first=bool(new) and _leads(new[0], base, plant),
        is_offered=any(is_right(one, base, plant) for one in new),
        is_listed=bool(new) and _lists(new[0], base, plant),
        right_proofs=sum(proofs),
        wrong_proofs=len(proofs) - sum(proofs),
        words=f"{base.name} {base.table_id[-5:]} {plant.words}: " + "; ".join(map(_brief, new)),
    )


def _touches(finding: Finding, base: Base, plant: Plant) -> bool:
    return any(
        cell.table_id == base.table_id and (cell.row, cell.col) in plant.changed
        for cell in finding.cells
    )


def _leads(finding: Finding, base: Base, plant: Plant) -> bool:
    """Tell whether the first cell of a finding is one that was changed."""
    return _touches(replace(finding, cells=finding.cells[:1]), base, plant)


def _lists(finding: Finding, base: Base, plant: Plant) -> bool:
    return any(_restores(one, one.value, base, plant) for one in finding.repairs)


def is_right(finding: Finding, base: Base, plant: Plant) -> bool:
    """Tell whether a finding offers the value that stood there, for the cell it stood in."""
    return _restores(finding.cells[0], finding.suggestion, base, plant)


def _restores(cell: CellRef | RepairCell, value: Decimal | None, base: Base, plant: Plant) -> bool:
    if cell.table_id != base.table_id or cell.row is None or cell.col is None:
        return False
    spot = (cell.row, cell.col)
    return spot in plant.changed and value in base.numbers.get(spot, ())


def _brief(finding: Finding) -> str:
    first = finding.cells[0]
    proof = "proven " if finding.is_proven else ""
    return (
        f"{finding.severity} {finding.cause} {finding.title_en} ({first.row}, {first.col}) "
        f"{finding.printed} -> {proof}{finding.suggestion}"
    )


def print_scores(scores: Sequence[Score]) -> None:
    """Print the shares by class, and by the number of relations of the changed number."""
    print("| class | relations | errors | flagged | first | offered | listed | proven | wrong |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind in (*PLANTERS, "all"):
        for name, least, most in _RELATIONS:
            some = [
                one
                for one in scores
                if kind in ("all", one.kind) and least <= one.relations <= most
            ]
            if some:
                print(f"| {kind} | {name} | {_shares(some)} |")


def _shares(scores: Sequence[Score]) -> str:
    count = len(scores)
    shares = [
        sum(one.is_flagged for one in scores) / count,
        sum(one.is_first for one in scores) / count,
        sum(one.is_offered for one in scores) / count,
        sum(one.is_listed for one in scores) / count,
        sum(one.right_proofs > 0 for one in scores) / count,
    ]
    wrong = sum(one.wrong_proofs for one in scores)
    return " | ".join([str(count), *(f"{share:.3f}" for share in shares), str(wrong)])


def print_baseline(audits: Sequence[Audit]) -> None:
    """Print what the unchanged reports give, per 200 relations."""
    checks = sum(len(one.checks) for one in audits)
    counts = Counter(finding.severity for one in audits for finding in one.findings)
    print("\n| unchanged reports | findings | per 200 relations |\n|---|---:|---:|")
    for severity in _RANK:
        print(f"| {severity} | {counts[severity]} | {200 * counts[severity] / checks:.2f} |")


def print_misses(scores: Sequence[Score], count: int) -> None:
    """Print errors that were not found, not ranked first, not repaired, or wrongly proven."""
    for kind in PLANTERS if count else ():
        missed = [one for one in scores if one.kind == kind and not one.is_offered]
        missed = [one for one in scores if one.kind == kind and one.wrong_proofs] + missed
        print(f"\n{kind}")
        for one in missed[:count]:
            state = "".join(
                letter if holds else "-"
                for letter, holds in zip(
                    "FROP",
                    (one.is_flagged, one.is_first, one.is_offered, one.right_proofs),
                    strict=True,
                )
            )
            print(f"  {state}{'!' if one.wrong_proofs else ''} {one.relations} {one.words}")


if __name__ == "__main__":
    sys.exit(main())
