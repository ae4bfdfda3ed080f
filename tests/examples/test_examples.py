"""The examples run as they stand on the made-up reports, and say what those reports say."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from samples.contents.panel import REPORTS
from samples.manifest import PANEL
from tests.pipelines.conftest import publish_tables

pytest.importorskip("matplotlib")

ROOT = Path(__file__).parents[2]
SCRIPTS = ("execution_rates", "funding_structure", "targets_and_results")
EACH = pytest.mark.parametrize("name", SCRIPTS)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("examples")
    done = CliRunner().invoke(app, ["run", str(PANEL), "-o", str(output), "--quiet", "--no-gate"])
    assert done.exit_code == 0
    return output / "dataset"


def run(name: str, dataset: Path, folder: Path) -> str:
    """Run an example; a warning ends it."""
    command = [sys.executable, "-W", "error", f"examples/{name}.py", str(dataset)]
    done = subprocess.run(
        [*command, "--to", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "MPLCONFIGDIR": str(folder / "mpl")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def table(name: str, folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", encoding="utf-8-sig")


@EACH
def test_an_example_writes_a_chart_and_prints_its_table(
    name: str, dataset: Path, tmp_path: Path
) -> None:
    shown = run(name, dataset, tmp_path)
    assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    rows = table(name, tmp_path)
    assert len(rows) >= 6
    assert all(column in shown for column in rows.columns)


@EACH
def test_an_example_takes_a_dataset_without_rows(name: str, tmp_path: Path) -> None:
    publish_tables(tmp_path)
    run(name, tmp_path / "dataset", tmp_path / "to")
    assert table(name, tmp_path / "to").empty


@EACH
def test_an_example_fits_on_two_screens_and_is_in_the_readme(name: str) -> None:
    path = ROOT / "examples" / f"{name}.py"
    assert len(path.read_text("utf-8").splitlines()) < 80
    assert f"`{name}.py`" in (ROOT / "examples" / "README.md").read_text("utf-8")


def test_the_rates_are_those_of_the_reports(dataset: Path, tmp_path: Path) -> None:
    run("execution_rates", dataset, tmp_path)
    found = table("execution_rates", tmp_path).set_index(["region_name", "year"])
    assert set(found.index) == set(REPORTS)
    for key, programmes in REPORTS.items():
        budget = 1000 * sum(one.budget.total for one in programmes)
        spent = 1000 * sum(one.spent for one in programmes)
        assert (found["budget_won"][key], found["spent_won"][key]) == (budget, spent)
        assert found["rate_pct"][key] == pytest.approx(100 * spent / budget, abs=0.051)


def test_the_funding_is_that_of_the_reports(dataset: Path, tmp_path: Path) -> None:
    run("funding_structure", dataset, tmp_path)
    found = table("funding_structure", tmp_path)
    village = found[(found["programme_key"] == "마을기업육성") & (found["year"] == 2024)]
    splits = [
        one.budget
        for (_, year), programmes in REPORTS.items()
        for one in programmes
        if year == 2024 and one.name.startswith("마을기업")
    ]
    assert dict(zip(village["funding"], village["won"], strict=True)) == {
        "national": 1000 * sum(one.national for one in splits),
        "regional": 1000 * sum(one.regional for one in splits),
        "local": 1000 * sum(one.local for one in splits),
    }
    assert set(village["districts"]) == {3}
    assert village["share_pct"].sum() == pytest.approx(100, abs=0.2)


def test_targets_and_results_are_those_of_the_reports(dataset: Path, tmp_path: Path) -> None:
    run("targets_and_results", dataset, tmp_path)
    found = table("targets_and_results", tmp_path)
    pairs = [(one.target, one.actual) for programmes in REPORTS.values() for one in programmes]
    assert sorted(zip(found["target"], found["actual"], strict=True)) == sorted(pairs)
    assert (found["reached_pct"] - found["printed_pct"]).abs().max() < 0.051
