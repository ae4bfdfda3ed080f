"""Measures reading of scans: pages with gold become pictures with skew, noise and uneven light.

Usage: python -m benchmarks.scans [EVALUATION] [--look NAME ...] [--only PART ...] [--worst N]
Each born-digital page of kbench is drawn in grey at 200 dpi, damaged as scanners damage pages, and
saved as a file without text. The same seed gives the same pictures. Prints Markdown.
"""

import argparse
import json
import resource
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.tables import load_scorer
from extract.reading.source import read_document
from pipelines.choose import choose_reading

DPI: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a scanner does to a page."""

    angle: float
    """Degrees counter-clockwise."""
    noise: float
    """Standard deviation of the grey values (0-255)."""
    blur: float
    """Standard deviation in pixels."""
    shade: float
    """Share of light that is lost in the darkest corner."""
    quality: int
    """Of JPEG, 1-95."""


LOOKS: Final = {
    "light": Look(angle=0.3, noise=4, blur=0.3, shade=0.05, quality=75),
    "usual": Look(angle=-0.8, noise=8, blur=0.5, shade=0.12, quality=65),
    "hard": Look(angle=1.3, noise=12, blur=0.7, shade=0.2, quality=55),
    "left": Look(angle=90.4, noise=4, blur=0.3, shade=0.05, quality=75),
    "down": Look(angle=179.5, noise=4, blur=0.3, shade=0.05, quality=75),
}
USUAL_LOOKS: Final = ("light", "usual", "hard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file with gold in one look."""

    gold: Path
    pdf: Path
    look: str
    is_chosen: bool
    """Whether arithmetic may choose between readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was read of one task."""

    task: Task
    tables: list[dict[str, Any]]
    seconds: float
    pages: int


def main() -> int:
    """Measure and print; return 2 where there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("evaluation", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--look", nargs="+", choices=LOOKS, default=USUAL_LOOKS)
    parser.add_argument("--only", nargs="+", default=[""], help="parts of file names")
    parser.add_argument("--worst", type=int, default=0, help="cells shown that went wrong, a file")
    parser.add_argument("--first", action="store_true", help="without the choice by arithmetic")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder in which the scans stay")
    arguments = parser.parse_args()
    folder: Path = arguments.evaluation / "kbench"
    tasks = [
        Task(gold=gold, pdf=folder / "pdf" / f"{gold.stem}.pdf", look=look,
             is_chosen=not arguments.first)
        for gold in sorted((folder / "gold").glob("A*.json"))
        if any(part in gold.stem for part in arguments.only)
        for look in arguments.look
    ]  # fmt: skip
    if not tasks:
        print(f"There are no pages with gold in {folder}: name the folder", file=sys.stderr)
        return 2
    with ProcessPoolExecutor(arguments.workers) as pool:
        outcomes = list(pool.map(partial(read, keep=arguments.keep), tasks))
    report(arguments.evaluation, outcomes, arguments.worst)
    return 0


def read(task: Task, keep: Path | None) -> Outcome:
    """Make the scan of a file and read it."""
    with tempfile.TemporaryDirectory() as folder:
        path = (keep or Path(folder)) / f"{task.look}-{task.pdf.name}"
        pages = write_scan(task.pdf, path, task.look)
        before = spent()
        tables = read_tables(path, is_chosen=task.is_chosen)
    return Outcome(task=task, tables=tables, seconds=spent() - before, pages=pages)


def spent() -> float:
    """Return the CPU seconds of this process and of the programs that it ran."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, kinds))


def read_tables(path: Path, *, is_chosen: bool) -> list[dict[str, Any]]:
    """Return the tables of a file as the scorer wants them."""
    document = read_document(path)
    if is_chosen:
        document = choose_reading(document).document
    return [
        {
            "page": grid.place.page,
            "bbox": None,
            "note": grid.note,
            "cells": [
                {"row": cell.row, "col": cell.col, "rowspan": cell.row_span,
                 "colspan": cell.col_span, "text": cell.text}
                for cell in grid.cells
            ],
        }
        for grid in document.grids
    ]  # fmt: skip


