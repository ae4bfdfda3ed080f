"""Draws the tables of kbench again in other looks, and scores how they are read.

Usage: python -m benchmarks.looks [EVALUATION] [--only LOOK ...] [--keep FOLDER]
EVALUATION holds eval/ and kbench/. The text of a page stays as its producer wrote it; its rules and
fills are taken away and the borders of its tables drawn anew: with gaps, white on fills, cell by
cell, across only. The borders are those of our own reading, so only pages count that we read right
in every cell. Prints Markdown for RESULTS.md.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pypdf
from pypdf.generic import ContentStream, NameObject, StreamObject

from benchmarks.tables import load_scorer, read_golds, read_ours
from extract.reading.source import read_document
from extract.records import TableGrid

Colour = tuple[int, int, int]
BLACK: Final[Colour] = (0, 0, 0)
WHITE: Final[Colour] = (255, 255, 255)
GREY: Final[Colour] = (222, 222, 222)
BLUE: Final[Colour] = (205, 220, 240)
PAINTING: Final = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"}
"""Operators that paint a path; without them it is only clipped by, or lost."""
METRICS: Final = ("det_F1", "adj_F1", "cell_exact", "num_R_al", "num_P_al", "perfect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A border of a cell, points from the top left of the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_across(self) -> bool:
        """Whether it runs from left to right."""
        return self.y0 == self.y1

    def stretched(self, by: float) -> "Side":
        """Return the side with both ends moved outwards, or inwards."""
        if self.is_across:
            return replace(self, x0=self.x0 - by, x1=self.x1 + by)
        return replace(self, y0=self.y0 - by, y1=self.y1 + by)

    def moved(self, by: float) -> "Side":
        """Return the side shifted to the side."""
        if self.is_across:
            return replace(self, y0=self.y0 + by, y1=self.y1 + by)
        return replace(self, x0=self.x0 + by, x1=self.x1 + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The part of a table on one page: boxes of cells with their rows and columns."""

    cells: tuple[tuple[int, int, Side], ...]
    """First row, last row, and the box as the line from its top left to its bottom right."""
    head: int
    """Rows of headings."""

    @property
    def frame(self) -> Side:
        """The box around all cells."""
        boxes = [box for _, _, box in self.cells]
        return Side(
            x0=min(b.x0 for b in boxes), y0=min(b.y0 for b in boxes),
            x1=max(b.x1 for b in boxes), y1=max(b.y1 for b in boxes),
        )  # fmt: skip

    @property
    def sides(self) -> tuple[Side, ...]:
        """Each border of a cell once."""
        found = {}
        for _, _, box in self.cells:
            for side in edges(box):
                found[tuple(round(2 * n) for n in (side.x0, side.y0, side.x1, side.y1))] = side
        return tuple(found.values())

    @property
    def head_foot(self) -> float:
        """Where the headings end."""
        return max((b.y1 for _, last, b in self.cells if last < self.head), default=self.frame.y0)


def edges(box: Side) -> tuple[Side, Side, Side, Side]:
    """Return top, bottom, left and right of a box."""
    return (
        replace(box, y1=box.y0), replace(box, y0=box.y1),
        replace(box, x1=box.x0), replace(box, x0=box.x1),
    )  # fmt: skip


class Paper:
    """A page without rules and fills, to draw on."""

    def __init__(self, page: pypdf.PageObject, writer: pypdf.PdfWriter) -> None:
        """Take all paths away from the page; clipping stays."""
        self._page = page
        self._writer = writer
        self._height = float(page.mediabox.height)
        self._under: list[str] = []
        self._over: list[str] = []
        content = ContentStream(page.get_contents(), writer)
        content.operations = [
            (operands, b"n" if operator in PAINTING else operator)
            for operands, operator in content.operations
        ]
        self._text = content.get_data()

    def line(
        self, side: Side, *, width: float = 0.5, colour: Colour = BLACK, dash: float = 0
    ) -> None:
        """Stroke a line over the text."""
        red, green, blue = (part / 255 for part in colour)
        pattern = f"[{dash} {dash}] 0 d " if dash else ""
        self._over.append(
            f"q {red:.3f} {green:.3f} {blue:.3f} RG {width} w {pattern}"
            f"{side.x0:.2f} {self._height - side.y0:.2f} m "
            f"{side.x1:.2f} {self._height - side.y1:.2f} l S Q"
        )

    def frame(self, box: Side, *, width: float) -> None:
        """Stroke a rectangle over the text."""
        self._over.append(f"q 0 G {width} w {self._rectangle(box)} S Q")

    def fill(self, box: Side, colour: Colour) -> None:
        """Fill a rectangle under the text; the first one lies on top."""
        red, green, blue = (part / 255 for part in colour)
        self._under.insert(0, f"q {red:.3f} {green:.3f} {blue:.3f} rg {self._rectangle(box)} f Q")

    def _rectangle(self, box: Side) -> str:
        return (
            f"{box.x0:.2f} {self._height - box.y1:.2f} "
            f"{box.x1 - box.x0:.2f} {box.y1 - box.y0:.2f} re"
        )

    def close(self) -> None:
        """Write the drawing into the page."""
        drawn = StreamObject()
        drawn.set_data(
            "\n".join(self._under).encode()
            + b"\nq\n" + self._text + b"\nQ\n"
            + "\n".join(self._over).encode()
        )  # fmt: skip
        self._page[NameObject("/Contents")] = self._writer._add_object(drawn.flate_encode())


