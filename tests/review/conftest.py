"""A small published report in which a total is wrong, for the tests of the review."""

from pathlib import Path

import pytest

from pipelines.build import Options, run
from pipelines.home import Home
from pipelines.report.writing import ReportOptions

REPORT = (
    "2024년 주요업무보고\n\n(단위: 천원)\n구분\t예산액\t국비\t구비\n시설비\t100\t60\t40\n"
    "운영비\t250\t150\t100\n자산취득비\t330\t130\t200\n합계\t608\t340\t340\n"
)
"""608 stands where 100 + 250 + 330 and 340 + 340 make 680."""


def publish(home: Home, folder: Path) -> None:
    run(
        [str(folder)], home.root,
        Options(workers=0, has_gate=False, report=ReportOptions(workers=0)),
    )  # fmt: skip


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "plan.txt").write_text(REPORT, encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, inputs: Path) -> Home:
    found = Home(tmp_path / "out")
    publish(found, inputs)
    return found


@pytest.fixture
def report() -> str:
    return REPORT
