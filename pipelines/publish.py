"""What was read to a new version of the dataset: written beside the old one, checked, then shown.

A file whose documents, rules and columns are those of the version before is not written again but
linked. Where nothing changed there is no new version.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from normalize.personal.masking import is_masked_form
from pipelines.columns import Table
from pipelines.description import DESCRIPTION, describe_package
from pipelines.entries import Entry, entry_path, open_entry
from pipelines.files import link_or_copy, one_line_for_the_user
from pipelines.home import Home
from pipelines.manifest import MANIFEST, Manifest, Part, describe_part, is_whole, read_manifest
from pipelines.origins import NOTHING, Origin, Placed, read_origin, write_origin
from pipelines.parts import (
    bucket_in,
    bucket_of,
    by_bucket,
    count_buckets,
    gather,
    group_by_old,
    part_path,
    split,
    write_part,
)
from pipelines.reasons import CORRUPT, RunError, describe_problem
from pipelines.rows import Quarantined, quarantine_rows
from pipelines.rules import keep_personal
from pipelines.tables import CONTRACT_VERSION, DATASET
from pipelines.versions import (
    current_version,
    install,
    name_version,
    point_to,
    prune,
    require_ours,
)

Gate: TypeAlias = Callable[[Path, Manifest, tuple[int, ...]], None]
"""Looks at a version that is about to be published, some buckets of it new; raises RunError."""
Change: TypeAlias = Callable[[pa.Table, Callable[[str], bool]], pa.Table]
"""Gives the rows of a file as they should be, and is told which documents stand in that file."""

_REVISED: Final = " revised"
"""Stands behind what a file was made from when `revise` changed it."""

_QUARANTINE: Final = next(table for table in DATASET if table.name == "quarantine")
_BY_DOCUMENT: Final = tuple(table for table in DATASET if table is not _QUARANTINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The version that readers see, and what it was made of as far as it is still whole."""

    folder: Path | None = None
    manifest: Manifest | None = None
    origin: Origin = NOTHING
    by_path: Mapping[str, Part] = field(default_factory=dict)
    """Its files."""

    def part(self, path: str) -> Part | None:
        """Return a file of the version, None where it is not there or damaged."""
        found = self.by_path.get(path)
        return found if found and self.folder and is_whole(self.folder, found) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What publishing came to."""

    folder: Path
    manifest: Manifest
    is_new: bool
    """False where the published version was already this one."""
    written: int = 0
    """Files that were written; the others are those of the version before."""


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A version in the making."""

    home: Home
    old: Published
    fresh: Path
    placed: Mapping[str, Placed]
    """By hash, in its order."""
    bucket_count: int
    documents: Mapping[int, tuple[str, ...]]
    """Those that gave rows, by file."""
    made_from: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    written: int = 0


def open_published(home: Home) -> Published:
    """Return the published version; what is damaged in it counts as not there.

    Raises:
        RunError: it is of a contract that this program does not read, or someone else's.
    """
    require_ours(home)
    folder = current_version(home)
    if folder is None:
        return Published()
    try:
        manifest = read_manifest(folder)
    except RunError as error:
        if str(error).startswith(CORRUPT):
            return Published()
        raise
    origin = read_origin(home, folder.name)
    hurt = {
        bucket_in(part.path)
        for part in manifest.parts
        if part.table not in ("", "quarantine") and not is_whole(folder, part)
    }
    placed = tuple(
        one
        for one in origin.placed
        if one.known.reason or bucket_of(one.known.sha256, manifest.bucket_count) not in hurt
    )
    return Published(
        folder=folder,
        manifest=manifest,
        origin=Origin(placed=placed, made_from=origin.made_from),
        by_path={part.path: part for part in manifest.parts},
    )


def publish(
    home: Home,
    scratch: Path,
    old: Published,
    placed: Iterable[Placed],
    quarantined: Iterable[Quarantined],
    gate: Gate | None = None,
) -> Outcome:
    """Publish a dataset of exactly these contents and quarantined inputs.

    The rows of each content come from its entry, or else from `old`, the published version. `gate`
    is called with the version that is about to be published; when it raises, the old one stays.

    Raises:
        RunError: the output cannot be written, or rows of a content are nowhere.
    """
    with one_line_for_the_user(home.root):
        draft = _start(home, scratch, old, placed)
        _plan(draft)
        for bucket in range(draft.bucket_count):
            _fill(draft, bucket)
        _write_quarantine(draft, quarantined)
        outcome = _finish(draft, scratch, gate)
        for document in draft.placed:
            entry_path(home.entries, document).unlink(missing_ok=True)
    return outcome


