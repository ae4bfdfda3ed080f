"""The gate of a run: what it looks at, and the pages that it writes beside the dataset."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from normalize.records import Report
from pipelines.corrections import Corrected
from pipelines.examine import to_tables
from pipelines.gate import Expected, check_dataset
from pipelines.home import Home
from pipelines.lock import held
from pipelines.masked import show_all
from pipelines.publish import Gate, Published, publish
from pipelines.reasons import RunError
from pipelines.rows import Quarantined, report_rows
from tests.pipelines.conftest import publish_tables
from validate.records import Audit

DOCS_FOLDER = "data_docs"


@pytest.fixture
def tables(report: Report, audit_result: Audit) -> dict[str, pa.Table]:
    return dict(to_tables(report_rows(show_all(Corrected(report=report), audit_result))))


def _gate(output: Path) -> Gate:
    return partial(check_dataset, docs=output / DOCS_FOLDER)


def test_a_sound_dataset_is_published_with_its_data_docs(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    folder = publish_tables(tmp_path, tables, gate=_gate(tmp_path)).folder
    assert (folder / "facts").is_dir()
    assert (tmp_path / DOCS_FOLDER / "index.html").is_file()
    assert (tmp_path / "dataset").resolve() == folder


def test_the_output_may_be_named_from_where_the_run_starts(
    tables: dict[str, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    publish_tables(Path("output"), tables, gate=_gate(Path("output")))
    assert (tmp_path / "output" / DOCS_FOLDER / "index.html").is_file()


def test_a_faulty_dataset_is_not_published_and_its_data_docs_show_why(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    twice = {**tables, "facts": pa.concat_tables([tables["facts"]] * 2)}
    with pytest.raises(RunError, match="facts_rows: expect_column_values_to_be_unique fact_id"):
        publish_tables(tmp_path, twice, gate=_gate(tmp_path))
    assert not (tmp_path / "dataset").exists()
    pages = (tmp_path / DOCS_FOLDER).rglob("*facts_rows.html")
    assert any("Failed" in page.read_text("utf-8") for page in pages)


def test_a_folder_of_someone_else_is_never_replaced(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    own = tmp_path / DOCS_FOLDER / "thesis.txt"
    own.parent.mkdir()
    own.write_text("mine", "utf-8")
    with pytest.raises(RunError, match="did not write"):
        publish_tables(tmp_path, tables, gate=_gate(tmp_path))
    assert own.read_text("utf-8") == "mine"


WHOLE = Expected(inputs=2, accounted=2, reports=1, quarantined=(), row_count=0)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"accounted": 1}, "the end of 1 of 2 inputs", id="an input is lost"),
        pytest.param({"reports": 2}, "1 reports written, 2 read", id="a report is lost"),
        pytest.param({"row_count": 999}, "rows written, 999 read", id="rows are lost"),
        pytest.param(
            {"quarantined": ("EMPTY",)}, "0 rows in quarantine, 1 inputs", id="a reason is lost"
        ),
    ],
)
def test_what_does_not_add_up_with_the_ledger_is_not_published(
    changed: dict[str, int], words: str, tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    expected = replace(WHOLE, **changed)  # type: ignore[arg-type]
    with pytest.raises(RunError, match=words):
        publish_tables(tmp_path, tables, gate=partial(check_dataset, docs=None, expected=expected))
    assert not (tmp_path / "dataset").exists()


@pytest.mark.parametrize(
    ("reason", "is_refused"),
    [
        pytest.param("CRASH", True, id="the program fails on most inputs"),
        pytest.param("LIMIT_TIME", True, id="most inputs take too long"),
        pytest.param("ENCRYPTED", False, id="a folder of locked files is what it is"),
    ],
)
def test_a_run_that_lost_most_inputs_is_not_published(
    reason: str, is_refused: bool, tmp_path: Path
) -> None:
    quarantined = [
        Quarantined(file_name=f"{n}", sha256=None, byte_size=None, reason=reason, message="")
        for n in range(30)
    ]
    reasons = tuple(one.reason for one in quarantined)
    expected = Expected(inputs=40, accounted=40, reports=0, quarantined=reasons, row_count=0)
    gate = partial(check_dataset, docs=None, expected=expected)
    home = Home(tmp_path)
    with held(home, "test") as scratch:
        if is_refused:
            with pytest.raises(RunError, match="30 of 40 inputs"):
                publish(home, scratch, Published(), [], quarantined, gate)
        else:
            publish(home, scratch, Published(), [], quarantined, gate)
    assert home.dataset.exists() is not is_refused
