"""A report belongs to the district it speaks for, and to none where that is not clear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.regions import find_region, read_regions


@pytest.mark.parametrize(
    ("texts", "name", "code"),
    [
        pytest.param(["관악구 공약"], "서울특별시 관악구", "1162000000", id="unique_name"),
        pytest.param(["관악구도서관지원센터"], "서울특별시 관악구", "1162000000", id="joined"),
        pytest.param(["부산광역시 중구"], "부산광역시 중구", "2611000000", id="shared_in_full"),
        pytest.param(["중구청", "부산시"], "부산광역시 중구", "2611000000", id="shared_and_city"),
        pytest.param(
            ["관악구 구비 집행", "서울시 지원", "서울시 공모"], "서울특별시 관악구", "1162000000",
            id="own_funds_speak_for_a_district",
        ),
        pytest.param(
            ["강서구 공항", "부산시 추진", "부산광역시"], "부산광역시", "2600000000",
            id="a_city_names_its_districts",
        ),
        pytest.param(
            ["서울특별시 관악구", "금천구", "금천구"], "서울특별시 관악구", "1162000000",
            id="full_name_beats_short",
        ),
        pytest.param(
            ["서울시", "서울시", "성동구 은평구 마포구"], "서울특별시", "1100000000",
            id="many_districts_are_a_city",
        ),
        pytest.param(["강원도 고성군"], "강원특별자치도 고성군", "5182000000", id="older_name"),
        pytest.param(["경기도 광주시"], "경기도 광주시", "4161000000", id="city_of_that_name"),
        pytest.param(["군위군"], "대구광역시 군위군", "2772000000", id="moved_county"),
        pytest.param(["수원시 장안구"], "경기도 수원시", "4111000000", id="district_of_a_city"),
        pytest.param(["세종시 예산"], "세종특별자치시", "3611000000", id="city_without_districts"),
    ],
)  # fmt: skip
def test_the_region_a_report_speaks_for_is_found(texts: list[str], name: str, code: str) -> None:
    region = find_region(texts)
    assert region is not None
    assert (region.name, region.code) == (name, code)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("전구를 구청 중구난방 서구적", id="nouns"),
        pytest.param("남구현", id="person"),
        pytest.param("상주시키다", id="verb"),
        pytest.param("고성군", id="shared_county"),
        pytest.param("중구청", id="shared_district"),
        pytest.param("광주시", id="city_or_metropolis"),
        pytest.param("관악구 금천구", id="tie"),
        pytest.param("서울특별시 은평구 가온로 12", id="address"),
        pytest.param("", id="empty"),
    ],
)
def test_where_the_text_does_not_decide_there_is_no_region(text: str) -> None:
    assert find_region([text]) is None


def test_every_code_is_unique_and_has_ten_digits() -> None:
    regions = read_regions()
    assert len({region.code for region in regions}) == len(regions) == 245
    assert all(len(region.code) == 10 and region.code.isdigit() for region in regions)
    assert sum(region.level == "regional" for region in regions) == 17


@pytest.mark.parametrize("region", read_regions(), ids=lambda region: region.name)
def test_every_region_is_found_by_its_full_name(region: object) -> None:
    assert find_region([getattr(region, "name", "")]) == region


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_text_is_read_without_an_error(texts: list[str]) -> None:
    found = find_region(texts)
    assert found is None or len(found.code) == 10
