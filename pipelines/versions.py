"""The versions of the dataset that are kept, and the link that says which one is published."""

import os
import shutil
from pathlib import Path
from typing import Final

from pipelines.files import one_line_for_the_user, settle, settle_names
from pipelines.home import Home
from pipelines.ledger import find_run
from pipelines.manifest import MANIFEST, Manifest, read_manifest
from pipelines.origins import drop_origins
from pipelines.reasons import NO_VERSION, UNWRITABLE, RunError, describe_problem

KEPT_VERSIONS: Final = 7
_DESCRIPTION: Final = "datapackage.json"
_MARK: Final = 16


def current_version(home: Home) -> Path | None:
    """Return the folder of the published version, None where there is none.

    Resolve it once and read everything below it: the link may lead elsewhere a moment later.
    """
    return home.dataset.resolve() if (home.dataset / MANIFEST).is_file() else None


def list_versions(home: Home) -> tuple[Path, ...]:
    """Return the folders of the versions that are kept, oldest first."""
    if not home.versions.is_dir():
        return ()
    return tuple(sorted(one for one in home.versions.iterdir() if (one / MANIFEST).is_file()))


def require_ours(home: Home) -> None:
    """See to it that no folder of someone else stands where ours go.

    Raises:
        RunError: `dataset` is a folder that this program did not write.
    """
    target = home.dataset
    if target.is_symlink():
        is_ours = target.parent.resolve() in target.resolve().parents
    else:
        is_ours = (
            not target.is_dir() or (target / _DESCRIPTION).is_file() or not any(target.iterdir())
        )
    if not is_ours:
        words = "a folder that this program did not write; choose another output"
        raise RunError(describe_problem(UNWRITABLE, str(target), words))


def name_version(home: Home, manifest: Manifest) -> str:
    """Return the name of the next version: its number, and the start of its manifest's hash."""
    numbers = [int(one.name.partition("-")[0]) for one in list_versions(home)]
    return f"{max(numbers, default=0) + 1:06}-{manifest.digest[:_MARK]}"


def install(home: Home, fresh: Path, name: str) -> Path:
    """Move a finished version among the others, safe on the disk; it is not yet published."""
    settle(fresh)
    home.versions.mkdir(exist_ok=True)
    target = home.versions / name
    fresh.rename(target)
    settle_names(home.versions)
    return target


def point_to(home: Home, version: Path, scratch: Path) -> None:
    """Publish a version: from one moment to the next `dataset` leads to it."""
    link = scratch / "dataset"
    link.unlink(missing_ok=True)
    link.symlink_to(os.path.relpath(version, home.root))
    if home.dataset.is_dir() and not home.dataset.is_symlink():
        # What a program before this one wrote, which kept no versions.
        home.dataset.rename(scratch / "before")
    link.replace(home.dataset)
    settle_names(home.root)


def version_of_run(home: Home, run_id: str) -> Path:
    """Return the version that a run published or left published.

    Raises:
        RunError: there is no such run, it published nothing, or its version is no longer kept.
    """
    run = find_run(home, run_id)
    folder = home.versions / run.version
    if not run.version or not (folder / MANIFEST).is_file():
        words = "its version is no longer kept" if run.version else "it published nothing"
        raise RunError(describe_problem(NO_VERSION, run_id, words))
    return folder


def prune(home: Home, scratch: Path) -> None:
    """Delete all but the last versions; the published one stays, whatever its age."""
    published = current_version(home)
    others = [one for one in list_versions(home) if one != published]
    for folder in others[: max(0, len(others) - (KEPT_VERSIONS - 1))]:
        folder.rename(scratch / folder.name)  # a version is there as a whole, or not at all
        shutil.rmtree(scratch / folder.name, ignore_errors=True)
    drop_origins(home, [one.name for one in list_versions(home)])


def roll_back(home: Home, scratch: Path, to: str = "") -> Path:
    """Publish an older version again: the one named, or the one before the published one.

    Raises:
        RunError: there is no such version, it is damaged, or the folder cannot be written.
    """
    published = current_version(home)
    older = [one for one in list_versions(home) if published is None or one.name < published.name]
    wanted = [one for one in list_versions(home) if to and one.name.startswith(to)] if to else older
    if not wanted:
        words = f"no version {to} is kept" if to else "no older version is kept"
        raise RunError(describe_problem(NO_VERSION, str(home.root), words))
    read_manifest(wanted[-1])
    with one_line_for_the_user(home.root):
        point_to(home, wanted[-1], scratch)
    return wanted[-1]
