"""Page headers, footers and page numbers: lines in the margins that come back page after page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.options import PdfOptions
from extract.records import Block, Line

_DIGITS = re.compile(r"\d+|[ⅰ-ⅻⅠ-Ⅻ]+")
_PAGE_NUMBER = re.compile(r"[-–—‒~∼]\s*(\d{1,4}|[ivxlⅰ-ⅻⅠ-Ⅻ]+)\s*[-–—‒~∼]|\d{1,4}\s*/\s*\d{1,4}")

Signature = tuple[str, bool]
"""Text with its numbers blotted out, and whether it stands in the upper margin."""


def mark_furniture(
    pages: Sequence[Sequence[Block]], heights: Sequence[float], options: PdfOptions
) -> tuple[Block, ...]:
    """Return the blocks of all pages in order, marginal lines that come back as furniture.

    A line is furniture when it stands in the upper or lower margin and the same text, numbers
    aside, stands there on `options.furniture_pages` pages (on half of the pages of a short
    file), or when it is a page number between dashes or before a slash.
    """
    counts: Counter[Signature] = Counter()
    for blocks, height in zip(pages, heights, strict=True):
        counts.update({signature for _, signature in _marginal(blocks, height, options)})
    needed = max(2, min(options.furniture_pages, (len(pages) + 1) // 2))
    marked: list[Block] = []
    for blocks, height in zip(pages, heights, strict=True):
        found = {
            index
            for index, signature in _marginal(blocks, height, options)
            if counts[signature] >= needed or _PAGE_NUMBER.fullmatch(_text(blocks[index]))
        }
        marked += (
            _as_furniture(block) if index in found else block for index, block in enumerate(blocks)
        )
    return tuple(marked)


def _marginal(
    blocks: Sequence[Block], height: float, options: PdfOptions
) -> Iterator[tuple[int, Signature]]:
    """Yield the number and signature of the lines in the margins."""
    depth = options.margin_share * height
    for index, block in enumerate(blocks):
        if not isinstance(block, Line):
            continue
        place = block.run.place
        is_upper = (place.y1 or 0) <= depth
        if is_upper or (place.y0 or 0) >= height - depth:
            yield index, (_DIGITS.sub("#", _text(block)), is_upper)


def _text(block: Block) -> str:
    return re.sub(r"\s+", "", block.run.text) if isinstance(block, Line) else ""


def _as_furniture(block: Block) -> Block:
    return replace(block, role="furniture") if isinstance(block, Line) else block
