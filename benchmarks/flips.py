"""Damages a published dataset in every way and counts what is found and what is read all the same.

Usage: python -m benchmarks.flips OUTPUT [--flips 1000] [--seed N]

OUTPUT is the output folder of a run; it is copied first. Bits are flipped in the files of the
dataset, and files are cut, deleted, exchanged and added.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from pipelines.home import Home
from pipelines.published import read_table
from pipelines.reasons import RunError
from pipelines.tables import DATASET
from pipelines.verify import verify


def main() -> int:
    """Measure and print; return 1 where damage was not found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as temporary:
        output = Path(temporary) / "output"
        shutil.copytree(arguments.output, output, symlinks=True)
        figures = measure(output, arguments.flips, chance)
    for name, number in figures.items():
        print(f"{name:<28} {number}")
    return 1 if figures["not found"] or figures["read silently wrong"] else 0


def measure(output: Path, flips: int, chance: random.Random) -> Counter[str]:
    """Return how much damage was done, found, and read as if nothing were wrong."""
    figures: Counter[str] = Counter({"not found": 0, "read silently wrong": 0})
    version = (output / "dataset").resolve()
    files = sorted(path for path in version.rglob("*") if path.is_file())
    sound = {table.name: read_table(version, table.name) for table in DATASET}
    for _ in range(flips):
        with damaged(chance.choice(files), lambda data: flip(data, chance)):
            look(output, sound, figures, "flipped bits")
    for file in files:
        with damaged(file, lambda data: data[: chance.randrange(len(data))]):
            look(output, sound, figures, "cut files")
        with damaged(file, lambda data: None):
            look(output, sound, figures, "deleted files")
        other = chance.choice([one for one in files if one != file])
        with damaged(file, lambda data, other=other: other.read_bytes()):  # type: ignore[misc]
            look(output, sound, figures, "exchanged files")
        extra = file.with_name(f"x{file.name}")
        shutil.copyfile(file, extra)
        look(output, sound, figures, "added files")
        extra.unlink()
    return figures


def flip(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one bit turned over."""
    hurt = bytearray(data)
    hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


@contextmanager
def damaged(file: Path, change: Callable[[bytes], bytes | None]) -> Iterator[None]:
    """Change the bytes of a file for a moment; None deletes it."""
    whole = file.read_bytes()
    hurt = change(whole)
    if hurt is None:
        file.unlink()
    else:
        file.write_bytes(hurt)
    try:
        yield
    finally:
        file.write_bytes(whole)


def look(output: Path, sound: dict[str, pa.Table], figures: Counter[str], kind: str) -> None:
    """Count whether `verify` finds the damage, and whether a reader would be deceived by it."""
    figures[kind] += 1
    figures["not found"] += not verify(Home(output)).faults
    version = (output / "dataset").resolve()
    for name, rows in sound.items():
        try:
            figures["read silently wrong"] += not read_table(version, name).equals(rows)
        except RunError:
            figures["reads refused"] += 1


if __name__ == "__main__":
    sys.exit(main())
