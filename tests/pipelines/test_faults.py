"""Whatever call to the disk fails, the cause is named, nothing published is touched, all heals."""

import builtins
import errno
import io
import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from tests.pipelines.conftest import hashes_of

Write = Callable[..., Path]
CALLS = (
    (os, "write"), (os, "pwrite"), (os, "fsync"), (os, "rename"), (os, "replace"), (os, "link"),
    (os, "symlink"), (os, "mkdir"), (os, "open"), (pq, "write_table"), (io, "open"),
    (builtins, "open"),
)  # fmt: skip


class Disk:
    """Counts the calls that change the disk below a folder, and fails one of them."""

    def __init__(self, folder: Path, failing: int, code: int) -> None:
        self.folder, self.failing, self.code = str(folder), failing, code
        self.count = 0
        self.failed = ""
        self.handles: set[int] = set()

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **said: Any) -> Any:
            if self._changes(name, arguments, said):
                self.count += 1
                if self.count == self.failing:
                    self.failed = name
                    raise OSError(self.code, os.strerror(self.code))
            result = call(*arguments, **said)
            if name == "open" and isinstance(result, int) and self._is_below(arguments[0]):
                self.handles.add(result)
            return result

        return counted

    def _changes(self, name: str, arguments: tuple[Any, ...], said: dict[str, Any]) -> bool:
        if name == "open":
            mode = arguments[1] if len(arguments) > 1 else said.get("mode", "r")
            writes = (
                mode & (os.O_WRONLY | os.O_RDWR)
                if isinstance(mode, int)
                else set(mode) & set("wax+")
            )
            return bool(writes) and self._is_below(arguments[0])
        if name in ("write", "pwrite"):
            return arguments[0] in self.handles
        if name == "fsync":
            return True
        return any(self._is_below(one) for one in arguments[:2])

    def _is_below(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and str(path).startswith(self.folder)


def _run(folder: Path, output: Path) -> Result:
    arguments = ["run", str(folder), "-o", str(output), "--workers", "0", "--no-gate", "-q"]
    return CliRunner().invoke(app, arguments)


def _run_with(disk: Disk, folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    with monkeypatch.context() as patched:
        for module, name in CALLS:
            patched.setattr(module, name, disk.around(name, getattr(module, name)))
        return _run(folder, output)


@pytest.mark.parametrize(
    ("code", "first"),
    [
        pytest.param(errno.ENOSPC, 1, id="disk full, odd calls"),
        pytest.param(errno.EIO, 2, id="disk broken, even calls"),
    ],
)
def test_every_failing_call_leaves_the_published_dataset_and_is_told(
    code: int,
    first: int,
    write_report: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    hand_made: None,
) -> None:
    write_report("a.txt", "a")
    folder, output = write_report("b.txt", "b").parent, tmp_path / "out"
    assert _run(folder, output).exit_code == 1
    before = hashes_of(output)
    write_report("b.txt", "c")
    start = shutil.copytree(output, tmp_path / "start", symlinks=True)
    assert _run(folder, output).exit_code == 1
    wanted = hashes_of(output)
    assert wanted != before
    for failing in itertools.count(first, 2):
        shutil.rmtree(output)
        shutil.copytree(start, output, symlinks=True)
        disk = Disk(output, failing, code)
        done = _run_with(disk, folder, output, monkeypatch)
        if disk.count < failing:
            break
        if done.exit_code == 1:  # a disk without links: files are copied; a folder that is there
            assert disk.failed in ("link", "mkdir")
            assert hashes_of(output) == wanted
        else:
            assert done.exit_code == 2, (disk.failed, failing, done.output)
            (line,) = done.stderr.splitlines()
            assert os.strerror(code) in line
        assert hashes_of(output) in (before, wanted)
        assert _run(folder, output).exit_code == 1
        assert hashes_of(output) == wanted
        assert not [path for path in (output / "work" / "scratch").rglob("*") if path.is_file()]
    assert failing > 25
