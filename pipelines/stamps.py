"""What files of stores were when they were last read through: unchanged ones are not fetched again.

A store tells a mark of the content, or at least when a file was written. Files of this machine are
hashed each time: their times are set back by copying and unpacking.
"""

import io
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.files import write_bytes
from pipelines.home import MAIN, Home
from pipelines.inputs import LARGEST, hash_local
from pipelines.reasons import RunError
from pipelines.sources import Source
from pipelines.stores import hash_object, open_store, refusals

_AT_ONCE: Final = 8
"""Files that are read through at the same time: a store answers late, but many at once."""
_BATCH: Final = 1000
_SCHEMA: Final = pa.schema([(name, pa.string()) for name in ("url", "stamp", "sha256")])


class Stamps:
    """The hash of each file of a store, by URL and stamp."""

    def __init__(self, home: Home, holder: str = MAIN) -> None:
        """Open what all runs in the output folder noted; `holder` is who notes now."""
        self._home = home
        self._path = home.stamps / f"{holder}.parquet"
        self._known: dict[tuple[str, str], str] = {}
        for path in sorted(home.stamps.glob("*.parquet")):
            self._known.update(_read(path))
        self._seen: dict[tuple[str, str], str] = {}

    def hash_all(self, sources: tuple[Source, ...]) -> Iterable[str | None]:
        """Yield the SHA-256 of each source in order, None where it cannot be read."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            stored = self._in_order(pool, (source for source in sources if source.url))
            for source in sources:
                yield next(stored) if source.url else hash_local(source)

    def _in_order(
        self, pool: ThreadPoolExecutor, sources: Iterable[Source]
    ) -> Iterator[str | None]:
        """Yield the hashes of files of stores; a batch at a time waits for the pool."""
        todo = iter(sources)
        while batch := list(islice(todo, _BATCH)):
            yield from pool.map(self._hash, batch)

    def forget(self, source: Source) -> None:
        """Read a file through again next time: it is not what its hash says."""
        self._seen.pop((source.url, source.stamp), None)

    def save(self, scratch: Path) -> None:
        """Keep what was seen; a whole run takes the place of what its parts noted.

        Raises:
            RunError: it cannot be written.
        """
        if self._seen or self._path.exists():
            write_bytes(self._path, _pack(self._seen), scratch)
        if self._path.stem == MAIN:
            for path in self._home.stamps.glob("*.parquet"):
                if path != self._path:
                    path.unlink()

    def _hash(self, source: Source) -> str | None:
        if (source.byte_size or 0) > LARGEST:
            return None
        key = (source.url, source.stamp)
        found = self._known.get(key) if source.stamp else None
        if found is None:
            try:
                store = open_store(source.url)
                found = hash_object(store, store.root)
            except refusals(RunError):
                return None
        if source.stamp:
            self._seen[key] = found
        return found


def _pack(seen: dict[tuple[str, str], str]) -> bytes:
    rows = [
        {"url": url, "stamp": stamp, "sha256": digest}
        for (url, stamp), digest in sorted(seen.items())
    ]
    sink = io.BytesIO()
    table = pa.Table.from_pylist(rows, schema=_SCHEMA)
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
    return sink.getvalue()


def _read(path: Path) -> dict[tuple[str, str], str]:
    try:
        rows = pq.read_table(path, page_checksum_verification=True).cast(_SCHEMA).to_pylist()
    except (OSError, ValueError):  # damaged: all is read through again
        return {}
    return {(row["url"], row["stamp"]): row["sha256"] for row in rows}
