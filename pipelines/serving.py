"""The inside of a worker process: one document after another, each with an answer."""

import os
import pickle
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from pipelines.confined import confine, peak_bytes, resident_bytes, start_document, stop_clocks
from pipelines.limits import Limits, Loss
from pipelines.messages import READY, Answer, send_message
from pipelines.reasons import CRASH, LIMIT_MEMORY, LIMIT_RESULT

LENGTH: Final = struct.Struct(">Q")
"""Stands before a packed task."""
_CREEP: Final = 256 << 20
"""Bytes that a process may keep from its documents before it makes room for a new one."""


def serve(tasks: socket.socket, work: Callable[[Any], bytes], limits: Limits) -> None:
    """Confine this process, then do each item that comes through `tasks` until that closes."""
    # The first thing that pyarrow holds reserves a GiB of addresses: no document has to pay for it.
    pa.allocate_buffer(1)
    confine(limits)
    slim = resident_bytes() + _CREEP
    send_message(tasks, READY)
    is_last = False
    while not is_last:
        task = _receive(tasks)
        if task is None:
            return
        item, folder = task
        started = _cpu_seconds()
        start_document(folder, limits)
        result = _do(work, item, limits)
        stop_clocks()
        is_last = resident_bytes() > slim
        loss = result if isinstance(result, Loss) else None
        answer = Answer(
            loss=loss,
            cpu_seconds=_cpu_seconds() - started,
            peak_memory_bytes=peak_bytes(),
            is_last=is_last,
        )
        send_message(tasks, answer.to_head(), b"" if isinstance(result, Loss) else result)


def _receive(tasks: socket.socket) -> tuple[Any, Path] | None:
    """Return the next item and its folder; None when there are no more."""
    length = tasks.recv(LENGTH.size, socket.MSG_WAITALL)
    if len(length) < LENGTH.size:
        return None
    # From the supervisor, which believes nothing of this kind that comes back.
    item, folder = pickle.loads(tasks.recv(LENGTH.unpack(length)[0], socket.MSG_WAITALL))
    return item, folder


def _do(work: Callable[[Any], bytes], item: Any, limits: Limits) -> bytes | Loss:
    """Return the result of the work, or why there is none."""
    try:
        result = work(item)
    except MemoryError:
        return Loss(reason=LIMIT_MEMORY, message="reading it needs too much memory")
    except BaseException as error:  # whatever ends the work of one document ends here
        return Loss(reason=CRASH, message=f"the program ended with {type(error).__name__}")
    if len(result) > limits.result_bytes:
        return Loss(reason=LIMIT_RESULT, message="it gives more than a document may give")
    return result


def _cpu_seconds() -> float:
    """Return the processor's time of this process and of those it started and saw end."""
    return time.process_time() + sum(os.times()[2:4])
