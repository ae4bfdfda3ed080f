"""The gate lets a sound dataset through and names what is wrong with another."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from validate.suites import CLOSED_SETS, TableRules, find_faults

DOCUMENTS = TableRules(
    name="documents",
    columns=("document_id", "text_layer"),
    required=("document_id",),
    key=("document_id",),
    references=(),
)
FACTS = TableRules(
    name="facts",
    columns=(
        "fact_id", "document_id", "row", "measure", "funding_source", "funding_level", "basis",
        "aggregation", "state", "confidence", "char_start", "char_end", "page",
    ),
    required=("fact_id", "measure"),
    key=("fact_id",),
    references=(("document_id", "documents"),),
)  # fmt: skip
CHECKS = TableRules(
    name="checks",
    columns=("check_id", "kind", "outcome", "rounding", "basis", "chance", "cells"),
    required=("check_id",),
    key=("check_id",),
    references=(),
)
CELLS = TableRules(
    name="cells",
    columns=("table_id", "row", "col", "role"),
    required=(),
    key=("table_id", "row", "col"),
    references=(),
)
RULES = (DOCUMENTS, FACTS, CHECKS, CELLS)


def _rows() -> dict[str, list[dict[str, Any]]]:
    fact: dict[str, Any] = {
        "document_id": "d", "row": 0, "measure": "budget", "funding_source": None,
        "funding_level": None, "basis": "plan", "aggregation": None, "state": "number",
        "confidence": 0.5, "char_start": 3, "char_end": 9, "page": None,
    }  # fmt: skip
    cells = [{"fact_id": "b"}, {"fact_id": None}]
    return {
        "documents": [{"document_id": "d", "text_layer": "digital"}],
        "facts": [{"fact_id": "a", **fact}, {"fact_id": "b", **fact, "char_start": None}],
        "checks": [
            {
                "check_id": "c", "kind": "rate", "outcome": "exact", "rounding": "half_up",
                "basis": "label", "chance": None, "cells": cells,
            }
        ],
        "cells": [{"table_id": "t", "row": 0, "col": col, "role": "data"} for col in (0, 1)],
    }  # fmt: skip


def _write(rows: dict[str, list[dict[str, Any]]], folder: Path) -> Path:
    for name, found in rows.items():
        (folder / name).mkdir()
        pq.write_table(pa.Table.from_pylist(found), folder / name / "part.parquet")
    return folder


def test_a_sound_dataset_passes(tmp_path: Path) -> None:
    assert find_faults(_write(_rows(), tmp_path), RULES) == ()


def test_a_dataset_without_rows_passes(tmp_path: Path) -> None:
    rows = {rule.name: [dict.fromkeys(rule.columns)] for rule in RULES}
    _write(rows, tmp_path)
    for file in tmp_path.glob("*/*.parquet"):
        pq.write_table(pq.read_table(file).slice(0, 0), file)
    assert find_faults(tmp_path, RULES) == ()


@pytest.mark.parametrize(
    ("table", "change", "fault"),
    [
        pytest.param("facts", {"fact_id": "b"}, "unique fact_id", id="an id twice"),
        pytest.param("facts", {"fact_id": None}, "not_be_null fact_id", id="no id"),
        pytest.param("facts", {"measure": "luck"}, "in_set measure", id="an unknown measure"),
        pytest.param("facts", {"confidence": 1.5}, "between confidence", id="too sure"),
        pytest.param("facts", {"page": 0}, "between page", id="page zero"),
        pytest.param("facts", {"char_start": 10}, "greater_than_b char_end", id="a span backwards"),
        pytest.param(
            "facts", {"document_id": "?"}, "document_id in documents", id="an unknown document"
        ),
        pytest.param("checks", {"cells": [{"fact_id": "?"}]}, "cells in facts", id="unknown facts"),
        pytest.param("checks", {"outcome": "fine"}, "in_set outcome", id="an unknown outcome"),
        pytest.param("cells", {"col": 1}, "compound_columns_to_be_unique", id="a cell twice"),
        pytest.param("documents", {"extra": 1}, "match_ordered_list", id="an extra column"),
    ],
)
def test_what_is_wrong_is_named(
    table: str, change: dict[str, Any], fault: str, tmp_path: Path
) -> None:
    rows = _rows()
    rows[table][0].update(change)
    faults = find_faults(_write(rows, tmp_path), RULES)
    assert len(faults) == 1
    assert faults[0].startswith(table)
    assert fault in faults[0]


def test_every_closed_set_has_values() -> None:
    assert all(CLOSED_SETS.values())
