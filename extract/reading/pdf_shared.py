"""Work on the pages of one file shared out among processes: what crosses no page, side by side.

The helpers are forks of the process that reads the file. So they lie within the same limits, end
with it when its group is ended, and what they hand over is believed as far as the process itself.
"""

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


def share_out(
    work: Callable[[Job], Result], jobs: Sequence[Job], processes: int
) -> Iterator[Result]:
    """Yield `work(job)` for each job in order, done by this process and its helpers.

    The jobs are dealt in turn, so that no process gets all of the hard ones that follow each other.
    What a helper does not bring, whatever stopped it, is done here: with the same result as if
    there had been no helper.
    """
    count = processes if hasattr(os, "fork") else 1
    shares = [range(first, len(jobs), count) for first in range(min(count, len(jobs)))]
    done: dict[int, Result] = {}
    with ExitStack() as left:
        pipes = [_start(work, [jobs[at] for at in share], left) for share in shares[1:]]
        for at in shares[0] if pipes else ():
            done[at] = work(jobs[at])
        for pipe, share in zip(pipes, shares[1:], strict=True):
            brought: Sequence[Result] = _receive(pipe)
            done.update(zip(share, brought, strict=False))
    for at, job in enumerate(jobs):
        yield done.pop(at) if at in done else work(job)


def _start(work: Callable[[Job], Result], share: Sequence[Job], left: ExitStack) -> int:
    """Start a helper, which ends with `left`; return the pipe from which its results come."""
    ours, theirs = os.pipe()
    helper = os.fork()
    if helper:
        os.close(theirs)
        left.callback(os.waitpid, helper, 0)
        left.callback(os.close, ours)  # first: a helper that still writes finds nobody to hear it
        return ours
    try:  # it goes back to nothing that this process was about
        os.close(ours)
        with os.fdopen(theirs, "wb") as pipe:
            pipe.write(pickle.dumps([work(job) for job in share], pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(0)


def _receive(pipe: int) -> Sequence[Result]:
    """Return what a helper brought, none of it where it did not come to its end."""
    with os.fdopen(pipe, "rb", closefd=False) as file, suppress(EOFError, pickle.UnpicklingError):
        brought: Sequence[Result] = pickle.load(file)
        return brought
    return ()
