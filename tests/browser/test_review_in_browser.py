"""The review as people use it: by keyboard, with a correction that turns a relation green."""

from pathlib import Path
from typing import Any

import openpyxl
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from pipelines.home import Home
from pipelines.review.decisions import DecisionLog


def test_findings_are_decided_by_keyboard_and_a_corrected_cell_turns_green(
    watched: Any, served: Any
) -> None:
    page = watched.page
    page.goto(served.address)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#accept")
    page.wait_for_load_state("load")
    assert "mismatch" in (page.locator(".outcome").first.get_attribute("class") or "")
    page.keyboard.press("c")
    page.keyboard.type("2,077,590")
    page.keyboard.press("Enter")
    page.wait_for_selector(".again")
    outcomes = page.locator(".again li").evaluate_all("all => all.map(one => one.dataset.outcome)")
    assert set(outcomes) <= {"exact", "within_rounding"}
    green = page.locator(".again .outcome").first.evaluate("one => getComputedStyle(one).color")
    assert green == "rgb(31, 98, 56)"

    for _ in range(3):
        before = page.url
        page.keyboard.press("a")
        page.wait_for_function(
            "url => location.href !== url || !document.querySelector('#state.open')",
            arg=before,
        )
    page.keyboard.press("l")
    page.wait_for_selector("#content h1")
    assert page.locator("td .state.accept").count() == 3
    rows = DecisionLog(Home(served.folder)).read()
    assert [row.action for row in rows] == ["correct", "accept", "accept", "accept"]
    assert {row.who for row in rows} == {"Reviewer"}
    assert watched.troubles == []


def test_a_note_an_undo_and_the_way_back(watched: Any, served: Any) -> None:
    page = watched.page
    page.goto(served.address)
    page.click(".findings .title >> nth=1")
    page.wait_for_selector("#note")
    page.wait_for_load_state("load")
    page.keyboard.press("n")
    page.keyboard.type("a note with j, k and a in it")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#note")).to_have_value("")  # the page forbids what evaluates a text
    page.wait_for_load_state("load")
    page.keyboard.press("l")
    page.wait_for_selector("td .state.reject")
    page.click(".findings .title >> nth=1")
    page.wait_for_selector("#state.reject")
    assert page.inner_text(".note").startswith("a note with j, k and a in it")
    page.wait_for_load_state("load")
    page.keyboard.press("u")
    page.wait_for_selector("#state.open")


def test_a_click_on_a_cell_of_the_table_chooses_it(watched: Any, served: Any) -> None:
    page = watched.page
    page.goto(served.address)
    page.click(".findings .title >> nth=0")
    page.click("td[data-cell=t0001-2-1]")
    assert page.input_value("#text") == "493,350"


def test_axe_finds_nothing_serious_in_the_review(watched: Any, served: Any) -> None:
    page = watched.page
    page.goto(served.address)
    for _ in range(2):
        # The policy of the pages lets no foreign script in: axe is run by the browser itself.
        found = Axe().run(page)["violations"]
        grave = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
        assert grave == []
        if page.locator(".findings .title").count():
            page.click(".findings .title >> nth=0")


def test_ten_findings_are_decided_and_handed_on_as_a_workbook(
    watched: Any, many: Any, tmp_path: Path
) -> None:
    page = watched.page
    page.goto(many.address)
    assert page.locator(".findings .title").count() >= 10
    page.click(".findings .title >> nth=0")
    page.wait_for_selector("#state.open")
    page.wait_for_load_state("load")
    for number in range(10):
        before = page.url
        page.keyboard.press("a" if number % 2 else "r")
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_load_state("load")
    page.keyboard.press("l")
    page.wait_for_selector("td .state.accept")
    assert page.locator("td .state.accept").count() == 5
    assert page.locator("td .state.reject").count() == 5
    with page.expect_download() as waiting:
        page.click("a[href^='/export.xlsx']")
    waiting.value.save_as(tmp_path / "findings.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "findings.xlsx")["findings"]
    heads = [cell.value for cell in sheet[1]]
    states = [row[heads.index("decision")].value for row in sheet.iter_rows(min_row=2)]
    assert (states.count("accepted"), states.count("rejected")) == (5, 5)
    assert watched.troubles == []
