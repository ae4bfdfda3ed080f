"""Outputs in stores: a command works on a copy of its own, which is pulled before and pushed after.

What readers of the store see is what `current.json` names. It is written last, so they see the old
version or the new one.
"""

import hashlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from pipelines.entries import entry_path, list_entries, read_known
from pipelines.files import hash_file, link_or_copy, one_line_for_the_user, write_bytes
from pipelines.home import MAIN, Home
from pipelines.lock import held
from pipelines.manifest import MANIFEST, Manifest, Part, is_whole, read_manifest
from pipelines.origins import read_origin
from pipelines.reasons import BUSY, CORRUPT, SCHEMA, RunError, describe_problem
from pipelines.store_lock import StoreLock, held_in_store, who_holds_in_store
from pipelines.stores import Store, is_url, one_line_for_the_store, open_store, without_protocol
from pipelines.versions import KEPT_VERSIONS, current_version, install, list_versions, point_to
from pipelines.versions import prune as prune_local

POINTER: Final = "current.json"
_VERSION: Final = re.compile(r"[0-9]{6,}-[0-9a-f]{16}")
_ORIGIN: Final = re.compile(r"[0-9a-f.-]+\.parquet")
_AT_ONCE: Final = 8
_WAIT_SECONDS: Final = 60
"""For another command on this machine that pulls the same."""
_READER: Final = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What the store publishes."""

    version: str
    """Name of its folder."""
    manifest: str
    """SHA-256 of the manifest in it."""
    origin: str
    """Name of the file that says what it was made of."""


@contextmanager
def working_copy(
    output: str, *, copies: Path, command: str = "", holder: str = MAIN, has_all: bool = False
) -> Iterator[Path]:
    """Give the folder to work in: the output itself, or a copy of what a store holds.

    Args:
        output: a folder, or the URL of one in a store.
        copies: folder of such copies; one that is not up to date is brought up to date.
        command: that changes the output; what it publishes is pushed when all went well. Empty for
            one that only reads.
        holder: which part of a run it is; parts do not wait for each other.
        has_all: whether the versions before the published one are needed, too.

    Raises:
        RunError: another run works there, the store refuses, or what it holds is damaged.
    """
    path = without_protocol(output)
    if not is_url(path):
        yield Path(path)
        return
    store = open_store(path)
    mark = hashlib.sha256(store.url.encode()).hexdigest()[:16]
    home = Home(copies / mark / (holder if command else _READER))
    with ExitStack() as left:
        lock = left.enter_context(held_in_store(store, command, holder)) if command else None
        _pull(store, home, has_entries=lock is not None and holder == MAIN)
        if has_all:
            _pull_older(store, home)
        yield home.root
        if lock is not None:
            _push(store, home, lock, is_whole_run=holder == MAIN)


@contextmanager
def mirror(output: str) -> Iterator[Path]:
    """Give the output, or an exact copy of all that a store holds of it, damage included.

    Raises:
        RunError: the store refuses.
    """
    path = without_protocol(output)
    if not is_url(path):
        yield Path(path)
        return
    store = open_store(path)
    with tempfile.TemporaryDirectory(prefix="geomsan-") as folder:
        home = Home(Path(folder) / "output")
        names = [*store.names_below("versions"), *store.names_below("work")]
        paths = [one for one in names if not one.startswith(("work/locks/", "work/clock/"))]
        _pull_files(store, home, paths, Path(folder) / "scratch")
        if (pointer := read_pointer(store)) is not None:
            home.versions.mkdir(parents=True, exist_ok=True)
            home.dataset.symlink_to(Path("versions") / pointer.version)
        yield home.root


def who_works(output: str) -> str:
    """Return who works on an output in a store, in words; empty where nobody does.

    Raises:
        RunError: the store refuses.
    """
    return who_holds_in_store(open_store(output), MAIN) if is_url(output) else ""


def read_pointer(store: Store) -> Pointer | None:
    """Return what the store publishes, None where it publishes nothing.

    Raises:
        RunError: the store refuses, or its pointer is damaged.
    """
    data = store.read(POINTER)
    if data is None:
        return None
    try:
        found = Pointer(**json.loads(data))
    except (ValueError, TypeError) as error:
        raise RunError(describe_problem(CORRUPT, f"{store.url}/{POINTER}", "damaged")) from error
    if not _VERSION.fullmatch(found.version) or not _ORIGIN.fullmatch(found.origin):
        raise RunError(describe_problem(CORRUPT, f"{store.url}/{POINTER}", "damaged"))
    return found


def _pull(store: Store, home: Home, has_entries: bool) -> None:
    """Bring the copy up to date; what it published and could not push yet is kept."""
    with ExitStack() as left:
        scratch = _hold_soon(left, home)
        pointer = read_pointer(store)
        if pointer is not None and not _goes_on_from(home, pointer):
            _pull_published(store, home, pointer, scratch)
        wanted = [*store.names_below("runs"), *store.names_below("work/stamps")]
        if has_entries:
            wanted += store.names_below("work/entries")
        _pull_files(store, home, _missing(home, wanted), scratch)


def _missing(home: Home, paths: Iterable[str]) -> list[str]:
    return [path for path in paths if not (home.root / path).exists()]


def _hold_soon(left: ExitStack, home: Home) -> Path:
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            return left.enter_context(held(home, "pull", "pull"))
        except RunError as error:
            if not str(error).startswith(BUSY) or time.monotonic() > until:
                raise
            time.sleep(0.1)


def _goes_on_from(home: Home, pointer: Pointer) -> bool:
    """Return whether the copy is the published version, or what was made from it here."""
    try:
        base = _base(home).read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    return base == pointer.version and current_version(home) is not None


def _base(home: Home) -> Path:
    return home.work / "base"


def _pull_older(store: Store, home: Home) -> None:
    names = store.names_below("versions")
    kept = [one.split("/")[1] for one in names if one.endswith(f"/{MANIFEST}")]
    with ExitStack() as left:
        scratch = _hold_soon(left, home)
        for version in kept:
            if not (home.versions / version / MANIFEST).is_file():
                _pull_version(store, home, version, scratch)
        origins = store.names_below("work/origins")
        _pull_files(
            store, home, [one for one in origins if not (home.root / one).exists()], scratch
        )


def _pull_published(store: Store, home: Home, pointer: Pointer, scratch: Path) -> None:
    folder = home.versions / pointer.version
    with one_line_for_the_user(home.root):
        if not _is_here(folder, pointer):
            if folder.exists():
                folder.rename(scratch / "damaged")
            manifest = _pull_version(store, home, pointer.version, scratch)
            if manifest.digest != pointer.manifest:
                raise RunError(describe_problem(CORRUPT, f"{store.url}/{POINTER}", "damaged"))
        _pull_files(store, home, [f"work/origins/{pointer.origin}"], scratch)
        point_to(home, folder, scratch)
        prune_local(home, scratch)
    write_bytes(_base(home), pointer.version.encode("ascii"), scratch)


def _is_here(folder: Path, pointer: Pointer) -> bool:
    """Return whether a version is here already, whole."""
    try:
        manifest = read_manifest(folder)
    except RunError:
        return False
    is_same = manifest.digest == pointer.manifest
    return is_same and all(is_whole(folder, part) for part in manifest.parts)


def _pull_version(store: Store, home: Home, version: str, scratch: Path) -> Manifest:
    """Copy a version here, each of its files compared with its hash.

    Raises:
        RunError: it is damaged, or cannot be written.
    """
    fresh = scratch / version
    with one_line_for_the_user(home.root):
        fresh.mkdir()
        path = f"versions/{version}/{MANIFEST}"
        (fresh / MANIFEST).write_bytes(store.read(path) or b"")
        try:
            manifest = read_manifest(fresh)
        except RunError as error:
            if str(error).startswith(SCHEMA):
                raise
            words = "damaged or gone in the store"
            raise RunError(describe_problem(CORRUPT, f"{store.url}/{path}", words)) from error
        if not all(_is_inside(part.path) for part in manifest.parts):
            raise RunError(describe_problem(CORRUPT, f"{store.url}/{path}", "names other folders"))
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(partial(_pull_part, store, home, version, fresh), manifest.parts))
        install(home, fresh, version)
    return manifest


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts


def _pull_part(store: Store, home: Home, version: str, fresh: Path, part: Part) -> None:
    target = fresh / part.path
    target.parent.mkdir(parents=True, exist_ok=True)
    for older in reversed(list_versions(home)):
        if is_whole(older, part):
            link_or_copy(older / part.path, target)
            return
    with one_line_for_the_store(store.url):
        store.files.get_file(store.name(f"versions/{version}/{part.path}"), str(target))
    if hash_file(target) != part.sha256:
        words = "damaged in the store; run again into a new folder"
        raise RunError(describe_problem(CORRUPT, f"{store.url}/{part.path}", words))


def _pull_files(store: Store, home: Home, paths: Iterable[str], scratch: Path) -> None:
    """Copy files of the store to the same place here, each as a whole."""

    def pull(path: str) -> None:
        data = store.read(path) if _is_inside(path) else None
        if data is not None:
            write_bytes(home.root / path, data, scratch / hashlib.sha256(path.encode()).hexdigest())

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(pull, paths))


def _push(store: Store, home: Home, lock: StoreLock, is_whole_run: bool) -> None:
    """Bring the store up to date: files, then what they were made of, then the pointer."""
    there = set(store.names_below("runs"))
    ours = [home.root / path for path in _paths(home, home.runs.glob("*.jsonl")) - there]
    ours += home.stamps.glob("*.parquet")
    if not is_whole_run:
        ours += _unpublished(home)
    _push_files(store, home, sorted(_paths(home, ours)))
    version = current_version(home)
    if is_whole_run and version is not None:
        _publish(store, home, version, lock)


def _paths(home: Home, files: Iterable[Path]) -> set[str]:
    return {path.relative_to(home.root).as_posix() for path in files}


def _unpublished(home: Home) -> Iterator[Path]:
    """Yield the entries of a part that its last run has not published yet; the others go."""
    version = current_version(home)
    placed = read_origin(home, version.name).placed if version else ()
    published = {one.known for one in placed}
    for path in list_entries(home.entries):
        if read_known(path) in published:
            path.unlink()
        else:
            yield path


def _publish(store: Store, home: Home, version: Path, lock: StoreLock) -> None:
    before, manifest = read_pointer(store), read_manifest(version)
    origin = next(iter(sorted(home.origins.glob(f"{version.name}.*.parquet"))))
    pointer = Pointer(version=version.name, manifest=manifest.digest, origin=origin.name)
    if pointer != before:
        _push_version(store, home, version, manifest, before)
        _push_files(store, home, [f"work/origins/{origin.name}"])
        lock.require()
        store.write(POINTER, json.dumps(asdict(pointer)).encode("ascii"))
    base = home.scratch("pull")
    write_bytes(_base(home), version.name.encode("ascii"), base)
    shutil.rmtree(base, ignore_errors=True)
    _prune(store, home, pointer)


def _push_version(
    store: Store, home: Home, version: Path, manifest: Manifest, before: Pointer | None
) -> None:
    """Send a version's files; those of the version before are copied by the store itself."""
    old: set[Part] = set()
    if before is not None and (home.versions / before.version / MANIFEST).is_file():
        old = set(read_manifest(home.versions / before.version).parts)

    def push(part: Part) -> None:
        name = store.name(f"versions/{version.name}/{part.path}")
        with one_line_for_the_store(store.url):
            if before is not None and part in old:
                there = store.name(f"versions/{before.version}/{part.path}")
                if there != name:
                    store.files.cp_file(there, name)
            else:
                store.files.put_file(str(version / part.path), name)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(push, manifest.parts))
    _push_files(store, home, [f"versions/{version.name}/{MANIFEST}"])


