"""People can see on the page itself what was read as a table."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.examine import Examined, examine
from pipelines.overlay import strokes
from pipelines.sources import Source

Write = Callable[..., Path]
GOOD = ("구분|계|국비|시비", "교육|30|10|20", "홍보|50|20|30", "계|80|30|50")
BAD = ("구분|계|국비|시비", "교육|30|10|20", "홍보|50|20|90", "계|80|30|50")
ORANGE, RED = (200, 100, 0), (210, 0, 0)


def explain(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["explain", *map(str, arguments)])


def colours(picture: Path) -> set[tuple[int, ...]]:
    with Image.open(picture) as image:
        counted = image.getcolors(maxcolors=1 << 24) or []
    return {colour for _, colour in counted if isinstance(colour, tuple)}


def test_the_tables_of_the_page_are_drawn_and_named(write_pdf: Write, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    done = explain(write_pdf(GOOD, GOOD), "--page", 2, "--to", picture)
    assert done.exit_code == 0, done.output
    (line,) = done.stdout.splitlines()
    assert "-t0002: 4 rows, 4 columns, ruled" in line
    with Image.open(picture) as image:
        assert image.size == (1190, 1684)
        assert image.getpixel((120, 480)) == ORANGE  # the left border, at 60 points
    assert RED not in colours(picture)


def test_cells_that_do_not_add_up_are_red(write_pdf: Write, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    assert explain(write_pdf(BAD), "--page", 1, "--to", picture).exit_code == 0
    assert RED in colours(picture)


def test_every_cell_of_the_page_is_drawn_and_none_of_other_pages(write_pdf: Write) -> None:
    path = write_pdf(GOOD, GOOD[:3])
    examined = examine(Source(path=path, file_name="a", sha256=None, byte_size=None))
    assert isinstance(examined, Examined)
    drawn = list(strokes(examined.report.tables, 2, frozenset()))
    assert {stroke.place.page for stroke in drawn} == {2}
    assert len([stroke for stroke in drawn if not stroke.label]) == 12
    assert [stroke.label.split("-")[1] for stroke in drawn if stroke.label] == ["t0002 ruled"]


def test_a_text_report_has_no_pages(write_report: Write, tmp_path: Path) -> None:
    done = explain(write_report(), "--page", 1, "--to", tmp_path / "a.png")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("NO_PAGES ")
    assert not (tmp_path / "a.png").exists()


def test_a_page_that_does_not_exist_is_told_with_those_that_do(
    write_pdf: Write, tmp_path: Path
) -> None:
    done = explain(write_pdf(GOOD, GOOD), "--page", 3, "--to", tmp_path / "a.png")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("NO_SUCH_PAGE ")
    assert "no page 3, only 1 to 2" in line


def test_a_file_that_cannot_be_read_is_told_by_its_reason(tmp_path: Path) -> None:
    done = explain(tmp_path / "missing.pdf", "--page", 1, "--to", tmp_path / "a.png")
    assert done.exit_code == 2
    assert done.stderr.startswith("MISSING ")


def test_a_picture_that_cannot_be_written_is_told(write_pdf: Write, tmp_path: Path) -> None:
    done = explain(write_pdf(GOOD), "--page", 1, "--to", tmp_path / "no" / "a.png")
    assert done.exit_code == 2
    assert done.stderr.startswith("UNWRITABLE ")


@pytest.mark.parametrize("options", [("--page", 1), ("--to", "a.png")])
def test_page_and_picture_go_together(options: tuple[object, ...], write_pdf: Write) -> None:
    assert explain(write_pdf(GOOD), *options).exit_code == 2
