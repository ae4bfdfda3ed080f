"""What nobody sees on a page becomes no text of it, and the document says so."""

from collections.abc import Callable
from typing import Any

import pytest

from extract import remarks
from extract.reading.pdf import read_pdf
from extract.reading.pdf_signs import count_revisions, has_lying_map, is_damaged

NewPaper = Callable[[], Any]


def invisible(paper: Any, text: str) -> Any:
    paper.canvas.saveState()
    words = paper.canvas.beginText(60, 700)
    words.setFont("HYGothic-Medium", 10)
    words.setTextRenderMode(3)
    words.textOut(text)
    paper.canvas.drawText(words)
    paper.canvas.restoreState()
    return paper


def white(paper: Any, text: str) -> Any:
    paper.canvas.setFillGray(1)
    paper.text(60, 132, text)
    paper.canvas.setFillGray(0)
    return paper


def aside(paper: Any, text: str) -> Any:
    return paper.text(5000, 50, text)


HIDE = {
    "invisible": (invisible, "HIDDEN_TEXT"),
    "white": (white, "HIDDEN_TEXT"),
    "aside": (aside, "OFF_PAGE_TEXT"),
}


def texts(data: bytes) -> tuple[list[str], tuple[str, ...]]:
    document = read_pdf(data, "hidden.pdf")
    return [line.run.text for line in document.lines], document.warnings


@pytest.mark.parametrize("way", HIDE)
def test_hidden_text_is_left_out_and_told(way: str, new_paper: NewPaper) -> None:
    hide, code = HIDE[way]
    data = hide(new_paper().text(60, 300, "합계 1,234"), "합계 9,999").save()
    assert texts(data) == (["합계 1,234"], (code,))


@pytest.mark.parametrize("way", HIDE)
def test_a_page_that_shows_nothing_else_is_read_by_it_and_told(
    way: str, new_paper: NewPaper
) -> None:
    hide, code = HIDE[way]
    found, warnings = texts(hide(new_paper(), "합계 9,999").save())
    assert found == ["합계 9,999"]
    assert code in warnings


def test_white_text_on_a_painted_area_is_seen(new_paper: NewPaper) -> None:
    data = white(new_paper().fill(50, 120, 300, 160, 0.3), "구분 예산").save()
    assert texts(data) == (["구분 예산"], ())


def test_white_text_on_a_round_painted_area_is_seen(new_paper: NewPaper) -> None:
    paper = new_paper()
    paper.canvas.roundRect(50, 842 - 170, 250, 60, 12, stroke=0, fill=1)
    assert texts(white(paper, "구분 예산").save()) == (["구분 예산"], ())


def test_black_text_is_seen_whatever_lies_beneath(new_paper: NewPaper) -> None:
    data = new_paper().fill(50, 120, 300, 160, 0.9).text(60, 132, "구분 예산").save()
    assert texts(data) == (["구분 예산"], ())


def test_text_under_a_picture_of_it_is_what_a_scanner_read(new_paper: NewPaper) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    paper = new_paper()
    paper.canvas.drawImage(ImageReader(Image.new("L", (20, 20), 255)), 0, 0, 595, 842)
    found, warnings = texts(invisible(paper, "합계 1,234 " + "내용 " * 60).save())
    assert "1,234" in "".join(found)
    assert "HIDDEN_TEXT" not in warnings


def lying(table: bytes) -> bytes:
    return (
        b"%%PDF-1.4\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R "
        b">>\nendobj\n6 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (len(table), table)
    )


@pytest.mark.parametrize(
    ("table", "is_lie"),
    [
        (b"1 beginbfchar <31> <0037> endbfchar", True),
        (b"1 beginbfrange <30> <38> <0031> endbfrange", True),
        (b"1 beginbfchar <31> <0031> endbfchar", False),
        (b"1 beginbfrange <20> <7e> <0020> endbfrange", False),
        (b"1 beginbfchar <41> <0037> endbfchar", False),
    ],
)
def test_a_map_that_turns_digits_into_others_is_seen_through(table: bytes, is_lie: bool) -> None:
    assert has_lying_map(lying(table)) is is_lie


def test_fonts_with_codes_of_their_own_are_believed() -> None:
    data = lying(b"1 beginbfchar <31> <0037> endbfchar")
    assert not has_lying_map(data.replace(b"/Helvetica", b"/ABCDEF+Batang"))
    assert not has_lying_map(data.replace(b"/Type1", b"/Type0"))


def revised(data: bytes) -> bytes:
    start = data.rpartition(b"startxref")[2].split()[0]
    trailer = data[data.rfind(b"trailer") :].split(b"startxref")[0]
    table = b"xref\n0 0\n" + trailer.replace(b"<<", b"<< /Prev " + start + b" ", 1)
    return data + table + b"startxref\n%d\n%%%%EOF\n" % len(data)


def test_revisions_are_counted_and_told(new_paper: NewPaper) -> None:
    data = new_paper().text(60, 300, "합계 1,234").save()
    assert (count_revisions(data), count_revisions(revised(data))) == (1, 2)
    assert texts(revised(data)) == (["합계 1,234"], ("SEVERAL_REVISIONS",))


def test_damage_at_the_end_is_seen(new_paper: NewPaper) -> None:
    data = new_paper().text(60, 300, "합계 1,234").save()
    assert not is_damaged(data)
    cut = data[: data.rfind(b"startxref")]
    assert is_damaged(cut)
    assert is_damaged(b"%PDF-1.4\n" + data)
    assert texts(cut)[0] == ["합계 1,234"]


def test_every_warning_that_is_given_has_a_meaning() -> None:
    from pathlib import Path

    import regex

    folder = Path(remarks.__file__).parent / "reading"
    known = {code for code, _ in remarks.WARNINGS}
    given = {
        code
        for path in (*folder.glob("pdf*.py"), *folder.glob("hwp*.py"), *folder.glob("written*.py"))
        for code in regex.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', path.read_text("utf-8"))
    }
    corrected = {"CORRECTION_MISSED"}  # what people said, not how a page was read
    assert given <= known
    assert known - given == corrected
