"""A hand-made report, its audit and a folder of text reports, for the tests of the pipeline."""

import hashlib
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.records import Cell, Document, Line, Place, Run, TableGrid, TablePart
from normalize.records import (
    Event,
    Fact,
    LabelledCell,
    Measure,
    Period,
    Profile,
    Report,
    TableReading,
    Unit,
)
from pipelines import examine
from pipelines.entries import entry_path, make_known, pack
from pipelines.files import hash_file, write_bytes
from pipelines.home import Home
from pipelines.lock import held
from pipelines.origins import Placed
from pipelines.publish import Gate, Outcome, open_published, publish
from pipelines.rules import Rules
from pipelines.stores import open_store
from validate.records import Audit, CellRef, Check, Finding

RULES = Rules(engine="auto", limits="none")
ROWS = (("구분", "예산"), ("시설비", "100"), ("운영비", "250"), ("합계", "340"))
YEAR = Period(start=date(2021, 1, 1), end=date(2021, 12, 31), label="2021년")


def document_of(text: str, name: str = "report.txt") -> Document:
    data = text.encode()
    return Document(
        document_id=hashlib.sha256(data).hexdigest(),
        file_name=name,
        media_type="text/plain",
        byte_size=len(data),
        blocks=tuple(
            Line(
                run=Run(
                    text=line,
                    place=Place(line_no=number, char_start=0, char_end=len(line)),
                )
            )
            for number, line in enumerate(text.split("\n"), 1)
            if line
        ),
        line_count=text.count("\n") + 1,
        encoding="utf-8",
    )


def _line_place(row: int, col: int) -> Place:
    start = 0 if col == 0 else 10
    return Place(line_no=row + 1, char_start=start, char_end=start + len(ROWS[row][col]))


def _grid() -> TableGrid:
    cells = [
        Cell(row=r, col=c, runs=(Run(text=text, place=_line_place(r, c)),), place=_line_place(r, c))
        for r, row in enumerate(ROWS)
        for c, text in enumerate(row)
    ]
    return TableGrid(
        cells=tuple(cells),
        row_count=4,
        column_count=2,
        engine="tabbed",
        place=_line_place(0, 0),
        line_last=4,
        caption=Run(text="사업비", place=_line_place(0, 0)),
        parts=(
            TablePart(page=1, x0=1.00001, y0=2, x1=3, y1=4, row_first=0, row_last=1),
            TablePart(page=2, x0=1, y0=2, x1=3, y1=4, row_first=2, row_last=3),
        ),
    )


def report_of(document: Document) -> Report:
    table_id = f"{document.document_id}:t0"
    cells = tuple(
        LabelledCell(
            row=cell.row,
            col=cell.col,
            row_span=1,
            col_span=1,
            role="header" if cell.row == 0 else "stub" if cell.col == 0 else "data",
            text=cell.text,
            row_path=(ROWS[cell.row][0],),
            col_path=(ROWS[0][cell.col],),
            place=cell.place,
        )
        for cell in _grid().cells
    )
    facts = tuple(
        Fact(
            fact_id=f"{document.document_id}:f{row}",
            document_id=document.document_id,
            table_id=table_id,
            row=row,
            col=1,
            measure="budget",
            label=ROWS[row][0],
            indicator="예산",
            period=YEAR,
            raw=ROWS[row][1],
            value=Decimal(ROWS[row][1]) * 1000,
            value_unit="won",
            multiplier=Decimal(1000),
            place=_line_place(row, 1),
        )
        for row in (1, 2, 3)
    )
    return Report(
        document=document,
        profile=Profile(title="보고서", region_name="한빛구", fiscal_year=2021),
        tables=(
            TableReading(
                table_id=table_id,
                ordinal=0,
                grid=_grid(),
                kind="budget",
                unit=Unit(name="won", multiplier=Decimal(1000), printed="천원"),
                header_row_count=1,
                stub_column_count=1,
                cells=cells,
            ),
        ),
        facts=(*facts, *_counts(document.document_id)),
        events=(
            Event(
                table_id=None,
                raw_date="2021년",
                start=date(2021, 1, 1),
                end=date(2021, 12, 31),
                precision="year",
                role="period",
                status="done",
                description="사업 기간",
                place=Place(line_no=1, char_start=0, char_end=5),
            ),
        ),
    )


def _counts(document_id: str) -> tuple[Fact, ...]:
    counts: tuple[tuple[int, Measure, str], ...] = ((4, "target", "30"), (5, "actual", "20"))
    return tuple(
        Fact(
            fact_id=f"{document_id}:f{number}",
            document_id=document_id,
            measure=measure,
            label="교육",
            indicator="참여자",
            period=YEAR,
            raw=raw,
            value=Decimal(raw),
            value_unit="명",
            place=Place(line_no=number, char_start=0, char_end=len(raw)),
        )
        for number, measure, raw in counts
    )


