from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.units import heading_unit, read_unit, read_unit_note


@pytest.mark.parametrize(
    ("text", "multiplier"),
    [
        ("원", "1"),
        ("천원", "1000"),
        ("천 원", "1000"),
        ("만원", "10000"),
        ("백만원", "1000000"),
        ("백만 원", "1000000"),
        ("(백만원)", "1000000"),
        ("억원", "100000000"),
        ("억", "100000000"),
        ("십억원", "1000000000"),
        ("조원", "1000000000000"),
    ],
)
def test_money_is_scaled_to_won(text: str, multiplier: str) -> None:
    unit = read_unit(text)
    assert unit is not None
    assert (unit.name, unit.multiplier, unit.printed) == ("won", Decimal(multiplier), text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("%", "percent"),
        ("퍼센트", "percent"),
        ("％", "percent"),
        ("%p", "percent_point"),
        ("%포인트", "percent_point"),
        ("인", "명"),
        ("명", "명"),
        ("개소", "개소"),
        ("m2", "㎡"),
        ("m²", "㎡"),
        ("㎡", "㎡"),
        ("t", "톤"),
        ("㎞", "km"),
        ("㎾h", "kWh"),
        ("개 업체", "개사"),
        ("개기업", "개사"),
        ("개사", "개사"),
        ("개 팀", "팀"),
        ("개동", "동"),
        ("개교", "교"),
        ("개 지역", "개"),
        ("개 제품", "개"),
        ("원/명", "won/명"),
    ],
)
def test_a_unit_has_one_name_for_all_its_spellings(text: str, name: str) -> None:
    unit = read_unit(text)
    assert unit is not None
    assert unit.name == name


@pytest.mark.parametrize(
    ("text", "name", "multiplier"), [("천명", "명", "1000"), ("만㎡", "㎡", "10000")]
)
def test_counts_are_scaled_too(text: str, name: str, multiplier: str) -> None:
    unit = read_unit(text)
    assert unit is not None
    assert (unit.name, unit.multiplier) == (name, Decimal(multiplier))


@pytest.mark.parametrize("text", ["", "사업비", "계", "12", "개월간의", "예산액", "단위"])
def test_other_words_are_no_unit(text: str) -> None:
    assert read_unit(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(단위: 천원)", ["won"]),
        ("(단위:원)", ["won"]),
        ("[단위: 명]", ["명"]),
        ("( 단 위 : 천 원 )", ["won"]),
        ("단위 : 백만원, %", ["won", "percent"]),
        ("(단위: 개소/ 명/ 백만 원)", ["개소", "명", "won"]),
        ("(기준: 2018. 12월말, 단위: 개소)", ["개소"]),
        ("□ 예산현황 (단위: 천원)", ["won"]),
        ("(단위: 명 %)", ["명", "percent"]),
        ("(단위: 천원/월)", ["won/월"]),
        ("(천원)", ["won"]),
    ],
)
def test_a_unit_note_gives_its_units_in_order(text: str, names: list[str]) -> None:
    note = read_unit_note(text)
    assert note is not None
    assert [unit.name for unit in note.units] == names
    assert note.printed == text[note.start : note.end].strip()


def test_a_note_tells_what_each_unit_is_for() -> None:
    note = read_unit_note("(단위: 건, 금액: 천원)")
    assert note is not None
    assert note.labels == ("", "금액")
    assert note.unit is None


@pytest.mark.parametrize("text", ["단위사업명 예 산 액", "(하반기)", "구 분 단위 목표", "", "단위"])
def test_a_line_without_units_is_no_note(text: str) -> None:
    assert read_unit_note(text) is None


@pytest.mark.parametrize(
    ("text", "name", "multiplier"),
    [
        ("참여기업(개)", "개", "1"),
        ("집행률(%)", "percent", "1"),
        ("거래금액(단위: 천원)", "won", "1000"),
        ("총사업비 (백만 원)", "won", "1000000"),
        ("금액\n(천원)", "won", "1000"),
        ("면적(㎡)", "㎡", "1"),
        ("집행률 %", "percent", "1"),
    ],
)
def test_a_heading_gives_the_unit_of_its_column(text: str, name: str, multiplier: str) -> None:
    unit = heading_unit(text)
    assert unit is not None
    assert (unit.name, unit.multiplier, unit.evidence) == (name, Decimal(multiplier), "header")


@pytest.mark.parametrize("text", ["사업성격 (사업유형)", "담당(부)", "‘18\n(하반기)", "구분"])
def test_a_bracket_of_words_is_no_unit(text: str) -> None:
    assert heading_unit(text) is None


@given(st.text() | st.text(alphabet="(단위: 천원백만명개/,%㎡)[]"))
def test_no_text_is_too_strange_for_units(text: str) -> None:
    read_unit(text)
    heading_unit(text)
    note = read_unit_note(text)
    assert note is None or (note.units and 0 <= note.start < note.end <= len(text))
