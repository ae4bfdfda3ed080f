"""Documents to processes of their own, so that one that hangs or dies takes nothing with it."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Final, Generic, TypeVar

from pipelines.confined_process import forking_context
from pipelines.limits import Limits, Loss
from pipelines.seats import Ended, Seat

In = TypeVar("In")
Out = TypeVar("Out")

_TICK: Final = 0.02
"""Seconds between two looks at the memory of a process whose document killed one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire(Generic[In, Out]):
    """How a result comes from the process that made it: as bytes that are checked on arrival."""

    encode: Callable[[Out], bytes]
    """Called over there."""
    decode: Callable[[In, memoryview], Out]
    """Called here, with what was asked; raises ValueError where that cannot be the answer to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent(Generic[In, Out]):
    """One item with its result and what it took."""

    item: In
    result: Out
    seconds: float
    """By the clock, a second try included."""
    cpu_seconds: float | None
    """Of the processor, Tesseract's included; None for an item that was lost."""
    peak_memory_bytes: int | None
    """The most memory held while it was done; None where nobody tells, or it was lost."""


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
            peak_memory_bytes=None,
        )


class Pool(Generic[In, Out]):
    """Processes that do items under limits, and stay for the next ones until it is closed.

    A process has no network, and a folder of its own for temporary files. Where an item ends it, is
    ended for a limit, or brings no result that can be decoded, `lost(item, loss)` stands in.
    """

    def __init__(
        self,
        work: Callable[[In], Out],
        *,
        wire: Wire[In, Out],
        workers: int,
        lost: Callable[[In, Loss], Out],
        limits: Limits,
        scratch: Path,
    ) -> None:
        """Have up to `workers` processes, with folders below `scratch`; none is started yet."""
        self._work = partial(_do, work, wire.encode)
        self._decode = wire.decode
        self._workers = workers
        self._lost = lost
        self._limits = limits
        self._scratch = scratch
        self._seats: list[Seat[In, Out]] = []

    def map(self, items: Iterable[In]) -> Iterator[Spent[In, Out]]:
        """Yield `work(item)` for each item as it gets done.

        An item is taken from `items` when a process is free for it, so nothing piles up. Who does
        not take all results can only close the pool.

        Raises:
            RunError: Processes cannot be started.
        """
        todo = iter(items)
        first = list(islice(todo, self._workers))
        if not first:
            return  # all was read before: no process is started
        while len(self._seats) < len(first):
            folder = self._scratch / f"worker-{len(self._seats)}"
            context = forking_context()
            self._seats.append(Seat(context, self._work, self._decode, self._limits, folder))
        yield from (_spent(one, self._lost) for one in _do_all(self._seats, chain(first, todo)))

    def close(self) -> None:
        """End the processes and remove what they left."""
        while self._seats:
            self._seats.pop().close()


def map_in_processes(
    work: Callable[[In], Out],
    items: Iterable[In],
    *,
    wire: Wire[In, Out],
    workers: int,
    lost: Callable[[In, Loss], Out],
    limits: Limits,
    scratch: Path,
) -> Iterator[Spent[In, Out]]:
    """Yield `work(item)` for each item as it gets done, from a `Pool` for these items alone.

    Raises:
        RunError: Processes cannot be started.
    """
    pool = Pool(work, wire=wire, workers=workers, lost=lost, limits=limits, scratch=scratch)
    with closing(pool):
        yield from pool.map(items)


def _do(work: Callable[[In], Out], encode: Callable[[Out], bytes], item: In) -> bytes:
    return encode(work(item))


def _do_all(seats: list[Seat[In, Out]], todo: Iterator[In]) -> Iterator[Ended[In, Out]]:
    is_over = False
    while True:
        ended = [one for seat in seats if (one := seat.look()) is not None]
        for seat in seats:
            if seat.is_free and not is_over:
                is_over = not _give_next(seat, todo)
        yield from ended  # only now: the processes are at work again
        if is_over and not any(seat.is_busy for seat in seats):
            return
        if not ended:
            _wait(seats)


def _give_next(seat: Seat[In, Out], todo: Iterator[In]) -> bool:
    """Give a seat the next item; tell whether there was one."""
    for item in todo:
        seat.give(item)
        return True
    return False


def _wait(seats: list[Seat[In, Out]]) -> None:
    seconds = min(seat.seconds_left for seat in seats)
    if any(seat.is_watched for seat in seats):
        seconds = min(seconds, _TICK)
    wakers = [waker for seat in seats for waker in seat.wakers]
    wait(wakers, None if seconds == float("inf") else max(0.0, seconds))


def _spent(one: Ended[In, Out], lost: Callable[[In, Loss], Out]) -> Spent[In, Out]:
    result = lost(one.item, one.result) if isinstance(one.result, Loss) else one.result
    return Spent(
        item=one.item,
        result=result,
        seconds=one.seconds,
        cpu_seconds=one.cpu_seconds,
        peak_memory_bytes=one.peak_memory_bytes,
    )
