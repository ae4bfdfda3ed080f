"""What changed between two versions: reports, figures and findings that came, changed or went."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from pipelines.manifest import read_manifest
from pipelines.parts import bucket_of, part_path
from pipelines.published import read_table

Row: TypeAlias = Mapping[str, Any]
How = Literal["appeared", "changed", "went"]

_FACT_NAME: Final = (
    "measure", "label", "indicator", "funding_source", "basis", "period_label", "raw_unit",
)  # fmt: skip
_FACT_SAYS: Final = ("value", "value_unit", "raw")
_FINDING_NAME: Final = ("title_en",)
_FINDING_SAYS: Final = ("severity", "cause", "printed", "expected", "suggestion", "proven")
_DOCUMENT_SAYS: Final = (
    "document_id",
    "file_name",
    "title",
    "institution",
    "fiscal_year",
    "page_count",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not as it was."""

    table: str
    how: How
    file_name: str
    name: str
    """What it is called: the label of a figure, the title of a finding."""
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A report in the older version and the same report in the newer one; one may be missing."""

    old: Row | None
    new: Row | None

    @property
    def file_name(self) -> str:
        row = self.new or self.old
        return str(row["file_name"]) if row else ""


def compare(
    older: Path, newer: Path, tables: Sequence[str] = ("facts", "findings")
) -> Iterator[Difference]:
    """Yield what differs between two versions: reports first, then their figures and findings.

    A report is the same when its bytes are; else when its file has the name that only one report
    bears in each version. A figure is the same when label, indicator, measure, funding source,
    basis, period and unit are, the first with the first where several are called so.

    Raises:
        RunError: a version is damaged.
    """
    pairs = _pair(_documents(older), _documents(newer))
    for pair in pairs:
        yield from _report(pair)
    both = [pair for pair in pairs if pair.old and pair.new]
    for table, name, says in (
        ("facts", _FACT_NAME, _FACT_SAYS),
        ("findings", _FINDING_NAME, _FINDING_SAYS),
    ):
        if table in tables:
            yield from _rows(older, newer, table, _unlike(older, newer, table, both), name, says)


def _documents(version: Path) -> list[Row]:
    rows: list[Row] = read_table(version, "documents").to_pylist()
    return rows


def _pair(old: list[Row], new: list[Row]) -> list[_Pair]:
    by_id = {row["document_id"]: row for row in old}
    same = {row["document_id"] for row in new} & set(by_id)
    left = {row["file_name"]: row for row in old if row["document_id"] not in same}
    names = Counter(row["file_name"] for row in (*old, *new))
    pairs = []
    for row in new:
        partner = by_id.get(row["document_id"])
        if partner is None and names[row["file_name"]] == 2:
            partner = left.pop(row["file_name"], None)
        pairs.append(_Pair(old=partner, new=row))
    met = {pair.old["document_id"] for pair in pairs if pair.old}
    pairs += [_Pair(old=row, new=None) for row in old if row["document_id"] not in met]
    return sorted(pairs, key=lambda pair: pair.file_name)


def _report(pair: _Pair) -> Iterator[Difference]:
    before, after = _says(pair.old, _DOCUMENT_SAYS), _says(pair.new, _DOCUMENT_SAYS)
    if before != after:
        yield Difference(
            table="documents",
            how="changed" if before and after else "appeared" if after else "went",
            file_name=pair.file_name,
            name=pair.file_name,
            before=before,
            after=after,
        )


def _unlike(older: Path, newer: Path, table: str, pairs: Iterable[_Pair]) -> list[_Pair]:
    """Return the pairs whose rows may differ: not those that stand in one and the same file."""
    old, new = read_manifest(older), read_manifest(newer)
    same = {(part.path, part.sha256) for part in old.parts} & {
        (part.path, part.sha256) for part in new.parts
    }
    paths = {path for path, _ in same} if old.bucket_count == new.bucket_count else set()
    return [
        pair
        for pair in pairs
        if pair.old
        and part_path(table, bucket_of(pair.old["document_id"], old.bucket_count)) not in paths
    ]


def _rows(
    older: Path,
    newer: Path,
    table: str,
    pairs: list[_Pair],
    name: tuple[str, ...],
    says: tuple[str, ...],
) -> Iterator[Difference]:
    before = _by_document(older, table, [pair.old for pair in pairs], name)
    after = _by_document(newer, table, [pair.new for pair in pairs], name)
    for pair in pairs:
        old = before.get(pair.old["document_id"] if pair.old else "", {})
        new = after.get(pair.new["document_id"] if pair.new else "", {})
        for key in sorted({*old, *new}, key=str):
            there, here = _says(old.get(key), says), _says(new.get(key), says)
            if there != here:
                yield Difference(
                    table=table,
                    how="changed" if there and here else "appeared" if here else "went",
                    file_name=pair.file_name,
                    name=" · ".join(str(part) for part in key[:-1] if part not in (None, "")),
                    before=there,
                    after=here,
                )


def _by_document(
    version: Path, table: str, documents: Iterable[Row | None], name: tuple[str, ...]
) -> dict[str, dict[tuple[Hashable, ...], Row]]:
    ids = [row["document_id"] for row in documents if row]
    found: dict[str, dict[tuple[Hashable, ...], Row]] = defaultdict(dict)
    seen: Counter[tuple[Hashable, ...]] = Counter()
    for row in read_table(version, table, "document_id", ids).to_pylist():
        key = tuple(row[column] for column in name)
        seen[row["document_id"], key] += 1
        found[row["document_id"]][*key, seen[row["document_id"], key]] = row
    return found


def _says(row: Row | None, columns: tuple[str, ...]) -> str:
    if row is None:
        return ""
    return ", ".join(f"{column} {row[column]}" for column in columns if row[column] is not None)
