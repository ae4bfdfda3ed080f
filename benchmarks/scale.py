"""Reads thousands of small reports and watches memory, open files and rate of the supervisor.

Usage: python -m benchmarks.scale [--documents 10000] [--workers 2] [--kind pdf]

Makes the reports (one page each, no two alike), reads them in one run, reads them again unchanged,
and again with one of them changed. Prints what RESULTS.md states.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from pipelines.home import Home
from pipelines.ledger import list_runs, read_ledger

_MIB: Final = 1 << 20
_ROWS: Final = ("교육", "홍보", "운영", "시설")


@dataclass(frozen=True, slots=True)
class Sample:
    """The supervisor at one moment."""

    done: int
    seconds: float
    rss_bytes: int
    open_files: int
    cpu_seconds: float
    """Of the processor, with all that it started."""
    own_cpu_seconds: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kind", choices=tuple(MAKERS), default="pdf")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, output = Path(temporary) / "in", Path(temporary) / "out"
        MAKERS[arguments.kind](folder, arguments.documents)
        options = ("--workers", str(arguments.workers))
        samples = watched_run(folder, output, options)
        describe(samples, output)
        started = time.monotonic()
        watched_run(folder, output, options)
        print(f"unchanged run       {time.monotonic() - started:.1f} s, {outcomes(output)}")
        before = inodes(output)
        changed = sorted(folder.iterdir())[0]
        changed.write_bytes(changed.read_bytes() + b"\n")
        started = time.monotonic()
        watched_run(folder, output, options)
        new = [path for path, number in inodes(output).items() if before.get(path) != number]
        print(f"one changed         {time.monotonic() - started:.1f} s, {outcomes(output)}")
        print(f"files rewritten     {len(new)} of {len(before)}")
    return 0


def watched_run(folder: Path, output: Path, options: Sequence[str]) -> list[Sample]:
    """Run, and look at the supervisor a few times a second."""
    command = [sys.executable, "-m", "pipelines", "run", str(folder), "-o", str(output)]
    samples = []
    with subprocess.Popen(
        [*command, "--quiet", "--no-gate", "--no-report", *options],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        started = time.monotonic()
        while process.poll() is None:
            time.sleep(0.25)
            if (sample := look(process.pid, output, started)) is not None:
                samples.append(sample)
    return samples


def look(pid: int, output: Path, started: float) -> Sample | None:
    """Return the supervisor as it is; None before its first document or after its end."""
    ledgers = sorted((output / "runs").glob("*.jsonl"))
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        rss = next(int(one.split()[1]) for one in status.splitlines() if one.startswith("VmRSS"))
        files = len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 (links that vanish meanwhile)
    except (OSError, StopIteration):
        return None
    if not ledgers:
        return None
    done = ledgers[-1].read_bytes().count(b'"event": "input"')
    seconds = time.monotonic() - started
    return Sample(done, seconds, rss * 1024, files, *cpu_of_session(pid)) if done else None


def cpu_of_session(leader: int) -> tuple[float, float]:
    """Return the processor time of a session, with those that ended in it, and of its leader."""
    ticks = own = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[3]) == leader:
                ticks += sum(map(int, fields[11:15]))
                own += sum(map(int, fields[11:13])) if path.parent.name == str(leader) else 0
    second = os.sysconf("SC_CLK_TCK")
    return ticks / second, own / second


def describe(samples: Sequence[Sample], output: Path) -> None:
    """Print slope of memory, open files, and the rates of the first and the last tenth."""
    reading = [one for one in samples if one.done < samples[-1].done] or list(samples)
    done = np.array([one.done for one in reading], dtype=float)
    rss = np.array([one.rss_bytes for one in reading], dtype=float)
    half = done >= done.max() / 10  # what is made once is made by then
    slope = np.polyfit(done[half], rss[half], 1)[0] * 1000 / _MIB
    tenth = done.max() / 10
    first, last = rate(reading, tenth, 2 * tenth), rate(reading, 9 * tenth, 10 * tenth)
    print(f"documents           {samples[-1].done} in {samples[-1].seconds:.0f} s")
    print(f"memory slope        {slope:.3f} MiB per 1,000 documents")
    print(f"memory peak         {max(one.rss_bytes for one in samples) / _MIB:.0f} MiB")
    print(f"open files          {reading[0].open_files} first, {reading[-1].open_files} last")
    print(f"rate                {first:.1f}/s in the second tenth, {last:.1f}/s in the last")
    version = (output / "dataset").resolve()
    files = [path for path in version.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"dataset             {len(files)} files, {size / _MIB:.1f} MiB")


def rate(samples: Sequence[Sample], start: float, end: float) -> float:
    """Return documents a second between two counts of documents."""
    within = between(samples, start, end)
    if len(within) < 2:
        return float("nan")
    return (within[-1].done - within[0].done) / (within[-1].seconds - within[0].seconds)


def between(samples: Sequence[Sample], start: float, end: float) -> list[Sample]:
    """Return the samples between two counts of documents."""
    return [one for one in samples if start <= one.done <= end]


def outcomes(output: Path) -> dict[str, int]:
    """Return what became of the inputs of the last run."""
    home = Home(output)
    counted: dict[str, Any] = {}
    for line in read_ledger(home, list_runs(home)[-1].run_id):
        if line["event"] == "input":
            counted[line["outcome"]] = counted.get(line["outcome"], 0) + 1
    return counted


def inodes(output: Path) -> dict[str, int]:
    """Return the number of each file of the dataset on its disk."""
    version = (output / "dataset").resolve()
    return {
        path.relative_to(version).as_posix(): path.stat().st_ino
        for path in version.rglob("*")
        if path.is_file()
    }


def make_texts(folder: Path, count: int) -> None:
    """Write reports of one short table each."""
    folder.mkdir()
    for number in range(count):
        lines = "\n".join("\t".join(row) for row in rows_of(number))
        text = f"사업 계획 {number}\n\n(단위: 천원)\n{lines}\n"
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


def make_pdfs(folder: Path, count: int) -> None:
    """Write reports of one page with one ruled table each."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HYGothic-Medium"))
    folder.mkdir()
    for number in range(count):
        canvas = Canvas(str(folder / f"{number:06}.pdf"), pagesize=(595, 842), invariant=True)
        canvas.setFont("HYGothic-Medium", 10)
        canvas.drawString(60, 700, f"사업 계획 {number}")
        canvas.drawString(400, 652, "(단위: 천원)")
        rows = rows_of(number)
        canvas.grid([60 + 100 * n for n in range(5)], [640 - 20 * n for n in range(len(rows) + 1)])
        for down, row in enumerate(rows):
            for across, text in enumerate(row):
                canvas.drawString(64 + 100 * across, 626 - 20 * down, text)
        canvas.save()


def rows_of(number: int) -> list[list[str]]:
    """Return a table whose sums hold."""
    parts = [
        [(number * 37 + at * 101 + by * 13) % 9000 + 100 for by in range(2)] for at in range(4)
    ]
    rows = [
        [name, *(f"{one:,}" for one in (*pair, sum(pair)))]
        for name, pair in zip(_ROWS, parts, strict=True)
    ]
    sums = [sum(pair[by] for pair in parts) for by in range(2)]
    total = ["합계", *(f"{one:,}" for one in (*sums, sum(sums)))]
    return [["구분", "상반기", "하반기", "계"], *rows, total]


MAKERS: Final = {"pdf": make_pdfs, "txt": make_texts}
"""By kind."""


if __name__ == "__main__":
    sys.exit(main())
