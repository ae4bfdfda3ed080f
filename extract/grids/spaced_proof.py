"""Whether texts that line up are a table: lists, contents, captions and charts line up too."""

from collections.abc import Sequence

from extract.grids.spaced_columns import Columns, covered_by
from extract.grids.spaced_lines import TextLine
from extract.grids.spaced_options import SpacedOptions
from extract.grids.spaced_regions import Region
from extract.grids.spaced_rows import Rows, value_columns

_FULL = 0.8


def is_table(
    region: Region,
    head: Sequence[TextLine],
    body: Sequence[TextLine],
    columns: Columns,
    rows: Rows,
    spaced: SpacedOptions,
) -> bool:
    """Tell whether texts fill rows and columns as those of a table do.

    Headings over nearly all columns speak for a table, and columns of values; rules or stripes
    make up for one of the two. Two columns need rules, headings and a value in each row.
    """
    if columns.count < 2 or rows.count + bool(head) < 2:
        return False
    filled = filled_share(rows, columns)
    if filled < spaced.filled_share:
        return False
    is_headed = headed_count(head, columns) >= max(2, _FULL * columns.count)
    values = frozenset(value_columns(body, columns)) - _dash_columns(body, columns)
    if columns.count == 2:
        is_full = rows.count > 2 and filled == 1
        return region.frame is not None and is_headed and is_full and values == {1}
    if region.frame is not None:
        is_full = bool(values) or filled >= _FULL
        is_sure = is_headed and (is_full or _is_underlined(region, head, body))
        return is_sure or _has_labels(values, rows)
    if is_headed:
        return len(values) > 1 or (len(values) == 1 and rows.count > 2 and filled > _FULL)
    return _has_labels(values, rows) and 2 * len(values) >= columns.count - 1


def _is_underlined(region: Region, head: Sequence[TextLine], body: Sequence[TextLine]) -> bool:
    """Tell whether a rule as wide as the table parts the headings from the rows."""
    low = max(line.middle for line in head)
    high = min(line.middle for line in body)
    width = region.box.width
    return any(low < r.position < high and r.length >= _FULL * width for r in region.rules)


def _has_labels(values: frozenset[int], rows: Rows) -> bool:
    """Tell whether most rows open with a label, and several columns of values follow."""
    if len(values) < 2 or 0 in values or rows.count < 3:
        return False
    labelled = {block.row for block in rows.blocks if block.col == 0}
    return 2 * len(labelled) >= rows.count


def filled_share(rows: Rows, columns: Columns) -> float:
    """Return the share of the fields below the headings that hold text."""
    fields = {
        (block.row, col)
        for block in rows.blocks
        for col in range(block.col, block.last_col + 1)
        if block.row is not None
    }
    return len(fields) / (rows.count * columns.count)


def headed_count(head: Sequence[TextLine], columns: Columns) -> int:
    """Count the columns that have a heading of their own."""
    spans = [covered_by(columns, chunk) for line in head for chunk in line.chunks]
    return len({col for first, last in spans for col in range(first, last + 1)})


def _dash_columns(body: Sequence[TextLine], columns: Columns) -> frozenset[int]:
    """Return the columns that hold no digit at all."""
    chunks = [chunk for line in body for chunk in line.chunks]
    figures = {
        covered_by(columns, c)[0] for c in chunks if any(letter.isdigit() for letter in c.text)
    }
    return frozenset(range(columns.count)) - figures
