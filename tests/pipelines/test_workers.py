"""A document that hangs, dies or eats memory takes nothing with it."""

import ctypes
import os
import pickle
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import pytest

from pipelines.limits import Limits, Loss
from pipelines.reasons import RunError
from pipelines.workers import Spent, Wire, map_in_processes

LENGTHS = struct.Struct(">IQ")
"""What stands before each message of a process."""
FEW_SECONDS = Limits(seconds=6)
"""What a loaded machine still needs to do next to nothing."""


def _hang_in_c() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    ctypes.CDLL(None).pause()


def _spin_in_c() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")


def _spin() -> None:
    while True:
        pass


def _leave_a_child() -> None:
    subprocess.Popen(["sleep", "600"])
    os.abort()


def _leave_files() -> None:
    Path(tempfile.mkdtemp(), "left").touch()
    os.abort()


def _eat_and_abort() -> None:
    allocate = ctypes.CDLL(None).malloc
    allocate.restype = ctypes.c_void_p
    if allocate(ctypes.c_size_t(3 << 30)):
        time.sleep(1)
        os.abort()


def _say(words: bytes) -> None:
    """Send something to the supervisor, as a process that a document has taken over could."""
    for path in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            socket.socket(fileno=os.dup(int(path.name))).sendall(words)


def _flood() -> None:
    _say(LENGTHS.pack(20, 1 << 40) + bytes(1 << 16))


def _stall() -> None:
    _say(LENGTHS.pack(20, 1000) + b"{")
    time.sleep(600)


