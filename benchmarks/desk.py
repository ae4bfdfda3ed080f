"""The report and the review over thousands of made-up reports, in a real browser.

Usage: python -m benchmarks.desk [--documents 2000] [--steps 40]

Makes one-page text reports of which every second has a wrong total, publishes them with their
report, opens the first page and goes through findings by keyboard. Prints what RESULTS.md states.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

_DISTRICTS = ("종로구", "해운대구", "달서구", "유성구", "광산구", "수지구", "완산구", "상당구")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--steps", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, output = Path(temporary) / "in", Path(temporary) / "out"
        make_reports(folder, arguments.documents)
        print(f"run with report     {_run(folder, output):.1f} s")
        started = time.monotonic()
        subprocess.run(_geomsan("report", "-o", str(output)), check=True, capture_output=True)
        print(f"report, unchanged   {time.monotonic() - started:.1f} s")
        sizes = [file.stat().st_size for file in (output / "report").rglob("*") if file.is_file()]
        print(f"size of the report  {sum(sizes) / 1e6:.1f} MB in {len(sizes):,} files")
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            page = browser.new_page()
            _report(page, output)
            _review(page, output, arguments.steps)
            browser.close()
    return 0


def make_reports(folder: Path, count: int) -> None:
    """Write made-up reports, no two alike; every second has a total that is wrong by one digit."""
    folder.mkdir(parents=True)
    for number in range(count):
        district = _DISTRICTS[number % len(_DISTRICTS)]
        rows = [(100 + number % 800 + at * 37, 50 + at * 11) for at in range(6)]
        lines = [
            f"{district} {2018 + number % 7}년 주요업무보고 {number}", "", "(단위: 천원)",
            "구분\t계\t국비\t구비",
        ]  # fmt: skip
        for at, (national, local) in enumerate(rows):
            lines.append(f"{at + 1}번 사업\t{national + local}\t{national}\t{local}")
        sums = [sum(column) for column in zip(*rows, strict=True)]
        wrong = 100 if number % 2 else 0
        lines.append(f"합계\t{sum(sums) + wrong}\t{sums[0]}\t{sums[1]}")
        (folder / f"{number:05}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _geomsan(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pipelines", *arguments]


def _run(folder: Path, output: Path) -> float:
    started = time.monotonic()
    subprocess.run(
        _geomsan("run", str(folder), "-o", str(output), "--quiet", "--no-gate"),
        check=False,
        capture_output=True,
    )
    return time.monotonic() - started


def _report(page: Page, output: Path) -> None:
    address = (output / "report" / "index.html").as_uri()
    times = []
    for _ in range(5):
        started = time.monotonic()
        page.goto(address)
        times.append(time.monotonic() - started)
    print(f"first page          {median(times):.2f} s, most {max(times):.2f} s")
    started = time.monotonic()
    page.select_option("select[name=institution]", index=1)
    page.wait_for_function("!document.getElementById('shown').textContent.startsWith('100 / 1,0')")
    print(f"first filter        {time.monotonic() - started:.2f} s")


def _review(page: Page, output: Path, steps: int) -> None:
    with subprocess.Popen(
        _geomsan("review", "-o", str(output)), stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        page.goto(server.stdout.readline().strip())
        started = time.monotonic()
        page.goto(page.url)
        print(f"list of the review  {time.monotonic() - started:.2f} s")
        page.click(".findings .title >> nth=0")
        page.wait_for_selector("#accept")
        times = []
        for at in range(steps):
            before = page.url
            started = time.monotonic()
            page.keyboard.press("a" if at % 2 else "r")
            page.wait_for_url(lambda url, before=before: url != before)  # type: ignore[misc]
            page.wait_for_selector("#state.open")
            page.wait_for_load_state("load")
            times.append(time.monotonic() - started)
        times.sort()
        print(f"a step of review    {median(times) * 1000:.0f} ms, most {times[-1] * 1000:.0f} ms")
        server.terminate()


if __name__ == "__main__":
    sys.exit(main())
