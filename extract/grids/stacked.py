"""Tables of plain dumps (`pdftotext`) whose cells stand one below the other.

Only what headings and cells prove together is read: as many cells in each row as headings, texts
and values where the headings say so. Anything else stays running text.
"""

from collections.abc import Sequence

from extract.grids.stacked_cells import read_stretches
from extract.grids.stacked_columns import read_columns
from extract.grids.stacked_rows import Reading, read_rows
from extract.records import Block, Line


def find_stacked(lines: Sequence[Line]) -> list[Block]:
    """Return the lines with each table of stacked cells as a grid."""
    blocks: list[Block] = []
    position = 0
    for cells in read_stretches(lines):
        columns = read_columns(cells)
        for reading in [columns] if columns is not None else read_rows(cells):
            position = _place(blocks, lines, position, reading)
    blocks.extend(lines[position:])
    return blocks


def _place(blocks: list[Block], lines: Sequence[Line], position: int, reading: Reading) -> int:
    """Add a table and the lines above it, those that are printed within it first."""
    used = {number for cell in reading.used for number in cell.lines}
    blocks.extend(lines[position : min(used)])
    blocks.extend(
        line
        for number, line in enumerate(lines)
        if min(used) < number < max(used) and number not in used and line.run.text.strip()
    )
    blocks.append(reading.grid)
    return max(used) + 1
