"""Second opinions on the pages of a PDF: the tables as camelot or pdfplumber itself sees them."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from extract.errors import CorruptDocument
from extract.grids.ruled import fill_lattice
from extract.grids.ruled_lattice import Lattice, snap_positions
from extract.grids.ruled_placed import part_glyphs, place_glyphs
from extract.grids.ruled_shapes import Box, PageShapes
from extract.options import PdfOptions
from extract.reading.pdf_fence import fenced
from extract.reading.plumber_page import crop_box, open_pages, quiet, read_page
from extract.records import TableGrid

Engine = Literal["camelot", "pdfplumber"]

_DEFAULTS = PdfOptions()


def read_second(
    data: bytes, page_no: int, engine: Engine, options: PdfOptions = _DEFAULTS
) -> tuple[TableGrid, ...]:
    """Return the tables of one page (1-based) with the cells that another engine draws.

    The engine decides on rows, columns and spans; the text of each cell, with its places, is read
    as in the first reading. Empty where the engine fails or finds nothing.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: The page does not exist or cannot be read at all.
    """
    with quiet():
        pages = open_pages(data)
        if not 1 <= page_no <= len(pages):
            message = f"there is no page {page_no}"
            raise CorruptDocument(message)
        return _read_page(data, pages[page_no - 1], engine, options) or ()


def read_every_page(
    data: bytes, engine: Engine, options: PdfOptions = _DEFAULTS
) -> Iterator[tuple[TableGrid, ...] | None]:
    """Yield the tables of each page in order, with the cells that another engine draws.

    None where the engine fails or the page has no text of its own, as a scan has none.

    Raises:
        EncryptedDocument: A password is needed.
        CorruptDocument: The engine cannot open the file.
    """
    with quiet():
        for page in open_pages(data):
            try:
                yield _read_page(data, page, engine, options)
            except CorruptDocument:
                yield None


def _read_page(
    data: bytes, page: Any, engine: Engine, options: PdfOptions
) -> tuple[TableGrid, ...] | None:
    """Return the tables of one of pdfplumber's pages; None where there are no characters.

    Raises:
        CorruptDocument: The page cannot be read at all.
    """
    shapes: PageShapes = fenced(lambda: read_page(page, options.grids))
    if not shapes.glyphs:
        page.close()
        return None
    try:
        lattices: list[Lattice] = fenced(
            lambda: list(
                _camelot_lattices(data, page)
                if engine == "camelot"
                else _pdfplumber_lattices(page, options)
            )
        )
    except CorruptDocument:
        return None
    finally:
        page.close()
    return tuple(_fill(lattices, shapes, engine, options))


def _fill(
    lattices: Iterable[Lattice], shapes: PageShapes, engine: Engine, options: PdfOptions
) -> Iterator[TableGrid]:
    placed = place_glyphs(shapes.glyphs)
    for lattice in sorted(lattices, key=lambda lattice: (lattice.ys[0], lattice.xs[0])):
        inside, _ = part_glyphs(placed, lattice.box, options.grids)
        grid = fill_lattice(lattice, inside, shapes.number, options, engine)
        if grid is not None:
            yield grid


def _pdfplumber_lattices(page: Any, options: PdfOptions) -> Iterator[Lattice]:
    """Yield the tables of pdfplumber's own finder; walls stand wherever no cell spans."""
    crop = crop_box(page.page_obj)
    left = page.mediabox[0] + crop.x0
    top = page.mediabox[1] + page.height - crop.y1
    for table in page.find_tables():
        boxes = [
            Box(x0=x0 - left, y0=y0 - top, x1=x1 - left, y1=y1 - top)
            for x0, y0, x1, y1 in table.cells
        ]
        yield lattice_of_boxes(boxes, options)


def lattice_of_boxes(boxes: list[Box], options: PdfOptions) -> Lattice:
    """Return the lattice whose cells are the given boxes."""
    snap = options.grids.touch
    xs = snap_positions([(x, 1.0) for box in boxes for x in (box.x0, box.x1)], snap)
    ys = snap_positions([(y, 1.0) for box in boxes for y in (box.y0, box.y1)], snap)
    right = {(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 2)}
    lower = {(r, c) for r in range(len(ys) - 2) for c in range(len(xs) - 1)}
    for box in boxes:
        columns = range(_nearest(xs, box.x0), _nearest(xs, box.x1))
        rows = range(_nearest(ys, box.y0), _nearest(ys, box.y1))
        right -= {(r, c) for r in rows for c in columns[:-1]}
        lower -= {(r, c) for r in rows[:-1] for c in columns}
    return Lattice(xs=xs, ys=ys, right_walls=frozenset(right), lower_walls=frozenset(lower))


def _nearest(borders: tuple[float, ...], position: float) -> int:
    return min(range(len(borders)), key=lambda index: abs(borders[index] - position))


def _camelot_lattices(data: bytes, page: Any) -> Iterator[Lattice]:
    """Yield the tables of camelot's lattice reader; a wall is a side that it found ruled."""
    from camelot.io import read_pdf  # here: it takes seconds to load and few files need it

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(data)
        tables = read_pdf(
            str(path),
            pages=str(page.page_number),
            flavor="lattice",
            backend="pdfium",
            suppress_stdout=True,
        )
        crop = crop_box(page.page_obj)
        for table in tables:
            yield _camelot_lattice(table, crop)


def _camelot_lattice(table: Any, crop: Box) -> Lattice:
    """Turn camelot's cells, whose y runs upwards, into a lattice in display space."""
    cells = table.cells
    lefts = tuple(float(cell.x1) - crop.x0 for cell in cells[0])
    tops = tuple(crop.y1 - float(row[0].y2) for row in cells)
    rows, columns = len(cells), len(cells[0])
    return Lattice(
        xs=(*lefts, float(cells[0][-1].x2) - crop.x0),
        ys=(*tops, crop.y1 - float(cells[-1][0].y1)),
        right_walls=frozenset(
            (row, col)
            for row in range(rows)
            for col in range(columns - 1)
            if cells[row][col].right or cells[row][col + 1].left
        ),
        lower_walls=frozenset(
            (row, col)
            for row in range(rows - 1)
            for col in range(columns)
            if cells[row][col].bottom or cells[row + 1][col].top
        ),
    )