def audit_of(report: Report) -> Audit:
    first, second, total = report.facts[:3]
    cells = tuple(
        CellRef(
            role="result" if fact is total else "operand",
            fact_id=fact.fact_id,
            table_id=fact.table_id,
            row=fact.row,
            col=fact.col,
            place=fact.place,
        )
        for fact in (total, first, second)
    )
    document_id = report.document.document_id
    check = Check(
        check_id=f"{document_id}:c0",
        document_id=document_id,
        kind="column_total",
        expression="340 = 100 + 250",
        printed=Decimal(340000),
        computed=Decimal(350000),
        difference=Decimal(-10000),
        unit="won",
        rounding="exact",
        tolerance=Decimal(0),
        chance=None,
        outcome="mismatch",
        basis="label",
        cells=cells,
    )
    finding = Finding(
        finding_id=f"{document_id}:x0",
        document_id=document_id,
        check_ids=(check.check_id,),
        severity="high",
        cause="source",
        title_ko="합계가 맞지 않음",
        title_en="The total does not add up",
        explanation_ko="합계 340은 100과 250의 합이 아닙니다.",
        explanation_en="340 is not the sum of 100 and 250.",
        printed=Decimal(340000),
        expected=Decimal(350000),
        difference=Decimal(-10000),
        suggestion=Decimal(350000),
        is_proven=False,
        cells=cells,
    )
    return Audit(checks=(check,), findings=(finding,))


TEXT = "\n".join(f"{label:<10}{number}" for label, number in ROWS) + "\n"


@pytest.fixture
def report() -> Report:
    return report_of(document_of(TEXT))


@pytest.fixture
def audit_result(report: Report) -> Audit:
    return audit_of(report)


@pytest.fixture
def write_report(tmp_path: Path) -> Callable[..., Path]:
    """Write a report whose total is wrong; `name` may hold folders."""

    def write(name: str = "report.txt", text: str = TEXT) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def write_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Write a PDF with one ruled table a page: unit note above, cells divided by bars."""

    def write(*pages: Sequence[str], name: str = "report.pdf") -> Path:
        path = tmp_path / name
        pdfmetrics.registerFont(UnicodeCIDFont("HYGothic-Medium"))
        canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
        for rows in pages:
            canvas.setFont("HYGothic-Medium", 10)
            canvas.drawString(60, 652, "예산 현황")
            canvas.drawString(360, 652, "(단위: 천원)")
            columns = [60 + 100 * n for n in range(len(rows[0].split("|")) + 1)]
            canvas.grid(columns, [640 - 20 * n for n in range(len(rows) + 1)])
            for down, row in enumerate(rows):
                for x, text in zip(columns, row.split("|"), strict=False):
                    canvas.drawString(x + 4, 626 - 20 * down, text)
            canvas.drawString(60, 400, "본문이 여기에 이어진다")
            canvas.showPage()
        canvas.save()
        return path

    return write


@pytest.fixture
def hand_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every document the hand-made report and audit: only the pipeline is under test."""
    monkeypatch.setattr(examine, "choose_reading", lambda document, _: report_of(document))
    monkeypatch.setattr(examine, "audit", audit_of)


@pytest.fixture
def all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `hand_made`, with an audit that found nothing."""
    monkeypatch.setattr(examine, "choose_reading", lambda document, _: report_of(document))
    monkeypatch.setattr(examine, "audit", lambda report: Audit(checks=(), findings=()))


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """An object store on the loopback interface; gives its address."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["memory", "s3"])
def place(request: pytest.FixtureRequest) -> str:
    """Give the URL of a new place in a store: the memory of this process, or a server."""
    name = f"place-{secrets.token_hex(8)}"
    if request.param == "s3":
        request.getfixturevalue("s3_server")
        open_store(f"s3://{name}").files.mkdir(name)
    return f"{request.param}://{name}"


def hashes_of(output: Path) -> dict[str, str]:
    """Return the hash of each file of the published version, by its path in it."""
    folder = (output / "dataset").resolve()
    return {
        str(path.relative_to(folder)): hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def publish_tables(
    output: Path, *reports: Mapping[str, pa.Table], gate: Gate | None = None
) -> Outcome:
    """Publish the rows of some reports as a run does that has read them."""
    home = Home(output)
    with held(home, "test") as scratch:
        placed = []
        for number, tables in enumerate(reports):
            document = str(tables["documents"]["document_id"][0])
            known = make_known(tables, document, ".txt", 1, RULES)
            write_bytes(entry_path(home.entries, document), pack(known, tables), scratch)
            placed.append(Placed(known=known, file_name=f"{number}.txt", path=f"/in/{number}.txt"))
        return publish(home, scratch, open_published(home), placed, [], gate)
