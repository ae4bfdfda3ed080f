"""Writes the relations discovered in a folder of grids, in the form that the scorer reads.

Usage: python -m benchmarks.aggregations FOLDER OUT.json. FOLDER holds index.json ({id: file name})
and one JSON file for each table with its `grid`, a list of rows of strings; nothing else of it is
read. OUT.json maps each id to [{"op", "aggregate": [row, column], "range": [[row, column], ...]}].
Prints the CPU time of a table. The rules are those of validate.discovery.discover, where they
stand in an auditor's words with their source.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

from validate.discovery.discover import discover
from validate.discovery.records import Aggregation, Operator

NAMES: Final[dict[Operator, str]] = {
    "sum": "Sum", "average": "Average", "quotient": "Division", "growth": "RelativeChange",
}  # fmt: skip
"""What the scorer calls each operator."""


def main(argv: list[str] | None = None) -> int:
    """Write the predictions; return 2 where there is nothing to read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args(argv)
    index = arguments.folder / "index.json"
    if not index.is_file():
        print(
            f"There is no index.json in {arguments.folder}: name a folder of grids", file=sys.stderr
        )
        return 2
    predictions: dict[str, list[dict[str, Any]]] = {}
    seconds: list[float] = []
    for table_id, name in json.loads(index.read_text(encoding="utf-8")).items():
        grid = json.loads((arguments.folder / name).read_text(encoding="utf-8"))["grid"]
        start = time.process_time()
        predictions[table_id] = [as_prediction(one) for one in discover(grid)]
        seconds.append(time.process_time() - start)
    arguments.out.write_text(json.dumps(predictions), encoding="utf-8")
    if seconds:
        print(
            f"{len(seconds)} tables, CPU time of a table: median {1000 * median(seconds):.0f} ms, "
            f"most {1000 * max(seconds):.0f} ms"
        )
    return 0


def as_prediction(found: Aggregation) -> dict[str, Any]:
    """Return a relation in the form of the scorer."""
    return {
        "op": NAMES[found.operator],
        "aggregate": [found.target.row, found.target.col],
        "range": [[cell.row, cell.col] for cell in found.operands],
    }


if __name__ == "__main__":
    sys.exit(main())
