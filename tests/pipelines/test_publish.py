"""Readers see the old dataset or the new one, and the same rows give the same bytes."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from normalize.records import Report
from pipelines import files, parts
from pipelines.corrections import Corrected
from pipelines.examine import to_tables
from pipelines.files import hash_file
from pipelines.home import Home
from pipelines.lock import held
from pipelines.manifest import read_manifest
from pipelines.masked import show_all
from pipelines.parts import bucket_of, by_bucket, count_buckets
from pipelines.publish import open_published, revise
from pipelines.published import read_table
from pipelines.reasons import RunError
from pipelines.rows import report_rows
from pipelines.tables import DATASET
from pipelines.versions import KEPT_VERSIONS, current_version, list_versions, roll_back
from tests.pipelines.conftest import audit_of, document_of, publish_tables, report_of
from validate.records import Audit


@pytest.fixture
def tables(report: Report, audit_result: Audit) -> dict[str, pa.Table]:
    return dict(to_tables(report_rows(show_all(Corrected(report=report), audit_result))))


def _report(number: int) -> dict[str, pa.Table]:
    report = report_of(document_of(f"{number}", f"{number}.txt"))
    return dict(to_tables(report_rows(show_all(Corrected(report=report), audit_of(report)))))


def _visible(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _names(output: Path) -> set[str]:
    return {path.name for path in output.iterdir()}


def test_every_table_reads_back_with_its_schema(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    publish_tables(tmp_path / "out", tables)
    for table in DATASET:
        folder = tmp_path / "out" / "dataset" / table.name
        back = ds.dataset(folder, format="parquet", partitioning="hive").to_table()
        assert back.schema.equals(table.schema)
        said = [(field.name, field.metadata) for field in table.schema]
        assert [(field.name, field.metadata) for field in back.schema] == said
        if table.name != "documents":
            assert back.equals(tables[table.name])


def test_pages_have_checksums_and_are_packed_with_zstd(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    file = publish_tables(tmp_path, tables).folder / "facts" / "part-00000.parquet"
    column = pq.ParquetFile(file).metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    damaged = bytearray(file.read_bytes())
    last = (column.dictionary_page_offset or column.data_page_offset) + column.total_compressed_size
    damaged[last - 2] ^= 0xFF
    file.write_bytes(bytes(damaged))
    with pytest.raises(OSError, match="CRC checksum"):
        pq.read_table(file, page_checksum_verification=True)


def test_manifest_and_description_name_every_file_with_size_and_hash(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    folder = publish_tables(tmp_path, tables).folder
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
    named = {part.path: part.sha256 for part in read_manifest(folder).parts}
    assert named == {n: h for n, h in _visible(folder).items() if n != "manifest.json"}


def test_the_same_rows_give_the_same_bytes_whatever_was_there_before(tmp_path: Path) -> None:
    wanted = [_report(1), _report(2), _report(3)]
    first = publish_tables(tmp_path / "a", *wanted).folder
    publish_tables(tmp_path / "b" / "c", _report(2))
    second = publish_tables(tmp_path / "b" / "c", *wanted).folder
    assert _visible(first) == _visible(second)


def test_rows_of_many_files_come_back_in_the_order_of_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_DOCUMENTS_A_PART", 3)
    reports = [_report(number) for number in range(20)]
    folder = publish_tables(tmp_path, *reports).folder
    assert len(list((folder / "facts").iterdir())) == 8
    ids = read_table(folder, "documents")["document_id"].to_pylist()
    assert ids == sorted(str(one["documents"]["document_id"][0]) for one in reports)
    assert read_table(folder, "facts").num_rows == sum(one["facts"].num_rows for one in reports)


@pytest.mark.parametrize("count", [1, 2, 8, 64])
def test_every_document_has_one_bucket_and_buckets_keep_the_order(count: int) -> None:
    ids = sorted(f"{number * 7919:08x}"[-8:] + "0" * 56 for number in range(0, 1 << 19, 997))
    placed = [document for names in by_bucket(ids, count).values() for document in names]
    assert placed == ids
    assert max(bucket_of(one, count) for one in ids) < count
    assert bucket_of("f" * 64, count) == count - 1


def test_buckets_double_only_when_they_are_full() -> None:
    counts = [count_buckets([1] * number) for number in (0, 1, 1024, 1025, 2048, 2049, 10_000)]
    assert counts == [1, 1, 1, 2, 2, 4, 16]


def test_what_did_not_change_is_not_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_DOCUMENTS_A_PART", 3)
    reports = [_report(number) for number in range(8)]
    first = publish_tables(tmp_path, *reports)
    before = {path: path.stat().st_ino for path in first.folder.rglob("*.parquet")}
    again = publish_tables(tmp_path, *reports)
    assert (again.is_new, again.folder) == (False, first.folder)
    changed = publish_tables(tmp_path, *reports[1:], _report(99))
    assert changed.is_new
    same = [
        path
        for path, number in before.items()
        if (changed.folder / path.relative_to(first.folder)).stat().st_ino == number
    ]
    assert 0 < changed.written <= 2 * len(DATASET)
    assert len(same) >= len(before) - changed.written


def test_the_last_seven_versions_are_kept_and_can_be_shown_again(tmp_path: Path) -> None:
    made = [publish_tables(tmp_path, _report(number)).folder for number in range(9)]
    home = Home(tmp_path)
    assert list(list_versions(home)) == made[-KEPT_VERSIONS:]
    with held(home, "test") as scratch:
        assert roll_back(home, scratch) == made[-2]
        assert roll_back(home, scratch, made[4].name[:6]) == made[4]
        with pytest.raises(RunError, match=r"NO_VERSION .*000001"):
            roll_back(home, scratch, "000001")
    assert current_version(home) == made[4]
    assert not list(home.work.glob("scratch/*/*"))


def test_a_reader_that_keeps_its_version_sees_no_other(tmp_path: Path) -> None:
    first = publish_tables(tmp_path, _report(1)).folder
    seen = (tmp_path / "dataset").resolve()
    publish_tables(tmp_path, _report(2))
    assert seen == first
    assert read_table(seen, "documents").num_rows == 1
    assert (tmp_path / "dataset").resolve() != first


@pytest.mark.parametrize("failing", ["gate", "write", "sync", "rename"])
def test_a_run_that_fails_leaves_the_old_dataset(
    failing: str, tables: dict[str, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_tables(tmp_path, tables)
    before, names = _visible(tmp_path / "dataset"), _names(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        if failing == "write":
            patched.setattr(pq, "write_table", fail)
        if failing == "sync":
            patched.setattr(os, "fsync", fail)
        if failing == "rename":
            patched.setattr(Path, "rename", fail)
        with pytest.raises(RunError, match="No space left"):
            publish_tables(tmp_path, _report(2), gate=fail if failing == "gate" else None)
    assert _visible(tmp_path / "dataset") == before
    assert _names(tmp_path) == names
    publish_tables(tmp_path, _report(2))
    assert _visible(tmp_path / "dataset") != before


def test_damage_in_the_published_version_is_not_carried_on(tmp_path: Path) -> None:
    home = Home(tmp_path)
    folder = publish_tables(tmp_path, _report(1)).folder
    assert len(open_published(home).origin.placed) == 1
    file = folder / "cells" / "part-00000.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert open_published(home).origin.placed == ()
    with pytest.raises(RunError, match=r"CORRUPT .*cells"):
        read_table(folder, "cells")


def test_changed_rows_stay_until_a_document_changes(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish_tables(tmp_path, _report(1))

    def drop(rows: pa.Table, _: object) -> pa.Table:
        return rows.slice(0, 0)

    with held(home, "test") as scratch:
        revised = revise(home, scratch, {"findings": drop})
    assert read_table(revised.folder, "findings").num_rows == 0
    assert not publish_tables(tmp_path, _report(1)).is_new
    folder = publish_tables(tmp_path, _report(1), _report(2)).folder
    assert read_table(folder, "findings").num_rows == 2


def test_a_dataset_of_a_program_before_this_one_is_replaced(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    folder = publish_tables(tmp_path / "other", tables).folder
    shutil.copytree(folder, tmp_path / "out" / "dataset")
    (tmp_path / "out" / "dataset" / "manifest.json").unlink()
    publish_tables(tmp_path / "out", tables)
    assert (tmp_path / "out" / "dataset").is_symlink()
    assert _visible(tmp_path / "out" / "dataset") == _visible(folder)


def test_a_folder_of_someone_else_is_never_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "dataset" / "thesis.txt"
    precious.parent.mkdir()
    precious.write_text("the only copy", encoding="utf-8")
    with pytest.raises(RunError, match="did not write"):
        publish_tables(tmp_path)
    assert precious.exists()


def test_an_output_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(RunError, match=r"^UNWRITABLE .*out: .+$"):
        publish_tables(tmp_path / "out")


def test_a_dataset_of_another_contract_is_refused_with_a_message(tmp_path: Path) -> None:
    folder = publish_tables(tmp_path / "out", _report(1)).folder
    copied = shutil.copytree(folder, tmp_path / "copy")
    manifest = replace(read_manifest(copied), contract="99")
    (copied / "manifest.json").write_text(manifest.to_text(), encoding="utf-8")
    with pytest.raises(RunError, match=r"SCHEMA .*contract 99"):
        read_table(copied, "facts")


def test_a_version_that_lacks_a_new_column_is_still_read(tmp_path: Path) -> None:
    folder = shutil.copytree(publish_tables(tmp_path / "out", _report(1)).folder, tmp_path / "copy")
    file = folder / "facts" / "part-00000.parquet"
    pq.write_table(pq.read_table(file).drop_columns(["note"]), file)
    found = read_manifest(folder)
    renewed = tuple(
        replace(part, sha256=hash_file(file), byte_size=file.stat().st_size)
        if part.table == "facts"
        else part
        for part in found.parts
    )
    (folder / "manifest.json").write_text(replace(found, parts=renewed).to_text(), encoding="utf-8")
    assert set(read_table(folder, "facts")["note"].to_pylist()) == {None}


def test_the_lock_names_its_holder_and_ends_with_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    named = rf"BUSY .*process {os.getpid()} on "
    with held(home, "run"), pytest.raises(RunError, match=named), held(home, "audit"):
        pass
    with held(home, "audit"), held(home, "run", "shard-1-of-2"):
        pass
    (home.scratch() / "left over").mkdir(parents=True)
    with held(home, "run") as scratch:
        assert list(scratch.iterdir()) == []


def test_publishing_writes_through_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    monkeypatch.setattr(files, "_sync", lambda path: synced.append(Path(path).name))
    folder = publish_tables(tmp_path, _report(1)).folder
    assert {"manifest.json", "part-00000.parquet", "versions", tmp_path.name} <= set(synced)
    assert synced.index("versions") < synced.index(tmp_path.name)
    assert folder.is_dir()
