"""A Dask cluster gives what processes of this machine give, whatever dies on the way."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipelines import cluster, cluster_worker
from pipelines.build import Options, run
from pipelines.cli import app
from pipelines.cluster import map_on_cluster
from pipelines.cluster_worker import Job, read_documents
from pipelines.entries import Known
from pipelines.limits import Limits, Loss
from pipelines.processed import Processed, encode
from pipelines.reasons import RunError
from pipelines.sources import Source
from pipelines.workers import Spent, Wire

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")

Write = Callable[..., Path]
LIMITS = Limits(seconds=60)
WORK = """
import os, signal
from pathlib import Path

from pipelines.entries import Known
from pipelines.processed import Processed

def parent_of(process):
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])

def work(source):
    if "poison" in source.file_name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "killer" in source.file_name:  # the server of forks is a child of the Dask worker
        os.kill(parent_of(os.getppid()), signal.SIGKILL)
    known = Known(sha256=source.file_name, suffix="", byte_size=0, rules="")
    return Processed(known=known, entry=str(os.getpid()).encode())

def decode(source, sent):
    known = Known(sha256=source.file_name, suffix="", byte_size=0, rules="")
    return Processed(known=known, entry=bytes(sent))
"""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give a module that workers import, with a function that dies of some documents."""
    folder = tmp_path_factory.mktemp("modules")
    (folder / "planted_work.py").write_text(WORK)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield pytest.importorskip("planted_work")


@pytest.fixture(scope="module")
def dask(planted: Any) -> Iterator[Any]:
    """A cluster of two workers, which gives up a task after its first worker that died."""
    import dask as configured

    with (
        configured.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            memory_limit=None,
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
        ) as cluster,
    ):
        yield cluster


def _source(name: str) -> Source:
    return Source(path=Path(name), file_name=name, sha256=name, byte_size=1)


def _lost(source: Source, loss: Loss) -> Processed:
    known = Known(sha256=source.file_name, suffix="", byte_size=0, rules="", reason=loss.reason)
    return Processed(known=known)


@pytest.mark.timeout(400)
def test_each_document_comes_back_once_and_what_kills_costs_itself(
    dask: Any, planted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_MOST_DOCUMENTS", 2)
    names = [f"{number}.txt" for number in range(24)]
    names[7:7] = ["poison.txt", "killer.txt"]
    taken: list[str] = []
    found: list[Spent[Source, Processed]] = []
    most_at_once = 0

    def sources() -> Iterator[Source]:
        for name in names:
            taken.append(name)
            yield _source(name)

    for spent in map_on_cluster(
        planted.work,
        sources(),
        wire=Wire(encode=encode, decode=planted.decode),
        address=dask.scheduler_address,
        lost=_lost,
        limits=LIMITS,
    ):
        most_at_once = max(most_at_once, len(taken) - len(found))
        found.append(spent)
    assert sorted(one.item.file_name for one in found) == sorted(names)
    ends = {one.item.file_name: one.result.known.reason for one in found}
    # One ended the process that read it, the other one the worker above that, twice.
    assert {name: reason for name, reason in ends.items() if reason} == {
        "poison.txt": "CRASH",
        "killer.txt": "CRASH",
    }
    assert most_at_once < len(names)


def test_a_run_on_a_cluster_gives_the_same_bytes(write_report: Write, tmp_path: Path) -> None:
    write_report("empty.txt", "")
    write_report("a.txt", "구분\t예산\n시설비\t100\n운영비\t250\n합계\t340\n")
    inputs = [str(write_report("b.txt", "b").parent)]
    run(inputs, tmp_path / "a", Options(cluster="local:1", has_gate=False))
    run(inputs, tmp_path / "b", Options(workers=0, has_gate=False))
    manifests = {(tmp_path / one / "dataset" / "manifest.json").read_bytes() for one in "ab"}
    assert len(manifests) == 1


def test_a_worker_of_another_version_reads_nothing(tmp_path: Path) -> None:
    nothing: Any = None
    job = Job(work=nothing, wire=nothing, lost=_lost, limits=LIMITS, rules=(("every", "older"),))
    with pytest.raises(RunError, match="another version of geomsan"):
        read_documents((_source("a.txt"),), job, str(tmp_path))


@pytest.fixture
def read(planted: Any, tmp_path: Path) -> Iterator[Callable[[Job, str], bytes]]:
    """Give what reads a document as a worker of a cluster does and tells by which process."""

    def read_one(job: Job, name: str) -> bytes:
        (done,) = read_documents((_source(name),), job, str(tmp_path / "worker"))
        return done.result.known.reason.encode() or done.result.entry

    yield read_one
    while cluster_worker._FREE:
        cluster_worker._FREE.pop()._close()


def _job(planted: Any) -> Job:
    wire = Wire(encode=encode, decode=planted.decode)
    return Job(work=planted.work, wire=wire, lost=_lost, limits=LIMITS)


def test_a_process_stays_for_the_tasks_of_a_run(
    planted: Any, read: Callable[[Job, str], bytes]
) -> None:
    one, other = _job(planted), _job(planted)
    first, second = read(one, "a.txt"), read(one, "b.txt")
    assert first.isdigit()
    assert first == second
    assert read(one, "poison.txt") == b"CRASH"
    third = read(one, "c.txt")
    assert third not in (first, read(other, "a.txt"))


def test_a_process_without_tasks_ends_and_leaves_nothing(
    planted: Any,
    read: Callable[[Job, str], bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster_worker, "_IDLE_SECONDS", 0.01)
    job = _job(planted)
    process = int(read(job, "a.txt"))
    for _ in range(1000):
        if not Path(f"/proc/{process}").exists() and not any((tmp_path / "worker").iterdir()):
            break
        time.sleep(0.02)
    else:
        pytest.fail("it is still there")
    assert int(read(job, "b.txt")) != process


def test_tasks_start_with_one_document_and_grow() -> None:
    sizes = [len(task) for task in cluster._tasks(_source(str(number)) for number in range(500))]
    assert sum(sizes) == 500
    assert sizes[:8] == [1] * 8
    assert sizes[:-1] == sorted(sizes[:-1])
    assert max(sizes) == cluster._MOST_DOCUMENTS


class _Blind:
    """A client of workers that see no file of this machine."""

    def run(self, function: Callable[..., bool], path: str) -> dict[str, bool]:
        return {"tcp://worker": False}


def test_workers_must_see_the_inputs(write_report: Write) -> None:
    path = write_report()
    require = partial(cluster._require_shared, _Blind())
    source = Source(path=path, file_name=path.name)
    stored = Source(path=Path("a.txt"), file_name="a.txt", url="s3://bucket/a.txt")
    with pytest.raises(RunError, match="give URLs, or a folder that all machines share"):
        require("tcp://host:1", (stored, source))
    require("tcp://host:1", (stored,))
    require("local:2", (source,))


def _invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "local:many", "local:0", "nowhere"])
def test_a_cluster_that_cannot_be_reached_is_one_line(
    address: str, write_report: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.1)
    done = _invoke("run", write_report(), "-o", tmp_path / "out", "--cluster", address, "--quiet")
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"CLUSTER {address}: cannot be reached")
