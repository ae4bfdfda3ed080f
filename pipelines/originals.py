"""The files that reports were read from, looked at again: only if they are still what they were."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from normalize.personal.masking import mask_spans, mask_text
from normalize.personal.records import Span
from pipelines.home import Home
from pipelines.origins import find_original


def unchanged_bytes(path: Path, sha256: str) -> bytes | None:
    """Return the bytes of a file; None where they are not those of the hash."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def original_lines(
    home: Home, document: Mapping[str, Any], *, keep_personal: bool = False
) -> tuple[str, ...]:
    """Return the lines of a text report, given its row of `documents`; none where it is gone.

    Args:
        home: the output folder.
        document: the row; what it says to be masked is masked.
        keep_personal: leave the lines as they are printed.
    """
    path = find_original(home, str(document["document_id"]))
    return lines_of(path, {**document, "masked": None} if keep_personal else document)


def lines_of(path: Path | None, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of a text report whose file is at a path; none where it is not there."""
    if path is None or document["encoding"] is None:
        return ()
    data = unchanged_bytes(path, str(document["document_id"]))
    if data is None:
        return ()
    lines = data.decode(str(document["encoding"]), "replace").split("\n")
    return tuple(lines if document["masked"] is None else _masked(lines, document["masked"]))


def _masked(lines: Sequence[str], places: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield lines without what was masked in the dataset, and what else is seen to be personal."""
    spans: dict[int, list[Span]] = {}
    for place in places:
        if place["line_no"] is not None:
            span = Span(kind="name", start=place["char_start"], end=place["char_end"])
            spans.setdefault(place["line_no"], []).append(span)
    for number, line in enumerate(lines, 1):
        known = sorted(spans.get(number, ()), key=lambda span: span.start)
        yield mask_text(mask_spans(line, known))
