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
    """Add a table and the lines above it; what is printed among its cells is kept.

    Lines among the headings (a note of the unit) go above the table, lines among the rows below.
    """
    used = {number for cell in reading.used for number in cell.lines}
    first, last = min(used), max(used)
    values = min(number for cell in reading.used if cell.is_value for number in cell.lines)
    between = [
        (number, lines[number])
        for number in range(first, last)
        if number not in used and lines[number].run.text.strip()
    ]
    blocks.extend(lines[position:first])
    blocks.extend(line for number, line in between if number < values)
    blocks.append(reading.grid)
    blocks.extend(line for number, line in between if number > values)
    return last + 1
