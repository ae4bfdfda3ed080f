"""The relations of one table drawn over its grid: cells as dots, relations as lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import hypot
from typing import Final

from markupsafe import Markup

from pipelines.report.layout import Spot, spot_of
from pipelines.report.shelf import Row
from pipelines.report.svg import Svg, element, group
from pipelines.report.wording import Say, kind_key

_WIDE, _HIGH = 46.0, 22.0
"""Points between two columns and two rows."""
_EDGE: Final = 18.0
_LEFT, _TOP = 170.0, 90.0
"""Room for the labels of rows and columns."""
_LABEL_SIGNS: Final = 14
_LARGEST: Final = (40, 80)
"""Columns and rows beyond which a table is not drawn: nobody could follow the lines."""
_MOST_RELATIONS: Final = 150
_BEND: Final = 0.16


def draw_network(table: Row, cells: Sequence[Row], checks: Sequence[Row], say: Say) -> Svg | None:
    """Return the relations of a table; None for a table too large to be followed.

    A relation is drawn from its result to each operand in the same table. What fails is drawn last
    and thick.
    """
    columns, rows = table["column_count"], table["row_count"]
    if columns > _LARGEST[0] or rows > _LARGEST[1]:
        return None
    here = {spot_of(cell): cell for cell in cells}
    shown = sorted(checks, key=lambda one: one["outcome"] == "mismatch")[-_MOST_RELATIONS:]
    lines = [part for check in shown for part in _lines(check, here, say)]
    in_use = {spot_of(cell) for check in shown for cell in check["cells"]} & set(here)
    failing = _spots(check for check in shown if check["outcome"] == "mismatch")
    dots = [_dot(here[spot], is_failing=spot in failing) for spot in sorted(in_use, key=str)]
    return Svg(
        width=_LEFT + _EDGE + _WIDE * (max(1, columns) + 1),
        height=_TOP + _EDGE + _HIGH * max(1, rows),
        title=f"{say('network')}: {table['caption'] or table['table_id']}",
        parts=(
            group(_labels(cells), class_="labels"),
            group(lines, class_="edges"),
            group(dots, class_="dots"),
        ),
        css="chart network",
    )


def _labels(cells: Iterable[Row]) -> Iterator[Markup]:
    """Yield the nearest heading of each column and the nearest label of each row."""
    columns: dict[int, str] = {}
    rows: dict[int, str] = {}
    for cell in cells:
        words = " ".join(str(cell["text"]).split())[:_LABEL_SIGNS]
        if cell["role"] == "header" and words:
            columns[cell["col"]] = words
        elif cell["role"] == "stub" and words:
            rows[cell["row"]] = words
    for col, words in columns.items():
        x, y = _LEFT + _WIDE * (col + 0.5), _TOP - 8
        yield element("text", text=words, x=x, y=y, transform=f"rotate(-38 {x:g} {y:g})")
    for row, words in rows.items():
        y = _TOP + _HIGH * (row + 0.5) + 4
        yield element("text", text=words, x=_LEFT - 4, y=y, text_anchor="end")


def _spots(checks: Iterable[Row]) -> frozenset[Spot]:
    return frozenset(spot_of(cell) for check in checks for cell in check["cells"])


def _lines(check: Row, here: Mapping[Spot, Row], say: Say) -> Iterator[Markup]:
    known = [cell for cell in check["cells"] if spot_of(cell) in here]
    results = [cell for cell in known if cell["role"] == "result"] or known[:1]
    words = f"{say(kind_key(check['kind']))}: {check['expression']} ({say(check['outcome'])})"
    for result in results:
        x0, y0 = _point(result)
        for cell in known:
            if cell is result:
                continue
            x1, y1 = _point(cell)
            yield element(
                "path",
                element("title", text=words),
                d=_arc(x0, y0, x1, y1),
                class_=f"edge {check['outcome']}",
            )


def _arc(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a bent line, so that the terms of a column do not lie on one another."""
    length = hypot(x1 - x0, y1 - y0) or 1.0
    bend = _BEND * length
    middle_x = (x0 + x1) / 2 + (y1 - y0) / length * bend
    middle_y = (y0 + y1) / 2 - (x1 - x0) / length * bend
    return f"M{x0:.1f} {y0:.1f}Q{middle_x:.1f} {middle_y:.1f} {x1:.1f} {y1:.1f}"


def _dot(cell: Row, *, is_failing: bool) -> Markup:
    x, y = _point(cell)
    title = element("title", text=" ".join(str(cell["text"]).split()))
    css = "dot fail" if is_failing else "dot"
    return element("circle", title, cx=x, cy=y, r=5 if is_failing else 3, class_=css)


def _point(cell: Row) -> tuple[float, float]:
    return (
        _LEFT + _WIDE * (cell["col"] + 0.5),
        _TOP + _HIGH * (cell["row"] + 0.5),
    )
