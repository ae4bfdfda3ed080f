"""Many calls of PDFium in one go, their answers as one array: a page takes thousands of calls."""

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Answers:
    """Room where the engine writes several numbers at each of many calls; used again and again."""

    def __init__(self, number: Any, width: int, *, is_struct: bool = False) -> None:
        """Make room for answers of `width` numbers of a C type.

        A struct is one argument of the call; else each of its numbers is one.
        """
        room = (number * (width * _CALLS))()
        size = ctypes.sizeof(number)
        self._values = np.frombuffer(room, dtype=number).reshape(_CALLS, width)
        self._places = [
            [ctypes.byref(room, size * (width * row + column)) for row in range(_CALLS)]
            for column in range(1 if is_struct else width)
        ]

    def ask(self, call: Callable[..., Any], *arguments: Sequence[Any]) -> Numbers:
        """Return a row of numbers for each call; `arguments` gives each argument for all calls."""
        parts = [np.empty((0, self._values.shape[1]))]
        for first in range(0, len(arguments[0]), _CALLS):
            some = [argument[first : first + _CALLS] for argument in arguments]
            deque(map(call, *some, *self._places), maxlen=0)  # no Python between the calls
            parts.append(self._values[: len(some[0])].astype(np.float64))
        return np.concatenate(parts)


_CALLS = 1024
# Calls between two times that the room is emptied.
