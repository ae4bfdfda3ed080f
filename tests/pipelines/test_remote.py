"""An output in a store holds what one on the disk holds, and readers see the old or the new."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pipelines import remote, versions
from pipelines.build import Options, run
from pipelines.cli import app
from pipelines.home import MAIN
from pipelines.reasons import RunError
from pipelines.remote import read_pointer, working_copy
from pipelines.shards import Shard
from pipelines.stores import Store, open_store

Write = Callable[..., Path]
HERE = Options(workers=0, has_gate=False)
pytestmark = pytest.mark.usefixtures("hand_made")


@pytest.fixture
def output(place: str) -> str:
    return f"{place}/out"


def _run(url: str, inputs: Path, copies: Path, options: Options = HERE) -> int:
    """Run as the command line does; return how many documents were read."""
    holder = options.shard.name if options.shard else MAIN
    with working_copy(url, copies=copies, command="run", holder=holder) as folder:
        return run([str(inputs)], folder, options).progress.read


def _published(store: Store) -> dict[str, bytes]:
    """Return the files of the version that readers see."""
    pointer = read_pointer(store)
    assert pointer is not None
    folder = f"versions/{pointer.version}"
    names = store.names_below(folder)
    return {one.removeprefix(f"{folder}/"): store.read(one) or b"" for one in names}


def _files(dataset: Path) -> dict[str, bytes]:
    found = (path for path in dataset.rglob("*") if path.is_file())
    return {path.relative_to(dataset).as_posix(): path.read_bytes() for path in found}


def test_a_store_holds_the_same_bytes_as_the_disk(
    output: str, write_report: Write, tmp_path: Path
) -> None:
    write_report("a.txt", "a")
    inputs = write_report("empty.txt", "").parent
    _run(output, inputs, tmp_path / "copies")
    run([str(inputs)], tmp_path / "plain", HERE)
    assert _published(open_store(output)) == _files(tmp_path / "plain" / "dataset")


def test_another_machine_goes_on_from_what_the_store_holds(
    output: str, write_report: Write, tmp_path: Path
) -> None:
    inputs = write_report("a.txt", "a").parent
    assert _run(output, inputs, tmp_path / "one") == 1
    assert _run(output, inputs, tmp_path / "two") == 0
    write_report("b.txt", "b")
    assert _run(output, inputs, tmp_path / "two") == 1
    assert _run(output, inputs, tmp_path / "one") == 0
    run([str(inputs)], tmp_path / "plain", HERE)
    assert _published(open_store(output)) == _files(tmp_path / "plain" / "dataset")
    assert len(open_store(output).names_below("runs")) == 4


def test_unchanged_files_are_copied_by_the_store(
    output: str, write_report: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = write_report("a.txt", "a").parent
    _run(output, inputs, tmp_path / "copies")
    write_report("empty.txt", "")
    store = open_store(output)
    sent: list[str] = []
    put = store.files.put_file

    def noting(source: str, target: str) -> None:
        sent.append(target.rpartition("/")[0].rpartition("/")[2])
        put(source, target)

    monkeypatch.setattr(store.files, "put_file", noting)
    _run(output, inputs, tmp_path / "copies")
    assert len([one for one in sent if one == "quarantine"]) == 1
    assert {"facts", "documents", "checks"}.isdisjoint(sent)
    run([str(inputs)], tmp_path / "plain", HERE)
    assert _published(store) == _files(tmp_path / "plain" / "dataset")


def test_until_the_pointer_is_written_readers_see_the_old_version(
    output: str, write_report: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = write_report("a.txt", "a").parent
    _run(output, inputs, tmp_path / "copies")
    store = open_store(output)
    before = _published(store)
    write_report("b.txt", "b")

    def break_off(*_: object) -> None:
        raise RunError("STORE: gone")

    for name in ("_push_version", "_push_files"):
        with monkeypatch.context() as patch:
            patch.setattr(remote, name, break_off)
            with pytest.raises(RunError):
                _run(output, inputs, tmp_path / "copies")
        assert _published(store) == before
    # What was read is not lost: the next run sends what this one could not.
    assert _run(output, inputs, tmp_path / "copies") == 0
    run([str(inputs)], tmp_path / "plain", HERE)
    assert _published(store) == _files(tmp_path / "plain" / "dataset")


def test_a_run_that_fails_sends_nothing(output: str, write_report: Write, tmp_path: Path) -> None:
    with pytest.raises(RunError):
        _run(output, tmp_path / "missing", tmp_path / "copies")
    assert read_pointer(open_store(output)) is None


def test_a_run_that_was_taken_for_dead_publishes_nothing(
    output: str, write_report: Write, tmp_path: Path
) -> None:
    inputs, store = write_report("a.txt", "a").parent, open_store(output)
    later = json.dumps({"command": "run"}).encode()
    with ExitStack() as left:
        folder = left.enter_context(working_copy(output, copies=tmp_path, command="run"))
        run([str(inputs)], folder, HERE)
        store.write("work/locks/main/000000002.json", later)
        with pytest.raises(RunError, match="has taken over"):
            left.close()
    assert read_pointer(store) is None


def test_old_versions_go(
    output: str, write_report: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "KEPT_VERSIONS", 2)
    monkeypatch.setattr(versions, "KEPT_VERSIONS", 2)
    store = open_store(output)
    for name in "abc":
        _run(output, write_report(f"{name}.txt", name).parent, tmp_path / "copies")
    kept = {name.split("/")[1] for name in store.names_below("versions")}
    assert {one.partition("-")[0] for one in kept} == {"000002", "000003"}
    origins = {
        name.rpartition("/")[2].partition(".")[0] for name in store.names_below("work/origins")
    }
    assert origins == kept


def test_parts_on_machines_of_their_own_are_published_by_a_last_run(
    output: str, write_report: Write, tmp_path: Path
) -> None:
    for name in "abcdef":
        inputs = write_report(f"{name}.txt", name).parent
    for number in (1, 2, 3):
        part = replace(HERE, shard=Shard(number=number, of=3))
        _run(output, inputs, tmp_path / f"machine-{number}", part)
    store = open_store(output)
    assert len(store.names_below("work/entries")) == 6
    assert read_pointer(store) is None
    assert _run(output, inputs, tmp_path / "last") == 0
    assert store.names_below("work/entries") == ()
    again = replace(HERE, shard=Shard(number=1, of=3))
    assert _run(output, inputs, tmp_path / "machine-1", again) == 0
    assert store.names_below("work/entries") == ()
    run([str(inputs)], tmp_path / "plain", HERE)
    assert _published(store) == _files(tmp_path / "plain" / "dataset")


@contextmanager
def _spoilt(store: Store, path: str, data: bytes) -> Iterator[None]:
    before = store.read(path) or b""
    store.write(path, data)
    yield
    store.write(path, before)


def test_what_is_damaged_in_the_store_is_never_read(
    output: str, write_report: Write, tmp_path: Path
) -> None:
    inputs = write_report("a.txt", "a").parent
    _run(output, inputs, tmp_path / "copies")
    store = open_store(output)
    manifest = next(one for one in store.names_below("versions") if one.endswith("manifest.json"))
    facts = next(one for one in store.names_below("versions") if "/facts/" in one)
    pointer = json.loads(store.read("current.json") or b"")
    outside = json.dumps({**pointer, "version": "../../else"}).encode()
    for path, data in (
        ("current.json", b"{"),
        ("current.json", outside),
        (manifest, (store.read(manifest) or b"").replace(b"facts/", b"../../")),
        (facts, (store.read(facts) or b"")[:-1] + b"?"),
    ):
        with (
            _spoilt(store, path, data),
            pytest.raises(RunError, match="CORRUPT"),
            working_copy(output, copies=tmp_path / "reader"),
        ):
            pass
    with working_copy(output, copies=tmp_path / "reader") as folder:
        assert pq.read_table(folder / "dataset" / "facts").num_rows == 5


def _invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def _ledgers(listed: Result) -> list[str]:
    return [json.loads(line)["run_id"] for line in listed.stdout.splitlines()]


def test_verify_finds_what_is_damaged_in_the_store(
    output: str, write_report: Write, tmp_path: Path
) -> None:
    _run(output, write_report("a.txt", "a").parent, tmp_path / "copies")
    store = open_store(output)
    facts = next(one for one in store.names_below("versions") if "/facts/" in one)
    with _spoilt(store, facts, (store.read(facts) or b"")[:-1] + b"?"):
        done = _invoke("verify", "-o", output)
        assert done.exit_code == 1
        assert done.stderr.startswith(f"CORRUPT {facts}: ")
    assert _invoke("verify", "-o", output).exit_code == 0


def test_the_commands_take_urls(output: str, write_report: Write, tmp_path: Path) -> None:
    write_report("a.txt", "a")
    work = ("--work", tmp_path / "copies")
    inputs = write_report("b.txt", "b").parent
    again = ("run", inputs, "-o", output, *work, "--workers", 0, "--no-gate", "--quiet")
    done = _invoke(*again)
    assert (done.exit_code, done.stderr) == (1, "")
    assert _invoke("audit", output, *work).exit_code == 0
    exported = ("export", "--format", "csv", "--to", tmp_path / "csv", "-o", output, *work)
    assert _invoke(*exported).exit_code == 0
    with working_copy(output, copies=tmp_path / "copies") as folder:
        found = pq.read_table(folder / "dataset" / "findings")["finding_id"].to_pylist()
    shown = _invoke("explain", found[0], "-o", output, *work)
    assert shown.exit_code == 0
    assert _invoke("status", "-o", output, *work).exit_code == 0
    (first,) = _ledgers(_invoke("runs", "--json", "-o", output, *work))
    assert _invoke("verify", "-o", output).exit_code == 0
    write_report("c.txt", "c")
    assert _invoke(*again).exit_code == 1
    _, second = _ledgers(_invoke("runs", "--json", "-o", output, *work))
    shutil.rmtree(tmp_path / "copies")
    differences = _invoke("diff", first, second, "--json", "-o", output, *work)
    assert '"c.txt"' in differences.stdout
    shutil.rmtree(tmp_path / "copies")
    assert _invoke("rollback", "-o", output, *work).stdout.startswith("published again: 000001-")
    assert _invoke("explain", found[0], "-o", output, *work).stdout == shown.stdout


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("s3://no-such-bucket/out", id="no such bucket"),
        pytest.param("nothing://bucket/out", id="no such kind of store"),
    ],
)
@pytest.mark.usefixtures("s3_server")
def test_an_output_that_is_no_place_is_one_line(
    url: str, write_report: Write, tmp_path: Path
) -> None:
    done = _invoke("run", write_report("a.txt"), "-o", url, "--work", tmp_path / "copies")
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"STORE {url}: ")


def test_a_second_run_leaves_naming_the_holder(
    output: str, write_report: Write, tmp_path: Path
) -> None:
    with working_copy(output, copies=tmp_path / "one", command="run"):
        done = _invoke("run", write_report("a.txt"), "-o", output, "--work", tmp_path / "two")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"BUSY {output}: `geomsan run`, process ")