Look = Callable[[Paper, Table, random.Random], None]


def gaps(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Rules that stop short of every crossing."""
    for side in table.sides:
        paper.line(side.stretched(-1.2))


def holes(paper: Paper, table: Table, chance: random.Random) -> None:
    """Rules with a hole somewhere along one side in five."""
    for side in table.sides:
        length = side.x1 - side.x0 + side.y1 - side.y0
        if chance.random() < 0.2 and length > 12:
            at, wide = chance.uniform(0.3, 0.7) * length, chance.uniform(2, 5)
            if side.is_across:
                paper.line(replace(side, x1=side.x0 + at))
                paper.line(replace(side, x0=side.x0 + at + wide))
            else:
                paper.line(replace(side, y1=side.y0 + at))
                paper.line(replace(side, y0=side.y0 + at + wide))
        else:
            paper.line(side)


def white(paper: Paper, table: Table, _chance: random.Random) -> None:
    """White rules on a filled table."""
    for side in table.sides:
        paper.line(side, width=1, colour=WHITE)
    paper.fill(table.frame, BLUE)


def tiles(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Filled cells with white between them, no rules."""
    for _, last, box in table.cells:
        inner = Side(x0=box.x0 + 0.6, y0=box.y0 + 0.6, x1=box.x1 - 0.6, y1=box.y1 - 0.6)
        paper.fill(inner, BLUE if last < table.head else GREY)


def across(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Rules across only."""
    for side in table.sides:
        if side.is_across:
            paper.line(side)


def columns(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Ruled columns and headings; no rules between the rows."""
    frame = table.frame
    for side in table.sides:
        inside = side.is_across and table.head_foot + 1 < side.y0 < frame.y1 - 1
        if not inside:
            paper.line(side)


def three_rules(paper: Paper, table: Table, _chance: random.Random) -> None:
    """A rule above and below the headings and one at the foot."""
    frame = table.frame
    for height in (frame.y0, table.head_foot, frame.y1):
        paper.line(replace(frame, y0=height, y1=height), width=1)


def boxed(paper: Paper, table: Table, _chance: random.Random) -> None:
    """A frame, and a filled heading; no rules inside."""
    paper.frame(table.frame, width=0.7)
    paper.fill(replace(table.frame, y1=table.head_foot), GREY)


def bare(_paper: Paper, _table: Table, _chance: random.Random) -> None:
    """No rules and no fills."""


def cellwise(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Every cell its own frame, next to its neighbours'."""
    for _, _, box in table.cells:
        inner = Side(x0=box.x0 + 0.4, y0=box.y0 + 0.4, x1=box.x1 - 0.4, y1=box.y1 - 0.4)
        paper.frame(inner, width=0.4)


def strips(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Rules drawn as thin filled boxes, a piece for each cell."""
    for side in table.sides:
        wide = side.stretched(0.3)
        if side.is_across:
            paper.fill(replace(wide, y0=side.y0 - 0.3, y1=side.y1 + 0.3), BLACK)
        else:
            paper.fill(replace(wide, x0=side.x0 - 0.3, x1=side.x1 + 0.3), BLACK)


def dashes(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Dashed rules."""
    for side in table.sides:
        paper.line(side, dash=2)


def ragged(paper: Paper, table: Table, chance: random.Random) -> None:
    """Rules up to half a point off their line, some too long."""
    for side in table.sides:
        paper.line(side.moved(chance.uniform(-0.5, 0.5)).stretched(chance.uniform(-0.5, 1.5)))


def zebra(paper: Paper, table: Table, _chance: random.Random) -> None:
    """The cells of every other row filled, no rules."""
    frame = table.frame
    paper.fill(replace(frame, y1=table.head_foot), BLUE)
    for first, _, box in table.cells:
        if first >= table.head and (first - table.head) % 2:
            paper.fill(box, GREY)


def open_sides(paper: Paper, table: Table, _chance: random.Random) -> None:
    """A full grid without the outer rules on either side."""
    frame = table.frame
    for side in table.sides:
        if side.is_across or frame.x0 + 1 < side.x0 < frame.x1 - 1:
            paper.line(side)


def heavy(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Thick outer rules, double under the headings."""
    frame = table.frame
    for side in table.sides:
        paper.line(side, width=0.3)
    for side in edges(frame):
        paper.line(side, width=2.5)
    foot = replace(frame, y0=table.head_foot, y1=table.head_foot)
    paper.line(foot.moved(-0.8), width=0.5)
    paper.line(foot.moved(0.8), width=0.5)


def shaded(paper: Paper, table: Table, _chance: random.Random) -> None:
    """Hair rules, every cell with its own fill."""
    for side in table.sides:
        paper.line(side, width=0.12)
    for _, last, box in table.cells:
        paper.fill(box, BLUE if last < table.head else WHITE)


LOOKS: Final[tuple[Look, ...]] = (
    gaps, holes, white, tiles, across, columns, three_rules, boxed, bare, cellwise, strips, dashes,
    ragged, zebra, open_sides, heavy, shaded,
)  # fmt: skip


def main() -> int:
    """Draw, read and score; return 2 where there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("evaluation", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--only", nargs="*", default=[look.__name__ for look in LOOKS])
    parser.add_argument("--keep", type=Path, help="write the PDFs there")
    arguments = parser.parse_args()
    if not (arguments.evaluation / "kbench").is_dir():
        print(f"There is no kbench/ in {arguments.evaluation}: name the folder", file=sys.stderr)
        return 2
    scorer = load_scorer(arguments.evaluation)
    golds = [gold for gold in read_golds(arguments.evaluation) if "kbench" in gold["source"]]
    tables = {gold["file"]: dict(tables_of(gold, scorer)) for gold in golds}
    print("| look | pages | " + " | ".join(METRICS) + " | pages below .9 |")
    print("|---|---:|" + "---:|" * len(METRICS) + "---|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for look in LOOKS:
            if look.__name__ in arguments.only:
                print_look(look, score_look(look, golds, tables, scorer, folder), scorer)
    return 0


def tables_of(gold: dict[str, Any], scorer: Any) -> Iterator[tuple[int, list[Table]]]:
    """Yield the tables by page, where every cell is read as the gold says."""
    counts, _ = scorer.tm.score_file(gold, read_ours(Path(gold["source"])))
    if counts["cell_ok"] < counts["cells"]:
        return
    for number, page in enumerate(pypdf.PdfReader(gold["source"]).pages, start=1):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as single:
            writer = pypdf.PdfWriter()
            writer.add_page(page)
            writer.write(single)
            single.flush()
            grids = read_document(Path(single.name)).grids
        yield number, [table_of(grid, head_of(grid, gold)) for grid in grids]


def head_of(grid: TableGrid, gold: dict[str, Any]) -> int:
    """Return the number of heading rows the gold gives the table with the same words."""
    words = {cell.text for cell in grid.cells}
    best = max(gold["tables"], key=lambda t: len(words & {c["text"] for c in t["cells"]}))
    plain = [c["row"] for c in best["cells"] if not c.get("is_header")]
    return min(plain, default=1) or 1


def table_of(grid: TableGrid, head: int) -> Table:
    """Return the boxes of the cells of a table."""
    cells = tuple(
        (
            cell.row,
            cell.row + cell.row_span - 1,
            Side(x0=cell.place.x0 or 0, y0=cell.place.y0 or 0, x1=cell.place.x1 or 0,
                 y1=cell.place.y1 or 0),
        )
        for cell in grid.cells
    )  # fmt: skip
    return Table(cells=cells, head=head)


def score_look(
    look: Look,
    golds: Sequence[dict[str, Any]],
    tables: dict[str, dict[int, list[Table]]],
    scorer: Any,
    folder: Path,
) -> list[tuple[dict[str, Any], Counter[str]]]:
    """Return the counts of the scorer for every file in this look."""
    scores = []
    for gold in golds:
        if not tables[gold["file"]]:
            continue
        path = folder / f"{look.__name__}-{gold['file']}"
        redraw(Path(gold["source"]), path, tables[gold["file"]], look)
        counts, _ = scorer.tm.score_file(gold, read_ours(path))
        scores.append((gold, counts))
    return scores


def redraw(source: Path, target: Path, tables: dict[int, list[Table]], look: Look) -> None:
    """Write the document with its tables in another look."""
    writer = pypdf.PdfWriter(clone_from=source)
    chance = random.Random(source.name + look.__name__)
    for number, page in enumerate(writer.pages, start=1):
        paper = Paper(page, writer)
        for table in tables.get(number, []):
            look(paper, table, chance)
        paper.close()
    writer.write(target)


def print_look(
    look: Look, scores: Sequence[tuple[dict[str, Any], Counter[str]]], scorer: Any
) -> None:
    """Print a line of figures."""
    total: Counter[str] = Counter()
    weak = []
    for gold, counts in scores:
        total.update(counts)
        share = counts["cell_ok"] / max(1, counts["cells"])
        if share < 0.9:
            weak.append(f"{gold['file'][:3]} {share:.2f}")
    metrics = scorer.tm.metrics(total)
    figures = " | ".join(f"{metrics[name]:.3f}" for name in METRICS)
    pages = sum(len(gold["pages"]) for gold, _ in scores)
    print(f"| {look.__name__} | {pages} | {figures} | {', '.join(weak)} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
