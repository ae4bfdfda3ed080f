"""One bad file never stops a run, and what became of each input is told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract.errors import EncryptedDocument
from extract.options import ReadingLimits
from extract.reading.source import read_document
from extract.records import Document
from pipelines import build, examine
from pipelines.build import Options, Progress, run
from pipelines.exits import decide_exit
from pipelines.reasons import ExitCode, RunError
from pipelines.rows import Quarantined

Write = Callable[..., Path]
HERE = Options(workers=0, has_gate=False)
pytestmark = pytest.mark.usefixtures("hand_made")


def _rows(output: Path, table: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(output / "dataset" / table).to_pylist()
    return rows


def _fail_on(name: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_document

    def failing(path: Path, limits: ReadingLimits) -> Document:
        if path.name == name:
            raise error
        return read(path, limits)

    monkeypatch.setattr(examine, "read_document", failing)


@pytest.mark.parametrize(
    ("error", "reason", "message"),
    [
        pytest.param(
            EncryptedDocument("a password is needed"),
            "ENCRYPTED",
            "a password is needed",
            id="a refusal of the reader keeps its reason",
        ),
        pytest.param(
            KeyError("/home/someone/b.txt"),
            "CRASH",
            "test_build, line ",
            id="an error of ours names its type and not the machine",
        ),
        pytest.param(
            MemoryError(), "LIMIT_MEMORY", "reading it needs too much memory", id="memory runs out"
        ),
        pytest.param(RecursionError("deep"), "CRASH", "RecursionError in ", id="nested too deep"),
    ],
)
def test_a_bad_file_is_quarantined_and_the_others_are_read(
    error: Exception,
    reason: str,
    message: str,
    write_report: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _fail_on("b.txt", error, monkeypatch)
    write_report("a.txt", "a")
    write_report("b.txt", "b")
    folder = write_report("c.txt", "c").parent
    done = run([str(folder)], tmp_path / "out", HERE)
    (row,) = _rows(tmp_path / "out", "quarantine")
    assert "someone" not in str(row["message"])
    assert (row["file_name"], row["reason"], row["byte_size"]) == ("b.txt", reason, 1)
    assert message in str(row["message"])
    names = {one["file_name"] for one in _rows(tmp_path / "out", "documents")}
    assert names == {"a.txt", "c.txt"}
    assert done.exit_code is ExitCode.MISMATCHES


def test_an_error_in_the_audit_is_quarantined_too(
    write_report: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(examine, "audit", fail)
    done = run([str(write_report())], tmp_path / "out", HERE)
    assert [one["reason"] for one in _rows(tmp_path / "out", "quarantine")] == ["CRASH"]
    assert _rows(tmp_path / "out", "documents") == []
    assert done.exit_code is ExitCode.QUARANTINED


def test_rows_are_ordered_by_document(write_report: Write, tmp_path: Path) -> None:
    for name in "abcdef":
        write_report(f"{name}.txt", name)
    run([str(tmp_path / "in")], tmp_path / "out", HERE)
    for table in ("documents", "facts", "checks"):
        ids = [str(one["document_id"]) for one in _rows(tmp_path / "out", table)]
        assert ids == sorted(ids)
        assert len(set(ids)) == 6


def test_the_counts_tell_what_was_read_and_found(write_report: Write, tmp_path: Path) -> None:
    write_report("b.txt", "a")
    write_report("c.txt", "")
    done = run([str(write_report("a.txt", "a").parent)], tmp_path / "out", HERE)
    assert dict(done.counts) == {
        "reports": 1,
        "pages": 0,
        "lines": 1,
        "tables": 1,
        "facts": 5,
        "checks mismatch": 1,
        "findings high": 1,
        "quarantine DUPLICATE": 1,
        "quarantine EMPTY": 1,
    }


def test_progress_is_reported_for_every_file(write_report: Write, tmp_path: Path) -> None:
    write_report("a.txt", "a")
    folder = write_report("b.txt", "").parent
    seen: list[Progress] = []
    run([str(folder)], tmp_path / "out", replace(HERE, on_progress=seen.append))
    assert seen == [Progress(total=2, read=1), Progress(total=2, read=1, quarantined=1)]
    run([str(folder)], tmp_path / "out", replace(HERE, on_progress=seen.append))
    assert seen[-1] == Progress(total=2, unchanged=1, quarantined=1)


def test_nothing_to_read_is_an_error_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        run([str(tmp_path / "a.txt"), str(tmp_path / "*.pdf")], tmp_path / "out", HERE)
    assert str(caught.value).splitlines() == [
        "MISSING a.txt: no such file",
        "NO_INPUT *.pdf: no file matches the pattern",
    ]
    assert not (tmp_path / "out").exists()


def test_the_gate_keeps_a_faulty_dataset_from_being_published(
    write_report: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, output = write_report(), tmp_path / "out"
    run([str(path)], output, HERE)
    before = (output / "dataset" / "manifest.json").read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise RunError("GATE dataset: not published: facts rows: confidence")

    monkeypatch.setattr(build, "check_dataset", refuse)
    with pytest.raises(RunError, match="GATE"):
        run([str(write_report("other.txt", "x"))], output, HERE)
    assert (output / "dataset" / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(
    ("severities", "reasons", "code"),
    [
        pytest.param([], [], ExitCode.CLEAN, id="nothing"),
        pytest.param(["low", "info"], ["DUPLICATE"], ExitCode.CLEAN, id="remarks and copies"),
        pytest.param(["medium"], [], ExitCode.MISMATCHES, id="a mismatch"),
        pytest.param([], ["EMPTY"], ExitCode.QUARANTINED, id="an unread file"),
        pytest.param(["high"], ["EMPTY"], ExitCode.MISMATCHES, id="a mismatch outranks it"),
    ],
)
def test_the_exit_code_follows_its_precedence(
    severities: list[str], reasons: list[str], code: ExitCode
) -> None:
    counts = [(f"findings {one}", 1) for one in severities]
    quarantined = [
        Quarantined(file_name="a", sha256=None, byte_size=None, reason=reason, message="")
        for reason in reasons
    ]
    assert decide_exit(counts, quarantined) is code
