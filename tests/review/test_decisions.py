"""The log of decisions: only added to, undone by rows of its own, and never overtaken."""

import sqlite3
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.home import Home
from pipelines.review.decisions import (
    Decision,
    DecisionLog,
    Stale,
    cell_subject,
    corrections_of,
    standings,
)

ONE = Decision(
    who="가", action="accept", document_id="d", file_name="a.txt", subject="finding:1",
    old_value="", new_value="accept",
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> DecisionLog:
    return DecisionLog(Home(tmp_path))


def test_a_log_that_nobody_wrote_is_empty_and_stays_unwritten(log: DecisionLog) -> None:
    assert log.read() == ()
    assert not log.path.exists()


def test_a_decision_comes_back_with_number_and_time(log: DecisionLog) -> None:
    added = log.add(ONE, seen=0)
    assert added.number == 1
    assert added.time.endswith("+00:00")
    assert log.read() == (added,)


@pytest.mark.parametrize("statement", ["UPDATE decisions SET who = 'x'", "DELETE FROM decisions"])
def test_rows_are_neither_changed_nor_deleted(log: DecisionLog, statement: str) -> None:
    log.add(ONE, seen=0)
    connection = sqlite3.connect(log.path)
    with pytest.raises(sqlite3.IntegrityError, match="only added"):
        connection.execute(statement)
    connection.close()
    assert len(log.read()) == 1


def test_who_has_not_seen_the_last_decision_is_stale(log: DecisionLog) -> None:
    first = log.add(ONE, seen=0)
    with pytest.raises(Stale):
        log.add(replace(ONE, action="reject"), seen=0)
    log.add(replace(ONE, action="reject"), seen=first.number)
    assert [one.action for one in log.read()] == ["accept", "reject"]


def test_decisions_on_other_subjects_make_nobody_stale(log: DecisionLog) -> None:
    log.add(ONE, seen=0)
    log.add(replace(ONE, subject="finding:2"), seen=0)
    log.add(replace(ONE, document_id="e"), seen=0)
    assert len(log.read()) == 3


def test_of_many_who_decide_at_once_one_wins(log: DecisionLog) -> None:
    log.add(ONE, seen=0)
    won: list[int] = []

    def decide(number: int) -> None:
        with suppress(Stale):
            won.append(log.add(replace(ONE, who=str(number)), seen=1).number)

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [2]
    assert len(log.read()) == 2


@given(st.lists(st.sampled_from(["accept", "reject", "note", "undo"]), max_size=12))
def test_what_holds_is_the_last_decision_that_was_not_taken_back(actions: list[str]) -> None:
    rows: list[Decision] = []
    stack: list[tuple[int, str]] = []
    for number, action in enumerate(actions, start=1):
        undoes = None
        if action == "undo":
            taken = [one for one in stack if one[1] != "note"] or stack
            if not taken:
                continue
            undoes = taken[-1][0]
            stack.remove(taken[-1])
        else:
            stack.append((number, action))
        rows.append(replace(ONE, action=action, number=number, undoes=undoes))  # type: ignore[arg-type]
    standing = standings(rows).get(("d", "finding:1"))
    ruling = [number for number, action in stack if action != "note"]
    held = standing.decision.number if standing and standing.decision else None
    assert held == (ruling[-1] if ruling else None)
    notes = [one.number for one in standing.notes] if standing else []
    assert notes == [number for number, action in stack if action == "note"]


def test_corrections_are_the_cells_whose_correction_holds() -> None:
    subject = cell_subject("d-t0001", 3, 2)
    rows = [
        replace(ONE, action="correct", subject=subject, old_value="1", new_value="2", number=1),
        replace(ONE, action="correct", subject=subject, old_value="1", new_value="3", number=2),
        replace(ONE, action="correct", subject="cell:d-t0001:4:0", new_value="x", number=3),
        replace(ONE, action="undo", subject="cell:d-t0001:4:0", undoes=3, number=4),
    ]
    [one] = corrections_of(standings(rows))["d"]
    assert (one.table_id, one.row, one.col, one.printed, one.text) == ("d-t0001", 3, 2, "1", "3")


def test_a_log_that_is_no_database_is_told_in_one_line(log: DecisionLog) -> None:
    log.path.parent.mkdir(parents=True)
    log.path.write_bytes(b"no database at all, but long enough to be looked at" * 10)
    from pipelines.reasons import RunError

    with pytest.raises(RunError, match=r"UNWRITABLE .*decisions\.sqlite"):
        log.read()
