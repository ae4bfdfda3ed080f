"""A confined process as its supervisor holds it: started, spoken to, ended with all it started."""

import os
import pickle
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final

from pipelines.limits import Limits
from pipelines.messages import READY, Answer, Inbox, parse_answer
from pipelines.serving import LENGTH, serve

_PRELOADED: Final = ("pipelines.build", "pipelines.cli", "extract.reading.pdf", "pandas")
"""What the server of forks loads once, so that a new process has it at once.

pandas is of no use here, but pyarrow loads it with the first list that becomes a column.
"""
_SECONDS_TO_DIE: Final = 10.0


class ProcessDied(Exception):
    """The process ended in the middle of something, or talks nonsense."""


def forking_context() -> BaseContext:
    """Return a way to start processes: a server that forks, free of this process's threads."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


def prepare_to_fork() -> None:
    """Have the server of forks load what processes need, while this process does other things."""
    if "forkserver" in get_all_start_methods():
        forking_context()
        forkserver.ensure_running()


class ConfinedProcess:
    """One process that does items, on a pipe of its own: no other one can block or garble it."""

    def __init__(self, context: BaseContext, work: Callable[[Any], bytes], limits: Limits) -> None:
        """Start it; it is of use once it told that it is ready."""
        self.is_ready = False
        self._is_ended = False
        self._pipe, theirs = socket.socketpair()
        self._pipe.setblocking(False)
        self._inbox = Inbox(self._pipe, limits)
        self._process = context.Process(  # type: ignore[attr-defined]
            target=serve, args=(theirs, work, limits), daemon=True
        )
        self._process.start()
        theirs.close()

    @property
    def wakers(self) -> tuple[Any, ...]:
        """What becomes readable when it has something to say, or died."""
        return (self._pipe, self._process.sentinel)

    def send(self, item: object, folder: Path) -> None:
        """Give it an item, and the folder for its temporary files.

        Raises:
            ProcessDied: It is gone.
        """
        try:
            packed = pickle.dumps((item, folder))
            message = LENGTH.pack(len(packed)) + packed
            if self._pipe.send(message) < len(message):  # it left what it was sent before
                raise ProcessDied
        except OSError as error:
            raise ProcessDied from error

    def hear(self) -> tuple[Answer, memoryview] | None:
        """Return its answer and the result; None where it has none or just got ready.

        Raises:
            ProcessDied: It is gone, or talks nonsense.
        """
        try:
            message = self._inbox.read()
            if message is None:
                if self._process.is_alive():
                    return None
                message = self._inbox.read()  # it may have spoken between the two questions
                if message is None:
                    raise ProcessDied
            head, body = message
            if self.is_ready:
                return parse_answer(head), body
            if head != READY:
                raise ProcessDied
        except (OSError, ValueError) as error:
            raise ProcessDied from error
        self.is_ready = True
        return None

    def address_space(self) -> int:
        """Return the bytes of address space that it has; 0 where nobody tells."""
        with suppress(OSError, ValueError, IndexError):
            counted = Path(f"/proc/{self._process.pid}/statm").read_text().split()
            return int(counted[0]) * os.sysconf("SC_PAGE_SIZE")
        return 0

    def end(self) -> int | None:
        """End it with all that it started and return its exit code (minus the signal).

        Of one that was ended before, that code is not told again.
        """
        if self._is_ended:
            return None
        self._is_ended = True
        if self._process.is_alive():
            self._process.kill()
        self._process.join(_SECONDS_TO_DIE)
        if hasattr(os, "killpg") and self._process.pid is not None:
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        code: int | None = self._process.exitcode
        self._pipe.close()
        with suppress(ValueError):  # it cannot be killed: the system will not let go of it
            self._process.close()
        return code
