"""Measures whole files: CPU time a page beside pdfplumber, peak memory, second opinions asked.

Usage: python -m benchmarks.whole FOLDER... ; every PDF in the folders is read by one process of
each engine, file by file in turn. Scans are read too, but the time of the OCR program is not ours
and is left out. Prints Markdown for RESULTS.md.
"""

import argparse
import json
import logging
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from benchmarks.peers import table_count
from extract.errors import DocumentError
from extract.reading.source import read_document
from pipelines.choose import choose_reading
from pipelines.engines import second_opinion

_MIB: Final = 1024  # ru_maxrss counts kibibytes
Figures = dict[str, float]


def main() -> int:
    """Measure and print; return 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--reader", choices=tuple(READERS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.reader:
        serve(READERS[arguments.reader])
        return 0
    files = [path for folder in arguments.folders for path in sorted(folder.rglob("*.pdf"))]
    if not files:
        print("There are no PDFs: name their folders", file=sys.stderr)
        return 2
    totals: dict[str, Counter[str]] = {name: Counter() for name in READERS}
    with servers() as asked:
        for path in files:
            for name, ask in asked.items():
                figures = ask(path)
                peak = max(totals[name]["peak"], figures.pop("peak"))
                totals[name]["peak"] = peak  # type: ignore[assignment]
                totals[name].update(figures)
    print_totals(len(files), totals)
    return 0


def serve(read: Callable[[Path], Figures]) -> None:
    """Read the file named in each line of the input, and answer with the figures."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # remarks on fonts
    for module in ("extract.reading.pdf", "pdfplumber"):
        import_module(module)  # now: it takes half a second
    for line in sys.stdin:
        figures = read(Path(line.rstrip("\n")))
        figures["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
        print(json.dumps(figures), flush=True)


def read_ours(path: Path) -> Figures:
    """Read with geomsan, then choose between readings as a run does."""
    started = time.process_time()
    try:
        document = read_document(path)
    except DocumentError:
        return {"pages": 0}
    read = time.process_time()
    pages: set[int] = set()
    theirs = second_opinion(path, document, "auto")

    def ask(page: int) -> tuple[Any, ...]:
        pages.add(page)
        return theirs(page) if theirs else ()

    choose_reading(document, ask)
    chosen = time.process_time()
    return {
        "pages": document.page_count or 0,
        "seconds": read - started,
        "audit": chosen - read,
        "asked": len(pages),
        "tables": len(document.grids),
    }


def read_pdfplumber(path: Path) -> Figures:
    """Find and extract the tables of every page with pdfplumber."""
    started = time.process_time()
    pages = tables = 0
    try:
        with import_module("pdfplumber").open(path) as pdf:
            for page in pdf.pages:
                pages += 1
                tables += table_count(page)
                page.close()
    except Exception as error:  # it fails on broken files in many ways; the count says so
        print(f"pdfplumber: {type(error).__name__} in {path.name}", file=sys.stderr)
    return {"pages": pages, "seconds": time.process_time() - started, "tables": tables}


READERS: Final[dict[str, Callable[[Path], Figures]]] = {
    "geomsan": read_ours,
    "pdfplumber": read_pdfplumber,
}


@contextmanager
def servers() -> Iterator[dict[str, Callable[[Path], Figures]]]:
    """Start a process for each engine and give what asks it about a file."""
    running = {
        name: subprocess.Popen(
            [sys.executable, "-m", "benchmarks.whole", "--reader", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in READERS
    }

    def asker(process: subprocess.Popen[str]) -> Callable[[Path], Figures]:
        def ask(path: Path) -> Figures:
            if process.stdin is None or process.stdout is None:
                raise BrokenPipeError
            print(path.resolve(), file=process.stdin, flush=True)
            figures: Figures = json.loads(process.stdout.readline())
            return figures

        return ask

    try:
        yield {name: asker(process) for name, process in running.items()}
    finally:
        for process in running.values():
            process.terminate()
            process.wait()


def print_totals(files: int, totals: dict[str, Counter[str]]) -> None:
    """Print the figures of each engine over all files."""
    print(f"| engine ({files} files) | pages | tables | CPU ms a page | peak memory, MiB |")
    print("|---|---:|---:|---:|---:|")
    for name, total in totals.items():
        spent = 1000 * total["seconds"] / max(1, total["pages"])
        figures = (total["pages"], total["tables"], f"{spent:.1f}", f"{total['peak']:.0f}")
        print(f"| {name} | " + " | ".join(map(str, figures)) + " |")
    ours = totals["geomsan"]
    pages = max(1, ours["pages"])
    print(
        f"\nFacts, audit and choice between readings: {1000 * ours['audit'] / pages:.1f} ms a page."
    )
    print(f"Second opinions: {ours['asked']} of {pages} pages ({ours['asked'] / pages:.1%}).")


if __name__ == "__main__":
    sys.exit(main())
