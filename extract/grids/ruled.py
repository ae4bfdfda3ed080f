"""Tables from ruling lines: rules to networks, lattices, cells, and the text inside of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extract.grids.ruled_cells import Area, find_areas
from extract.grids.ruled_edges import join_rules, outline
from extract.grids.ruled_lattice import Lattice, build_lattice
from extract.grids.ruled_nested import note_inner
from extract.grids.ruled_networks import Network, find_networks
from extract.grids.ruled_open import split_open_rows
from extract.grids.ruled_placed import PlacedGlyphs, part_glyphs, place_glyphs
from extract.grids.ruled_sections import join_sections
from extract.grids.ruled_shapes import Box, Glyph, PageShapes, Rule
from extract.grids.ruled_tiles import tile_networks
from extract.options import GridOptions, PdfOptions
from extract.reading.pdf_letters import has_ink
from extract.reading.pdf_lines import gather_lines
from extract.reading.pdf_runs import build_runs, to_thousandths
from extract.records import Cell, Place, Run, TableGrid, TablePart

_NOTHING_KNOWN: Mapping[Place, tuple[Run, ...]] = {}
_CUT_CONFIDENCE = 0.9
_CUT_NOTE = "Rows that no rule parts were cut where all columns have a gap."


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGrids:
    """The tables of a page and the characters outside of them."""

    grids: tuple[TableGrid, ...]
    """In the order of their upper borders."""
    rest: tuple[Glyph, ...]
    is_drawing: bool = False
    """The page has so many rules that no tables were looked for."""


def find_grids(page: PageShapes, options: PdfOptions) -> PageGrids:
    """Find the ruled tables of a page, the inner ones of nested tables first.

    A frame counts as a table when text stands in two rows and two columns of it; the text of
    other frames stays with the running text.
    """
    lattices = find_lattices(page, options.grids)
    if lattices is None:
        return PageGrids(grids=(), rest=page.glyphs, is_drawing=True)
    left = place_glyphs(page.glyphs)
    found: list[TableGrid] = []
    for lattice in sorted(lattices, key=lambda lattice: lattice.box.area):
        inside, outside = part_glyphs(left, lattice.box, options.grids)
        grid = _read_lattice(lattice, inside, page.number, options)
        if grid is not None:
            found.append(grid)
            left = outside
    found = [note_inner(grid, found) for grid in found]
    found.sort(key=lambda grid: (grid.place.y0 or 0, grid.place.x0 or 0))
    return PageGrids(grids=tuple(found), rest=tuple(left.glyphs))


def _read_lattice(
    lattice: Lattice, glyphs: PlacedGlyphs, page: int, options: PdfOptions
) -> TableGrid | None:
    """Fill a lattice, and fill it again when some of its rows have to be cut."""
    grid = fill_lattice(lattice, glyphs, page, options)
    if grid is None:
        return None
    finer = split_open_rows(lattice, grid.cells, options.grids)
    if finer is lattice:
        return grid
    known = {cell.place: cell.runs for cell in grid.cells}
    cut = fill_lattice(finer, glyphs, page, options, known=known)
    return None if cut is None else replace(cut, confidence=_CUT_CONFIDENCE, note=_CUT_NOTE)


def find_lattices(page: PageShapes, options: GridOptions) -> tuple[Lattice, ...] | None:
    """Return the lattices that the rules of a page draw; None where the page is a drawing."""
    across = join_rules(page.rules, "h", options)
    down = join_rules(page.rules, "v", options)
    if len(across) + len(down) > options.most_rules:
        return None
    sides = [side for fill in page.fills for side in outline(fill)]
    shade = Network(across=join_rules(sides, "h", options), down=join_rules(sides, "v", options))
    built = (
        build_lattice(add_shade_borders(network, shade, options), options)
        for network in join_sections(find_networks(across, down, options), page.glyphs, options)
    )
    ruled = [lattice for lattice in built if lattice is not None]
    tiled = tile_networks(page.fills, [lattice.box for lattice in ruled], options)
    cells = (build_lattice(network, options) for network in tiled)
    return (*ruled, *(lattice for lattice in cells if lattice is not None))


def add_shade_borders(network: Network, shade: Network, options: GridOptions) -> Network:
    """Add the borders of shaded areas that run through the whole table, such as a heading's."""
    box = network.box
    return Network(
        across=(*network.across, *_through(shade.across, box.x0, box.x1, box.y0, box.y1, options)),
        down=(*network.down, *_through(shade.down, box.y0, box.y1, box.x0, box.x1, options)),
    )


def _through(
    rules: Sequence[Rule],
    start: float,
    end: float,
    first: float,
    last: float,
    options: GridOptions,
) -> Iterator[Rule]:
    """Yield rules that run from `start` to `end` at positions between `first` and `last`."""
    for rule in rules:
        cut = rule.cut(start, end)
        is_inside = first + options.snap < rule.position < last - options.snap
        if is_inside and cut.length >= end - start - 2 * options.snap:
            yield cut


