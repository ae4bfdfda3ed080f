"""Good documents alone and mixed with poison: what comes of the good ones must be the same bytes.

python -m benchmarks.isolation [--good 200] [--poison 60] [--workers 2]
                               [--good-from FOLDER...] [--poison-from FOLDER...]

The documents are made here. Poison crashes its process, hangs, eats memory or unpacks to gigabytes;
what has to be run to do harm is done by the work itself, for reading does not run anything. Folders
give good PDFs and text reports, these as often as needed, each time another line longer; and files
that join the poison, as many again at most.
"""

import argparse
import ctypes
import os
import signal
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final

from pipelines.inputs import find_inputs, hash_inputs, hash_local
from pipelines.limits import Limits
from pipelines.processed import Processed, decode, encode, lose, process
from pipelines.rules import Rules
from pipelines.sources import Source
from pipelines.workers import Wire, map_in_processes

_RULES: Final = Rules(engine="auto", limits="")
_LINES: Final = 60
"""Of a text report that is copied."""
_ROWS: Final = ("시설비", "운영비", "인건비", "자산취득비")


def main() -> None:
    """Read the good documents twice and compare; exit 1 where one differs or is lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--good", type=int, default=200)
    parser.add_argument("--poison", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--good-from", type=Path, nargs="+", default=[])
    parser.add_argument("--poison-from", type=Path, nargs="+", default=[])
    given = parser.parse_args()
    limits = Limits(seconds=given.seconds, memory_bytes=2 << 30)
    with tempfile.TemporaryDirectory() as folder:
        found = copy_good(given.good_from, Path(folder), given.good)
        good = make_good(Path(folder), given.good - found)
        alone = read(good, given.workers, limits)
        started = time.monotonic()
        poison = copy_poison(given.poison_from, Path(folder), given.poison // 2)
        poison += make_poison(Path(folder), given.poison - len(poison))
        mixed = read(shuffled([*good, *poison]), given.workers, limits)
        print(f"mixed: {time.monotonic() - started:.1f} s")
    same = sum(mixed.get(name) == rows for name, rows in alone.items())
    lost = [name for name, rows in mixed.items() if name.startswith("poison") and rows[:2] == b"ok"]
    print(
        f"{same} of {len(alone)} good documents gave the same bytes beside {given.poison} poisons"
    )
    print(f"{len(mixed) - len(alone) - len(lost)} poisons ended with a reason of their own")
    for name, rows in alone.items():
        if mixed.get(name) != rows:
            print(f"  {name}: {rows[:40]!r} alone, {mixed.get(name, b'')[:40]!r} mixed")
    sys.exit(same != len(alone) or len(mixed) != len(alone) + given.poison)


def shuffled(sources: list[Source]) -> list[Source]:
    """Return them in an order that mixes good ones and poison, the same in every run."""
    return sorted(sources, key=lambda one: zlib.crc32(one.file_name.encode()))


def copy_good(folders: Iterable[Path], target: Path, count: int) -> int:
    """Copy reports and return how many; texts as often as needed, a line longer each time."""
    files = sorted(path for folder in folders for path in folder.rglob("*"))
    pdfs = [path for path in files if path.suffix == ".pdf"][: count // 2]
    texts = [path for path in files if path.suffix == ".txt"]
    for number, path in enumerate(pdfs):
        (target / f"good-copy-{number:04}.pdf").write_bytes(path.read_bytes())
    for number in range(len(pdfs), count if texts else 0):
        head = texts[number % len(texts)].read_text(encoding="utf-8").split("\n")[:_LINES]
        words = "\n".join([*head, f"문서 {number}", ""])
        (target / f"good-copy-{number:04}.txt").write_text(words, encoding="utf-8")
    return count if texts else len(pdfs)


def copy_poison(folders: Iterable[Path], target: Path, count: int) -> list[Source]:
    """Copy files that are hostile by themselves, an even choice of all of them."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    made = []
    for number, path in enumerate(files[:: max(1, len(files) // max(1, count))][:count]):
        copy = target / f"poison-{number:03}-copy{path.suffix}"
        copy.write_bytes(path.read_bytes())
        size = copy.stat().st_size
        made.append(Source(path=copy, file_name=copy.name, sha256=None, byte_size=size))
    return made


def make_good(folder: Path, count: int) -> list[Source]:
    """Write small reports, every second one a PDF."""
    for number in range(count):
        rows = [f"{label}\t{(number * 37 + place * 11) % 900 + 100}" for place, label in
                enumerate(_ROWS)]  # fmt: skip
        text = f"{2000 + number}년 사업 예산\n\n구분\t예산(천원)\n" + "\n".join(rows) + "\n"
        path = folder / f"good-{number:04}{'.pdf' if number % 2 else '.txt'}"
        path.write_bytes(draw(text) if number % 2 else text.encode())
    found = hash_inputs(find_inputs([str(folder)]), lambda sources: map(hash_local, sources))
    return list(found.sources)


def draw(text: str) -> bytes:
    """Return a PDF page with some lines of text."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HYGothic-Medium"))
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=True)
    canvas.setFont("HYGothic-Medium", 10)
    for down, line in enumerate(text.splitlines()):
        for across, piece in enumerate(line.split("\t")):
            canvas.drawString(60 + 150 * across, 780 - 20 * down, piece)
    canvas.save()
    return buffer.getvalue()


def make_poison(folder: Path, count: int) -> list[Source]:
    """Write poison: files that are bombs, and names that tell `harm` what to do."""
    made = []
    kinds = list(HARMS)
    for number in range(count):
        path = folder / f"poison-made-{number:03}-{kinds[number % len(kinds)]}.pdf"
        packed = zlib.compress(bytes(1 << 28) + b"%d" % number, 9)
        head = b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
        path.write_bytes(b"%PDF-1.4\n4 0 obj\n" + head + b"\nstream\n" + packed + b"\nendstream\n")
        made.append(Source(path=path, file_name=path.name, sha256=None, byte_size=len(packed)))
    return made


def read(sources: Iterable[Source], workers: int, limits: Limits) -> dict[str, bytes]:
    """Return what came of each document: the bytes of its rows, or the reason."""
    with tempfile.TemporaryDirectory() as scratch:
        spent = map_in_processes(
            partial(harm, limits=limits),
            sources,
            wire=Wire(encode=encode, decode=partial(decode, rules=_RULES, limits=limits)),
            workers=workers,
            lost=partial(lose, rules=_RULES),
            limits=limits,
            scratch=Path(scratch),
        )
        return {one.item.file_name: pack(one.result) for one in spent}


def harm(source: Source, limits: Limits) -> Processed:
    """Read a document, or do the harm that its name asks for."""
    kind = source.path.stem.rpartition("-")[2]
    if source.file_name.startswith("poison-made"):
        HARMS[kind]()
    return process(source, _RULES, limits)


def pack(processed: Processed) -> bytes:
    """Return a document's rows as bytes, or its reason and message."""
    known = processed.known
    return f"{known.reason} {known.message}".encode() if known.reason else b"ok" + processed.entry


def _hang() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    ctypes.CDLL(None).pause()


def _spin() -> None:
    while True:
        pass


def _eat() -> None:
    kept = []
    while True:
        kept.append(bytearray(1 << 26))


HARMS: Final[dict[str, Callable[[], object]]] = {
    "bomb": lambda: None,
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(0),
    "exit": lambda: os._exit(0),
    "hang": _hang,
    "spin": _spin,
    "eat": _eat,
}

if __name__ == "__main__":
    main()
