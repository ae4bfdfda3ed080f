"""Where everything of a run lies below the output folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

DATASET_FOLDER: Final = "dataset"
MAIN: Final = "main"
"""Who holds the output folder when a whole run is done; shards have names of their own."""


@dataclass(frozen=True, slots=True)
class Home:
    """An output folder.

    `dataset` is what readers open: a link to one of `versions`, replaced in one step. `work` is our
    own: what was read and is not published yet, what each version was made of, and scratch files.
    It can be deleted; the next run then reads everything again.
    """

    root: Path

    @property
    def dataset(self) -> Path:
        """The published dataset."""
        return self.root / DATASET_FOLDER

    @property
    def versions(self) -> Path:
        """The dataset as it is and as it was, one folder a version."""
        return self.root / "versions"

    @property
    def runs(self) -> Path:
        """The ledgers, one file a run."""
        return self.root / "runs"

    @property
    def docs(self) -> Path:
        """The Data Docs of the gate."""
        return self.root / "data_docs"

    @property
    def report(self) -> Path:
        """The pages that people read."""
        return self.root / "report"

    @property
    def decisions(self) -> Path:
        """What people decided about findings and cells."""
        return self.root / "review" / "decisions.sqlite"

    @property
    def work(self) -> Path:
        """Our own files."""
        return self.root / "work"

    @property
    def entries(self) -> Path:
        """What was read and is not published yet, one file a document."""
        return self.work / "entries"

    @property
    def origins(self) -> Path:
        """What each version was made of."""
        return self.work / "origins"

    @property
    def stamps(self) -> Path:
        """What files of stores were when they were last read through."""
        return self.work / "stamps"

    def lock(self, holder: str = MAIN) -> Path:
        """Return the file that whoever works here holds."""
        return self.work / f"{holder}.lock"

    def scratch(self, holder: str = MAIN) -> Path:
        """Return the folder for files that are in the making; only its holder writes there."""
        return self.work / "scratch" / holder
