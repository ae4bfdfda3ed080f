"""Two engines compared on a file that gives reason to doubt the first one."""

from collections.abc import Iterator, Sequence
from functools import partial

from extract.errors import DocumentError
from extract.grids.ruled_shapes import PageShapes
from extract.options import PdfOptions
from extract.reading.pdf_fence import fenced
from extract.reading.plumber_page import open_pages, quiet, read_page

_MOST_PAGES = 3
"""Pages that are read twice: those with most characters."""
_FEW = 50
"""With fewer characters on both sides twice as many mean nothing."""
_TIMES = 2


def find_disagreements(
    data: bytes, characters: Sequence[int], options: PdfOptions
) -> Iterator[str]:
    """Yield warnings where the second engine sees another file than the first.

    `characters` are those of each page as the first engine read them, 0 where it did not.
    """
    with quiet():
        try:
            pages = open_pages(data)
        except DocumentError:
            return  # only the first engine can open it: there is nothing to compare
        if len(pages) != len(characters):
            yield "ENGINES_DISAGREE_ON_PAGES"
            return
        fullest = sorted(range(len(pages)), key=lambda number: -characters[number])
        for number in fullest[:_MOST_PAGES]:
            try:
                shapes: PageShapes = fenced(partial(read_page, pages[number], options.grids))
            except DocumentError:
                continue
            finally:
                pages[number].close()
            if characters[number] and _differ(characters[number], count_ink(shapes)):
                yield "ENGINES_DISAGREE_ON_TEXT"
                return


def count_ink(shapes: PageShapes) -> int:
    """Return how many characters of a page are no white space."""
    return sum(not glyph.text.isspace() for glyph in shapes.glyphs)


def _differ(one: int, other: int) -> bool:
    return max(one, other) >= max(_FEW, _TIMES * min(one, other))
