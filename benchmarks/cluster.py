"""The rate of a Dask cluster of two workers against that of two processes of this machine.

Usage: python -m benchmarks.cluster FOLDER [--count 1000] [--turns 3]

Reads small reports, the heads of the text files of FOLDER made different from each other, in both
ways in turns; prints what `benchmarks.rates` prints.
"""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.rates import compare

_WAYS: Final = {"pool": ("--workers", "2"), "cluster": ("--cluster", "local:2")}
_LINES: Final = 20


def main() -> None:
    """Measure both and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    compare(_WAYS, partial(_make, given.folder), given.count, given.turns)


def _make(folder: Path, target: Path, count: int) -> None:
    """Write `count` reports of different content and equal size: larger ones would come first."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    if not texts:
        sys.exit(f"no text reports below {folder}")
    target.mkdir()
    heads = [text.split("\n")[:_LINES] for text in texts]
    reports = [
        "\n".join([*heads[number % len(heads)], f"문서 {number}", ""]).encode()
        for number in range(count)
    ]
    size = max(map(len, reports))
    for number, report in enumerate(reports):
        (target / f"{number:06}.txt").write_bytes(report.ljust(size, b"\n"))


if __name__ == "__main__":
    main()
