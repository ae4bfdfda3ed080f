"""Reading order of a page."""

import pytest

from extract.options import PdfOptions
from extract.reading.pdf_order import order_blocks
from extract.records import Line, Place, Run


def line(text: str, x0: float, y: float, x1: float) -> Line:
    return Line(run=Run(text=text, place=Place(page=1, x0=x0, y0=y, x1=x1, y1=y + 10)))


def read(lines: list[Line], width: float = 1190) -> str:
    ordered = order_blocks(lines, width, 842, PdfOptions())
    return " ".join(block.run.text for block in ordered if isinstance(block, Line))


def test_a_spread_of_two_pages_is_read_page_by_page() -> None:
    left = [line(f"왼{n}", 60, 200 + 20 * n, 530) for n in range(3)]
    right = [line(f"오{n}", 660, 195 + 20 * n, 1130) for n in range(3)]
    head, foot = line("머리", 60, 20, 1130), line("발", 580, 820, 610)
    assert read([*right, foot, *left, head]) == "머리 왼0 왼1 왼2 오0 오1 오2 발"


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param([], id="columns of short pieces"),
        pytest.param([line("제목", 60, 180, 1130)], id="a line across"),
    ],
)
def test_rows_without_rules_are_read_row_by_row(extra: list[Line]) -> None:
    left = [line(f"가{n}", 60, 200 + 20 * n, 160) for n in range(3)]
    right = [line(f"나{n}", 660, 200 + 20 * n, 700) for n in range(3)]
    expected = "가0 나0 가1 나1 가2 나2"
    assert read([*left, *right, *extra]).removeprefix("제목 ") == expected


def test_a_page_of_one_column_is_read_downwards() -> None:
    assert read([line("둘", 60, 240, 530), line("하나", 60, 220, 530)], width=595) == "하나 둘"
