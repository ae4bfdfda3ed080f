"""Small PDFs drawn on the spot, for the tests of the PDF reader."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "HYGothic-Medium"


class Paper:
    """A PDF under construction; y runs downwards from the top of the page."""

    def __init__(self, width: float = 595, height: float = 842, **options: Any) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.height = height
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(width, height), invariant=True, **options)

    def text(self, x: float, y: float, text: str, size: float = 10) -> "Paper":
        """Print text whose em box has its top left at (x, y)."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y - 0.88 * size, text)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> "Paper":
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.0) -> "Paper":
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        return self

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> "Paper":
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0)
        return self

    def grid(
        self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]]
    ) -> "Paper":
        """Draw a full grid with a text in each cell."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self.texts(xs, ys, texts)

    def texts(
        self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]]
    ) -> "Paper":
        for y, row in zip(ys, texts, strict=False):
            for x, text in zip(xs, row, strict=False):
                for number, part in enumerate(text.split("\n")):
                    self.text(x + 3, y + 3 + 12 * number, part)
        return self

    def next_page(self) -> "Paper":
        self.canvas.showPage()
        return self

    def save(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


@pytest.fixture
def new_paper() -> Callable[..., Paper]:
    """Return the maker of empty papers."""
    return Paper
