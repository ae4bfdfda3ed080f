import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.labels import (
    clean_label,
    heading_key,
    is_serial_heading,
    squeeze_label,
    total_kind,
)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("합    계", "합계", id="letter spacing"),
        pytest.param("예 산 액", "예산액", id="three syllables"),
        pytest.param("시 비", "시비", id="two syllables"),
        pytest.param("사회적경제 기업", "사회적경제 기업", id="words stay apart"),
        pytest.param("운영 및 관리 등", "운영 및 관리 등", id="words of one syllable stay apart"),
        pytest.param("임 기 (연임제한)", "임기 (연임제한)", id="spaced word before a bracket"),
        pytest.param("□ 예산현황", "예산현황", id="square"),
        pytest.param("ㅇ 추진", "추진", id="letter as a bullet"),
        pytest.param("- 인건비", "인건비", id="dash"),
        pytest.param("▶ 대상: 관내", "대상: 관내", id="arrow"),
        pytest.param("\uf000 생활", "생활", id="private use glyph"),
        pytest.param("① 운영비", "운영비", id="circled number"),
        pytest.param("1) 인건비", "인건비", id="numbering with bracket"),
        pytest.param("가. 개요", "개요", id="numbering with syllable"),
        pytest.param("<b>계</b>", "계", id="markup"),
        pytest.param("참여\n기업", "참여 기업", id="line break"),
        pytest.param("-", "-", id="a nil mark is not a bullet"),
        pytest.param("1.5", "1.5", id="a number is not numbering"),
        pytest.param("△1", "△1", id="a negative is not a bullet"),
        pytest.param("-5", "-5", id="a minus is not a bullet"),
    ],
)
def test_a_label_is_cleaned(text: str, label: str) -> None:
    assert clean_label(text) == label


@pytest.mark.parametrize(
    ("left", "right"),
    [("집 행 율(%)", "집행률 (%)"), ("합    계", "합계"), ("운영율", "운영률"), ("NO.", "No")],
)
def test_spellings_of_one_label_share_a_key(left: str, right: str) -> None:
    assert squeeze_label(left) == squeeze_label(right)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("계", "total"),
        ("합    계", "total"),
        ("총 계", "total"),
        ("합계(천원)", "total"),
        ("소 계", "subtotal"),
        ("누 계", "running_total"),
        ("총 4개 기업", None),
        ("계획", None),
        ("회계", None),
        ("", None),
    ],
)
def test_totals_are_known_by_their_label(label: str, kind: str | None) -> None:
    assert total_kind(label) == kind


@pytest.mark.parametrize("text", ["연번", "연 번", "번호", "No", "NO.", "순번"])
def test_serial_headings_are_known(text: str) -> None:
    assert is_serial_heading(text)


@pytest.mark.parametrize("text", ["사업명", "전화번호", "", "연도"])
def test_other_headings_are_not_serial(text: str) -> None:
    assert not is_serial_heading(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("달성을", "달성률", id="last syllable misread"),
        pytest.param("달성을률", "달성률", id="syllable read twice"),
        pytest.param("집행를", "집행률", id="rate, not amount"),
        pytest.param("예신액", "예산액", id="one letter of a syllable"),
        pytest.param("교부일", "교부일", id="a date is no misread amount"),
        pytest.param("예산안", "예산안", id="a draft is no misread amount"),
        pytest.param("진행률", "진행률", id="a word of its own"),
        pytest.param("사업명", "사업명", id="another heading"),
    ],
)
def test_a_misread_heading_is_put_right_only_where_nothing_else_is_meant(
    text: str, key: str
) -> None:
    assert heading_key(text) == key


@given(st.text() | st.text(alphabet="가나 1.)-□<>합계\n"))
def test_no_label_is_too_strange(text: str) -> None:
    assert clean_label(text) == " ".join(clean_label(text).split())
    assert not any(char.isspace() for char in squeeze_label(text))
    total_kind(text)
    is_serial_heading(text)
    heading_key(text)
