"""Other table engines behind one door: a PDF of one page to tables in the scorer's form."""

import contextlib
import io
import json
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeAlias

Table: TypeAlias = dict[str, Any]
"""bbox (points from the top left) and cells, as the scorer takes them."""
Reader: TypeAlias = Callable[[Path], list[Table]]
Frame: TypeAlias = tuple[float, float, float, float]

_SNAP: Final = 3.0
_IMG2TABLE_DPI: Final = 200


def installed_peers() -> dict[str, Reader]:
    """Return the engines that can be imported here, by name."""
    known: dict[str, tuple[str, Reader]] = {
        "pdfplumber": ("pdfplumber", read_pdfplumber),
        "camelot lattice": ("camelot", read_camelot),
        "img2table": ("img2table", read_img2table),
        "PyMuPDF": ("pymupdf", read_pymupdf),
    }
    return {name: reader for name, (module, reader) in known.items() if find_spec(module)}


def read_pdfplumber(path: Path) -> list[Table]:
    """Read with pdfplumber's own table finder."""
    with import_module("pdfplumber").open(path) as pdf:
        page = pdf.pages[0]
        left, top = page.bbox[:2]
        return [_of_rows(table, left, top) for table in page.find_tables()]


def table_count(page: Any) -> int:
    """Find and extract the tables of a page of pdfplumber; return their number."""
    tables = page.find_tables()
    for table in tables:
        table.extract()
    return len(tables)


def read_pymupdf(path: Path) -> list[Table]:
    """Read with the table finder of PyMuPDF."""
    engine = import_module("pymupdf")
    with contextlib.redirect_stdout(io.StringIO()), engine.open(path) as document:  # it advertises
        return [_of_rows(table, 0.0, 0.0) for table in document[0].find_tables().tables]


def _of_rows(table: Any, left: float, top: float) -> Table:
    boxes = [
        ((x0 - left, y0 - top, x1 - left, y1 - top), text or "")
        for row, texts in zip(table.rows, table.extract(), strict=True)
        for (x0, y0, x1, y1), text in _drawn(row.cells, texts)
    ]
    return table_of_boxes(boxes)


def _drawn(frames: Iterable[Any], texts: Iterable[str | None]) -> Iterator[tuple[Frame, str]]:
    for frame, text in zip(frames, texts, strict=False):
        if frame is not None:
            yield tuple(frame), text or ""


def read_camelot(path: Path) -> list[Table]:
    """Read with camelot's lattice; fields without a ruled side between them are one cell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = import_module("camelot.io").read_pdf(
            str(path), pages="1", flavor="lattice", backend="pdfium", suppress_stdout=True
        )
    return [_of_fields(table.cells, _page_height(path)) for table in tables]


def _page_height(path: Path) -> float:
    document = import_module("pypdfium2").PdfDocument(path)
    try:
        height: float = document[0].get_height()
        return height
    finally:
        document.close()


def _of_fields(fields: Sequence[Sequence[Any]], height: float) -> Table:
    owner = {(r, c): (r, c) for r, row in enumerate(fields) for c in range(len(row))}

    def merge(one: tuple[int, int], other: tuple[int, int]) -> None:
        kept, gone = sorted((owner[one], owner[other]))
        for place, holder in owner.items():
            if holder == gone:
                owner[place] = kept

    for r, c in owner:
        if c + 1 < len(fields[r]) and not (fields[r][c].right or fields[r][c + 1].left):
            merge((r, c), (r, c + 1))
        if r + 1 < len(fields) and not (fields[r][c].bottom or fields[r + 1][c].top):
            merge((r, c), (r + 1, c))
    boxes = []
    for holder in sorted(set(owner.values())):
        parts = [fields[r][c] for (r, c), kept in owner.items() if kept == holder]
        frame = (
            min(part.x1 for part in parts), height - max(part.y2 for part in parts),
            max(part.x2 for part in parts), height - min(part.y1 for part in parts),
        )  # fmt: skip
        boxes.append((frame, "\n".join(part.text for part in parts if part.text.strip())))
    return table_of_boxes(boxes)


def read_img2table(path: Path) -> list[Table]:
    """Read with img2table: rules from the picture of the page, text from the PDF."""
    document = import_module("img2table.document").PDF(str(path))
    scale = 72 / _IMG2TABLE_DPI
    tables = []
    for table in document.extract_tables().get(0, []):
        drawn = {cell for row in table.content.values() for cell in row}
        boxes = [
            ((c.bbox.x1 * scale, c.bbox.y1 * scale, c.bbox.x2 * scale, c.bbox.y2 * scale),
             c.value or "")
            for c in drawn
        ]  # fmt: skip
        tables.append(table_of_boxes(boxes))
    return tables


def read_opendataloader(paths: Sequence[Path], heights: Sequence[float]) -> list[list[Table]]:
    """Read many files with opendataloader-pdf in one Java process, which takes long to start."""
    with tempfile.TemporaryDirectory() as folder:
        import_module("opendataloader_pdf").convert(
            [str(path) for path in paths],
            output_dir=folder, format="json", quiet=True, image_output="off",
        )  # fmt: skip
        answers = [json.loads((Path(folder) / f"{p.stem}.json").read_text("utf-8")) for p in paths]
    return [
        [_of_json(table, height) for table in _find(answer, "table")]
        for answer, height in zip(answers, heights, strict=True)
    ]


def _find(node: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == kind:
            yield node
            return
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _find(child, kind)


def _of_json(table: dict[str, Any], height: float) -> Table:
    x0, y0, x1, y1 = table["bounding box"]
    cells = [
        {
            "row": cell["row number"] - 1, "col": cell["column number"] - 1,
            "rowspan": cell["row span"], "colspan": cell["column span"],
            "text": "\n".join(_contents(cell["kids"])),
        }
        for cell in _find(table["rows"], "table cell")
    ]  # fmt: skip
    return {"bbox": [x0, height - y1, x1, height - y0], "cells": cells}


def _contents(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "content" in node:
            yield str(node["content"])
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _contents(child)


def table_of_boxes(boxes: Sequence[tuple[Frame, str]]) -> Table:
    """Return a table from the frames and texts of its cells; spans follow from the borders."""
    xs = _borders(x for (x0, _, x1, _), _ in boxes for x in (x0, x1))
    ys = _borders(y for (_, y0, _, y1), _ in boxes for y in (y0, y1))
    cells = []
    for (x0, y0, x1, y1), text in boxes:
        row, col = _nearest(ys, y0), _nearest(xs, x0)
        cells.append({
            "row": row, "col": col, "text": text,
            "rowspan": max(1, _nearest(ys, y1) - row), "colspan": max(1, _nearest(xs, x1) - col),
        })  # fmt: skip
    return {"bbox": [xs[0], ys[0], xs[-1], ys[-1]] if boxes else None, "cells": cells}


def _borders(positions: Iterable[float]) -> list[float]:
    borders: list[float] = []
    for position in sorted(positions):
        if not borders or position - borders[-1] > _SNAP:
            borders.append(position)
    return borders


def _nearest(borders: Sequence[float], position: float) -> int:
    return min(range(len(borders)), key=lambda index: abs(borders[index] - position))
