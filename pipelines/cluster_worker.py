"""What a worker of a Dask cluster does: it reads a few documents at a time, in a confined process.

The process stays from one task of a run to the next, as those of one machine do: to start one, and
to read the first document in it, takes as long as many a small document.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import current_process
from pathlib import Path
from threading import Lock, Timer
from typing import Final, TypeAlias
from uuid import uuid4

from pipelines.fetching import drop, fetched
from pipelines.limits import Limits, Loss
from pipelines.processed import Processed
from pipelines.reasons import RunError
from pipelines.rules import digests
from pipelines.sources import Source
from pipelines.workers import Pool, Spent, Wire

Done: TypeAlias = list[Spent[Source, Processed]]

_IDLE_SECONDS: Final = 30.0
"""After which a process that got no other task is ended: the run is over, or was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How the documents of a run are read; goes with each task."""

    work: Callable[[Source], Processed]
    wire: Wire[Source, Processed]
    lost: Callable[[Source, Loss], Processed]
    limits: Limits
    rules: tuple[tuple[str, str], ...] = field(default_factory=digests)
    """Of the run's own machine."""
    run: str = field(default_factory=lambda: uuid4().hex)
    """Tells it from other runs."""


def read_documents(sources: tuple[Source, ...], job: Job, folder: str) -> Done:
    """Read some documents; `folder` is for temporary files, and goes with the worker.

    Raises:
        RunError: they would not be read as on the run's own machine.
    """
    if digests() != job.rules:
        raise RunError("a worker has another version of geomsan, or of a library that it uses")
    # A Dask worker is a daemon of its nanny, and as such may start no process.
    if current_process().daemon:
        current_process().daemon = False
    reader = _FREE.pop() if _FREE else _Reader()
    try:
        return reader.read(sources, job, Path(folder))
    finally:
        _FREE.append(reader)


def without_reading(source: Source, result: Processed) -> Spent[Source, Processed]:
    """Return what stands for a document that came into no process."""
    return Spent(item=source, result=result, seconds=0.0, cpu_seconds=0.0, peak_memory_bytes=None)


class _Reader:
    """A process for one task at a time, started for the first one of a run, ended when idle."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._run = ""
        self._folder = Path()
        self._pool: Pool[Source, Processed] | None = None
        self._end = Timer(_IDLE_SECONDS, self._close)

    def read(self, sources: tuple[Source, ...], job: Job, folder: Path) -> Done:
        self._end.cancel()
        with self._lock:
            try:
                done = self._read(sources, job, folder)
            except BaseException:  # the process may still be at work
                self._shut()
                raise
        self._end = Timer(_IDLE_SECONDS, self._close)
        self._end.daemon = True
        self._end.start()
        return done

    def _read(self, sources: tuple[Source, ...], job: Job, folder: Path) -> Done:
        done: Done = []

        def refuse(source: Source, loss: Loss) -> None:
            done.append(without_reading(source, job.lost(source, loss)))

        pool = self._pool_for(job, folder)
        for spent in pool.map(fetched(sources, self._folder / "fetched", refuse)):
            drop(spent.item)
            done.append(spent)
        return done

    def _pool_for(self, job: Job, folder: Path) -> Pool[Source, Processed]:
        if self._pool is None or self._run != job.run:
            self._shut()
            self._run, self._folder = job.run, folder / f"geomsan-{uuid4().hex}"
            self._pool = Pool(
                job.work,
                wire=job.wire,
                workers=1,
                lost=job.lost,
                limits=job.limits,
                scratch=self._folder / "documents",
            )
        return self._pool

    def _close(self) -> None:
        with self._lock:
            self._shut()

    def _shut(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None
            shutil.rmtree(self._folder, ignore_errors=True)


_FREE: Final[list[_Reader]] = []
"""Readers without a task, at most one for each thread of the worker."""
