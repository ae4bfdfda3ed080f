"""What a confined process tells its supervisor: plain bytes, checked as they come.

A process may be taken over by the document that it reads. What it says is therefore only parsed,
each part checked for type and size: nothing of it can be run, and no more of it is kept than was
agreed. A message is two lengths, a head in JSON and a body of bytes.
"""

import json
import math
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from pipelines.limits import Limits, Loss
from pipelines.reasons import REASONS

READY: Final = {"ready": True}
"""The head of the first message of a process."""
_LENGTHS: Final = struct.Struct(">IQ")
_LONGEST_HEAD: Final = 1 << 16
_LONGEST_WORDS: Final = 1 << 14
_BLOCK: Final = 1 << 20
_CODES: Final = frozenset(code for code, _ in REASONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is told about one item; its result is the body, empty where there is a loss."""

    loss: Loss | None
    cpu_seconds: float
    peak_memory_bytes: int | None
    is_last: bool
    """The process has grown and ends now."""

    def to_head(self) -> dict[str, object]:
        """Return it as a head that `parse_answer` understands."""
        loss = None if self.loss is None else [self.loss.reason, self.loss.message]
        return {
            "loss": loss,
            "cpu_seconds": self.cpu_seconds,
            "peak_memory_bytes": self.peak_memory_bytes,
            "is_last": self.is_last,
        }


class Inbox:
    """The supervisor's end of a pipe, read without ever waiting for the other end."""

    def __init__(self, pipe: socket.socket, limits: Limits) -> None:
        """Read from `pipe`, which does not block; no body may be longer than a result may be."""
        self._pipe = pipe
        self._longest_body = limits.result_bytes
        self._head_size = 0
        self._size = _LENGTHS.size
        self._data = bytearray()

    def read(self) -> tuple[dict[str, Any], memoryview] | None:
        """Return the head and the body of the next message; None while it is not all there.

        Raises:
            ValueError: it is no message, or too long.
            OSError: the pipe is closed or broken.
        """
        while len(self._data) < self._size:
            try:
                block = self._pipe.recv(min(_BLOCK, self._size - len(self._data)))
            except BlockingIOError:
                return None
            if not block:
                raise ConnectionResetError
            self._data += block
            if self._size == _LENGTHS.size == len(self._data):
                self._take_lengths()
        data, self._data, self._size = self._data, bytearray(), _LENGTHS.size
        end = _LENGTHS.size + self._head_size
        return parse_object(bytes(data[_LENGTHS.size : end])), memoryview(data)[end:]

    def _take_lengths(self) -> None:
        self._head_size, body = _LENGTHS.unpack(self._data)
        if not 0 < self._head_size <= _LONGEST_HEAD or body > self._longest_body:
            raise ValueError("longer than was agreed")
        self._size += self._head_size + body


def send_message(pipe: socket.socket, head: Mapping[str, object], body: bytes = b"") -> None:
    """Send a message, from a process that has nothing else to do until it is taken."""
    words = json.dumps(head).encode("ascii")
    pipe.sendall(_LENGTHS.pack(len(words), len(body)) + words)
    pipe.sendall(body)


def parse_object(words: bytes) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        ValueError: the words are something else.
    """
    with suppress(RecursionError):
        found = json.loads(words)
        if isinstance(found, dict):
            return found
    raise ValueError("no JSON object")


def parse_answer(head: dict[str, Any]) -> Answer:
    """Return the answer that a head states.

    Raises:
        ValueError: it states none.
    """
    if set(head) != set(Answer.__dataclass_fields__):
        raise ValueError("no answer")
    loss, peak, seconds = head["loss"], head["peak_memory_bytes"], head["cpu_seconds"]
    if not isinstance(head["is_last"], bool) or not isinstance(seconds, float):
        raise ValueError("an answer of other types")
    if not math.isfinite(seconds) or seconds < 0:
        raise ValueError("a time that cannot be")
    if peak is not None:
        require_count(peak)
    return Answer(
        loss=None if loss is None else _parse_loss(loss),
        cpu_seconds=seconds,
        peak_memory_bytes=peak,
        is_last=head["is_last"],
    )


def require_count(value: object) -> int:
    """Return a whole number from 0 that fits into eight bytes.

    Raises:
        ValueError: it is something else.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 63:
        raise ValueError("no count")
    return value


def require_words(value: object) -> str:
    """Return a short text.

    Raises:
        ValueError: it is something else, or no Unicode.
    """
    if not isinstance(value, str) or len(value.encode()) > _LONGEST_WORDS:
        raise ValueError("no words")
    return value


def require_reason(value: object) -> str:
    """Return a reason for which a document gave no rows.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, str) or value not in _CODES:
        raise ValueError("no reason")
    return value


def _parse_loss(found: object) -> Loss:
    if not isinstance(found, list) or len(found) != 2:
        raise ValueError("no loss")
    return Loss(reason=require_reason(found[0]), message=require_words(found[1]))
