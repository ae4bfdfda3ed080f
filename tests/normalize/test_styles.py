"""Tables and lines as other offices print them: budgets, settlements, statistics, pledges."""

from datetime import date
from decimal import Decimal

import pytest

from normalize.records import Fact
from tests.normalize.reading import fact_of, facts_of, report_of

CHANGES = (
    "2024년도 추가경정예산서\n\n(단위: 천원)\n\n"
    "과목\t예산액\t기정액\t비교증감\t증감률(%)\n"
    "보조금\t5,300\t5,000\t300\t6.0\n자본지출\t2,120\t2,340\t△220\t△9.4\n"
)
SETTLED = (
    "2023회계연도 세입세출 결산서\n\n가. 세입결산 현황\n\n(단위: 원)\n\n"
    "회계별\t예산현액\t징수결정액\t수납액\t미수납액\t세입결산액\n"
    "일반회계\t9,000\t9,500\t9,200\t300\t9,100\n특별회계\t4,000\t4,600\t4,100\t500\t4,050\n"
)
FUNDS = (
    "2023회계연도 기금 결산\n\n(단위: 천원)\n\n"
    "기금명\t전년도말 현재액\t조성액\t사용액\t2023년도말 현재액\n"
    "계\t11,700\t1,330\t700\t12,330\n"
    "재난관리기금\t8,400\t1,180\t500\t9,080\n노인복지기금\t3,300\t150\t200\t3,250\n"
)
SPENT = (
    "1-2 청년일자리 창출\n\n○ 재원별 투입실적 (단위: 천원)\n\n"
    "연도\t계획\t\t\t집행\t\t\t집행률\n\t계\t국비\t시비\t계\t국비\t시비\t\n"
    "2022\t4,000\t1,900\t2,100\t3,960\t1,880\t2,080\t99.0%\n"
    "2023\t7,000\t3,400\t3,600\t6,800\t3,300\t3,500\t97.1%\n"
    "합계\t11,000\t5,300\t5,700\t10,760\t5,180\t5,580\t97.8%\n"
)
INDICATORS = (
    "○ 성과목표\n\n성과지표\t단위\t구분\t합계\t2022\t2023\n"
    "청년일자리 수\t개\t목표\t550\t150\t400\n\t\t실적\t572\t162\t410\n"
    "\t\t달성률(%)\t104.0\t108.0\t102.5\n"
)
YEARS_OF_MONTHS = (
    "2023년 수강인원\n\n(단위: 명)\n\n구분\t계\t1월\t2월\t3월\n"
    "2023년\t385\t80\t95\t210\n2022년\t312\t62\t70\t180\n"
)
DISASTER = (
    "지급현황\n\n(단위: 건, 명, 백만원)\n\n읍면별\t신청가구\t신청인원\t지급금액\n"
    "늘솔읍\t600\t1,290\t698\n들꽃면\t350\t760\t396\n"
)
STATISTICS = (
    "통계연보\n\n단위 : 세대, 명, ㎢\n\n읍면동\t세대수\t인구\t면적\n"
    "늘솔읍\t4,210\t10,135\t42.35\n들꽃면\t1,820\t3,914\t61.20\n"
)
SCHOOLS = (
    "학교 현황\n\n(단위 : 개교, 학급, 명)\n\n구분\t학교수\t학급수\t학생수\n"
    "초등학교\t7\t102\t1,954\n중학교\t3\t41\t885\n"
)
PLEDGES = (
    "공약 현황\n\n(단위: 건, %)\n\n분야\t공약수\t완료\t이행률\n"
    "경제\t12\t3\t58.3\n복지\t15\t4\t60.0\n"
)
SHORTAGE = (
    "집행현황\n\n(단위 : 억원, %)\n\n구분\t예산현액\t집행액(6.30.)\t집행률\t과부족\n"
    "일반회계\t3,900\t2,450\t62.8\t110\n특별회계\t450\t264\t58.7\t△6\n"
)
COUNTS = "지원내역\n\n(단위: 천원)\n\n구분\t건수\t금액\n긴급\t31\t45,000\n일반\t12\t9,870\n"
FACILITIES = (
    "시설 현황\n\n시설명\t준공연도\t연면적(㎡)\t정규직(명)\t기간제(명)\n"
    "체육센터\t2012\t6,250\t12\t6\n수영장\t2016\t4,980\t9\t5\n"
)
JOBS = "현황\n\n구분\t노인일자리\t일자리 수\n2022년\t2,980\t512\n2023년\t3,310\t640\n"
SCORES = "부서 평가\n\n부서명\t총점\t순위\n기획과\t94.0\t1\n복지과\t92.0\t2\n도로과\t88.0\t3\n"
TOLD = (
    "○ 2024년 분기별 추진\n\n분기\t추진계획\t추진실적\t이행률(%)\n"
    "1/4분기\t설계용역\t설계 완료(2024. 3. 15.)\t50\n"
    "2/4분기\t건축허가\t공사발주(2024. 6. 20.)\t65\n"
    "3/4분기\t착공\t-\t80\n"
)
NARROW = (
    "사업별 설명서\n\n(단위: 천원)\n\n세부사업\t예산액\t국\t도\t시\n"
    "경로당\t1,240\t310\t279\t651\n아동 급식\t768\t-\t230\t538\n"
)
BARS = (
    "지표 | FY2023 실적 | FY2024 목표\n---|---|---\n"
    "제안 건수(건) | 248 | 260\n민원비율(%) | 41.5 | 45.0\n"
)


