"""Cells that stand one below the other, each on its own lines, as plain `pdftotext` prints them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.grids.flowed_lines import FlowLine, read_flow
from extract.grids.rows import RowCell
from extract.records import Line, Run
from extract.shapes import Shape, is_value, shape_of

_MOST_CELL_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedCell:
    """A cell of a dump, not yet in a row."""

    runs: tuple[Run, ...]
    lines: tuple[int, ...]
    """Positions of its lines in the list of lines that was given."""
    paragraph: int
    """Number of the paragraph it stands in: cells of one paragraph have no blank line between."""

    @property
    def text(self) -> str:
        """The printed text, lines joined by spaces."""
        return " ".join(run.text.strip() for run in self.runs)

    @property
    def shape(self) -> Shape:
        """What the text looks like."""
        return shape_of(self.text)

    @property
    def is_value(self) -> bool:
        """True for a number, a rate or a nil sign, with the bracket that splits it."""
        return is_value(shape_of(self.runs[0].text)) if self.runs else False

    @property
    def row_cell(self) -> RowCell:
        """The cell as a part of a row."""
        return RowCell(runs=self.runs)

    def last_line(self) -> "StackedCell":
        """Return the cell without the lines above its last."""
        return StackedCell(runs=self.runs[-1:], lines=self.lines[-1:], paragraph=self.paragraph)


def read_stretches(lines: Sequence[Line]) -> Iterator[list[StackedCell]]:
    """Yield the cells between borders: bullets, prose, page numbers, lines of several values."""
    cells: list[StackedCell] = []
    paragraph = 0
    for line in read_flow(lines):
        if line.kind == "blank":
            paragraph += 1
        elif line.kind == "note":
            continue
        elif _is_cell(line, lines):
            _add(cells, line, lines, paragraph)
        else:
            yield cells
            cells = []
    yield cells


def _is_cell(line: FlowLine, lines: Sequence[Line]) -> bool:
    if line.kind == "label":
        return True
    if line.kind != "values" or len(line.values) != 1:
        return False
    # Words behind a closing bracket belong to no value: such a line is no single cell.
    printed = "".join(lines[number].run.text for number in range(line.index, line.last + 1))
    read = "".join(run.text for run in line.values[0].runs)
    return "".join(printed.split()) == "".join(read.split())


def _add(cells: list[StackedCell], line: FlowLine, lines: Sequence[Line], paragraph: int) -> None:
    """Add a line to the cells: text goes on with the text above it, a value is a cell."""
    runs = line.values[0].runs if line.values else ((line.label,) if line.label else ())
    positions = tuple(
        number for number in range(line.index, line.last + 1) if lines[number].run.text.strip()
    )
    cell = StackedCell(runs=runs, lines=positions, paragraph=paragraph)
    above = cells[-1] if cells else None
    if above is not None and above.paragraph == paragraph and _goes_on(above, cell):
        cells[-1] = StackedCell(
            runs=(*above.runs, *cell.runs),
            lines=(*above.lines, *cell.lines),
            paragraph=paragraph,
        )
    else:
        cells.append(cell)


def _goes_on(above: StackedCell, cell: StackedCell) -> bool:
    """Tell whether a line belongs to the cell above it in the same paragraph."""
    if len(above.runs) >= _MOST_CELL_LINES or cell.is_value:
        return False
    return not above.is_value or cell.text.startswith(("(", "["))
