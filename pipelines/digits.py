"""Numbers of scanned tables that may be read in two ways: the one that adds up is taken.

Only readings that the page itself suggests are tried: another look at the same ink, or a digit that
looks like two signs. A number that all looks agree on stays, however wrong its total is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from extract.records import Cell, Document, TableGrid
from normalize.report import read_report
from validate.audit import check_relations

_MOST_TRIALS, _FEWEST_TRIALS = 120, 12
"""As many readings of one table are tried, fewer of a large one."""
_MOST_CELLS = 12000
"""As many cells are audited, over all trials."""
_DOUBTFUL = 0.3
"""Confidence in a number that arithmetic allows in two ways."""
_SETTLED = 0.8
"""Confidence in a number that arithmetic has chosen."""
_FAILS = frozenset({"mismatch", "unlikely_rounding"})
_HOLDS = frozenset({"exact", "within_rounding"})

Spot = tuple[int, int]
"""Row and column."""
CheckKey = tuple[str, tuple[Spot, ...]]
"""What names a check in every reading of its table: its kind and its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A cell read in another way."""

    cell: Cell
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Balance:
    """The checks of a table in one reading."""

    failing: frozenset[CheckKey]
    holding: frozenset[CheckKey]


class _Bench:
    """Counts how often a table is read again, and stops in time."""

    def __init__(self, document: Document, grid: TableGrid) -> None:
        self._document = document
        trials = _MOST_CELLS // max(1, len(grid.cells))
        self._left = max(_FEWEST_TRIALS, min(_MOST_TRIALS, trials))

    @property
    def is_over(self) -> bool:
        return self._left <= 0

    def weigh(self, grid: TableGrid) -> _Balance:
        self._left -= 1
        report = read_report(replace(self._document, blocks=(grid,)))
        failing, holding = set(), set()
        for check in check_relations(report):
            spots = tuple(
                (c.row, c.col) for c in check.cells if c.row is not None and c.col is not None
            )
            key = (check.kind, spots)
            if check.outcome in _FAILS:
                failing.add(key)
            elif check.outcome in _HOLDS:
                holding.add(key)
        return _Balance(failing=frozenset(failing), holding=frozenset(holding - failing))


def settle_digits(document: Document) -> Document:
    """Return a document whose scanned numbers are read so that their totals hold.

    A reading is changed where exactly one smallest set of other readings makes a failing relation
    hold and none fail; the note of the table says so. Where there are several, nothing is changed
    and the numbers in question become doubtful.
    """
    blocks = tuple(
        _settle(document, block)
        if isinstance(block, TableGrid) and any(cell.alternatives for cell in block.cells)
        else block
        for block in document.blocks
    )
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _settle(document: Document, grid: TableGrid) -> TableGrid:
    bench = _Bench(document, grid)
    balance = bench.weigh(grid)
    left = sorted(balance.failing)
    while left and not bench.is_over:
        key = left.pop(0)
        if key not in balance.failing:
            continue
        ways = _ways(grid, key, balance, bench)
        if len(ways) == 1:
            grid = _apply(grid, ways[0], _SETTLED)
            grid = replace(grid, note=_joined(grid.note, *map(_describe, ways[0])))
            balance = bench.weigh(grid)
            left = sorted(balance.failing & set(left))
        elif ways:
            grid = _doubt(grid, [change for way in ways for change in way])
    return grid


def _ways(
    grid: TableGrid, key: CheckKey, balance: _Balance, bench: _Bench
) -> list[tuple[_Change, ...]]:
    """Return the smallest changes that make a failing check hold, those that help most."""
    changes = list(_changes(grid, key))
    for size in (1, 2):
        working: dict[tuple[_Change, ...], int] = {}
        for way in combinations(changes, size):
            if len({(one.cell.row, one.cell.col) for one in way}) < size or bench.is_over:
                continue
            after = bench.weigh(_apply(grid, way, _SETTLED))
            if key in after.holding and after.failing < balance.failing:
                working[way] = len(balance.failing - after.failing)
        if working:
            most = max(working.values())
            return [way for way, repaired in working.items() if repaired == most]
    return []


def _changes(grid: TableGrid, key: CheckKey) -> Iterator[_Change]:
    """Yield the other readings of the cells of a check."""
    spots = set(key[1])
    for cell in grid.cells:
        if (cell.row, cell.col) in spots:
            yield from (_Change(cell=cell, text=text) for text in cell.alternatives)


def _apply(grid: TableGrid, way: Sequence[_Change], confidence: float) -> TableGrid:
    texts = {(one.cell.row, one.cell.col): one.text for one in way}
    return replace(
        grid,
        cells=tuple(
            _reread(cell, texts[cell.row, cell.col], confidence)
            if (cell.row, cell.col) in texts
            else cell
            for cell in grid.cells
        ),
    )


def _reread(cell: Cell, text: str, confidence: float) -> Cell:
    """Return a cell with another text; the borders of its characters are no longer known."""
    run = replace(cell.runs[0], text=text, edges=())
    return replace(cell, runs=(run,), confidence=confidence, alternatives=())


def _doubt(grid: TableGrid, changes: Iterable[_Change]) -> TableGrid:
    """Return a table in which cells that may be read in several ways are doubtful."""
    spots = {(one.cell.row, one.cell.col): one.cell for one in changes}
    named = ", ".join(f"({row}, {col})" for row, col in sorted(spots))
    cells = tuple(
        replace(cell, confidence=min(cell.confidence or 0.0, _DOUBTFUL))
        if (cell.row, cell.col) in spots
        else cell
        for cell in grid.cells
    )
    note = f"More than one other reading would add up in cells (row, column): {named}."
    return replace(grid, cells=cells, note=_joined(grid.note, note))


def _describe(change: _Change) -> str:
    cell = change.cell
    return f"Read {cell.text} as {change.text} in cell ({cell.row}, {cell.col}): its total holds."


def _joined(*notes: str) -> str:
    return " ".join(dict.fromkeys(note for note in notes if note))