def told(fact: Fact) -> dict[str, object]:
    period = fact.period
    return {
        "measure": fact.measure,
        "basis": fact.basis,
        "label": fact.label,
        "unit": fact.value_unit,
        "value": fact.value,
        "source": fact.funding_source,
        "start": period.start if period else None,
        "end": period.end if period else None,
    }


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    [
        pytest.param(CHANGES, "300", {"measure": "budget"}, id="a change is of the budget"),
        pytest.param(CHANGES, "△220", {"measure": "budget"}, id="지출 in the row is no spending"),
        pytest.param(SETTLED, "9,500", {"measure": "amount"}, id="a levy is no budget"),
        pytest.param(SETTLED, "9,200", {"measure": "amount"}, id="a receipt is no budget"),
        pytest.param(SETTLED, "9,100", {"measure": "amount"}, id="settled income is not spent"),
        pytest.param(FUNDS, "8,400", {"label": "재난관리기금"}, id="a fund has its own name"),
        pytest.param(
            FUNDS, "3,300", {"start": None, "end": date(2022, 12, 31)}, id="전년도말 is a day"
        ),
        pytest.param(
            SPENT, "1,900", {"measure": "budget", "source": "national"}, id="planned money"
        ),
        pytest.param(
            SPENT,
            "3,960",
            {"measure": "execution", "label": "1-2 청년일자리 창출"},
            id="spent money",
        ),
        pytest.param(
            SPENT,
            "10,760",
            {"start": date(2022, 1, 1), "end": date(2023, 12, 31)},
            id="a total of years spans them",
        ),
        pytest.param(
            INDICATORS, "572", {"measure": "actual", "unit": "개"}, id="a unit printed once"
        ),
        pytest.param(
            INDICATORS, "104.0", {"measure": "rate", "unit": "percent"}, id="달성률 under 성과목표"
        ),
        pytest.param(
            YEARS_OF_MONTHS,
            "70",
            {"start": date(2022, 2, 1), "end": date(2022, 2, 28)},
            id="a month of the year of its row",
        ),
        pytest.param(
            YEARS_OF_MONTHS,
            "312",
            {"start": date(2022, 1, 1), "end": date(2022, 12, 31)},
            id="the total of a year",
        ),
        pytest.param(DISASTER, "600", {"unit": "가구", "value": Decimal(600)}, id="households"),
        pytest.param(DISASTER, "1,290", {"unit": "명"}, id="people beside money"),
        pytest.param(DISASTER, "698", {"unit": "won"}, id="money beside households"),
        pytest.param(STATISTICS, "42.35", {"unit": "㎢", "measure": "area"}, id="square km"),
        pytest.param(STATISTICS, "4,210", {"unit": "세대"}, id="a counter in its heading"),
        pytest.param(SCHOOLS, "102", {"unit": "학급"}, id="classes"),
        pytest.param(SCHOOLS, "1,954", {"unit": "명"}, id="pupils"),
        pytest.param(PLEDGES, "12", {"unit": "건"}, id="the only unit beside %"),
        pytest.param(PLEDGES, "58.3", {"unit": "percent"}, id="the rate beside a count"),
        pytest.param(SHORTAGE, "110", {"unit": "won"}, id="과부족 of money"),
        pytest.param(
            SHORTAGE,
            "2,450",
            {"measure": "execution", "end": date(2024, 6, 30)},
            id="spent up to the day in the heading",
        ),
        pytest.param(COUNTS, "31", {"unit": "건", "value": Decimal(31)}, id="건수 is no money"),
        pytest.param(FACILITIES, "6", {"unit": "명"}, id="기간제 are people, no period"),
        pytest.param(
            FACILITIES, "6,250", {"start": None, "end": None}, id="준공연도 dates nothing"
        ),
        pytest.param(JOBS, "3,310", {"value": Decimal(3310)}, id="일자리 is no 일자"),
        pytest.param(
            TOLD, "65", {"measure": "rate", "unit": "percent"}, id="추진실적 told in words"
        ),
        pytest.param(NARROW, "279", {"source": "province", "measure": "budget"}, id="국 도 시"),
        pytest.param(
            NARROW, "768", {"unit": "won", "source": "total"}, id="아동 in a row of money"
        ),
        pytest.param(BARS, "248", {"measure": "actual", "unit": "건"}, id="bars between cells"),
        pytest.param(BARS, "45.0", {"measure": "target", "unit": "percent"}, id="a target in %"),
    ],
)
def test_a_number_of_a_table_says_what_it_is(
    text: str, raw: str, expected: dict[str, object]
) -> None:
    if text is SHORTAGE:
        text = f"2024년 상반기 재정{text}"
    found = told(fact_of(text, raw))
    assert {key: found[key] for key in expected} == expected


