"""Tables that go on over the next page."""

from dataclasses import replace

import pytest

from extract.grids.joined import join_continued
from extract.records import Block, Cell, Line, Place, Run, TableGrid, TablePart

HEAD = ("구분", "예산")


def grid(page: int, *rows: tuple[str, ...], left: float = 50, width: float = 100) -> TableGrid:
    cells = tuple(
        Cell(
            row=r,
            col=c,
            runs=(Run(text=text, place=Place(page=page)),),
            place=Place(
                page=page,
                x0=left + c * width,
                x1=left + (c + 1) * width,
                y0=100.0 + 20 * r,
                y1=120.0 + 20 * r,
            ),
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    bottom = 100.0 + 20 * len(rows)
    right = left + width * len(rows[0])
    return TableGrid(
        cells=cells,
        row_count=len(rows),
        column_count=len(rows[0]),
        engine="ruled",
        place=Place(page=page, x0=left, y0=100, x1=right, y1=bottom),
        parts=(
            TablePart(
                page=page, x0=left, y0=100, x1=right, y1=bottom, row_first=0,
                row_last=len(rows) - 1,
            ),
        ),
    )  # fmt: skip


def line(text: str, *, is_furniture: bool = False) -> Line:
    run = Run(text=text, place=Place(page=1))
    return Line(run=run, role="furniture" if is_furniture else "text")


FIRST = grid(1, HEAD, ("국비", "1"))


def test_rows_of_the_next_page_follow_and_repeated_headings_go() -> None:
    (joined,) = join_continued([FIRST, grid(2, HEAD, ("시비", "2"), ("구비", "3"))])
    assert isinstance(joined, TableGrid)
    texts = [(c.row, c.text) for c in joined.cells if c.col == 0]
    assert texts == [(0, "구분"), (1, "국비"), (2, "시비"), (3, "구비")]
    assert joined.row_count == 4
    assert [(p.page, p.row_first, p.row_last) for p in joined.parts] == [(1, 0, 1), (2, 2, 3)]


def test_without_a_repeated_heading_every_row_is_kept() -> None:
    (joined,) = join_continued([FIRST, grid(2, ("시비", "2"))])
    assert isinstance(joined, TableGrid)
    assert joined.row_count == 3


def test_a_table_may_go_on_over_many_pages() -> None:
    pages = [grid(n, HEAD, (f"{n}월", str(n))) for n in range(1, 6)]
    (joined,) = join_continued(pages)
    assert isinstance(joined, TableGrid)
    assert joined.row_count == 6
    assert [part.page for part in joined.parts] == [1, 2, 3, 4, 5]


def test_furniture_between_the_parts_is_kept_behind_the_table() -> None:
    number = line("- 1 -", is_furniture=True)
    blocks = join_continued([FIRST, number, grid(2, ("시비", "2"))])
    assert [type(block) for block in blocks] == [TableGrid, Line]
    assert blocks[1] == number


@pytest.mark.parametrize("text", ["(단위 : 천원)", "<표 3> 집행 현황(계속)", "- 계속 -"])
def test_what_is_printed_again_above_the_rest_of_a_table_does_not_part_it(text: str) -> None:
    blocks = join_continued([FIRST, line(text), grid(2, HEAD, ("시비", "2"))])
    assert isinstance(blocks[0], TableGrid)
    assert blocks[0].row_count == 3
    assert isinstance(blocks[1], Line)
    assert blocks[1].role == "furniture"


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param([FIRST, line("○ 집행 현황"), grid(2, ("시비", "2"))], id="text between"),
        pytest.param([FIRST, grid(1, ("시비", "2"))], id="same page"),
        pytest.param([FIRST, grid(3, ("시비", "2"))], id="a page lies between"),
        pytest.param([FIRST, grid(2, ("시비", "2"), width=80)], id="other column borders"),
        pytest.param([FIRST, grid(2, ("시비", "2", "3"))], id="other column count"),
    ],
)
def test_other_tables_stay_apart(blocks: list[Block]) -> None:
    assert join_continued(blocks) == tuple(blocks)


def test_the_margins_of_facing_pages_may_differ() -> None:
    assert len(join_continued([FIRST, grid(2, ("시비", "2"), left=62)])) == 1


def test_a_heading_cut_by_its_merged_cells_is_not_dropped_in_part() -> None:
    second = grid(2, HEAD, ("시비", "2"))
    tall = replace(second.cells[0], row_span=2)
    second = replace(second, cells=(tall, second.cells[1], second.cells[3]))
    (joined,) = join_continued([FIRST, second])
    assert isinstance(joined, TableGrid)
    assert joined.row_count == 4
