"""The static report: complete, linked, escaped, and written anew only where something differs."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image

from pipelines.build import Options, run
from pipelines.home import Home
from pipelines.manifest import read_manifest
from pipelines.published import read_table
from pipelines.report.pictures import SCALE, Drawing, draw_pages
from pipelines.report.rendering import TEMPLATES
from pipelines.report.wording import _WORDS, words_of
from pipelines.report.writing import ReportOptions, renew_report, write_report
from pipelines.years import audit_years

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}", "</pre><iframe src=//example.com>", "javascript:alert(1)",
)  # fmt: skip


class Elements(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        known = dict(attrs)
        self.attributes += known
        if known.get("id"):
            self.ids.append(known["id"] or "")
        for name in ("href", "src"):
            if known.get(name):
                self.links.append(known[name] or "")


def small_report(text: str) -> str:
    return (
        f"2024년 주요업무보고\n\n(단위: 천원)\n구분\t예산액\n{text}\t100\n운영비\t250\n합계\t340\n"
    )


def write(output: Path, folder: Path, **said: object) -> None:
    options = Options(
        workers=0,
        has_gate=False,
        report=ReportOptions(workers=0, **said),  # type: ignore[arg-type]
    )
    run([str(folder)], output, options)


def test_every_link_leads_to_a_file_and_an_anchor_that_are_there(written: Any) -> None:
    pages = {path: Elements(path.read_text("utf-8")) for path in written.pages()}
    broken = []
    for path, found in pages.items():
        for link in found.links:
            name, _, anchor = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            if not target.is_file() or (anchor and anchor not in pages[target].ids):
                broken.append((path.name, link))
    assert broken == []


def test_no_id_stands_twice_on_a_page(written: Any) -> None:
    for path in written.pages():
        ids = Elements(path.read_text("utf-8")).ids
        assert len(ids) == len(set(ids)), path.name


def test_nothing_is_loaded_from_elsewhere(written: Any) -> None:
    for path in written.pages():
        links = Elements(path.read_text("utf-8")).links
        assert not [link for link in links if re.match(r"(?:[a-z]+:)?//", link)], path.name


def test_the_first_page_counts_what_the_manifest_counts(written: Any) -> None:
    counts = dict(read_manifest(written.home.dataset.resolve()).counts())
    page = written.page("index.html")
    held = counts["checks exact"] + counts["checks within_rounding"]
    shown = re.findall(r"<dd>(?:<a [^>]*>)?([\d,]+)", page)
    assert f"{counts['reports']:,}" in shown
    assert f"{counts['facts']:,}" in shown
    assert f"{held:,}" in shown
    assert f"{counts['checks mismatch']:,}" in shown


def test_every_finding_has_its_equation_place_and_difference(written: Any) -> None:
    folder = written.home.dataset.resolve()
    rows = read_table(folder, "findings").to_pylist()
    assert rows
    checks = {row["check_id"]: row for row in read_table(folder, "checks").to_pylist()}
    for row in rows:
        page = written.page(f"documents/{row['document_id']}.html")
        assert f'id="{row["finding_id"]}"' in page
        assert row["title_ko"] in page
        for check in row["check_ids"]:
            assert checks[check]["expression"] in page.replace("&gt;", ">")
        cell = row["cells"][0]
        anchor = f"{cell['table_id'].partition('-')[2]}-{cell['row']}-{cell['col']}"
        assert f"{row['document_id']}-1.html#{anchor}" in page


def test_every_cell_of_the_dataset_is_shown_with_its_text(written: Any) -> None:
    folder = written.home.dataset.resolve()
    rows = read_table(folder, "cells").to_pylist()
    shown: dict[str, set[str]] = {}
    for path in written.pages():
        found = re.findall(r'<t[hd] id="([^"]+)"', path.read_text("utf-8"))
        shown.setdefault(path.name.partition("-")[0], set()).update(found)
    for row in rows:
        anchor = f"{row['table_id'].partition('-')[2]}-{row['row']}-{row['col']}"
        assert anchor in shown[row["document_id"]]


def test_a_cell_on_a_page_is_drawn_where_it_stands(written: Any) -> None:
    folder = written.home.dataset.resolve()
    cells = [row for row in read_table(folder, "cells").to_pylist() if row["x0"] is not None]
    row = next(cell for cell in cells if cell["role"] == "data")
    anchor = f"{row['table_id'].partition('-')[2]}-{row['row']}-{row['col']}"
    page = written.page(f"documents/{row['document_id']}-1.html")
    box = re.search(rf'<rect class="box[^"]*" data-cell="{anchor}" x="([\d.]+)" y="([\d.]+)"', page)
    assert box is not None
    assert float(box[1]) == pytest.approx(row["x0"], abs=0.06)
    assert float(box[2]) == pytest.approx(row["y0"], abs=0.06)
    assert f"../pages/{row['document_id']}/{row['page']}.webp" in page


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_reports_is_shown_and_never_run(tmp_path: Path, words: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(small_report(words), encoding="utf-8")
    write(tmp_path / "out", folder)
    for path in sorted((tmp_path / "out" / "report").rglob("*.html")):
        found = Elements(path.read_text("utf-8"))
        scripts = [name for name in found.names if name in ("script", "iframe", "img", "object")]
        assert scripts == ["script"], path.name  # our own
        assert not [name for name in found.attributes if name.startswith("on")]
    data = (tmp_path / "out" / "report" / "data" / "findings-0.js").read_text("utf-8")
    assert "</" not in data


def test_a_second_run_over_the_same_inputs_writes_no_page(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(small_report("시설비"), encoding="utf-8")
    write(tmp_path / "out", folder)
    again = write_report(Home(tmp_path / "out"), tmp_path / "scratch", ReportOptions(workers=0))
    assert again.pages == 0
    assert again.kept == 1


def test_pages_of_reports_that_are_gone_go_too(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("시설비", "자산취득비"):
        (folder / f"{name}.txt").write_text(small_report(name), encoding="utf-8")
    write(tmp_path / "out", folder)
    assert len(list((tmp_path / "out" / "report" / "documents").glob("*.html"))) == 4
    (folder / "시설비.txt").unlink()
    write(tmp_path / "out", folder)
    assert len(list((tmp_path / "out" / "report" / "documents").glob("*.html"))) == 2


def test_another_language_writes_every_page_anew(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(small_report("시설비"), encoding="utf-8")
    write(tmp_path / "out", folder)
    write(tmp_path / "out", folder, language="en")
    pages = [p.read_text("utf-8") for p in (tmp_path / "out" / "report").rglob("*.html")]
    assert all('<html lang="en">' in page for page in pages)
    assert any("Findings" in page for page in pages)


def test_a_page_without_its_file_is_drawn_from_the_cells(tmp_path: Path) -> None:
    output, source = tmp_path / "out", tmp_path / "budget.pdf"
    source.write_bytes(
        (Path(__file__).parents[2] / "samples" / "reports" / "budget.pdf").read_bytes()
    )
    run([str(source)], output, Options(workers=0, has_gate=False))
    source.unlink()
    write_report(Home(output), tmp_path / "scratch", ReportOptions(workers=0))
    page = next((output / "report" / "documents").glob("*-1.html")).read_text("utf-8")
    assert "<image" not in page
    assert 'class="drawn"' in page


def test_the_difference_to_the_version_before_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(small_report("시설비").replace("340", "350"), encoding="utf-8")
    write(tmp_path / "out", folder, language="en")
    (folder / "a.txt").write_text(small_report("시설비"), encoding="utf-8")
    write(tmp_path / "out", folder, language="en")
    page = (tmp_path / "out" / "report" / "index.html").read_text("utf-8")
    assert '<span class="how appeared">appeared</span> Finding · a.txt' in " ".join(page.split())


def test_every_word_is_there_in_both_languages() -> None:
    for key, (korean, english) in _WORDS.items():
        assert korean, key
        assert english, key
        assert not re.search("[가-힣]", english), key


def test_templates_ask_only_for_words_that_are_there() -> None:
    asked = set()
    for path in TEMPLATES.glob("*.j2"):
        asked |= set(re.findall(r'say\("(\w+)"\)', path.read_text("utf-8")))
    asked |= {
        key
        for path in TEMPLATES.parents[1].rglob("*.py")
        for key in re.findall(r'\bsay\("(\w+)"\)', path.read_text("utf-8"))
    }
    assert asked - set(_WORDS) == set()
    assert words_of("en")("no such key") == "no such key"


PERSONAL = (
    "2024년 주요업무보고\n\n담당자: 홍길순 주무관 (☎ 02-2127-4321)\n\n(단위: 천원)\n"
    "구분\t예산액\t담당자\n시설비\t100\t나무열\n운영비\t250\t나무열\n합계\t340\t\n"
)
SECRETS = ("홍길순", "2127-4321", "나무열")


def test_no_person_is_named_in_the_report_unless_someone_asks_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PERSONAL, encoding="utf-8")
    write(tmp_path / "out", folder)
    pages = {p: p.read_text("utf-8") for p in (tmp_path / "out" / "report").rglob("*.html")}
    shown = {secret for page in pages.values() for secret in SECRETS if secret in page}
    assert shown == set()
    options = Options(
        workers=0, has_gate=False, keep_personal=True, report=ReportOptions(workers=0)
    )
    run([str(folder)], tmp_path / "out", options)
    tables = next((tmp_path / "out" / "report" / "documents").glob("*-1.html"))
    assert "나무열" in tables.read_text("utf-8")


def test_a_picture_shows_no_person(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    paper = Canvas(str(tmp_path / "page.pdf"))
    paper.setFont("HYSMyeongJo-Medium", 14)
    paper.drawString(72, 760, "담당자: 홍길순")
    paper.drawString(72, 700, "예산액 1,234천원")
    paper.save()
    ink = {}
    for name, masked in (("kept", None), ("masked", ())):
        drawing = Drawing(document_id="d", path=tmp_path / "page.pdf", pages=(1,), masked=masked)
        packed = draw_pages(drawing)
        image = Image.open(io.BytesIO(packed[packed.index(b"RIFF") :])).convert("L")
        name_box = image.crop(
            (int(125 * SCALE), int(65 * SCALE), int(170 * SCALE), int(85 * SCALE))
        )
        sum_box = image.crop(
            (int(72 * SCALE), int(128 * SCALE), int(180 * SCALE), int(148 * SCALE))
        )
        ink[name] = (name_box.tobytes(), len(set(sum_box.tobytes())))
    assert ink["kept"][0] != ink["masked"][0]
    assert len(set(ink["masked"][0])) < len(set(ink["kept"][0]))  # painted over, no letters left
    assert ink["kept"][1] == ink["masked"][1]


def test_a_figure_of_last_years_report_is_named_and_linked(tmp_path: Path) -> None:
    folder, home = tmp_path / "in", Home(tmp_path / "out")
    folder.mkdir()
    head = "서울특별시 한빛구\n\n{year}년 주요업무보고\n\n3 추진 실적\n\n구분\t누적 회원 수\n"
    for year, members in ((2022, "35,120"), (2023, "31,010")):
        words = head.format(year=year) + f"중앙도서관\t{members}명\n분관\t18,450명\n"
        (folder / f"{year}.txt").write_text(words, encoding="utf-8")
    write(home.root, folder)
    audit_years(home.root)
    renew_report(home, tmp_path / "scratch", workers=0)
    rows = read_table(home.dataset.resolve(), "findings").to_pylist()
    [finding] = [row for row in rows if "2022" in row["explanation_en"]]
    ids = {row["file_name"]: row["document_id"] for row in _documents(home)}
    page = (home.report / "documents" / f"{finding['document_id']}.html").read_text("utf-8")
    assert finding["document_id"] == ids["2023.txt"]
    assert f'<a href="{ids["2022.txt"]}.html">2022.txt, 줄 ' in page


def _documents(home: Home) -> Any:
    return read_table(home.dataset.resolve(), "documents").to_pylist()