def revise(
    home: Home,
    scratch: Path,
    changes: Mapping[str, Change],
    gate: Gate | None = None,
) -> Outcome:
    """Publish the present version with the rows of some tables changed.

    Raises:
        RunError: there is nothing to change, it is damaged, or the output cannot be written.
    """
    with one_line_for_the_user(home.root):
        old = open_published(home)
        if old.folder is None or old.manifest is None:
            raise RunError(describe_problem(CORRUPT, str(home.dataset), "gone or damaged"))
        draft = _start(home, scratch, old, old.origin.placed, old.manifest.bucket_count)
        draft.made_from.update(old.origin.made_from)
        for part in old.manifest.parts:
            if part.table in changes:
                _rewrite(draft, part, changes[part.table])
                draft.made_from[part.path] = (
                    old.origin.made_from.get(part.path, "").removesuffix(_REVISED) + _REVISED
                )
            elif part.table:
                _keep(draft, part)
        return _finish(draft, scratch, gate)


def _start(
    home: Home, scratch: Path, old: Published, placed: Iterable[Placed], count: int = 0
) -> _Draft:
    ordered = sorted(placed, key=lambda one: one.known.sha256)
    read = [one.known for one in ordered if not one.known.reason]
    count = count or count_buckets([one.row_count for one in read])
    fresh = scratch / "version"
    for table in DATASET:
        (fresh / table.name).mkdir(parents=True)
    return _Draft(
        home=home,
        old=old,
        fresh=fresh,
        placed={one.known.sha256: one for one in ordered},
        bucket_count=count,
        documents=by_bucket((one.sha256 for one in read), count),
    )


def _plan(draft: _Draft) -> None:
    """Note what each file is to be made from.

    Where all of it is as before, also what `revise` changed stays; else it goes everywhere, since
    it compared documents that may be gone.
    """
    for table in _BY_DOCUMENT:
        for bucket in range(draft.bucket_count):
            draft.made_from[part_path(table.name, bucket)] = _made_from(draft, table, bucket)
    before = draft.old.origin.made_from
    if draft.made_from == {path: one.removesuffix(_REVISED) for path, one in before.items()}:
        draft.made_from.update(before)


def _fill(draft: _Draft, bucket: int) -> None:
    """Write a file of each table, or take that of the old version."""
    entries: dict[str, Entry] | None = None  # opened once for all tables, and only if need be
    for table in _BY_DOCUMENT:
        path = part_path(table.name, bucket)
        old = draft.old.part(path)
        if old is not None and draft.old.origin.made_from.get(path) == draft.made_from[path]:
            _keep(draft, old)
            continue
        if entries is None:
            entries = _open_entries(draft, bucket)
        rows = _rows(draft, table, draft.documents[bucket], entries)
        _write(draft, path, table.name, rows, bucket)


def _open_entries(draft: _Draft, bucket: int) -> dict[str, Entry]:
    found = {
        document: open_entry(entry_path(draft.home.entries, document))
        for document in draft.documents[bucket]
    }
    return {one: entry for one, entry in found.items() if entry and not entry.known.reason}


def _made_from(draft: _Draft, table: Table, bucket: int) -> str:
    """Return a digest of all that decides on the bytes of a file."""
    wanted = [draft.placed[document] for document in draft.documents[bucket]]
    made_from = [
        str(table.schema),
        draft.bucket_count,
        *((one.known.sha256, one.known.suffix, one.known.rules) for one in wanted),
        *((one.file_name for one in wanted) if table.name == "documents" else ()),
    ]
    return hashlib.sha256(json.dumps(made_from).encode("ascii")).hexdigest()


def _rows(
    draft: _Draft, table: Table, documents: tuple[str, ...], entries: Mapping[str, Entry]
) -> pa.Table:
    found = {document: entry.rows(table.name) for document, entry in entries.items()}
    found |= _published_rows(draft, table, [one for one in documents if one not in found])
    rows = gather(table, [found[document] for document in documents if document in found])
    return _renamed(rows, draft) if table.name == "documents" else rows


