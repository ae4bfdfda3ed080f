"""How things stand in an output folder: who works there, what is published, what was read."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pipelines.entries import list_entries
from pipelines.home import Home
from pipelines.ledger import RunRecord, list_runs, read_ledger
from pipelines.lock import who_holds
from pipelines.manifest import Manifest, read_manifest
from pipelines.versions import current_version, list_versions

_OUTCOMES: Final = ("read", "unchanged", "quarantined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The run that is going on."""

    holder: str
    """Who it is, in words."""
    total: int
    counts: tuple[tuple[str, int], ...]
    """Inputs by outcome so far."""
    seconds: float

    @property
    def done(self) -> int:
        """Inputs whose end is known."""
        return sum(number for _, number in self.counts)

    @property
    def seconds_left(self) -> float | None:
        """What is left at the rate so far; None before anything was read."""
        worked = self.done - dict(self.counts).get("unchanged", 0)
        return (self.total - self.done) * self.seconds / worked if worked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand."""

    work: Work | None
    version: str
    """The published one; empty where there is none."""
    manifest: Manifest | None
    kept: tuple[str, ...]
    """All versions, oldest first."""
    last: RunRecord | None
    unpublished: int
    """Documents that were read and are not published yet."""


def look(home: Home) -> Standing:
    """Return how things stand, without waiting for anybody.

    Raises:
        RunError: the published version is damaged.
    """
    runs = list_runs(home)
    holder = who_holds(home)
    current = current_version(home)
    return Standing(
        work=_work(home, holder, runs[-1]) if holder and runs else None,
        version=current.name if current else "",
        manifest=read_manifest(current) if current else None,
        kept=tuple(one.name for one in list_versions(home)),
        last=next((one for one in reversed(runs) if one.ended), None),
        unpublished=sum(1 for _ in list_entries(home.entries)),
    )


def _work(home: Home, holder: str, run: RunRecord) -> Work:
    total, counted = 0, Counter[str]()
    for line in read_ledger(home, run.run_id):
        if line["event"] == "start":
            total = int(line["inputs"])
        elif line["event"] == "input":
            counted[str(line["outcome"])] += 1
    started = datetime.fromisoformat(run.started) if run.started else datetime.now(UTC)
    return Work(
        holder=holder,
        total=total,
        counts=tuple((name, counted[name]) for name in _OUTCOMES),
        seconds=(datetime.now(UTC) - started).total_seconds(),
    )
