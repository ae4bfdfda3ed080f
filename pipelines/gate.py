"""The gate of a run: a dataset that is not sound is not published."""

from pathlib import Path

from pipelines.publish import DATASET_FOLDER
from pipelines.reasons import GATE, RunError, describe_problem
from pipelines.tables import DATASET


def check_dataset(folder: Path) -> None:
    """Look at the dataset that is about to be published in `folder`.

    Raises:
        RunError: something in it is wrong.
    """
    from validate.suites import TableRules, find_faults  # slow to import

    rules = [
        TableRules(
            name=table.name,
            columns=tuple(column.name for column in table.columns),
            required=tuple(column.name for column in table.columns if column.is_required),
            key=table.key,
            references=table.references,
        )
        for table in DATASET
    ]
    if faults := find_faults(folder, rules):
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        words = f"not published: {faults[0]}{more}"
        raise RunError(describe_problem(GATE, DATASET_FOLDER, words))
