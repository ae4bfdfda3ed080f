"""Tables of flattened dumps: one cell after another, columns lost, headings broken over lines.

A table is told by its values: lines that end in as many values as the heading has columns, or
values one below the other with the brackets that split them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.grids.flowed_head import Head, Label, read_head
from extract.grids.flowed_lines import FlowLine, Value, read_flow
from extract.grids.header_words import FUNDING_LABEL, TOTAL_LABEL
from extract.grids.rows import BLANK, Row, RowCell, grid_of
from extract.records import Block, Line, Run, TableGrid

_MOST_HEAD_LINES = 10
_MOST_LABEL_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """Lines that may be one table: from the first heading line to the last values."""

    before: tuple[FlowLine, ...]
    """Label and note lines above the first values, blank lines kept."""
    body: tuple[FlowLine, ...]
    """From the first values to the last."""


def find_flowed(lines: Sequence[Line]) -> list[Block]:
    """Return the lines with each flattened table as a grid."""
    flow = read_flow(lines)
    blocks: list[Block] = []
    position = 0
    for region in _regions(flow):
        grid, first = _read_region(region)
        if grid is None:
            continue
        blocks.extend(lines[position:first])
        blocks.append(grid)
        position = region.body[-1].last + 1
    blocks.extend(lines[position:])
    return blocks


def _regions(flow: Sequence[FlowLine]) -> Iterator[_Region]:
    """Yield the stretches between borders that hold values."""
    stretch: list[FlowLine] = []
    for line in [*flow, None]:
        if line is not None and line.kind != "border":
            stretch.append(line)
            continue
        yield from _cut(stretch)
        stretch = []


def _cut(stretch: Sequence[FlowLine]) -> Iterator[_Region]:
    """Yield the tables of a stretch: headings below values, or many labels, begin another one."""
    start = 0
    first: int | None = None
    last = 0
    for i, line in enumerate(stretch):
        between = [other for other in stretch[last + 1 : i] if other.label and not other.values]
        if first is not None and line.values and _begins_table(between):
            yield _Region(before=tuple(stretch[start:first]), body=tuple(stretch[first : last + 1]))
            start, first = last + 1, i
        if line.values:
            first = i if first is None else first
            last = i
    if first is not None:
        yield _Region(before=tuple(stretch[start:first]), body=tuple(stretch[first : last + 1]))


def _begins_table(labels: Sequence[FlowLine]) -> bool:
    return len(labels) > _MOST_LABEL_LINES or any(line.kind == "heading" for line in labels)


def _read_region(region: _Region) -> tuple[TableGrid | None, int]:
    """Return the table of a region and the position of its first line."""
    candidates = [
        reading for reading in (_stacked(region), _row_by_row(region)) if reading is not None
    ]
    if not candidates:
        return None, 0
    return max(candidates, key=lambda reading: reading[2])[:2]


def _head_lines(region: _Region) -> list[FlowLine]:
    """Return the heading candidates: the label lines right above the first values."""
    printed = [line for line in region.before if line.kind in ("label", "heading", "note")]
    while printed and printed[0].kind == "note":
        printed = printed[1:]
    return printed[-_MOST_HEAD_LINES:]


def _head_runs(region: _Region, lines: Sequence[FlowLine]) -> list[tuple[Run, bool]]:
    """Pair heading lines with whether an empty line stands before each."""
    blanks = {line.index for line in region.before if line.kind == "blank"}
    return [(line.label, line.index - 1 in blanks) for line in lines if line.label is not None]


def _stacked(region: _Region) -> tuple[TableGrid, int, float] | None:
    """Read values one below the other: as many as headings make a row."""
    if any(line.label for line in region.body):
        return None
    values = [value for line in region.body for value in line.values]
    lines = _head_lines(region)
    if len(values) < 2 or not any(len(value.runs) > 1 for value in values):
        return None
    for columns in range(2, min(9, len(values) + 1)):
        if len(values) % columns:
            continue
        head = read_head(_head_runs(region, lines), columns, (0,))
        if head is None or head.score <= 0:
            continue
        rows = [
            tuple(RowCell(runs=value.runs) for value in values[i : i + columns])
            for i in range(0, len(values), columns)
        ]
        grid = _grid(head, rows, ambiguous=False)
        return grid, lines[0].index, head.score + 1
    return None


def _row_by_row(region: _Region) -> tuple[TableGrid, int, float] | None:
    counts = Counter(len(line.values) for line in region.body if line.values)
    columns, _ = max(counts.items(), key=lambda item: (item[1] * item[0], item[0]))
    best = _best_head(region, columns)
    widest = _best_head(region, max(counts)) if max(counts) > columns else None
    if widest is not None and (best is None or widest[0].score > best[0].score):
        best, columns = widest, max(counts)
    if best is None:
        return None
    lines = _head_lines(region)
    head, used = best
    width = max((label.col for label in head.leaves), default=0) + 1 - head.stub_count
    if columns > width or (sum(counts.values()) == 1 and columns < 3):
        return None
    ambiguous = any(len(line.values) < width for line in region.body if line.values)
    layouts = [
        _grid(
            head,
            list(_rows(region.body, lines[used:], head.stub_count, width, from_right=from_right)),
            ambiguous=ambiguous,
        )
        for from_right in ((False, True) if ambiguous else (False,))
    ]
    grid = replace(layouts[0], alternatives=tuple(layouts[1:]))
    return grid, lines[0].index, head.score


def _best_head(region: _Region, columns: int) -> tuple[Head, int] | None:
    """Return the headings of so many columns of values, and how many lines they take."""
    if columns < 2:
        return None
    lines = _head_lines(region)
    best: tuple[Head, int] | None = None
    for used in range(1, len(lines) + 1):
        if used < len(lines) and lines[used].kind == "note":
            continue
        stubs = _stub_counts(region, lines[used:])
        head = read_head(_head_runs(region, lines[:used]), columns, stubs)
        if head and (best is None or head.score > best[0].score + 0.4):
            best = (head, used)
    return None if best is None or best[0].score < 0.5 else best


def _stub_counts(region: _Region, first_labels: Sequence[FlowLine]) -> tuple[int, ...]:
    """Return how many label columns the rows allow."""
    if not first_labels and not any(line.label for line in region.body):
        return (0,)
    return (1, 2)


def _rows(
    body: Sequence[FlowLine],
    first: Sequence[FlowLine],
    stubs: int,
    width: int,
    *,
    from_right: bool,
) -> Iterator[Row]:
    """Yield the rows: each line of values with the labels that wait for it."""
    pending = [line.label for line in first if line.kind == "label" and line.label]
    for line in body:
        if line.kind == "label" and line.label is not None:
            if stubs == 2 and FUNDING_LABEL.match(line.label.text.strip()):
                yield (*_stub_cells(pending, line.label, stubs), *([BLANK] * width))
                pending = []
            else:
                pending.append(line.label)
        elif line.values:
            cells = _stub_cells(pending, line.label, stubs) if stubs else ()
            yield (*cells, *_value_cells(line.values, width, from_right=from_right))
            pending = []


def _stub_cells(pending: Sequence[Run], own: Run | None, stubs: int) -> tuple[RowCell, ...]:
    labels = [*pending, *([own] if own is not None else [])]
    if stubs == 1:
        return (RowCell(runs=tuple(labels)),) if labels else (BLANK,)
    if own is not None and TOTAL_LABEL.match(own.text.strip()) and not pending:
        return (RowCell(runs=(own,), span=2),)
    if own is None:
        return (RowCell(runs=tuple(labels), span=2),) if labels else (BLANK, BLANK)
    group = RowCell(runs=tuple(pending)) if pending else BLANK
    return (group, RowCell(runs=(own,)))


def _value_cells(values: Sequence[Value], width: int, *, from_right: bool) -> tuple[RowCell, ...]:
    """Return the values of a row; where blanks were lost, after its total or before them all."""
    cells = [RowCell(runs=value.runs) for value in values[:width]]
    lost = [BLANK] * (width - len(cells))
    return (cells[0], *lost, *cells[1:]) if from_right else (*cells, *lost)


def _grid(head: Head, rows: Sequence[Row], *, ambiguous: bool) -> TableGrid:
    width = max((label.col for label in head.leaves), default=0) + 1
    header = [_header_row(head.groups, width)] if head.groups else []
    header.append(_header_row(head.leaves, width))
    if head.groups:
        header = _lifted(header, head)
    return grid_of(
        [*header, *rows],
        engine="flowed",
        header_row_count=len(header),
        notes=(
            ["Blank cells were lost in short rows: the columns of their values are not certain."]
            if ambiguous
            else []
        ),
        is_ambiguous=ambiguous,
        confidence=0.6 if ambiguous else 0.9,
    )


def _header_row(labels: Sequence[Label], width: int) -> Row:
    cells: list[RowCell] = []
    col = 0
    for label in sorted(labels, key=lambda label: label.col):
        cells.extend([BLANK] * (label.col - col))
        cells.append(RowCell(runs=label.runs, span=label.span))
        col = label.col + label.span
    return (*cells, *([BLANK] * (width - col)))


def _lifted(header: Sequence[Row], head: Head) -> list[Row]:
    """Put leaves that no group covers into the first heading row, where they were printed."""
    covered = {c for label in head.groups for c in range(label.col, label.col + label.span)}
    width = len(header[1])
    top = [
        *head.groups,
        *(label for label in head.leaves if label.col not in covered),
    ]
    below = [label for label in head.leaves if label.col in covered]
    return [_header_row(top, width), _header_row(below, width)]
