"""The review server: pages of findings, decisions, corrections. START of the review."""

import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, quote

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from pipelines.code_words import Language
from pipelines.home import Home
from pipelines.originals import lines_of, unchanged_bytes
from pipelines.reasons import RunError
from pipelines.report.figures import Source
from pipelines.report.layout import pages_of
from pipelines.report.pictures import Pictures, drawing_of
from pipelines.report.rendering import TEMPLATES, environment
from pipelines.review.book import STATES, Entry, ReviewBook
from pipelines.review.decided import decided
from pipelines.review.decisions import Action, Decision, Stale, cell_subject
from pipelines.review.filters import choices, position, wanted_of
from pipelines.review.guard import Guard, Session, clean_name
from pipelines.review.page import open_finding
from pipelines.review.publishing import Publisher
from pipelines.workbook.books import Wish, write_books

_ROWS: Final = 100
_LARGEST_FORM: Final = 64 * 1024
_LONGEST_NOTE: Final = 4_000
_LONGEST_CELL: Final = 500
_TYPES: Final = {
    "report.css": "text/css",
    "review.css": "text/css",
    "review.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RULINGS: Final[Mapping[str, Action]] = {"accept": "accept", "reject": "reject", "note": "note"}


class _Review:
    """The pages, over one output folder."""

    def __init__(self, home: Home, language: Language) -> None:
        self.home = home
        self.language = language
        self.book = ReviewBook(home, language)
        self.publisher = Publisher(home)
        self._ahead = ThreadPoolExecutor(1)

    def list(self, request: Request) -> Response:
        """Show the findings that fit the filter."""
        self.book.refresh()
        wanted = wanted_of(request.query_params)
        entries = self.book.entries()
        found = [entry for entry in entries if wanted.fits(entry)]
        start = _number(request.query_params.get("from", "0"))
        return self._page(
            request,
            "review_list.html.j2",
            wanted=wanted,
            choices=choices(entries),
            states=STATES,
            found=found[start : start + _ROWS],
            start=start,
            step=_ROWS,
            total=len(found),
            counts={state: sum(one.state == state for one in entries) for state in STATES},
            all_total=len(entries),
            left=self.book.left(),
            publisher=self.publisher,
        )

    def finding(
        self, request: Request, finding_id: str, message: str = "", code: int = 200
    ) -> Response:
        """Show one finding with its table, to decide."""
        self.book.refresh()
        entry = self.book.entry(finding_id)
        if entry is None:
            raise HTTPException(404)
        shown = open_finding(self.book, entry, self._source(entry), self.language)
        if shown is None:
            raise HTTPException(404)
        wanted = wanted_of(request.query_params)
        found = [one for one in self.book.entries() if wanted.fits(one) or one == entry]
        at = position(found, finding_id)
        self._open_ahead(at.next_open or at.after)
        return self._page(
            request,
            "review_finding.html.j2",
            code=code,
            page=shown,
            wanted=wanted,
            position=at,
            message=message,
        )

    def _open_ahead(self, finding_id: str) -> None:
        """Open the report of the next finding while a person looks at this one."""
        entry = self.book.entry(finding_id)
        if entry is not None:
            self._ahead.submit(self.book.folio, entry.line.document_id)

    def decide(self, request: Request, finding_id: str, form: Mapping[str, str]) -> Response:
        """Add a decision on a finding; 409 where somebody else was faster."""
        self.book.refresh()
        entry = self.book.entry(finding_id)
        action = _RULINGS.get(form.get("action", ""))
        if entry is None or action is None:
            raise HTTPException(404 if entry is None else 400)
        note = form.get("note", "").strip()[:_LONGEST_NOTE]
        if action == "note" and not note:
            return self._go(finding_id, form)
        decision = Decision(
            who=_session(request).who,
            action=action,
            document_id=entry.line.document_id,
            file_name=entry.line.file_name,
            subject=entry.subject,
            finding_id=finding_id,
            title=entry.line.title,
            old_value="" if entry.standing.decision is None else entry.state,
            new_value="" if action == "note" else action,
            note=note,
            dataset=self.book.version,
        )
        return self._add(request, decision, form, is_step=action != "note")

    def correct(self, request: Request, finding_id: str, form: Mapping[str, str]) -> Response:
        """Add what a person reads in a cell."""
        self.book.refresh()
        entry = self.book.entry(finding_id)
        folio = self.book.folio(entry.line.document_id) if entry else None
        parts = form.get("cell", "").rsplit(":", 3)
        if entry is None or folio is None or len(parts) != 4:
            raise HTTPException(400)
        table_id, row, col, seen = parts[0], _number(parts[1]), _number(parts[2]), parts[3]
        cells = folio.cells.get(table_id, ())
        cell = next((one for one in cells if (one["row"], one["col"]) == (row, col)), None)
        if cell is None:
            raise HTTPException(404)
        decision = Decision(
            who=_session(request).who,
            action="correct",
            document_id=entry.line.document_id,
            file_name=entry.line.file_name,
            subject=cell_subject(table_id, row, col),
            finding_id=finding_id,
            title=entry.line.title,
            old_value=cell["text"],
            new_value=form.get("text", "").strip()[:_LONGEST_CELL],
            note=form.get("note", "").strip()[:_LONGEST_NOTE],
            dataset=self.book.version,
        )
        return self._add(request, decision, {**form, "seen": seen})

    def undo(self, request: Request, finding_id: str, form: Mapping[str, str]) -> Response:
        """Take back the last decision on a finding or a cell of it."""
        self.book.refresh()
        entry = self.book.entry(finding_id)
        if entry is None:
            raise HTTPException(404)
        subject = form.get("subject", "") or entry.subject
        standing = self.book.standing(entry.line.document_id, subject)
        last = standing.decision or (standing.notes[-1] if standing.notes else None)
        if last is None:
            return self._go(finding_id, form)
        decision = replace(
            last,
            who=_session(request).who,
            action="undo",
            old_value=last.new_value,
            new_value="",
            note="",
            finding_id=finding_id,
            dataset=self.book.version,
            undoes=last.number,
            number=0,
            time="",
        )
        return self._add(request, decision, {**form, "seen": form.get("seen", str(standing.last))})

    def picture(self, document_id: str, name: str) -> Response:
        """Give the picture of a page that was drawn."""
        page = _number(name.removesuffix(".webp"))
        self.book.refresh()
        file = self._pictures().folder / document_id / f"{page}.webp"
        if self.book.folio(document_id) is None or not file.is_file():
            raise HTTPException(404)
        return Response(file.read_bytes(), media_type="image/webp")

    def workbook(self, request: Request) -> Response:
        """Give the findings that fit the filter as a workbook, with what people decided."""
        self.book.refresh()
        wanted = wanted_of(request.query_params)
        only = frozenset(one.line.finding_id for one in self.book.entries() if wanted.fits(one))
        rows = self.book.shelf.all_of("findings")
        wish = Wish(language=self.language, only=only, decided=decided(self.home, rows))
        with tempfile.TemporaryDirectory() as folder:
            first = next(iter(write_books(self.book.shelf.folder, Path(folder), wish)))
            data = first.read_bytes()
        name = {"Content-Disposition": 'attachment; filename="findings.xlsx"'}
        return Response(data, media_type=_WORKBOOK, headers=name)

    def asset(self, name: str) -> Response:
        """Give a style sheet or script of ours."""
        if name not in _TYPES:
            raise HTTPException(404)
        kept = {"Cache-Control": "private, max-age=300"}
        return Response((TEMPLATES / name).read_bytes(), media_type=_TYPES[name], headers=kept)

    def _pictures(self) -> Pictures:
        return Pictures(self.home, self.home.scratch("review"))

    def _source(self, entry: Entry) -> Source:
        """Return what is at hand of the printed report; missing pages are drawn now."""
        document_id = entry.line.document_id
        folio = self.book.folio(document_id)
        if folio is None:
            return Source()
        if folio.document["encoding"] is not None:
            return Source(lines=lines_of(self.book.paths.get(document_id), folio.document))
        pictures, path = self._pictures(), self.book.paths.get(document_id)
        wanted = (row for row in folio.findings if row["finding_id"] == entry.line.finding_id)
        pages = tuple(sorted({page for row in wanted for page in pages_of(row["cells"])}))
        if path is not None and unchanged_bytes(path, document_id) is not None:
            drawing = drawing_of(folio.document, path, pages)
            if pictures.lacks(drawing):
                list(pictures.draw([drawing], workers=1))
        return pictures.source(folio.document)

    def _add(
        self,
        request: Request,
        decision: Decision,
        form: Mapping[str, str],
        *,
        is_step: bool = False,
    ) -> Response:
        try:
            self.book.log.add(decision, _number(form.get("seen", "0")))
        except Stale:
            return self.finding(request, decision.finding_id, message="stale", code=409)
        return self._go(decision.finding_id, form, is_step=is_step)

    def _go(self, finding_id: str, form: Mapping[str, str], *, is_step: bool = False) -> Response:
        """Show the finding again, or the next one where the form says so."""
        wanted = wanted_of(
            {k: v[0] for k, v in parse_qs(form.get("query", "").lstrip("?")).items()}
        )
        target = form.get("next", "") if is_step else ""
        if target and self.book.entry(target) is None:
            target = ""
        address = f"/findings/{quote(target or finding_id)}{wanted.query}"
        return RedirectResponse(address, status_code=303)

    def _page(self, request: Request, name: str, code: int = 200, **context: Any) -> Response:
        session = _session(request)
        text = (
            environment(self.language)
            .get_template(name)
            .render(
                nonce=request.state.nonce, session=session, version=self.book.version, **context
            )
        )
        return Response(text, status_code=code, media_type="text/html")


def create_app(home: Home, language: Language, *, port: int, token: str, name: str) -> Guard:
    """Return the server over an output folder.

    Args:
        home: the output folder.
        language: of the pages.
        port: on which it will listen; requests for another host are refused.
        token: that the first request of a browser must carry.
        name: under which people decide who give no other.

    Raises:
        RunError: there is no dataset.
    """
    review = _Review(home, language)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    _add_pages(app, review)
    _add_changes(app, review)
    return Guard(app, port=port, token=token, name=name)


def _add_pages(app: FastAPI, review: _Review) -> None:
    """Add what only shows."""

    @app.exception_handler(RunError)
    async def told(_: Request, error: RunError) -> Response:
        return Response(str(error), status_code=503, media_type="text/plain")

    @app.get("/")
    async def start() -> Response:
        return RedirectResponse("/findings", status_code=303)

    @app.get("/findings")
    def findings(request: Request) -> Response:
        return review.list(request)

    @app.get("/findings/{finding_id}")
    def finding(request: Request, finding_id: str) -> Response:
        return review.finding(request, finding_id)

    @app.get("/pictures/{document_id}/{name}")
    def picture(document_id: str, name: str) -> Response:
        return review.picture(document_id, name)

    @app.get("/export.xlsx")
    def workbook(request: Request) -> Response:
        return review.workbook(request)

    @app.get("/assets/{name}")
    def asset(name: str) -> Response:
        return review.asset(name)


def _add_changes(app: FastAPI, review: _Review) -> None:
    """Add what changes something: each asks for the session's form token."""

    @app.post("/findings/{finding_id}/{what}")
    async def change(request: Request, finding_id: str, what: str) -> Response:
        work = {"decision": review.decide, "cell": review.correct, "undo": review.undo}.get(what)
        if work is None:
            raise HTTPException(404)
        form = await _form(request)
        return await run_in_threadpool(partial(work, request, finding_id, form))

    @app.post("/who")
    async def who(request: Request) -> Response:
        form = await _form(request)
        session = _session(request)
        session.who = clean_name(form.get("name", "")) or session.who
        return RedirectResponse("/findings", status_code=303)

    @app.post("/publish")
    async def publish(request: Request) -> Response:
        await _form(request)
        review.publisher.start()
        return RedirectResponse("/findings", status_code=303)


def _session(request: Request) -> Session:
    session: Session = request.state.session
    return session


async def _form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form that one of our pages sent.

    Raises:
        HTTPException: 403 without the session's form token, 413 for a form that is too large.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM:
            raise HTTPException(413)
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    form = {name: values[-1] for name, values in fields.items()}
    if form.get("form_token") != _session(request).form_token:
        raise HTTPException(403)
    return form


def _number(words: str) -> int:
    if not words.isascii() or not words.isdecimal() or len(words) > 9:
        raise HTTPException(400)
    return int(words)
