"""The published dataset, opened again by the commands that show or export it."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.publish import DATASET_FOLDER, PART
from pipelines.reasons import RunError, describe_problem


def require_dataset(output: Path) -> Path:
    """Return the folder of the dataset under `output`.

    Raises:
        RunError: no run has published one there.
    """
    folder = output / DATASET_FOLDER
    if not (folder / "documents" / PART).is_file():
        words = "no dataset here; `geomsan run` writes one"
        raise RunError(describe_problem("NO_DATASET", str(output), words))
    return folder


def find_output(folder: Path) -> Path:
    """Return the output folder of a dataset, given that folder or the dataset in it.

    Raises:
        RunError: no run has published a dataset there.
    """
    is_inside = folder.name == DATASET_FOLDER and (folder / "documents" / PART).is_file()
    output = folder.resolve().parent if is_inside else folder
    require_dataset(output)
    return output


def read_table(
    folder: Path, name: str, column: str = "", values: Iterable[object] | None = None
) -> pa.Table:
    """Return a table of the dataset, or only the rows whose `column` is one of `values`.

    Raises:
        RunError: the file is damaged or gone.
    """
    file = folder / name / PART
    filters = None if values is None else [(column, "in", list(values))]
    try:
        return pq.read_table(file, filters=filters, page_checksum_verification=True)
    except (OSError, pa.ArrowInvalid) as error:
        words = "damaged; run again to write it anew"
        raise RunError(describe_problem("CORRUPT", str(file), words)) from error
