"""Headings and labels of a grid: which cells head, which label, and the path of each cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import regex

from extract.records import Cell, TableGrid
from extract.shapes import Shape, is_value, shape_of
from normalize.forms import Fields, form_fields
from normalize.labels import clean_label, is_serial_heading, squeeze_label, total_kind
from normalize.records import CellRole, LabelledCell

_MOST_HEADER_ROWS = 5
_TEXT_SHAPES = frozenset({"text", "prose", "date", "period", "unit", "ratio"})
_REMARKS = regex.compile(
    r"^(?:비\s*고|(?:세부)?\s*내\s*용|사업내용|주요내용|세\s*부\s*내\s*용|추진결과|산출근거|산출기초)"
)
_LABEL_HEADINGS = frozenset(
    """
    구분 구분별 연번 번호 확인지표 지표 지표명 성과지표 사업명 항목 재원 재원별 일자 일시 기간 단위
    단위사업 단위사업명 세부사업 시설명 기관명 부서
    """.split()
)
_COUNTED = regex.compile(
    r"\d\s?(?:여)?(?:명|건|회|개소|개사|개|팀|곳|종|대|억|만)(?:\s?[가-힣]{1,6})?\s?(?:참여|참가|지원|신청)?[)\s]*$"
)
_UNIT_HEADING = regex.compile(r"^단\s*위$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The labels of a grid, worked out."""

    header_row_count: int
    stub_columns: tuple[int, ...]
    """Columns that hold labels; not all need to stand at the left."""
    value_columns: tuple[int, ...]
    """Columns that report numbers."""
    unit_column: int | None
    """The column headed 단위."""
    cells: tuple[LabelledCell, ...]
    corner: tuple[str, ...]
    """Headings over the label columns, as printed."""
    is_form: bool = False
    """True where each entry has its field before it, and no row or column has a label."""


def read_labels(grid: TableGrid) -> Labels:
    """Work out the headings and labels of a grid."""
    fields = form_fields(grid)
    if fields:
        return _labels_of_form(grid, fields)
    cover = _cover(grid)
    heads = (
        grid.header_row_count if grid.header_row_count is not None else _count_heads(cover, grid)
    )
    col_paths = [_col_path(cover, grid, heads, col) for col in range(grid.column_count)]
    stubs = _stub_columns(cover, grid, heads, col_paths)
    unit_column = next(
        (c for c, path in enumerate(col_paths) if path and _UNIT_HEADING.match(path[-1])), None
    )
    row_paths = _row_paths(cover, grid, heads, [c for c in stubs if c != unit_column], col_paths)
    cells = tuple(
        _labelled(
            cell,
            _role(cell, heads, stubs, unit_column),
            row_paths.get(cell.row, ()),
            col_paths[cell.col],
        )
        for cell in grid.cells
    )
    corner = tuple(label for c in stubs for label in col_paths[c][:1])
    return Labels(
        header_row_count=heads,
        stub_columns=tuple(stubs),
        value_columns=tuple(
            c
            for c in range(grid.column_count)
            if _is_valued(_shapes(cover, grid, heads, c), col_paths[c])
        ),
        unit_column=unit_column,
        cells=cells,
        corner=corner,
    )


def _labels_of_form(grid: TableGrid, fields: Fields) -> Labels:
    """Return the labels of a form: its own field labels each entry, and nothing heads it."""
    columns = {col for _, col in fields}
    return Labels(
        header_row_count=0,
        stub_columns=tuple(col for col in range(grid.column_count) if col not in columns),
        value_columns=(),  # an entry without a number is no figure left out
        unit_column=None,
        cells=tuple(_entry(cell, fields) for cell in grid.cells),
        corner=(),
        is_form=True,
    )


def _entry(cell: Cell, fields: Fields) -> LabelledCell:
    field = fields.get((cell.row, cell.col))
    role: CellRole = "stub" if field is None else "data"
    path = () if field is None else (field,)
    return _labelled(cell, role if cell.text.strip() else "blank", path, ())


