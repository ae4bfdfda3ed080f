"""Each kind of relation on the smallest report that states it, right and wrong."""

from decimal import Decimal
from pathlib import Path

import pytest

import validate.relations
from tests.validate.reports import Sheet, alarms_of, audit_of, checks_of
from validate.relations import KINDS

STAFF = """구분 | 계 | 6급 | 7급
정원 | 13명 | 8명 | 5명
현원 | 14명 | 7명 | 7명
과부족 | 1명 | △1명 | 2명"""
SETTLED = """구분 | 위탁비 | 시설비 | 합계
예산액(A) | 510 | 12 | 522
집행액(B) | 502 | 8 | 510
집행잔액(C=A-B) | 8 | 4 | 12
이자(D) | 3 | 1 | 4
정산잔액(E=C+D) | 11 | 5 | 16"""
GOALS = """구분 | 전체사업 대비비율(%) | 민선8기 목표 | 누적 실적 | 이행률(%)
기업 수 | 30 | 235개 | 233개 | 99.1
지원 수 | 50 | 48개 | 43개 | 89.6
행사 | 20 | 40회 | 16회 | 40.0
총 이행률(%) | | | | 82.5"""
OPERATED = """구분 | 합계 | 사회적기업 | 마을기업 | 협동조합 | 자활기업
운영률 | 75% | 100% | 100% | 66% | 100%
기업수 | 148개 | 31개 | 5개 | 106개 | 6개"""
PAIRS = "항목 | 목표 | 실적 | 달성률\n입점 | 30개/60개 | 21개/98개 | 70/163%"
SPLIT = """예산액 | 집행액 | 집행률
1,106(국 44, 시 361, 구 501, 특교 200) | 546(국 31, 시 175, 구 340) | 49.4"""

YEARS = """구분 | 2023년(A) | 2024년(B) | 증감(B-A) | 증감률
합계 | 400명 | 460명 | 60명 | 15.0
가 | 100명 | 110명 | 10명 | 10.0
나 | 300명 | 350명 | 50명 | 16.7"""
SCORES = """구분 | 1분기 | 2분기 | 3분기 | 평균
가 | 81.2 | 77.4 | 90.1 | 82.9
나 | 64.0 | 88.3 | 79.9 | 77.4
다 | 92.7 | 61.5 | 70.2 | 74.8
라 | 55.1 | 93.8 | 84.6 | 77.8
마 | 78.8 | 69.9 | 62.3 | 70.3"""
RUNNING = """월 | 당월 | 누계
1월 | 120 | 120
2월 | 85 | 205
3월 | 231 | 436
4월 | 64 | 500
5월 | 177 | 677
6월 | 93 | 770
7월 | 58 | 828
8월 | 240 | 1,068"""
GROWN = """구분 | 2023년 결산 | 2024년 예산 | 증감
가 | 100명 | 110명 | 10명
나 | 300명 | 350명 | 50명
다 | 200명 | 180명 | △20명"""
SHARES = """구분 | 2023년 | 2024년
합계 | 1,000명(100%) | 1,400명(100%)
가 | 330명(33.0%) | 605명(43.2%)
나 | 670명(67.0%) | 795명(56.8%)"""
SERIES = """구분 | 2020년 | 2021년 | 2022년 | 2023년 | 2024년
투자 | 1,000명 | 1,100명 | 1,210명 | 1,089명 | 1,307명
증감률 | | 10.0 | 10.0 | △10.0 | 20.0"""
OUTLINE = """구분 | 2023년 | 2024년 | 2025년
합계 | 22,565명 | 24,887명 | 25,000명
사업비 | 18,583명 | 20,639명 | 20,700명
연구 | 10,833명 | 11,535명 | 11,600명
교육 | 7,750명 | 9,104명 | 9,100명
운영비 | 3,982명 | 4,248명 | 4,300명"""


