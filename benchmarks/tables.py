"""Measures table reading of PDF pages, ours and other engines': accuracy, CPU time, time by stage.

Usage: python -m benchmarks.tables [EVALUATION] [--turns N]; EVALUATION holds eval/, kbench/, real/.
Every engine reads the same pages, each cut out into a file of its own, one page after the other
in turn. The floor is PDFium called through pypdfium2.raw for every character's code and box and
every path's points. Prints Markdown for RESULTS.md; scans are left out, they take OCR.
"""

import argparse
import importlib.util
import json
import logging
import resource
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import pypdfium2

from benchmarks.page_stages import parse_raw, stages_of, timed
from benchmarks.peers import Reader, Table, installed_peers, read_opendataloader
from extract.reading.source import read_document
from extract.shapes import shape_of

FLOOR: Final = "raw PDFium parse"
OURS: Final = "geomsan"
JAVA: Final = "opendataloader-pdf"
GROUPS: Final = ("lattice", "open", "borderless", "real")
METRICS: Final = ("adj_F1", "num_R_al", "num_P_al")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page with gold, cut out into a file of its own."""

    file: str
    number: int
    path: Path
    height: float


def main() -> int:
    """Measure and print; return 2 where there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("evaluation", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--turns", type=int, default=2, help="the best of so many counts")
    arguments = parser.parse_args()
    evaluation: Path = arguments.evaluation
    missing = [name for name in ("eval", "kbench", "real") if not (evaluation / name).is_dir()]
    if missing:
        print(f"There is no {missing[0]}/ in {evaluation}: name the folder", file=sys.stderr)
        return 2
    golds = list(read_golds(evaluation))
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # remarks on fonts
    with tempfile.TemporaryDirectory() as folder:
        pages = list(cut_pages(evaluation, golds, Path(folder)))
        seconds, found = measure(pages, arguments.turns)
        stages = add_stages(pages, arguments.turns)
    scores = {name: score(evaluation, golds, tables) for name, tables in found.items()}
    print_engines(len(pages), seconds, scores)
    print_stages(len(pages), stages)
    return 0


def read_golds(evaluation: Path) -> Iterator[dict[str, Any]]:
    """Yield the gold of every file that is no scan, limited to its labelled pages."""
    for folder in ("kbench", "real"):
        for path in sorted((evaluation / folder / "gold").glob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            if gold["group"] == "scanned":
                continue
            labelled = gold.get("labelled_pages") or [page["page"] for page in gold["pages"]]
            source = str(evaluation / folder / "pdf" / gold["file"])
            yield {**gold, "source": source, "pages": [{"page": number} for number in labelled]}


def cut_pages(evaluation: Path, golds: Sequence[dict[str, Any]], folder: Path) -> Iterator[Page]:
    """Write every page with gold into a file of its own."""
    for gold in golds:
        document = pypdfium2.PdfDocument(gold["source"])
        for number in (page["page"] for page in gold["pages"]):
            single = pypdfium2.PdfDocument.new()
            single.import_pages(document, [number - 1])
            path = folder / f"{Path(gold['file']).stem}-{number}.pdf"
            single.save(path)
            yield Page(file=gold["file"], number=number, path=path, height=single[0].get_height())
            single.close()
        document.close()


def measure(
    pages: Sequence[Page], turns: int
) -> tuple[dict[str, float], dict[str, dict[str, list[Table]]]]:
    """Return the CPU seconds of each engine over all pages, and the tables it found by file."""
    readers = {OURS: read_ours, **working(installed_peers(), pages[0])}
    best: defaultdict[tuple[str, Path], float] = defaultdict(lambda: float("inf"))
    found: dict[str, dict[str, list[Table]]] = {name: defaultdict(list) for name in readers}
    for turn in range(turns + 1):  # the first one warms up
        for page in pages if turn else pages[:1]:
            for name, read in {FLOOR: parse_raw, **readers}.items():
                shape_of.cache_clear()
                spent, tables = timed(partial(read, page.path))
                if turn:
                    best[name, page.path] = min(best[name, page.path], spent)
                if turn == 1 and name in found:
                    found[name][page.file] += [{**table, "page": page.number} for table in tables]
    seconds: Counter[str] = Counter()
    for (name, _), spent in best.items():
        seconds[name] += spent  # type: ignore[assignment]
    if importlib.util.find_spec("opendataloader_pdf"):
        seconds[JAVA], found[JAVA] = measure_java(pages)  # type: ignore[assignment]
    return dict(seconds), found


def working(peers: dict[str, Reader], page: Page) -> dict[str, Reader]:
    """Return the engines that can read a page, and say which of those installed cannot."""
    working = {}
    for name, read in peers.items():
        try:
            read(page.path)
        except Exception as error:
            print(f"{name} is left out: {type(error).__name__} {error}", file=sys.stderr)
        else:
            working[name] = read
    return working


def measure_java(pages: Sequence[Page]) -> tuple[float, dict[str, list[Table]]]:
    """Measure opendataloader-pdf over all pages in one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answers = read_opendataloader([page.path for page in pages], [page.height for page in pages])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found: defaultdict[str, list[Table]] = defaultdict(list)
    for page, tables in zip(pages, answers, strict=True):
        found[page.file] += [{**table, "page": page.number} for table in tables]
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, found


def add_stages(pages: Sequence[Page], turns: int) -> dict[str, float]:
    """Return the CPU seconds of the stages of our reading over all pages."""
    total: Counter[str] = Counter()
    for page in pages:
        runs = [stages_of(page.path.read_bytes()) for _ in range(turns)]
        for name in runs[0]:
            total[name] += min(run[name] for run in runs)  # type: ignore[assignment]
    return dict(total)


def read_ours(path: Path) -> list[Table]:
    """Read with geomsan, the first reading: no second opinion is asked for."""
    return [
        {
            "page": grid.place.page,
            "bbox": [grid.place.x0, grid.place.y0, grid.place.x1, grid.place.y1],
            "cells": [
                {"row": cell.row, "col": cell.col, "rowspan": cell.row_span,
                 "colspan": cell.col_span, "text": cell.text}
                for cell in grid.cells
            ],
        }
        for grid in read_document(path).grids
    ]  # fmt: skip


def score(
    evaluation: Path, golds: Sequence[dict[str, Any]], found: dict[str, list[Table]]
) -> dict[str, dict[str, float]]:
    """Return the scorer's measures by group, and over all."""
    scorer = load_scorer(evaluation)
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for gold in golds:
        predicted = scorer.without_hosts(gold, found.get(gold["file"], []))
        counts, _ = scorer.tm.score_file(scorer.best_reading(gold, predicted), predicted)
        sums[gold["group"]].update(counts)
        sums["all"].update(counts)
    return {group: scorer.tm.metrics(counts) for group, counts in sums.items()}


def load_scorer(evaluation: Path) -> Any:
    """Return the module that scores tables.

    Raises:
        FileNotFoundError: It is not there.
    """
    path = evaluation / "eval/score_tables.py"
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def print_engines(
    pages: int, seconds: dict[str, float], scores: dict[str, dict[str, dict[str, float]]]
) -> None:
    """Print CPU time and accuracy of every engine."""
    heads = [*(f"cell_exact {group}" for group in GROUPS), *(f"{name} all" for name in METRICS)]
    print(f"| engine ({pages} pages) | ms a page | ÷ floor | " + " | ".join(heads) + " |")
    print("|---|" + "---:|" * (len(heads) + 2))
    for name, spent in seconds.items():
        of = scores.get(name)
        figures = [f"{1000 * spent / pages:.1f}", f"{spent / seconds[FLOOR]:.1f}"]
        if of:
            figures += [f"{of[group]['cell_exact']:.3f}" for group in GROUPS]
            figures += [f"{of['all'][metric]:.3f}" for metric in METRICS]
        print(
            f"| {name} | " + " | ".join([*figures, *[""] * (len(heads) + 2 - len(figures))]) + " |"
        )


def print_stages(pages: int, stages: dict[str, float]) -> None:
    """Print where our time goes."""
    whole = sum(stages.values())
    print("\n| where our time goes | ms a page | share |\n|---|---:|---:|")
    for name, spent in stages.items():
        print(f"| {name} | {1000 * spent / pages:.1f} | {spent / whole:.0%} |")


if __name__ == "__main__":
    sys.exit(main())
