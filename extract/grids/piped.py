"""Markdown pipe tables."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from extract.grids.rows import Row, RowCell, grid_of
from extract.records import Block, Line, Run

_PIPED = regex.compile(r"^\s*\|.*\|\s*$|^[^|\n]*\S\s*\|.*\S\s*$")
"""With the bars at both ends, or between the cells only."""
_RULE = regex.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_BAR = regex.compile(r"(?<!\\)\|")


def find_piped(lines: Sequence[Line]) -> list[Block]:
    """Return the lines with each Markdown table as a grid, without the rule below its heading."""
    blocks: list[Block] = []
    block: list[Line] = []
    for line in [*lines, None]:
        if line is not None and _PIPED.match(line.run.text):
            block.append(line)
            continue
        blocks.extend(_table(block))
        block = []
        if line is not None:
            blocks.append(line)
    return blocks


def _table(block: Sequence[Line]) -> list[Block]:
    rules = [i for i, line in enumerate(block) if _RULE.match(line.run.text)]
    if len(block) < 3 or not rules or rules[0] == 0:
        return list(block)
    rows = [_cells(line.run) for i, line in enumerate(block) if i not in rules]
    return [grid_of(rows, engine="piped", header_row_count=rules[0])]


def _cells(run: Run) -> Row:
    text = run.text.rstrip()
    bars = [match.start() for match in _BAR.finditer(text)]
    if not text.lstrip().startswith("|"):
        bars.insert(0, -1)
    if not text.endswith("|"):
        bars.append(len(text))
    return tuple(RowCell(runs=(run.slice(start + 1, end),)) for start, end in pairwise(bars))
