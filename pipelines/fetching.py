"""Reports of stores to files of this machine, a few ahead of those who read them.

A process that reads a report has no network; so its file is fetched before, outside of it.
"""

import errno
import re
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from extract.errors import TooLargeFile, UnreadableDocument
from pipelines.inputs import LARGEST
from pipelines.limits import Loss
from pipelines.reasons import RunError
from pipelines.sources import Source
from pipelines.stores import download, open_store, refusals

_AHEAD: Final = 4
_LONGEST_NAME: Final = 60
_CHANGED: Final = Loss(reason=UnreadableDocument.reason, message="it changed while it was read")
_NOT_GIVEN: Final = Loss(reason=UnreadableDocument.reason, message="the store does not give it")
_TOO_LARGE: Final = Loss(reason=TooLargeFile.reason, message=f"more than {LARGEST >> 20} MiB")


def fetched(
    sources: Iterable[Source], folder: Path, refuse: Callable[[Source, Loss], None]
) -> Iterator[Source]:
    """Yield each source with its file on this machine; `drop` that when it was read.

    `refuse` is told of those that cannot be had, are not what their hash says, or are too large.
    """
    with closing(_ahead(sources, folder)) as found:
        for source, loss in found:
            if loss is None:
                yield source
            else:
                refuse(source, loss)


def drop(source: Source) -> None:
    """Delete the file of a source that was fetched."""
    if source.url:
        shutil.rmtree(source.path.parent, ignore_errors=True)


def _ahead(
    sources: Iterable[Source], folder: Path
) -> Generator[tuple[Source, Loss | None], None, None]:
    """Yield in order what `_fetch` gives; files of this machine wait for nothing."""
    waiting: deque[Future[tuple[Source, Loss | None]]] = deque()
    with ThreadPoolExecutor(_AHEAD) as pool:
        for source in sources:
            if not source.url:
                yield source, None
                continue
            waiting.append(pool.submit(_fetch, source, folder))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _fetch(source: Source, folder: Path) -> tuple[Source, Loss | None]:
    if (source.byte_size or 0) > LARGEST:
        return source, _TOO_LARGE
    folder.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(dir=folder)) / _safe_name(source)
    loss = None
    try:
        store = open_store(source.url)
        if download(store, store.root, path, LARGEST) != source.sha256:
            loss = _CHANGED
    except refusals(RunError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:  # that is no fault of the file
            raise
        loss = _NOT_GIVEN
    if loss is None:
        return replace(source, path=path), None
    shutil.rmtree(path.parent, ignore_errors=True)
    return source, loss


def _safe_name(source: Source) -> str:
    """Return a name that is harmless here and ends as that of the file does."""
    name = re.sub(r"[^\w.\- ]", "_", source.url.rpartition("/")[2])[-_LONGEST_NAME:]
    return name if name.strip(".") else "document"
