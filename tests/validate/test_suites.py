"""The gate lets a sound dataset through and names what is wrong with another."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from validate.suite_rules import CLOSED_SETS, LEAST_TESTED, TableRules
from validate.suites import find_faults

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
        "aggregation", "state", "value", "value_unit", "note", "confidence", "char_start",
        "char_end", "page",
    ),
    required=("fact_id", "measure"),
    key=("fact_id",),
    references=(("document_id", "documents"),),
)  # fmt: skip
CHECKS = TableRules(
    name="checks",
    columns=(
        "check_id", "kind", "outcome", "printed", "computed", "difference", "rounding", "basis",
        "chance", "cells",
    ),
    required=("check_id",),
    key=("check_id",),
    references=(),
)  # fmt: skip
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
        "value": Decimal(5), "value_unit": "won", "note": "",
        "confidence": 0.5, "char_start": 3, "char_end": 9, "page": None,
    }  # fmt: skip
    cells = [{"fact_id": "b"}, {"fact_id": None}]
    return {
        "documents": [{"document_id": "d", "text_layer": "digital"}],
        "facts": [{"fact_id": "a", **fact}, {"fact_id": "b", **fact, "char_start": None}],
        "checks": [
            {
                "check_id": "c", "kind": "rate", "outcome": "exact", "printed": Decimal(7),
                "computed": Decimal(7), "difference": Decimal(0), "rounding": "half_up",
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
        pytest.param("facts", {"state": "nil"}, "state_to_tell", id="a dash with a value"),
        pytest.param("facts", {"value_unit": "명"}, "money_to_be_in_won", id="money in heads"),
        pytest.param("checks", {"computed": Decimal(6)}, "be_reckoned", id="a gap that is wrong"),
        pytest.param("checks", {"outcome": "mismatch"}, "be_reckoned", id="equal and a mismatch"),
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


def test_a_column_of_another_type_is_named(tmp_path: Path) -> None:
    rules = (replace(DOCUMENTS, types=("string", "int32")),)
    (fault,) = find_faults(_write(_rows(), tmp_path), rules)
    assert "match_ordered_list" in fault


@pytest.mark.parametrize(
    ("failing", "is_sound"),
    [
        pytest.param(LEAST_TESTED // 3, True, id="a report with errors"),
        pytest.param(LEAST_TESTED, False, id="a report that was misread"),
    ],
)
def test_most_relations_of_a_kind_hold(failing: int, is_sound: bool, tmp_path: Path) -> None:
    rows = _rows()
    held = rows["checks"][0]
    failed = {**held, "outcome": "mismatch", "computed": Decimal(6), "difference": Decimal(1)}
    checks = [*[held] * (LEAST_TESTED // 2), *[failed] * failing]
    rows["checks"] = [{**one, "check_id": str(at)} for at, one in enumerate(checks)]
    faults = find_faults(_write(rows, tmp_path), RULES)
    assert faults == (() if is_sound else ("checks_rate: expect_relations_to_hold outcome",))


def test_the_data_docs_are_the_same_each_time_and_ask_no_network(tmp_path: Path) -> None:
    folder = _write(_rows(), tmp_path)
    pages = []
    for name in ("first", "second"):
        docs = tmp_path / name
        find_faults(folder, RULES, docs)
        pages.append({str(one.relative_to(docs)): one for one in docs.rglob("*.html")})
    first, second = pages
    assert first.keys() == second.keys()
    assert "index.html" in first
    assert any("expectations/facts_rows" in name for name in first)
    for name, page in first.items():
        text = page.read_text("utf-8")
        assert text == second[name].read_text("utf-8")
        assert not re.search(r"<(script|link|img)\b[^>]*https?://", text)