def write_scan(source: Path, target: Path, look: str) -> int:
    """Write a file of pictures in one look; return how many pages it has."""
    document = pypdfium2.PdfDocument(source)
    pictures = []
    for number, page in enumerate(document):
        drawn = page.render(scale=DPI / 72, grayscale=True).to_numpy()
        seed = crc32(f"{source.stem} {number} {look}".encode())
        gray = drawn.reshape(drawn.shape[0], -1).astype(np.uint8)
        pictures.append(damage(gray, LOOKS[look], np.random.default_rng(seed)))
    document.close()
    pictures[0].save(
        target, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:],
    )  # fmt: skip
    return len(pictures)


def damage(gray: Any, look: Look, random: np.random.Generator) -> Image.Image:
    """Return the picture of a page as a scanner would give it."""
    picture = turn(gray, look.angle).astype(np.float64)
    if look.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), look.blur)
    height, width = picture.shape
    across = np.linspace(0, 1, width)[None, :] * np.linspace(0.2, 1, height)[:, None]
    picture = picture * (1 - look.shade * across) - 4
    picture += random.normal(0, look.noise, picture.shape)
    buffer = BytesIO()
    grey = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    grey.save(buffer, "JPEG", quality=look.quality)
    return Image.open(buffer)


def turn(gray: Any, angle: float) -> Any:
    """Return a picture turned counter-clockwise, its sides changed for quarter turns."""
    quarters = round(angle / 90)
    gray = np.rot90(gray, quarters)
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle - 90 * quarters, 1.0)
    return cv2.warpAffine(gray, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255.0)


def report(evaluation: Path, outcomes: Sequence[Outcome], worst: int) -> None:
    """Print exact cells by file and look, the means, and the seconds a page."""
    scorer = load_scorer(evaluation)
    looks = list(dict.fromkeys(one.task.look for one in outcomes))
    shares: defaultdict[str, dict[str, float]] = defaultdict(dict)
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        gold = json.loads(one.task.gold.read_text("utf-8"))
        predicted = scorer.without_hosts(gold, one.tables)
        best = scorer.best_reading(gold, predicted)
        counts, _ = scorer.tm.score_file(best, predicted)
        shares[one.task.gold.stem][one.task.look] = scorer.tm.metrics(counts)["cell_exact"]
        sums[one.task.look].update(counts)
        if worst:
            print_misses(scorer, best, predicted, f"{one.task.look} {one.task.gold.stem}", worst)
    print("| exact cells | " + " | ".join(looks) + " |\n|---|" + "---:|" * len(looks))
    for name, by_look in shares.items():
        print(f"| {name} | " + " | ".join(f"{by_look[look]:.3f}" for look in looks) + " |")
    means = {look: scorer.tm.metrics(sums[look])["cell_exact"] for look in looks}
    print("| all cells | " + " | ".join(f"{means[look]:.3f}" for look in looks) + " |")
    pages = sum(one.pages for one in outcomes)
    print(f"\n{sum(one.seconds for one in outcomes) / pages:.1f} s of CPU a page")


def print_misses(
    scorer: Any, gold: dict[str, Any], predicted: list[dict[str, Any]], name: str, most: int
) -> None:
    """Print cells of the gold that no table has at its place, and the size of what was found."""
    norm = scorer.tm.norm

    def keyed(table: dict[str, Any]) -> dict[tuple[int, int], tuple[int, int, str]]:
        return {
            (c["row"], c["col"]): (c["rowspan"], c["colspan"], norm(c["text"]))
            for c in table["cells"]
        }

    for wanted in gold["tables"]:
        right = keyed(wanted)
        found = [keyed(table) for table in predicted]
        best = max(found, key=lambda cells: len(cells.items() & right.items()), default={})
        missed = [(at, cell, best.get(at)) for at, cell in right.items() if best.get(at) != cell]
        if missed:
            print(f"{name} {wanted['id']}: {len(right)} cells, {len(best)} found, of {len(found)}")
        for at, cell, instead in missed[:most]:
            print(f"    {at} {cell} <- {instead}")


if __name__ == "__main__":
    sys.exit(main())
