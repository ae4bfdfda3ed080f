"""A published dataset over the samples and its report, made once for all tests of this folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.build import Options, run
from pipelines.home import Home
from pipelines.report.writing import ReportOptions

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"


@dataclass(frozen=True, slots=True)
class Written:
    """An output folder with its report."""

    home: Home

    def page(self, name: str) -> str:
        return (self.home.report / name).read_text(encoding="utf-8")

    def pages(self) -> Iterator[Path]:
        yield from sorted(self.home.report.rglob("*.html"))


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    output = tmp_path_factory.mktemp("written")
    options = Options(workers=0, has_gate=False, report=ReportOptions(workers=0))
    run([str(SAMPLES)], output, options)
    return Written(Home(output))
