"""What is read out of each sample, compared with the golden files beside this test.

`pytest tests/golden --update-golden` rewrites them; the diff is reviewed like code.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.reading.source import read_document
from normalize.records import Report, TableReading
from pipelines.choose import choose_reading
from samples.manifest import REPORTS, read_manifest
from validate.audit import audit

GOLDEN = Path(__file__).parent
SAMPLES = tuple(sample.file for sample in read_manifest())
COORDINATES = frozenset({"x0", "y0", "x1", "y1"})
TOLERANCE = 0.5
"""Points by which a coordinate may move: libraries differ in how they measure a character."""
MOST_SHOWN = 20


@cache
def read_sample(file: str) -> Report:
    return choose_reading(read_document(REPORTS / file))


def grids(report: Report) -> Any:
    return [_table(table) for table in report.tables]


def facts(report: Report) -> Any:
    return [_plain(asdict(fact)) for fact in report.facts]


def findings(report: Report) -> Any:
    found = audit(report)
    outcomes = Counter(f"{check.kind} {check.outcome}" for check in found.checks)
    return {
        "checks": dict(sorted(outcomes.items())),
        "findings": [_plain(asdict(finding)) for finding in found.findings],
    }


VIEWS: dict[str, Callable[[Report], Any]] = {"grids": grids, "facts": facts, "findings": findings}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("file", SAMPLES)
def test_a_sample_is_read_as_its_golden_file_says(
    file: str, view: str, pytestconfig: pytest.Config
) -> None:
    golden = GOLDEN / Path(file).stem / f"{view}.json"
    actual = VIEWS[view](read_sample(file))
    if pytestconfig.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(_dump(actual), "utf-8")
        return
    assert golden.is_file(), f"{golden.name} of {file} is missing: pytest --update-golden writes it"
    found = list(differences(json.loads(golden.read_text("utf-8")), json.loads(_dump(actual))))
    shown = "\n".join(found[:MOST_SHOWN])
    assert not found, f"{len(found)} differences (golden, now):\n{shown}"


def test_every_golden_folder_belongs_to_a_sample() -> None:
    folders = {path.name for path in GOLDEN.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert folders <= {Path(file).stem for file in SAMPLES}


def test_the_update_switch_is_refused_in_ci() -> None:
    asked = [sys.executable, "-m", "pytest", __file__, "--update-golden", "--collect-only", "-q"]
    answer = subprocess.run(
        asked, env={**os.environ, "CI": "1"}, capture_output=True, text=True, check=False
    )
    assert answer.returncode == pytest.ExitCode.USAGE_ERROR
    assert "not in CI" in answer.stderr


@pytest.mark.parametrize(
    ("golden", "now", "count"),
    [
        pytest.param({"x0": 1.0}, {"x0": 1.4}, 0, id="a coordinate moved a little"),
        pytest.param({"x0": 1.0}, {"x0": 1.6}, 1, id="a coordinate moved too far"),
        pytest.param({"raw": "1,0"}, {"raw": "1,1"}, 1, id="a text differs"),
        pytest.param({"confidence": 1.0}, {"confidence": 0.9}, 1, id="another number differs"),
        pytest.param([1, 2], [1], 1, id="an item is missing"),
        pytest.param({"a": 1}, {"b": 1}, 2, id="a field is missing and one is new"),
        pytest.param({"x0": 1.0}, {"x0": None}, 1, id="a coordinate got lost"),
    ],
)
def test_only_coordinates_may_differ_and_only_a_little(golden: Any, now: Any, count: int) -> None:
    assert len(list(differences(golden, now))) == count


def differences(golden: Any, now: Any, where: str = "") -> Iterator[str]:
    """Yield each difference with its place."""
    if isinstance(golden, dict) and isinstance(now, dict):
        for key in sorted(golden.keys() | now.keys()):
            yield from differences(golden.get(key), now.get(key), f"{where}.{key}")
    elif isinstance(golden, list) and isinstance(now, list):
        if len(golden) != len(now):
            yield f"{where}: {len(golden)} items, {len(now)} items"
        for index, pair in enumerate(zip(golden, now, strict=False)):
            yield from differences(*pair, f"{where}[{index}]")
    elif not _is_same(golden, now, where.rpartition(".")[2]):
        yield f"{where}: {golden!r}, {now!r}"


def _is_same(golden: Any, now: Any, name: str) -> bool:
    numbers = isinstance(golden, float | int) and isinstance(now, float | int)
    if numbers and name in COORDINATES:
        return bool(abs(golden - now) <= TOLERANCE)
    if numbers:
        return bool(golden == pytest.approx(now, rel=1e-9))
    return bool(golden == now)


def _table(table: TableReading) -> Any:
    grid = table.grid
    return _plain(
        {
            "table_id": table.table_id,
            "ordinal": table.ordinal,
            "kind": table.kind,
            "caption": grid.caption.text if grid.caption else None,
            "unit_note": grid.unit_note.text if grid.unit_note else None,
            "unit": asdict(table.unit),
            "section_path": grid.section_path,
            "row_count": grid.row_count,
            "column_count": grid.column_count,
            "header_row_count": table.header_row_count,
            "engine": grid.engine,
            "is_ambiguous": grid.is_ambiguous,
            "note": grid.note,
            "place": asdict(grid.place),
            "parts": [asdict(part) for part in grid.parts],
            "cells": [asdict(cell) for cell in table.cells],
        }
    )


def _plain(value: Any) -> Any:
    """Turn a record into what JSON knows; fields without content are left out."""
    if isinstance(value, dict):
        plain = {key: _plain(item) for key, item in value.items() if key != "document_id"}
        return {key: item for key, item in plain.items() if not _is_empty(item)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, float):
        return round(value, 2)
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _dump(value: Any) -> str:
    """Write JSON with one record a line, so that a diff shows what changed."""
    return _lines(value, depth=0) + "\n"


def _lines(value: Any, depth: int) -> str:
    inner = "  " * (depth + 1)
    if depth < 3 and isinstance(value, list) and any(isinstance(item, dict) for item in value):
        items = ",\n".join(f"{inner}{_lines(item, depth + 1)}" for item in value)
        return f"[\n{items}\n{'  ' * depth}]"
    if isinstance(value, dict) and any(key in value for key in ("cells", "findings")) and depth < 2:
        items = ",\n".join(
            f"{inner}{json.dumps(key)}: {_lines(item, depth + 1)}" for key, item in value.items()
        )
        return f"{{\n{items}\n{'  ' * depth}}}"
    return json.dumps(value, ensure_ascii=False)
