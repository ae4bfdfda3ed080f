"""What became of one document, as one file: written when it was read, gone when it is published.

An entry is a head in JSON, an Arrow batch for each table, and a SHA-256 over all of it. A run that
was stopped finds the entries of the documents that it had read; one that is damaged is no entry.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.messages import parse_object, require_count, require_reason, require_words
from pipelines.rules import Rules, ways_of
from pipelines.tables import DATASET

_MAGIC: Final = b"geomsan entry 3\n"
_SIZE: Final = 8
_DIGEST: Final = 32
_CODEC: Final = "zstd"
_SHA256: Final = re.compile("[0-9a-f]{64}")
_WORTH_PACKING: Final = 1 << 16
"""Bytes of a batch; to pack and unpack the small ones takes longer than all else with them."""
_PACKED: Final = tuple(table for table in DATASET if table.name != "quarantine")
_SCHEMAS: Final = {table.name: table.schema for table in _PACKED}
_NO_ROWS: Final = {name: schema.empty_table() for name, schema in _SCHEMAS.items()}
_REQUIRED: Final = {
    table.name: tuple(at for at, column in enumerate(table.columns) if column.is_required)
    for table in _PACKED
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one content: enough to tell whether it must be read again."""

    sha256: str
    suffix: str
    """Ending of the name under which it was read, in small letters: it tells the media type."""
    byte_size: int
    rules: str
    """The rules by which it was read, as `Rules.of` writes them."""
    reason: str = ""
    """Why it gave no rows; empty where it gave some."""
    message: str = ""
    row_count: int = 0
    """Rows in all tables together."""

    def is_current(self, rules: Rules, suffix: str) -> bool:
        """Return whether reading it again would give the same."""
        return self.suffix == suffix and rules.are_kept(self.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as it was packed."""

    known: Known
    sizes: tuple[tuple[int, int], ...]
    """Bytes of each batch here, and once it is unpacked; 0 for a table without rows."""
    batches: memoryview

    @property
    def row_bytes(self) -> int:
        """Bytes of all batches once they are unpacked."""
        return sum(size for _, size in self.sizes)

    def rows(self, table: str) -> pa.Table:
        """Return the rows of a table.

        Raises:
            ValueError: they were packed by something else than `pack`.
        """
        at = list(_SCHEMAS).index(table)
        start = sum(here for here, _ in self.sizes[:at])
        here, size = self.sizes[at]
        if not here:
            return _NO_ROWS[table]
        packed = pa.py_buffer(self.batches[start : start + here])
        try:
            if here != size:
                packed = pa.decompress(packed, decompressed_size=size, codec=_CODEC)
            batch = pa.ipc.read_record_batch(packed, _SCHEMAS[table])
        except (pa.ArrowException, OSError, MemoryError) as error:
            raise ValueError("no rows") from error
        return pa.Table.from_batches([batch])


def pack(known: Known, tables: Mapping[str, pa.Table] | None = None) -> bytes:
    """Return an entry as the bytes of its file."""
    plain = [_to_batch(tables[name]) for name in _SCHEMAS] if tables else []
    batches = [_squeeze(one) for one in plain]
    head = {name: getattr(known, name) for name in Known.__dataclass_fields__}
    head["sizes"] = [[len(one), len(all_)] for one, all_ in zip(batches, plain, strict=True)]
    words = json.dumps(head).encode("ascii")
    body = b"".join([_MAGIC, len(words).to_bytes(_SIZE, "big"), words, *batches])
    return body + hashlib.sha256(body).digest()


def parse_entry(data: bytes | memoryview) -> Entry:
    """Return the entry that some bytes are.

    Raises:
        ValueError: they are none, or not a whole one.
    """
    data = memoryview(data)
    body, digest = data[:-_DIGEST], data[-_DIGEST:]
    if bytes(body[: len(_MAGIC)]) != _MAGIC or hashlib.sha256(body).digest() != digest:
        raise ValueError("no whole entry")
    at = len(_MAGIC) + _SIZE
    end = at + int.from_bytes(body[len(_MAGIC) : at], "big")
    head = parse_object(bytes(body[at:end]))
    sizes = _parse_sizes(head.pop("sizes", None))
    known = _parse_known(head)
    if sum(here for here, _ in sizes) != len(body) - end:
        raise ValueError("batches of other sizes")
    if bool(known.reason) == bool(sizes):
        raise ValueError("rows and no rows")
    return Entry(known=known, sizes=sizes, batches=body[end:])


def open_entry(path: Path) -> Entry | None:
    """Return the entry that lies in a file; None where there is no whole one."""
    with suppress(OSError, ValueError):
        return parse_entry(path.read_bytes())
    return None


def require_rows_of_one(entry: Entry) -> None:
    """Check that the rows of an entry can be published, and are those of its document alone.

    Raises:
        ValueError: they are not: the process that packed it was out of its mind.
    """
    if entry.known.reason:
        return
    count = 0
    for table in _PACKED:
        rows = entry.rows(table.name)
        try:
            rows.validate(full=True)
        except pa.ArrowException as error:
            raise ValueError("damaged rows") from error
        if any(rows.column(at).null_count for at in _REQUIRED[table.name]):
            raise ValueError("a value is missing")
        if rows.num_rows and pc.unique(rows["document_id"]).to_pylist() != [entry.known.sha256]:
            raise ValueError("rows of another document")
        if table.name == "documents" and rows.num_rows != 1:
            raise ValueError("not one document")
        count += rows.num_rows
    if count != entry.known.row_count:
        raise ValueError("another number of rows")


def make_known(
    tables: Mapping[str, pa.Table], sha256: str, suffix: str, byte_size: int, rules: Rules
) -> Known:
    """Return what is to be known of a document that gave rows."""
    row = tables["documents"].slice(0, 1).to_pylist()[0]
    return Known(
        sha256=sha256,
        suffix=suffix,
        byte_size=byte_size,
        rules=rules.of(ways_of(row["media_type"], row["text_layer"])),
        row_count=sum(tables[table.name].num_rows for table in _PACKED),
    )


def read_known(path: Path) -> Known | None:
    """Return the head of an entry; None where there is no whole one."""
    found = open_entry(path)
    return None if found is None else found.known


def entry_path(folder: Path, sha256: str) -> Path:
    """Return where the entry of a content lies."""
    return folder / sha256[:2] / f"{sha256}.entry"


def list_entries(folder: Path) -> Iterator[Path]:
    """Yield the files of all entries."""
    for below in sorted(folder.glob("*")):
        yield from sorted(below.glob("*.entry"))


def _parse_known(head: dict[str, Any]) -> Known:
    if set(head) != set(Known.__dataclass_fields__):
        raise ValueError("no head of an entry")
    for name in ("sha256", "suffix", "rules", "message"):
        require_words(head[name])
    if head["reason"] != "":
        require_reason(head["reason"])
    for name in ("byte_size", "row_count"):
        require_count(head[name])
    if head["sha256"] and not _SHA256.fullmatch(head["sha256"]):  # it becomes part of a path
        raise ValueError("no hash")
    return Known(**head)


def _parse_sizes(found: object) -> tuple[tuple[int, int], ...]:
    if not isinstance(found, list) or len(found) not in (0, len(_PACKED)):
        raise ValueError("not a batch for each table")
    if any(not isinstance(one, list) or len(one) != 2 for one in found):
        raise ValueError("no sizes")
    return tuple((require_count(here), require_count(plain)) for here, plain in found)


def _to_batch(table: pa.Table) -> bytes:
    """Return rows as one batch without its schema, which would be larger than most; none as b""."""
    if not table.num_rows:
        return b""
    [batch] = table.combine_chunks().to_batches()
    serialized: bytes = batch.serialize().to_pybytes()
    return serialized


def _squeeze(batch: bytes) -> bytes:
    """Return a batch as it is to be kept; what has the same size is taken for unpacked."""
    if len(batch) < _WORTH_PACKING:
        return batch
    squeezed: bytes = pa.compress(batch, codec=_CODEC, asbytes=True)
    return squeezed if len(squeezed) < len(batch) else batch
