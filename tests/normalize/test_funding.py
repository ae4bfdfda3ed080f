import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.funding import funding_level, funding_of

SHORT_SOURCES = ("national", "city", "province", "county", "district", "special_grant", "private")


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("국비", "national"),
        ("국고보조금", "national"),
        ("균특", "national"),
        ("시비", "city"),
        ("시    비", "city"),
        ("도비", "province"),
        ("군비", "county"),
        ("구 비", "district"),
        ("구·군비", "district"),
        ("구‧군비", "district"),
        ("시·군비", "county"),
        ("- 구비", "district"),
        ("구비(천원)", "district"),
        ("국비 보조금", "national"),
        ("시비 17.5%", "city"),
        ("특교", "special_grant"),
        ("시특교", "special_grant"),
        ("특별교부세", "special_grant"),
        ("특별조정교부금", "special_grant"),
        ("재난관리기금", "fund"),
        ("민자", "private"),
        ("자부담", "private"),
        ("자체부담금", "private"),
        ("기타", "other"),
        ("지방비", "other"),
        ("합    계", "total"),
        ("총계", "total"),
    ],
)
def test_a_label_names_its_source(label: str, source: str) -> None:
    assert funding_of(label) == source


@pytest.mark.parametrize(
    "label", ["", "시", "구", "경비", "정비", "비고", "계획", "시설비", "도비산"]
)
def test_other_labels_name_no_source(label: str) -> None:
    assert funding_of(label) is None


@pytest.mark.parametrize(
    ("letter", "source"),
    [("국", "national"), ("시", "city"), ("도", "province"), ("군", "county"), ("구", "district")],
)
def test_single_letters_count_only_where_asked_for(letter: str, source: str) -> None:
    assert funding_of(letter) is None
    assert funding_of(letter, short=True) == source


@pytest.mark.parametrize(
    ("level", "name", "expected"),
    [
        ("local", "가나구", "regional"),
        ("local", "다라군", "regional"),
        ("local", "마바시", "local"),
        ("local", None, "regional"),
        ("regional", "사아광역시", "regional"),
        (None, None, None),
    ],
)
def test_city_money_is_regional_in_a_district_and_local_in_a_town(
    level: str | None, name: str | None, expected: str | None
) -> None:
    assert funding_level("city", level, name) == expected


def test_totals_belong_to_no_level() -> None:
    assert funding_level("total", "local") is None
    assert funding_level(None, "local") is None
    assert funding_level("district", None) == "local"
    assert funding_level("special_grant", "local") == "other"


@given(st.text(), st.booleans())
def test_no_label_is_too_strange_for_funding(label: str, short: bool) -> None:
    long = funding_of(label)
    assert funding_of(label, short=short) in {long, *SHORT_SOURCES}
