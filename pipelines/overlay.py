"""A page of a report with the tables that were found drawn over it, so that people can look."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extract.errors import DocumentError
from extract.records import Place
from normalize.records import TableReading
from pipelines.examine import Examined, examine
from pipelines.masked import Shown
from pipelines.reasons import UNWRITABLE, RunError, describe_problem
from pipelines.rows import Quarantined
from pipelines.sources import Source

_SCALE: Final = 2.0
_CELL: Final = (0, 90, 200)
_HEADING: Final = (0, 140, 60)
_FAILING: Final = (210, 0, 0)
_TABLE: Final = (200, 100, 0)
_THIN, _THICK = 1, 4
_LABEL_SIZE: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A box to draw, in points of the page, and what stands above it."""

    place: Place
    colour: tuple[int, int, int]
    width: int
    label: str = ""


def draw_tables(
    file: Path, page_no: int, picture: Path, keep_personal: bool = False
) -> tuple[str, ...]:
    """Write a page (1-based) with its tables as PNG and return one line for each table.

    Tables are framed in orange under their id, cells in blue, headings in green, and cells of
    relations that fail in red. Names, phones and numbers of persons are painted over.

    Args:
        file: the report.
        page_no: the page, from 1.
        picture: the PNG that is written.
        keep_personal: paint nothing over.

    Raises:
        RunError: the file cannot be read, is a text report, has no such page, or the picture
            cannot be written.
    """
    examined = _examine(file, keep_personal)
    pages = examined.report.document.page_count
    if pages is None:
        raise RunError(
            describe_problem("NO_PAGES", str(file), "only the pages of a PDF can be drawn")
        )
    if not 1 <= page_no <= pages:
        words = f"there is no page {page_no}, only 1 to {pages}"
        raise RunError(describe_problem("NO_SUCH_PAGE", str(file), words))
    tables = [table for table in examined.report.tables if _is_on(table, page_no)]
    marks = strokes(tables, page_no, _failing_cells(examined))
    _write(file, page_no, picture, marks, examined.shown)
    return tuple(_describe(table) for table in tables)


def strokes(
    tables: Iterable[TableReading],
    page_no: int,
    failing: frozenset[tuple[str | None, int | None, int | None]],
) -> Iterator[Stroke]:
    """Yield what is drawn of tables on a page: cells, frames over them, failing cells last."""
    last: list[Stroke] = []
    for table in tables:
        for cell in table.cells:
            if cell.place.page == page_no and cell.place.x0 is not None:
                colour = _HEADING if cell.role == "header" else _CELL
                yield Stroke(place=cell.place, colour=colour, width=_THIN)
                if (table.table_id, cell.row, cell.col) in failing:
                    last.append(Stroke(place=cell.place, colour=_FAILING, width=_THICK))
        for part in table.grid.parts:
            if part.page == page_no:
                place = Place(page=page_no, x0=part.x0, y0=part.y0, x1=part.x1, y1=part.y1)
                label = f"{table.table_id} {table.grid.engine}"
                yield Stroke(place=place, colour=_TABLE, width=_THICK, label=label)
    yield from last


def _examine(file: Path, keep_personal: bool) -> Examined:
    source = Source(path=file, file_name=file.name, sha256=None, byte_size=None)
    outcome = examine(source, keep_personal=keep_personal)
    if isinstance(outcome, Quarantined):
        raise RunError(describe_problem(outcome.reason, str(file), outcome.message))
    return outcome


def _is_on(table: TableReading, page_no: int) -> bool:
    return any(part.page == page_no for part in table.grid.parts)


def _failing_cells(
    examined: Examined,
) -> frozenset[tuple[str | None, int | None, int | None]]:
    return frozenset(
        (cell.table_id, cell.row, cell.col)
        for check in examined.audit.checks
        if check.outcome == "mismatch"
        for cell in check.cells
    )


def _write(file: Path, page_no: int, picture: Path, marks: Iterable[Stroke], shown: Shown) -> None:
    from PIL import ImageDraw, ImageFont  # slow to import, seldom needed

    from extract.reading.picture import draw_page
    from pipelines.personal_boxes import personal_boxes

    try:
        data = file.read_bytes()
        image = draw_page(data, page_no, _SCALE, personal_boxes(shown, data, page_no))
    except DocumentError as error:
        raise RunError(describe_problem(error.reason, str(file), error.message)) from error
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(_LABEL_SIZE)
    for mark in marks:
        x0, y0, x1, y1 = _pixels(mark.place)
        pen.rectangle((x0, y0, x1, y1), outline=mark.colour, width=mark.width)
        if mark.label:
            corner = (x0, max(0.0, y0 - _LABEL_SIZE - _THICK))
            pen.text(corner, mark.label, fill=mark.colour, font=font)
    try:
        image.save(picture, format="PNG")
    except OSError as error:
        words = error.strerror or "cannot be written"
        raise RunError(describe_problem(UNWRITABLE, str(picture), words)) from error


def _pixels(place: Place) -> tuple[float, float, float, float]:
    """Return a box in pixels, its corners in order whatever was read."""
    across = sorted(((place.x0 or 0) * _SCALE, (place.x1 or 0) * _SCALE))
    down = sorted(((place.y0 or 0) * _SCALE, (place.y1 or 0) * _SCALE))
    return across[0], down[0], across[1], down[1]


def _describe(table: TableReading) -> str:
    grid = table.grid
    caption = f" {grid.caption.text}" if grid.caption else ""
    return (
        f"{table.table_id}: {grid.row_count} rows, {grid.column_count} columns, "
        f"{grid.engine}, confidence {grid.confidence:g}.{caption}"
    )
