"""The ledgers: what each run was given, what became of every input, and how the run ended.

One file a run, a JSON object a line, written as things happen: a run that was killed leaves all but
its end. Time, paths and versions stand here, so that the dataset itself holds none of them.
"""

import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from normalize.personal.masking import mask_text
from pipelines.files import one_line_for_the_user
from pipelines.home import Home
from pipelines.reasons import NO_RUN, ExitCode, RunError, describe_problem

_LIBRARIES: Final = ("geomsan", "pyarrow", "pypdfium2", "pdfplumber", "camelot-py")
_LONGEST_LINE: Final = 1 << 16

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What a run's ledger says at a glance."""

    run_id: str
    started: str
    ended: str
    """Empty while it works, and for ever where it was killed."""
    exit_code: int | None
    counts: Mapping[str, int]
    version: str
    """Name of the version that was published when it ended; empty where it published none."""
    arguments: tuple[str, ...]
    folder: str
    """From where it was started: arguments may be relative to it."""
    engine: str
    keeps_personal: bool
    language: str
    """Of its report."""


class Ledger:
    """The ledger of a run that goes on."""

    def __init__(self, home: Home) -> None:
        """Open a new ledger.

        Raises:
            RunError: it cannot be written.
        """
        self.started = datetime.now(UTC)
        self.run_id = f"{self.started:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}"
        self.path = home.runs / f"{self.run_id}.jsonl"
        with one_line_for_the_user(self.path):
            home.runs.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
            self._handle = os.open(self.path, flags, 0o644)

    @property
    def seconds(self) -> float:
        """How long the run takes by now."""
        return (datetime.now(UTC) - self.started).total_seconds()

    def start(self, arguments: tuple[str, ...], **said: object) -> None:
        """Note what the run was given and with what it works."""
        self.note(
            "start",
            run=self.run_id,
            time=_now(),
            arguments=list(arguments),
            folder=str(Path.cwd()),
            **said,
            python=platform.python_version(),
            platform=platform.platform(),
            versions={name: version(name) for name in _LIBRARIES},
        )

    def note(self, event: str, **said: object) -> None:
        """Write one line at once, without names, phones and numbers of persons.

        Raises:
            RunError: the disk takes no more.
        """
        line = json.dumps({"event": event, **_masked(said)}) + "\n"
        with one_line_for_the_user(self.path):
            os.write(self._handle, line.encode("ascii"))

    def end(self, counts: Mapping[str, int], exit_code: ExitCode) -> None:
        """Note how the run ended, and have the disk keep the ledger."""
        self.note(
            "end",
            time=_now(),
            seconds=round(self.seconds, 3),
            counts=dict(counts),
            exit_code=int(exit_code),
            outcome=exit_code.name,
        )
        with one_line_for_the_user(self.path):
            os.fsync(self._handle)

    def close(self) -> None:
        """Close the file; nothing more can be noted."""
        os.close(self._handle)


def list_runs(home: Home) -> tuple[RunRecord, ...]:
    """Return the runs of which there are ledgers, oldest first."""
    return tuple(_record(path) for path in sorted(home.runs.glob("*.jsonl")))


def find_run(home: Home, run_id: str) -> RunRecord:
    """Return the run whose id starts so.

    Raises:
        RunError: there is none, or more than one.
    """
    found = [one for one in list_runs(home) if one.run_id.startswith(run_id)]
    if len(found) != 1:
        words = "more than one run is called so" if found else "no such run; see `geomsan runs`"
        raise RunError(describe_problem(NO_RUN, run_id, words))
    return found[0]


def read_ledger(home: Home, run_id: str) -> Iterator[Line]:
    """Yield the lines of a ledger; one that was cut off by a crash is left out."""
    with (home.runs / f"{run_id}.jsonl").open("rb") as file:
        for line in file:
            if (parsed := _parse(line)) is not None:
                yield parsed


def _record(path: Path) -> RunRecord:
    with path.open("rb") as file:
        first = _parse(file.readline()) or {}
        file.seek(max(0, path.stat().st_size - _LONGEST_LINE))
        tail = [line for line in map(_parse, file.readlines()) if line]
    ends = [line for line in tail if line.get("event") == "end"]
    shown = [line for line in tail if line.get("event") == "published"]
    end = ends[-1] if ends else {}
    return RunRecord(
        run_id=path.stem,
        started=str(first.get("time", "")),
        ended=str(end.get("time", "")),
        exit_code=end.get("exit_code"),
        counts=end.get("counts", {}),
        version=str(shown[-1].get("version", "")) if shown else "",
        arguments=tuple(first.get("arguments", ())),
        folder=str(first.get("folder", "")),
        engine=str(first.get("engine", "auto")),
        keeps_personal=bool(first.get("keep_personal")),
        language=str(first.get("language", "ko")),
    )


def _masked(said: Mapping[str, object]) -> dict[str, object]:
    """Return what a line says as a log may hold it, also where the dataset keeps personal data."""
    return {name: _mask(value) for name, value in said.items()}


def _mask(value: object) -> object:
    if isinstance(value, str):
        return mask_text(value)
    return [_mask(one) for one in value] if isinstance(value, list) else value


def _parse(line: bytes) -> Line | None:
    try:
        parsed = json.loads(line)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
