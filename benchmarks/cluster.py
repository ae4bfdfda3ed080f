"""The rate of a Dask cluster of two workers against that of two processes of this machine.

`python -m benchmarks.cluster FOLDER [--count N]` reads N small reports, made anew from the text
files of FOLDER, with each; both start from nothing. It prints documents a second of wall and of
processor time, the latter with all that was started, since other people may use the machine.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

_WAYS: Final = {"pool": ("--workers", "2"), "cluster": ("--cluster", "local:2")}


def main() -> None:
    """Measure both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="geomsan-") as folder:
        inputs = Path(folder) / "in"
        _make(given.folder, inputs, given.count)
        rates = {}
        for name, options in _WAYS.items():
            wall, cpu = _measure(inputs, Path(folder) / name, options)
            rates[name] = given.count / wall, given.count / cpu
            print(f"{name:8} {rates[name][0]:7.1f} a second, {rates[name][1]:7.1f} a CPU second")
        _require_same(Path(folder))
    wall_ratio, cpu_ratio = (
        new / old for new, old in zip(rates["cluster"], rates["pool"], strict=True)
    )
    print(f"cluster / pool: {wall_ratio:.2f} of the rate, {cpu_ratio:.2f} by CPU")


def _make(folder: Path, target: Path, count: int) -> None:
    """Write `count` reports of different content."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    if not texts:
        sys.exit(f"no text reports below {folder}")
    target.mkdir()
    for number in range(count):
        text = f"{texts[number % len(texts)]}\n문서 {number}\n"
        (target / f"{number:06}.txt").write_text(text, encoding="utf-8")


def _measure(inputs: Path, output: Path, options: tuple[str, ...]) -> tuple[float, float]:
    """Return the seconds of wall and of processor time that a run takes."""
    command = [sys.executable, "-m", "pipelines", "run", str(inputs), "-o", str(output)]
    started = time.monotonic(), _cpu()
    subprocess.run([*command, "--no-gate", "--quiet", *options], check=False)
    return time.monotonic() - started[0], _cpu() - started[1]


def _cpu() -> float:
    """Return the processor seconds of all processes of this user's control group, or of ours."""
    usage = Path("/sys/fs/cgroup/cpu.stat")
    if usage.is_file():
        return int(usage.read_text(encoding="ascii").split()[1]) / 1e6
    times = os.times()
    return times.children_user + times.children_system


def _require_same(folder: Path) -> None:
    manifests = {(folder / name / "dataset" / "manifest.json").read_bytes() for name in _WAYS}
    if len(manifests) != 1:
        sys.exit("the two datasets differ")


if __name__ == "__main__":
    main()
