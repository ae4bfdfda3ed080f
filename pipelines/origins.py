"""What a version was made of: which contents by which rules, and what each of its files holds.

Kept beside the dataset, not in it: rules and paths change while the figures stay the same.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.entries import Known
from pipelines.files import hash_file, write_bytes
from pipelines.home import Home

_MADE_FROM: Final = b"made_from"
_MARK: Final = 16
_SCHEMA: Final = pa.schema(
    [
        ("sha256", pa.string()),
        ("suffix", pa.string()),
        ("byte_size", pa.int64()),
        ("rules", pa.string()),
        ("reason", pa.string()),
        ("message", pa.string()),
        ("row_count", pa.int64()),
        ("file_name", pa.string()),
        ("path", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A content and where it was found."""

    known: Known
    file_name: str
    path: str
    """Of the run that read it, with what is no Unicode in backslashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a version was made of."""

    placed: tuple[Placed, ...]
    """Every content of the run, also those that gave no rows; ordered by hash."""
    made_from: Mapping[str, str]
    """For each file a digest of the documents, rules and columns that it was made from."""


NOTHING: Final = Origin(placed=(), made_from={})


def write_origin(home: Home, version: str, origin: Origin, scratch: Path) -> None:
    """Keep what a version was made of; what was kept of it before goes."""
    rows = [
        {**asdict(one.known), "file_name": one.file_name, "path": one.path} for one in origin.placed
    ]
    table = pa.Table.from_pylist(rows, schema=_SCHEMA)
    words = json.dumps(dict(origin.made_from)).encode("ascii")
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({_MADE_FROM: words}), sink, compression="zstd")
    data = sink.getvalue()
    path = home.origins / f"{version}.{hashlib.sha256(data).hexdigest()[:_MARK]}.parquet"
    write_bytes(path, data, scratch)
    for older in home.origins.glob(f"{version}.*.parquet"):
        if older != path:
            older.unlink()


def read_origin(home: Home, version: str) -> Origin:
    """Return what a version was made of; nothing where that is gone or damaged."""
    for path in sorted(home.origins.glob(f"{version}.*.parquet")):
        if is_origin_whole(path):
            return _parse(path.read_bytes())
    return NOTHING


def is_origin_whole(path: Path) -> bool:
    """Return whether a file of origins has the bytes that its name tells."""
    _, _, mark = path.name.removesuffix(".parquet").rpartition(".")
    return path.is_file() and bool(mark) and hash_file(path).startswith(mark)


def moves(
    before: Iterable[Placed], now: Iterable[Placed]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what a ledger notes of inputs that are gone or lie elsewhere, against the last run."""
    paths = {one.known.sha256: one.path for one in now}
    for one in before:
        digest = one.known.sha256
        if digest not in paths:
            yield "removed", {"sha256": digest, "path": one.path}
        elif paths[digest] != one.path:
            yield "renamed", {"sha256": digest, "path": one.path, "to": paths[digest]}


def find_original(home: Home, document_id: str) -> Path | None:
    """Return where the file of a published document was found, if that is known."""
    if not home.dataset.exists():
        return None
    placed = read_origin(home, home.dataset.resolve().name).placed
    return next((Path(one.path) for one in placed if one.known.sha256 == document_id), None)


def drop_origins(home: Home, kept: Iterable[str]) -> None:
    """Delete what is known of versions that are gone."""
    names = set(kept)
    for path in home.origins.glob("*.parquet"):
        if path.name.split(".")[0] not in names:
            path.unlink()


def _parse(data: bytes) -> Origin:
    table = pq.read_table(io.BytesIO(data))
    made_from = json.loads(table.schema.metadata[_MADE_FROM])
    placed = []
    for row in table.to_pylist():
        name, path = row.pop("file_name"), row.pop("path")
        placed.append(Placed(known=Known(**row), file_name=name, path=path))
    return Origin(placed=tuple(placed), made_from=made_from)