@pytest.mark.parametrize(
    ("kind", "parts", "count"),
    [
        pytest.param("difference", (Sheet(text=STAFF),), 3, id="shortage-of-staff"),
        pytest.param("formula", (Sheet(text=SETTLED, unit="원"),), 6, id="lettered-formulas"),
        pytest.param("rate", (Sheet(text=GOALS),), 3, id="rate-of-goals"),
        pytest.param("formula", (Sheet(text=YEARS),), 3, id="formula-of-changes"),
        pytest.param("growth", (Sheet(text=YEARS),), 3, id="growth-between-columns"),
        pytest.param("change", (Sheet(text=GROWN),), 3, id="change-between-columns"),
        pytest.param("share", (Sheet(text=SHARES),), 4, id="shares-beside-amounts"),
        pytest.param("growth", (Sheet(text=SERIES),), 4, id="growth-of-a-series"),
        pytest.param("subtotal", (Sheet(text=OUTLINE),), 3, id="outline-without-a-word"),
        pytest.param("column_total", (Sheet(text=OUTLINE),), 3, id="total-of-top-level-rows"),
        pytest.param("weighted_rate", (Sheet(text=GOALS),), 1, id="weighted-by-share"),
        pytest.param("average", (Sheet(text=SCORES),), 5, id="average-of-quarters"),
        pytest.param("running_total", (Sheet(text=RUNNING),), 7, id="running-total-of-months"),
        pytest.param("weighted_rate", (Sheet(text=OPERATED),), 1, id="weighted-by-count"),
        pytest.param("percent_total", (Sheet(text=GOALS),), 1, id="column-of-shares"),
        pytest.param("rate", (Sheet(text=PAIRS),), 2, id="pairs-item-by-item"),
        pytest.param("funding_split", (Sheet(text=SPLIT, unit="천원", stubs=0),), 2, id="bracket"),
        pytest.param(
            "funding_split",
            ("사업비 12억원(국비 7억원, 시비 5억원) ※ 구비 3억원 별도",),
            1,
            id="money-beside-a-complete-split",
        ),
        pytest.param("part_of_whole", (Sheet(text=SPLIT, unit="천원", stubs=0),), 4, id="spent"),
        pytest.param("narrative", ("지도점검: 3회(자체 1회, 합동 2회)",), 1, id="words-bracket"),
        pytest.param(
            "narrative", ("운영 5명 : 강동구(1명), 관악구(2명), 노원구(2명)",), 1, id="one-by-one"
        ),
        pytest.param(
            "narrative",
            (Sheet(text="구분 | 내용\n가 | 지원 112건 - 전략 5건, 개발 33건 - 상담 74건"),),
            1,
            id="bullets-in-a-cell",
        ),
        pytest.param(
            "narrative", ("○ 연면적 684㎡", "- 2층(276㎡): 교육실", "- 3층(408㎡): 회의실"), 1,
            id="bullets-over-lines",
        ),
        pytest.param("percent_total", ("예산: 국비 50%, 시비 25%, 구비 25%",), 1, id="sources"),
        pytest.param("count", ("총4개동(가람동, 나래동, 다솜동, 라온동) 주민",), 1, id="names"),
    ],
)  # fmt: skip
def test_what_is_stated_is_checked_and_holds(
    kind: str, parts: tuple[Sheet | str, ...], count: int
) -> None:
    found = audit_of(*parts)
    checks = checks_of(found, kind)
    assert len(checks) == count
    assert {check.outcome for check in checks} <= {"exact", "within_rounding"}
    assert not alarms_of(found)


