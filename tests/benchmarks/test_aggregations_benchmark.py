"""The aggregation benchmark writes what the scorer reads and nothing from the gold."""

import json
from pathlib import Path

import pytest

from benchmarks import aggregations

GRID = [["합계", "1,204", "873"], ["가", "731", "502"], ["나", "473", "371"]]


def test_each_table_gets_its_relations_in_the_form_of_the_scorer(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text(json.dumps({"first": "1.json", "none": "2.json"}))
    (tmp_path / "1.json").write_text(json.dumps({"grid": GRID}))
    (tmp_path / "2.json").write_text(json.dumps({"grid": [["가", "나"]]}))
    out = tmp_path / "out.json"
    assert aggregations.main([str(tmp_path), str(out)]) == 0
    found = json.loads(out.read_text())
    assert {"op": "Sum", "aggregate": [0, 1], "range": [[1, 1], [2, 1]]} in found["first"]
    assert found["none"] == []


def test_a_folder_without_an_index_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert aggregations.main([str(tmp_path), str(tmp_path / "out.json")]) == 2
    assert "index.json" in capsys.readouterr().err
