"""The gate of a run: a dataset that is not sound is not published."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pipelines.publish import DATASET_FOLDER
from pipelines.reasons import GATE, UNWRITABLE, RunError, describe_problem
from pipelines.tables import DATASET

DOCS_FOLDER: Final = "data_docs"
_OURS: Final = "expectations"
"""A folder that every site of Data Docs has: what holds none is someone else's."""


def check_dataset(folder: Path) -> None:
    """Look at the dataset that is about to be published in `folder`; write the Data Docs beside it.

    The pages show what was expected of each table and what was found, also where a fault is found
    and nothing is published.

    Raises:
        RunError: something in the dataset is wrong, or the pages cannot be written.
    """
    from validate.suite_rules import TableRules
    from validate.suites import find_faults, name_type  # slow to import

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
    with _replaced(folder.parent / DOCS_FOLDER) as docs:
        faults = find_faults(folder, rules, docs)
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        words = f"not published: {faults[0]}{more}; see {DOCS_FOLDER}/index.html"
        raise RunError(describe_problem(GATE, DATASET_FOLDER, words))


@contextmanager
def _replaced(target: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of `target` when it is filled.

    Raises:
        RunError: there is a folder of someone else.
    """
    if target.exists() and any(target.iterdir()) and not (target / _OURS).is_dir():
        words = "a folder that this program did not write; choose another output"
        raise RunError(describe_problem(UNWRITABLE, str(target), words))
    fresh = target.with_name(f".{target.name}-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        yield fresh
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
