"""Heading rows of a text table: how many there are, and where a merged heading pushed them."""

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from extract.grids.rows import BLANK, Row, RowCell, padded
from extract.shapes import Shape, is_figure, is_value

_MOST_HEADER_ROWS = 4
_LONGEST_HEADING = 40
_QUANTITY_INSIDE = regex.compile(r"\D\d[\d,.]*\s?(?:건|회|명|개|팀|식|대|곳|%|원|㎡|종)")
_UNIT_HEADING = regex.compile(r"^단\s*위$")
_TEXT_HEADING = regex.compile(
    r"구\s*분|연번|번호|항목|내\s*용|비\s*고|지표|사업명|명\s*칭|시설명|기관|소재지|주소|부서|방법|대상|근거|주제"
    r"|성명|직위|분야|과제|이름|위치|행정동|주기|기능|사유|재원"
)
_TOLD_HEADING = regex.compile(r"^(?:추진|주요|세부)\s?(?:실적|계획|성과|목표)$")
"""Told in words as often as in numbers: 추진계획, 추진실적."""
_RATE_HEADING = regex.compile(r"[률율](?:\(%\))?$|\(%\)$|비율$|비중$")
_AMOUNT_HEADING = regex.compile(r"금액|액$|예산|사업비")
_VALUE_HEADING = regex.compile(
    r"^(?:합?\s*계|총\s*계|소\s*계|누\s*계)$|목표|실적|예산|집행|금액|인원|[률율](?:\(%\))?$|\(%\)|면적|건수|횟수|수량|비율"
    r"|지원액|사업비|잔액|증감|정원|현원|기업수|인원수"
)


def count_header_rows(rows: Sequence[Row]) -> int:
    """Return how many rows at the top are headings.

    A heading row has no reported number and short texts only; below the headings something is
    reported, or the table holds texts only and one row heads it.
    """
    top = 0
    for row in rows[:_MOST_HEADER_ROWS]:
        if not _can_head(row):
            break
        top += 1
    if top == 0:
        return 0
    if top == len(rows) or not any(_holds_figures(row) for row in rows[top:]):
        return 1 if _is_full(rows[0]) else 0
    if top < len(rows) and _holds_figures(rows[top]):
        return _without_stub_rows(rows, top)
    return 1


def _without_stub_rows(rows: Sequence[Row], top: int) -> int:
    """Leave out rows at the lower end that are data without numbers under a full heading."""
    if top > 1 and _is_full(rows[0]) and all(not cell.is_blank for cell in rows[0]):
        return 1
    return top


def _can_head(row: Row) -> bool:
    printed = [cell for cell in row if not cell.is_blank]
    return bool(printed) and all(
        not is_value(cell.shape)
        and cell.shape not in ("date", "prose")
        and len(cell.text) <= _LONGEST_HEADING
        for cell in printed
    )


def _holds_figures(row: Row) -> bool:
    return any(is_figure(cell.shape) or cell.shape == "nil" for cell in row)


def _is_full(row: Row) -> bool:
    printed = sum(1 for cell in row if not cell.is_blank)
    return printed >= 2 and printed * 2 >= len(row)


def column_shapes(rows: Sequence[Row], columns: int) -> tuple[Shape, ...]:
    """Return the commonest shape of each column; nil signs count with the numbers."""
    shapes: list[Shape] = []
    for col in range(columns):
        cells = [row[col] for row in rows if col < len(row) and not row[col].is_blank]
        seen = Counter(_merged(cell.shape) for cell in cells)
        common: Shape = seen.most_common(1)[0][0] if seen else "blank"
        told = sum(1 for cell in cells if _QUANTITY_INSIDE.search(cell.text))
        shapes.append("prose" if common == "text" and told * 3 >= len(cells) else common)
    return tuple(shapes)


def _merged(shape: Shape) -> Shape:
    if shape in ("nil", "quantity"):
        return "number"
    return "text" if shape == "ratio" else shape


def align_header(header: Row, shapes: Sequence[Shape]) -> tuple[Row, bool]:
    """Return the heading row over its columns, and whether a heading had to be moved.

    OCR tools write a heading that covers two columns as one cell and put the lost cell at the
    end of the row. Each place for the lost cell is tried; the one whose headings suit the shapes
    below wins, the printed one in doubt.
    """
    columns = len(shapes)
    row = padded(header, columns)
    best, best_cost, moved = row, _misfit(row, shapes), False
    for first, candidate in _placings(row, columns):
        cost = _misfit(candidate, shapes) + _MOVE_COST
        if cost < best_cost:
            best, best_cost, moved = _marked(candidate, first), cost, True
    return best, moved


_MOVE_COST = 0.5
_OVERHANG_COST = 0.25


def _placings(row: Row, columns: int) -> Iterator[tuple[int, Row]]:
    """Yield other placings: the heading after which all move, and the row."""
    trimmed = row[:-1] if row[-1].is_blank else row
    for gap in range(1, min(4, len(trimmed))):
        widened = (*trimmed[:gap], BLANK, *trimmed[gap:])
        yield gap, padded(_cut_blanks(widened, columns), columns)
    for gap in (i for i in range(1, columns) if row[i].is_blank):
        for count in (1, 2, 3):
            if all(cell.is_blank for cell in row[gap : gap + count]):
                yield gap - 1, padded((*row[:gap], *row[gap + count :]), columns)


def _cut_blanks(row: Row, columns: int) -> Row:
    """Return the row without the blanks that reach past the last column; headings stay."""
    end = max((i + 1 for i, cell in enumerate(row) if not cell.is_blank), default=0)
    return row[: max(columns, end)]


def _marked(row: Row, gap: int) -> Row:
    return tuple(
        RowCell(runs=cell.runs, is_moved=True, span=cell.span) if i > gap and cell.runs else cell
        for i, cell in enumerate(row)
    )


def _misfit(header: Row, shapes: Sequence[Shape]) -> float:
    """Return how badly headings suit what stands below them; 0 is best."""
    cost = _OVERHANG_COST * sum(1 for cell in header[len(shapes) :] if not cell.is_blank)
    for cell, shape in zip(header, shapes, strict=False):
        text = cell.text.strip()
        if _UNIT_HEADING.match(text):
            cost += 0 if shape in ("unit", "blank") else 1
        elif not text:
            cost += 0.3 if shape in ("number", "percent", "unit") else 0
        elif _TOLD_HEADING.match(text):
            cost += 1 if shape in ("unit", "date") else 0
        elif cell.shape == "period" or _VALUE_HEADING.search(text):
            cost += 1 if shape in ("text", "unit", "date") else 0
            if shape in ("number", "percent") and _RATE_HEADING.search(text):
                cost += 0.6 if shape == "number" else 0
            elif shape == "percent" and _AMOUNT_HEADING.search(text):
                cost += 0.6
        elif _TEXT_HEADING.search(text):
            cost += 1 if shape in ("number", "percent", "unit") else 0
        elif shape == "unit":
            cost += 1
    return cost
