"""Of several readings of a table the one is kept whose own arithmetic holds."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.records import Cell, Document, Place, Run, TableGrid
from normalize.records import Report
from pipelines.choose import Score, choose_reading, is_doubtful, score_grid

GOOD = ("구분|계|1월|2월", "교육|30|10|20", "홍보|50|20|30", "계|80|30|50")
BAD = ("구분|계|1월|2월", "교육|30|10|20", "홍보|50|20|90", "계|80|30|50")
SLID = ("구분|계|1월|2월", "교육|10|20|30", "홍보|20|30|50", "계|30|50|80")


def grid(rows: Sequence[str], page: int | None = None, x1: float = 400.0) -> TableGrid:
    """Return a grid of rows divided by bars; without a page it stands in a text."""

    def place(row: int, col: int) -> Place:
        if page is None:
            return Place(line_no=row + 1, char_start=10 * col, char_end=10 * col + 9)
        return Place(
            page=page, x0=50.0 * col, y0=20.0 * row, x1=50.0 * col + 40, y1=20.0 * row + 12
        )

    cells = tuple(
        Cell(row=r, col=c, runs=(Run(text=text, place=place(r, c)),), place=place(r, c))
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    )
    whole = Place(page=page, x0=0.0, y0=0.0, x1=x1, y1=80.0) if page else place(0, 0)
    return TableGrid(
        cells=cells, row_count=len(rows), column_count=4, engine="first", place=whole,
        header_row_count=1,
    )  # fmt: skip


def document(*grids: TableGrid) -> Document:
    return Document(
        document_id="ab" * 32, file_name="a", media_type="text/plain", byte_size=1, blocks=grids,
        page_count=max((g.place.page or 0 for g in grids), default=0),
    )  # fmt: skip


def values(report: Report) -> list[str]:
    return [fact.raw for fact in report.facts]


def printed(rows: Sequence[str]) -> list[str]:
    return [text for row in rows[1:] for text in row.split("|")[1:]]


def test_a_reading_that_adds_up_scores_higher() -> None:
    plain = document()
    assert score_grid(plain, grid(GOOD)) > score_grid(plain, grid(BAD))
    assert score_grid(plain, grid(GOOD)) > score_grid(plain, grid(SLID))


def test_a_failure_weighs_more_than_a_success() -> None:
    assert Score(balance=1, held=1, numbers=2) > Score(balance=0, held=2, numbers=2)


def test_a_layout_that_fails_less_because_it_lost_numbers_is_not_taken() -> None:
    """Without the numbers of a row, the relation that failed cannot be tested."""
    wrong = ("구분|국비|시비|계", "가|10|20|30", "나|5|5|10", "다|7|8|16", "라|1|1|2", "마|2|2|4")
    lost = ("구분|국비|시비|계", "가|10|20|30", "나|5|5|10", "다|||", "라|1|1|2", "마|2|2|4")
    first = replace(grid(wrong), is_ambiguous=True, alternatives=(grid(lost),))
    report = choose_reading(document(first))
    assert values(report) == printed(wrong)


def test_the_layout_that_adds_up_is_kept_and_says_why() -> None:
    open_grid = replace(grid(SLID), is_ambiguous=True, alternatives=(grid(GOOD),))
    report = choose_reading(document(open_grid))
    assert values(report) == printed(GOOD)
    assert "relations hold" in report.tables[0].grid.note
    assert report.tables[0].grid.confidence <= 0.9


def test_the_first_reading_stays_where_no_other_does_better() -> None:
    open_grid = replace(grid(GOOD), is_ambiguous=True, alternatives=(grid(SLID), grid(GOOD)))
    report = choose_reading(document(open_grid))
    assert report.tables[0].grid is open_grid


def test_what_stands_around_the_table_stays_with_it() -> None:
    note = Run(text="(단위: 천원)", place=Place(line_no=9))
    open_grid = replace(
        grid(SLID), is_ambiguous=True, alternatives=(grid(GOOD),), unit_note=note,
        section_path=("□ 예산",),
    )  # fmt: skip
    (table,) = choose_reading(document(open_grid)).tables
    assert (table.grid.unit_note, table.grid.section_path) == (note, ("□ 예산",))


class Engine:
    """A second engine that answers with the same tables and counts its questions."""

    def __init__(self, *grids: TableGrid) -> None:
        self.grids = grids
        self.pages: list[int] = []

    def __call__(self, page: int) -> tuple[TableGrid, ...]:
        self.pages.append(page)
        return self.grids


def test_a_second_engine_is_asked_only_where_the_first_fails() -> None:
    engine = Engine(grid(GOOD, page=1))
    assert values(choose_reading(document(grid(GOOD, page=1)), engine)) == printed(GOOD)
    assert engine.pages == []


def test_a_second_engine_that_adds_up_is_believed() -> None:
    engine = Engine(replace(grid(GOOD, page=1), engine="second"))
    report = choose_reading(document(grid(BAD, page=1)), engine)
    assert engine.pages == [1]
    assert values(report) == printed(GOOD)
    assert "Read by second" in report.tables[0].grid.note


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(Engine(), id="no table there"),
        pytest.param(Engine(grid(GOOD, page=1, x1=100.0)), id="a table elsewhere on the page"),
        pytest.param(Engine(grid(BAD, page=1)), id="the same reading"),
    ],
)
def test_a_failing_table_stays_as_it_is_printed_without_a_better_reading(engine: Engine) -> None:
    assert values(choose_reading(document(grid(BAD, page=1)), engine)) == printed(BAD)


def test_a_text_has_no_second_engine() -> None:
    engine = Engine(grid(GOOD))
    assert values(choose_reading(document(grid(BAD)), engine)) == printed(BAD)
    assert engine.pages == []


def test_questions_are_limited_in_number_and_each_page_is_asked_once() -> None:
    engine = Engine()
    grids = [grid(BAD, page=page) for page in (1, 1, 2, 3, 4, 5)]
    choose_reading(document(*grids), engine)
    assert engine.pages == [1, 2]


@pytest.mark.parametrize(("pages", "most"), [(1, 1), (19, 2), (30, 3), (200, 20)])
def test_at_most_one_page_in_ten_asks_for_a_second_opinion(pages: int, most: int) -> None:
    engine = Engine()
    choose_reading(document(*(grid(BAD, page=page) for page in range(1, pages + 1))), engine)
    assert len(engine.pages) == most


def test_only_open_damaged_or_drawn_tables_are_doubted() -> None:
    plain = choose_reading(document(grid(GOOD)))
    drawn = choose_reading(document(grid(GOOD, page=1)))
    assert not is_doubtful(plain.tables[0], plain)
    assert is_doubtful(drawn.tables[0], drawn)
