"""What people decided, in an append-only log: who, when, about what, from what to what.

The log is one SQLite file in the output folder. Rows are only ever added; an undo is a row of its
own. A decision that was acknowledged is on the disk.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from pipelines.corrections import Correction
from pipelines.home import Home
from pipelines.reasons import UNWRITABLE, RunError, describe_problem

Action = Literal["accept", "reject", "note", "correct", "undo"]

_BUSY_SECONDS: Final = 10.0
_CELL: Final = "cell:"
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'note', 'correct', 'undo')),
    document_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    title TEXT NOT NULL,
    old_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    note TEXT NOT NULL,
    dataset TEXT NOT NULL,
    undoes INTEGER
);
CREATE INDEX IF NOT EXISTS by_subject ON decisions (document_id, subject);
CREATE TRIGGER IF NOT EXISTS only_added BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
CREATE TRIGGER IF NOT EXISTS never_deleted BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
"""


class Stale(Exception):
    """Somebody else decided on the same subject since the page was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row of the log."""

    who: str
    action: Action
    document_id: str
    file_name: str
    subject: str
    """`finding:` and its key, or `cell:` and table, row and column."""
    finding_id: str = ""
    """The finding that was looked at, as it was called then."""
    title: str = ""
    old_value: str = ""
    new_value: str = ""
    note: str = ""
    dataset: str = ""
    """The version of the dataset that was looked at: its name holds its hash."""
    undoes: int | None = None
    """Number of the decision that an undo takes back."""
    number: int = 0
    """Order in the log, from 1; 0 before it is added."""
    time: str = ""
    """UTC, ISO 8601; empty before it is added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a subject stands."""

    last: int = 0
    """Number of the last row about it, whatever it says; 0 where there is none."""
    decision: Decision | None = None
    """What holds: the last decision that nobody took back; notes aside."""
    notes: tuple[Decision, ...] = ()
    """Notes that nobody took back, oldest first."""


Subject = tuple[str, str]
"""Document and subject."""

NOTHING: Final = Standing()


class DecisionLog:
    """The log of an output folder."""

    def __init__(self, home: Home) -> None:
        """Open the log; it is made with the first decision."""
        self.path: Path = home.decisions

    def add(self, decision: Decision, seen: int) -> Decision:
        """Add a decision and return it with its number and time, once it is on the disk.

        Args:
            decision: what was decided.
            seen: number of the last row about the subject that its maker has seen.

        Raises:
            Stale: there are later rows about the subject.
            RunError: the log cannot be written.
        """
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            last = connection.execute(
                "SELECT coalesce(max(number), 0) FROM decisions "
                "WHERE document_id = ? AND subject = ?",
                (decision.document_id, decision.subject),
            ).fetchone()[0]
            if last != seen:
                connection.rollback()
                raise Stale
            row = {**asdict(decision), "time": datetime.now(UTC).isoformat(timespec="seconds")}
            del row["number"]
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            done = connection.execute(f"INSERT INTO decisions ({names}) VALUES ({marks})", row)
            connection.commit()
            return Decision(**row, number=done.lastrowid or 0)

    def read(self) -> tuple[Decision, ...]:
        """Return every row, oldest first; none where nobody decided anything yet.

        Raises:
            RunError: the log cannot be read.
        """
        if not self.path.is_file():
            return ()
        names = ", ".join(one.name for one in fields(Decision))
        with self._opened() as connection:
            rows = connection.execute(f"SELECT {names} FROM decisions ORDER BY number")
            return tuple(Decision(**dict(row)) for row in rows)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connected = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            with closing(connected) as connection:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.executescript(_TABLES)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise RunError(describe_problem(UNWRITABLE, str(self.path), str(error))) from error


def standings(log: Iterable[Decision]) -> Mapping[Subject, Standing]:
    """Return how every subject of a log stands.

    Examples:
        >>> one = Decision(who="a", action="accept", document_id="d", file_name="f", subject="s")
        >>> standings([one])["d", "s"].decision.action
        'accept'
    """
    rows: dict[Subject, list[Decision]] = defaultdict(list)
    for decision in log:
        rows[decision.document_id, decision.subject].append(decision)
    return {subject: _standing(own) for subject, own in rows.items()}


def _standing(rows: list[Decision]) -> Standing:
    undone = {row.undoes for row in rows if row.action == "undo"}
    left = [row for row in rows if row.action != "undo" and row.number not in undone]
    ruling = [row for row in left if row.action != "note"]
    return Standing(
        last=rows[-1].number,
        decision=ruling[-1] if ruling else None,
        notes=tuple(row for row in left if row.action == "note"),
    )


def cell_subject(table_id: str, row: int, col: int) -> str:
    """Return the subject of a cell."""
    return f"{_CELL}{table_id}:{row}:{col}"


def corrections_of(known: Mapping[Subject, Standing]) -> dict[str, tuple[Correction, ...]]:
    """Return the cells that people read otherwise, by document."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for (document_id, subject), standing in sorted(known.items()):
        decision = standing.decision
        if decision is not None and decision.action == "correct":
            table_id, row, col = subject.removeprefix(_CELL).rsplit(":", 2)
            one = Correction(
                table_id=table_id,
                row=int(row),
                col=int(col),
                printed=decision.old_value,
                text=decision.new_value,
            )
            found[document_id].append(one)
    return {document: tuple(rows) for document, rows in found.items()}


def read_corrections(home: Home) -> dict[str, tuple[Correction, ...]]:
    """Return the cells of an output folder that people read otherwise, by document.

    Raises:
        RunError: the log cannot be read.
    """
    return corrections_of(standings(DecisionLog(home).read()))


def rows_of(log: Iterable[Decision]) -> list[dict[str, Any]]:
    """Return decisions as rows, for those who hand them on."""
    return [asdict(decision) for decision in log]
