"""Whether anything that reports brought along runs in the pages over them, or leaves the machine.

Usage: python -m benchmarks.inert OUTPUT

Opens every page of the report and every finding of the review in Chromium. Exit code 1 where a
dialog opened, a foreign element stood in a page, or something was asked for elsewhere.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

_FOREIGN = (
    "script:not([src*='report.js']):not([src*='review.js']), iframe, object, embed, img, video, "
    "audio, base, meta[http-equiv=refresh], form:not([id=filters]):not([method]), a[href^='java']"
)


def main() -> int:
    """Open all, print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", type=Path)
    output = parser.parse_args().output.absolute()
    troubles: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        pages = sorted((output / "report").rglob("*.html"))
        page = _watched(browser, troubles)
        for path in pages:
            page.goto(path.as_uri())
            _look(page, path.name, troubles)
        count = _review(browser, output, troubles)
        browser.close()
    for trouble in troubles:
        print(trouble)
    print(f"{len(pages):,} pages, {count:,} findings in the review, {len(troubles)} troubles")
    return 1 if troubles else 0


def _watched(browser: Browser, troubles: list[str]) -> Page:
    page = browser.new_page()
    page.on("dialog", lambda one: troubles.append(f"dialog on {page.url}: {one.message}"))
    page.on("pageerror", lambda one: troubles.append(f"error on {page.url}: {one}"))
    page.on(
        "request",
        lambda one: (
            None
            if one.url.startswith(("file:", "http://127.0.0.1:"))
            else troubles.append(f"asked for {one.url} on {page.url}")
        ),
    )
    return page


def _look(page: Page, name: str, troubles: list[str]) -> None:
    found = page.locator(_FOREIGN)
    if found.count():
        troubles.append(
            f"foreign element on {name}: {found.first.evaluate('one => one.outerHTML')}"
        )
    named = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames())"
        ".filter(name => name.startsWith('on'))"
    )
    if named:
        troubles.append(f"handlers on {name}: {named}")


def _review(browser: Browser, output: Path, troubles: list[str]) -> int:
    page = _watched(browser, troubles)
    with subprocess.Popen(
        [sys.executable, "-m", "pipelines", "review", "-o", str(output)],
        stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        page.goto(server.stdout.readline().strip())
        count = 0
        address: str | None = page.locator(".findings .title").first.get_attribute("href")
        base = page.url.rpartition("/")[0]
        while address:
            page.goto(base + address)
            _look(page, address, troubles)
            count += 1
            after = page.locator("#next")
            address = after.get_attribute("href") if after.count() else None
        server.terminate()
    return count


if __name__ == "__main__":
    sys.exit(main())
