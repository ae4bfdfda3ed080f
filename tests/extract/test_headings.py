"""Headings and bullets, and how deep each lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.headings import heading_level, is_caption, is_item, is_plain_heading


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Ⅰ. 일반현황", 1),
        ("Ⅱ 주요업무", 1),
        ("II. 추진계획", 1),
        ("제2장 세입", 1),
        ("1 일반현황", 2),
        ("3. 마을 가꾸기", 2),
        ("2-1 주민 교육", 2),
        ("□ 사업개요", 3),
        ("◆ 추진방향", 3),
        ("추진계획", 3),
        ("예산 집행현황", 3),
        ("○ 대상: 구민", 4),
        ("▶ 홍보", 4),
        ("ㅇ 기간", 4),
        ("- 교육 2회", 5),
        ("① 신청", 5),
        ("1) 접수", 5),
        ("가. 방법", 5),
    ],
)
def test_a_heading_lies_as_deep_as_its_sign_says(text: str, level: int) -> None:
    assert heading_level(text) == level


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="blank"),
        pytest.param("주민과 함께 걷습니다", id="sentence"),
        pytest.param("1,234 567", id="numbers"),
        pytest.param("35개소", id="a number tile"),
        pytest.param("14 개사", id="a number tile with a blank"),
        pytest.param("※ 참고", id="caption"),
        pytest.param("[마을 현황]", id="caption in brackets"),
        pytest.param("-5", id="negative number"),
        pytest.param("사업별\t집행실적", id="headings of a table"),
        pytest.param("목표 1,200 대비 실적", id="figures in a plain line"),
    ],
)
def test_what_opens_no_section_has_no_level(text: str) -> None:
    assert heading_level(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("※ 참고", True), ("[현황]", True), ("<표 1>", True), ("【붙임】", True), ("[가] 나", False)],
)
def test_a_caption_is_told_by_its_sign(text: str, expected: bool) -> None:
    assert is_caption(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("추진실적", True), ("예산현황 (2023)", True), ("추진실적:", False), ("마을", False)],
)
def test_a_plain_heading_is_told_by_its_last_word(text: str, expected: bool) -> None:
    assert is_plain_heading(text) is expected


@given(st.text(max_size=60))
def test_a_level_is_none_or_between_one_and_five(text: str) -> None:
    level = heading_level(text)
    assert level is None or 1 <= level <= 5
    if level is not None and not is_plain_heading(text):
        assert is_item(text)
