"""Made-up text reports for the tests: a text to its lines, grids to rows of strings."""

from collections import Counter
from collections.abc import Iterable, Sequence

from extract.reading.text import read_text
from extract.records import Block, Line, Place, Run, TableGrid
from extract.surroundings import attach_surroundings


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text report, with what stands around its tables."""
    return attach_surroundings(read_text(text.encode(), "report.txt").blocks)


def grids_of(text: str) -> list[TableGrid]:
    """Return the tables of a text report."""
    return [block for block in read_blocks(text) if isinstance(block, TableGrid)]


def grid_of_text(text: str) -> TableGrid:
    """Return the only table of a text report."""
    (grid,) = grids_of(text)
    return grid


def lines_of(text: str | Iterable[str]) -> list[Line]:
    """Return the lines of a text, or texts of one line each, as running text, one run each."""
    rows = text.split("\n") if isinstance(text, str) else text
    return [
        Line(run=Run(text=line, place=Place(line_no=number, char_start=0, char_end=len(line))))
        for number, line in enumerate(rows, 1)
    ]


def rows_of(grid: TableGrid) -> list[list[str]]:
    """Return the texts of a grid by row; a merged cell stands at its first position."""
    rows = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


def runs_of(blocks: Sequence[Block]) -> list[Run]:
    """Return the runs of lines and cells, in order; captions and notes repeat lines."""
    runs: list[Run] = []
    for block in blocks:
        if isinstance(block, Line):
            runs.append(block.run)
        else:
            runs.extend(run for cell in block.cells for run in cell.runs)
    return runs


def places_of(blocks: Sequence[Block]) -> Counter[tuple[int | None, int | None]]:
    """Count at each place of the file how often its character stands in a block."""
    return Counter(
        (place.line_no, place.char_start)
        for run in runs_of(blocks)
        for i, char in enumerate(run.text)
        if not char.isspace()
        for place in [run.slice(i, i + 1).place]
    )
