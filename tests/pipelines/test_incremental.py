"""What is unchanged is not read again, and what a stopped run had read is not lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extract.reading import hwp, hwpx
from pipelines import build, examine, rules
from pipelines.build import Options, run
from pipelines.files import hash_file
from pipelines.home import Home
from pipelines.ledger import list_runs, read_ledger
from pipelines.reasons import RunError
from pipelines.shards import Shard
from tests.pipelines.conftest import hashes_of

Write = Callable[..., Path]
HERE = Options(workers=0, has_gate=False)
ROOT = Path(__file__).parents[2]


def _names(output: Path) -> list[str]:
    rows = pq.read_table(output / "dataset" / "documents").to_pylist()
    return sorted(row["file_name"] for row in rows)


def _events(output: Path, event: str) -> list[dict[str, Any]]:
    home = Home(output)
    lines = read_ledger(home, list_runs(home)[-1].run_id)
    return [dict(line) for line in lines if line["event"] == event]


def _read(output: Path) -> list[str]:
    return sorted(one["file"] for one in _events(output, "input") if one["outcome"] == "read")


@pytest.fixture
def folder(write_report: Write, hand_made: None) -> Path:
    for name in "abcd":
        write_report(f"{name}.txt", name)
    return write_report("empty.txt", "").parent


def test_a_second_run_reads_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, HERE)
    before = {path: path.stat().st_mtime_ns for path in (output / "versions").rglob("*")}
    done = run([str(folder)], output, HERE)
    assert (done.progress.read, done.progress.unchanged, done.progress.quarantined) == (0, 4, 1)
    assert done.outcome is not None
    assert not done.outcome.is_new
    assert {path: path.stat().st_mtime_ns for path in (output / "versions").rglob("*")} == before


def test_only_a_changed_document_is_read(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, HERE)
    (folder / "b.txt").write_text("other", encoding="utf-8")
    run([str(folder)], output, HERE)
    assert _read(output) == ["b.txt"]
    run([str(folder)], tmp_path / "clean", HERE)
    assert hashes_of(output) == hashes_of(tmp_path / "clean")


def test_removed_and_renamed_inputs_are_recorded(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, HERE)
    (folder / "a.txt").unlink()
    (folder / "b.txt").rename(folder / "z.txt")
    run([str(folder)], output, HERE)
    assert _names(output) == ["c.txt", "d.txt", "z.txt"]
    assert _read(output) == []
    assert [Path(one["path"]).name for one in _events(output, "removed")] == ["a.txt"]
    (renamed,) = _events(output, "renamed")
    assert (Path(renamed["path"]).name, Path(renamed["to"]).name) == ("b.txt", "z.txt")


def test_a_name_that_tells_another_kind_is_read_again(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, HERE)
    (folder / "b.txt").rename(folder / "b.csv")
    run([str(folder)], output, HERE)
    assert _read(output) == ["b.csv"]


def test_what_gave_no_rows_is_tried_again_only_when_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    output = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(examine, "audit", fail)
        assert run([str(folder)], output, HERE).progress.quarantined == 5
    assert run([str(folder)], output, HERE).progress.quarantined == 5
    done = run([str(folder)], output, replace(HERE, retry=True))
    assert (done.progress.read, done.progress.quarantined) == (4, 1)


@pytest.mark.parametrize(
    ("way", "is_read"),
    [
        pytest.param("every", True, id="a rule that all reports share"),
        pytest.param("text", True, id="a rule for text"),
        pytest.param("pdf", False, id="a rule for PDF"),
        pytest.param("ocr", False, id="a rule for scans"),
        pytest.param("hwp", False, id="a rule for HWP"),
    ],
)
def test_a_changed_rule_reads_again_what_it_touches(
    way: str, is_read: bool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, HERE)
    digest = rules.digest
    monkeypatch.setattr(rules, "digest", lambda one: "new" if one == way else digest(one))
    run([str(folder)], output, HERE)
    # A rule for PDFs may find text in what gave no rows: that is read again whatever changed.
    assert _read(output) == (["a.txt", "b.txt", "c.txt", "d.txt"] if is_read else [])


def test_another_engine_reads_everything_again(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "out", HERE)
    run([str(folder)], tmp_path / "out", replace(HERE, engine="ours"))
    assert len(_read(tmp_path / "out")) == 4


def test_digests_follow_the_source_of_what_is_imported() -> None:
    text = rules._reached(("extract.reading.text",), set())
    assert "extract.reading.pdf" not in text
    shared = rules._reached(("pipelines.examine",), {"extract.reading.text", "extract.reading.pdf"})
    assert {"validate.audit", "normalize.report", "pipelines.choose"} <= set(shared)
    assert not {"pipelines.cli", "pipelines.publish"} & set(shared)
    assert len({rules.digest(way) for way in ("every", "text", "pdf", "ocr", "hwp")}) == 5


@pytest.mark.parametrize("media_type", [hwp.MEDIA_TYPE, hwpx.MEDIA_TYPE])
def test_only_what_a_word_processor_wrote_is_read_again_for_its_readers(media_type: str) -> None:
    assert rules.ways_of(media_type, "digital") == ("every", "hwp")
    doors = {door for way in rules._WAYS.values() for door in way}
    for way in ("every", "text", "pdf", "ocr"):
        own = set(rules._WAYS.get(way, ()))
        reached = rules._reached(own or ("pipelines.examine",), doors - own)
        assert not [name for name in reached if ".hwp" in name or ".written" in name]


def test_a_run_that_stops_goes_on_from_what_it_had_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"

    def stop(*_: object, **__: object) -> None:
        raise RunError("GATE dataset: no")

    with monkeypatch.context() as patched:
        patched.setattr(build, "publish", stop)
        with pytest.raises(RunError, match="GATE"):
            run([str(folder)], output, HERE)
    assert not (output / "dataset").exists()
    done = run([str(folder)], output, HERE)
    assert (done.progress.read, done.progress.unchanged) == (0, 4)
    run([str(folder)], tmp_path / "clean", HERE)
    assert hashes_of(output) == hashes_of(tmp_path / "clean")


def test_a_damaged_entry_is_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, replace(HERE, shard=Shard(number=1, of=1)))
    damaged = sorted((output / "work" / "entries").rglob("*.entry"))[0]
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(bytes(data))
    done = run([str(folder)], output, HERE)
    assert done.progress.unchanged >= 3
    run([str(folder)], tmp_path / "clean", HERE)
    assert hashes_of(output) == hashes_of(tmp_path / "clean")


def test_damage_in_the_dataset_is_read_anew(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, HERE)
    before = hashes_of(output)
    file = output / "dataset" / "facts" / "part-00000.parquet"
    file.write_bytes(b"PAR1")
    run([str(folder)], output, HERE)
    assert len(_read(output)) == 4
    assert hashes_of(output) == before


def test_shards_read_their_part_and_the_last_run_publishes(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    read = 0
    for number in (1, 2, 3):
        done = run([str(folder)], output, replace(HERE, shard=Shard(number=number, of=3)))
        read += done.progress.read
        assert done.outcome is None
    assert read == 4
    assert not (output / "dataset").exists()
    assert run([str(folder)], output, HERE).progress.read == 0
    run([str(folder)], tmp_path / "clean", HERE)
    assert hashes_of(output) == hashes_of(tmp_path / "clean")


def test_the_ledger_tells_the_end_of_every_input(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    (folder / "copy.txt").write_text("a", encoding="utf-8")
    done = run([str(folder)], output, HERE)
    ends = {one["file"]: one for one in _events(output, "input")}
    assert {name: one["outcome"] for name, one in ends.items()} == {
        **dict.fromkeys(["a.txt", "b.txt", "c.txt", "d.txt"], "read"),
        "empty.txt": "quarantined",
        "copy.txt": "quarantined",
    }
    assert {ends[name]["reason"] for name in ("empty.txt", "copy.txt")} == {"EMPTY", "DUPLICATE"}
    assert ends["a.txt"]["sha256"] == hash_file(folder / "a.txt")
    assert ends["a.txt"]["cpu_seconds"] >= 0
    (end,) = _events(output, "end")
    assert end["counts"] == dict(done.counts)


NASTY = (
    "a\nb.txt",
    "q'\"`$(touch x).txt",
    "가\u1100\u1161.txt",
    "\x1b[31mred.txt",
    '{"event"}.txt',
)


@pytest.mark.parametrize("name", [*NASTY, os.fsdecode(b"\xff\xfe.txt")])
def test_no_name_of_a_file_forges_a_line_or_leaves_the_output(
    name: str, folder: Path, tmp_path: Path
) -> None:
    (folder / name).write_text("nasty", encoding="utf-8")
    output = tmp_path / "out"
    run([str(folder)], output, HERE)
    (path,) = (output / "runs").iterdir()
    lines = [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
    assert [line["event"] for line in lines].count("input") == 6
    assert len(_names(output)) == 5
    assert {one.name for one in output.iterdir()} == {"dataset", "versions", "work", "runs"}


REPORT = "구분\t1분기\t2분기\t합계\n교육\t{0}\t20\t30\n홍보\t5\t6\t11\n합계\t15\t26\t41\n"


@pytest.mark.parametrize("moment", [0.7, 1.5, 2.5])
def test_a_run_that_is_killed_leaves_the_old_dataset_and_ends_well_later(
    moment: float, write_report: Write, tmp_path: Path
) -> None:
    for number in range(30):
        write_report(f"{number}.txt", REPORT.format(number))
    folder, output = str(tmp_path / "in"), tmp_path / "out"
    run([folder], tmp_path / "clean", Options(workers=0, has_gate=False))
    options = ["-o", str(output), "-q", "--no-gate", "--workers", "0"]
    command = [sys.executable, "-m", "pipelines", "run", folder, *options]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
    if (output / "dataset").exists():
        assert hashes_of(output) == hashes_of(tmp_path / "clean")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode in (0, 1)
    assert hashes_of(output) == hashes_of(tmp_path / "clean")
    assert [path for path in (output / "work" / "scratch").rglob("*") if path.is_file()] == []


def test_a_second_run_with_processes_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("구분\t예산\n시설비\t100\n합계\t100\n", encoding="utf-8")
    options = Options(workers=2, has_gate=False)
    first = run([str(tmp_path / "plan.txt")], tmp_path / "out", options)
    again = run([str(tmp_path / "plan.txt")], tmp_path / "out", options)
    assert (first.progress.read, again.progress.read, again.progress.unchanged) == (1, 0, 1)
