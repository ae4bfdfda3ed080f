"""Arguments of a command to the files that are read, whatever the order in which they are given."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extract.errors import MissingDocument
from pipelines.files import hash_file
from pipelines.reasons import DUPLICATE, NO_INPUT
from pipelines.rows import Quarantined, clean_text

REPORT_SUFFIXES: Final = frozenset({".pdf", ".txt", ".md", ".tsv", ".csv", ".hwp", ".hwpx", ""})
"""Endings of files that may be reports; a folder without any of them holds no reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that is to be read."""

    path: Path
    file_name: str
    sha256: str | None
    """None where the file cannot be opened: its reader will say why."""
    byte_size: int | None

    @property
    def suffix(self) -> str:
        """The ending of its name in small letters, which tells the media type of a text."""
        return self.path.suffix.lower()

    def quarantined(self, reason: str, message: str) -> Quarantined:
        """Return the quarantine row of this file; the machine's paths stay out of it."""
        words = clean_text(message).replace(str(self.path), self.file_name)
        return Quarantined(
            file_name=self.file_name,
            sha256=self.sha256,
            byte_size=self.byte_size,
            reason=reason,
            message=" ".join(words.split()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the arguments came to."""

    sources: tuple[Source, ...]
    """Each content once, ordered by file name."""
    refused: tuple[Quarantined, ...]
    """Arguments that gave no file, and second copies of a content."""


def find_inputs(
    arguments: Iterable[str], skip: Path | None = None, is_hashed: bool = True
) -> Inputs:
    """Return the files that the arguments name: files, folders with all below, glob patterns.

    In a folder every visible file counts, also of kinds that are not read: a report in another
    format must show up as quarantined, not be passed over. Hidden folders are left out, and so
    is `skip` (the output). Without hashes copies are not told from originals.
    """
    paths: set[Path] = set()
    refused: list[Quarantined] = []
    for argument in arguments:
        found = [_spell_out(path) for path in _expand(argument)]
        if skip is not None:
            found = [path for path in found if not path.is_relative_to(skip.resolve())]
        if found:
            paths.update(found)
        else:
            refused.append(_nothing(argument))
    described = (_source(path, is_hashed) for path in paths)
    sources = sorted(described, key=lambda one: (one.file_name, str(one.path)))
    return _without_copies(sources, refused)


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
        yield from (Path(root) / name for name in (*names, *folders) if _may_be_report(name))
        yield from (Path(root) / name for name in names if _is_foreign(name))
        folders[:] = [name for name in folders if not name.startswith(".")]
    # So it does with a folder that may not be opened.
    yield from closed


def _may_be_report(name: str) -> bool:
    """Return whether the name ends like that of a report; a hidden report is one all the same."""
    return Path(name).suffix.lower() in REPORT_SUFFIXES - {""}


def _is_foreign(name: str) -> bool:
    return not name.startswith(".") and not _may_be_report(name)


def _nothing(argument: str) -> Quarantined:
    reason, message = MissingDocument.reason, "no such file"
    if Path(argument).is_dir():
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


def _source(path: Path, is_hashed: bool) -> Source:
    size, digest = None, None
    # Reading a pipe or a device could wait for ever; the reader refuses them, and says why.
    with suppress(OSError):
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            size = status.st_size
            digest = hash_file(path) if is_hashed else None
    return Source(path=path, file_name=clean_text(path.name), sha256=digest, byte_size=size)


def _without_copies(sources: Iterable[Source], refused: Iterable[Quarantined]) -> Inputs:
    kept: list[Source] = []
    first: dict[str, Source] = {}
    copies: list[Quarantined] = []
    for source in sources:
        original = first.setdefault(source.sha256, source) if source.sha256 else source
        if original is source:
            kept.append(source)
        else:
            message = f"the same content as {original.file_name}"
            copies.append(source.quarantined(DUPLICATE, message))
    return Inputs(sources=tuple(kept), refused=(*refused, *copies))
