"""Labels of merged cells in a column-aligned dump: each stands in the middle of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.grids.aligned_columns import Piece
from extract.grids.rows import PlacedCell

_BLANK_ROW = 0.6
"""What it costs to leave a row without label, in lines off the middle."""
_GAP = 0.6
"""What each line between two lines of one label costs."""
_NEW_GROUP = 0.3
_REPEATED = 1.0
_JOINED = 0.25
"""What it costs to read labels that stand on the lines of rows as lines of one label."""
_CROSSED = 1.0
"""What it costs to begin a group inside a group of the next finer column."""
_LARGEST = 120
_MOST_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line of a label."""

    line: int
    piece: Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSpot:
    """Where a row stands."""

    first: int
    last: int
    name: str
    """Its label in a finer column: within a group no name comes twice."""


@dataclass(frozen=True, slots=True)
class _Plan:
    cost: float
    blocks: tuple[tuple[int, int, int, int], ...]
    """First and last label line, first and last row of each block; ends exclusive."""


def divide_rows(
    labels: Sequence[Label],
    rows: Sequence[RowSpot],
    col: int,
    first_row: int,
    borders: frozenset[int],
) -> list[PlacedCell]:
    """Return the labels as cells over the rows whose middle they stand in.

    Every label line is in one cell if there is a row; `first_row` is the number of the first row.
    `borders` are the rows where groups of the next finer column begin; empty if it has none.
    """
    if not labels or not rows:
        return []
    inner = frozenset(row - first_row for row in borders)
    plan = _plan(labels, rows, inner) if len(labels) <= _LARGEST and len(rows) <= _LARGEST else None
    blocks = plan.blocks if plan else ((0, len(labels), 0, len(rows)),)
    return [
        PlacedCell(
            row=first_row + start,
            col=col,
            runs=tuple(label.piece.run for label in labels[low:high]),
            row_span=end - start,
        )
        for low, high, start, end in blocks
    ]


def _plan(
    labels: Sequence[Label], rows: Sequence[RowSpot], borders: frozenset[int]
) -> _Plan | None:
    """Return the cheapest way to give all label lines to groups of rows, in order."""
    repeats = not borders and _repeated(rows) > 0
    best: dict[tuple[int, int], _Plan] = {(0, 0): _Plan(0.0, ())}
    for row in range(len(rows) + 1):
        for used in range(len(labels) + 1):
            plan = best.get((used, row))
            if plan is None or row == len(rows):
                continue
            _keep(best, (used, row + 1), _Plan(plan.cost + _BLANK_ROW, plan.blocks))
            for high in range(used + 1, min(len(labels), used + _MOST_LINES) + 1):
                for end in range(row + 1, len(rows) + 1):
                    cost = plan.cost + _cost(labels[used:high], rows[row:end], repeats)
                    cost += _CROSSED if borders and row not in borders else 0.0
                    _keep(best, (high, end), _Plan(cost, (*plan.blocks, (used, high, row, end))))
    return best.get((len(labels), len(rows)))


def _keep(best: dict[tuple[int, int], _Plan], key: tuple[int, int], plan: _Plan) -> None:
    if key not in best or plan.cost < best[key].cost - 1e-9:
        best[key] = plan


def _cost(labels: Sequence[Label], rows: Sequence[RowSpot], repeats: bool) -> float:
    middle = (labels[0].line + labels[-1].line) / 2
    off = abs(middle - (rows[0].first + rows[-1].last) / 2) / max(1.0, len(rows) / 4)
    gaps = sum(max(0, lower.line - upper.line - 2) for upper, lower in pairwise(labels))
    lines = {line for row in rows for line in (row.first, row.last)}
    joined = sum(1 for label in labels if label.line in lines) - 1
    cost = off + _GAP * gaps + _JOINED * max(0, joined)
    if not repeats:
        return cost
    return cost + _REPEATED * _repeated(rows) + _NEW_GROUP


def _repeated(rows: Sequence[RowSpot]) -> int:
    """Return how many rows have the name of another one."""
    names = [row.name for row in rows if row.name]
    return len(names) - len(set(names))