def _labelled(
    cell: Cell, role: CellRole, row_path: tuple[str, ...], col_path: tuple[str, ...]
) -> LabelledCell:
    return LabelledCell(
        row=cell.row,
        col=cell.col,
        row_span=cell.row_span,
        col_span=cell.col_span,
        role=role,
        text=cell.text,
        row_path=row_path if role != "header" else (),
        col_path=col_path if role != "header" else (),
        place=cell.place,
        is_moved=cell.is_moved,
        confidence=cell.confidence,
    )


def _role(cell: Cell, heads: int, stubs: Sequence[int], unit_column: int | None) -> CellRole:
    if not cell.text.strip():
        return "blank"
    if cell.row < heads:
        return "header"
    return "stub" if cell.col in stubs or cell.col == unit_column else "data"


_Cover = dict[tuple[int, int], Cell]


def _cover(grid: TableGrid) -> _Cover:
    """Return the cell at each position; merged cells stand at all of theirs."""
    return {
        (row, col): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }


def _text(cover: _Cover, row: int, col: int) -> str:
    cell = cover.get((row, col))
    return cell.text if cell else ""


def _count_heads(cover: _Cover, grid: TableGrid) -> int:
    """Count the rows above the first reported number; a merged heading covers its rows."""
    rows = min(grid.row_count - 1, _MOST_HEADER_ROWS)
    count = 0
    while count < rows and _can_head(cover, grid, count):
        count += 1
    if count == rows and not _has_values(cover, grid, count):
        return _span_of_first(cover, grid)
    return max(count, min(_span_of_first(cover, grid), rows)) if count else 0


def _can_head(cover: _Cover, grid: TableGrid, row: int) -> bool:
    shapes = [shape_of(_text(cover, row, col)) for col in range(grid.column_count)]
    printed = [shape for shape in shapes if shape != "blank"]
    return bool(printed) and not any(is_value(s) or s in ("date", "prose") for s in printed)


def _has_values(cover: _Cover, grid: TableGrid, first: int) -> bool:
    return any(
        is_value(shape_of(_text(cover, row, col)))
        for row in range(first, grid.row_count)
        for col in range(grid.column_count)
    )


def _span_of_first(cover: _Cover, grid: TableGrid) -> int:
    spans = [cell.row_span for cell in grid.cells if cell.row == 0]
    return min(max(spans, default=1), grid.row_count - 1) if grid.row_count > 1 else 0


def _col_path(cover: _Cover, grid: TableGrid, heads: int, col: int) -> tuple[str, ...]:
    path: list[str] = []
    seen: set[int] = set()
    for row in range(heads):
        cell = _heading(cover, heads, row, col)
        if cell is None or id(cell) in seen:
            continue
        seen.add(id(cell))
        label = clean_label(cell.text.replace("\n", " "))
        if label:
            path.append(label)
    return tuple(path)


def _heading(cover: _Cover, heads: int, row: int, col: int) -> Cell | None:
    """Return the heading at a position; a blank one is the left neighbour's that reaches over it.

    It reaches over a blank where a lower row heads the column: 임기 내 | (blank) | (blank) over
    소계 | 2022 | 2023.
    """
    cell = cover.get((row, col))
    if cell is not None and cell.text.strip():
        return cell
    if not any(_text(cover, lower, col).strip() for lower in range(row + 1, heads)):
        return None
    for left in range(col - 1, -1, -1):
        other = cover.get((row, left))
        if other is not None and other.text.strip():
            headed = any(_text(cover, lower, left).strip() for lower in range(row + 1, heads))
            return other if headed or left == col - 1 else None
    return None


