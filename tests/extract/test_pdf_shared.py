"""Pages that several processes read come out as if one had read them all."""

import os
import signal
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.errors import DocumentError
from extract.options import PdfOptions, ReadingLimits
from extract.reading import pdf
from extract.reading.pdf import read_pdf
from extract.reading.pdf_shared import share_out
from extract.records import Document

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="helpers are forks"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]


@given(jobs=st.lists(st.integers(), max_size=9), processes=st.integers(1, 4))
@settings(max_examples=20)
def test_results_come_in_order_and_from_as_many_processes(jobs: list[int], processes: int) -> None:
    done = list(share_out(lambda job: (job, os.getpid()), jobs, processes))
    assert [job for job, _ in done] == jobs
    assert len({process for _, process in done}) == min(processes, len(jobs))


def _raise(job: int) -> None:
    raise ValueError(job)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda job: os._exit(1), id="exits"),
        pytest.param(lambda job: os.kill(os.getpid(), signal.SIGKILL), id="is killed"),
        pytest.param(_raise, id="raises"),
    ],
)
def test_what_a_helper_does_not_bring_is_done_here(end: Callable[[int], None]) -> None:
    here = os.getpid()

    def work(job: int) -> int:
        if job == 3 and os.getpid() != here:
            end(job)
        return job * 2

    assert list(share_out(work, range(6), 2)) == [0, 2, 4, 6, 8, 10]


def test_nothing_is_left_of_helpers_when_the_work_fails_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, fork, helpers = os.getpid(), os.fork, list[int]()

    def noted_fork() -> int:
        helpers.append(fork())
        return helpers[-1]

    monkeypatch.setattr(os, "fork", noted_fork)

    def work(job: int) -> bytes:
        if os.getpid() == here:
            _raise(job)
        return bytes(1 << 20)  # more than a pipe takes: it waits for somebody who reads

    with pytest.raises(ValueError, match="0"):
        list(share_out(work, range(6), 3))
    assert len(helpers) == 2
    for helper in helpers:
        with pytest.raises(ChildProcessError):
            os.waitpid(helper, os.WNOHANG)


@cache
def _report() -> bytes:
    """A report with running heads, a table over several pages, and pages that are pictures."""
    from PIL import Image

    pdfmetrics.registerFont(UnicodeCIDFont("HYGothic-Medium"))
    picture = ImageReader(Image.new("L", (60, 80), 200))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 300), invariant=True)
    for page in range(1, 14):
        canvas.setFont("HYGothic-Medium", 9)
        if page in (4, 9):
            canvas.drawImage(picture, 0, 0, 400, 300)
            canvas.showPage()
            continue
        canvas.drawString(40, 285, "2025년 사업 보고서")
        canvas.drawString(190, 10, f"- {page} -")
        top = 260 if page % 4 else 200
        if top == 200:
            canvas.drawString(40, 240, f"{page}. 예산 집행 현황 (단위: 천원)")
        rows = range((top - 40) // 20)
        canvas.grid([40, 140, 240, 340], [top - 20 * row for row in range(len(rows) + 1)])
        for row in rows:
            texts = ("구분", "예산", "집행") if not row else (f"사업 {page}-{row}", "1,200", "300")
            for column, text in enumerate(texts):
                canvas.drawString(45 + 100 * column, top - 15 - 20 * row, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _read(processes: int) -> Document:
    limits = ReadingLimits(processes=processes)
    return read_pdf(_report(), "report.pdf", PdfOptions(limits=limits))


@pytest.mark.parametrize("has_ocr", [False, True], ids=["left out", "with OCR"])
def test_wherever_pages_are_cut_the_document_is_the_same(
    has_ocr: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_MANY_PAGES", 2)
    if not has_ocr:
        monkeypatch.setattr(pdf, "find_program", lambda: None)
    alone = _read(1)
    assert {"OCR_MISSING"} <= set(alone.warnings) or has_ocr
    assert any(len(grid.parts) > 1 for grid in alone.grids)
    for pages, processes in ((1, 2), (2, 3), (3, 2), (5, 4), (7, 2), (20, 2)):
        monkeypatch.setattr(pdf, "_RANGE", pages)
        assert _read(processes) == alone


def test_the_number_of_pictures_that_are_read_counts_through_all_processes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_OCR", type(pdf._OCR)(most_pages=1))
    monkeypatch.setattr(pdf, "find_program", lambda: "tesseract")
    monkeypatch.setattr(pdf, "_recognise", lambda data, shapes, options: _blank(shapes.number))
    assert _read(2) == _read(1)
    assert {"READ 4", "OCR_PAGE_LIMIT"} <= set(_read(2).warnings)


def _blank(number: int) -> pdf.PageReading:
    return pdf.PageReading(blocks=(), height=300.0, warnings=(f"READ {number}",))


def test_processes_are_no_part_of_what_limits_say() -> None:
    assert str(ReadingLimits(processes=4)) == str(ReadingLimits())
    assert ReadingLimits(processes=4) == ReadingLimits()


def test_a_broken_file_fails_as_it_does_alone() -> None:
    cut = _report()[:3000]
    messages = []
    for processes in (1, 2):
        with pytest.raises(DocumentError) as caught:
            read_pdf(cut, "cut.pdf", PdfOptions(limits=ReadingLimits(processes=processes)))
        messages.append((caught.value.reason, caught.value.message))
    assert messages[0] == messages[1]
