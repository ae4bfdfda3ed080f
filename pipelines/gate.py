"""The gate of a run: a dataset that is not sound is not published."""

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from pipelines.home import DATASET_FOLDER
from pipelines.manifest import Manifest
from pipelines.parts import part_name
from pipelines.reasons import GATE, UNWRITABLE, RunError, describe_problem
from pipelines.tables import DATASET

_OURS: Final = "expectations"
"""A folder that every site of Data Docs has: what holds none is someone else's."""
_MACHINE: Final = ("CRASH", "UNREADABLE")
_LIMIT: Final = "LIMIT_"
_MOST_LOST: Final = 0.5
_FEW: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the ledger of a run says must be in the dataset."""

    inputs: int
    accounted: int
    """Inputs whose end the ledger tells."""
    reports: int
    quarantined: tuple[str, ...]
    """The reasons."""
    row_count: int
    """Rows that the reports gave in all tables."""


def check_dataset(
    folder: Path,
    manifest: Manifest,
    changed: tuple[int, ...],
    *,
    docs: Path | None,
    expected: Expected | None = None,
) -> None:
    """Look at the dataset that is about to be published in `folder`.

    Args:
        folder: the new version.
        manifest: of it.
        changed: the buckets that hold new rows; only they are read.
        docs: where the Data Docs of the Great Expectations suites go, also where a fault is found
            and nothing is published; None leaves the suites out.
        expected: what the counts must come to.

    Raises:
        RunError: something in the dataset is wrong, or the pages cannot be written.
    """
    if expected is not None:
        _compare(manifest, expected)
    if docs is None or not changed:
        return
    parts = [part_name(bucket) for bucket in changed]
    with _replaced(docs, folder.parent) as fresh:
        faults = _ask_suites(folder, fresh, parts)
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        _refuse(f"{faults[0]}{more}; see {docs.name}/index.html")


def _compare(manifest: Manifest, expected: Expected) -> None:
    """See to it that every input is accounted for, and that not half of them were lost to us."""
    rows = {table.name: 0 for table in DATASET}
    for part in manifest.parts:
        if part.table:
            rows[part.table] += part.rows
    quarantined = rows.pop("quarantine")
    if expected.accounted != expected.inputs:
        _refuse(f"the ledger tells the end of {expected.accounted} of {expected.inputs} inputs")
    if rows["documents"] != expected.reports:
        _refuse(f"{rows['documents']} reports written, {expected.reports} read")
    if quarantined != len(expected.quarantined):
        _refuse(f"{quarantined} rows in quarantine, {len(expected.quarantined)} inputs")
    if sum(rows.values()) < expected.row_count:
        _refuse(f"{sum(rows.values())} rows written, {expected.row_count} read")
    lost = [one for one in expected.quarantined if one in _MACHINE or one.startswith(_LIMIT)]
    if expected.inputs >= _FEW and len(lost) > expected.inputs * _MOST_LOST:
        _refuse(f"{len(lost)} of {expected.inputs} inputs crashed, hit a limit or cannot be opened")


def _refuse(words: str) -> None:
    raise RunError(describe_problem(GATE, DATASET_FOLDER, f"not published: {words}"))


def _ask_suites(folder: Path, docs: Path, parts: list[str]) -> tuple[str, ...]:
    """Return what the suites find, asked in a process of its own: the library is large."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_find_faults, folder, docs, parts).result()


def _find_faults(folder: Path, docs: Path, parts: list[str]) -> tuple[str, ...]:
    from validate.suite_rules import TableRules
    from validate.suites import find_faults, name_type  # slow to import

    # The library makes files of its own: they go where they are swept away, also after a crash.
    tempfile.tempdir = str(folder.parent)
    rules = [
        TableRules(
            name=table.name,
            columns=tuple(column.name for column in table.columns),
            types=tuple(name_type(column.type) for column in table.columns),
            required=tuple(column.name for column in table.columns if column.is_required),
            key=table.key,
            references=table.references,
        )
        for table in DATASET
    ]
    return find_faults(folder, rules, docs, parts)


@contextmanager
def _replaced(target: Path, scratch: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of `target` when it is filled.

    Raises:
        RunError: there is a folder of someone else.
    """
    if target.exists() and any(target.iterdir()) and not (target / _OURS).is_dir():
        words = "a folder that this program did not write; choose another output"
        raise RunError(describe_problem(UNWRITABLE, str(target), words))
    fresh = scratch / target.name
    try:
        yield fresh
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
