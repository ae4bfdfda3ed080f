"""What one document may take of the machine, and what becomes of it when it takes more."""

from dataclasses import dataclass, field
from typing import Final

from extract.options import ReadingLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may take, kept from outside of the code that reads it.

    The defaults let a report of 2,000 pages pass.

    Raises:
        ValueError: Nothing can be read under these limits.
    """

    seconds: int = 300
    """From the moment a process gets the document; so many seconds of the processor, too."""
    memory_bytes: int = 4 << 30
    """Address space, on top of what the program itself takes."""
    written_bytes: int = 1 << 30
    """The largest file it may write into its own folder."""
    open_files: int = 256
    rows: int = 3_000_000
    """Rows of the dataset, all tables together."""
    result_bytes: int = 1 << 30
    """Its rows on their way back, unpacked."""
    reading: ReadingLimits = field(default_factory=ReadingLimits)

    def __post_init__(self) -> None:
        """Check the limits once, at the door."""
        if self.seconds < 1 or self.memory_bytes < 1 << 28:
            raise ValueError("a document needs at least a second and 256 MiB")
        if min(self.written_bytes, self.open_files, self.rows, self.result_bytes) < 1:
            raise ValueError("a document needs at least one of everything")


DEFAULT_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Why a document gave no result."""

    reason: str
    """A code of `pipelines.reasons`."""
    message: str
    """Words that are the same in every run."""
