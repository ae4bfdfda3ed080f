"""Broken, hostile and odd inputs through `geomsan run`: each has to end in one of two ways.

python -m benchmarks.hostile KIT WORK [--seconds N]

KIT holds make.py, check.py, manifest.csv and collected/; the inputs are made in WORK, which must be
empty. How long each took is what the ledger of the run says.
"""

import argparse
import csv
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from pipelines.files import hash_file
from pipelines.home import Home
from pipelines.ledger import list_runs, read_ledger
from pipelines.limits import Limits
from pipelines.reasons import DUPLICATE
from pipelines.rows import clean_text

_GRACE: Final = 2.0
_SLOWEST: Final = 5


def main() -> None:
    """Make the inputs, run, judge; exit 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kit", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--seconds", type=int, default=Limits().seconds)
    given = parser.parse_args()
    work = given.work.resolve()
    make_inputs(given.kit.resolve(), work)
    command = [str(Path(sys.executable).parent / "geomsan"), "run", str(work / "files")]
    command += ["-o", str(work / "out"), "--quiet", "--time-limit", str(given.seconds)]
    done = subprocess.run(command, cwd=work, stderr=subprocess.PIPE, text=True, check=False)
    print(f"geomsan run ended with {done.returncode}, {len(done.stderr.splitlines())} lines")
    write_outcomes(work)
    is_well = judge(given.kit.resolve(), work)
    is_well &= judge_times(work, given.seconds)
    sys.exit(not is_well)


def make_inputs(kit: Path, work: Path) -> None:
    """Fill WORK/files and write the manifest of what is there."""
    files = work / "files"
    files.mkdir(parents=True)
    for path in (kit / "collected").iterdir():
        shutil.copyfile(path, files / path.name)
    environment = {**os.environ, "HOSTILE": str(work)}
    subprocess.run([sys.executable, str(kit / "make.py")], env=environment, check=True)
    known = {row["name"]: row for row in _rows(kit / "manifest.csv")}
    made = {row["name"]: {**row, "basis": "made"} for row in _rows(work / "made.csv")}
    columns = ["name", "source", "attacks", "expected", "basis", "bytes", "sha256"]
    with (work / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({**made, **known}[name] for name, _ in _inputs(work))


def write_outcomes(work: Path) -> None:
    """Write what became of each input, as the published dataset tells it."""
    dataset = work / "out" / "dataset"
    read = set(pq.read_table(dataset / "documents")["document_id"].to_pylist())
    refused: dict[tuple[str, str | None], str] = {}
    reasons: dict[str, str] = {}
    for row in pq.read_table(dataset / "quarantine").to_pylist():
        refused[row["file_name"], row["sha256"]] = row["reason"]
        if row["reason"] != DUPLICATE:
            reasons[row["sha256"]] = row["reason"]
    with (work / "OUTCOMES.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "state", "reason"])
        for name, path in _inputs(work):
            digest = _digest(path)
            if digest in read:  # a second copy was read as the first
                writer.writerow([name, "extracted", ""])
                continue
            name_of = clean_text(path.name)
            # a link that leads out is refused before anything behind it is opened
            reason = refused.get((name_of, digest)) or refused.get((name_of, None), "")
            if reason == DUPLICATE:
                reason = reasons.get(digest or "", "")
            if reason:
                writer.writerow([name, "quarantined", reason])


def judge(kit: Path, work: Path) -> bool:
    """Print what the kit says of the outcomes, and how many inputs marked parse were read."""
    command = [sys.executable, str(kit / "check.py"), str(work / "OUTCOMES.csv")]
    environment = {**os.environ, "HOSTILE": str(work)}
    code = subprocess.run(command, env=environment, cwd=work, check=False).returncode
    state = {row["name"]: row["state"] for row in _rows(work / "OUTCOMES.csv")}
    wanted = [row["name"] for row in _rows(work / "manifest.csv") if row["expected"] == "parse"]
    read = sum(state.get(name) == "extracted" for name in wanted)
    print(f"{read} of {len(wanted)} inputs that must be read were read ({read / len(wanted):.1%})")
    return code == 0 and read >= 0.95 * len(wanted)


def judge_times(work: Path, limit: int) -> bool:
    """Print the slowest inputs; tell whether each ended within its limit and two seconds."""
    home = Home(work / "out")
    lines = read_ledger(home, list_runs(home)[-1].run_id)
    times = sorted(
        (line["seconds"], line["file"])
        for line in lines
        if line["event"] == "input" and "seconds" in line
    )
    print(f"{len(times)} inputs, the slowest:")
    for seconds, name in reversed(times[-_SLOWEST:]):
        print(f"  {seconds:7.1f} s  {name!a}")
    return bool(times) and times[-1][0] <= limit + _GRACE


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _inputs(work: Path) -> Iterator[tuple[str, Path]]:
    """Yield the inputs by the names of the manifest: bytes that are no UTF-8 as hex."""
    for path in sorted((work / "files").iterdir()):
        yield os.fsencode(path.name).decode("utf-8", "backslashreplace"), path


def _digest(path: Path) -> str | None:
    try:
        return hash_file(path) if stat.S_ISREG(path.stat().st_mode) else None
    except OSError:
        return None


if __name__ == "__main__":
    main()
