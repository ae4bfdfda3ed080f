"""Headings of a column-aligned table: which lines they take, and which columns each one heads."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extract.grids.aligned_columns import Columns, Piece, Pieces
from extract.grids.header_words import STUB_WORDS, restarts
from extract.grids.rows import PlacedCell
from extract.records import Run

_FIT = 0.34
"""How far the middle of a group heading may lie off its columns, as a share of their width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading rows of a table."""

    cells: tuple[PlacedCell, ...]
    row_count: int


@dataclass(slots=True)
class _Reading:
    """Headings on their way, read from the lowest line up."""

    leaves: dict[int, list[Run]] = field(default_factory=dict)
    centres: dict[int, float] = field(default_factory=dict)
    """Where the heading of a column stands."""
    continued: dict[int, list[Run]] = field(default_factory=dict)
    """Lines in brackets that go on with a heading further up."""
    lowest: frozenset[int] = frozenset()
    """Columns named by the lowest line: those that a group heading may own."""
    groups: list[dict[tuple[int, ...], list[Run]]] = field(default_factory=list)
    """Group headings of each line that has any, top line first."""


def read_heading(lines: Sequence[Pieces], columns: Columns) -> Heading:
    """Return the headings that some lines hold; every piece of them is in one cell."""
    reading = _Reading()
    for line in reversed(lines):
        _read_line(line, columns, reading)
    for col, runs in reading.continued.items():
        reading.leaves.setdefault(col, []).extend(runs)
    return _heading(reading, columns)


def _read_line(line: Pieces, columns: Columns, reading: _Reading) -> None:
    new: dict[int, Piece] = {}
    others: list[Piece] = []
    last = -1
    for piece in line:
        col = columns.place(piece)
        beside = col + 1 < len(columns) and col + 1 not in reading.leaves and col + 1 not in new
        if col == last and beside:
            new[col + 1] = piece  # squeezed by what stands left of it
            last = col + 1
            continue
        last = col
        if regex.match(r"\(", piece.run.text) and col not in reading.leaves:
            reading.continued[col] = [piece.run, *reading.continued.get(col, [])]
            continue
        free = [c for c in columns.covered(piece) if c not in reading.leaves and c not in new]
        if free and len([c for c in columns.covered(piece) if c in reading.lowest]) < 2:
            new[col if col in free else free[0]] = piece
        else:
            others.append(piece)
    _own(others, columns, reading)
    for col, piece in new.items():
        reading.leaves[col] = [piece.run, *reading.leaves.get(col, [])]
        reading.centres[col] = piece.centre
    if not reading.lowest:
        reading.lowest = frozenset(new)


def _own(pieces: Sequence[Piece], columns: Columns, reading: _Reading) -> None:
    """Give pieces above named columns to the columns they head: one goes on with its heading."""
    groups: dict[tuple[int, ...], list[Run]] = {}
    added: dict[int, list[Run]] = {}
    runs = _stretches(sorted(reading.lowest))
    waiting: dict[int, list[Piece]] = {}
    for piece in pieces:
        fitting = [i for i, run in enumerate(runs) if columns.place(piece) in run]
        if fitting:
            waiting.setdefault(fitting[0], []).append(piece)
        else:
            added.setdefault(columns.place(piece), []).append(piece.run)
    for i, members in waiting.items():
        for piece, owned in zip(members, _divided(members, runs[i], columns, reading), strict=True):
            if len(owned) == 1:
                added.setdefault(owned[0], []).append(piece.run)
            elif _goes_on(owned, reading):
                reading.groups[0][owned].insert(0, piece.run)
            else:
                groups[owned] = [piece.run]
    for col, printed in added.items():
        reading.leaves[col] = [*printed, *reading.leaves.get(col, [])]
    if groups:
        reading.groups.insert(0, groups)


def _goes_on(owned: tuple[int, ...], reading: _Reading) -> bool:
    """Tell whether the line below holds the bracket that belongs to a group heading."""
    return (
        bool(reading.groups)
        and owned in reading.groups[0]
        and reading.groups[0][owned][0].text.startswith("(")
    )


def _stretches(cols: Sequence[int]) -> list[list[int]]:
    """Return columns that follow each other without a gap."""
    stretches: list[list[int]] = []
    for col in cols:
        if stretches and stretches[-1][-1] == col - 1:
            stretches[-1].append(col)
        else:
            stretches.append([col])
    return stretches


def _divided(
    pieces: Sequence[Piece], cols: Sequence[int], columns: Columns, reading: _Reading
) -> list[tuple[int, ...]]:
    """Return for each piece the neighbouring columns whose middle it stands over best.

    Where the headings below start again as often as there are pieces, that divides them.
    """
    names = ["".join(run.text for run in reading.leaves.get(c, ())) for c in cols]
    starts = restarts(names)
    if 1 < len(starts) == len(pieces):
        ends = [*starts[1:], len(cols)]
        return [tuple(cols[a:b]) for a, b in zip(starts, ends, strict=True)]
    if len(pieces) >= len(cols):
        return [(max(cols[0], min(cols[-1], columns.place(piece))),) for piece in pieces]
    if len(pieces) == 1 and not _fits(pieces[0], cols, columns):
        return [(columns.place(pieces[0]),)]
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, ...], ...]]] = {(0, 0): (0.0, ())}
    for count, piece in enumerate(pieces):
        for end in range(count + 1, len(cols) + 1):
            options = [
                (
                    best[count, start][0] + abs(piece.centre - columns.centre(cols[start:end])),
                    (*best[count, start][1], tuple(cols[start:end])),
                )
                for start in range(count, end)
                if (count, start) in best
            ]
            if options:
                best[count + 1, end] = min(options)
    return list(best[len(pieces), len(cols)][1])


def _fits(piece: Piece, cols: Sequence[int], columns: Columns) -> bool:
    width = columns.spans[cols[-1]][1] - columns.spans[cols[0]][0]
    return abs(piece.centre - columns.centre(cols)) <= _FIT * width


def _heading(reading: _Reading, columns: Columns) -> Heading:
    depth = len(reading.groups)
    cells: list[PlacedCell] = []
    below: dict[int, int] = {}
    for level, groups in enumerate(reading.groups):
        for owned, runs in groups.items():
            first = max(below.get(c, 0) for c in owned)
            cells.append(
                PlacedCell(
                    row=first,
                    col=owned[0],
                    runs=tuple(runs),
                    row_span=level + 1 - first,
                    col_span=len(owned),
                )
            )
            below.update(dict.fromkeys(owned, level + 1))
    widened = _widened(reading, columns)
    for col, runs in sorted(reading.leaves.items()):
        row = below.get(col, 0)
        span = widened.get(col, range(col, col + 1))
        cells.append(
            PlacedCell(
                row=row,
                col=span[0],
                runs=tuple(runs),
                row_span=depth + 1 - row,
                col_span=len(span),
            )
        )
    return Heading(cells=tuple(cells), row_count=depth + 1)


def _widened(reading: _Reading, columns: Columns) -> dict[int, range]:
    """Return the headings that stand over a neighbour without heading too, by their middle."""
    widened: dict[int, range] = {}
    taken = set(reading.leaves)
    owned = {c for groups in reading.groups for cols in groups for c in cols}
    for col, centre in reading.centres.items():
        for other in (col - 1, col + 1):
            if not 0 <= other < len(columns) or other in taken or other in owned or col in owned:
                continue
            both = (min(col, other), max(col, other))
            words = "".join("".join(run.text.split()) for run in reading.leaves[col])
            is_stub = other == 0 and words in STUB_WORDS
            off = abs(centre - columns.centre((col,)))
            if is_stub or abs(centre - columns.centre(both)) < off:
                widened[col] = range(both[0], both[1] + 1)
                taken.add(other)
                break
    return widened