def fill_lattice(
    lattice: Lattice,
    glyphs: PlacedGlyphs,
    page: int,
    options: PdfOptions,
    engine: str = "ruled",
    known: Mapping[Place, tuple[Run, ...]] = _NOTHING_KNOWN,
) -> TableGrid | None:
    """Put characters into the cells of a lattice; None where the result is no table.

    Args:
        lattice: Borders of rows and columns, and the walls between fields.
        glyphs: The characters inside of it.
        page: 1-based.
        options: How text is read.
        engine: What found the lattice.
        known: The printed lines of cells that were filled before.
    """
    areas = find_areas(lattice)
    texts = _texts(lattice, areas, glyphs)
    filled = [area for area, text in zip(areas, texts, strict=True) if has_ink(text)]
    if not _is_table(filled) or _severs_text(areas, texts, options):
        return None
    xs, ys = to_thousandths(np.array(lattice.xs)), to_thousandths(np.array(lattice.ys))
    places = [
        Place(
            page=page,
            x0=xs[area.col],
            y0=ys[area.row],
            x1=xs[area.col + area.col_span],
            y1=ys[area.row + area.row_span],
        )
        for area in areas
    ]
    new = [text for text, place in zip(texts, places, strict=True) if place not in known]
    built = iter(build_runs(new, page, options))
    cells = tuple(
        Cell(
            row=area.row,
            col=area.col,
            row_span=area.row_span,
            col_span=area.col_span,
            runs=known[place] if place in known else next(built),
            place=place,
        )
        for area, place in zip(areas, places, strict=True)
    )
    return _grid(cells, lattice, page, engine)


def _texts(lattice: Lattice, areas: Sequence[Area], placed: PlacedGlyphs) -> list[list[Glyph]]:
    """Return the characters of each area: those whose middle lies in one of its fields."""
    owners = np.empty((lattice.row_count, lattice.column_count), dtype=np.int64)
    for number, area in enumerate(areas):
        owners[area.row : area.row + area.row_span, area.col : area.col + area.col_span] = number
    rows = np.searchsorted(lattice.ys[1:-1], placed.ys, side="right")
    columns = np.searchsorted(lattice.xs[1:-1], placed.xs, side="right")
    texts: list[list[Glyph]] = [[] for _ in areas]
    for glyph, number in zip(placed.glyphs, owners[rows, columns].tolist(), strict=True):
        texts[number].append(glyph)
    return texts


def _severs_text(
    areas: Sequence[Area], texts: Sequence[Sequence[Glyph]], options: PdfOptions
) -> bool:
    """Tell whether a region that is no rectangle was cut through a line of text.

    Then its rules are the frame of a heading with a tab on its border, not a table.
    """
    regions: defaultdict[int, list[int]] = defaultdict(list)
    for number, area in enumerate(areas):
        if texts[number]:
            regions[area.region].append(number)
    for members in regions.values():
        if len(members) < 2:
            continue
        owners = {id(glyph): number for number in members for glyph in texts[number]}
        for line in gather_lines([g for number in members for g in texts[number]], options):
            inked = [glyph for glyph in line if glyph.text.strip()]
            for left, right in pairwise(inked):
                is_near = right.box.x0 - left.box.x1 < options.severed_gap * left.size
                if is_near and owners[id(left)] != owners[id(right)]:
                    return True
    return False


def _is_table(filled: Sequence[Area]) -> bool:
    """Tell whether text stands in at least two rows and two columns, side by side."""
    if len({cell.row for cell in filled}) < 2 or len({cell.col for cell in filled}) < 2:
        return False
    return not _is_chart(filled)


def _is_chart(filled: Sequence[Area]) -> bool:
    """Tell whether boxes with text stand apart, joined by lines only: an organisation chart."""
    taken = {
        (cell.row + down, cell.col + right)
        for cell in filled
        for down in range(cell.row_span)
        for right in range(cell.col_span)
    }
    beside = sum(
        any((cell.row + n, cell.col + cell.col_span) in taken for n in range(cell.row_span))
        for cell in filled
    )
    below = sum(
        any((cell.row + cell.row_span, cell.col + n) in taken for n in range(cell.col_span))
        for cell in filled
    )
    return 4 * max(beside, below) < len(filled)


def _grid(cells: tuple[Cell, ...], lattice: Lattice, page: int, engine: str) -> TableGrid:
    box = lattice.box
    return TableGrid(
        cells=cells,
        row_count=lattice.row_count,
        column_count=lattice.column_count,
        engine=engine,
        place=box.place(page),
        parts=(part_of(box, page, lattice.row_count),),
    )


def part_of(box: Box, page: int, row_count: int) -> TablePart:
    """Return a whole table on one page as its only part."""
    return TablePart(
        page=page,
        x0=round(box.x0, 3),
        y0=round(box.y0, 3),
        x1=round(box.x1, 3),
        y1=round(box.y1, 3),
        row_first=0,
        row_last=row_count - 1,
    )
