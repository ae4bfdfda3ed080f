"""Files written so that readers, and runs after a power cut, see the old or the new, never half."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pipelines.reasons import UNWRITABLE, RunError, describe_problem

_BLOCK: Final = 1 << 20


@contextmanager
def one_line_for_the_user(path: Path) -> Iterator[None]:
    """Turn what the system refuses into one line that names the file and the cause.

    Raises:
        RunError: something below `path` cannot be written.
    """
    try:
        yield
    except OSError as error:
        words = error.strerror or "cannot be written"
        raise RunError(describe_problem(UNWRITABLE, str(path), words)) from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; what stands there in the end replaces `path` in one step.

    Raises:
        RunError: it cannot be written.
    """
    fresh = path.with_name(f".{os.getpid()}.{path.name}")
    with one_line_for_the_user(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.open("wb").close()
            yield fresh
            _sync(fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes, scratch: Path, *, must_last: bool = True) -> None:
    """Write a file as a whole: in `scratch`, to the disk, then to its place.

    One that need not last is left to the system to bring to the disk: a power cut may take it, or
    leave something else in its place.

    Raises:
        RunError: it cannot be written.
    """
    fresh = scratch / f"{path.name}.{os.getpid()}"
    with one_line_for_the_user(path):
        scratch.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with fresh.open("wb") as file:
                file.write(data)
                if must_last:
                    file.flush()
                    os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Have the disk keep the files of a folder and of those below it, and their names."""
    for root, _, names in os.walk(folder):
        for name in names:
            _sync(Path(root) / name)
        _sync(Path(root))


def settle_names(folder: Path) -> None:
    """Have the disk keep the names in one folder."""
    _sync(folder)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def link_or_copy(source: Path, target: Path) -> None:
    """Give `target` the bytes of `source`, without writing them again where that is possible."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
