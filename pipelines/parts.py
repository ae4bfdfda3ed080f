"""The files of a table: which documents stand in which, and their rows from wherever they are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.columns import Table

_ROWS_A_PART: Final = 400_000
_DOCUMENTS_A_PART: Final = 1024
_ROWS_A_GROUP: Final = 100_000
_SPACE: Final = 1 << 32

Find = Callable[[str, str], pa.Table | None]
"""Gives the rows of a table that a document has, None where they are not there."""


def count_buckets(row_counts: Sequence[int]) -> int:
    """Return how many files a table is cut into, given the rows of each document.

    A power of two, so that a dataset that grows is cut anew seldom: each file has some 1,000
    documents or 400,000 rows of all tables, ten thousand documents some hundred files.
    """
    wanted = max(sum(row_counts) / _ROWS_A_PART, len(row_counts) / _DOCUMENTS_A_PART)
    count = 1
    while count < wanted:
        count *= 2
    return count


def bucket_of(document_id: str, count: int) -> int:
    """Return the file in which a document stands: equal ranges of the id, in its order."""
    return int(document_id[:8], 16) * count // _SPACE


def part_path(table: str, bucket: int) -> str:
    """Return the path of a file below the version's folder."""
    return f"{table}/{part_name(bucket)}"


def part_name(bucket: int) -> str:
    """Return the name of a file, the same in the folder of each table."""
    return f"part-{bucket:05}.parquet"


def bucket_in(path: str) -> int:
    """Return the number that `part_path` put into a path.

    Examples:
        >>> bucket_in(part_path("facts", 12))
        12
    """
    return int(path.rpartition("-")[2].removesuffix(".parquet"))


def by_bucket(documents: Iterable[str], count: int) -> Mapping[int, tuple[str, ...]]:
    """Return the documents of each file in order; a file of none is there too."""
    found: dict[int, list[str]] = {bucket: [] for bucket in range(count)}
    for document in sorted(documents):
        found[bucket_of(document, count)].append(document)
    return {bucket: tuple(names) for bucket, names in found.items()}


def gather(table: Table, pieces: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of several documents as one table in one piece: the pieces leave no trace."""
    rows = pa.concat_tables([table.schema.empty_table(), *pieces])
    return rows.combine_chunks()


def split(rows: pa.Table) -> dict[str, pa.Table]:
    """Return the rows of each document, given a table in which each one's rows stand together."""
    if not rows.num_rows:
        return {}
    column = rows["document_id"].combine_chunks()
    runs = pc.run_end_encode(column)
    if isinstance(runs, pa.ChunkedArray):
        runs = runs.combine_chunks()
    found: dict[str, pa.Table] = {}
    start = 0
    for name, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        found[name] = rows.slice(start, end - start)
        start = end
    return found


def write_part(rows: pa.Table, path: Path) -> None:
    """Write the rows of a file; the same rows give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        rows, path, compression="zstd", row_group_size=_ROWS_A_GROUP, write_page_checksum=True
    )


def group_by_old(documents: Iterable[str], old_count: int) -> Mapping[int, list[str]]:
    """Return the documents by the file of an older version in which they stand."""
    found: dict[int, list[str]] = defaultdict(list)
    for document in documents:
        found[bucket_of(document, old_count)].append(document)
    return found
