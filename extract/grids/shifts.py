"""Rows of a tab-separated table whose cells slid: put back where their shapes say they belong.

When a tool drops the blank of a merged cell, the rest of the row slides to the left; when a label
has two levels in one row only, the rest slides to the right.
"""

from collections.abc import Iterator, Sequence
from itertools import dropwhile

from extract.grids.rows import BLANK, Row, RowCell, padded
from extract.shapes import Shape

_FIT: dict[tuple[Shape, Shape], float] = {
    ("number", "number"): 0, ("number", "nil"): 0, ("number", "quantity"): 0,
    ("number", "percent"): 1, ("number", "text"): 1, ("number", "prose"): 1.5,
    ("number", "unit"): 1, ("number", "date"): 1,
    ("percent", "percent"): 0, ("percent", "nil"): 0, ("percent", "quantity"): 1,
    ("percent", "number"): 0.5, ("percent", "text"): 0.5, ("percent", "prose"): 1.5,
    ("text", "text"): 0, ("text", "prose"): 0.5, ("text", "number"): 1, ("text", "quantity"): 0.8,
    ("text", "percent"): 1, ("text", "nil"): 0.2, ("text", "unit"): 0.5, ("text", "date"): 0.5,
    ("prose", "prose"): 0, ("prose", "text"): 0.4, ("prose", "percent"): 1, ("prose", "number"): 1,
    ("prose", "quantity"): 0.6, ("prose", "nil"): 0.2,
    ("unit", "unit"): 0, ("unit", "text"): 1, ("unit", "number"): 1, ("unit", "quantity"): 1,
    ("date", "date"): 0, ("date", "text"): 1, ("date", "number"): 0.3, ("date", "quantity"): 1,
}  # fmt: skip
_LEAST_GAIN = 0.3
_SURE_GAIN = 0.9
_FEWEST_ROWS = 3
_FEWEST_CELLS = 5
_MUCH_LONGER = 2.5


def column_profile(rows: Sequence[Row], columns: int) -> tuple[Shape, ...]:
    """Return the shape that most cells of each column have, prose and text told apart."""
    profile: list[Shape] = []
    for col in range(columns):
        shapes = [row[col].shape for row in rows if col < len(row) and not row[col].is_blank]
        counts: dict[Shape, int] = {}
        for shape in shapes:
            if shape != "nil":
                merged: Shape = "number" if shape == "quantity" else shape
                counts[merged] = counts.get(merged, 0) + 1
        profile.append(max(sorted(counts), key=lambda s: counts[s]) if counts else "blank")
    return tuple(profile)


def restore_rows(rows: Sequence[Row], columns: int) -> tuple[list[Row], list[int]]:
    """Return the rows with slid cells put back, and the numbers of the rows that were changed.

    A row that slid to the left over a column whose heading was lost comes out one cell longer.
    """
    if len(rows) < _FEWEST_ROWS:
        return list(rows), []
    profile = column_profile(_full_rows(rows, columns), columns)
    restored: list[Row] = []
    changed: list[int] = []
    for number, row in enumerate(rows):
        printed = padded(row, columns)
        best, cost = printed, _cost(printed, profile) - _LEAST_GAIN
        for candidate in _candidates(printed, profile, is_longer=_is_longer(row, rows)):
            gain = _cost(printed, profile) - _cost(candidate, profile)
            if gain < _SURE_GAIN and not _stood_out(printed, rows):
                continue
            if _cost(candidate, profile) + 0.1 < cost:
                best, cost = candidate, _cost(candidate, profile) + 0.1
        if best is not printed:
            changed.append(number)
        restored.append(best)
    return restored, changed


def moved_back(rows: Sequence[Row]) -> list[Row] | None:
    """Return the rows with those moved to the right that may have lost one of their blank cells.

    Such a row has a label, one blank or more, then nothing but figures up to the last column but
    one. Whether a blank was lost or the last cell is blank, its figures alone can tell; None
    where no row is open to that doubt, or most are.
    """
    late = [at for at, row in enumerate(rows) if _may_be_short(row)]
    if not late or 2 * len(late) > len(rows):
        return None
    return [
        (*row[:1], BLANK, *_moved(row[1:-1])) if at in late else row for at, row in enumerate(rows)
    ]


