"""Bytes to characters, characters to lines: nothing is lost, every place is the file's own."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import (
    DocumentError,
    EmptyDocument,
    UndecidedEncoding,
    UnsupportedDocument,
)
from extract.reading.text import decode, read_text
from tests.extract.texts import places_of, runs_of

REPORT = "2023년 마을 사업 추진실적\n□ 예산: 1,234천원 (집행률 89.1%)\n○ 주민 35명 참여\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(REPORT.encode(), "utf-8", id="utf-8"),
        pytest.param(REPORT.encode("utf-8-sig"), "utf-8-sig", id="utf-8 with its mark"),
        pytest.param(b"\xff\xfe" + REPORT.encode("utf-16-le"), "utf-16", id="utf-16 le, marked"),
        pytest.param(b"\xfe\xff" + REPORT.encode("utf-16-be"), "utf-16", id="utf-16 be, marked"),
        pytest.param(REPORT.encode("utf-16-le"), "utf-16-le", id="utf-16 le without a mark"),
        pytest.param(REPORT.encode("utf-16-be"), "utf-16-be", id="utf-16 be without a mark"),
        pytest.param(REPORT.encode("cp949"), "cp949", id="cp949"),
        pytest.param(REPORT.encode("euc-kr"), "cp949", id="euc-kr is read as its superset"),
        pytest.param("예산 500원\n쀍 펲 뷁\n".encode("cp949"), "cp949", id="not in euc-kr"),
        pytest.param(b"Budget 2023: 1,234\n", "utf-8", id="ascii"),
    ],
)
def test_each_korean_encoding_gives_the_same_characters(data: bytes, encoding: str) -> None:
    text, name = decode(data)
    assert name == encoding
    if "마을".encode() in data or "마을" in text:
        assert text == REPORT


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", EmptyDocument, id="no bytes"),
        pytest.param(b" \t\r\n\x0c \n", EmptyDocument, id="white space"),
        pytest.param(b"\xef\xbb\xbf", EmptyDocument, id="nothing but a mark"),
        pytest.param("　　\n".encode(), EmptyDocument, id="wide blanks"),
        pytest.param(b"\xff\xfe", EmptyDocument, id="nothing but a utf-16 mark"),
        pytest.param(bytes(range(256)) * 8, UnsupportedDocument, id="all bytes"),
        pytest.param(b"report\x00\x01\x02\x03", UnsupportedDocument, id="zero bytes"),
        pytest.param(
            b"".join(bytes((65 + i % 60, 0, 0, 0)) for i in range(200)),
            UnsupportedDocument,
            id="small integers that look like utf-16",
        ),
        pytest.param(
            b"\xef\xbb\xbf" + bytes(range(1, 9)) * 9, UnsupportedDocument, id="marked, but binary"
        ),
        pytest.param(REPORT.encode()[:-5], UndecidedEncoding, id="utf-8 cut inside a character"),
        pytest.param(
            REPORT.encode().replace("예".encode(), b"\xff\xfe"),
            UndecidedEncoding,
            id="one damaged character",
        ),
        pytest.param(b"\xff\xfe\x00\xac\x01", UndecidedEncoding, id="utf-16 cut in half"),
        pytest.param("这是报告的预算执行情况".encode("gbk"), UndecidedEncoding, id="chinese"),
        pytest.param(
            "これは予算の報告書です。執行額".encode("shift_jis"), UndecidedEncoding, id="japanese"
        ),
        pytest.param("Straße und Brücke".encode("latin-1"), UndecidedEncoding, id="latin-1"),
    ],
)
def test_bytes_that_are_no_korean_text_are_refused(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error):
        read_text(data, "report.txt")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_document_error(data: bytes) -> None:
    try:
        document = read_text(data, "report.txt")
    except DocumentError:
        return
    assert document.document_id == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("가\n나\n", [("가", 1, 0), ("나", 2, 0)], id="line feeds"),
        pytest.param("가\r\n나\r\n", [("가", 1, 0), ("나", 2, 0)], id="carriage return, feed"),
        pytest.param("가\r나\n다", [("가", 1, 0), ("나", 1, 2), ("다", 2, 0)], id="lone return"),
        pytest.param("가\f나\n다", [("가", 1, 0), ("나", 1, 2), ("다", 2, 0)], id="form feed"),
        pytest.param("가\u2028나", [("가", 1, 0), ("나", 1, 2)], id="line separator"),
        pytest.param("가\n\n\n나", [("가", 1, 0), ("나", 4, 0)], id="blank lines count"),
        pytest.param("\ufeff가\n나", [("가", 1, 0), ("나", 2, 0)], id="the mark is no character"),
    ],
)
def test_lines_are_counted_by_line_feeds_alone(
    text: str, places: list[tuple[str, int, int]]
) -> None:
    document = read_text(text.encode(), "report.txt")
    assert [
        (run.text, run.place.line_no, run.place.char_start)
        for run in runs_of(document.blocks)
        if run.text
    ] == places


@pytest.mark.parametrize(
    ("data", "count"), [(b"a", 1), (b"a\n", 1), (b"a\n\n", 2), (b"a\nb", 2), (b"a\r\nb\r\n", 2)]
)
def test_a_closing_line_feed_begins_no_line(data: bytes, count: int) -> None:
    assert read_text(data, "report.txt").line_count == count


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("a.MD", "text/markdown"),
        ("a.tsv", "text/tab-separated-values"),
        ("a", "text/plain"),
        (".txt", "text/plain"),
    ],
)
def test_the_name_tells_the_media_type_of_a_text(name: str, media_type: str) -> None:
    assert read_text(b"text", name).media_type == media_type


def test_decomposed_syllables_are_composed_and_keep_their_original_places() -> None:
    original = unicodedata.normalize("NFD", "예산 12명")
    (run,) = runs_of(read_text(original.encode(), "report.txt").blocks)
    assert run.text == "예산 12명"
    people = run.slice(3, 6).place
    assert people.char_start is not None
    assert people.char_end is not None
    assert unicodedata.normalize("NFC", original[people.char_start : people.char_end]) == "12명"


TEXTS = st.text(st.sampled_from("가힣각ㄱ1,.%-()△ \t\n\r\f①㎡ᄀ\u1161\u11a8e\u0301豈"), max_size=60)


@given(TEXTS, st.sampled_from(["NFC", "NFD", "none"]))
def test_each_composed_character_points_at_its_own_code_points(text: str, form: str) -> None:
    original = text if form == "none" else unicodedata.normalize(form, text)  # type: ignore[arg-type]
    if not original.strip():
        return
    lines = original.split("\n")
    for run in runs_of(read_text(original.encode(), "report.txt").blocks):
        assert unicodedata.is_normalized("NFC", run.text)
        place = run.place
        assert place.line_no is not None
        line = lines[place.line_no - 1]
        assert unicodedata.normalize("NFC", line[place.char_start : place.char_end]) == run.text


@given(st.text(st.sampled_from("가나12,.%-△ \t\n\r\f|:"), max_size=80))
def test_no_character_outside_a_table_rule_lies_in_two_blocks(text: str) -> None:
    if text.strip():
        seen = places_of(read_text(text.encode(), "report.txt").blocks)
        assert all(count == 1 for count in seen.values())
