"""What became of one document, as one file: written when it was read, gone when it is published.

An entry is a head in JSON, an Arrow stream for each table, and a SHA-256 over all of it. A run that
was stopped finds the entries of the documents that it had read; one that is damaged is no entry.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from pipelines.rules import Rules, ways_of
from pipelines.tables import DATASET

_MAGIC: Final = b"geomsan entry 1\n"
_SIZE: Final = 8
_DIGEST: Final = 32
_PACKED: Final = tuple(table for table in DATASET if table.name != "quarantine")
_SCHEMAS: Final = {table.name: table.schema for table in _PACKED}


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


def pack(known: Known, tables: Mapping[str, pa.Table] | None = None) -> bytes:
    """Return an entry as the bytes of its file."""
    streams = [] if tables is None else [_to_stream(tables[table.name]) for table in _PACKED]
    head = {name: getattr(known, name) for name in Known.__dataclass_fields__}
    head["sizes"] = [len(one) for one in streams]
    words = json.dumps(head).encode("ascii")
    body = b"".join([_MAGIC, len(words).to_bytes(_SIZE, "big"), words, *streams])
    return body + hashlib.sha256(body).digest()


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
    found = _open(path)
    return None if found is None else found[0]


def read_rows(path: Path, table: str) -> pa.Table | None:
    """Return the rows that an entry has of a table; None where it has none, or is damaged."""
    found = _open(path)
    if found is None or found[0].reason:
        return None
    _, sizes, streams = found
    at = list(_SCHEMAS).index(table)
    start = sum(sizes[:at])
    stream = pa.py_buffer(streams[start : start + sizes[at]])
    rows = pa.ipc.open_stream(stream).read_all()
    return pa.table(rows.columns, schema=_SCHEMAS[table])


def entry_path(folder: Path, sha256: str) -> Path:
    """Return where the entry of a content lies."""
    return folder / sha256[:2] / f"{sha256}.entry"


def list_entries(folder: Path) -> Iterator[Path]:
    """Yield the files of all entries."""
    for below in sorted(folder.glob("*")):
        yield from sorted(below.glob("*.entry"))


def _open(path: Path) -> tuple[Known, list[int], memoryview] | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body, digest = data[:-_DIGEST], data[-_DIGEST:]
    if not body.startswith(_MAGIC) or hashlib.sha256(body).digest() != digest:
        return None
    at = len(_MAGIC) + _SIZE
    end = at + int.from_bytes(body[len(_MAGIC) : at], "big")
    head: dict[str, Any] = json.loads(body[at:end])
    sizes = head.pop("sizes")
    return Known(**head), sizes, memoryview(body)[end:]


def _to_stream(table: pa.Table) -> bytes:
    """Return a table without the words on its columns, which are the same in every entry."""
    bare = pa.schema([pa.field(one.name, one.type, one.nullable) for one in table.schema])
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, bare, options=options) as writer:
        writer.write_table(pa.table(table.columns, schema=bare))
    return sink.getvalue()
