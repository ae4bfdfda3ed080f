"""What several relation kinds ask of a report is worked out once and kept for the last report."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

from normalize.records import Report

Item = TypeVar("Item")


def kept(function: Callable[[Report], Iterable[Item]]) -> Callable[[Report], tuple[Item, ...]]:
    """Return the function with its results as a tuple, kept until another report is asked about.

    Two reports are the same only if they are one object: comparing their facts would cost more
    than working the answer out again.
    """
    last: list[tuple[Report, tuple[Item, ...]]] = []

    @wraps(function)
    def answer(report: Report) -> tuple[Item, ...]:
        if not last or last[0][0] is not report:
            last[:] = [(report, tuple(function(report)))]
        return last[0][1]

    return answer
