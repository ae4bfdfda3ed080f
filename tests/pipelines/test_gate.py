"""The gate of a run: what it looks at, and the pages that it writes beside the dataset."""

from pathlib import Path

import pyarrow as pa
import pytest

from normalize.records import Report
from pipelines.build import to_tables
from pipelines.gate import DOCS_FOLDER, check_dataset
from pipelines.publish import publish
from pipelines.reasons import RunError
from pipelines.rows import report_rows
from validate.records import Audit


@pytest.fixture
def tables(report: Report, audit_result: Audit) -> dict[str, pa.Table]:
    return dict(to_tables(report_rows(report, audit_result)))


def test_a_sound_dataset_is_published_with_its_data_docs(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    folder = publish(tables, tmp_path, check_dataset)
    assert (folder / "facts").is_dir()
    assert (tmp_path / DOCS_FOLDER / "index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([folder.name, DOCS_FOLDER])


def test_the_output_may_be_named_from_where_the_run_starts(
    tables: dict[str, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    publish(tables, Path("output"), check_dataset)
    assert (tmp_path / "output" / DOCS_FOLDER / "index.html").is_file()


def test_a_faulty_dataset_is_not_published_and_its_data_docs_show_why(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    twice = {**tables, "facts": pa.concat_tables([tables["facts"]] * 2)}
    with pytest.raises(RunError, match="facts_rows: expect_column_values_to_be_unique fact_id"):
        publish(twice, tmp_path, check_dataset)
    assert [path.name for path in tmp_path.iterdir()] == [DOCS_FOLDER]
    pages = (tmp_path / DOCS_FOLDER).rglob("*facts_rows.html")
    assert any("Failed" in page.read_text("utf-8") for page in pages)


def test_a_folder_of_someone_else_is_never_replaced(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    own = tmp_path / DOCS_FOLDER / "thesis.txt"
    own.parent.mkdir()
    own.write_text("mine", "utf-8")
    with pytest.raises(RunError, match="did not write"):
        publish(tables, tmp_path, check_dataset)
    assert own.read_text("utf-8") == "mine"
