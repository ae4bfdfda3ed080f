"""The looks benchmark draws the same table again: text stays, rules change."""

from pathlib import Path

import pypdf
import pytest

from benchmarks import looks
from benchmarks.looks import LOOKS, Look, Side, Table, redraw, table_of
from extract.reading.source import read_document
from extract.records import TableGrid
from tests.extract.conftest import Paper

XS, YS = (60.0, 160.0, 260.0, 360.0, 460.0), tuple(100.0 + 20 * n for n in range(6))
ROWS = (
    ("name", "2022", "2023", "2024"), ("staff", "10", "20", "30"), ("travel", "1", "2", "3"),
    ("prints", "4", "5", "6"), ("sum", "15", "27", "39"),
)  # fmt: skip
COMPLETE = {
    "gaps",
    "white",
    "tiles",
    "cellwise",
    "strips",
    "dashes",
    "ragged",
    "open_sides",
    "heavy",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.pdf"
    path.write_bytes(Paper().grid(XS, YS, ROWS).save())
    return path


def texts(grid: TableGrid) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.col, cell.text) for cell in grid.cells]


def drawn(source: Path, look: Look, folder: Path) -> Path:
    (grid,) = read_document(source).grids
    target = folder / f"{look.__name__}.pdf"
    redraw(source, target, {1: [table_of(grid, 1)]}, look)
    return target


@pytest.mark.parametrize(
    "look", [pytest.param(look, id=look.__name__) for look in LOOKS if look.__name__ in COMPLETE]
)
def test_a_full_grid_is_read_the_same_in_every_look(
    look: Look, source: Path, tmp_path: Path
) -> None:
    (before,) = read_document(source).grids
    (after,) = read_document(drawn(source, look, tmp_path)).grids
    assert texts(after) == texts(before)


def test_a_bare_page_keeps_its_text_and_loses_its_rules(source: Path, tmp_path: Path) -> None:
    target = drawn(source, looks.bare, tmp_path)
    content = pypdf.PdfReader(target).pages[0].get_contents()
    assert content is not None
    assert not {b"S", b"f"} & {operator for _, operator in content.operations}
    assert "travel" in pypdf.PdfReader(target).pages[0].extract_text()


def test_each_border_is_drawn_once() -> None:
    left = Side(x0=0, y0=0, x1=10, y1=10)
    right = Side(x0=10, y0=0, x1=20, y1=10)
    assert len(Table(cells=((0, 0, left), (0, 0, right)), head=1).sides) == 7
