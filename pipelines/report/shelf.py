"""The rows of a published version, one report after the other."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa

from normalize.records import Fact
from pipelines.facts_again import fact_of, find_facts
from pipelines.manifest import Manifest, read_manifest
from pipelines.parts import bucket_in, bucket_of, split
from pipelines.published import read_table

Row: TypeAlias = Mapping[str, Any]
"""A row of the dataset, by column name."""

_OPEN_BUCKETS: Final = 4
_SHORT: Final = 12
"""Digits of a document's id with which the ids of its tables, facts and checks begin."""
_OF_A_REPORT: Final = ("tables", "cells", "facts", "budgets", "targets", "checks", "findings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """What the dataset holds of one report."""

    document: Row
    tables: tuple[Row, ...]
    cells: Mapping[str, tuple[Row, ...]]
    """By table."""
    facts: Mapping[str, Fact]
    """By id; also those of other reports that its checks compare with its own."""
    elsewhere: Mapping[str, Row]
    """The documents of such facts, by the start of their ids."""
    budgets: tuple[Row, ...]
    targets: tuple[Row, ...]
    checks: tuple[Row, ...]
    findings: tuple[Row, ...]

    @property
    def document_id(self) -> str:
        """The SHA-256 of the file."""
        return str(self.document["document_id"])


class Shelf:
    """A version of the dataset, opened for reading report by report."""

    def __init__(self, folder: Path) -> None:
        """Open a version; `folder` is that of `require_dataset`.

        Raises:
            RunError: its manifest is damaged.
        """
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self._buckets: OrderedDict[int, Mapping[str, Mapping[str, pa.Table]]] = OrderedDict()

    @cached_property
    def documents(self) -> tuple[Row, ...]:
        """Every report in the order of the dataset."""
        return self.all_of("documents")

    def all_of(self, table: str) -> tuple[Row, ...]:
        """Return every row of a table.

        Raises:
            RunError: a file is damaged.
        """
        return _rows(read_table(self.folder, table))

    def marks(self) -> Mapping[int, str]:
        """Return for each bucket the hashes of its files: equal where its reports are the same."""
        found: dict[int, list[str]] = defaultdict(list)
        for part in self.manifest.parts:
            if part.table in (*_OF_A_REPORT, "documents"):
                found[bucket_in(part.path)].append(part.sha256)
        return {bucket: " ".join(sorted(hashes)) for bucket, hashes in found.items()}

    def folios(self, buckets: Iterable[int]) -> Iterator[Folio]:
        """Yield the reports of some buckets.

        Raises:
            RunError: a file is damaged.
        """
        wanted = set(buckets)
        count = self.manifest.bucket_count
        by_bucket: dict[int, list[Row]] = defaultdict(list)
        for row in self.documents:
            by_bucket[bucket_of(row["document_id"], count)].append(row)
        for bucket in sorted(wanted & set(by_bucket)):
            yield from self._of(by_bucket[bucket], bucket)

    def folio(self, document_id: str) -> Folio | None:
        """Return one report, None where the version does not hold it."""
        rows = [row for row in self.documents if row["document_id"] == document_id]
        bucket = bucket_of(document_id, self.manifest.bucket_count) if rows else 0
        return next(self._of(rows, bucket), None) if rows else None

    def _bucket(self, number: int) -> Mapping[str, Mapping[str, pa.Table]]:
        """Return the rows of a bucket by table and document; the last few stay in memory."""
        if number not in self._buckets:
            self._buckets[number] = {
                name: split(read_table(self.folder, name, bucket=number)) for name in _OF_A_REPORT
            }
            if len(self._buckets) > _OPEN_BUCKETS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(number)
        return self._buckets[number]

    def _of(self, documents: list[Row], bucket: int) -> Iterator[Folio]:
        found = self._bucket(bucket)
        for row in documents:
            own = {name: _rows(found[name].get(row["document_id"])) for name in _OF_A_REPORT}
            cells: dict[str, list[Row]] = defaultdict(list)
            for cell in own["cells"]:
                cells[cell["table_id"]].append(cell)
            facts = {fact["fact_id"]: fact_of(fact) for fact in own["facts"]}
            foreign = self._foreign(own["checks"], facts)
            yield Folio(
                document=row,
                tables=own["tables"],
                cells={table: tuple(rows) for table, rows in cells.items()},
                facts={**facts, **foreign},
                elsewhere=self._documents_of(foreign),
                budgets=own["budgets"],
                targets=own["targets"],
                checks=own["checks"],
                findings=tuple(sorted(own["findings"], key=lambda one: one["rank"])),
            )

    def _foreign(self, checks: Iterable[Row], own: Mapping[str, Fact]) -> Mapping[str, Fact]:
        """Return the facts of other reports that checks name: `geomsan audit` compares years."""
        named = {cell["fact_id"] for check in checks for cell in check["cells"]} - {None}
        wanted = named - own.keys()
        return find_facts(self.folder, sorted(wanted)) if wanted else {}

    def _documents_of(self, facts: Mapping[str, Fact]) -> Mapping[str, Row]:
        ids = {fact.document_id for fact in facts.values()}
        rows = (row for row in self.documents if row["document_id"] in ids) if ids else ()
        return {row["document_id"][:_SHORT]: row for row in rows}


def _rows(table: pa.Table | None) -> tuple[Row, ...]:
    return () if table is None else tuple(table.to_pylist())
