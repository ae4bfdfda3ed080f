"""The files that reports were read from, looked at again: only if they are still what they were."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.home import Home
from pipelines.origins import find_original


def unchanged_bytes(path: Path, sha256: str) -> bytes | None:
    """Return the bytes of a file; None where they are not those of the hash."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def original_lines(home: Home, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of a text report, given its row of `documents`; none where it is gone."""
    return lines_of(find_original(home, str(document["document_id"])), document)


def lines_of(path: Path | None, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of a text report whose file is at a path; none where it is not there."""
    if path is None or document["encoding"] is None:
        return ()
    data = unchanged_bytes(path, str(document["document_id"]))
    return (
        () if data is None else tuple(data.decode(str(document["encoding"]), "replace").split("\n"))
    )
