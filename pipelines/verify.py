"""Whether everything that was published is still as it was: every bit of every kept version."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.entries import list_entries, read_known
from pipelines.files import hash_file
from pipelines.home import Home
from pipelines.manifest import MANIFEST, Part, read_manifest
from pipelines.origins import is_origin_whole
from pipelines.reasons import CORRUPT, RunError

EXTRA: Final = "EXTRA"
GONE: Final = "GONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is not as it was published."""

    reason: str
    """CORRUPT: other bytes; GONE: not there; EXTRA: nobody published it."""
    path: str
    """Below the output folder."""
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a look at all files came to."""

    versions: int
    files: int
    faults: tuple[Fault, ...]


def verify(home: Home) -> Verified:
    """Compare all kept versions, and what stands ready to be published, with their hashes.

    Every file is read to its end, files that versions share once. What is damaged in the published
    version is read anew by the next run.
    """
    faults = list(_link(home))
    folders = sorted(home.versions.iterdir()) if home.versions.is_dir() else []
    hashes: dict[tuple[int, int], str] = {}
    files = 0
    for folder in folders:
        found = list(_version(folder, hashes))
        faults += found
        files += sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 0
    faults += _ours(home)
    shown = tuple(
        Fault(
            reason=one.reason,
            path=str(Path(one.path).relative_to(home.root)),
            message=one.message,
        )
        for one in faults
    )
    return Verified(versions=len(folders), files=files, faults=shown)


def _link(home: Home) -> Iterator[Fault]:
    if not home.dataset.is_symlink():
        yield Fault(reason=GONE, path=str(home.dataset), message="no version is published here")
    elif home.dataset.resolve().parent != home.versions.resolve():
        yield Fault(reason=CORRUPT, path=str(home.dataset), message="leads out of this folder")
    elif not (home.dataset / MANIFEST).is_file():
        yield Fault(reason=GONE, path=str(home.dataset), message="leads to no version")


def _version(folder: Path, hashes: dict[tuple[int, int], str]) -> Iterator[Fault]:
    if not folder.is_dir() or folder.is_symlink():
        yield Fault(reason=EXTRA, path=str(folder), message="no version")
        return
    if not (folder / MANIFEST).is_file():
        yield Fault(reason=GONE, path=str(folder / MANIFEST), message="not there")
        return
    try:
        manifest = read_manifest(folder)
    except RunError as error:
        reason, _, words = str(error).partition(" ")
        yield Fault(reason=reason, path=str(folder / MANIFEST), message=words.partition(": ")[2])
        return
    for part in manifest.parts:
        yield from _part(folder, part, hashes)
    known = {part.path for part in manifest.parts} | {MANIFEST}
    tables = {part.table for part in manifest.parts}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_folder_of_ours = path.is_dir() and not path.is_symlink() and name in tables
        if name not in known and not is_folder_of_ours:
            yield Fault(reason=EXTRA, path=str(path), message="nobody published it")


def _part(folder: Path, part: Part, hashes: dict[tuple[int, int], str]) -> Iterator[Fault]:
    path = folder / part.path
    try:
        status = path.lstat()
        key = (status.st_dev, status.st_ino)
        if key not in hashes:
            hashes[key] = hash_file(path)
    except OSError as error:
        words = error.strerror or "cannot be opened"
        yield Fault(reason=GONE, path=str(path), message=words)
        return
    if path.is_symlink() or hashes[key] != part.sha256:
        yield Fault(reason=CORRUPT, path=str(path), message="not the bytes that were published")


def _ours(home: Home) -> Iterator[Fault]:
    """Yield what is damaged of our own files; the next run does without."""
    words = "damaged; the next run reads again what it held"
    for path in sorted(home.origins.glob("*")):
        if not is_origin_whole(path):
            yield Fault(reason=CORRUPT, path=str(path), message=words)
    for path in list_entries(home.entries):
        if read_known(path) is None:
            yield Fault(reason=CORRUPT, path=str(path), message=words)