class Intruder:
    """Makes a file where it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, str]]:
        return open, (self.path, "w")


def _eat() -> None:
    bytearray(1 << 40)


POISONS: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "exit": lambda: os._exit(0),
    "segfault": lambda: ctypes.string_at(0),
    "spin": _spin,
    "spin in C": _spin_in_c,
    "hang in C": _hang_in_c,
    "eat": _eat,
    "eat and abort": _eat_and_abort,
    "raise": lambda: sys.exit("bye"),
    "leave a child": _leave_a_child,
    "leave files": _leave_files,
    "too large": lambda: "x" * (1 << 21),
    "garbage": lambda: _say(bytes(range(256)) * 10),
    "no JSON": lambda: _say(LENGTHS.pack(4, 0) + b"[[[["),
    "no answer": lambda: _say(LENGTHS.pack(2, 0) + b"{}"),
    "flood": _flood,
    "stall": _stall,
}


def behave(item: str) -> str:
    done = POISONS[item]() if item in POISONS else item.upper()
    return str(done)


def as_text(item: str, sent: memoryview) -> str:
    return bytes(sent).decode()


WIRE: Wire[str, str] = Wire(encode=str.encode, decode=as_text)


def lost(item: str, loss: Loss) -> str:
    return loss.reason


@pytest.fixture
def do(tmp_path: Path) -> Callable[..., dict[str, str]]:
    def run(
        *items: str, work: Callable[[str], str] = behave, workers: int = 2, **limits: Any
    ) -> dict[str, str]:
        under = replace(Limits(seconds=60), **limits)
        spent = map_in_processes(
            work,
            items,
            wire=WIRE,
            workers=workers,
            lost=lost,
            limits=under,
            scratch=tmp_path / "scratch",
        )
        return {one.item: one.result for one in spent}

    return run


Do = Callable[..., dict[str, str]]


@pytest.mark.parametrize("workers", [1, 3])
def test_every_item_comes_back_once(do: Do, workers: int) -> None:
    items = [f"item {number}" for number in range(50)]
    assert do(*items, workers=workers) == {item: item.upper() for item in items}


@pytest.mark.parametrize(
    ("poison", "reason"),
    [
        ("abort", "CRASH"),
        ("exit", "CRASH"),
        ("segfault", "CRASH"),
        ("raise", "CRASH"),
        ("leave a child", "CRASH"),
        ("leave files", "CRASH"),
        ("eat", "LIMIT_MEMORY"),
        ("eat and abort", "LIMIT_MEMORY"),
        ("too large", "LIMIT_RESULT"),
        ("garbage", "CRASH"),
        ("no JSON", "CRASH"),
        ("no answer", "CRASH"),
        ("flood", "CRASH"),
    ],
)
def test_one_that_dies_is_the_only_one_lost(do: Do, poison: str, reason: str) -> None:
    done = do("a", poison, "b", "c", "d", result_bytes=1 << 20)
    assert done == {"a": "A", poison: reason, "b": "B", "c": "C", "d": "D"}


@pytest.mark.parametrize("poison", ["spin", "spin in C", "hang in C", "stall"])
def test_one_that_hangs_is_the_only_one_lost(do: Do, poison: str) -> None:
    done = do("a", poison, "b", seconds=FEW_SECONDS.seconds)
    assert done == {"a": "A", poison: "LIMIT_TIME", "b": "B"}


def pickle_poison(item: str) -> bytes:
    if item.startswith("/"):
        return pickle.dumps(Intruder(item.lower()))
    return f"packed {item}".encode()


def unpack(item: str, sent: memoryview) -> str:
    if not bytes(sent).startswith(b"packed "):
        raise ValueError(item)
    return bytes(sent).decode()


def test_a_result_that_is_none_costs_its_own_document_and_runs_nothing(tmp_path: Path) -> None:
    poison = str(tmp_path / "opened").lower()
    spent = map_in_processes(
        behave,
        ["a", poison, "b"],
        wire=Wire(encode=pickle_poison, decode=unpack),
        workers=1,
        lost=lost,
        limits=Limits(),
        scratch=tmp_path / "scratch",
    )
    done = {one.item: one.result for one in spent}
    assert done == {"a": "packed A", poison: "CRASH", "b": "packed B"}
    assert not list(tmp_path.glob("opened"))


def test_results_come_as_they_get_done(tmp_path: Path) -> None:
    spent = map_in_processes(
        sleep,
        ["2", "0"],
        wire=WIRE,
        workers=2,
        lost=lost,
        limits=Limits(),
        scratch=tmp_path,
    )
    assert [one.item for one in spent] == ["0", "2"]


def sleep(seconds: str) -> str:
    time.sleep(float(seconds))
    return seconds


def test_items_are_taken_when_there_is_a_process_for_them(tmp_path: Path) -> None:
    taken = 0

    def items() -> Iterator[str]:
        nonlocal taken
        for number in range(20):
            taken += 1
            yield str(number)

    ahead = []
    for done, _ in enumerate(
        map_in_processes(
            behave, items(), wire=WIRE, workers=2, lost=lost, limits=Limits(), scratch=tmp_path
        ),
        start=1,
    ):
        ahead.append(taken - done)
    assert max(ahead) <= 4


def test_nothing_is_left_behind(do: Do, tmp_path: Path) -> None:
    do("a")  # the server of forks stays
    before = _open_files()
    do("a", "leave files", "leave a child", "b")
    assert not list((tmp_path / "scratch").glob("*"))
    assert _open_files() == before


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def write_and_tell(item: str) -> str:
    folder = Path(tempfile.mkdtemp())
    (folder / item).touch()
    return f"{tempfile.gettempdir()} {os.environ['TMPDIR']} {len(list(folder.parent.iterdir()))}"


def test_each_document_has_a_folder_of_its_own(do: Do, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    for answer in do("a", "b", "c", work=write_and_tell).values():
        first, second, count = answer.split()
        assert first == second
        assert Path(first).parent == scratch
        assert count == "1"


def call_out(kind: str) -> str:
    calls: dict[str, Callable[[], object]] = {
        "connect": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "datagram": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"", ("127.0.0.1", 9)),
        "listen": lambda: socket.socket().bind(("127.0.0.1", 0)),
        "name": lambda: socket.getaddrinfo("localhost", 80),
        "within": lambda: socket.socket(socket.AF_UNIX).bind(f"{tempfile.gettempdir()}/s"),
    }
    try:
        calls[kind]()
    except OSError as error:
        return str(error)
    return "done"


def test_a_document_reaches_no_network(do: Do) -> None:
    refused = "a document may not use the network"
    done = do("connect", "datagram", "listen", "name", "within", work=call_out)
    assert done == {
        "connect": refused,
        "datagram": refused,
        "listen": refused,
        "name": refused,
        "within": "done",
    }


def write_much(size: str) -> str:
    try:
        Path(tempfile.gettempdir(), "much").write_bytes(bytes(int(size)))
    except OSError as error:
        return type(error).__name__
    return "done"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of files are tried on Linux")
def test_files_that_are_written_are_limited(do: Do) -> None:
    done = do("1000", "100000", work=write_much, written_bytes=10_000)
    assert done == {"1000": "done", "100000": "OSError"}


def kill_once(path: str) -> str:
    marker = Path(path)
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def test_a_document_whose_process_somebody_killed_is_read_again(do: Do, tmp_path: Path) -> None:
    marker = str(tmp_path / "killed")
    assert do("other", marker, work=kill_once) == {"other": "done", marker: "done"}


def test_idle_processes_that_are_killed_are_replaced(tmp_path: Path) -> None:
    seen: list[int] = []

    def items() -> Iterator[str]:
        yield from "ab"
        for pid in seen:
            os.kill(pid, signal.SIGKILL)
        yield from "cd"

    for one in map_in_processes(
        tell_process, items(), wire=WIRE, workers=1, lost=lost, limits=Limits(), scratch=tmp_path
    ):
        seen.append(int(one.result))
    assert len(seen) == 4
    assert seen[0] == seen[1] != seen[3]


def tell_process(item: str) -> str:
    return str(os.getpid())


def grow(item: str) -> str:
    KEPT.append(bytearray(80 << 20))
    return str(os.getpid())


KEPT: list[bytearray] = []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told on Linux")
def test_a_process_that_grows_is_replaced(do: Do) -> None:
    done = do(*"abcdefgh", work=grow, workers=1)
    assert len(set(done.values())) > 1


def test_where_nothing_is_to_be_done_nothing_is_started(do: Do, tmp_path: Path) -> None:
    assert do() == {}
    assert list(tmp_path.iterdir()) == []


class DiesAtBirth:
    """Work that ends the process in which it is unpacked."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return os._exit, (3,)

    def __call__(self, item: str) -> str:
        return item


