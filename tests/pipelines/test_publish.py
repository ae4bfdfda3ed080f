"""Readers see the old dataset or the new one, and the same rows give the same bytes."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from normalize.records import Report
from pipelines.build import collect, to_tables
from pipelines.publish import PART, hash_file, publish, require_writable
from pipelines.reasons import RunError
from pipelines.rows import report_rows
from pipelines.tables import DATASET
from validate.records import Audit


@pytest.fixture
def tables(report: Report, audit_result: Audit) -> dict[str, pa.Table]:
    return dict(to_tables(report_rows(report, audit_result)))


def _visible(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_table_reads_back_with_its_schema(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    folder = publish(tables, tmp_path / "out")
    for table in DATASET:
        back = ds.dataset(folder / table.name, format="parquet", partitioning="hive").to_table()
        assert back.schema.equals(table.schema)
        said = [(field.name, field.metadata) for field in table.schema]
        assert [(field.name, field.metadata) for field in back.schema] == said
        assert back.equals(tables[table.name])


def test_pages_have_checksums_and_are_packed_with_zstd(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    file = publish(tables, tmp_path) / "facts" / PART
    column = pq.ParquetFile(file).metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    damaged = bytearray(file.read_bytes())
    last = (column.dictionary_page_offset or column.data_page_offset) + column.total_compressed_size
    damaged[last - 2] ^= 0xFF
    file.write_bytes(bytes(damaged))
    with pytest.raises(OSError, match="CRC checksum"):
        pq.read_table(file, page_checksum_verification=True)


def test_the_description_names_every_file_with_size_and_hash(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    folder = publish(tables, tmp_path)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in package["resources"]] == [table.name for table in DATASET]
    for resource in package["resources"]:
        path = folder / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == f"sha256:{hash_file(path)}"
    facts = package["resources"][3]["schema"]
    assert facts["primaryKey"] == ["fact_id"]
    assert {
        "name": "value_unit",
        "type": "string",
        "description": "won, percent, 명, 개소 ... / 값의 단위",
    } in facts["fields"]


def test_the_same_rows_give_the_same_bytes(tables: dict[str, pa.Table], tmp_path: Path) -> None:
    first, second = publish(tables, tmp_path / "a"), publish(tables, tmp_path / "b" / "c")
    assert _visible(first) == _visible(second)


def test_a_new_dataset_replaces_the_old_one_as_a_whole(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    folder = publish(tables, tmp_path)
    (folder / "left over").write_text("", encoding="utf-8")
    publish(dict(collect([], [])), tmp_path)
    assert pq.read_table(folder / "facts").num_rows == 0
    assert [path.name for path in tmp_path.iterdir()] == ["dataset"]
    assert not (folder / "left over").exists()


@pytest.mark.parametrize("failing", ["gate", "write", "swap"])
def test_a_run_that_fails_leaves_the_old_dataset(
    failing: str, tables: dict[str, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = publish(tables, tmp_path)
    before = _visible(folder)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "write":
        monkeypatch.setattr(pq, "write_table", fail)
    if failing == "swap":
        rename = Path.rename
        monkeypatch.setattr(
            Path,
            "rename",
            lambda path, to: (
                fail() if to == folder and "old" not in path.name else rename(path, to)
            ),
        )
    with pytest.raises(RunError, match="No space left"):
        publish(dict(collect([], [])), tmp_path, gate=fail if failing == "gate" else None)
    assert _visible(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["dataset"]


def test_a_folder_of_someone_else_is_never_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "dataset" / "thesis.txt"
    precious.parent.mkdir()
    precious.write_text("the only copy", encoding="utf-8")
    for attempt in (lambda: require_writable(tmp_path), lambda: publish({}, tmp_path)):
        with pytest.raises(RunError, match="did not write"):
            attempt()
    assert precious.exists()


def test_an_output_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(RunError, match=r"^UNWRITABLE .*out: .+$"):
        require_writable(tmp_path / "out")


def test_looking_whether_the_output_is_writable_leaves_nothing(tmp_path: Path) -> None:
    require_writable(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []
