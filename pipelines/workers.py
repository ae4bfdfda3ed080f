"""Documents to processes of their own, so that one that hangs or dies takes nothing with it."""

import faulthandler
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Final, Generic, TypeVar

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

In = TypeVar("In")
Out = TypeVar("Out")

_PRELOADED: Final = ("pipelines.processed", "extract.reading.pdf", "pandas")
"""What the server of forks loads once, so that a new process has it at once; pyarrow asks for
pandas when it makes its first table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may take."""

    seconds: int = 300
    grace_seconds: int = 5
    """What a library of C has to come back after that, before its process is ended."""
    memory_bytes: int = 4 << 30

    def __post_init__(self) -> None:
        """Raise ValueError for limits under which nothing can be read."""
        if self.seconds < 1 or self.memory_bytes < 1 << 28:
            raise ValueError("a document needs at least a second and 256 MiB")


DEFAULT_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a document gave nothing."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent(Generic[In, Out]):
    """A result and what it took."""

    item: In
    result: Out
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_memory_bytes: int | None = None


def map_here(work: Callable[[In], Out], items: Iterable[In]) -> Iterator[Spent[In, Out]]:
    """Yield `work(item)` for each item from this process, without limits."""
    for item in items:
        wall, cpu = time.monotonic(), time.process_time()
        result = work(item)
        yield Spent(
            item=item,
            result=result,
            seconds=time.monotonic() - wall,
            cpu_seconds=time.process_time() - cpu,
        )


def map_in_processes(
    work: Callable[[In], Out],
    items: Iterable[In],
    *,
    workers: int,
    lost: Callable[[In, Loss], Out],
    limits: Limits = DEFAULT_LIMITS,
    scratch: Path,
) -> Iterator[Spent[In, Out]]:
    """Yield `work(item)` for each item in order, from up to `workers` processes.

    When a process dies, the items that had not come back run again, each in a process of its
    own, so that the one at fault is known: `lost(item, is_too_slow)` stands in for its result.
    """
    gone = partial(_gone, lost)
    todo = list(items)
    if not todo:
        return
    with _pool(workers, limits) as pool:
        futures = [pool.submit(_limited, work, item, gone, limits) for item in todo]
        for item, future in zip(todo, futures, strict=True):
            try:
                result = future.result()
            except BrokenProcessPool:
                result = _alone(work, item, gone, limits)
            yield Spent(item=item, result=result)


def _gone(lost: Callable[[In, Loss], Out], item: In, is_slow: bool) -> Out:
    loss = Loss("CRASH", "the process that read it died")
    return lost(item, Loss("LIMIT_TIME", "reading it takes too long") if is_slow else loss)


def _alone(
    work: Callable[[In], Out], item: In, lost: Callable[[In, bool], Out], limits: Limits
) -> Out:
    started = time.monotonic()
    with _pool(1, limits) as pool:
        try:
            return pool.submit(_limited, work, item, lost, limits).result()
        except BrokenProcessPool:
            return lost(item, time.monotonic() - started > limits.seconds)


@contextmanager
def _pool(workers: int, limits: Limits) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(
        workers, mp_context=_context(), initializer=_limit_memory, initargs=(limits.memory_bytes,)
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """A server that forks: quick, and free of the threads of a progress bar."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


def _limit_memory(limit: int) -> None:
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _limited(
    work: Callable[[In], Out], item: In, lost: Callable[[In, bool], Out], limits: Limits
) -> Out:
    """Do the work, or give up when it takes too long.

    An alarm ends what hangs in Python. What hangs in a library of C never hears it: there a
    watchdog ends the whole process, a little later.
    """
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(
            limits.seconds + limits.grace_seconds, exit=True, file=nowhere
        )
        try:
            with _alarm(limits.seconds):
                return work(item)
        except _TooSlow:
            return lost(item, True)
        finally:
            faulthandler.cancel_dump_traceback_later()


class _TooSlow(BaseException):
    """No Exception: whatever is catching those must not take this for a fault of its own."""


@contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):  # Windows has the watchdog only
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
