"""The published dataset, opened again by the commands that show or export it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.home import DATASET_FOLDER, Home
from pipelines.manifest import MANIFEST, is_whole, read_manifest
from pipelines.parts import part_path
from pipelines.reasons import CORRUPT, NO_DATASET, SCHEMA, RunError, describe_problem
from pipelines.tables import DATASET


def require_dataset(output: Path) -> Path:
    """Return the folder of the version that is published under `output`.

    It stays the same folder for the whole command, whatever is published meanwhile.

    Raises:
        RunError: no run has published one there.
    """
    folder = Home(output).dataset
    if not (folder / MANIFEST).is_file():
        words = "no dataset here; `geomsan run` writes one"
        raise RunError(describe_problem(NO_DATASET, str(output), words))
    return folder.resolve()


def find_output(folder: Path) -> Path:
    """Return the output folder of a dataset, given that folder or the dataset in it.

    Raises:
        RunError: no run has published a dataset there.
    """
    is_inside = folder.name == DATASET_FOLDER and (folder / MANIFEST).is_file()
    output = folder.absolute().parent if is_inside else folder
    require_dataset(output)
    return output


def read_table(
    folder: Path,
    name: str,
    column: str = "",
    values: Iterable[object] | None = None,
    bucket: int | None = None,
    only: Sequence[str] = (),
) -> pa.Table:
    """Return a table of a version, or only the rows whose `column` is one of `values`.

    Columns that the version does not have yet are null. With `bucket` only that file is looked at,
    with `only` no other columns are read.

    Raises:
        RunError: a file is damaged or gone, or its columns are not those of the contract.
    """
    schema = next(table.schema for table in DATASET if table.name == name)
    if only:
        schema = pa.schema([schema.field(one) for one in only])
    wanted = None if values is None else list(values)
    if wanted == []:
        return schema.empty_table()
    filters = None if wanted is None else [(column, "in", wanted)]
    pieces = [schema.empty_table()]
    for path in find_parts(folder, name, bucket):
        there = set(pq.read_schema(path).names)
        names = [one for one in schema.names if one in there]
        rows = pq.read_table(path, columns=names, filters=filters, page_checksum_verification=True)
        pieces.append(_to_contract(rows, schema, str(path)))
    return pa.concat_tables(pieces, promote_options="permissive")


def find_parts(folder: Path, name: str, bucket: int | None = None) -> tuple[Path, ...]:
    """Return the files of a table of a version, or the one of a bucket; compared with their hashes.

    Raises:
        RunError: a file is damaged or gone.
    """
    parts = read_manifest(folder).of(name)
    if bucket is not None:
        parts = tuple(part for part in parts if part.path == part_path(name, bucket))
    for part in parts:
        if not is_whole(folder, part):
            words = "damaged; run again to write it anew"
            raise RunError(describe_problem(CORRUPT, str(folder / part.path), words))
    return tuple(folder / part.path for part in parts)


def _to_contract(rows: pa.Table, schema: pa.Schema, path: str) -> pa.Table:
    """Return rows in the columns of the contract of today.

    Raises:
        RunError: a column has another type than it has today.
    """
    wanted = pa.schema(
        [one if one.name in rows.column_names else one.with_nullable(True) for one in schema]
    )
    try:
        for field in wanted:
            if field.name not in rows.column_names:
                rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
        return rows.select(wanted.names).cast(wanted)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError) as error:
        words = "its columns are not those that this program reads; run again to write it anew"
        raise RunError(describe_problem(SCHEMA, path, words)) from error
