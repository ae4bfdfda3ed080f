"""Reports as PDF: running text and ruled tables, the same bytes on every run."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

FONT = "GeomsanSampleGothic"
FONT_FILE = Path(__file__).parent.parent / "fonts" / f"{FONT}.ttf"
SHADE = Color(0.9, 0.92, 0.95)


class Merged(Enum):
    """A position that belongs to a merged cell."""

    LEFT = "covered by the cell to its left"
    ABOVE = "covered by the cell above"


LEFT, ABOVE = Merged.LEFT, Merged.ABOVE
TableCell: TypeAlias = str | Merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of running text."""

    text: str
    size: float = 10
    align: str = "left"
    """left, centre or right."""
    gap: float = 3
    """Space below, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A table with ruling lines."""

    rows: Sequence[Sequence[TableCell]]
    widths: Sequence[float]
    """Column widths in points."""
    header_rows: int = 1
    stub_columns: int = 1
    is_open: bool = False
    """True where the left and the right edge have no line."""
    size: float = 8


def write_pdf(title: str, parts: Sequence[Text | Ruled], *, is_wide: bool = False) -> bytes:
    """Return a PDF with the parts one below the other; tables break over pages.

    Streams stay uncompressed, so that the bytes do not depend on the zlib of the machine.
    """
    _register_font()
    target = BytesIO()
    SimpleDocTemplate(
        target,
        pagesize=landscape(A4) if is_wide else A4,
        title=title,
        leftMargin=42,
        rightMargin=42,
        topMargin=42,
        bottomMargin=42,
        pageCompression=0,
        invariant=1,
    ).build([flowable for part in parts for flowable in _draw(part)])
    return target.getvalue()


@cache
def _register_font() -> None:
    pdfmetrics.registerFont(TTFont(FONT, str(FONT_FILE)))


def _draw(part: Text | Ruled) -> list[Any]:
    if isinstance(part, Ruled):
        return [_draw_table(part), Spacer(1, 8)]
    style = ParagraphStyle(
        name="text",
        fontName=FONT,
        fontSize=part.size,
        leading=part.size * 1.5,
        alignment={"left": 0, "centre": TA_CENTER, "right": TA_RIGHT}[part.align],
    )
    return [Paragraph(part.text, style), Spacer(1, part.gap)]


def _draw_table(ruled: Ruled) -> Table:
    return Table(
        [["" if isinstance(cell, Merged) else cell for cell in row] for row in ruled.rows],
        colWidths=ruled.widths,
        repeatRows=ruled.header_rows,
        style=[*_base_style(ruled), *_rules(ruled), *_spans(ruled.rows)],
    )


def _base_style(ruled: Ruled) -> list[tuple[Any, ...]]:
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), FONT, ruled.size),
        ("LEADING", (0, 0), (-1, -1), ruled.size * 1.25),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (ruled.stub_columns, ruled.header_rows), (-1, -1), "RIGHT"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    if ruled.header_rows:
        last = ruled.header_rows - 1
        style.append(("ALIGN", (0, 0), (-1, last), "CENTER"))
        style.append(("BACKGROUND", (0, 0), (-1, last), SHADE))
    return style


def _rules(ruled: Ruled) -> list[tuple[Any, ...]]:
    rules: list[tuple[Any, ...]] = [("INNERGRID", (0, 0), (-1, -1), 0.4, black)]
    if not ruled.is_open:
        return [*rules, ("BOX", (0, 0), (-1, -1), 0.8, black)]
    return [
        *rules,
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, black),
        ("LINEBELOW", (0, -1), (-1, -1), 1.2, black),
    ]


def _spans(rows: Sequence[Sequence[TableCell]]) -> list[tuple[Any, ...]]:
    spans: list[tuple[Any, ...]] = []
    for row, cells in enumerate(rows):
        for col, cell in enumerate(cells):
            if isinstance(cell, Merged):
                continue
            right = col + _count(cells[col + 1 :], LEFT)
            below = row + _count([line[col] for line in rows[row + 1 :]], ABOVE)
            if (right, below) != (col, row):
                spans.append(("SPAN", (col, row), (right, below)))
    return spans


def _count(cells: Sequence[TableCell], mark: Merged) -> int:
    """Count how many cells from the first on carry the mark."""
    return next((n for n, cell in enumerate(cells) if cell is not mark), len(cells))
