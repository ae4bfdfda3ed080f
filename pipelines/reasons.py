"""The closed lists of codes that a run hands out: why an input gave no rows, and how it ended."""

from enum import IntEnum
from typing import Final

from extract.errors import REASONS as READING_REASONS
from normalize.personal.masking import mask_text

DUPLICATE: Final = "DUPLICATE"
CRASH: Final = "CRASH"
LIMIT_TIME: Final = "LIMIT_TIME"
LIMIT_MEMORY: Final = "LIMIT_MEMORY"
LIMIT_RESULT: Final = "LIMIT_RESULT"
NO_INPUT: Final = "NO_INPUT"
UNWRITABLE: Final = "UNWRITABLE"
GATE: Final = "GATE"
BUSY: Final = "BUSY"
CORRUPT: Final = "CORRUPT"
SCHEMA: Final = "SCHEMA"
NO_VERSION: Final = "NO_VERSION"
NO_RUN: Final = "NO_RUN"
NO_DATASET: Final = "NO_DATASET"
STORE: Final = "STORE"
CLUSTER: Final = "CLUSTER"
WORKERS: Final = "WORKERS"

REASONS: Final[tuple[tuple[str, str], ...]] = (
    *READING_REASONS,
    (DUPLICATE, "Another input of this run has the same content; that one was read."),
    (CRASH, "The program failed on this file; the type of the error is in the message."),
    (LIMIT_TIME, "Reading took longer than a file may take."),
    (LIMIT_MEMORY, "Reading needed more memory than a file may take."),
    (LIMIT_RESULT, "It gives more rows than a file may give."),
    (NO_INPUT, "A folder holds no reports, or a pattern matches no file."),
)
"""Every reason code of the table `quarantine` with its meaning."""


class ExitCode(IntEnum):
    """How a command ends; where several apply the first in `PRECEDENCE` wins."""

    CLEAN = 0
    MISMATCHES = 1
    COULD_NOT_RUN = 2
    QUARANTINED = 3


PRECEDENCE: Final = (
    ExitCode.COULD_NOT_RUN,
    ExitCode.MISMATCHES,
    ExitCode.QUARANTINED,
    ExitCode.CLEAN,
)

EXIT_CODES: Final[tuple[tuple[ExitCode, str], ...]] = (
    (ExitCode.CLEAN, "nothing to report"),
    (ExitCode.MISMATCHES, "mismatches found: findings of severity high or medium"),
    (ExitCode.COULD_NOT_RUN, "could not run: bad arguments, no inputs, unwritable output"),
    (ExitCode.QUARANTINED, "no mismatches, but some inputs gave no rows (duplicates aside)"),
)
"""Every exit code with its meaning, as help and `geomsan schema` print it."""


class RunError(Exception):
    """A run that cannot go on as a whole: lines for the user, and exit code 2."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))


def describe_problem(reason: str, subject: str, message: str) -> str:
    """Return the one line in which every command reports a problem: `REASON file: message`.

    It may end in a log, so personal data in names of files is masked.
    """
    return mask_text(" ".join(f"{reason} {subject}: {message}".split()))