def test_a_rank_is_no_figure() -> None:
    assert [fact.raw for fact in facts_of(SCORES)] == ["94.0", "92.0", "88.0"]


@pytest.mark.parametrize(
    ("line", "raw", "end"),
    [
        pytest.param("○ 임대 2,145대(’22년 1,980대 대비 증가)", "2,145대", None, id="compared"),
        pytest.param(
            "○ 임대 2,145대(’22년 1,980대 대비 증가)", "1,980대", date(2022, 12, 31), id="base"
        ),
        pytest.param(
            "○ 확보 : 총 4,520억원(2019년 1,380억, 2020년 3,140억)", "4,520억원", None, id="whole"
        ),
        pytest.param(
            "○ 확보 : 총 4,520억원(2019년 1,380억, 2020년 3,140억)",
            "3,140억",
            date(2020, 12, 31),
            id="part",
        ),
        pytest.param("○ 지원 13개사(2023년)", "13개사", date(2023, 12, 31), id="its own year"),
        pytest.param("○ 공공운영비 200,000원×12월 = 2,400천원", "2,400천원", None, id="factor"),
    ],
)
def test_a_date_is_given_to_the_numbers_that_it_is_of(
    line: str, raw: str, end: date | None
) -> None:
    period = fact_of(line, raw).period
    assert (period.end if period else None) == end


def test_a_note_number_is_no_figure() -> None:
    assert facts_of("주 : 1) 외국인 제외") == ()


def test_the_won_sign_is_a_unit() -> None:
    fact = fact_of("○ 위탁금액 : 금 이천만원(₩20,000,000)", "20,000,000")
    assert (fact.value, fact.value_unit) == (Decimal(20_000_000), "won")


@pytest.mark.parametrize(
    ("line", "raw", "indicator"),
    [
        pytest.param("○ 직매장 운영 : 참여농가 300명", "300명", "참여농가", id="농가"),
        pytest.param("○ 사용료 : 성인 3,000원, 어린이 1,500원", "1,500원", "어린이", id="어린이"),
        pytest.param("○ 위원회 운영 : 실무협의 5회", "5회", "실무협의", id="협의"),
    ],
)
def test_the_end_of_a_noun_is_no_particle(line: str, raw: str, indicator: str) -> None:
    assert fact_of(line, raw).indicator == indicator


def test_letter_spaced_costs_are_a_budget() -> None:
    facts = facts_of("2024년도 업무계획\n\n○ 사 업 비 : 700백만원(국비 350, 도비 105, 군비 245)")
    assert [(fact.measure, fact.value, fact.funding_source) for fact in facts] == [
        ("budget", Decimal(700_000_000), None),
        ("budget", Decimal(350_000_000), "national"),
        ("budget", Decimal(105_000_000), "province"),
        ("budget", Decimal(245_000_000), "county"),
    ]


def test_a_date_that_labels_a_row_keeps_its_month() -> None:
    fact = fact_of("일자\t내용\n7. 5.\t보고회\n7. 12.~7. 19.\t현장점검(15개소)\n", "15개소")
    assert fact.label == "7. 12.~7. 19."


def test_the_rows_of_a_table_are_no_title() -> None:
    text = (
        "2023회계연도 결산검사 보고\n\n(단위: 천원)\n\n"
        "사 업 명 예산현액 지출액 집행잔액 불용률(%) 사유\n\n청년월세 2,400 1,500 900 37.5 감소\n"
    )
    assert report_of(text).profile.title == "2023회계연도 결산검사 보고"


def test_a_day_of_a_schedule_is_no_date_of_record() -> None:
    text = "2024년 상반기 보고\n\n일자\t내용\n7. 5.\t보고회\n7월말\t하반기 계획 확정\n"
    assert report_of(text).profile.as_of_date is None
