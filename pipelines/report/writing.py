"""START of the report: the pages over a published version, written anew only where it differs."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from pipelines.code_words import Language
from pipelines.files import write_bytes
from pipelines.home import Home
from pipelines.originals import lines_of
from pipelines.origins import read_origin
from pipelines.published import require_dataset
from pipelines.report.document import report_pages
from pipelines.report.figures import Source
from pipelines.report.front import FIRST_ROWS, Front, data_files, gather_front
from pipelines.report.front_view import dictionary_page, front_page, list_pages
from pipelines.report.layout import wanted_pages
from pipelines.report.pictures import Drawing, Pictures, drawing_of
from pipelines.report.rendering import TEMPLATES
from pipelines.report.shelf import Folio, Shelf

PicturePolicy = Literal["auto", "findings", "all", "none"]

_FEW_PAGES: Final = 400
"""Pages of all reports up to which every page with a table gets its picture, unasked."""
_ASSETS: Final = ("report.css", "report.js", "icon.svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """How the report is written."""

    language: Language = "ko"
    pictures: PicturePolicy = "auto"
    """Of which pages of PDFs there are pictures: auto takes all pages with tables where the reports
    have few pages together, and else those with findings."""
    workers: int = 1
    """Processes that draw; 0 draws in this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """What was written."""

    path: Path
    """The first page."""
    pages: int
    """Pages that were written now."""
    kept: int
    """Reports whose pages are as before."""
    byte_size: int
    """Of the whole report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What the writing of pages needs."""

    home: Home
    scratch: Path
    options: ReportOptions
    shelf: Shelf
    pictures: Pictures
    is_all: bool
    """Whether every page with a table gets a picture."""
    paths: Mapping[str, Path]
    """Where the files of the reports were found."""


def write_report(home: Home, scratch: Path, options: ReportOptions) -> WrittenReport:
    """Write the report over the published version; return what was written.

    Pages of reports whose rows, words and pictures are as before stay. The first page is replaced
    last, so that its links lead somewhere.

    Raises:
        RunError: there is no dataset, it is damaged, or the report cannot be written.
    """
    shelf = Shelf(require_dataset(home.root))
    front = gather_front(home, shelf, options.language)
    desk = _open(home, scratch, options, shelf, front)
    before, now = _read_marks(home), _marks(desk)
    changed = [bucket for bucket, mark in now.items() if before.get(bucket) != mark]
    written = sum(_write_documents(desk, changed))
    _drop_others(desk)
    _write_front(desk, front)
    kept = {"language": options.language, "pictures": options.pictures, "marks": now}
    write_bytes(_marks_path(home), json.dumps(kept).encode("ascii"), scratch, must_last=False)
    return WrittenReport(
        path=home.report / "index.html",
        pages=written,
        kept=0 if changed else len(shelf.documents),
        byte_size=sum(file.stat().st_size for file in home.report.rglob("*") if file.is_file()),
    )


def renew_report(home: Home, scratch: Path, workers: int) -> WrittenReport | None:
    """Write the report again as it was written last, after the dataset changed; None for none.

    Raises:
        RunError: as for `write_report`.
    """
    if not (home.report / "index.html").is_file():
        return None
    known = _read_kept(home)
    options = ReportOptions(
        language=known.get("language", "ko"),
        pictures=known.get("pictures", "auto"),
        workers=workers,
    )
    return write_report(home, scratch, options)


def _open(home: Home, scratch: Path, options: ReportOptions, shelf: Shelf, front: Front) -> _Desk:
    placed = read_origin(home, shelf.folder.name).placed
    few = front.totals.get("pages", 0) <= _FEW_PAGES
    return _Desk(
        home=home,
        scratch=scratch / "report",
        options=options,
        shelf=shelf,
        pictures=Pictures(home, scratch / "report"),
        is_all=options.pictures == "all" or (options.pictures == "auto" and few),
        paths={one.known.sha256: Path(one.path) for one in placed if "://" not in one.path},
    )


