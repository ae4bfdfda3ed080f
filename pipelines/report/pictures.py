"""Pictures of pages, drawn in confined processes: a page may be as hostile as any other input."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

from extract.records import Place
from pipelines.files import write_bytes
from pipelines.home import Home
from pipelines.limits import DEFAULT_LIMITS, Loss
from pipelines.report.figures import Source
from pipelines.report.layout import place_of
from pipelines.report.shelf import Row
from pipelines.workers import Wire, map_in_processes

SCALE: Final = 1.6
"""Pixels to the point: small print can be read, a page takes some 60 KB."""
_QUALITY: Final = 60
_INDEX: Final = "index.json"
_HEAD: Final = 8
_LARGEST: Final = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Pages of a file that are to be drawn."""

    document_id: str
    path: Path
    pages: tuple[int, ...]
    masked: tuple[Place, ...] | None
    """Where personal data was masked in the report; None where it is kept."""


def drawing_of(document: Row, path: Path, pages: Iterable[int]) -> Drawing:
    """Return what is to be drawn of a report, given its row of `documents`."""
    masked = document["masked"]
    return Drawing(
        document_id=document["document_id"],
        path=path,
        pages=tuple(pages),
        masked=None if masked is None else tuple(place_of(one) for one in masked),
    )


def draw_pages(drawing: Drawing) -> bytes:
    """Return pictures of pages, packed: a JSON head with sizes in points, then the WebP files.

    A page that cannot be drawn is left out.
    """
    from extract.errors import DocumentError
    from extract.reading.picture import draw_page
    from pipelines.personal_boxes import masked_boxes

    data = drawing.path.read_bytes()
    pages: dict[int, tuple[float, float, int]] = {}
    body = b""
    for page in drawing.pages:
        try:
            covered = masked_boxes(drawing.masked, data, page)
            image = draw_page(data, page, SCALE, covered)
        except DocumentError:
            continue
        sink = io.BytesIO()
        image.save(sink, format="WEBP", quality=_QUALITY)
        drawn = sink.getvalue()
        pages[page] = (round(image.width / SCALE, 2), round(image.height / SCALE, 2), len(drawn))
        body += drawn
    head = json.dumps(pages).encode("ascii")
    return len(head).to_bytes(_HEAD, "big") + head + body


class Pictures:
    """The pictures of a report's pages: those that are there, and those that are drawn now."""

    def __init__(self, home: Home, scratch: Path) -> None:
        """Open the folder of pictures; `scratch` is for files in the making."""
        self.folder = home.report / "pages"
        self.scratch = scratch

    def source(self, document: Row) -> Source:
        """Return the sizes of the pages of which there are pictures, given a row of `documents`."""
        return Source(sizes=self._sizes(document["document_id"], document["masked"] is None))

    def draw(self, drawings: Iterable[Drawing], workers: int) -> Iterator[Drawing]:
        """Yield each drawing when its pictures are there; a file that ends its process has none."""
        if workers == 0:
            for drawing in drawings:
                self._keep(drawing, draw_pages(self._left(drawing)))
                yield drawing
            return
        waiting = iter(drawings)
        for first in waiting:  # no process is started where nothing is to be drawn
            yield from self._draw(chain((first,), waiting), workers)

    def _draw(self, drawings: Iterable[Drawing], workers: int) -> Iterator[Drawing]:
        for spent in map_in_processes(
            draw_pages,
            map(self._left, drawings),
            wire=_WIRE,
            workers=workers,
            lost=_nothing,
            limits=DEFAULT_LIMITS,
            scratch=self.scratch / "drawing",
        ):
            self._keep(spent.item, spent.result)
            yield spent.item

    def lacks(self, drawing: Drawing) -> bool:
        """Return whether a page of a drawing has no picture yet."""
        return bool(self._left(drawing).pages)

    def drop_all_but(self, kept: Iterable[str]) -> None:
        """Delete the pictures of reports that are no longer in the dataset."""
        names = set(kept)
        for folder in self.folder.glob("*"):
            if folder.name not in names:
                for file in folder.glob("*"):
                    file.unlink()
                folder.rmdir()

    def _left(self, drawing: Drawing) -> Drawing:
        sizes = self._sizes(drawing.document_id, drawing.masked is None)
        return replace(drawing, pages=tuple(one for one in drawing.pages if one not in sizes))

    def _sizes(self, document_id: str, keeps_personal: bool) -> dict[int, tuple[float, float]]:
        """Return what is there; pictures that show more or less of persons do not count."""
        try:
            known = json.loads((self.folder / document_id / _INDEX).read_bytes())
            if known["keeps_personal"] != keeps_personal:
                return {}
            return {int(page): (size[0], size[1]) for page, size in known["pages"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {}

    def _keep(self, drawing: Drawing, packed: bytes) -> None:
        keeps_personal = drawing.masked is None
        sizes = self._sizes(drawing.document_id, keeps_personal)
        folder = self.folder / drawing.document_id
        for page, size, drawn in _unpacked(packed):
            if page in drawing.pages:
                write_bytes(folder / f"{page}.webp", drawn, self.scratch, must_last=False)
                sizes[page] = size
        if sizes:
            index = {"keeps_personal": keeps_personal, "pages": dict(sorted(sizes.items()))}
            words = json.dumps(index).encode("ascii")
            write_bytes(folder / _INDEX, words, self.scratch, must_last=False)


def _unpacked(packed: bytes) -> Iterator[tuple[int, tuple[float, float], bytes]]:
    """Yield what `draw_pages` packed.

    Raises:
        ValueError: it did not pack this.
    """
    end = _HEAD + int.from_bytes(packed[:_HEAD], "big")
    head = json.loads(packed[_HEAD:end] or b"{}")
    if not isinstance(head, dict):
        raise ValueError("no table of pages")
    at = end
    for page, told in head.items():
        width, height, size = (_checked(one) for one in told)
        drawn = packed[at : at + int(size)]
        if len(drawn) != size or not drawn.startswith(b"RIFF"):
            raise ValueError("no picture")
        yield int(page), (width, height), drawn
        at += int(size)


def _checked(number: object) -> float:
    if not isinstance(number, int | float) or not 0 < number < _LARGEST:
        raise ValueError("no size")
    return number


def _decode(drawing: Drawing, sent: memoryview) -> bytes:
    """Return what a process drew; it may have been taken over by the file, so all is checked."""
    packed = bytes(sent)
    if not packed:
        return packed
    try:
        pages = [page for page, _, _ in _unpacked(packed)]
    except TypeError as error:
        raise ValueError("no pictures") from error
    if not set(pages) <= set(drawing.pages):
        raise ValueError("pages that nobody asked for")
    return packed


def _nothing(drawing: Drawing, loss: Loss) -> bytes:
    return b""


_WIRE: Final = Wire(encode=bytes, decode=_decode)
