from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.mentions import find_quantities
from normalize.records import Quantity


def base_value(quantity: Quantity) -> Decimal | None:
    if quantity.number.value is None:
        return None
    return quantity.number.value * (quantity.unit.multiplier if quantity.unit else 1)


def summary(text: str, *, in_cell: bool = False) -> list[tuple[str, Decimal | None, str | None]]:
    return [
        (found.raw, base_value(found), found.unit.name if found.unit else None)
        for found in find_quantities(text, in_cell=in_cell)
    ]


@pytest.mark.parametrize(
    ("text", "raw", "value", "name"),
    [
        ("예산 60백만원", "60백만원", "60000000", "won"),
        ("구매 1,017백만원", "1,017백만원", "1017000000", "won"),
        ("상한 8천만 원", "8천만 원", "80000000", "won"),
        ("총 1억 5천만원", "1억 5천만원", "150000000", "won"),
        ("규모 3.3억원", "3.3억원", "330000000", "won"),
        ("예산 2조 78억원", "2조 78억원", "2007800000000", "won"),
        ("계약 65.6억 달성", "65.6억", "6560000000", "won"),
        ("매출 3억 이상", "3억", "300000000", "won"),
        ("지원금 0원", "0원", "0", "won"),
        ("방문객 1만 2천여 명", "1만 2천여 명", "12000", "명"),
        ("주민 8명 참여", "8명", "8", "명"),
        ("강사 20인 운영", "20인", "20", "명"),
        ("이용 2,743 명", "2,743 명", "2743", "명"),
        ("회계150건", "150건", "150", "건"),
        ("소식지 월 2회 발송", "2회", "2", "회"),
        ("총4개동", "4개동", "4", "동"),
        ("5개 팀 선정", "5개 팀", "5", "팀"),
        ("24개 기업", "24개 기업", "24", "개사"),
        ("36개업체 매출", "36개업체", "36", "개사"),
        ("30개사 참여", "30개사", "30", "개사"),
        ("4개교 지정", "4개교", "4", "교"),
        ("14개소 설치", "14개소", "14", "개소"),
        ("자치구 11곳", "11곳", "11", "곳"),
        ("연면적:189.02㎡", "189.02㎡", "189.02", "㎡"),
        ("약 600m² 규모", "600m²", "600", "㎡"),
        ("도로 1.2km 정비", "1.2km", "1.2", "km"),
        ("실제 75% 수준", "75%", "75", "percent"),
        ("전년 대비 △3.5%", "△3.5%", "-3.5", "percent"),
        ("이용률 5.2%p 상승", "5.2%p", "5.2", "percent_point"),
        ("2배 성장", "2배", "2", "배"),
        ("총8강", "8강", "8", "강"),
        ("매핑 1식", "1식", "1", "식"),
        ("상품 3종 개발", "3종", "3", "종"),
        ("차량 5대 구입", "5대", "5", "대"),
        ("총 9편의 방송", "9편", "9", "편"),
        ("총 20,805", "20,805", "20805", None),
        ("- 20,000", "20,000", "20000", None),
        ("연면적: 684", "684", "684", None),
    ],
)
def test_a_reported_number_is_found_with_its_unit(
    text: str, raw: str, value: str, name: str | None
) -> None:
    assert summary(text) == [(raw, Decimal(value), name)]


@pytest.mark.parametrize(
    ("text", "unit", "noun"),
    [("3개 지역", "개", "지역"), ("60개 제품", "개", "제품"), ("8개 기업", "개사", "기업")],
)
def test_the_noun_that_was_counted_is_kept(text: str, unit: str, noun: str) -> None:
    (found,) = find_quantities(text)
    assert found.unit is not None
    assert (found.unit.name, found.counted) == (unit, noun)