def _stub_columns(
    cover: _Cover, grid: TableGrid, heads: int, col_paths: Sequence[tuple[str, ...]]
) -> list[int]:
    shapes = [_shapes(cover, grid, heads, col) for col in range(grid.column_count)]
    valued = [_is_valued(shapes[c], col_paths[c]) for c in range(grid.column_count)]
    first_value = next((c for c, is_val in enumerate(valued) if is_val), grid.column_count)
    stubs = []
    for col in range(grid.column_count):
        if valued[col] or not shapes[col]:
            if col == 0 and not shapes[col]:
                stubs.append(col)
            continue
        heading = col_paths[col][-1] if col_paths[col] else ""
        if _REMARKS.match(heading) or _is_prose(shapes[col]):
            continue
        if col > 0 and _reports_inside(cover, grid, heads, col):
            continue
        if col < first_value or _is_label_heading(heading) or _has_values_right(valued, col):
            stubs.append(col)
    return stubs


def _shapes(cover: _Cover, grid: TableGrid, heads: int, col: int) -> list[Shape]:
    """Return the shapes printed in a column below the headings."""
    cells = {id(c): c for row in range(heads, grid.row_count) if (c := cover.get((row, col)))}
    shapes = [shape_of(cell.text) for cell in cells.values() if cell.col == col]
    return [shape for shape in shapes if shape != "blank"]


def _is_valued(shapes: Sequence[Shape], path: tuple[str, ...]) -> bool:
    """Tell whether a column reports: half of it and more are numbers, and no serial ones."""
    if not shapes or (path and is_serial_heading(path[-1])):
        return False
    values = sum(1 for shape in shapes if is_value(shape))
    if values * 2 < len(shapes):
        return False
    return not (
        path and _is_label_heading(path[-1]) and all(s in ("number", "text") for s in shapes)
    )


def _is_label_heading(heading: str) -> bool:
    return squeeze_label(heading) in _LABEL_HEADINGS


def _reports_inside(cover: _Cover, grid: TableGrid, heads: int, col: int) -> bool:
    """Tell whether most texts of a column end in counted things: `32개 기관 477명`."""
    texts = [_text(cover, row, col).strip() for row in range(heads, grid.row_count)]
    printed = [text for text in texts if text]
    return sum(1 for text in printed if _COUNTED.search(text)) * 2 > len(printed)


def _is_prose(shapes: Sequence[Shape]) -> bool:
    return sum(1 for shape in shapes if shape == "prose") * 2 > len(shapes)


def _has_values_right(valued: Sequence[bool], col: int) -> bool:
    return any(valued[col + 1 :])


def _row_paths(
    cover: _Cover,
    grid: TableGrid,
    heads: int,
    stubs: Sequence[int],
    col_paths: Sequence[tuple[str, ...]],
) -> dict[int, tuple[str, ...]]:
    """Return the labels of each row; a blank label is the one above, within the same group."""
    paths: dict[int, tuple[str, ...]] = {}
    columns = [c for c in stubs if not (col_paths[c] and is_serial_heading(col_paths[c][-1]))]
    current: dict[int, str] = {}
    for row in range(heads, grid.row_count):
        printed = {c: clean_label(_text(cover, row, c).replace("\n", " ")) for c in columns}
        own = [c for c in columns if printed[c]]
        if own and total_kind(printed[own[0]]) == "total" and own[0] == columns[0]:
            current = {}
        for c in own:
            if current.get(c) != printed[c]:
                current = {k: v for k, v in current.items() if k < c}
            current[c] = printed[c]
        paths[row] = tuple(_distinct(_without_serials(current, columns)))
    return paths


def _without_serials(current: Mapping[int, str], columns: Sequence[int]) -> list[str]:
    labels = [current[c] for c in columns if c in current]
    return [label for label in labels if not label.isdigit()]


def _distinct(labels: Iterable[str]) -> list[str]:
    """Drop a label that repeats the one before it, as a merged cell does."""
    kept: list[str] = []
    for label in labels:
        if label and (not kept or kept[-1] != label):
            kept.append(label)
    return kept