def test_processes_that_end_as_they_start_are_told_in_one_line(tmp_path: Path) -> None:
    wire = Wire(encode=str.encode, decode=as_text)
    with pytest.raises(RunError, match="WORKERS processes: they end as they start"):
        list(
            map_in_processes(
                DiesAtBirth(), ["a"], wire=wire, workers=2, lost=lost, limits=FEW_SECONDS,
                scratch=tmp_path,
            )
        )  # fmt: skip


def test_what_was_spent_is_told(tmp_path: Path) -> None:
    spent: list[Spent[str, str]] = list(
        map_in_processes(
            behave,
            ["a", "abort"],
            wire=WIRE,
            workers=1,
            lost=lost,
            limits=Limits(),
            scratch=tmp_path,
        )
    )
    good, bad = sorted(spent, key=lambda one: one.item)
    assert good.cpu_seconds is not None
    assert 0 <= good.cpu_seconds <= good.seconds + 1
    assert sys.platform != "linux" or (good.peak_memory_bytes or 0) > 1 << 20
    assert (bad.cpu_seconds, bad.peak_memory_bytes) == (None, None)


SUPERVISOR = """
import sys
from pathlib import Path
from pipelines.limits import Limits
from pipelines.workers import map_in_processes
from test_workers import WIRE, linger, lost
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    list(map_in_processes(linger, [str(folder / "a"), str(folder / "b")], wire=WIRE, workers=2,
                          lost=lost, limits=Limits(), scratch=folder / "scratch"))
"""


def linger(path: str) -> str:
    child = subprocess.Popen(["sleep", "600"])
    supervisor = parent_process()
    Path(path).write_text(f"{os.getpid()} {child.pid} {supervisor.pid if supervisor else 0}")
    _hang_in_c()
    return ""


@pytest.mark.skipif(sys.platform != "linux", reason="the system ends orphans on Linux")
def test_nothing_survives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "supervisor.py"
    script.write_text(SUPERVISOR)
    paths = os.pathsep.join((str(Path(__file__).parent), str(Path(__file__).parents[2])))
    supervisor = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)], env={**os.environ, "PYTHONPATH": paths}
    )
    told = [tmp_path / "a", tmp_path / "b"]
    _wait_until(lambda: all(path.exists() and path.read_text() for path in told))
    pids = {int(pid) for path in told for pid in path.read_text().split()[:2]}
    assert all(map(_is_alive, pids))
    supervisor.kill()
    supervisor.wait()
    _wait_until(lambda: not any(map(_is_alive, pids)))


def _wait_until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # the time limit of the test ends it otherwise
        threading.Event().wait(0.05)


def _is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be forgotten does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"memory_bytes": 1024}, {"rows": 0}])
def test_limits_that_no_document_can_keep_are_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at least"):
        replace(Limits(), **limits)