def test_a_longer_word_is_not_the_counted_noun() -> None:
    (found,) = find_quantities("2개 지역아동센터")
    assert (found.raw, found.counted) == ("2개", "")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2021. 1. ~ 12.", id="months"),
        pytest.param("(’21.5.)", id="short year"),
        pytest.param("2023년 3월", id="year and month"),
        pytest.param("14:00~16:00", id="time"),
        pytest.param("3/4분기", id="quarter"),
        pytest.param("1 조 직", id="spaced heading"),
        pytest.param("1-3 마을 활성화", id="section number"),
        pytest.param("① 개요", id="circled number"),
        pytest.param("2차 4차년 1호점 제5장 2단계 5회차 4기 3년차 1위", id="ordinals"),
        pytest.param("제15회 구민의 날, 제 2회 대회", id="ordinals with 제"),
        pytest.param("민선8기 공약", id="term number"),
        pytest.param("1인 미디어, 1인 가구", id="names with 1인"),
        pytest.param("코로나19, 50플러스, S2B, B2B", id="names with digits"),
        pytest.param("4차 산업혁명", id="industrial revolution"),
        pytest.param("3층 회의실", id="floor"),
        pytest.param("가나1로 80, 다라로 151-1", id="street addresses"),
        pytest.param("가나2동, 다라1동", id="place names"),
        pytest.param("02.123.4567, ☎879-0000, 031-123-4567", id="telephones"),
        pytest.param("3년만에, 100일 계획, 5개년 계획", id="idioms of time"),
        pytest.param("5개월간, 3일간, 15년을 맞는", id="durations"),
        pytest.param("3회의실, 5건물, 4대강 사업, 4대보험", id="longer words"),
        pytest.param("20대 청년, 30대의 참여", id="age groups"),
        pytest.param("1사 1촌, 24시간 운영", id="sayings"),
        pytest.param("사업 개요 ········ 4", id="page after leaders"),
        pytest.param("https://a.kr/3건 someone3@b.kr", id="addresses of the network"),
        pytest.param("#벌써10회", id="hash tag"),
        pytest.param("101동 202호", id="flat"),
    ],
)
def test_other_digits_are_not_reported(text: str) -> None:
    assert summary(text) == []


@pytest.mark.parametrize(
    ("text", "approximate", "bound"),
    [
        ("약 450개", True, None),
        ("11,400여명", True, None),
        ("12명 내외", True, None),
        ("5배 이상", True, "min"),
        ("2억원 미만", True, "max"),
        ("만 39세 이하", True, "max"),
        ("450개", False, None),
    ],
)
def test_words_of_about_and_limits_are_kept(
    text: str, approximate: bool, bound: str | None
) -> None:
    (found,) = find_quantities(text)
    assert (found.is_approximate, found.bound) == (approximate, bound)


def test_a_cell_of_two_figures_gives_two() -> None:
    assert summary("20건/50억") == [
        ("20건", Decimal(20), "건"),
        ("50억", Decimal(5_000_000_000), "won"),
    ]


def test_the_first_of_a_pair_takes_the_unit_of_the_second() -> None:
    first, second = find_quantities("70/163%")
    assert (first.raw, second.raw) == ("70", "163%")
    assert first.unit is not None
    assert first.unit.name == "percent"
    assert first.share == second.share == "pair"
    assert first.group == second.group


def test_a_range_has_no_single_value() -> None:
    (found,) = find_quantities("연매출 1~3억원 규모")
    assert (found.raw, found.number.state, found.number.value) == ("1~3억원", "undecided", None)


def test_an_age_range_is_two_limits() -> None:
    low, high = find_quantities("만 19세~39세")
    assert (low.number.value, low.bound) == (Decimal(19), "min")
    assert (high.number.value, high.bound) == (Decimal(39), "max")


def test_joint_money_of_districts_is_one_source() -> None:
    found = find_quantities("4.7억원(국2.9, 시0.9, 구군0.9)")
    assert [part.funding_source for part in found] == [None, "national", "city", "district"]


def test_a_road_is_no_street_address() -> None:
    found = find_quantities("9,640억원 (공항 8,649, 접근도로 796, 접근철도 195)")
    assert [part.raw for part in found] == ["9,640억원", "8,649", "796", "195"]


def test_a_ratio_gives_its_parts_on_one_span() -> None:
    found = find_quantities("국비:시비:구비 = 75:17.5:7.5")
    assert [part.number.value for part in found] == [Decimal(75), Decimal("17.5"), Decimal("7.5")]
    assert {part.raw for part in found} == {"75:17.5:7.5"}
    assert {part.unit.name if part.unit else None for part in found} == {"percent"}
    assert [part.funding_source for part in found] == ["national", "city", "district"]
    assert {part.share for part in found} == {"ratio"}


def test_wholly_means_one_hundred_percent() -> None:
    (found,) = find_quantities("전액 구비 편성")
    assert (found.raw, found.number.value, found.funding_source) == (
        "전액 구비",
        Decimal(100),
        "district",
    )


@pytest.mark.parametrize(
    "text",
    [
        "(국 44,600, 시 361,000, 구비 500,875)",
        "(국44,600,시361,000,구비500,875)",
        "1,106,475\n(국 44,600, 시 361,000,\n구비 500,875)",
    ],
)
def test_a_bracket_of_sources_is_one_group(text: str) -> None:
    found = [part for part in find_quantities(text) if part.funding_source is not None]
    assert [(part.funding_source, part.number.value) for part in found] == [
        ("national", Decimal(44_600)),
        ("city", Decimal(361_000)),
        ("district", Decimal(500_875)),
    ]
    assert {part.share for part in found} == {"bracket"}
    assert len({part.group for part in found}) == 1


