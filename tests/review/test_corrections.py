"""Corrected cells: beside the printed ones in the dataset, in the checks, and never lost."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.build import Options, run
from pipelines.corrections import Correction
from pipelines.home import Home
from pipelines.ledger import list_runs, read_ledger
from pipelines.published import read_table
from pipelines.report.shelf import Shelf
from pipelines.review.decisions import Decision, DecisionLog, cell_subject
from pipelines.review.recheck import recheck


def publish(home: Home, folder: Path) -> None:
    run([str(folder)], home.root, Options(workers=0, has_gate=False))


def rows(home: Home, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_table(home.dataset.resolve(), table).to_pylist()
    return found


def cell_of(home: Home, text: str) -> dict[str, Any]:
    return next(row for row in rows(home, "cells") if row["text"] == text)


def correct(home: Home, text: str, new: str, printed: str = "") -> Decision:
    cell = cell_of(home, text)
    decision = Decision(
        who="가", action="correct", document_id=cell["document_id"], file_name="plan.txt",
        subject=cell_subject(cell["table_id"], cell["row"], cell["col"]),
        old_value=printed or text, new_value=new,
    )  # fmt: skip
    return DecisionLog(home).add(decision, seen=0)


def test_the_report_is_wrong_before_it_is_corrected(home: Home) -> None:
    assert [row["suggestion"] for row in rows(home, "findings")] == [Decimal(680_000)]


def test_a_correction_stands_beside_the_printed_text_and_value(home: Home, inputs: Path) -> None:
    correct(home, "608", "680")
    publish(home, inputs)
    cell = cell_of(home, "608")
    assert cell["corrected"] == "680"
    [fact] = [row for row in rows(home, "facts") if row["value_corrected"] is not None]
    assert (fact["raw"], fact["value"], fact["value_corrected"]) == (
        "608", Decimal(608_000), Decimal(680_000),
    )  # fmt: skip
    assert [row for row in rows(home, "cells") if row["corrected"] is not None] == [cell]


def test_the_checks_use_what_people_read(home: Home, inputs: Path) -> None:
    correct(home, "608", "680")
    publish(home, inputs)
    assert rows(home, "findings") == []
    assert {row["outcome"] for row in rows(home, "checks")} == {"exact"}


def test_a_correction_that_is_taken_back_leaves_no_trace_in_the_dataset(
    home: Home, inputs: Path
) -> None:
    before = home.dataset.resolve().name.partition("-")[2]
    made = correct(home, "608", "680")
    publish(home, inputs)
    assert home.dataset.resolve().name.partition("-")[2] != before
    undo = Decision(
        who="나", action="undo", document_id=made.document_id, file_name="plan.txt",
        subject=made.subject, undoes=made.number,
    )  # fmt: skip
    DecisionLog(home).add(undo, seen=made.number)
    publish(home, inputs)
    assert home.dataset.resolve().name.partition("-")[2] == before


def test_only_the_corrected_report_is_read_again(home: Home, inputs: Path, report: str) -> None:
    (inputs / "other.txt").write_text(report.replace("2024", "2023"), encoding="utf-8")
    publish(home, inputs)
    correct(home, "608", "680")
    run([str(inputs)], home.root, Options(workers=0, has_gate=False))
    lines = read_ledger(home, list_runs(home)[-1].run_id)
    outcomes = {line["file"]: line["outcome"] for line in lines if line["event"] == "input"}
    assert sorted(outcomes.values()) == ["read", "unchanged"]


def test_a_correction_of_a_cell_that_reads_otherwise_now_is_not_applied(
    home: Home, inputs: Path
) -> None:
    correct(home, "608", "680", printed="609")
    publish(home, inputs)
    assert cell_of(home, "608")["corrected"] is None
    [document] = rows(home, "documents")
    assert document["warnings"] == ["CORRECTION_MISSED"]


def test_corrections_of_a_report_that_changed_are_counted_and_in_the_ledger(
    home: Home, inputs: Path, report: str
) -> None:
    made = correct(home, "608", "680")
    (inputs / "plan.txt").write_text(report + "\n끝.\n", encoding="utf-8")
    done = run([str(inputs)], home.root, Options(workers=0, has_gate=False))
    assert done.corrections_left == 1
    lines = read_ledger(home, done.run_id)
    [left] = [line for line in lines if line["event"] == "correction_left"]
    assert (left["sha256"], left["cells"]) == (made.document_id, 1)


def test_a_blank_that_people_fill_gets_a_fact_without_a_printed_value(
    home: Home, inputs: Path, report: str
) -> None:
    (inputs / "plan.txt").write_text(report.replace("\t130\t", "\t\t"), encoding="utf-8")
    publish(home, inputs)
    [cell] = [row for row in rows(home, "cells") if row["text"] == "" and row["row"] == 3]
    decision = Decision(
        who="가", action="correct", document_id=cell["document_id"], file_name="plan.txt",
        subject=cell_subject(cell["table_id"], cell["row"], cell["col"]), new_value="130",
    )  # fmt: skip
    DecisionLog(home).add(decision, seen=0)
    publish(home, inputs)
    [fact] = [row for row in rows(home, "facts") if row["value_corrected"] is not None]
    assert (fact["raw"], fact["value"], fact["value_corrected"], fact["state"]) == (
        "", None, Decimal(130_000), "blank",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("680", "exact"), ("690", "mismatch"), ("미정", "uncheckable")],
    ids=["right", "wrong", "no-number"],
)
def test_relations_of_a_corrected_cell_are_tested_again_at_once(
    home: Home, text: str, outcome: str
) -> None:
    cell = cell_of(home, "608")
    shelf = Shelf(home.dataset.resolve())
    folio = shelf.folio(cell["document_id"])
    assert folio is not None
    correction = Correction(
        table_id=cell["table_id"], row=cell["row"], col=cell["col"], printed="608", text=text
    )
    again = recheck(folio, [correction])
    failing = {row["check_id"] for row in folio.checks if row["outcome"] == "mismatch"}
    assert failing <= set(again)
    assert {again[one].verdict.outcome for one in failing} == {outcome}


def test_nothing_is_tested_again_where_nothing_is_corrected(home: Home) -> None:
    shelf = Shelf(home.dataset.resolve())
    folio = next(iter(shelf.folios(shelf.marks())))
    assert recheck(folio, []) == {}


def test_checks_of_other_cells_keep_their_outcome_when_tested_again(home: Home) -> None:
    shelf = Shelf(home.dataset.resolve())
    folio = next(iter(shelf.folios(shelf.marks())))
    for rows_of_table in folio.cells.values():
        for cell in rows_of_table:
            if cell["role"] != "data":
                continue
            same = Correction(
                table_id=cell["table_id"], row=cell["row"], col=cell["col"],
                printed=cell["text"], text=cell["text"],
            )  # fmt: skip
            known = {row["check_id"]: row["outcome"] for row in folio.checks}
            for check_id, again in recheck(folio, [same]).items():
                assert again.verdict.outcome == known[check_id]
