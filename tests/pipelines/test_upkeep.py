"""What the commands tell of versions and runs is what happened, and no flipped bit stays hidden."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.compare import compare
from pipelines.home import Home
from pipelines.ledger import list_runs
from pipelines.lock import held
from pipelines.manifest import MANIFEST
from pipelines.published import read_table
from pipelines.reasons import RunError
from pipelines.verify import verify
from pipelines.versions import list_versions

Write = Callable[..., Path]
HERE = ("--workers", "0", "--no-gate", "-q")
REPORT = "(단위: 천원)\n구분\t1분기\t2분기\t합계\n교육\t10\t20\t{0}\n홍보\t5\t6\t11\n"


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "200"})


@pytest.fixture
def output(write_report: Write, tmp_path: Path) -> Path:
    write_report("a.txt", REPORT.format(30))
    folder = write_report("b.txt", REPORT.format(30) + "\n")
    assert invoke("run", folder.parent, "-o", tmp_path / "out", *HERE).exit_code == 0
    return tmp_path / "out"


def _run_again(output: Path) -> None:
    invoke("run", output.parent / "in", "-o", output, *HERE)


def test_diff_tells_what_came_changed_and_went(output: Path, write_report: Write) -> None:
    (output.parent / "in" / "b.txt").unlink()
    write_report("a.txt", REPORT.format(33))
    write_report("c.txt", REPORT.format(30) + " \n")
    _run_again(output)
    first, second = list_versions(Home(output))
    found = list(compare(first, second))
    seen = {(one.table, one.how, one.file_name) for one in found if one.table == "documents"}
    assert seen == {
        ("documents", "changed", "a.txt"),
        ("documents", "went", "b.txt"),
        ("documents", "appeared", "c.txt"),
    }
    (fact,) = [one for one in found if one.table == "facts"]
    assert (fact.how, fact.file_name) == ("changed", "a.txt")
    assert "30000" in fact.before
    assert "33000" in fact.after
    assert ("findings", "appeared") in {(one.table, one.how) for one in found}


def test_diff_of_a_version_with_itself_is_empty(output: Path) -> None:
    (only,) = list_versions(Home(output))
    assert list(compare(only, only)) == []


def test_diff_takes_the_start_of_two_run_ids(output: Path, write_report: Write) -> None:
    write_report("a.txt", REPORT.format(33))
    _run_again(output)
    first, second = [one.run_id for one in list_runs(Home(output))]
    done = invoke("diff", first, second, "-o", output, "--json")
    assert done.exit_code == 0
    assert {json.loads(line)["table"] for line in done.stdout.splitlines()} >= {
        "documents",
        "facts",
    }
    assert "documents changed" in invoke("diff", first, second, "-o", output).stdout
    done = invoke("diff", "1999", second, "-o", output)
    assert (done.exit_code, done.stderr) == (
        2,
        "NO_RUN 1999: no such run; see `geomsan runs`\n",
    )


def test_runs_and_status_tell_what_is_there(output: Path) -> None:
    (run,) = [
        json.loads(line) for line in invoke("runs", "-o", output, "--json").stdout.splitlines()
    ]
    assert (run["exit_code"], run["counts"]["reports"]) == (0, 2)
    assert run["version"] in invoke("runs", "-o", output).stdout
    standing = json.loads(invoke("status", "-o", output, "--json").stdout)
    assert (standing["version"], standing["work"]) == (run["version"], None)
    assert "nobody" in invoke("status", "-o", output).stdout


def test_status_names_who_is_at_work(output: Path) -> None:
    with held(Home(output), "run"):
        assert "geomsan run" in invoke("status", "-o", output).stdout


def test_status_of_an_empty_folder_says_so(tmp_path: Path) -> None:
    done = invoke("status", "-o", tmp_path)
    assert done.exit_code == 0
    assert "nothing yet" in done.stdout


def test_a_run_that_is_cut_off_is_listed_as_such(output: Path) -> None:
    (path,) = (output / "runs").iterdir()
    path.write_bytes(path.read_bytes()[:-40])
    assert "did not end" in invoke("runs", "-o", output).stdout


def test_rollback_publishes_the_version_before(output: Path, write_report: Write) -> None:
    write_report("a.txt", REPORT.format(33))
    _run_again(output)
    first, _ = list_versions(Home(output))
    done = invoke("rollback", "-o", output)
    assert (done.exit_code, done.stdout) == (0, f"published again: {first.name}\n")
    assert (output / "dataset").resolve() == first
    assert invoke("rollback", "-o", output).stderr.startswith("NO_VERSION ")


def test_a_sound_output_is_verified(output: Path) -> None:
    done = invoke("verify", "-o", output)
    assert (done.exit_code, done.stdout) == (0, "1 versions, 12 files: all as published\n")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        pytest.param(lambda file: file.unlink(), "GONE", id="a missing file"),
        pytest.param(lambda file: file.write_bytes(b""), "CORRUPT", id="an empty file"),
        pytest.param(
            lambda file: file.write_bytes(file.read_bytes()[:-9]), "CORRUPT", id="a cut file"
        ),
        pytest.param(
            lambda file: (file.parent / "part-00001.parquet").write_bytes(file.read_bytes()),
            "EXTRA",
            id="a file too many",
        ),
        pytest.param(
            lambda file: file.replace(file.parents[1] / "facts" / file.name),
            "CORRUPT",
            id="a file in place of another",
        ),
    ],
)
def test_verify_names_what_is_not_as_published(
    damage: Callable[[Path], object], reason: str, output: Path
) -> None:
    damage(output / "dataset" / "cells" / "part-00000.parquet")
    done = invoke("verify", "-o", output)
    assert done.exit_code == 1
    assert reason in {line.split(" ")[0] for line in done.stderr.splitlines()}


def test_a_flipped_bit_is_found_and_never_read(output: Path) -> None:
    chance = random.Random(7)
    folder = (output / "dataset").resolve()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for _ in range(60):
        file = chance.choice(files)
        whole = file.read_bytes()
        hurt = bytearray(whole)
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        file.write_bytes(bytes(hurt))
        assert verify(Home(output)).faults
        if file.name == MANIFEST or file.parent != folder:
            with pytest.raises(RunError, match="CORRUPT"):
                read_table(folder, "facts" if file.name == MANIFEST else file.parent.name)
        file.write_bytes(whole)
    assert not verify(Home(output)).faults


def test_a_broken_link_and_a_damaged_origin_are_named(output: Path) -> None:
    (origin,) = (output / "work" / "origins").iterdir()
    origin.write_bytes(origin.read_bytes()[:-1] + b"?")
    (output / "dataset").unlink()
    assert {Path(one.path).parts[0] for one in verify(Home(output)).faults} == {"dataset", "work"}
