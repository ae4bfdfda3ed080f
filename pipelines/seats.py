"""A seat at the work: one process at a time, given a document, watched, and replaced."""

import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from pipelines.confined_process import ConfinedProcess, ProcessDied
from pipelines.limits import Limits, Loss
from pipelines.messages import Answer
from pipelines.reasons import CRASH, LIMIT_MEMORY, LIMIT_TIME, WORKERS, RunError, describe_problem

In = TypeVar("In")
Out = TypeVar("Out")

_START_SECONDS: Final = 60.0
_MOST_FALSE_STARTS: Final = 3
_LATEST_RETRY: Final = 1.0
"""Seconds that must be left of a document's time for a second try."""
_SUSPECT_SHARE: Final = 0.5
"""Share of the memory allowed. A library that is refused more than it has often just aborts."""
_TOO_SLOW: Final = Loss(reason=LIMIT_TIME, message="reading it takes too long")
_TOO_LARGE: Final = Loss(reason=LIMIT_MEMORY, message="reading it needs too much memory")
_DIED: Final = Loss(reason=CRASH, message="the process that read it died")
_CLOCKS: Final = frozenset(
    -int(getattr(signal, name)) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)
)
"""Exit codes of a process that the system's own clocks ended."""
_KILLED: Final = -9
"""The exit code of a process that somebody else ended: by `kill`, or for want of memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Generic[In, Out]):
    """What became of one item."""

    item: In
    result: Out | Loss
    seconds: float
    cpu_seconds: float | None
    peak_memory_bytes: int | None


@dataclass(slots=True, kw_only=True)
class _Turn(Generic[In]):
    """An item at the seat."""

    item: In
    started: float
    deadline: float
    is_retry: bool = False
    least_memory: int = 0
    most_memory: int = 0


class Seat(Generic[In, Out]):
    """A place for one process at a time; when it dies or has grown, another takes over.

    A document whose process died is tried once more in a fresh process, and watched: what earlier
    documents left behind is not held against it, nor that somebody else ended the process. One that
    answers with nonsense has been taken over, and is ended like one that died.
    """

    def __init__(
        self,
        context: BaseContext,
        work: Callable[[In], bytes],
        decode: Callable[[In, memoryview], Out],
        limits: Limits,
        folder: Path,
    ) -> None:
        """Start the first process; `folder` holds the temporary files of one document at a time.

        `decode` makes a result of the bytes that `work` gave, or raises ValueError.
        """
        self._context = context
        self._work = work
        self._decode = decode
        self._limits = limits
        self._folder = folder
        self._turn: _Turn[In] | None = None
        self._false_starts = 0
        self._begin()

    @property
    def wakers(self) -> tuple[Any, ...]:
        """What becomes readable when there is something to hear."""
        return self._process.wakers

    @property
    def is_free(self) -> bool:
        """Whether it waits for an item."""
        return self._process.is_ready and self._turn is None

    @property
    def is_busy(self) -> bool:
        """Whether it has an item."""
        return self._turn is not None

    @property
    def is_watched(self) -> bool:
        """Whether its memory is to be looked at often."""
        return self._turn is not None and self._turn.is_retry

    @property
    def seconds_left(self) -> float:
        """Seconds until the time for what it does is over."""
        ends = self._start_ends if not self._process.is_ready else float("inf")
        if self._turn is not None:
            ends = min(ends, self._turn.deadline)
        return ends - time.monotonic()

    def give(self, item: In) -> None:
        """Take an item while free."""
        now = time.monotonic()
        self._turn = _Turn(item=item, started=now, deadline=now + self._limits.seconds)
        self._send()

    def look(self) -> Ended[In, Out] | None:
        """Hear the process, look at its memory and at the clock; return what became of an item."""
        was_ready = self._process.is_ready
        try:
            heard = self._process.hear()
            result = None if heard is None else self._result(*heard)
        except ProcessDied:
            return self._replace()
        if heard is not None and result is not None:
            answer, _ = heard
            ended = self._end_turn(result, answer.cpu_seconds, answer.peak_memory_bytes)
            if answer.is_last:
                self._process.end()
                self._begin()
            return ended
        if self._process.is_ready and not was_ready:
            self._false_starts = 0
            self._send()
        self._watch()
        return self._replace(is_late=True) if self.seconds_left <= 0 else None

    def close(self) -> None:
        """End the process and remove what it left."""
        self._process.end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _result(self, answer: Answer, body: memoryview) -> Out | Loss:
        """Return what was told of the item.

        Raises:
            ProcessDied: it is nonsense, or there is no item.
        """
        if self._turn is None:
            raise ProcessDied
        if answer.loss is not None:
            return answer.loss
        try:
            return self._decode(self._turn.item, body)
        except ValueError as error:
            raise ProcessDied from error

    def _begin(self) -> None:
        self._process = ConfinedProcess(self._context, self._work, self._limits)
        self._start_ends = time.monotonic() + _START_SECONDS

    def _send(self) -> None:
        if self._turn is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._turn.least_memory = self._process.address_space()
        with suppress(ProcessDied):  # the next look finds out and has it tried again
            self._process.send(self._turn.item, self._folder)

    def _watch(self) -> None:
        if self._turn is not None and self._turn.is_retry:
            self._turn.most_memory = max(self._turn.most_memory, self._process.address_space())

    def _replace(self, *, is_late: bool = False) -> Ended[In, Out] | None:
        """Start another process; return the item that the old one lost, unless it is retried."""
        was_ready = self._process.is_ready
        code = self._process.end()
        if not was_ready:
            self._false_starts += 1
            if self._false_starts > _MOST_FALSE_STARTS:
                raise RunError(describe_problem(WORKERS, "processes", "they end as they start"))
        self._begin()
        if self._turn is None:
            return None
        if is_late or code in _CLOCKS:
            return self._lose(_DIED if self._turn.is_retry else _TOO_SLOW)
        if self._turn.is_retry:
            taken = self._turn.most_memory - self._turn.least_memory
            is_large = taken > _SUSPECT_SHARE * self._limits.memory_bytes
            return self._lose(_TOO_LARGE if is_large else _DIED)
        if code == _KILLED:
            self._turn.deadline = time.monotonic() + self._limits.seconds
        if self._turn.deadline - time.monotonic() < _LATEST_RETRY:
            return self._lose(_DIED)
        self._turn.is_retry = True
        return None

    def _lose(self, loss: Loss) -> Ended[In, Out]:
        return self._end_turn(loss, None, None)

    def _end_turn(
        self, result: Out | Loss, cpu_seconds: float | None, peak: int | None
    ) -> Ended[In, Out]:
        turn = self._turn
        if turn is None:
            raise RuntimeError("a process answered without having been asked")
        self._turn = None
        self._clear()
        return Ended(
            item=turn.item,
            result=result,
            seconds=time.monotonic() - turn.started,
            cpu_seconds=cpu_seconds,
            peak_memory_bytes=peak,
        )

    def _clear(self) -> None:
        """Remove what a document left; a folder that is empty is used again, which saves time."""
        with suppress(OSError):
            if any(self._folder.iterdir()):
                shutil.rmtree(self._folder, ignore_errors=True)
