"""One run at a time at a place in a store; a holder that died holds nothing.

The lock is a row of small objects, of which the highest number counts. Whoever finds it released,
or its holder dead, creates the next one, which the store lets only one of them do. A holder writes
its object again and again; how long ago is told by the clock of the store alone.
"""

import json
import os
import platform
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pipelines.lock import describe_holder, sign
from pipelines.reasons import BUSY, RunError, describe_problem
from pipelines.stores import Store, one_line_for_the_store

BEAT: Final = timedelta(seconds=15)
"""Time between two signs of life of a holder."""
DEAD: Final = timedelta(seconds=120)
"""Without a sign of life for so long a holder counts as dead."""


@dataclass(frozen=True, slots=True)
class StoreLock:
    """A lock that is held."""

    store: Store
    path: str
    """Of the object."""
    record: dict[str, object]

    def require(self) -> None:
        """See to it that the lock is still ours: we may have slept, and been taken for dead.

        Raises:
            RunError: another run holds it, or the store refuses.
        """
        folder = self.path.rpartition("/")[0]
        found = _read(self.store, self.path)
        names = self.store.names_below(folder)
        if found.get("token") != self.record["token"] or names[-1] != self.path:
            words = f"{describe_holder(_read(self.store, names[-1]))} has taken over; run again"
            raise RunError(describe_problem(BUSY, self.store.url, words))

    def write(self, **more: object) -> None:
        """Give a sign of life."""
        self.store.write(self.path, json.dumps({**self.record, **more}).encode("ascii"))


@contextmanager
def held_in_store(
    store: Store, command: str, holder: str, beat: timedelta = BEAT, dead: timedelta = DEAD
) -> Iterator[StoreLock]:
    """Hold a place in a store.

    Raises:
        RunError: another run holds it, or the store refuses.
    """
    lock = _take(store, command, f"work/locks/{holder}", dead)
    is_over = threading.Event()
    heart = threading.Thread(target=_live, args=(lock, is_over, beat), daemon=True)
    heart.start()
    try:
        yield lock
    finally:
        is_over.set()
        heart.join()
        with suppress(RunError):
            lock.require()
            lock.write(is_released=True)


def _live(lock: StoreLock, is_over: threading.Event, beat: timedelta) -> None:
    while not is_over.wait(beat.total_seconds()):
        with suppress(RunError):  # whether the lock is lost is asked before anything is published
            lock.require()
            lock.write()


def _take(store: Store, command: str, folder: str, dead: timedelta) -> StoreLock:
    names = store.names_below(folder)
    if names and _holder(store, names[-1], dead):
        _refuse(store, names[-1])
    number = int(names[-1].rpartition("/")[2].partition(".")[0]) + 1 if names else 1
    record: dict[str, object] = {
        **sign(command),
        "machine": _machine(),
        "token": secrets.token_hex(16),
    }
    lock = StoreLock(store, f"{folder}/{number:09}.json", record)
    _create(lock)
    lock.require()
    with one_line_for_the_store(store.url):
        for name in names:
            store.files.rm_file(store.name(name))
    return lock


def _create(lock: StoreLock) -> None:
    """Create the object, unless another run was quicker.

    A store that cannot refuse the second one keeps the last: `require` tells the others.
    """
    store = lock.store
    data = json.dumps(lock.record).encode("ascii")
    try:
        with one_line_for_the_store(store.url):
            try:
                store.files.pipe_file(store.name(lock.path), data, mode="create")
            except NotImplementedError:
                store.files.pipe_file(store.name(lock.path), data)
    except RunError as error:
        if isinstance(error.__cause__, FileExistsError):
            _refuse(store, lock.path)
        raise


def who_holds_in_store(store: Store, holder: str, dead: timedelta = DEAD) -> str:
    """Return who holds a place in a store, in words; empty where nobody does.

    Raises:
        RunError: the store refuses.
    """
    names = store.names_below(f"work/locks/{holder}")
    return _holder(store, names[-1], dead) if names else ""


def _holder(store: Store, path: str, dead: timedelta) -> str:
    record = _read(store, path)
    is_gone = record.get("machine") == _machine() and not _is_alive(record.get("pid"))
    if record.get("is_released") or is_gone or _age(store, path) >= dead:
        return ""
    return describe_holder(record)


def _refuse(store: Store, path: str) -> None:
    words = f"{describe_holder(_read(store, path))} works here; try again when it is done"
    raise RunError(describe_problem(BUSY, store.url, words))


def _age(store: Store, path: str) -> timedelta:
    """Return how long ago an object was written, by the clock of the store."""
    probe = f"work/clock/{secrets.token_hex(8)}"
    store.write(probe, b"")
    with one_line_for_the_store(store.url):
        try:
            now: datetime = store.files.modified(store.name(probe))
            then: datetime = store.files.modified(store.name(path))
            return now - then
        except FileNotFoundError:  # just let go, and taken by the next one
            return timedelta(0)
        finally:
            store.files.rm_file(store.name(probe))


def _read(store: Store, path: str) -> dict[str, Any]:
    try:
        record = json.loads(store.read(path) or b"{}")
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


def _machine() -> str:
    """Return what tells this machine since its start from all others; containers count apart."""
    parts = [platform.node()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    return " ".join(parts) if len(parts) > 2 else secrets.token_hex(16)


def _is_alive(pid: object) -> bool:
    if not isinstance(pid, int):
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
