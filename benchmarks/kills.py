"""Kills runs with SIGKILL at random moments and compares what they leave with a clean run.

Usage: python -m benchmarks.kills FOLDER [--times 50] [--seed N]

The supervisor, one of its workers or the whole process group is killed, the next run goes on, and
meanwhile a reader polls the dataset through the link that it resolves once a look. Prints how often
the dataset came out as in a clean run, how many looks were torn, and how many files were left over.
"""

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from pipelines.home import Home
from pipelines.published import read_table
from pipelines.verify import verify

_TABLES = ("documents", "facts", "checks", "findings")


def main() -> int:
    """Measure and print; return 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as temporary:
        return measure(arguments.folder, Path(temporary), arguments.times, chance)


def measure(folder: Path, scratch: Path, times: int, chance: random.Random) -> int:
    """Kill `times` runs over `folder` and print the figures."""
    started = time.monotonic()
    finish(folder, scratch / "clean")
    whole = time.monotonic() - started
    clean = content(scratch / "clean")
    figures: Counter[str] = Counter()
    for number in range(times):
        output = scratch / f"killed {number}"
        poller = Poller(output)
        poller.start()
        kill_one(folder, output, chance, whole)
        finish(folder, output)
        poller.stop()
        figures["same as clean"] += content(output) == clean
        figures["looks"] += poller.looks
        figures["torn looks"] += poller.torn
        figures["files left over"] += left_over(output)
        figures["verified"] += not verify(Home(output)).faults
    for name in ("same as clean", "verified", "looks", "torn looks", "files left over"):
        print(
            f"{name:<16} {figures[name]}"
            + (f" of {times}" if name in ("same as clean", "verified") else "")
        )
    is_kept = figures["same as clean"] == times and not figures["torn looks"]
    return 0 if is_kept and not figures["files left over"] else 1


def kill_one(folder: Path, output: Path, chance: random.Random, whole: float) -> None:
    """Start a run and kill part of it at a random moment."""
    process = subprocess.Popen(
        command(folder, output), start_new_session=True, stderr=subprocess.DEVNULL
    )
    time.sleep(chance.uniform(0.05, whole))
    victim = chance.choice(("supervisor", "worker", "group"))
    try:
        if victim == "group":
            os.killpg(process.pid, signal.SIGKILL)
        elif victim == "supervisor":
            process.kill()
        elif found := below(process.pid):
            os.kill(chance.choice(found), signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def below(pid: int) -> list[int]:
    """Return the processes below one, as the kernel lists them."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text(encoding="ascii").split()):
            found += [child, *below(child)]
    return found


def finish(folder: Path, output: Path) -> None:
    """Run to the end."""
    subprocess.run(command(folder, output), check=False, stderr=subprocess.DEVNULL)


def command(folder: Path, output: Path) -> list[str]:
    """Return a quiet run over the folder."""
    options = ["--quiet", "--no-gate", "--workers", "2"]
    return [sys.executable, "-m", "pipelines", "run", str(folder), "-o", str(output), *options]


def content(output: Path) -> str:
    """Return one hash over every file of the published version."""
    version = (output / "dataset").resolve()
    digest = hashlib.sha256()
    for path in sorted(version.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(version).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def left_over(output: Path) -> int:
    """Return how many files lie where only a run that goes on has any."""
    return sum(path.is_file() for path in (output / "work" / "scratch").rglob("*"))


class Poller:
    """Reads the dataset again and again while runs come and go."""

    def __init__(self, output: Path) -> None:
        self.output, self.looks, self.torn = output, 0, 0
        self._is_done = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._is_done.set()
        self._thread.join()

    def _poll(self) -> None:
        while not self._is_done.wait(0.02):
            if not (self.output / "dataset").exists():
                continue
            self.looks += 1
            try:
                version = (self.output / "dataset").resolve(strict=True)
                tables = {name: read_table(version, name) for name in _TABLES}
                known = set(tables["documents"]["document_id"].to_pylist())
                seen = {
                    one for name in _TABLES[1:] for one in tables[name]["document_id"].to_pylist()
                }
                self.torn += not seen <= known
            except Exception:
                self.torn += 1


if __name__ == "__main__":
    sys.exit(main())
