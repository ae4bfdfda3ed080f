"""The commands say what they found, and a bad input is one line and an exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.dictionary import dictionary_rows
from pipelines.reasons import EXIT_CODES, REASONS
from pipelines.screens import plain
from pipelines.tables import DATASET

Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]
HERE = ("--workers", "0", "--no-gate")
COMMANDS = (
    "run", "check", "audit", "explain", "schema", "export", "query", "panel",
    "status", "runs", "diff", "verify", "report", "review", "rollback",
)  # fmt: skip


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(
        app, [str(argument) for argument in arguments], env={"COLUMNS": "200"}
    )


def _one(output: Path, table: str, column: str) -> str:
    return str(pq.read_table(output / "dataset" / table)[column][0])


@pytest.fixture
def published(write_report: Write, tmp_path: Path, hand_made: None) -> Path:
    output = tmp_path / "out"
    assert invoke("run", write_report(), "-o", output, *HERE, "-q").exit_code == 1
    return output


def test_every_command_has_help_and_options_with_help() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    assert set(group.commands) == set(COMMANDS)
    for command in group.commands.values():
        assert command.help
        assert all(getattr(option, "help", None) for option in command.params), command.name
        assert invoke(command.name, "--help").exit_code == 0


def test_help_lists_the_exit_codes() -> None:
    for arguments in (("--help",), ("run", "--help"), ("check", "--help")):
        words = " ".join(invoke(*arguments).output.split())
        assert all(meaning.split(":")[0] in words for _, meaning in EXIT_CODES)


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, pipelines.cli; print([name for name in "
        "('pandas', 'pyarrow', 'great_expectations', 'pdfplumber', 'pypdfium2', 'duckdb') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_run_publishes_and_sums_up(write_report: Write, tmp_path: Path, hand_made: None) -> None:
    write_report("empty.txt", "")
    folder = write_report().parent
    done = invoke("run", folder, "--output", tmp_path / "out", *HERE)
    assert done.exit_code == 1
    assert done.stderr == "EMPTY empty.txt: the file has no bytes\n"
    for words in ("reports", "facts", "checks mismatch", "findings high", "quarantine EMPTY"):
        assert words in done.stdout
    (ledger,) = (tmp_path / "out" / "runs").iterdir()
    lines = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    ends = {Path(one["path"]).name: one["outcome"] for one in lines if one["event"] == "input"}
    assert ends == {"empty.txt": "quarantined", "report.txt": "read"}
    assert lines[-1]["outcome"] == "MISMATCHES"


def test_quiet_says_nothing_of_success(
    write_report: Write, tmp_path: Path, all_is_well: None
) -> None:
    done = invoke("run", write_report(), "-o", tmp_path / "out", *HERE, "--quiet")
    assert (done.exit_code, done.output) == (0, "")


def test_files_that_were_not_read_show_in_the_exit_code(
    write_report: Write, tmp_path: Path, all_is_well: None
) -> None:
    write_report("empty.txt", " \n")
    folder = write_report().parent
    assert invoke("run", folder, "-o", tmp_path / "out", *HERE).exit_code == 3


def _binary(folder: Path) -> Path:
    path = folder / "program.txt"
    path.write_bytes(b"\x7fELF" + bytes(range(256)))
    return path


def _folder(folder: Path) -> Path:
    path = folder / "folder.txt"
    path.mkdir()
    return path


def _empty(folder: Path) -> Path:
    path = folder / "empty.txt"
    path.touch()
    return path


BAD = {
    "MISSING": lambda folder: folder / "missing.txt",
    "EMPTY": _empty,
    "UNSUPPORTED": _binary,
    "NOT_REGULAR_FILE": _folder,
}


@pytest.mark.parametrize("reason", BAD)
def test_check_tells_a_bad_file_in_one_line(reason: str, tmp_path: Path) -> None:
    path = BAD[reason](tmp_path)
    done = invoke("check", path)
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{reason} {path}: ")


def test_check_tells_a_file_that_may_not_be_opened(
    write_report: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write_report()
    monkeypatch.setattr(Path, "read_bytes", deny)
    done = invoke("check", path)
    assert (done.exit_code, done.stderr) == (2, f"UNREADABLE {path}: Permission denied\n")


def test_check_tells_a_pdf_with_a_password(tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    path = tmp_path / "closed.pdf"
    page = canvas.Canvas(str(path), encrypt="secret")
    page.drawString(72, 720, "100")
    page.save()
    done = invoke("check", path)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"ENCRYPTED {path}: ")


@pytest.mark.parametrize("name", ["missing.txt", "empty folder", "*.pdf"])
def test_run_without_inputs_cannot_run(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty folder").mkdir()
    done = invoke("run", tmp_path / name, "-o", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr


def test_an_output_that_cannot_be_written_is_told_before_the_work(
    write_report: Write, tmp_path: Path
) -> None:
    (tmp_path / "out").touch()
    done = invoke("run", write_report(), "-o", tmp_path / "out")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("UNWRITABLE ")


@pytest.mark.parametrize("part", ["0/2", "3/2", "1", "one/2", "-1/2", "1/2/3"])
def test_a_part_that_there_is_not_is_refused(part: str, write_report: Write) -> None:
    done = invoke("run", write_report(), "--shard", part)
    assert done.exit_code == 2
    assert "a shard is two numbers" in done.stderr


def test_a_run_without_arguments_is_refused() -> None:
    assert invoke("run").exit_code == 2


def test_check_shows_printed_and_expected_number_and_place(
    write_report: Write, hand_made: None
) -> None:
    done = invoke("check", write_report())
    assert done.exit_code == 1
    for words in ("340,000원", "350,000원", "line 4:10-13", "합계가 맞지 않음", "high"):
        assert words in done.stdout
    assert "1 relations: 0 held, 0 doubtful, 1 failed, 0 could not be checked" in done.stdout


def test_check_speaks_english_when_asked(write_report: Write, hand_made: None) -> None:
    assert "The total does not add up" in invoke("check", write_report(), "--lang", "en").stdout


def test_check_without_findings_is_clean(write_report: Write, all_is_well: None) -> None:
    done = invoke("check", write_report())
    assert done.exit_code == 0
    assert "No findings" in done.stdout
    assert "0 relations" in done.stdout


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("findings", "finding_id", ["340 = 100 + 250", "350,000원", ">     4 합계"]),
        ("checks", "check_id", ["column_total", "mismatch", "시설비"]),
        ("facts", "fact_id", ["시설비", ">     2 시설비"]),
        ("tables", "table_id", ["운영비", "340"]),
    ],
)
def test_explain_shows_what_stands_behind_an_id(
    table: str, column: str, words: list[str], published: Path
) -> None:
    done = invoke("explain", _one(published, table, column), "-o", published)
    assert done.exit_code == 0
    assert [one for one in words if one not in done.stdout] == []


def test_explain_falls_back_on_the_table_when_the_file_has_changed(
    published: Path, write_report: Write
) -> None:
    write_report(text="something else")
    done = invoke("explain", _one(published, "findings", "finding_id"), "-o", published)
    assert "something else" not in done.stdout
    assert "> 3" in done.stdout


def test_explain_does_not_know_a_foreign_id(published: Path) -> None:
    done = invoke("explain", "x1", "-o", published)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("UNKNOWN_ID x1: ")


@pytest.mark.parametrize("command", [("explain", "x"), ("export", "--to", "x", "--format", "csv")])
def test_commands_on_a_dataset_need_one(command: tuple[str, ...], tmp_path: Path) -> None:
    done = invoke(*command, "-o", tmp_path)
    assert done.exit_code == 2
    assert done.stderr.startswith("NO_DATASET ")


def test_a_damaged_dataset_is_one_line(published: Path) -> None:
    (published / "dataset" / "findings" / "part-00000.parquet").write_bytes(b"PAR1")
    for arguments in (("explain", "x"), ("export", "--to", published / "to", "--format", "csv")):
        done = invoke(*arguments, "-o", published)
        assert done.exit_code == 2
        (line,) = done.stderr.splitlines()
        assert line.startswith("CORRUPT ")


@pytest.mark.parametrize("damage", ["gone", "broken"])
def test_explain_does_without_the_files_of_our_own(damage: str, published: Path) -> None:
    for path in (published / "work").rglob("*.parquet"):
        path.unlink() if damage == "gone" else path.write_bytes(b"PAR1")
    done = invoke("explain", _one(published, "findings", "finding_id"), "-o", published)
    assert done.exit_code == 0
    assert "> 3" in done.stdout


def test_control_codes_of_a_report_never_reach_the_terminal() -> None:
    shown = plain("\x1b[2J[red]합계\u202e\n1\t2")
    assert shown.plain == "\ufffd[2J[red]합계\ufffd\n1 2"
    assert shown.spans == []


def test_schema_describes_every_table_and_code() -> None:
    shown = invoke("schema").stdout
    said = json.loads(invoke("schema", "--json").stdout)
    assert [one["name"] for one in said["tables"]] == [table.name for table in DATASET]
    assert {one["code"] for one in said["reasons"]} == {code for code, _ in REASONS}
    assert {one["code"] for one in said["exit_codes"]} == {0, 1, 2, 3}
    assert all(code in shown for code, _ in REASONS)
    assert all(table.ko in shown for table in DATASET)


def test_the_dictionary_page_is_what_the_schema_says() -> None:
    page = (ROOT / "docs" / "dictionary.md").read_text("utf-8")
    assert page == invoke("schema", "--markdown").stdout
    rows = [line for line in page.split("\n") if line.startswith(("| `", "| **`"))]
    assert len(rows) >= len(dictionary_rows()) + len(REASONS) + len(EXIT_CODES)
    assert {row.table for row in dictionary_rows()} == {*(one.name for one in DATASET), "panel"}
    assert all(row.en and row.ko for row in dictionary_rows())


def test_python_dash_m_works() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert done.stdout.startswith("geomsan ")
