"""Cuts the tables of a dataset at the ends of pages, for gold that knows only some of the pages.

Usage: python -m benchmarks.parts DATASET OUT.json ; OUT.json is in the scorer's form. A table that
goes on over eight pages is one table of the dataset; gold with three of the pages cannot be held
against it. Each part gets the headings of the table on top, as the page prints them.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.dataset as pads

Row = dict[str, Any]


def main() -> int:
    """Cut and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    names = {row["document_id"]: row["file_name"] for row in rows(arguments.dataset, "documents")}
    cells: defaultdict[str, list[Row]] = defaultdict(list)
    for cell in rows(arguments.dataset, "cells"):
        cells[cell["table_id"]].append(cell)
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for table in rows(arguments.dataset, "tables"):
        found[names[table["document_id"]]] += cut(table, cells[table["table_id"]])
    arguments.output.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0


def rows(dataset: Path, name: str) -> list[Row]:
    """Return the rows of a table of the dataset."""
    table: list[Row] = pads.dataset(dataset / name, format="parquet").to_table().to_pylist()
    return table


def cut(table: Row, cells: list[Row]) -> list[Row]:
    """Return each part of a table as a table of its own, headings on top."""
    parts = table["parts"] or []
    box = [table[name] for name in ("x0", "y0", "x1", "y1")]
    if len(parts) < 2:
        everything = [placed(cell, cell["row"], cell["row_span"]) for cell in cells]
        return [{"page": table["page_first"], "bbox": box, "cells": everything}]
    head = table["header_row_count"] or 0
    headings = [placed(c, c["row"], min(c["row_span"], head)) for c in cells if c["row"] < head]
    return [
        {
            "page": part["page"],
            "bbox": [part[name] for name in ("x0", "y0", "x1", "y1")],
            "cells": [*headings, *of_part(cells, max(part["row_first"], head), part, head)],
        }
        for part in parts
    ]


def of_part(cells: list[Row], first: int, part: Row, head: int) -> list[Row]:
    """Return the cells of a part, those cut off at its ends included."""
    kept = []
    for cell in cells:
        top, foot = (
            max(cell["row"], first),
            min(cell["row"] + cell["row_span"] - 1, part["row_last"]),
        )
        if top <= foot:
            kept.append(placed(cell, top - first + head, foot - top + 1))
    return kept


def placed(cell: Row, row: int, row_span: int) -> Row:
    """Return a cell in the scorer's form."""
    return {
        "row": row,
        "col": cell["col"],
        "rowspan": row_span,
        "colspan": cell["col_span"],
        "text": cell["text"],
    }


if __name__ == "__main__":
    sys.exit(main())
