"""Rows of a table without rules: which lines open a row, and which go on with a cell of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extract.grids.ruled_shapes import Box, merge_boxes
from extract.grids.spaced_columns import Columns, covered_by
from extract.grids.spaced_lines import Chunk, TextLine
from extract.grids.spaced_options import SpacedOptions

_OWN_HEIGHT = 0.9
"""Ems between the middles of two lines from which on they can be two rows."""

_ONE_ROW_PITCH = 1.8


@dataclass(frozen=True, kw_only=True)  # no slots: it keeps its box
class Block:
    """Chunks that are one cell's text, with the columns they cover."""

    chunks: tuple[Chunk, ...]
    col: int
    last_col: int
    row: int | None = None
    """None: it stands between rows."""

    @cached_property
    def box(self) -> Box:
        """The box around the text."""
        return merge_boxes(tuple(chunk.box for chunk in self.chunks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows below the headings."""

    blocks: tuple[Block, ...]
    tops: tuple[float, ...]
    """Upper end of each row's text."""
    bottoms: tuple[float, ...]
    doubts: int = 0
    """Cells that could belong to the row above or below."""

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.tops)


def find_rows(
    body: Sequence[TextLine],
    columns: Columns,
    separators: Sequence[float],
    spaced: SpacedOptions,
) -> Rows:
    """Return the rows of the lines below the headings, their texts gathered into cells."""
    anchors = _anchors(body, columns, separators, spaced)
    if not anchors:
        return Rows(blocks=(), tops=(), bottoms=())
    pitch = _row_pitch(body, anchors)
    anchors = _with_own_rows(body, columns, anchors, pitch, separators)
    middles = [body[index].middle for index in anchors]
    blocks: list[Block] = []
    doubts = 0
    for span, chunks in _by_columns(body, columns, anchors).items():
        for group in _chains(chunks, separators, pitch, spaced):
            block = Block(chunks=tuple(c for c, _ in group), col=span[0], last_col=span[1])
            row, is_doubtful = _row_of(block, group, middles, spaced)
            doubts += is_doubtful
            blocks.append(
                Block(chunks=block.chunks, col=block.col, last_col=block.last_col, row=row)
            )
    tops = [min(_edge(blocks, row, 0), body[index].box.y0) for row, index in enumerate(anchors)]
    ends = [max(_edge(blocks, row, 1), body[index].box.y1) for row, index in enumerate(anchors)]
    return Rows(blocks=tuple(blocks), tops=tuple(tops), bottoms=tuple(ends), doubts=doubts)


def _edge(blocks: Iterable[Block], row: int, side: int) -> float:
    if side:
        return max((b.box.y1 for b in blocks if b.row == row), default=float("-inf"))
    return min((b.box.y0 for b in blocks if b.row == row), default=float("inf"))


def value_columns(lines: Iterable[TextLine], columns: Columns) -> frozenset[int]:
    """Return the columns in which at least half of the texts are values."""
    counts: defaultdict[int, list[bool]] = defaultdict(list)
    for chunk in (chunk for line in lines for chunk in line.chunks):
        first, last = covered_by(columns, chunk)
        if first == last and chunk.text[0] not in "([":
            counts[first].append(chunk.is_value)
    return frozenset(col for col, flags in counts.items() if 2 * sum(flags) >= len(flags))


def _anchors(
    body: Sequence[TextLine],
    columns: Columns,
    separators: Sequence[float],
    spaced: SpacedOptions,
) -> list[int]:
    """Return the lines that open a row: those with most values, none on the same height.

    Where no column holds values, the lines with most cells do.
    """
    values = value_columns(body, columns)

    def strength(index: int) -> tuple[int, int]:
        line = body[index]
        found = sum(c.is_value and covered_by(columns, c)[0] in values for c in line.chunks)
        if found and all(c.text[:1] in "([" for c in line.chunks):
            found = 0
        return found, len(line.chunks)

    ranked = sorted(range(len(body)), key=lambda index: (*(-n for n in strength(index)), index))
    best = strength(ranked[0]) if ranked else (0, 0)
    chosen: list[int] = []
    for index in ranked:
        found, cells = strength(index)
        is_row = found > 0 if best[0] else 2 * cells >= max(best[1], 3)
        line = body[index]
        em = line.size * (spaced.line_pitch if _is_bracketed(line) else _OWN_HEIGHT)
        if is_row and all(_is_apart(line, body[other], separators, em) for other in chosen):
            chosen.append(index)
    return sorted(_without_continuations(chosen, body, columns, separators, best[0] > 0, spaced))


def _is_bracketed(line: TextLine) -> bool:
    """Tell whether a line goes on with details in brackets that stand below a value."""
    return any(chunk.text[0] in "([" for chunk in line.chunks)


def _is_apart(line: TextLine, other: TextLine, separators: Sequence[float], least: float) -> bool:
    low, high = sorted((line.middle, other.middle))
    if any(low < y < high for y in separators):
        return True
    return high - low > least


def _without_continuations(
    chosen: Sequence[int],
    body: Sequence[TextLine],
    columns: Columns,
    separators: Sequence[float],
    has_values: bool,
    spaced: SpacedOptions,
) -> list[int]:
    """Leave out lines of text only that follow closely and leave the first column blank."""
    if has_values:
        return list(chosen)
    kept: list[int] = []
    for index in sorted(chosen):
        line = body[index]
        is_open = any(covered_by(columns, chunk)[0] == 0 for chunk in line.chunks)
        is_near = bool(kept) and line.middle - body[index - 1].middle <= (
            spaced.line_pitch * line.size
        )
        is_cut = bool(kept) and any(body[index - 1].middle < y < line.middle for y in separators)
        if is_open or is_cut or not is_near:
            kept.append(index)
    return kept


def _row_pitch(body: Sequence[TextLine], anchors: Sequence[int]) -> float:
    """Return the smallest usual distance between rows; with one row, more than between lines."""
    steps = sorted(body[b].middle - body[a].middle for a, b in pairwise(anchors))
    return steps[len(steps) // 5] if steps else _ONE_ROW_PITCH * body[anchors[0]].size


def _with_own_rows(
    body: Sequence[TextLine],
    columns: Columns,
    anchors: Sequence[int],
    pitch: float,
    separators: Sequence[float],
) -> list[int]:
    """Add lines that stand as far from all rows as rows stand from each other."""
    columns_of = [{covered_by(columns, chunk)[0] for chunk in line.chunks} for line in body]
    rows = set(anchors)
    for index, line in enumerate(body):
        if index in rows:
            continue
        same = (o for o in range(len(body)) if o != index and columns_of[o] & columns_of[index])
        near = [abs(line.middle - body[other].middle) for other in same]
        steps = [abs(line.middle - body[other].middle) for other in anchors]
        is_own = min(near, default=0.0) >= 0.92 * pitch and min(steps) >= 0.75 * pitch
        alone = all(
            any(min(line.middle, body[o].middle) < y < max(line.middle, body[o].middle)
                for y in separators)
            for o in rows
        )  # fmt: skip
        if is_own or (separators and alone):
            rows.add(index)
    return sorted(rows)


def _by_columns(
    body: Sequence[TextLine], columns: Columns, anchors: Sequence[int]
) -> dict[tuple[int, int], list[tuple[Chunk, int | None]]]:
    """Gather chunks by the columns they cover, each with its row where its line opens one."""
    rows = {index: row for row, index in enumerate(anchors)}
    found: defaultdict[tuple[int, int], list[tuple[Chunk, int | None]]] = defaultdict(list)
    for index, line in enumerate(body):
        spans = [covered_by(columns, chunk) for chunk in line.chunks]
        if len(spans) == 1 and spans[0][0] < spans[0][1] and index in rows:
            spans = [(0, columns.count - 1)]
        for span, chunk in zip(spans, line.chunks, strict=True):
            found[span].append((chunk, rows.get(index)))
    return dict(sorted(found.items()))


def _chains(
    chunks: Sequence[tuple[Chunk, int | None]],
    separators: Sequence[float],
    pitch: float,
    spaced: SpacedOptions,
) -> list[list[tuple[Chunk, int | None]]]:
    """Gather chunks of one column that are lines of one cell: they follow each other closely."""
    chains: list[list[tuple[Chunk, int | None]]] = []
    for chunk, row in chunks:
        if chains and _goes_on(chains[-1], chunk, row, separators, pitch, spaced):
            chains[-1].append((chunk, row))
        else:
            chains.append([(chunk, row)])
    return [part for chain in chains for part in _one_row_each(chain)]


def _goes_on(
    chain: Sequence[tuple[Chunk, int | None]],
    chunk: Chunk,
    row: int | None,
    separators: Sequence[float],
    pitch: float,
    spaced: SpacedOptions,
) -> bool:
    last, last_row = chain[-1]
    if row is not None and row == last_row:
        return True
    step = chunk.box.middle_y - last.box.middle_y
    if row is not None and last_row is not None and step > 0.85 * pitch:
        return False
    if any(last.box.middle_y < y < chunk.box.middle_y for y in separators):
        return False
    return step <= min(spaced.line_pitch * chunk.size, 0.92 * pitch)


def _one_row_each(
    chain: list[tuple[Chunk, int | None]],
) -> list[list[tuple[Chunk, int | None]]]:
    """Cut a chain that reaches into two rows at its widest step.

    Lines that all stand near rows, closer to each other than the rows are, stay together: a label
    of two lines in the middle of two rows.
    """
    rows = {row for _, row in chain if row is not None}
    if len(rows) < 2 or all(row is not None for _, row in chain):
        return [chain]
    steps = [b.box.middle_y - a.box.middle_y for (a, _), (b, _) in pairwise(chain)]
    same = [a == b and a is not None for (_, a), (_, b) in pairwise(chain)]
    cut = max(range(len(steps)), key=lambda i: (not same[i], round(steps[i], 1), i)) + 1
    return [*_one_row_each(chain[:cut]), *_one_row_each(chain[cut:])]


def _row_of(
    block: Block,
    group: Sequence[tuple[Chunk, int | None]],
    middles: Sequence[float],
    spaced: SpacedOptions,
) -> tuple[int | None, bool]:
    """Return the row a cell's text belongs to, or None, and whether it could be another."""
    rows = {row for _, row in group if row is not None}
    if len(rows) == 1:
        return min(rows), False
    if rows:
        return None, False
    em = block.chunks[0].size
    ranked = sorted(range(len(middles)), key=lambda row: abs(middles[row] - block.box.middle_y))
    if abs(middles[ranked[0]] - block.box.middle_y) <= spaced.centred * em:
        return ranked[0], False
    return None, False
