"""Reads text dumps of PDF files and writes their tables for the scorer: dumps.py WAY PDFS OUTPUT.

WAY is what `pdftotext` is told: layout, raw or plain. PDFS is a folder, OUTPUT a JSON file with the
tables of each PDF file (page, cells with row, col, spans and text). Needs poppler-utils.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from extract.reading.source import read_document
from extract.records import TableGrid

FLAGS = {"layout": ["-layout"], "raw": ["-raw"], "plain": []}


def main() -> int:
    """Write the tables of every dump."""
    way, folder, output = sys.argv[1:]
    tables = {pdf.name: _tables_of(pdf, FLAGS[way]) for pdf in sorted(Path(folder).glob("*.pdf"))}
    Path(output).write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    return 0


def _tables_of(pdf: Path, flags: list[str]) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / f"{pdf.stem}.txt"
        subprocess.run(["pdftotext", *flags, pdf, dump], check=True)
        breaks = [line.count("\f") for line in dump.read_text(encoding="utf-8").split("\n")]
        if not "".join(dump.read_text(encoding="utf-8").split()):
            return []
        grids = read_document(dump).grids
    return [_table_of(grid, 1 + sum(breaks[: grid.place.line_no or 1])) for grid in grids]


def _table_of(grid: TableGrid, page: int) -> dict[str, object]:
    cells = [
        {
            "row": cell.row,
            "col": cell.col,
            "rowspan": cell.row_span,
            "colspan": cell.col_span,
            "text": cell.text,
        }
        for cell in grid.cells
    ]
    return {"page": page, "bbox": None, "cells": cells}


if __name__ == "__main__":
    sys.exit(main())
