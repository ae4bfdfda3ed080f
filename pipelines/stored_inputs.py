"""The reports that an URL names in a store, listed without opening any of them."""

import glob
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.rows import clean_text
from pipelines.sources import REPORT_SUFFIXES, Source, is_foreign, may_be_report
from pipelines.stores import Store, is_url, one_line_for_the_store, open_store, stamp_of


def list_stored(url: str, skip_url: str = "") -> list[Source]:
    """Return the files that an URL names: one file, a folder with all below, or a pattern.

    What counts in a folder is what counts in one of this machine; nothing below `skip_url` does.

    Raises:
        RunError: the store cannot be reached, or refuses.
    """
    store = open_store(url)
    with one_line_for_the_store(url):
        found = {str(details["name"]): details for details in _find(store)}
    sources = [_source(store, name, details) for name, details in sorted(found.items())]
    if not is_url(skip_url):
        return sources
    output = open_store(skip_url)
    below = f"{output.url_of(output.root)}/"
    return [one for one in sources if not f"{one.url}/".startswith(below)]


def _find(store: Store) -> Iterator[dict[str, Any]]:
    details = _details(store, store.root)
    if details is not None:
        yield from _expand(store, details)
    elif glob.has_magic(store.root):
        literal = set(store.root.split("/"))
        for name, match in sorted(store.files.glob(store.root, detail=True).items()):
            # `*` means no hidden file here either.
            if all(not part.startswith(".") or part in literal for part in name.split("/")):
                yield from _expand(store, match)


def _details(store: Store, name: str) -> dict[str, Any] | None:
    try:
        details: dict[str, Any] = store.files.info(name)
    except FileNotFoundError:
        return None
    return details


def _expand(store: Store, details: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if details["type"] != "directory":
        yield details
        return
    folder = str(details["name"]).rstrip("/")
    below = store.files.find(folder, detail=True).items()
    files = [one for name, one in sorted(below) if _counts(str(name)[len(folder) + 1 :], one)]
    if any(Path(one["name"]).suffix.lower() in REPORT_SUFFIXES for one in files):
        yield from files


def _counts(path: str, details: dict[str, Any]) -> bool:
    *folders, name = path.split("/")
    is_file = details["type"] == "file" and name != ""
    is_hidden = any(folder.startswith(".") for folder in folders)
    return is_file and not is_hidden and (may_be_report(name) or is_foreign(name))


def _source(store: Store, name: str, details: dict[str, Any]) -> Source:
    url = store.url_of(name)
    return Source(
        path=Path(url),
        file_name=clean_text(name.rpartition("/")[2]),
        byte_size=details.get("size"),
        url=url,
        stamp=stamp_of(details),
    )
