"""Reads the manifest: which reports lie in samples/reports/, and what is known about each."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPORTS = Path(__file__).parent / "reports"
PANEL = Path(__file__).parent / "panel"
"""Six more, for the examples; not in the manifest."""
MANIFEST = Path(__file__).parent / "manifest.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedError:
    """An error that stands in a sample on purpose."""

    line: int
    """1-based line of the report."""
    kind: str
    what: str
    printed: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleReport:
    """One entry of the manifest."""

    file: str
    sha256: str
    family: str
    """The document type that has to be recognised."""
    region: str
    look: str
    figures: str
    planted: tuple[PlantedError, ...]

    @property
    def path(self) -> Path:
        """Where the report lies."""
        return REPORTS / self.file


def read_manifest() -> tuple[SampleReport, ...]:
    """Return the samples in the order of the manifest."""
    entries: list[dict[str, Any]] = tomllib.loads(MANIFEST.read_text("utf-8"))["sample"]
    return tuple(
        SampleReport(
            **{name: entry[name] for name in entry if name != "planted"},
            planted=tuple(PlantedError(**error) for error in entry.get("planted", ())),
        )
        for entry in entries
    )
