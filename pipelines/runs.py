"""The ledger of a run: time, versions, inputs and outcome, kept beside the dataset."""

import json
import platform
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pipelines.inputs import Source
from pipelines.publish import write_text
from pipelines.reasons import ExitCode

LEDGER: Final = "run.json"
_LIBRARIES: Final = ("geomsan", "pyarrow", "pypdfium2", "pdfplumber", "camelot-py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run was given and how it ended."""

    started: datetime
    ended: datetime
    arguments: tuple[str, ...]
    engine: str
    """Who read the tables of PDF pages, as asked."""
    sources: tuple[Source, ...]
    counts: tuple[tuple[str, int], ...]
    """What was read and found, in the order in which the summary shows it."""
    quarantined: tuple[tuple[str, str, str], ...]
    """Reason, file name and message of every input without rows."""
    exit_code: ExitCode


def write_ledger(run: Run, output: Path) -> None:
    """Write the run as `output`/run.json; the dataset itself holds nothing of it."""
    record = {
        "started": run.started.isoformat(timespec="seconds"),
        "ended": run.ended.isoformat(timespec="seconds"),
        "seconds": round((run.ended - run.started).total_seconds(), 3),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "versions": {name: version(name) for name in _LIBRARIES},
        "arguments": list(run.arguments),
        "engine": run.engine,
        "inputs": [
            {
                "path": str(source.path).encode("utf-8", "replace").decode(),
                "sha256": source.sha256,
                "byte_size": source.byte_size,
            }
            for source in run.sources
        ],
        "counts": dict(run.counts),
        "quarantined": [list(one) for one in run.quarantined],
        "exit_code": int(run.exit_code),
        "outcome": run.exit_code.name,
    }
    write_text(output / LEDGER, json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def find_original(document_id: str, output: Path) -> Path | None:
    """Return where the last run found the file of a document, if the ledger tells."""
    try:
        record = json.loads((output / LEDGER).read_text(encoding="utf-8"))
        inputs = [(Path(one["path"]), one["sha256"]) for one in record["inputs"]]
    except (OSError, ValueError, LookupError, TypeError):
        return None  # the ledger may be gone or edited; the dataset stands without it
    return next((path for path, digest in inputs if digest == document_id), None)
