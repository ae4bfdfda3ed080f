"""Arguments of a command to the files that are read, whatever the order in which they are given."""

import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from extract.errors import MissingDocument, NotRegularFile
from extract.options import ReadingLimits
from pipelines.files import hash_file
from pipelines.reasons import DUPLICATE, NO_INPUT
from pipelines.rows import Quarantined, clean_text
from pipelines.sources import REPORT_SUFFIXES, Source, is_foreign, may_be_report
from pipelines.stored_inputs import list_stored
from pipelines.stores import is_url, without_protocol

LARGEST: Final = ReadingLimits().file_bytes
"""Bytes of a file that is read through: a larger one would not be read."""
_STRAYED: Final = "a link that leads out of the folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the arguments came to."""

    sources: tuple[Source, ...]
    """Ordered by file name."""
    refused: tuple[Quarantined, ...]
    """Arguments that gave no file, and second copies of a content."""


def find_inputs(arguments: Iterable[str], skip: Path | None = None, skip_url: str = "") -> Inputs:
    """Return the files that the arguments name: files, folders with all below, patterns, URLs.

    In a folder every visible file counts, also of kinds that are not read: a report in another
    format must show up as quarantined, not be passed over. Hidden folders are left out, and so
    are `skip` and what lies below `skip_url` (the output). A link in a folder that leads out of it
    is refused: who may write there could show what only others may read. No file is opened.

    Raises:
        RunError: a store refuses.
    """
    sources: dict[str, Source] = {}  # by what cannot be two files
    refused: list[Quarantined] = []
    for argument in map(without_protocol, arguments):
        found = list_stored(argument, skip_url) if is_url(argument) else _list(argument, skip)
        strayed = [source for source in found if _leads_out(source, argument)]
        refused += (source.quarantined(NotRegularFile.reason, _STRAYED) for source in strayed)
        if found:
            kept = (source for source in found if source not in strayed)
            sources.update((_raw_place(source), source) for source in kept)
        else:
            refused.append(_nothing(argument))
    ordered = sorted(sources.values(), key=lambda one: (one.file_name, _raw_place(one)))
    return Inputs(sources=tuple(ordered), refused=tuple(refused))


def hash_inputs(
    inputs: Inputs, hash_all: Callable[[tuple[Source, ...]], Iterable[str | None]]
) -> Inputs:
    """Return the inputs with their hashes, each content once.

    Args:
        inputs: as `find_inputs` returned them.
        hash_all: gives the SHA-256 of each source in order, None where it cannot be read.
    """
    kept: list[Source] = []
    first: dict[str, Source] = {}
    copies: list[Quarantined] = []
    for bare, digest in zip(inputs.sources, hash_all(inputs.sources), strict=True):
        source = replace(bare, sha256=digest)
        original = first.setdefault(digest, source) if digest else source
        if original is source:
            kept.append(source)
        else:
            message = f"the same content as {original.file_name}"
            copies.append(source.quarantined(DUPLICATE, message))
    return Inputs(sources=tuple(kept), refused=(*inputs.refused, *copies))


def hash_local(source: Source) -> str | None:
    """Return the SHA-256 of a file of this machine, None where it will not be read."""
    # Reading a pipe or a device could wait for ever; the reader refuses them, and what is too
    # large, and says why.
    with suppress(OSError):
        status = source.path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST:
            return hash_file(source.path)
    return None


def _leads_out(source: Source, argument: str) -> bool:
    """Tell whether a file of a folder is a link to something that does not lie below it."""
    if source.url or not Path(argument).is_dir() or not source.path.is_symlink():
        return False
    target = Path(os.path.realpath(source.path))
    return target.exists() and not target.is_relative_to(os.path.realpath(argument))


def _raw_place(source: Source) -> str:
    return source.url or str(source.path)


def _list(argument: str, skip: Path | None) -> list[Source]:
    paths = [_spell_out(path) for path in _expand(argument)]
    if skip is not None:
        paths = [path for path in paths if not path.is_relative_to(skip.resolve())]
    return [_source(path) for path in paths]


def _expand(argument: str) -> list[Path]:
    path = Path(argument)
    if path.is_dir():
        return _files_below(path)
    if os.path.lexists(path):
        return [path]
    matches = glob.glob(argument, recursive=True)  # noqa: PTH207 (Path takes no absolute pattern)
    return [file for match in matches for file in _expand(match)]


def _spell_out(path: Path) -> Path:
    """Return the path under which a file counts once; a link keeps its own name."""
    return path.parent.resolve() / path.name


def _files_below(folder: Path) -> list[Path]:
    files = list(_walk(folder))
    if any(file.suffix.lower() in REPORT_SUFFIXES for file in files):
        return files
    return []


def _walk(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []

    def note(error: OSError) -> None:
        closed.append(Path(error.filename))

    for root, folders, names in os.walk(folder, onerror=note):
        # A folder called report.pdf is no report: its reader refuses it by name, like a pipe.
        yield from (Path(root) / name for name in (*names, *folders) if may_be_report(name))
        yield from (Path(root) / name for name in names if is_foreign(name))
        folders[:] = [name for name in folders if not name.startswith(".")]
    # So it does with a folder that may not be opened.
    yield from closed


def _nothing(argument: str) -> Quarantined:
    reason, message = MissingDocument.reason, "no such file"
    if is_url(argument):
        reason, message = NO_INPUT, "no reports there: no such file, folder or bucket"
    elif Path(argument).is_dir():
        reason, message = NO_INPUT, "the folder holds no reports"
    elif glob.has_magic(argument):
        reason, message = NO_INPUT, "no file matches the pattern"
    return Quarantined(
        file_name=clean_text(Path(argument).name or argument),
        sha256=None,
        byte_size=None,
        reason=reason,
        message=message,
    )


def _source(path: Path) -> Source:
    size = None
    with suppress(OSError):
        status = path.stat()
        size = status.st_size if stat.S_ISREG(status.st_mode) else None
    return Source(path=path, file_name=clean_text(path.name), byte_size=size)
