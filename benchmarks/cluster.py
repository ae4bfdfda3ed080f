"""The rate of a Dask cluster of two workers against that of two processes of this machine.

`python -m benchmarks.cluster FOLDER [--count N]` reads small reports, the heads of the text files
of FOLDER made different from each other, once a quarter of N and once N of them: the difference is
free of what it takes to start. It prints documents a second of wall time and of processor time, the
latter with all that was started, since other people may use the machine.
"""

import argparse
import ctypes
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_WAYS: Final = {"pool": ("--workers", "2"), "cluster": ("--cluster", "local:2")}
_LINES: Final = 20
_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER of prctl.h


def main() -> None:
    """Measure both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    given = parser.parse_args()
    _adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="geomsan-") as folder:
        found = {name: _rates(given.folder, Path(folder), name, given.count) for name in _WAYS}
        _require_same(Path(folder))
    for name, (wall, cpu) in found.items():
        print(f"{name:8} {wall:7.1f} a second, {cpu:7.1f} a CPU second")
    wall, cpu = (new / old for new, old in zip(found["cluster"], found["pool"], strict=True))
    print(f"cluster / pool: {wall:.2f} of the rate, {cpu:.2f} by CPU")


def _rates(source: Path, folder: Path, name: str, count: int) -> tuple[float, float]:
    """Return the documents that are read a second of wall and of processor time."""
    spent = []
    for number in (count // 4, count):
        inputs = folder / f"in-{number}"
        if not inputs.exists():
            _make(source, inputs, number)
        spent.append(_measure(inputs, folder / f"{name}-{number}", _WAYS[name]))
    (wall_some, cpu_some), (wall, cpu) = spent
    more = count - count // 4
    return more / (wall - wall_some), more / (cpu - cpu_some)


def _make(folder: Path, target: Path, count: int) -> None:
    """Write `count` reports of different content."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    if not texts:
        sys.exit(f"no text reports below {folder}")
    target.mkdir()
    for number in range(count):
        head = texts[number % len(texts)].split("\n")[:_LINES]
        text = "\n".join([*head, f"문서 {number}", ""])
        (target / f"{number:06}.txt").write_text(text, encoding="utf-8")


def _measure(inputs: Path, output: Path, options: tuple[str, ...]) -> tuple[float, float]:
    """Return the seconds of wall and of processor time that a run takes, with all it started."""
    command = [sys.executable, "-m", "pipelines", "run", str(inputs), "-o", str(output)]
    started = time.monotonic(), _cpu()
    subprocess.run([*command, "--no-gate", "--quiet", *options], check=False)
    seconds = time.monotonic() - started[0]
    with suppress(ChildProcessError):  # those that outlive their parent are ours
        while True:
            os.waitpid(-1, 0)
    return seconds, _cpu() - started[1]


def _adopt_orphans() -> None:
    """Have the system hand us the processes whose parent ends before them."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _require_same(folder: Path) -> None:
    found: dict[str, set[bytes]] = {}
    for path in folder.glob("*-*/dataset/manifest.json"):
        found.setdefault(path.parents[1].name.partition("-")[2], set()).add(path.read_bytes())
    if [len(manifests) for manifests in found.values()] != [1, 1]:
        sys.exit("the two datasets differ")


if __name__ == "__main__":
    main()