def test_sources_without_a_bracket_are_a_list() -> None:
    found = find_quantities("국비 75%, 시비 17.5%, 구비 7.5%")
    assert [part.funding_source for part in found] == ["national", "city", "district"]
    assert {part.share for part in found} == {"list"}


def test_a_bracket_after_a_number_splits_it() -> None:
    total, first, second = find_quantities("3명(센터장 1명, 팀장 2명)")
    assert total.share is None
    assert first.share == second.share == "bracket"
    assert first.group == second.group


def test_a_source_is_no_count_of_towns() -> None:
    assert [found.funding_source for found in find_quantities("(구 5개동, 시 30명)")] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "raw", "value", "unit"),
    [
        ("14 매장", "14 매장", 14, "개"),
        ("77,220 매출(천원)", "77,220 매출(천원)", 77_220_000, "won"),
    ],
)
def test_a_line_of_one_number_and_its_noun_is_a_figure(
    text: str, raw: str, value: int, unit: str
) -> None:
    assert summary(text) == [(raw, Decimal(value), unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("39", [("number", Decimal(39))]),
        ("△1", [("number", Decimal(-1))]),
        ("-", [("nil", None)]),
        ("미정", [("undecided", None)]),
        ("28,345,9615", [("damaged", None)]),
        ("3개월", [("number", Decimal(3))]),
        ("2년 (1회 연임)", [("number", Decimal(2)), ("number", Decimal(1))]),
        ("12 (5)", [("number", Decimal(12)), ("number", Decimal(5))]),
        ("13 - 4", [("number", Decimal(13)), ("nil", None), ("number", Decimal(4))]),
        ("5,000~6,000", [("undecided", None)]),
        ("2023. 8. 8.", []),
        ("", []),
    ],
)
def test_in_a_cell_bare_numbers_and_nil_count(
    text: str, expected: list[tuple[str, Decimal | None]]
) -> None:
    found = find_quantities(text, in_cell=True)
    assert [(part.number.state, part.number.value) for part in found] == expected


def test_in_running_text_bare_numbers_and_nil_do_not_count() -> None:
    assert find_quantities("39 - 미정 2.15") == ()


def test_the_printed_unit_holds_the_words_of_scale() -> None:
    (found,) = find_quantities("60백만원")
    assert found.unit is not None
    assert (found.unit.printed, found.number.value) == ("백만원", Decimal(60))


@given(
    st.integers(1, 10**9), st.sampled_from(["명", "건", "개소", "천원", "백만원", "㎡", "회", "%"])
)
def test_a_printed_quantity_parses_back(value: int, unit: str) -> None:
    printed = f"{value:,}{unit}"
    (found,) = find_quantities(f"실적 {printed} 달성")
    assert (found.raw, found.number.value) == (printed, Decimal(value))


@given(
    st.text()
    | st.text(alphabet="0123456789,.~:/()△- \n%원천백만억조명개회건동국시구비년월일 총약여기업"),
    st.booleans(),
)
def test_spans_lie_in_the_text_in_order(text: str, in_cell: bool) -> None:
    found = find_quantities(text, in_cell=in_cell)
    end = 0
    for part in found:
        assert 0 <= part.start < part.end <= len(text)
        assert text[part.start : part.end] == part.raw
        assert part.share == "ratio" or part.start >= end
        end = max(end, part.end)
        assert part.number.value is None or part.number.value.is_finite()


def test_an_amount_in_a_bracket_shares_the_source_before_it() -> None:
    found = find_quantities("국비 50%(1,250백만원), 군비 50%(1,250백만원)")
    assert [part.funding_source for part in found] == [
        "national",
        "national",
        "county",
        "county",
    ]


def test_others_among_people_are_no_source_of_money() -> None:
    found = find_quantities("정원 1,234명(일반직 1,110, 기타 124)")
    assert [part.number.value for part in found] == [Decimal(1234), Decimal(1110), Decimal(124)]
    assert {part.funding_source for part in found} == {None}
    assert [part.share for part in found] == [None, "bracket", "bracket"]


def test_a_label_before_a_colon_gives_its_unit() -> None:
    assert summary("사업비(억원): 120") == [("120", Decimal(12_000_000_000), "won")]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["·", "1억 ", "가", "1,234 ", "(국 5, ", "1~", "국비 5억원(50%), "]
)
def test_long_texts_are_searched_without_delay(piece: str) -> None:
    text = piece * (4000 // len(piece))
    assert all(text[found.start : found.end] == found.raw for found in find_quantities(text))
