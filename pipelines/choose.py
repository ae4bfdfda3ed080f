"""Several readings of a table, one chosen: the one whose own arithmetic holds.

The first reading is kept unless another one does better. Others are asked for only where the first
is ambiguous, damaged, or does not add up: layouts that the page allows as well (blank cells were
lost), and for a page of a PDF what a second engine draws.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.records import Block, Document, TableGrid
from normalize.records import Report, TableReading
from normalize.report import read_report
from pipelines.digits import settle_digits
from validate.audit import check_relations
from validate.records import Check

SecondOpinion = Callable[[int], tuple[TableGrid, ...]]
"""Reads the tables of one page (1-based) with another engine."""

_PAGES_PER_QUESTION = 10
_FEWEST_QUESTIONS = 2
_SAME_PLACE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Score:
    """How well a reading of a table adds up; a greater one is better."""

    balance: int
    """Relations that hold, less two for each that fails and each number that is damaged."""
    held: int
    numbers: int
    """Cells that are read as one number each."""


def choose_reading(document: Document, ask: SecondOpinion | None = None) -> Report:
    """Return the report read from the layouts and engines that add up best.

    Args:
        document: the first reading.
        ask: gives a second engine's tables of a page; None where there is none, as for text.
    """
    document = settle_digits(document)
    report = read_report(document)
    doubtful = [table for table in report.tables if is_doubtful(table, report)]
    if not doubtful:
        return report
    failing = _failing_tables(check_relations(report))
    replaced = dict(_better_grids(document, doubtful, failing, ask))
    if not replaced:
        return report
    blocks: tuple[Block, ...] = tuple(
        replaced.get(id(block), block) if isinstance(block, TableGrid) else block
        for block in document.blocks
    )
    return read_report(replace(document, blocks=blocks))


def is_doubtful(table: TableReading, report: Report) -> bool:
    """Tell whether a table may have been misread: open layout, damaged digits, or a PDF's cells."""
    if table.grid.is_ambiguous or table.grid.alternatives:
        return True
    if any(f.state == "damaged" for f in report.facts if f.table_id == table.table_id):
        return True
    return table.grid.place.page is not None


def _failing_tables(checks: Sequence[Check]) -> frozenset[str]:
    return frozenset(
        cell.table_id
        for one in checks
        if one.outcome == "mismatch"
        for cell in one.cells
        if cell.table_id is not None
    )


def _better_grids(
    document: Document,
    doubtful: Sequence[TableReading],
    failing: frozenset[str],
    ask: SecondOpinion | None,
) -> Iterator[tuple[int, TableGrid]]:
    """Yield the identity of each grid that another reading beats, and that reading."""
    questions = max(_FEWEST_QUESTIONS, (document.page_count or 0) // _PAGES_PER_QUESTION)
    asked: dict[int, tuple[TableGrid, ...]] = {}
    for table in doubtful:
        grid = table.grid
        candidates = list(grid.alternatives)
        page = grid.place.page
        if ask and page and table.table_id in failing and len(grid.parts) <= 1:
            if page not in asked and len(asked) < questions:
                asked[page] = ask(page)
            candidates += [c for c in asked.get(page, ()) if overlap(grid, c) >= _SAME_PLACE]
        best = _best(document, grid, candidates)
        if best is not None:
            yield id(grid), best


def _best(document: Document, grid: TableGrid, candidates: Sequence[TableGrid]) -> TableGrid | None:
    """Return the candidate that adds up better than the first reading, or None.

    A reading in which numbers are lost has fewer relations to fail: it must hold more of them.
    """
    if not candidates:
        return None
    first = score_grid(document, grid)
    scored = [
        (score_grid(document, _dressed(candidate, grid)), candidate) for candidate in candidates
    ]
    best_score, best = max(scored, key=lambda pair: pair[0])
    if best_score <= first or (
        best_score.numbers < first.numbers and best_score.held <= first.held
    ):
        return None
    reason = (
        f"Read by {best.engine}: {best_score.held} relations hold, "
        f"{first.held} in the reading by {grid.engine}."
    )
    dressed = _dressed(best, grid)
    return replace(
        dressed,
        note=" ".join(filter(None, (dressed.note, reason))),
        confidence=min(dressed.confidence, 0.9),
    )


def _dressed(candidate: TableGrid, grid: TableGrid) -> TableGrid:
    """Return another reading of a table with what stands around the first."""
    return replace(
        candidate,
        caption=grid.caption,
        unit_note=grid.unit_note,
        section_path=grid.section_path,
        footnotes=grid.footnotes,
    )


def score_grid(document: Document, grid: TableGrid) -> Score:
    """Return how well a table adds up when it is read alone."""
    report = read_report(replace(document, blocks=(grid,)))
    outcomes = [one.outcome for one in check_relations(report)]
    held = sum(1 for outcome in outcomes if outcome in ("exact", "within_rounding"))
    failed = sum(1 for outcome in outcomes if outcome in ("mismatch", "unlikely_rounding"))
    damaged = sum(1 for fact in report.facts if fact.state == "damaged")
    numbers = len({(fact.row, fact.col) for fact in report.facts if fact.value is not None})
    return Score(balance=held - 2 * failed - 2 * damaged, held=held, numbers=numbers)


def overlap(first: TableGrid, second: TableGrid) -> float:
    """Return the intersection over union of two tables' boxes; 0 where one has none."""
    a, b = first.place, second.place
    if None in (a.x0, a.y0, a.x1, a.y1, b.x0, b.y0, b.x1, b.y1):
        return 0.0
    boxes = [
        (float(p.x0 or 0), float(p.y0 or 0), float(p.x1 or 0), float(p.y1 or 0)) for p in (a, b)
    ]
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = boxes
    width = min(ax1, bx1) - max(ax0, bx0)
    height = min(ay1, by1) - max(ay0, by0)
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    union = (ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - shared
    return shared / union if union else 0.0