def _published_rows(draft: _Draft, table: Table, documents: list[str]) -> dict[str, pa.Table]:
    """Return the rows of documents that were read for the old version."""
    found: dict[str, pa.Table] = {}
    if not documents:
        return found
    folder, manifest = draft.old.folder, draft.old.manifest
    count = manifest.bucket_count if manifest else 1
    for bucket, wanted in group_by_old(documents, count).items():
        path = part_path(table.name, bucket)
        if folder is None or draft.old.part(path) is None:
            words = "damaged or gone while it was needed; run again"
            raise RunError(describe_problem(CORRUPT, path, words))
        rows = pq.read_table(folder / path, page_checksum_verification=True).cast(table.schema)
        by_document = split(rows)
        found |= {one: by_document[one] for one in wanted if one in by_document}
    return found


def _renamed(rows: pa.Table, draft: _Draft) -> pa.Table:
    """Return the rows of `documents` with the names that the files have in this run.

    A name that differs by asterisks only was masked with what the report says of persons.
    """
    at = rows.schema.get_field_index("file_name")
    names = [
        read if is_masked_form(read, draft.placed[document].file_name)
        else draft.placed[document].file_name
        for document, read in zip(
            rows["document_id"].to_pylist(), rows["file_name"].to_pylist(), strict=True
        )
    ]  # fmt: skip
    now = pa.array(names, pa.string())
    return rows.set_column(at, rows.schema.field(at), now)


def _write_quarantine(draft: _Draft, quarantined: Iterable[Quarantined]) -> None:
    rows = pa.Table.from_pylist(quarantine_rows(quarantined), schema=_QUARANTINE.schema)
    _write(draft, part_path(_QUARANTINE.name, 0), _QUARANTINE.name, rows, 0)


def _rewrite(draft: _Draft, part: Part, change: Change) -> None:
    folder = draft.old.folder
    if folder is None or not is_whole(folder, part):
        raise RunError(describe_problem(CORRUPT, part.path, "damaged; run again to write it anew"))
    table = next(one for one in DATASET if one.name == part.table)
    rows = pq.read_table(folder / part.path, page_checksum_verification=True).cast(table.schema)
    bucket = bucket_in(part.path)
    changed = change(rows, lambda document: bucket_of(document, draft.bucket_count) == bucket)
    _write(draft, part.path, part.table, gather(table, [changed]), bucket)


def _write(draft: _Draft, path: str, table: str, rows: pa.Table, bucket: int) -> None:
    write_part(rows, draft.fresh / path)
    part = describe_part(draft.fresh, path, table, rows)
    old = draft.old.part(path)
    if old == part:
        (draft.fresh / path).unlink()
        _keep(draft, part)
        return
    draft.parts.append(part)
    draft.changed.add(bucket)
    draft.written += 1


def _keep(draft: _Draft, part: Part) -> None:
    if draft.old.folder is None or not is_whole(draft.old.folder, part):
        raise RunError(describe_problem(CORRUPT, part.path, "damaged; run again to write it anew"))
    link_or_copy(draft.old.folder / part.path, draft.fresh / part.path)
    draft.parts.append(part)


def _finish(draft: _Draft, scratch: Path, gate: Gate | None) -> Outcome:
    order = {table.name: at for at, table in enumerate(DATASET)}
    parts = tuple(sorted(draft.parts, key=lambda part: (order[part.table], part.path)))
    keeps_personal = any(keep_personal(one.known.rules) for one in draft.placed.values())
    words = describe_package(parts, keeps_personal=keeps_personal)
    (draft.fresh / DESCRIPTION).write_text(words, encoding="utf-8", newline="\n")
    manifest = Manifest(
        contract=CONTRACT_VERSION,
        bucket_count=draft.bucket_count,
        parts=(*parts, describe_part(draft.fresh, DESCRIPTION)),
    )
    origin = Origin(placed=tuple(draft.placed.values()), made_from=draft.made_from)
    old = draft.old
    if old.folder is not None and old.manifest == manifest and _is_whole(old):
        if origin != old.origin:
            write_origin(draft.home, old.folder.name, origin, scratch)
        return Outcome(folder=old.folder, manifest=manifest, is_new=False)
    (draft.fresh / MANIFEST).write_text(manifest.to_text(), encoding="utf-8", newline="\n")
    if gate is not None:
        gate(draft.fresh, manifest, tuple(sorted(draft.changed)))
    name = name_version(draft.home, manifest)
    write_origin(draft.home, name, origin, scratch)
    version = install(draft.home, draft.fresh, name)
    point_to(draft.home, version, scratch)
    prune(draft.home, scratch)
    return Outcome(folder=version, manifest=manifest, is_new=True, written=draft.written)


def _is_whole(old: Published) -> bool:
    return old.manifest is not None and all(
        old.part(part.path) is not None for part in old.manifest.parts
    )
