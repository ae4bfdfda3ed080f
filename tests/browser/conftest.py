"""Debian's Chromium, driven as a person would; tests are skipped where it is missing."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.desk import make_reports

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@dataclass(slots=True)
class Watched:
    """A page, and what went wrong on it or left the machine."""

    page: Page
    troubles: list[str]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: _note_foreign(asked.url, troubles))
    yield Watched(page, troubles)
    context.close()


def _note_foreign(url: str, troubles: list[str]) -> None:
    if not url.startswith(("file:", "data:", "http://127.0.0.1:")):
        troubles.append(f"asked for {url}")


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, published with their report by the command that users call."""
    folder = tmp_path_factory.mktemp("browser")
    _publish("samples/reports", folder)
    return folder


def _publish(inputs: str, folder: Path) -> None:
    subprocess.run(
        [
            sys.executable, "-m", "pipelines", "run", inputs, "-o", str(folder),
            "--workers", "0", "--no-gate", "--quiet", "--lang", "en",
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )  # fmt: skip


@dataclass(slots=True)
class Served:
    """A review server."""

    address: str
    """Holds the token."""
    folder: Path


@pytest.fixture
def served(tmp_path: Path, output: Path) -> Iterator[Served]:
    """A review of the samples."""
    folder = tmp_path / "out"
    shutil.copytree(output, folder, symlinks=True)
    with _serving(folder) as found:
        yield found


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Served]:
    """A review of two dozen made-up reports, of which every second has a wrong total."""
    make_reports(tmp_path / "in", 24)
    _publish(str(tmp_path / "in"), tmp_path / "out")
    with _serving(tmp_path / "out") as found:
        yield found


@contextmanager
def _serving(folder: Path) -> Iterator[Served]:
    with subprocess.Popen(
        [
            sys.executable, "-m", "pipelines", "review", "-o", str(folder), "--lang", "en",
            "--name", "Reviewer",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        yield Served(process.stdout.readline().strip(), folder)
        process.terminate()