def _may_be_short(row: Row) -> bool:
    if len(row) < _FEWEST_CELLS or row[0].is_blank or not row[1].is_blank:
        return False
    figures = list(dropwhile(lambda cell: cell.is_blank, row[1:]))
    return (
        len(figures) > 2
        and figures[-1].is_blank
        and all(cell.shape in ("number", "nil") for cell in figures[:-1])
        and not any(cell.is_blank for cell in figures[:-1])
    )


def _full_rows(rows: Sequence[Row], columns: int) -> Sequence[Row]:
    """Return the rows that reach the last printed column, if they are enough to judge by.

    A row that slid to the left ends in blanks; one that reaches the end stands where it was.
    """
    last = max(
        (i for row in rows for i, cell in enumerate(row[:columns]) if not cell.is_blank), default=0
    )
    full = [row for row in rows if last < len(row) and not row[last].is_blank]
    return full if len(full) >= _FEWEST_ROWS and len(full) * 4 >= len(rows) else rows


def _last_printed(row: Row) -> int:
    return max((i for i, cell in enumerate(row) if not cell.is_blank), default=-1)


def _is_longer(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a row reaches farther to the right than most."""
    reach = _last_printed(row)
    return sum(1 for other in rows if _last_printed(other) < reach) * 2 > len(rows)


def _candidates(row: Row, profile: Sequence[Shape], *, is_longer: bool) -> Iterator[Row]:
    """Yield the row shifted right, left over a blank, or with two labels joined.

    It is shifted over a blank, or past a label that it lacks, where a figure stands among labels;
    the label right before the figures is the innermost one.

    Labels are joined in a row that is longer than the others, or where what follows them then
    stands better: otherwise the second text is printed in place of a number, such as 미정.
    """
    columns = len(profile)
    for blank in (i for i in range(1, columns) if row[i].is_blank):
        yield (BLANK, *_moved(row[:blank]), *row[blank + 1 :])
    if not row[-1].is_blank and row[0].is_blank:
        yield (BLANK, *_moved(row))
    for lost in (i for i in range(1, columns) if not row[-1].is_blank):
        if row[lost].shape == "number" and profile[lost] == "text":
            leaf = lost - 1 if lost > 1 and row[lost - 1].shape == "text" else lost
            yield (*row[:leaf], BLANK, *_moved(row[leaf:]))
    for blank in (i for i in range(1, columns - 1) if row[i].is_blank):
        if row[blank + 1].shape == "text" and profile[blank + 1] == "number":
            yield (*row[:blank], *_moved(row[blank + 1 :]), BLANK)
    for first in range(columns - 2):
        left, right = row[first], row[first + 1]
        if left.shape != "text" or right.shape != "text" or profile[first + 1] != "number":
            continue
        joined = RowCell(runs=(*left.runs, *right.runs), is_moved=True)
        candidate = (*row[:first], joined, *_moved(row[first + 2 :]), BLANK)
        if is_longer or _cost(candidate, profile) + _FIT["number", "text"] < _cost(row, profile):
            yield candidate


def _stood_out(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a cell of the row is far longer than what its printed column usually holds."""
    for col, cell in enumerate(row[:-1]):
        others = sorted(
            len(other[col].text)
            for other in rows
            if col < len(other) and other[col].shape == "text"
        )
        if (
            cell.shape == "prose"
            and others
            and len(cell.text) > _MUCH_LONGER * others[len(others) // 2]
        ):
            return True
    return False


def _moved(cells: Sequence[RowCell]) -> tuple[RowCell, ...]:
    return tuple(
        RowCell(runs=cell.runs, is_moved=True, span=cell.span) if cell.runs else cell
        for cell in cells
    )


def _cost(row: Row, profile: Sequence[Shape]) -> float:
    return sum(
        _FIT.get((expected, cell.shape), 0.5)
        for cell, expected in zip(row, profile, strict=False)
        if not cell.is_blank and expected != "blank"
    )
