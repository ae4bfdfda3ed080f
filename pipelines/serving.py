"""The inside of a worker process: one document after another, each with an answer."""

import os
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from pipelines.confined import confine, peak_bytes, resident_bytes, start_document, stop_clocks
from pipelines.limits import Limits, Loss
from pipelines.reasons import CRASH, LIMIT_MEMORY, LIMIT_RESULT

READY: Final = b"ready"
_CREEP: Final = 256 << 20
"""Bytes that a process may keep from its documents before it makes room for a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is told about one document; its packed result follows where there is no loss."""

    loss: Loss | None
    cpu_seconds: float
    peak_memory_bytes: int | None
    is_last: bool
    """The process has grown and ends now."""


def serve(tasks: Connection, work: Callable[[Any], Any], limits: Limits) -> None:
    """Confine this process, then do each item that comes through `tasks` until that closes."""
    confine(limits)
    slim = resident_bytes() + _CREEP
    tasks.send_bytes(READY)
    is_last = False
    while not is_last:
        try:
            item, folder = tasks.recv()
        except EOFError:
            return
        started = _cpu_seconds()
        start_document(folder, limits)
        result = _packed(work, item, limits)
        stop_clocks()
        is_last = resident_bytes() > slim
        answer = Answer(
            loss=result if isinstance(result, Loss) else None,
            cpu_seconds=_cpu_seconds() - started,
            peak_memory_bytes=peak_bytes(),
            is_last=is_last,
        )
        tasks.send(answer)
        if not isinstance(result, Loss):
            tasks.send_bytes(result)


def _packed(work: Callable[[Any], Any], item: Any, limits: Limits) -> bytes | Loss:
    """Return the packed result of the work, or why there is none."""
    try:
        packed = pickle.dumps(work(item), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return Loss(reason=LIMIT_MEMORY, message="reading it needs too much memory")
    except BaseException as error:  # whatever ends the work of one document ends here
        return Loss(reason=CRASH, message=f"the program ended with {type(error).__name__}")
    if len(packed) > limits.result_bytes:
        return Loss(reason=LIMIT_RESULT, message="it gives more than a document may give")
    return packed


def _cpu_seconds() -> float:
    """Return the processor's time of this process and of those it started and saw end."""
    return time.process_time() + sum(os.times()[2:4])