def _write_documents(desk: _Desk, buckets: Iterable[int]) -> Iterator[int]:
    """Write the pages of all reports in some buckets; yield how many each has."""
    waiting: dict[str, Folio] = {}
    written: list[int] = []

    def drawings() -> Iterator[Drawing]:
        for folio in desk.shelf.folios(buckets):
            drawing = _drawing(desk, folio)
            if drawing is not None and desk.pictures.lacks(drawing):
                waiting[folio.document_id] = folio
                yield drawing
            else:
                written.append(_write_pages(desk, folio))

    for done in desk.pictures.draw(drawings(), desk.options.workers):
        yield _write_pages(desk, waiting.pop(done.document_id))
    yield from written


def _drawing(desk: _Desk, folio: Folio) -> Drawing | None:
    """Return the pages of a report that are to be drawn; None where none are."""
    if desk.options.pictures == "none" or folio.document["page_count"] is None:
        return None
    path = desk.paths.get(folio.document_id)
    pages = wanted_pages(folio, is_all=desk.is_all)
    if path is None or not path.is_file() or not pages:
        return None
    return drawing_of(folio.document, path, pages)


def _write_pages(desk: _Desk, folio: Folio) -> int:
    source = desk.pictures.source(folio.document)
    if desk.options.pictures == "none":
        source = Source()
    if folio.document["encoding"] is not None:
        path = desk.paths.get(folio.document_id)
        source = Source(lines=lines_of(path, folio.document))
    count = 0
    folder = desk.home.report / "documents"
    for name, page in report_pages(folio, source, desk.options.language):
        write_bytes(folder / name, page, desk.scratch, must_last=False)
        count += 1
    return count


def _write_front(desk: _Desk, front: Front) -> None:
    root = desk.home.report
    names = ["index.html"]
    for asset in _ASSETS:
        data = (TEMPLATES / asset).read_bytes()
        write_bytes(root / "assets" / asset, data, desk.scratch, must_last=False)
    language = desk.options.language
    files = [*data_files(front), *list_pages(front, language)]
    files.append(("dictionary.html", dictionary_page(language)))
    for name, data in files:
        path = root / ("data" if name.endswith(".js") else "") / name
        names.append(path.relative_to(root).as_posix())
        write_bytes(path, data, desk.scratch, must_last=False)
    data_count = sum(name.endswith(".js") for name, _ in files)
    page = front_page(front, language, FIRST_ROWS, data_count)
    for file in (*root.glob("reports-*.html"), *root.glob("data/*.js")):
        if file.relative_to(root).as_posix() not in names:
            file.unlink()
    write_bytes(root / "index.html", page, desk.scratch, must_last=False)


def _drop_others(desk: _Desk) -> None:
    """Delete the pages and pictures of reports that are gone."""
    kept = {row["document_id"] for row in desk.shelf.documents}
    for file in (desk.home.report / "documents").glob("*.html"):
        if file.stem.partition("-")[0] not in kept:
            file.unlink()
    desk.pictures.drop_all_but(kept)
    shutil.rmtree(desk.scratch, ignore_errors=True)


def _marks(desk: _Desk) -> Mapping[int, str]:
    """Return for each bucket a digest of all that its pages are made of."""
    options = desk.options
    how = f"{options.language} {options.pictures} {desk.is_all} {_code()}"
    return {
        bucket: hashlib.sha256(f"{how} {mark}".encode()).hexdigest()
        for bucket, mark in desk.shelf.marks().items()
    }


@cache
def _code() -> str:
    """Return a digest of the code and templates of the report."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in (".py", ".j2", ".css", ".js"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _marks_path(home: Home) -> Path:
    return home.work / "report.json"


def _read_marks(home: Home) -> Mapping[int, str]:
    """Return the digests of the last report; none where it is gone or was made elsewhere."""
    if not (home.report / "index.html").is_file():
        return {}
    try:
        known = _read_kept(home).get("marks", {})
        return {int(bucket): str(mark) for bucket, mark in known.items()}
    except (ValueError, AttributeError):
        return {}


def _read_kept(home: Home) -> dict[str, Any]:
    """Return how the last report was written; nothing where that is not known."""
    try:
        known = json.loads(_marks_path(home).read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
