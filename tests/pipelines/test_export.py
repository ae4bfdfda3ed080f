"""What is exported is what is in the dataset, and no report can smuggle in a formula."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from normalize.records import Report
from pipelines.corrections import Corrected
from pipelines.examine import to_tables
from pipelines.export import export
from pipelines.masked import show_all
from pipelines.reasons import RunError
from pipelines.rows import report_rows
from pipelines.tables import DATASET
from tests.pipelines.conftest import publish_tables
from validate.records import Audit


@pytest.fixture
def output(report: Report, audit_result: Audit, tmp_path: Path) -> Path:
    first = replace(
        report.facts[0],
        label="=1+1",
        indicator="https://example.org",
        value=Decimal("12345678901234567.5"),
    )
    changed = replace(report, facts=(first, *report.facts[1:]))
    publish_tables(
        tmp_path, to_tables(report_rows(show_all(Corrected(report=changed), audit_result)))
    )
    return tmp_path


def test_csv_opens_in_excel_with_hangul_and_exact_numbers(output: Path) -> None:
    written = export(output, output / "csv", "csv")
    assert [path.name for path in written] == [f"{table.name}.csv" for table in DATASET]
    assert written[3].read_bytes().startswith(b"\xef\xbb\xbf")
    facts = pd.read_csv(written[3], dtype=str)
    assert facts["value"][0] == "12345678901234567.5"
    assert facts["value"][1] == "250000"
    assert facts["label"][1] == "운영비"


def test_the_workbook_has_a_sheet_a_table_and_no_formulas(output: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path, _ = export(output, output / "xlsx", "xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [table.name for table in DATASET]
    sheet = book["facts"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    row = {heading.value: sheet.cell(2, column) for column, heading in enumerate(sheet[1], 1)}
    assert (row["label"].value, row["label"].data_type) == ("=1+1", "s")
    assert row["indicator"].hyperlink is None
    assert row["value"].value == "12345678901234567.5"
    assert sheet.cell(3, row["value"].column).value == 250000


def test_duckdb_holds_every_table_with_its_types(output: Path) -> None:
    (path,) = export(output, output / "db", "duckdb")
    (path,) = export(output, output / "db", "duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        for table in DATASET:
            rows = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()
            assert rows == (pq.read_table(output / "dataset" / table.name).num_rows,)
        kind = connection.execute("SELECT typeof(value) FROM facts LIMIT 1").fetchone()
    assert kind == ("DECIMAL(38,6)",)
    assert [file.name for file in path.parent.iterdir()] == ["geomsan.duckdb"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "duckdb"])
def test_a_folder_that_cannot_be_written_is_one_line(kind: str, output: Path) -> None:
    (output / "file").touch()
    with pytest.raises(RunError, match=r"^UNWRITABLE "):
        export(output, output / "file", kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "duckdb"])
def test_a_dataset_without_rows_is_exported_too(kind: str, tmp_path: Path) -> None:
    publish_tables(tmp_path)
    written: Callable[..., tuple[Path, ...]] = export
    assert all(path.stat().st_size for path in written(tmp_path, tmp_path / "to", kind))
