"""A file that is to be read: where it lies, what it is called, and what its bytes are."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.corrections import Correction
from pipelines.rows import Quarantined, clean_text

REPORT_SUFFIXES: Final = frozenset({".pdf", ".txt", ".md", ".tsv", ".csv", ".hwp", ".hwpx", ""})
"""Endings of files that may be reports; a folder without any of them holds no reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that is to be read."""

    path: Path
    """On this machine; of a file in a store only its name counts until it was fetched."""
    file_name: str
    sha256: str | None = None
    """None where the file cannot be opened: its reader will say why."""
    byte_size: int | None = None
    url: str = ""
    """Where it lies in a store; empty for a file of this machine."""
    stamp: str = ""
    """What the store says of its state; empty where that tells no change."""
    corrections: tuple[Correction, ...] = ()
    """Cells that people read otherwise."""
    processes: int = 1
    """Processes that may read it together: there are no other documents for them."""

    @property
    def suffix(self) -> str:
        """The ending of its name in small letters, which tells the media type of a text."""
        return self.path.suffix.lower()

    @property
    def place(self) -> str:
        """Its whole path or URL, with what is no Unicode in backslashes."""
        return (self.url or str(self.path.absolute())).encode("utf-8", "backslashreplace").decode()

    def quarantined(self, reason: str, message: str) -> Quarantined:
        """Return the quarantine row of this file; the machine's paths stay out of it."""
        words = clean_text(message).replace(str(self.path), self.file_name)
        return Quarantined(
            file_name=self.file_name,
            sha256=self.sha256,
            byte_size=self.byte_size,
            reason=reason,
            message=" ".join(words.split()),
        )


def may_be_report(name: str) -> bool:
    """Return whether a name ends like that of a report; a hidden report is one all the same."""
    return Path(name).suffix.lower() in REPORT_SUFFIXES - {""}


def is_foreign(name: str) -> bool:
    """Return whether a file of this name counts though it is not called like a report."""
    return not name.startswith(".") and not may_be_report(name)
