"""A table inside a cell of another: both are read, and the outer one names the cell."""

from typing import Any

from extract.reading.pdf import read_pdf


def test_the_cell_that_holds_another_table_is_named(new_paper: Any) -> None:
    outer_x, outer_y = (60.0, 160.0, 460.0), (100.0, 130.0, 260.0)
    inner_x, inner_y = (200.0, 280.0, 360.0, 440.0), (160.0, 180.0, 200.0)
    paper = new_paper().grid(outer_x, outer_y, (("name", "programme"), ("budget", "by source")))
    paper.grid(inner_x, inner_y, (("2022", "2023", "2024"), ("10", "20", "30")))
    outer, inner = read_pdf(paper.save(), "nested.pdf").grids
    assert (outer.row_count, outer.column_count) == (2, 2)
    assert (inner.row_count, inner.column_count) == (2, 3)
    assert outer.note == "Cell (1, 1) holds a table."
    assert "10" not in outer.cells[-1].text
    assert inner.note == ""


def test_tables_side_by_side_hold_nothing(new_paper: Any) -> None:
    paper = new_paper().grid((60.0, 120.0, 180.0), (100.0, 120.0, 140.0), (("a", "b"), ("1", "2")))
    paper.grid((300.0, 360.0, 420.0), (100.0, 120.0, 140.0), (("c", "d"), ("3", "4")))
    assert [grid.note for grid in read_pdf(paper.save(), "two.pdf").grids] == ["", ""]
