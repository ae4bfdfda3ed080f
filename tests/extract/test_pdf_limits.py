"""Files that are bombs, too long or made of too much are refused before they take the machine."""

import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.errors import (
    CorruptDocument,
    DocumentError,
    NotAPdf,
    TooLargeFile,
    TooManyObjects,
    TooManyPages,
    TooMuchUnpacked,
    UnsupportedDocument,
)
from extract.options import PdfOptions, ReadingLimits
from extract.reading import pdf_fence
from extract.reading.pdf import read_pdf
from extract.reading.pdf_fence import fenced
from extract.reading.pdf_parts import check_parts
from extract.reading.source import read_document
from extract.reading.text import read_text

TIGHT = ReadingLimits(decoded_bytes=1 << 20, content_bytes=1 << 20)
ZEROS = zlib.compress(bytes(1 << 21), 9)


def part(head: bytes, content: bytes) -> bytes:
    length = b"/Length %d" % len(content) if b"/Length" not in head else b""
    body = b"<< " + head + length + b" >>\nstream\n" + content + b"\nendstream\nendobj\n"
    return b"%PDF-1.7\n4 0 obj\n" + body


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(part(b"/Filter /FlateDecode ", ZEROS), id="packed once"),
        pytest.param(part(b"/Filter [/Fl] ", ZEROS), id="with the short name"),
        pytest.param(
            part(b"/Filter [/FlateDecode /FlateDecode] ", zlib.compress(ZEROS)), id="packed twice"
        ),
        pytest.param(part(b"", bytes(1 << 21)), id="a page that is not packed at all"),
        pytest.param(
            part(b"/Filter /FlateDecode /Length 2100 ", ZEROS[:9] + b"endstream" + ZEROS[9:]),
            id="an end that is none",
        ),
        pytest.param(
            part(b"/Filter /FlateDecode /Type /ObjStm ", ZEROS), id="objects in a packed part"
        ),
    ],
)
def test_a_part_that_unpacks_to_too_much_is_found(data: bytes) -> None:
    if b"endstream" in ZEROS or data.count(b"endstream") > 1:
        data = data.replace(ZEROS[:9] + b"endstream", ZEROS[:9])
    with pytest.raises(TooMuchUnpacked):
        check_parts(data, TIGHT)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            part(b"/Filter /FlateDecode ", zlib.compress(bytes(1 << 19))), id="half as large"
        ),
        pytest.param(
            part(b"/Subtype /Image /Filter /FlateDecode ", ZEROS), id="a picture is not unpacked"
        ),
        pytest.param(part(b"/Filter /FlateDecode ", ZEROS[:50]), id="cut off"),
        pytest.param(part(b"/Filter /FlateDecode ", b"x" * 5000), id="damaged"),
        pytest.param(part(b"/Length1 9 ", bytes(1 << 21)), id="a font that is not packed"),
        pytest.param(b"%PDF-1.7 a stream of words, endstream and stream", id="words"),
    ],
)
def test_a_part_that_does_not_is_left_alone(data: bytes) -> None:
    check_parts(data, TIGHT)


def limited(**limits: int) -> PdfOptions:
    return PdfOptions(limits=replace(ReadingLimits(), **limits))


def pages(paper: Any, count: int) -> bytes:
    for number in range(count):
        paper.text(50, 50, f"합계 {number}").next_page()
    saved: bytes = paper.save()
    return saved


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_pages_are_counted_before_they_are_read(new_paper: Callable[[], Any], engine: Any) -> None:
    data = pages(new_paper(), 3)
    options = replace(limited(pages=2), engine=engine)
    with pytest.raises(TooManyPages, match="more than 2 pages"):
        read_pdf(data, "long.pdf", options)
    assert read_pdf(data, "long.pdf", limited(pages=3)).page_count == 3


def crowd(paper: Any, count: int) -> Any:
    for number in range(count):
        paper.line(10, number, 500, number)
    return paper


def test_a_page_of_too_many_pieces_is_left_out_with_a_warning(
    new_paper: Callable[[], Any],
) -> None:
    paper = new_paper().text(50, 50, "합계 1,234").next_page()
    document = read_pdf(crowd(paper, 60).save(), "map.pdf", limited(objects=50))
    assert [line.run.text for line in document.lines] == ["합계 1,234"]
    assert document.warnings == ("PAGE_TOO_LARGE",)


@pytest.mark.parametrize("kind", ["lines", "letters"])
def test_a_file_of_nothing_but_too_large_pages_is_refused(
    new_paper: Callable[[], Any], kind: str
) -> None:
    paper = new_paper().text(50, 50, "가" * 60 if kind == "letters" else "합계")
    data = (crowd(paper, 60) if kind == "lines" else paper).save()
    with pytest.raises(TooManyObjects):
        read_pdf(data, "map.pdf", limited(objects=50))


def test_a_large_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(b"%PDF-1.7" + bytes(1000))
    with pytest.raises(TooLargeFile):
        read_document(path, ReadingLimits(file_bytes=1000))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param("가" * 500, TooLargeFile, id="bytes"),
        pytest.param("1 " * 110, TooManyObjects, id="characters of a line"),
        pytest.param("1\n" * 60, TooManyPages, id="lines"),
    ],
)
def test_text_that_is_no_report_any_more_is_refused(text: str, error: type[DocumentError]) -> None:
    limits = ReadingLimits(text_bytes=1000, objects=200, pages=1)
    with pytest.raises(error):
        read_text(text.encode(), "a.txt", limits)


@pytest.mark.parametrize(
    ("name", "error"),
    [("a.pdf", NotAPdf), ("A.PDF", NotAPdf), ("a.hwp", UnsupportedDocument)],
)
def test_words_under_the_name_of_another_format_are_no_report(
    name: str, error: type[DocumentError], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text("root:x:0:0 합계 1,234\n")
    with pytest.raises(error):
        read_document(path)


def test_terminal_escapes_do_not_make_a_text_binary() -> None:
    document = read_text("x\x1b[2J\x1b]0;title\x07\n합계 1,234\n\x9b31m\n".encode(), "a.txt")
    assert document.line_count == 3


def test_an_engine_that_runs_in_circles_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_fence, "_MOST_SECONDS", 0.2)

    def circle() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # as engines do
                continue

    with pytest.raises(CorruptDocument, match="did not come to an end"):
        fenced(circle)
    assert fenced(lambda: "well") == "well"


@pytest.mark.parametrize("field", ["file_bytes", "pages", "objects", "decoded_bytes"])
def test_limits_have_to_be_positive(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        replace(ReadingLimits(), **{field: 0})
