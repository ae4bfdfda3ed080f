"""A table that goes on over pages is cut at their ends, headings on top of each part."""

from benchmarks.parts import cut


def cell(row: int, col: int, text: str, row_span: int = 1) -> dict[str, object]:
    return {"row": row, "col": col, "row_span": row_span, "col_span": 1, "text": text}


PARTS = [
    {"page": page, "x0": 0.0, "y0": 0.0, "x1": 9.0, "y1": 9.0, "row_first": first, "row_last": last}
    for page, first, last in ((1, 0, 2), (2, 3, 4))
]
CELLS = [
    cell(0, 0, "name"), cell(0, 1, "sum"), cell(1, 0, "a"), cell(1, 1, "1"), cell(2, 0, "b", 2),
    cell(2, 1, "2"), cell(3, 1, "3"), cell(4, 0, "c"), cell(4, 1, "4"),
]  # fmt: skip
TABLE = {"page_first": 1, "x0": 0.0, "y0": 0.0, "x1": 9.0, "y1": 9.0, "header_row_count": 1}


def placed(part: dict[str, object]) -> set[tuple[object, ...]]:
    cells = part["cells"]
    assert isinstance(cells, list)
    return {(c["row"], c["col"], c["rowspan"], c["text"]) for c in cells}


def test_each_part_has_the_headings_and_its_own_rows() -> None:
    first, second = cut({**TABLE, "parts": PARTS}, CELLS)
    assert (first["page"], second["page"]) == (1, 2)
    assert placed(first) == {
        (0, 0, 1, "name"), (0, 1, 1, "sum"), (1, 0, 1, "a"), (1, 1, 1, "1"), (2, 0, 1, "b"),
        (2, 1, 1, "2"),
    }  # fmt: skip
    assert placed(second) == {
        (0, 0, 1, "name"), (0, 1, 1, "sum"), (1, 0, 1, "b"), (1, 1, 1, "3"), (2, 0, 1, "c"),
        (2, 1, 1, "4"),
    }  # fmt: skip


def test_a_table_on_one_page_stays_as_it_is() -> None:
    (whole,) = cut({**TABLE, "parts": PARTS[:1]}, CELLS)
    assert len(placed(whole)) == len(CELLS)
