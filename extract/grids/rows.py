"""Rows of cells on their way to a grid: the shared last step of every reader of text tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Cell, Place, Run, TableGrid
from extract.shapes import Shape, shape_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCell:
    """A cell of a row whose column may still change."""

    runs: tuple[Run, ...] = ()
    is_moved: bool = False
    span: int = 1
    """How many columns the cell covers."""

    @property
    def text(self) -> str:
        """The cell's printed text, lines joined by line feeds."""
        return "\n".join(run.text for run in self.runs)

    @property
    def shape(self) -> Shape:
        """What the text looks like."""
        return shape_of(self.text)

    @property
    def is_blank(self) -> bool:
        """True where nothing is printed."""
        return not self.text.strip()


Row = tuple[RowCell, ...]
BLANK = RowCell()


def width(rows: Sequence[Row]) -> int:
    """Return the number of columns that the rows cover."""
    return max((sum(cell.span for cell in row) for row in rows), default=0)


def padded(row: Row, columns: int) -> Row:
    """Return the row with blank cells up to the number of columns."""
    return row + (BLANK,) * (columns - sum(cell.span for cell in row))


def grid_of(
    rows: Sequence[Row],
    *,
    engine: str,
    header_row_count: int | None,
    notes: Sequence[str] = (),
    is_ambiguous: bool = False,
    confidence: float = 1.0,
) -> TableGrid:
    """Return the grid that the rows form; blank cells are kept as cells without runs."""
    columns = width(rows)
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        col = 0
        for cell in padded(row, columns):
            cells.append(_cell(number, col, cell))
            col += cell.span
    printed = [cell for cell in cells if cell.runs]
    lines = [run.place.line_no for cell in printed for run in cell.runs if run.place.line_no]
    first = min(printed, key=lambda cell: cell.place.line_no or 0) if printed else cells[0]
    return TableGrid(
        cells=tuple(cells),
        row_count=len(rows),
        column_count=columns,
        header_row_count=header_row_count,
        engine=engine,
        place=first.place,
        line_last=max(lines, default=None),
        note=" ".join(notes),
        is_ambiguous=is_ambiguous,
        confidence=confidence,
    )


def _cell(row: int, col: int, cell: RowCell) -> Cell:
    runs = tuple(run.strip() for run in cell.runs if run.text.strip())
    return Cell(
        row=row,
        col=col,
        col_span=cell.span,
        runs=runs,
        place=runs[0].place if runs else Place(),
        is_moved=cell.is_moved,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A cell whose rows and columns are known."""

    row: int
    col: int
    runs: tuple[Run, ...]
    row_span: int = 1
    col_span: int = 1


def filled_up(placed: Sequence[PlacedCell], rows: int, columns: int) -> list[Cell]:
    """Return the cells in reading order, with a blank cell wherever none of them lies."""
    taken = {
        (row, col)
        for cell in placed
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }
    blanks = [
        PlacedCell(row=row, col=col, runs=())
        for row in range(rows)
        for col in range(columns)
        if (row, col) not in taken
    ]
    cells: list[Cell] = []
    for cell in sorted((*placed, *blanks), key=lambda cell: (cell.row, cell.col)):
        runs = tuple(run.strip() for run in cell.runs if run.text.strip())
        cells.append(
            Cell(
                row=cell.row,
                col=cell.col,
                row_span=cell.row_span,
                col_span=cell.col_span,
                runs=runs,
                place=runs[0].place if runs else Place(),
            )
        )
    return cells
