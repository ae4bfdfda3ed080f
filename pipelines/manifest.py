"""The list of a version's files with their hashes: what `verify` and every reader compare with."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.files import hash_file
from pipelines.reasons import CORRUPT, SCHEMA, RunError, describe_problem
from pipelines.tables import CONTRACT_VERSION

MANIFEST: Final = "manifest.json"
READABLE: Final = (CONTRACT_VERSION,)
"""Contract versions whose datasets this program reads; the last one is what it writes."""

_COUNTED: Final = {"checks": "outcome", "findings": "severity", "quarantine": "reason"}
_SUMMED: Final = {"documents": ("page_count", "line_count")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a version."""

    path: str
    """Below the version's folder, with slashes."""
    table: str
    """The table it belongs to; empty for the description."""
    byte_size: int
    sha256: str
    rows: int
    counts: tuple[tuple[str, int], ...] = ()
    """What a summary shows of its rows, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All files of a version but the manifest itself, whose hash is in the folder's name."""

    contract: str
    bucket_count: int
    """Parts of each table but quarantine, by ranges of the document id."""
    parts: tuple[Part, ...]

    def of(self, table: str) -> tuple[Part, ...]:
        """Return the files of a table, in the order of their rows."""
        return tuple(part for part in self.parts if part.table == table)

    def to_text(self) -> str:
        """Return the manifest as its file holds it."""
        record = {
            "contract": self.contract,
            "bucket_count": self.bucket_count,
            "parts": [{**asdict(part), "counts": dict(part.counts)} for part in self.parts],
        }
        return json.dumps(record, ensure_ascii=False, indent=1) + "\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of its text: the content of the whole version in 64 digits."""
        return hashlib.sha256(self.to_text().encode()).hexdigest()

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return what a run's summary shows: sizes, checks by outcome, findings by severity."""
        totals: dict[str, Counter[str]] = {part.table: Counter() for part in self.parts}
        rows: Counter[str] = Counter()
        for part in self.parts:
            rows[part.table] += part.rows
            totals[part.table].update(dict(part.counts))
        sizes = [
            ("reports", rows["documents"]),
            ("pages", totals["documents"]["page_count"]),
            ("lines", totals["documents"]["line_count"]),
            ("tables", rows["tables"]),
            ("facts", rows["facts"]),
        ]
        kinds = [
            (f"{table} {name}", number)
            for table in _COUNTED
            for name, number in sorted(totals[table].items())
        ]
        return (*sizes, *kinds)


def describe_part(folder: Path, path: str, name: str = "", rows: pa.Table | None = None) -> Part:
    """Return the entry of a file that was just written, given the rows that it holds."""
    file = folder / path
    return Part(
        path=path,
        table=name,
        byte_size=file.stat().st_size,
        sha256=hash_file(file),
        rows=0 if rows is None else rows.num_rows,
        counts=() if rows is None else tuple(_counts(name, rows)),
    )


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a version, compared with the hash in the folder's name if it has one.

    Raises:
        RunError: it is gone, damaged, or of a contract that this program does not read.
    """
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
        record = json.loads(text)
        parts = tuple(_part(one) for one in record["parts"])
        found = Manifest(
            contract=record["contract"], bucket_count=record["bucket_count"], parts=parts
        )
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise RunError(describe_problem(CORRUPT, str(path), "damaged or gone")) from error
    if found.contract not in READABLE:
        words = (
            f"written under contract {found.contract}; this program reads {', '.join(READABLE)}: "
            "use the version that wrote it, or run again into a new folder"
        )
        raise RunError(describe_problem(SCHEMA, str(folder), words))
    if found.to_text() != text or not is_named_after(folder.resolve(), found.digest):
        raise RunError(describe_problem(CORRUPT, str(path), "damaged"))
    return found


def is_named_after(folder: Path, digest: str) -> bool:
    """Return whether a version's folder bears the digest; a copy elsewhere has its own name."""
    number, _, mark = folder.name.partition("-")
    return not (number.isdecimal() and mark) or digest.startswith(mark)


def is_whole(folder: Path, part: Part) -> bool:
    """Return whether a file is as the manifest says; asked again only when the file changed."""
    try:
        status = (folder / part.path).stat()
        if status.st_size != part.byte_size:
            return False
        return _hash_of(folder / part.path, status.st_mtime_ns, status.st_ino) == part.sha256
    except OSError:
        return False


@lru_cache(maxsize=4096)
def _hash_of(path: Path, changed: int, number: int) -> str:
    return hash_file(path)


def _part(record: dict[str, Any]) -> Part:
    return Part(**{**record, "counts": tuple(record["counts"].items())})


def _counts(table: str, rows: pa.Table) -> Iterable[tuple[str, int]]:
    if column := _COUNTED.get(table):
        counted = Counter(rows[column].to_pylist())
        yield from sorted(counted.items())
    for column in _SUMMED.get(table, ()):
        yield column, pc.sum(rows[column]).as_py() or 0
