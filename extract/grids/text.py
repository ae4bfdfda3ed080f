"""Tables in text files: each way of writing one is tried in turn on what the others left."""

from collections.abc import Callable, Sequence

from extract.grids.aligned import find_aligned
from extract.grids.flowed import find_flowed
from extract.grids.lined import find_lined
from extract.grids.piped import find_piped
from extract.grids.stacked import find_stacked
from extract.grids.tabbed import find_tabbed
from extract.records import Block, Line, TableGrid

_Finder = Callable[[Sequence[Line]], list[Block]]

_FINDERS: tuple[_Finder, ...] = (
    find_piped,
    find_tabbed,
    find_aligned,
    find_lined,
    find_flowed,
    find_stacked,
)


def find_text_grids(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Return the lines of a text file with its tables in their places."""
    blocks: list[Block] = list(lines)
    for finder in _FINDERS:
        blocks = _apply(finder, blocks)
    return tuple(blocks)


def _apply(finder: _Finder, blocks: Sequence[Block]) -> list[Block]:
    """Run a finder over each unbroken stretch of lines."""
    found: list[Block] = []
    stretch: list[Line] = []
    for block in blocks:
        if isinstance(block, TableGrid):
            found.extend(finder(stretch) if stretch else [])
            found.append(block)
            stretch = []
        else:
            stretch.append(block)
    found.extend(finder(stretch) if stretch else [])
    return found
