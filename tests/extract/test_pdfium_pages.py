"""PDFium and pdfplumber see the same page; where PDFium cannot, the page goes to pdfplumber."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import reportlab
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extract.errors import CorruptDocument, DocumentError, EncryptedDocument
from extract.grids.ruled_shapes import Box, Glyph, PageShapes
from extract.options import PdfOptions
from extract.reading.pdf import read_pdf
from extract.reading.pdf_pages import read_pages
from extract.reading.pdfium_space import Matrix, display_matrix

SLOW = PdfOptions(engine="pdfplumber")
FAST = PdfOptions(engine="pdfium")
VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def read(data: bytes, options: PdfOptions = FAST) -> PageShapes:
    (page,) = read_pages(data, options)
    assert page is not None
    return page


def write(paper: Any, x: float, y: float, text: str, size: float = 10) -> None:
    """Print text in a font that lies in the file."""
    pdfmetrics.registerFont(TTFont("Vera", VERA))
    paper.canvas.setFont("Vera", size)
    paper.canvas.drawString(x, paper.height - y, text)


def rounded(*values: float) -> tuple[float, ...]:
    return tuple(round(value, 1) + 0.0 for value in values)


def box_key(box: Box) -> tuple[float, ...]:
    return rounded(box.x0, box.y0, box.x1, box.y1)


def glyph_order(glyph: Glyph) -> tuple[object, ...]:
    return (glyph.text, round(glyph.box.middle_y), round(glyph.box.x0))


def assert_same_glyphs(fast: PageShapes, slow: PageShapes) -> None:
    """Compare characters with ink; PDFium rounds each advance to a thousandth of an em."""
    ours, theirs = (
        sorted((g for g in page.glyphs if g.text.strip()), key=glyph_order) for page in (fast, slow)
    )
    assert [(g.text, g.direction) for g in ours] == [(g.text, g.direction) for g in theirs]
    for our, their in zip(ours, theirs, strict=True):
        assert our.size == pytest.approx(their.size, abs=0.01)
        edges = [(b.x0, b.y0, b.x1, b.y1) for b in (our.box, their.box)]
        assert edges[0] == pytest.approx(edges[1], abs=0.1)


def rule_keys(page: PageShapes) -> list[tuple[object, ...]]:
    return sorted((r.axis, rounded(r.position, r.start, r.end)) for r in page.rules)


def draw_table(paper: Any) -> None:
    for x in (60, 160, 260):
        paper.line(x, 100, x, 160)
    for y in (100, 130, 160):
        paper.line(60, y, 260, y)
    paper.fill(60, 100, 260, 130, 0.8)
    write(paper, 70, 118, "Total 1,234")
    write(paper, 170, 148, "56.7%", 8)


def draw_plain(paper: Any) -> None:
    draw_table(paper)


def draw_dashed(paper: Any) -> None:
    paper.canvas.setDash(2, 2)
    draw_table(paper)


def draw_boxes(paper: Any) -> None:
    paper.frame(60, 100, 200, 160).fill(60, 200, 260, 200.7).fill(60, 200, 60.7, 260)
    paper.fill(70, 210, 120, 240, 1.0).fill(130, 210, 180, 240, 0.5)
    write(paper, 70, 118, "boxed")


def draw_chain(paper: Any) -> None:
    path = paper.canvas.beginPath()
    path.moveTo(60, 700)
    path.lineTo(200, 700)
    path.lineTo(200, 600)
    path.lineTo(120, 550)
    path.close()
    path.moveTo(300, 700)
    path.curveTo(320, 720, 340, 720, 360, 700)
    paper.canvas.drawPath(path, stroke=1, fill=0)
    write(paper, 70, 118, "chain")


def draw_nested(paper: Any) -> None:
    canvas = paper.canvas
    canvas.beginForm("inner")
    draw_table(paper)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.translate(20, -30)
    canvas.doForm("inner")
    canvas.endForm()
    canvas.scale(0.8, 0.9)
    canvas.doForm("outer")


def draw_condensed(paper: Any) -> None:
    text = paper.canvas.beginText(70, 700)
    write(paper, 0, 0, " ")
    text.setFont("Vera", 12)
    text.setHorizScale(70)
    text.textLine("1,234,567")
    paper.canvas.drawText(text)
    paper.line(60, 60, 200, 60)


def draw_upwards(paper: Any) -> None:
    draw_table(paper)
    paper.canvas.rotate(90)
    write(paper, 400, paper.height + 300, "upwards")


DRAWN = {
    "plain": draw_plain,
    "dashes": draw_dashed,
    "thin and white boxes": draw_boxes,
    "chains of lines": draw_chain,
    "nested forms": draw_nested,
    "condensed type": draw_condensed,
    "upright text": draw_upwards,
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40, 60, 700, 800)], ids=["whole", "cropped"])
def test_both_engines_see_the_same_page(
    new_paper: Any, draw: Callable[[Any], None], turn: int, crop: tuple[int, ...] | None
) -> None:
    paper = new_paper(842, 842, cropBox=crop)
    paper.canvas.setPageRotation(turn)
    draw(paper)
    data = paper.save()
    fast, slow = read(data), read(data, SLOW)
    assert not fast.is_fallback
    assert (fast.width, fast.height) == (slow.width, slow.height)
    assert_same_glyphs(fast, slow)
    assert rule_keys(fast) == rule_keys(slow)
    assert sorted(map(box_key, fast.fills)) == sorted(map(box_key, slow.fills))
    assert fast.glyphs
    assert fast.rules


def test_text_printed_twice_for_boldness_is_one_line(new_paper: Any) -> None:
    paper = new_paper()
    write(paper, 60, 100, "11,000")
    write(paper, 60.4, 100, "11,000")
    (line,) = read_pdf(paper.save(), "bold.pdf").lines
    assert line.run.text == "11,000"


def test_the_same_number_in_the_next_line_is_no_overprint(new_paper: Any) -> None:
    paper = new_paper()
    for y in range(100, 180, 5):
        write(paper, 60, y, "2028.12.31.", 14)
    assert sum(glyph.text == "3" for glyph in read(paper.save()).glyphs) == 16


def test_a_row_of_dots_is_kept_whole(new_paper: Any) -> None:
    paper = new_paper()
    for number in range(60):
        write(paper, 60 + number, 100, ".")
    assert len(read(paper.save()).glyphs) == 60


def test_spaces_that_are_objects_of_their_own_are_kept(new_paper: Any) -> None:
    paper = new_paper()
    for x, letter in zip((60, 66, 68, 74), "a bc", strict=True):
        write(paper, x, 100, letter)
    (line,) = read_pdf(paper.save(), "spaces.pdf").lines
    assert line.run.text == "a bc"


def test_a_wide_gap_gives_no_character(new_paper: Any) -> None:
    paper = new_paper()
    write(paper, 60, 100, "a")
    write(paper, 66 + 6, 100, "b")
    assert [glyph.text for glyph in read(paper.save()).glyphs] == ["a", "b"]


def test_a_hyphen_at_the_end_of_a_line_stays_a_hyphen(new_paper: Any) -> None:
    paper = new_paper()
    write(paper, 60, 100, "co-")
    write(paper, 60, 112, "op")
    assert "".join(glyph.text for glyph in read(paper.save()).glyphs) == "co-op"


def unmapped_file() -> bytes:
    """Return a page whose font numbers its glyphs and does not tell which letters they are."""
    font = VERA.read_bytes()
    content = b"BT /F 10 Tf 20 50 Td <002400250026> Tj ET"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/Vera/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Vera/DW 600/CIDToGIDMap/Identity"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/Vera/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0"
        b"/Ascent 800/Descent -200/CapHeight 700/StemV 80/FontFile2 8 0 R>>",
        b"<</Length %d/Length1 %d>>stream\n%s\nendstream" % (len(font), len(font), font),
    )
    objects = (b"%d 0 obj%s\nendobj\n" % pair for pair in enumerate(parts, start=1))
    return b"%PDF-1.4\n" + b"".join(objects) + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_a_font_without_unicode_map_sends_its_page_to_the_other_engine() -> None:
    page = read(unmapped_file())
    assert page.is_fallback
    assert [glyph.text for glyph in page.glyphs] == ["A", "B", "C"]
    assert read_pdf(unmapped_file(), "fonts.pdf").warnings == ("FALLBACK_ENGINE",)


@pytest.mark.parametrize(("codes", "is_fallback"), [("\ue000" * 3, True), ("\ue000ab", False)])
def test_a_page_of_private_characters_is_doubted(codes: str, is_fallback: bool) -> None:
    data = unmapped_file().replace(b"/DescendantFonts", b"/ToUnicode 9 0 R/DescendantFonts")
    lines = (f"<{0x24 + n:04x}> <{ord(code):04x}>" for n, code in enumerate(codes))
    table = "\n".join(("1 begincodespacerange", "<0000> <ffff>", "endcodespacerange",
                       "3 beginbfchar", *lines, "endbfchar")).encode()  # fmt: skip
    extra = b"9 0 obj<</Length %d>>stream\n%s\nendstream\nendobj\n" % (len(table), table)
    page = read(data.replace(b"trailer", extra + b"trailer"))
    assert "".join(glyph.text for glyph in page.glyphs) == codes
    assert page.is_fallback == is_fallback


def test_single_letters_of_a_font_outside_of_the_file_are_not_lost(new_paper: Any) -> None:
    data = new_paper().text(60, 60, "위").text(60, 80, "아래").save()
    page = read(data)
    # Whether PDFium reads them itself depends on the fonts of the machine.
    assert "".join(glyph.text for glyph in page.glyphs) == "위아래"


def test_each_page_is_numbered_and_read_alone(new_paper: Any) -> None:
    paper = new_paper()
    for number in range(3):
        write(paper, 60, 100, f"page {number}")
        paper.next_page()
    pages = list(read_pages(paper.save(), FAST))
    assert [page.number for page in pages if page] == [1, 2, 3]
    assert {len(page.glyphs) for page in pages if page} == {6}


@pytest.mark.parametrize("engine", [FAST, SLOW], ids=["pdfium", "pdfplumber"])
@pytest.mark.parametrize("data", [b"%PDF-1.7\n%%EOF", b"no PDF at all"], ids=["empty", "text"])
def test_a_broken_file_ends_in_an_error_of_ours(data: bytes, engine: PdfOptions) -> None:
    with pytest.raises(CorruptDocument):
        list(read_pages(data, engine))


def test_a_locked_file_asks_for_its_password(new_paper: Any) -> None:
    data = new_paper(encrypt="secret").text(60, 60, "비공개").save()
    with pytest.raises(EncryptedDocument):
        list(read_pages(data, FAST))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_damaged_bytes_never_raise_an_error_of_the_engine(data: st.DataObject) -> None:
    whole = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(9, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        pages = list(read_pages(bytes(whole), FAST))
    except DocumentError:
        return
    numbers = [page.number for page in pages if page is not None]
    assert numbers == sorted(set(numbers))


SMALL = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 58>>stream\nBT /F 9 Tf 9 9 Td (1,234) Tj ET 0 0 m 50 0 l S 9 9 20 20 re f\n"
    b"endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def displayed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix.box(x, y, x, y)[:2]


@given(turns=st.integers(0, 3), x=st.floats(10, 50), y=st.floats(20, 70))
def test_every_point_of_the_crop_box_is_displayed(turns: int, x: float, y: float) -> None:
    matrix = display_matrix(10, 20, 50, 70, turns)
    width, height = (50, 40) if turns % 2 else (40, 50)
    across, down = displayed(matrix, x, y)
    assert -1e-9 <= across <= width + 1e-9
    assert -1e-9 <= down <= height + 1e-9


NUMBERS = st.floats(-9, 9)


@given(st.tuples(*[NUMBERS] * 6), st.tuples(*[NUMBERS] * 6), NUMBERS, NUMBERS)
def test_a_matrix_then_another_maps_as_one_after_the_other(
    first: tuple[float, ...], second: tuple[float, ...], x: float, y: float
) -> None:
    one, other = Matrix(*first), Matrix(*second)
    there = displayed(other, *displayed(one, x, y))
    assert displayed(one.then(other), x, y) == pytest.approx(there, abs=1e-6)
