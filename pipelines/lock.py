"""One run at a time in an output folder; a holder that died holds nothing."""

import fcntl
import json
import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pipelines.files import one_line_for_the_user
from pipelines.home import MAIN, Home
from pipelines.reasons import BUSY, RunError, describe_problem

_LARGEST: Final = 4096
_NOBODY_KNOWN: Final = "another run"


@contextmanager
def held(home: Home, command: str, holder: str = MAIN) -> Iterator[Path]:
    """Hold the output folder; give an empty folder for files in the making.

    The lock is the system's: it ends with the process that holds it, however that dies. What such
    a process left half done is swept away here.

    Raises:
        RunError: another run holds the folder, or it cannot be written.
    """
    path = home.lock(holder)
    with one_line_for_the_user(home.root):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _take(handle, home, path)
        with one_line_for_the_user(home.root):
            _sign(handle, command)
            scratch = home.scratch(holder)
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir(parents=True)
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    finally:
        os.close(handle)


def who_holds(home: Home, holder: str = MAIN) -> str:
    """Return who works in the output folder, in words; empty where nobody does."""
    path = home.lock(holder)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return _signature(path)
    else:
        return ""
    finally:
        os.close(handle)


def _take(handle: int, home: Home, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        words = f"{_signature(path)} works here; try again when it is done"
        raise RunError(describe_problem(BUSY, str(home.root), words)) from error


def _sign(handle: int, command: str) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(sign(command)).encode("ascii"), 0)


def _signature(path: Path) -> str:
    """Return who signed the lock; its text may be half written or gone."""
    try:
        with path.open("rb") as file:
            return describe_holder(json.loads(file.read(_LARGEST)))
    except (OSError, ValueError):
        return _NOBODY_KNOWN


def sign(command: str) -> dict[str, object]:
    """Return what the holder of a lock tells of itself."""
    return {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
    }


def describe_holder(record: object) -> str:
    """Return in words what `sign` returned once; other records are of nobody that is known."""
    if not isinstance(record, dict) or not record.get("command"):
        return _NOBODY_KNOWN
    return (
        f"`geomsan {record['command']}`, process {record.get('pid')} on {record.get('host')} "
        f"since {record.get('since')},"
    )
