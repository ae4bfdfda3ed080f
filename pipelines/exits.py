"""How a run ends, as its exit code says it."""

from collections.abc import Iterable
from typing import Final

from pipelines.reasons import DUPLICATE, PRECEDENCE, ExitCode
from pipelines.rows import Quarantined

_GRAVE: Final = ("findings high", "findings medium")


def decide_exit(counts: Iterable[tuple[str, int]], quarantined: Iterable[Quarantined]) -> ExitCode:
    """Return the exit code of a run: mismatches, then inputs without rows, then nothing."""
    reached = {ExitCode.CLEAN}
    if any(name in _GRAVE and number for name, number in counts):
        reached.add(ExitCode.MISMATCHES)
    if {one.reason for one in quarantined} - {DUPLICATE}:
        reached.add(ExitCode.QUARANTINED)
    return next(code for code in PRECEDENCE if code in reached)