@pytest.mark.parametrize(
    ("kind", "parts", "severity"),
    [
        pytest.param(
            "difference", (Sheet(text=STAFF.replace("| 2명", "| 3명")),), "high", id="shortage"
        ),
        pytest.param(
            "formula",
            (Sheet(text=SETTLED.replace("| 11 |", "| 12 |"), unit="원"),),
            "high",
            id="lettered-formula",
        ),
        pytest.param(
            "rate", (Sheet(text=GOALS.replace("89.6", "98.6")),), "medium", id="digits-exchanged"
        ),
        pytest.param(
            "percent_total", (Sheet(text=GOALS.replace("| 20 |", "| 25 |")),), "medium",
            id="shares-make-105",
        ),
        pytest.param(
            "funding_split",
            (Sheet(text=SPLIT.replace("시 361", "시 316"), unit="천원", stubs=0),),
            "high",
            id="source-in-bracket",
        ),
        pytest.param(
            "share", (Sheet(text=SHARES.replace("605명", "650명")),), "high", id="digits-in-share"
        ),
        pytest.param(
            "growth", (Sheet(text=YEARS.replace("10.0\n", "12.0\n")),), "medium", id="growth"
        ),
        pytest.param(
            "change", (Sheet(text=GROWN.replace("| 50명", "| 60명")),), "medium", id="change"
        ),
        pytest.param("narrative", ("지도점검: 4회(자체 1회, 합동 2회)",), "medium", id="bracket"),
        pytest.param(
            "average", (Sheet(text=SCORES.replace("| 74.8", "| 78.4")),), "low", id="average"
        ),
        pytest.param(
            "running_total", (Sheet(text=RUNNING.replace("436", "463")),), "low", id="running"
        ),
        pytest.param("count", ("총5개동(가람동, 나래동, 다솜동) 주민",), "low", id="names"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_found(
    kind: str, parts: tuple[Sheet | str, ...], severity: str
) -> None:
    found = audit_of(*parts)
    failing = {check.check_id for check in checks_of(found, kind) if check.outcome == "mismatch"}
    assert failing
    findings = [one for one in found.findings if failing & set(one.check_ids)]
    assert severity in {one.severity for one in findings}


def test_an_amount_with_exchanged_digits_is_proven_by_its_sum_and_its_share() -> None:
    (finding,) = audit_of(Sheet(text=SHARES.replace("605명", "650명"))).findings
    assert finding.is_proven
    assert finding.printed == 650
    assert finding.suggestion == 605


def test_what_fails_on_a_scanned_page_may_be_a_misreading() -> None:
    (finding,) = audit_of(Sheet(text=SHARES.replace("605명", "650명"), engine="ocr")).findings
    assert (finding.severity, finding.cause) == ("low", "extraction")


def test_a_list_under_a_heading_is_counted() -> None:
    rows = "\n".join(f"{month}.{month + 3} | 교육 {month}" for month in range(1, 9))
    found = audit_of("교육설명회 7회", Sheet(text=f"일시 | 내용\n{rows}", stubs=0))
    (check,) = checks_of(found, "count")
    assert check.expression == "7회 = 8"
    assert check.outcome == "mismatch"
    assert [one.severity for one in found.findings] == ["low"]


def test_names_divided_by_strokes_are_counted_where_most_rows_do_so() -> None:
    sheet = """구분 | 총계 | 수요처
가 | 3 | 하나/둘/셋
나 | 4 | 하나/둘/셋/넷
다 | 2 | 하나/둘
라 | 4 | 하나/둘/셋"""
    checks = checks_of(audit_of(Sheet(text=sheet, unit="개")), "count")
    assert [check.outcome for check in checks] == ["exact", "exact", "exact", "mismatch"]


def test_the_groups_of_digits_of_an_amount_are_no_list_of_names() -> None:
    sheet = """구분 | 사업 수 | 예산액
가 | 3 | 1,234,567
나 | 3 | 7,315,948
다 | 3 | 2,209,318
라 | 2 | 948,172"""
    assert not checks_of(audit_of(Sheet(text=sheet)), "count")


def test_every_module_of_relations_is_registered() -> None:
    folder = Path(validate.relations.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {kind.code for kind in KINDS} == modules
    assert len(KINDS) == len(modules)


def test_a_rate_beyond_its_target_that_a_table_caps_at_100_is_a_matter_of_definition() -> None:
    sheet = """구분 | 목표 | 실적 | 달성률
가 | 2건 | 3건 | 100%
나 | 4건 | 4건 | 100%
다 | 4건 | 3건 | 75%"""
    found = audit_of(Sheet(text=sheet))
    assert [(one.severity, one.cause) for one in found.findings] == [("low", "definition")]


def test_a_payment_beyond_the_total_cost_that_fits_in_thousands_has_a_wrong_unit() -> None:
    cost = Sheet(text="구분 | 총사업비\n사업 | 3,707", unit="백만원")
    paid = Sheet(text="구분 | 인원 | 지원액\n2024년 | 7명 | 9,487", unit="백만원")
    (finding,) = audit_of(cost, paid).findings
    assert finding.cause == "unit"
    assert finding.suggestion == 9_487_000


def test_the_same_figure_in_another_table_is_a_repeat() -> None:
    first = Sheet(text="구분 | 예산액\n청년 지원 | 1,436,743", unit="천원")
    second = Sheet(text="구분 | 예산액\n청년의 자립 지원 | 1,436,743", unit="천원")
    checks = checks_of(audit_of(first, second), "repeat")
    assert [check.outcome for check in checks] == ["exact"]


def test_a_coarser_print_of_the_same_amount_is_a_repeat() -> None:
    first = Sheet(text="구분 | 목표 | 실적\n매출성과 | 50,000천원 | 61,560천원")
    found = audit_of(first, "- 주요 실적 : 매출성과 6,156만원 발생")
    assert [check.outcome for check in checks_of(found, "repeat")] == ["exact"]


def test_one_thing_with_two_figures_is_found_where_all_else_agrees() -> None:
    first = Sheet(text="사업명 | 목표 | 실적\n영업매칭 지원 | 20건/50억 | 27건/65.6억")
    second = Sheet(text="항목 | 목표 | 실적\n매칭지원>영업매칭 지원 | 20건/50억 | 26건/65.6억")
    found = audit_of(first, second)
    (alarm,) = alarms_of(found)
    assert {alarm.printed, alarm.expected} == {26, 27}


def test_different_figures_of_different_things_are_no_finding() -> None:
    first = Sheet(text="사업명 | 목표 | 실적\n교육 | 10회 | 12회")
    second = Sheet(text="사업명 | 목표 | 실적\n교육 상담 | 10회 | 15회")
    assert not audit_of(first, second).findings


def test_a_heading_is_the_sum_of_the_tables_under_it() -> None:
    first = Sheet(text="구분 | 기관수 | 횟수\n공공기관 | 28개 | 85회\n학교 | 404개 | 485회")
    second = Sheet(text="구분 | 기관수 | 횟수\n기업 | 45개 | 84회")
    found = audit_of("방문영업 477개 기관, 654회", first, second)
    assert [check.outcome for check in checks_of(found, "repeat")] == ["exact", "exact"]


def test_ids_count_in_document_order_and_do_not_change() -> None:
    sheet = Sheet(text=STAFF.replace("| 2명", "| 3명"))
    first, second = audit_of(sheet), audit_of(sheet)
    assert first == second
    assert [check.check_id[-7:] for check in first.checks] == [
        f"c{number:06d}" for number in range(1, len(first.checks) + 1)
    ]
    assert first.findings[0].finding_id == "abababababab-x000001"


SETTLED_YEAR = """구분 | 예산현액 | 지출액 | 다음연도이월액 | 집행잔액
가 | 100 | 70 | 20 | 10
나 | 250 | 200 | 30 | 20"""
CHANGED = """사업 | 예산액 | 변경액 | 예산현액
가 | 212,000 | - | 212,000
나 | 180,500 | - | 180,500
다 | 140,000 | △2,000 | 138,000"""


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(
            (Sheet(text=SETTLED_YEAR, unit="원"),), id="a-balance-without-what-is-carried"
        ),
        pytest.param((Sheet(text=CHANGED, unit="천원"),), id="equal-columns-make-no-sum"),
    ],
)
def test_what_offices_print_in_a_clean_table_raises_no_alarm(parts: tuple[Sheet, ...]) -> None:
    assert audit_of(*parts).findings == ()


def test_amounts_beyond_the_total_cost_tell_of_the_unit_and_of_no_row_that_moved() -> None:
    cost = Sheet(text="구분 | 총사업비\n사업 | 3,707", unit="백만원")
    paid = Sheet(
        text="""구분 | 기업수 | 인원 | 지원액 | 인건비 기업수 | 인건비 지원액 | 기타 지원액
2024년도 | 6 | 7 | 9,487 | 4 | 5,778 | """,
        unit="백만원",
    )
    (finding,) = audit_of(cost, paid).findings
    assert (finding.cause, finding.suggestion, finding.repairs) == ("unit", Decimal(9_487_000), ())
    assert "천원이라면" in finding.explanation_ko
