"""Mutated reports through the worker pool: nothing may be lost, whatever a file holds.

python -m benchmarks.fuzz --seconds 600 [--seed N] [--keep FOLDER] REPORTS...

Each case is a report with some bytes flipped, cut, doubled, put in from another report, a number
made huge or an object exchanged for another. Reported are lost inputs, exceptions of the
supervisor (both must be 0) and crashes of workers, whose inputs are kept in FOLDER.
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from pipelines.limits import Limits
from pipelines.processed import decode, encode, lose, process
from pipelines.reasons import CRASH
from pipelines.rules import Rules
from pipelines.sources import Source
from pipelines.workers import Wire, map_in_processes

_RULES: Final = Rules(engine="auto", limits="")
_LARGEST: Final = 300_000
"""Bytes; larger reports would take the time of many small ones."""
_NUMBER: Final = re.compile(rb"\d+")
_OBJECT: Final = re.compile(rb"\d+ \d+ obj\b.*?endobj", re.DOTALL)
_HUGE: Final = (b"0", b"-1", b"2147483647", b"4294967296", b"99999999999999999999", b"1e999")
_WORDS: Final = tuple(
    text.encode()
    for text in ("합계", "△", "\t", "|", "(단위: 천원)", "%", "1,234,567", "\r\n", "\0")
)

Mutation = Callable[[bytes, random.Random, bytes], bytes]


def main() -> None:
    """Read mutated reports until the time is over; exit 1 where one was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("fuzz"))
    given = parser.parse_args()
    seeds = [path.read_bytes() for path in find_seeds(given.reports)]
    print(f"{len(seeds)} reports to start from")
    limits = Limits(seconds=30, memory_bytes=2 << 30)
    outcomes: Counter[str] = Counter()
    sent: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        cases = make_cases(seeds, Path(folder), given.seed, time.monotonic() + given.seconds)
        spent = map_in_processes(
            partial(process, rules=_RULES, limits=limits),
            _noted(cases, sent),
            wire=Wire(encode=encode, decode=partial(decode, rules=_RULES, limits=limits)),
            workers=given.workers,
            lost=partial(lose, rules=_RULES),
            limits=limits,
            scratch=Path(folder) / "scratch",
        )
        for one in spent:
            sent.remove(one.item.file_name)
            known = one.result.known
            outcomes[known.reason or "read"] += 1
            if known.reason == CRASH:
                given.keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(one.item.path, given.keep)
                print(f"{known.reason} {one.item.file_name}: {known.message}", flush=True)
            one.item.path.unlink()
    print(f"{outcomes.total()} cases, {len(sent)} lost: {dict(outcomes.most_common())}")
    sys.exit(bool(sent))


def _noted(cases: Iterator[Source], sent: set[str]) -> Iterator[Source]:
    for case in cases:
        sent.add(case.file_name)
        yield case


def find_seeds(reports: list[Path]) -> list[Path]:
    """Return the small files among reports and in folders of them, in order."""
    files = {file for path in reports for file in ([path] if path.is_file() else path.rglob("*"))}
    return sorted(file for file in files if file.is_file() and file.stat().st_size <= _LARGEST)


def make_cases(seeds: list[bytes], folder: Path, seed: int, end: float) -> Iterator[Source]:
    """Yield mutated reports, written to `folder`, until the clock shows `end`."""
    dice = random.Random(seed)
    number = 0
    while time.monotonic() < end:
        number += 1
        data = mutate(dice.choice(seeds), dice, dice.choice(seeds))
        kind = ".pdf" if b"%PDF-" in data[:1024] else ".txt"
        path = folder / f"{seed}-{number:06}{kind}"
        path.write_bytes(data)
        yield Source(path=path, file_name=path.name, sha256=None, byte_size=len(data))


def mutate(data: bytes, dice: random.Random, other: bytes) -> bytes:
    """Return a report changed in one to four ways."""
    for _ in range(dice.randint(1, 4)):
        data = dice.choice(MUTATIONS)(data, dice, other)
    return data


def _flip(data: bytes, dice: random.Random, other: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 10, 100)) if changed else 0):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _cut(data: bytes, dice: random.Random, other: bytes) -> bytes:
    return data[: dice.randint(0, len(data))]


def _leave_out(data: bytes, dice: random.Random, other: bytes) -> bytes:
    start = dice.randint(0, len(data))
    return data[:start] + data[start + dice.choice((1, 20, 4000)) :]


def _double(data: bytes, dice: random.Random, other: bytes) -> bytes:
    start = dice.randint(0, len(data))
    end = start + dice.choice((10, 1000, 20_000))
    return data[:end] + data[start:end] * dice.choice((1, 5)) + data[end:]


def _splice(data: bytes, dice: random.Random, other: bytes) -> bytes:
    place, start = dice.randint(0, len(data)), dice.randint(0, len(other))
    return data[:place] + other[start : start + dice.choice((10, 500, 10_000))] + data[place:]


def _enlarge(data: bytes, dice: random.Random, other: bytes) -> bytes:
    numbers = list(_NUMBER.finditer(data))
    for found in sorted(dice.sample(numbers, min(3, len(numbers))), key=lambda one: -one.start()):
        data = data[: found.start()] + dice.choice(_HUGE) + data[found.end() :]
    return data


def _exchange(data: bytes, dice: random.Random, other: bytes) -> bytes:
    """Put an object of a PDF in the place of another, or a line of a text."""
    parts = list(_OBJECT.finditer(data)) or list(re.finditer(rb"[^\n]+", data))
    if len(parts) < 2:
        return data
    one, two = dice.sample(parts, 2)
    return data[: one.start()] + two.group() + data[one.end() :]


def _write(data: bytes, dice: random.Random, other: bytes) -> bytes:
    place = dice.randint(0, len(data))
    return data[:place] + dice.choice(_WORDS) * dice.choice((1, 3, 2000)) + data[place:]


MUTATIONS: Final[tuple[Mutation, ...]] = (
    _flip,
    _cut,
    _leave_out,
    _double,
    _splice,
    _enlarge,
    _exchange,
    _write,
)

if __name__ == "__main__":
    main()
