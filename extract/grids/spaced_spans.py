"""Labels that stand in the middle of several rows: which rows each of them covers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extract.grids.spaced_options import SpacedOptions
from extract.grids.spaced_rows import Block

_BLANK_COST = 1.0
_SPAN_COST = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A cell's text with the rows it covers."""

    block: Block
    row: int
    row_span: int = 1
    is_doubtful: bool = False


def spread_labels(
    blocks: Sequence[Block],
    borders: Sequence[float],
    em: float,
    may_cover: bool,
    beside: Mapping[int, str],
    spaced: SpacedOptions,
) -> list[Label]:
    """Return the texts of one column with their rows.

    Texts between rows cover the rows around them. Where `may_cover` says so, so do texts that
    stand in the middle of rows whose own cells are blank, provided that the column as a whole
    comes out: each text in the middle of its rows.

    Args:
        blocks: The texts of the column, top to bottom.
        borders: Upper border of each row and the lower border of the last.
        em: The size of the type.
        may_cover: The column is one of labels.
        beside: The texts of the next column by row: under one label no text comes twice.
        spaced: Tolerances.
    """
    if not blocks:
        return []
    if may_cover or any(block.row is None for block in blocks):
        spans = _best_spans(blocks, borders, em, beside, spaced)
        if spans is not None:
            return [
                Label(block=block, row=first, row_span=last - first + 1)
                for block, (first, last) in zip(blocks, spans, strict=True)
            ]
    return [_alone(block, borders) for block in blocks]


def _alone(block: Block, borders: Sequence[float]) -> Label:
    """Return a text with its own row, or with the nearest one."""
    if block.row is not None:
        return Label(block=block, row=block.row)
    middle = block.box.middle_y
    rows = range(len(borders) - 1)
    ranked = sorted((abs((borders[row] + borders[row + 1]) / 2 - middle), row) for row in rows)
    is_doubtful = len(ranked) > 1 and ranked[1][0] < 1.5 * ranked[0][0]
    return Label(block=block, row=ranked[0][1], is_doubtful=is_doubtful)


def _best_spans(
    blocks: Sequence[Block],
    borders: Sequence[float],
    em: float,
    beside: Mapping[int, str],
    spaced: SpacedOptions,
) -> list[tuple[int, int]] | None:
    """Return the first and last row of each text at the least cost; None where none fits.

    The cost is the distance of the texts from the middle of their rows; a row that no text
    covers costs an em.
    """
    count = len(borders) - 1
    middles = [block.box.middle_y for block in blocks]

    @cache
    def best(row: int, index: int) -> tuple[float, tuple[tuple[int, int], ...]] | None:
        if index == len(blocks):
            return _BLANK_COST * (count - row), ()
        if row >= count:
            return None
        options = []
        skipped = best(row + 1, index)
        if skipped is not None:
            options.append((skipped[0] + _BLANK_COST, skipped[1]))
        own = blocks[index].row
        for last in range(row, count):
            if own is not None and not row <= own <= last:
                continue
            off = abs((borders[row] + borders[last + 1]) / 2 - middles[index]) / em
            is_own = own == row == last
            if not is_own and (off > spaced.centred or _repeats(beside, row, last)):
                continue
            rest = best(last + 1, index + 1)
            if rest is not None:
                cost = (0.0 if is_own else off) + _SPAN_COST * (last - row)
                options.append((rest[0] + cost, ((row, last), *rest[1])))
        return min(options, default=None)

    found = best(0, 0)
    return None if found is None else list(found[1])


def _repeats(texts: Mapping[int, str], first: int, last: int) -> bool:
    """Tell whether some text comes twice in a range of rows."""
    inside = [texts[row] for row in range(first, last + 1) if row in texts]
    return len(set(inside)) < len(inside)
