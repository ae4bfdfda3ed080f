"""What several relation kinds ask of a report is worked out once and kept for the last report."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

Source = TypeVar("Source")
Item = TypeVar("Item")

_memories: list[list[tuple[Any, tuple[Any, ...]]]] = []
"""What each of the functions remembers: nothing, or what it was asked about and its answer."""


def kept(function: Callable[[Source], Iterable[Item]]) -> Callable[[Source], tuple[Item, ...]]:
    """Return the function with its results as a tuple, kept until another report is asked about.

    Two reports (or documents) are the same only if they are one object: comparing their facts
    would cost more than working the answer out again.
    """
    last: list[tuple[Any, tuple[Any, ...]]] = []
    _memories.append(last)

    @wraps(function)
    def answer(source: Source) -> tuple[Item, ...]:
        if not last or last[0][0] is not source:
            last[:] = [(source, tuple(function(source)))]
        return last[0][1]

    return answer


@contextmanager
def supposed() -> Iterator[None]:
    """Ask about a report that is only supposed; then what was kept of the real one is known again.

    Examples:
        >>> lengths = kept(lambda words: map(len, words))
        >>> with supposed():
        ...     lengths(["a"])
        (1,)
    """
    before = [list(memory) for memory in _memories]
    try:
        yield
    finally:
        for memory, known in zip(_memories, before, strict=False):
            memory[:] = known