def _push_files(store: Store, home: Home, paths: Iterable[str]) -> None:
    def push(path: str) -> None:
        store.write(path, (home.root / path).read_bytes())

    with ThreadPoolExecutor(_AT_ONCE) as pool, one_line_for_the_user(home.root):
        list(pool.map(push, paths))


def _prune(store: Store, home: Home, pointer: Pointer) -> None:
    """Delete old versions, what is known of them, and entries that are published now."""
    names = store.names_below("versions")
    whole = sorted(one.split("/")[1] for one in names if one.endswith(f"/{MANIFEST}"))
    kept = {*whole[-KEPT_VERSIONS:], pointer.version}
    gone = [one for one in names if one.split("/")[1] not in kept]
    for path in store.names_below("work/origins"):
        version = path.rpartition("/")[2].partition(".")[0]
        is_older = version == pointer.version and not path.endswith(pointer.origin)
        if version not in kept or is_older:
            gone.append(path)
    placed = {one.known.sha256 for one in read_origin(home, pointer.version).placed}
    for path in store.names_below("work/entries"):
        digest = PurePosixPath(path).stem
        if digest in placed and not entry_path(home.entries, digest).exists():
            gone.append(path)
    stamps = [path for path in store.names_below("work/stamps") if not (home.root / path).exists()]
    with one_line_for_the_store(store.url):
        for path in (*gone, *stamps):
            store.files.rm_file(store.name(path))
