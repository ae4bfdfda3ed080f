"""The static report as people use it: opened from a folder, filtered, from finding to cell."""

import io
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from PIL import Image

GRAVE = ("serious", "critical")


def open_page(watched: Any, output: Path, name: str = "index.html") -> Any:
    watched.page.goto((output / "report" / name).as_uri())
    return watched.page


def violations(page: Any) -> list[str]:
    found = Axe().run(page)["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in GRAVE
    ]


def test_it_opens_without_a_server_and_without_an_error(watched: Any, output: Path) -> None:
    page = open_page(watched, output)
    assert page.title() == "Report of the audit"
    for name in sorted((output / "report").rglob("*.html")):
        page.goto(name.as_uri())
    assert watched.troubles == []


def test_filters_leave_the_findings_that_fit(watched: Any, output: Path) -> None:
    page = open_page(watched, output)
    rows = page.locator("#findings tbody tr")
    assert rows.count() == 3
    page.select_option("select[name=severity]", "high")
    page.wait_for_function("document.querySelectorAll('#findings tbody tr').length === 1")
    assert "Column total" in rows.first.inner_text()
    page.select_option("select[name=severity]", "")
    page.fill("input[name=words]", "금연")
    page.wait_for_function("document.querySelectorAll('#findings tbody tr').length === 1")
    assert "Rate" in rows.first.inner_text()
    page.fill("input[name=words]", "no such words")
    page.wait_for_function("document.querySelectorAll('#findings tbody tr').length === 0")
    assert page.inner_text("#shown").startswith("0 / 0")
    assert watched.troubles == []


def test_one_click_leads_from_a_finding_to_its_cell_and_its_print(
    watched: Any, output: Path
) -> None:
    page = open_page(watched, output)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.finding")
    page.click("article.finding >> nth=0 >> .where a")
    page.wait_for_selector("td.lit")
    lit = page.locator(".lit")
    assert sorted(lit.all_inner_texts()) == ["2,075,790", "2,075,790"]
    assert lit.first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    box = page.locator("td.lit").bounding_box()
    assert 0 < box["y"] < 900


def test_the_box_of_a_cell_lies_on_the_ink_of_the_page(watched: Any, output: Path) -> None:
    page = open_page(watched, output, "reports-1.html")
    page.click("text=budget.pdf >> xpath=..//a")
    page.click("section[aria-labelledby=tables-title] tbody a >> nth=0")
    page.wait_for_function("document.querySelector('svg image') !== null")
    page.wait_for_load_state("load")
    cell = page.locator("td.data").filter(has_text="1").first
    anchor = cell.get_attribute("data-cell")
    page.evaluate(f"location.hash = '{anchor}'")
    mark = page.locator(f"rect[data-cell='{anchor}']")
    mark.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    assert "lit" in (mark.get_attribute("class") or "")
    shot = Image.open(io.BytesIO(page.screenshot()))
    around = mark.bounding_box()
    inside = shot.convert("L").crop(
        (round(around["x"]) + 2, round(around["y"]) + 2,
         round(around["x"] + around["width"]) - 2, round(around["y"] + around["height"]) - 2)
    )  # fmt: skip
    dark = sum(count for level, count in enumerate(inside.histogram()) if level < 140)
    assert dark > 10  # the digits of the cell
    edge = shot.convert("RGB").getpixel(
        (round(around["x"] + around["width"] / 2), round(around["y"]))
    )
    assert isinstance(edge, tuple)
    assert edge[2] > edge[0]  # the blue of the box, which is lit


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, output: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    document = next((output / "report" / "documents").glob("d08ae*[0-9a-f].html"))
    tables = next((output / "report" / "documents").glob("d08ae*-1.html"))
    for path in (output / "report" / "index.html", output / "report" / "reports-1.html",
                 output / "report" / "dictionary.html", document, tables):  # fmt: skip
        page.goto(path.as_uri())
        assert violations(page) == [], path.name
    context.close()


def test_all_can_be_reached_with_the_keyboard(watched: Any, output: Path) -> None:
    page = open_page(watched, output)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "words"


def test_on_paper_the_findings_stay_and_the_tools_go(watched: Any, output: Path) -> None:
    page = open_page(watched, output)
    page.emulate_media(media="print")
    assert not page.is_visible("#filters")
    assert page.is_visible("#findings")
