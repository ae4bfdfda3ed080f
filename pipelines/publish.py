"""Tables to the published dataset: written beside it, described, checked, then put in its place."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.columns import Table
from pipelines.reasons import UNWRITABLE, RunError, describe_problem
from pipelines.tables import CONTRACT_VERSION, DATASET

DATASET_FOLDER: Final = "dataset"
DESCRIPTION: Final = "datapackage.json"
PART: Final = "part-00000.parquet"
_ROWS_A_GROUP: Final = 100_000
_FRICTIONLESS: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_BLOCK: Final = 1 << 20


def publish(
    tables: Mapping[str, pa.Table],
    output: Path,
    gate: Callable[[Path], None] | None = None,
) -> Path:
    """Write `tables` as `output`/dataset and return that folder.

    A table that is not among them stays as it was published before. Readers see the old dataset or
    the new one, never half of one. `gate` is called with the folder that is about to be published;
    when it raises, the old dataset stays.

    Raises:
        RunError: the output cannot be written, or holds a folder `dataset` of someone else.
    """
    target = output / DATASET_FOLDER
    with _one_line_for_the_user(output):
        _refuse_foreign(target)
        output.mkdir(parents=True, exist_ok=True)
        fresh = output / f".{DATASET_FOLDER}-{os.getpid()}"
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            _write_dataset(tables, fresh, target)
            if gate is not None:
                gate(fresh)
            _swap(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return target


def require_writable(output: Path) -> None:
    """Make the output folder and try to write in it, before any work is done.

    Raises:
        RunError: the folder cannot be made or written, or holds someone else's `dataset`.
    """
    with _one_line_for_the_user(output):
        _refuse_foreign(output / DATASET_FOLDER)
        output.mkdir(parents=True, exist_ok=True)
        probe = output / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()


def write_text(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new, never half.

    Raises:
        RunError: the file cannot be written.
    """
    with _one_line_for_the_user(path):
        fresh = path.with_name(f".{path.name}-{os.getpid()}")
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(path)


def describe_package(folder: Path) -> str:
    """Return the Frictionless description of the dataset's files in `folder`, as JSON."""
    package = {
        "$schema": _FRICTIONLESS,
        "name": "geomsan",
        "title": "Figures of Korean administrative reports, and which of them do not add up",
        "version": CONTRACT_VERSION,
        "resources": [_resource(table, folder) for table in DATASET],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def _one_line_for_the_user(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        words = error.strerror or "cannot be written"
        raise RunError(describe_problem(UNWRITABLE, str(path), words)) from error


def _refuse_foreign(target: Path) -> None:
    """A folder that we did not write is never replaced: it may be someone's only copy."""
    if target.is_dir() and any(target.iterdir()) and not (target / DESCRIPTION).is_file():
        words = "a folder that this program did not write; choose another output"
        raise RunError(describe_problem(UNWRITABLE, str(target), words))


def _write_dataset(tables: Mapping[str, pa.Table], folder: Path, published: Path) -> None:
    for table in DATASET:
        if table.name not in tables:
            shutil.copytree(published / table.name, folder / table.name)
            continue
        (folder / table.name).mkdir(parents=True)
        pq.write_table(
            tables[table.name],
            folder / table.name / PART,
            compression="zstd",
            row_group_size=_ROWS_A_GROUP,
            write_page_checksum=True,
        )
    (folder / DESCRIPTION).write_text(describe_package(folder), encoding="utf-8", newline="\n")


def _swap(fresh: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}-old-{os.getpid()}")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _resource(table: Table, folder: Path) -> dict[str, object]:
    path = folder / table.name / PART
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}/{PART}",
        "description": f"{table.en} / {table.ko}",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hash_file(path)}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, object]:
    keys = {parent.name: parent.key for parent in DATASET}
    foreign = [
        {"fields": [column], "reference": {"resource": parent, "fields": list(keys[parent])}}
        for column, parent in table.references
    ]
    schema: dict[str, object] = {
        "fields": [
            {
                "name": column.name,
                "type": _frictionless_type(column.type),
                "description": f"{column.en} / {column.ko}",
                **({"unit": column.unit} if column.unit else {}),
                **({"constraints": {"required": True}} if column.is_required else {}),
            }
            for column in table.columns
        ]
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {**schema, "foreignKeys": foreign} if foreign else schema


def _frictionless_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "array"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return "number"
    if pa.types.is_date(kind):
        return "date"
    return "boolean" if pa.types.is_boolean(kind) else "string"


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
