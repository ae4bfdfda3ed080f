"""Second opinions of other engines on one page."""

from typing import Any

import pytest

from extract.errors import CorruptDocument
from extract.reading.second import Engine, read_second

TEXTS = (("구분", "2023", "2024"), ("국비", "1", "2"), ("시비", "3", "4"))


@pytest.mark.parametrize("engine", ["pdfplumber", "camelot"])
def test_another_engine_gives_cells_with_spans_and_places(new_paper: Any, engine: Engine) -> None:
    paper = new_paper().text(60, 60, "첫 쪽").next_page()
    paper.grid((60, 160, 260, 360), (120, 140, 160, 180), TEXTS)
    paper.line(60, 100, 360, 100).line(60, 100, 60, 120).line(360, 100, 360, 120)
    paper.text(150, 104, "예산 현황 (천원)")
    (grid,) = read_second(paper.save(), 2, engine)
    assert grid.engine == engine
    assert (grid.row_count, grid.column_count) == (4, 3)
    first, second = grid.cells[:2]
    assert (first.col_span, first.text) == (3, "예산 현황 (천원)")
    assert (second.row, second.text) == (1, "구분")
    assert second.place.page == 2
    assert second.place.x0 == pytest.approx(60, abs=1)
    assert second.place.y0 == pytest.approx(120, abs=1)


def test_a_page_without_tables_gives_none(new_paper: Any) -> None:
    assert read_second(new_paper().text(60, 60, "본문").save(), 1, "pdfplumber") == ()


@pytest.mark.parametrize("page_no", [0, 2])
def test_a_page_that_does_not_exist_is_refused(new_paper: Any, page_no: int) -> None:
    with pytest.raises(CorruptDocument):
        read_second(new_paper().text(60, 60, "본문").save(), page_no, "pdfplumber")
