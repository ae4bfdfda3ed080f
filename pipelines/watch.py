"""How far a run is: its rate, when it will be done, and what became of the inputs so far."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from pipelines.build import Progress

_EVERY_SECONDS: Final = 30.0


class Pace:
    """The rate at which inputs come to their end; those that are unchanged are left out."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._started = now()

    def describe(self, progress: Progress) -> str:
        """Return counts by outcome, inputs a second, and the time that is left.

        Examples:
            >>> clock = iter([0.0, 50.0])
            >>> pace = Pace(lambda: next(clock))
            >>> pace.describe(Progress(total=300, read=90, unchanged=100, quarantined=10))
            '200/300: 90 read, 100 unchanged, 10 in quarantine; 2.0 a second, 50 s left'
        """
        seconds = max(self._now() - self._started, 1e-6)
        rate = (progress.read + progress.quarantined) / seconds
        left = f"{(progress.total - progress.done) / rate:.0f} s left" if rate else "no rate yet"
        return (
            f"{progress.done}/{progress.total}: {progress.read} read, "
            f"{progress.unchanged} unchanged, {progress.quarantined} in quarantine; "
            f"{rate:.1f} a second, {left}"
        )


class LineWatch:
    """Writes a line to the error stream now and then, as a log wants it."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        """Take note of one more input."""
        if time.monotonic() - self._last >= _EVERY_SECONDS:
            self._last = time.monotonic()
            print(self._pace.describe(progress), file=sys.stderr, flush=True)


@contextmanager
def bar_watch() -> Iterator[Callable[[Progress], None]]:
    """Show a bar on the terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    pace = Pace()
    columns = (BarColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking for inputs", total=None)

        def show(progress: Progress) -> None:
            bar.update(
                task,
                total=progress.total,
                completed=progress.done,
                description=pace.describe(progress),
            )

        yield show
