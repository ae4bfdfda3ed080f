"""Whoever was asked to read the tables of a PDF reads them, and the dataset says who it was."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from extract.reading import second
from extract.reading.source import read_document
from extract.records import Document, Line, TableGrid
from pipelines.cli import app
from pipelines.engines import EngineChoice, exchange_tables, read_with, second_opinion

Write = Callable[..., Path]
GOOD = ("구분|계|국비|시비", "교육|30|10|20", "홍보|50|20|30", "계|80|30|50")
BAD = ("구분|계|국비|시비", "교육|30|10|20", "홍보|50|20|90", "계|80|30|50")


def texts(document: Document) -> list[str]:
    return [line.run.text for line in document.lines]


def theirs(document: Document, rows: int) -> TableGrid:
    """Return the top rows of our table as another engine could draw them."""
    (ours,) = document.grids
    cells = tuple(cell for cell in ours.cells if cell.row < rows)
    y1 = max(cell.place.y1 or 0 for cell in cells)
    return TableGrid(
        cells=cells, row_count=rows, column_count=4, engine="other",
        place=replace(ours.place, y1=y1),
        parts=(replace(ours.parts[0], y1=y1, row_last=rows - 1),),
    )  # fmt: skip


@pytest.mark.parametrize("choice", ["pdfplumber", "camelot"])
def test_another_engine_reads_every_page_and_our_units_stay(
    choice: EngineChoice, write_pdf: Write
) -> None:
    path = write_pdf(GOOD, BAD)
    document = read_with(path, read_document(path), choice)
    assert [grid.engine for grid in document.grids] == [choice, choice]
    for page, grid in enumerate(document.grids, 1):
        assert grid.place.page == page
        assert grid.unit_note is not None
        assert grid.unit_note.text == "(단위: 천원)"
        assert grid.confidence == 0.9
        assert choice in grid.note
    assert texts(document).count("본문이 여기에 이어진다") == 2


@pytest.mark.parametrize("choice", ["auto", "ours"])
def test_our_own_reading_is_left_as_it_is(choice: EngineChoice, write_pdf: Write) -> None:
    path = write_pdf(GOOD)
    document = read_document(path)
    assert read_with(path, document, choice) is document


@pytest.mark.parametrize("choice", ["pdfplumber", "camelot"])
def test_a_text_report_has_no_pages_to_draw(choice: EngineChoice, write_report: Write) -> None:
    path = write_report()
    document = read_document(path)
    assert read_with(path, document, choice) is document
    assert second_opinion(path, document, "auto") is None


def test_only_auto_asks_for_a_second_opinion(write_pdf: Write) -> None:
    path = write_pdf(GOOD)
    document = read_document(path)
    assert second_opinion(path, document, "ours") is None
    assert second_opinion(path, document, "camelot") is None
    ask = second_opinion(path, document, "auto")
    assert ask is not None
    assert [grid.engine for grid in ask(1)] == ["camelot"]


def test_text_that_no_table_of_theirs_holds_is_not_lost(write_pdf: Write) -> None:
    document = read_document(write_pdf(GOOD))
    exchanged = exchange_tables(document, {1: (theirs(document, 3),)})
    (grid,) = exchanged.grids
    assert (grid.engine, grid.row_count) == ("other", 3)
    assert [text for text in texts(exchanged) if text not in texts(document)] == [
        "계", "80", "30", "50",
    ]  # fmt: skip
    order = [block for block in exchanged.blocks if isinstance(block, TableGrid | Line)]
    assert order.index(grid) < next(
        n for n, block in enumerate(order) if isinstance(block, Line) and block.run.text == "80"
    )


def test_a_page_without_their_tables_becomes_text(write_pdf: Write) -> None:
    exchanged = exchange_tables(read_document(write_pdf(GOOD)), {1: ()})
    assert exchanged.grids == ()
    assert set("|".join(GOOD).split("|")) <= set(texts(exchanged))


def test_pages_that_they_cannot_read_stay_as_they_are(write_pdf: Write) -> None:
    document = read_document(write_pdf(GOOD))
    assert exchange_tables(document, {}).blocks == document.blocks


def test_a_table_over_two_pages_is_exchanged_on_both(write_pdf: Write) -> None:
    path = write_pdf(GOOD, GOOD)
    first, other = read_document(path).grids
    joined = replace(
        first, cells=(*first.cells, *(replace(c, row=c.row + 4) for c in other.cells)),
        row_count=8,
        parts=(*first.parts, replace(other.parts[0], row_first=4, row_last=7)),
    )  # fmt: skip
    document = replace(read_document(path), blocks=(joined,))
    exchanged = exchange_tables(document, {1: (replace(first, engine="other"),), 2: ()})
    assert [(grid.engine, grid.row_count) for grid in exchanged.grids] == [("other", 4)]
    assert "홍보" in texts(exchanged)


def test_a_page_that_the_engine_fails_on_gives_none(
    write_pdf: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> list[object]:
        raise ValueError

    data = write_pdf(GOOD, GOOD).read_bytes()
    assert [len(grids or ()) for grids in second.read_every_page(data, "pdfplumber")] == [1, 1]
    monkeypatch.setattr(second, "_pdfplumber_lattices", fail)
    assert list(second.read_every_page(data, "pdfplumber")) == [None, None]
    assert second.read_second(data, 1, "pdfplumber") == ()


@pytest.mark.parametrize(
    ("choice", "engine"), [("auto", "ruled"), ("ours", "ruled"), ("pdfplumber", "pdfplumber")]
)
def test_a_run_records_who_read_the_tables(
    choice: str, engine: str, write_pdf: Write, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    arguments = [
        "run",
        str(write_pdf(GOOD)),
        "-o",
        str(output),
        "-q",
        "--workers",
        "0",
        "--no-gate",
    ]
    assert CliRunner().invoke(app, [*arguments, "--engine", choice]).exit_code == 0
    rows = pq.read_table(output / "dataset" / "tables").to_pylist()
    assert [(row["engine"], bool(row["note"])) for row in rows] == [(engine, engine != "ruled")]
    (ledger,) = (output / "runs").iterdir()
    assert f'"engine": "{choice}"' in ledger.read_text(encoding="utf-8")


def test_check_takes_an_engine_and_refuses_unknown_ones(write_pdf: Write) -> None:
    path = str(write_pdf(BAD))
    assert CliRunner().invoke(app, ["check", path, "--engine", "ours"]).exit_code == 1
    assert CliRunner().invoke(app, ["check", path, "--engine", "other"]).exit_code == 2
