"""Files in stores: what fsspec reaches by an URL, with refusals told in one line."""

import hashlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pipelines.reasons import STORE, RunError, describe_problem

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LOCAL: Final = re.compile(r"(file|local)://", re.IGNORECASE)
_EXTRAS: Final = {"s3": "s3", "s3a": "s3"}
"""What must be installed with geomsan for a kind of store."""
_BLOCK: Final = 4 << 20
_MARKS: Final = ("ETag", "etag", "md5Hash", "content_md5", "generation")
_TIMES: Final = ("LastModified", "last_modified", "mtime", "updated", "created")


@dataclass(frozen=True, slots=True)
class Store:
    """A place in a store, and the file system that reaches it."""

    files: Any
    """The file system of fsspec; its names have neither protocol nor a slash at the end."""
    root: str
    """What the URL names."""
    url: str

    def name(self, path: str) -> str:
        """Return what the file system calls a path below the place."""
        return f"{self.root}/{path}"

    def url_of(self, name: str) -> str:
        """Return the URL of a file as the file system calls it."""
        return str(self.files.unstrip_protocol(name))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file below the place, None where there is none.

        Raises:
            RunError: the store refuses.
        """
        with one_line_for_the_store(self.url):
            try:
                found: bytes = self.files.cat_file(self.name(path))
            except FileNotFoundError:
                return None
            return found

    def write(self, path: str, data: bytes) -> None:
        """Write a file below the place as a whole.

        Raises:
            RunError: the store refuses.
        """
        with one_line_for_the_store(self.url):
            self.files.pipe_file(self.name(path), data)

    def names_below(self, path: str) -> tuple[str, ...]:
        """Return the paths of all files below a folder of the place, from the place on, in order.

        Raises:
            RunError: the store refuses.
        """
        with one_line_for_the_store(self.url):
            names = self.files.find(self.name(path))
        return tuple(sorted(str(name)[len(self.root) + 1 :] for name in names))


def is_url(words: str) -> bool:
    """Return whether an argument names something in a store.

    Examples:
        >>> is_url("s3://bucket/folder"), is_url("file:///srv/reports"), is_url("C:/reports")
        (True, False, False)
    """
    return bool(_URL.match(words)) and not _LOCAL.match(words)


def without_protocol(words: str) -> str:
    """Return the path that an URL of this machine means; a path as it is.

    Examples:
        >>> without_protocol("file:///srv/reports"), without_protocol("reports")
        ('/srv/reports', 'reports')
    """
    found = _LOCAL.match(words)
    return words[found.end() :] if found else words


def open_store(url: str) -> Store:
    """Return the place that an URL names; nothing is asked of the store yet.

    Raises:
        RunError: there is no such kind of store, or what reaches it is not installed.
    """
    import fsspec  # slow to import

    kind = url.partition("://")[0].lower()
    try:
        system = fsspec.get_filesystem_class(kind)
        # What others write meanwhile must be seen.
        files = system(**system._get_kwargs_from_urls(url), use_listings_cache=False)
    except ImportError as error:
        extra = _EXTRAS.get(kind)
        words = f"`pip install 'geomsan[{extra}]'` first" if extra else str(error)
        raise RunError(describe_problem(STORE, url, words)) from error
    except (ValueError, TypeError) as error:
        words = f"no store is reached by {kind}://"
        raise RunError(describe_problem(STORE, url, words)) from error
    root = str(files._strip_protocol(url)).rstrip("/")
    return Store(files, root, url.rstrip("/"))


@contextmanager
def one_line_for_the_store(url: str) -> Iterator[None]:
    """Turn what a store refuses into one line that names the URL and the cause.

    Raises:
        RunError: the store cannot be reached, or refuses.
    """
    try:
        yield
    except refusals() as error:
        words = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise RunError(describe_problem(STORE, url, words)) from error


def refusals(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return the errors by which a store refuses, of the system and of its library, and others."""
    found: list[type[Exception]] = [OSError, ValueError, *others]
    for module, name in (
        ("botocore.exceptions", "BotoCoreError"),
        ("botocore.exceptions", "ClientError"),
        ("aiohttp", "ClientError"),
    ):
        if module in sys.modules:
            found.append(getattr(sys.modules[module], name))
    return tuple(found)


def stamp_of(details: dict[str, Any]) -> str:
    """Return what a store says of a file's state: it changes whenever the file is written.

    Empty where the store tells neither a mark of the content nor a time.
    """
    said = [str(details[name]) for name in _MARKS if details.get(name)]
    said += [_show_time(details[name]) for name in _TIMES if details.get(name)]
    return " ".join((*said, str(details.get("size")))) if said else ""


def hash_object(store: Store, name: str) -> str:
    """Return the SHA-256 of a file in a store, hex.

    Raises:
        OSError, or what else `refusals` names: it cannot be read.
    """
    digest = hashlib.sha256()
    with store.files.open(name, "rb", block_size=_BLOCK) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def download(store: Store, name: str, target: Path, most: int) -> str:
    """Write a file of a store to this machine; return its SHA-256, hex.

    Raises:
        OSError, or what else `refusals` names: it cannot be read or written.
        ValueError: it has more than `most` bytes.
    """
    digest, size = hashlib.sha256(), 0
    with store.files.open(name, "rb", block_size=_BLOCK) as file, target.open("wb") as written:
        while block := file.read(_BLOCK):
            size += len(block)
            if size > most:
                raise ValueError(f"more than {most} bytes")
            digest.update(block)
            written.write(block)
    return digest.hexdigest()


def _show_time(moment: object) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat()
    return str(moment)
