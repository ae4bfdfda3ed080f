"""Tables whose rows are parted by level rules alone."""

from typing import Any

import pytest

from extract.reading.pdf import read_pdf
from extract.records import TableGrid

XS = (60.0, 160.0, 280.0, 400.0, 520.0)


def read_one(paper: Any) -> TableGrid:
    (grid,) = read_pdf(paper.save(), "walls.pdf").grids
    return grid


def placed(grid: TableGrid) -> dict[str, tuple[int, int, int, int]]:
    return {c.text: (c.row, c.col, c.row_span, c.col_span) for c in grid.cells if c.runs}


def rule(paper: Any, *heights: float, start: float = XS[0], end: float = XS[-1]) -> Any:
    for y in heights:
        paper.line(start, y, end, y)
    return paper


def test_a_row_holds_all_lines_between_two_rules(new_paper: Any) -> None:
    paper = rule(new_paper(), 100, 120, 160, 200)
    paper.texts(XS, (100, 120, 160), (
        ("구분", "사업", "예산", "비고"),
        ("경영", "상담\n교육", "1,200", "상반기\n하반기"), ("판로", "박람회", "800", "9월"),
    ))  # fmt: skip
    found = placed(read_one(paper))
    assert found["상담\n교육"] == (1, 1, 1, 1)
    assert found["판로"] == (2, 0, 1, 1)


def test_a_rule_that_leaves_a_column_out_merges_its_cells(new_paper: Any) -> None:
    paper = rule(rule(new_paper(), 100, 120, 160, 180), 140, start=XS[1])
    paper.texts(XS, (100, 120, 140, 160), (
        ("구분", "사업", "예산", "집행"), ("", "상담", "1,200", "1,000"),
        ("", "교육", "300", "200"), ("계", "2개", "1,500", "1,200"),
    ))  # fmt: skip
    found = placed(read_one(paper.text(70, 134, "경영")))
    assert found["경영"] == (1, 0, 2, 1)
    assert found["1,200"] in ((1, 2, 1, 1), (3, 3, 1, 1))


def test_a_table_of_words_is_read_where_all_rows_are_ruled(new_paper: Any) -> None:
    rows = (("과제", "주관", "내용", "시기"), ("조례", "기획과", "제정", "상반기"),
            ("위원회", "총무과", "구성", "연중"), ("공간", "경제과", "조성", "하반기"))  # fmt: skip
    paper = rule(new_paper(), *(100.0 + 20 * n for n in range(5)))
    grid = read_one(paper.texts(XS, tuple(100 + 20 * n for n in range(4)), rows))
    assert (grid.row_count, grid.column_count) == (4, 4)
    assert placed(grid)["하반기"] == (3, 3, 1, 1)


def test_rules_between_groups_do_not_hide_their_rows(new_paper: Any) -> None:
    paper = rule(new_paper(), 100, 120, 160, 200)
    ys = (100, 120, 140, 160, 180)
    paper.texts(XS, ys, (
        ("구분", "예산", "집행", "잔액"), ("가", "10", "8", "2"), ("나", "20", "15", "5"),
        ("다", "30", "29", "1"), ("라", "40", "38", "2"),
    ))  # fmt: skip
    assert read_one(paper).row_count == 5


@pytest.mark.parametrize("mark", [pytest.param("⇨", id="arrows"), pytest.param("", id="gaps")])
def test_boxes_in_a_row_are_no_table(mark: str, new_paper: Any) -> None:
    paper = new_paper()
    for left in (60, 230, 400):
        paper.frame(left, 100, left + 120, 160)
        paper.text(left + 20, 110, "공고").text(left + 20, 135, "5월")
        if left < 400:
            paper.text(left + 140, 122, mark)
    assert read_pdf(paper.save(), "boxes.pdf").grids == ()


def test_headings_of_three_levels_stay_below_their_own(new_paper: Any) -> None:
    """Under two groups stand ratios of a group each; the third goes straight to its columns."""
    xs = (60.0, 140.0, 200.0, 260.0, 320.0, 380.0, 440.0)
    paper = new_paper()
    for y in (100.0, 160.0, 200.0):
        paper.line(60, y, 500, y)

    def centred(col: int, last: int, y: float, text: str) -> None:
        ends = (*xs, 500.0)
        width = sum(10 if letter >= "가" else 5.5 for letter in text)
        paper.text((ends[col] + ends[last + 1] - width) / 2, y, text)

    for first, text in ((1, "합계"), (3, "인력"), (5, "개발")):
        centred(first, first + 1, 104, text)
    centred(3, 4, 124, "75:25")
    centred(5, 6, 124, "90:10")
    for col in range(1, 7):
        centred(col, col, 144, ("기업", "금액")[(col - 1) % 2])
    for row, y in enumerate((164.0, 182.0)):
        centred(0, 0, y, f"{row + 1}기")
        for col in range(1, 7):
            centred(col, col, y, f"{col}{row}")
    found = placed(read_one(paper))
    assert found["75:25"] == (1, 3, 1, 2)
    assert found["90:10"] == (1, 5, 1, 2)
    assert found["인력"] == (0, 3, 1, 2)
    assert found["합계"][1::2] == (1, 2)
