"""Corrections to the dataset: the last run again, as a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Final, Literal

from pipelines.home import Home
from pipelines.ledger import list_runs

State = Literal["idle", "works", "done", "failed"]

_LONGEST: Final = 2_000
"""Characters of what it said that are shown."""


class Publisher:
    """Repeats the last run when somebody asks: what is unchanged is not read again."""

    def __init__(self, home: Home) -> None:
        """Take an output folder."""
        self.home = home
        self._process: subprocess.Popen[bytes] | None = None
        self._log = home.work / "publishing.log"

    def start(self) -> None:
        """Start the last run again, unless it is at work."""
        if self.state == "works":
            return
        runs = [run for run in list_runs(self.home) if run.version]
        if not runs:
            return
        last = runs[-1]
        folder = Path(last.folder)
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "pipelines", "run", *last.arguments,
                "--output", str(self.home.root.absolute()), "--engine", last.engine,
                "--lang", last.language, "--quiet",
                *(["--keep-personal"] if last.keeps_personal else []),
            ],
            cwd=folder if folder.is_dir() else None,
            stdout=subprocess.DEVNULL,
            stderr=self._log.open("wb"),
        )  # fmt: skip

    @property
    def state(self) -> State:
        """How far it is; a run that found mismatches is done, too."""
        if self._process is None:
            return "idle"
        code = self._process.poll()
        if code is None:
            return "works"
        return "failed" if code == 2 else "done"

    @property
    def said(self) -> str:
        """Why it failed."""
        if self.state != "failed":
            return ""
        return self._log.read_text(encoding="utf-8", errors="replace")[-_LONGEST:]
