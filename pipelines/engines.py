"""The engine that the user asked for: our reading, or all pages as another engine draws them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final, Literal

from extract.grids.joined import join_continued
from extract.records import Block, Document, Line, Place, Run, TableGrid
from extract.surroundings import attach_surroundings
from pipelines.choose import SecondOpinion, overlap

EngineChoice = Literal["auto", "ours", "pdfplumber", "camelot"]
"""auto asks camelot about tables that do not add up, ours asks nobody; the others draw all."""

_CONFIDENCE: Final = 0.9
_SAME_PLACE: Final = 0.5


def second_opinion(path: Path, document: Document, choice: EngineChoice) -> SecondOpinion | None:
    """Return a reader of single pages by another engine; None where nobody is to be asked."""
    if document.page_count is None or choice != "auto":
        return None

    def ask(page: int) -> tuple[TableGrid, ...]:
        from extract.reading.second import read_second  # slow to import, seldom needed

        return read_second(path.read_bytes(), page, "camelot")

    return ask


def read_with(path: Path, document: Document, choice: EngineChoice) -> Document:
    """Return the document with the tables of the chosen engine; a text report stays as it is.

    Raises:
        EncryptedDocument: The engine needs a password.
        CorruptDocument: The engine cannot open the file.
    """
    if document.page_count is None or choice == "auto" or choice == "ours":
        return document
    from extract.reading.second import read_every_page  # slow to import, seldom needed

    pages = enumerate(read_every_page(path.read_bytes(), choice), 1)
    return exchange_tables(document, {page: grids for page, grids in pages if grids is not None})


def exchange_tables(document: Document, theirs: dict[int, tuple[TableGrid, ...]]) -> Document:
    """Return the document with the tables of some pages (1-based) read by another engine.

    They take captions and unit notes from our tables in the same place. Text of our tables that
    stands in none of theirs becomes running text; pages that are not named stay as they are.
    """
    blocks: defaultdict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        for part in _cut_by_page(block, theirs):
            blocks[_place(part).page or 0].append(part)
    pages = (
        _exchange_page(blocks[page], theirs[page]) if page in theirs else blocks[page]
        for page in sorted({*blocks, *theirs})
    )
    joined = join_continued(chain.from_iterable(pages))
    return replace(document, blocks=attach_surroundings(joined))


def _cut_by_page(block: Block, theirs: dict[int, tuple[TableGrid, ...]]) -> Iterator[Block]:
    """Yield a block, or a table over several pages as its parts where one of them is exchanged."""
    if isinstance(block, Line) or not any(part.page in theirs for part in block.parts[1:]):
        yield replace(block, footnotes=()) if isinstance(block, TableGrid) else block
        return
    for part in block.parts:
        rows = range(part.row_first, part.row_last + 1)
        cells = tuple(
            replace(cell, row=cell.row - part.row_first) for cell in block.cells if cell.row in rows
        )
        place = Place(page=part.page, x0=part.x0, y0=part.y0, x1=part.x1, y1=part.y1)
        whole = replace(part, row_first=0, row_last=len(rows) - 1)
        yield replace(
            block, cells=cells, row_count=len(rows), place=place, parts=(whole,),
            header_row_count=None, alternatives=(), footnotes=(),
        )  # fmt: skip


def _exchange_page(ours: Sequence[Block], theirs: Sequence[TableGrid]) -> list[Block]:
    """Return one page with their tables at the place of the first of our blocks below them."""
    left = [line for block in ours for line in _lines_outside(block, theirs)]
    for grid in sorted(theirs, key=lambda grid: _top(grid), reverse=True):
        position = next((n for n, block in enumerate(left) if _is_below(block, grid)), len(left))
        left.insert(position, _dressed(grid, ours))
    return left


def _lines_outside(block: Block, theirs: Sequence[TableGrid]) -> Iterator[Block]:
    runs: Iterable[Run]
    if isinstance(block, Line):
        if not any(_holds(grid, block.run) for grid in theirs):
            yield block
        return
    runs = (run for cell in block.cells for run in cell.runs)
    yield from (Line(run=run) for run in runs if not any(_holds(grid, run) for grid in theirs))


def _holds(grid: TableGrid, run: Run) -> bool:
    box, text = grid.place, run.place
    if None in (box.x0, box.y0, box.x1, box.y1, text.x0, text.y0, text.x1, text.y1):
        return False
    across = ((text.x0 or 0) + (text.x1 or 0)) / 2
    down = ((text.y0 or 0) + (text.y1 or 0)) / 2
    return (box.x0 or 0) <= across <= (box.x1 or 0) and (box.y0 or 0) <= down <= (box.y1 or 0)


def _is_below(block: Block, grid: TableGrid) -> bool:
    return _top(block) >= _top(grid)


def _top(block: Block) -> float:
    return _place(block).y0 or 0.0


def _place(block: Block) -> Place:
    return block.run.place if isinstance(block, Line) else block.place


def _dressed(grid: TableGrid, ours: Sequence[Block]) -> TableGrid:
    """Return their table with caption and unit note of ours in the same place, and say whose."""
    note = f"Read by {grid.engine}, as asked; our reading was not compared with it."
    dressed = replace(
        grid,
        confidence=min(grid.confidence, _CONFIDENCE),
        note=" ".join(filter(None, (grid.note, note))),
    )
    tables = [block for block in ours if isinstance(block, TableGrid)]
    nearest = max(tables, key=lambda table: overlap(table, grid), default=None)
    if nearest is None or overlap(nearest, grid) < _SAME_PLACE:
        return dressed
    return replace(dressed, caption=nearest.caption, unit_note=nearest.unit_note)
