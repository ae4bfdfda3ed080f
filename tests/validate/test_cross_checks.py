"""Figures across tables and text: what returns as a sum, together, regrouped or counted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.validate.reports import Sheet, alarms_of, audit_of, checks_of, report_of
from validate.audit import audit
from validate.records import Audit, Check

DIVISION = Sheet(
    text="""단위사업 | 예산액 | 집행액
가나다 지원 | 9,500 | 4,100
라마바 조성 | 7,717 | 3,431""",
    unit="천원",
)
FIRST = Sheet(text="예산액 | 집행액\n6,131 | 2,900", unit="천원", stubs=0)
SECOND = Sheet(text="예산액 | 집행액\n3,369 | 1,200", unit="천원", stubs=0)
WRONG = Sheet(text="예산액 | 집행액\n3,369 | 1,300", unit="천원", stubs=0)
OWN = Sheet(text="예산액 | 집행액\n7,717 | 3,431", unit="천원", stubs=0)

KINDS = Sheet(
    text="""구분 | 목표 | 실적
경영자문 | 7건 | 5건
사업자문 | 40건 | 33건
현장지도 | 64건 | 74건"""
)
OTHER_KINDS = Sheet(
    text="""세부 | 목표 | 실적 | 내용
경영 자문 | 7건 | 5건 | 성장
사업 자문 | 30건 | 30건 | 기획
현장 지도 | 64건 | 67건 | 운영
혁신형 | 10건 | 10건 | 자문(3건), 지도(7건)
합계 | 111건 | 112건 | """
)


def _sums(found: Audit, outcome: str = "exact") -> list[str]:
    kinds = ("repeat", "narrative")
    checks = [check for kind in kinds for check in checks_of(found, kind)]
    return [one.expression for one in checks if one.outcome == outcome]


def test_budgets_of_programmes_make_the_budget_of_the_division() -> None:
    found = _sums(audit_of(DIVISION, FIRST, SECOND, OWN))
    assert "9,500 = 6,131 + 3,369" in found
    assert "4,100 = 2,900 + 1,200" in found


def test_a_second_column_that_does_not_add_up_is_told() -> None:
    found = audit_of(
        Sheet(text=DIVISION.text.replace("9,500", "19,512"), unit="천원"),
        Sheet(text="예산액 | 집행액\n16,143 | 2,900", unit="천원", stubs=0),
        WRONG,
        OWN,
    )
    assert "4,100 = 2,900 + 1,300" in _sums(found, "mismatch")


def test_rows_of_another_table_make_a_total_where_two_columns_say_so() -> None:
    found = _sums(audit_of(KINDS, OTHER_KINDS))
    assert "111건 = 7건 + 40건 + 64건" in found
    assert "112건 = 5건 + 33건 + 74건" in found


def test_one_total_broken_down_in_two_ways_is_matched_row_by_row() -> None:
    report = report_of(KINDS, OTHER_KINDS)
    named = {"3건": "자문", "7건": "지도"}
    facts = tuple(
        replace(fact, indicator=named[fact.raw]) if fact.indicator == "내용" else fact
        for fact in report.facts
    )
    found = _sums(audit(replace(report, facts=facts)))
    assert "40건 = 30건 + 10건" in found
    assert "33건 = 30건 + 3건" in found
    assert "74건 = 67건 + 7건" in found


def test_rows_that_share_no_sum_are_not_linked() -> None:
    found = _sums(audit_of(KINDS, Sheet(text=OTHER_KINDS.text.replace("112건", "119건"))))
    assert not [one for one in found if one.startswith(("112건", "119건"))]


@pytest.mark.parametrize(
    ("parts", "expression"),
    [
        pytest.param(
            (
                "○ 입주공간: 기업 8개, 창업팀 5개",
                Sheet(text="구분 | 실적\n입주공간 기업 | 13개"),
            ),
            "13개 = 8개 + 5개",
            id="a-list-under-the-same-name",
        ),
        pytest.param(
            (
                Sheet(text="구분 | 2018년 | 2019년 | 2020년\n교육 | 600명 | 800명 | 1,050명"),
                "※ 주민 2%(2,450명) 교육 이수 목표",
            ),
            "2,450명 = 600명 + 800명 + 1,050명",
            id="a-footnote-under-a-series",
        ),
    ],
)
def test_a_printed_figure_is_the_sum_of_what_stands_elsewhere(
    parts: tuple[Sheet | str, ...], expression: str
) -> None:
    assert expression in _sums(audit_of(*parts))


def test_figures_return_together_with_a_longer_one() -> None:
    summary = Sheet(text="사업 | 실적\n입점 | 매장 14개, 품목 100개, 매출 77,220천원")
    tiles = ("14개 점포", "100개 물품", "77,220천원 매출")
    found = _sums(audit_of(summary, *tiles))
    assert "14개 = 14개" in found
    assert "100개 = 100개" in found


def test_short_figures_alone_do_not_return() -> None:
    summary = Sheet(text="사업 | 실적\n입점 | 매장 14개, 품목 100개")
    assert not _sums(audit_of(summary, "14개 점포", "100개 물품"))


def _counts(found: Audit) -> dict[str, Check]:
    return {check.expression: check for check in checks_of(found, "count")}


def test_rows_of_one_kind_are_counted() -> None:
    kinds = ["경영자문"] * 4 + ["사업자문"] * 10
    roster = "\n".join(f"{at} | 기업{'가나다라'[at % 4]} | {kind}" for at, kind in enumerate(kinds))
    numbers = Sheet(text="구분 | 실적\n경영자문 | 5건\n사업자문 | 10건")
    found = _counts(audit_of(numbers, Sheet(text=f"연번 | 기업명 | 자문구분\n{roster}")))
    assert found["5건 = 4"].outcome == "mismatch"
    assert found["10건 = 10"].outcome == "exact"


def test_a_table_of_other_numbers_is_not_counted_against_a_list() -> None:
    kinds = ["경영자문"] * 4 + ["사업자문"] * 10
    roster = "\n".join(f"{at} | 기업 | {kind}" for at, kind in enumerate(kinds))
    numbers = Sheet(text="구분 | 실적\n경영자문 | 55건\n사업자문 | 60건")
    assert not _counts(audit_of(numbers, Sheet(text=f"연번 | 기업명 | 자문구분\n{roster}")))


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        pytest.param("- 사전간담회 2회(4.12, 4.21) 추진", "exact", id="as-many-days"),
        pytest.param("- 사전간담회 3회(4.12, 4.21) 추진", "mismatch", id="a-day-is-missing"),
    ],
)
def test_the_days_of_an_event_are_counted(line: str, outcome: str) -> None:
    assert [one.outcome for one in checks_of(audit_of(line), "count")] == [outcome]


def test_finding_of_a_count_says_what_was_counted() -> None:
    (finding,) = audit_of("- 사전간담회 3회(4.12, 4.21) 추진").findings
    assert "열거된 것을 세면 2회이다" in finding.explanation_ko
    assert "but 2회 are listed" in finding.explanation_en


TWINS = Sheet(
    text="""구분 | 본예산 | 추경 | 현액 | 집행액 | 확정
기능별 | 19,096 | 23,055 | 32,399 | 21,806 | 68,560
비목별 | 19,096 | 23,055 | 32,399 | 21,808 | 68,560""",
    unit="백만원",
)


def test_the_only_figure_in_which_two_rows_differ_is_one_finding() -> None:
    (finding,) = alarms_of(audit_of(TWINS))
    assert finding.printed == 21_808 * 10**6
    assert finding.expected == 21_806 * 10**6


def test_rows_that_differ_by_what_another_row_holds_are_not_contradicted() -> None:
    more = "\n기타 | - | - | - | 2 | -"
    assert not alarms_of(audit_of(replace(TWINS, text=TWINS.text + more)))


def test_what_several_places_contradict_alike_is_one_finding() -> None:
    rows = TWINS.text.splitlines()
    table = "\n".join((*rows[:2], rows[1].replace("기능별", "사업별"), rows[2]))
    (finding,) = alarms_of(audit_of(replace(TWINS, text=table)))
    assert len(finding.check_ids) == 2
    assert finding.printed == 21_808 * 10**6


SPENT = """연도 | 예산액 | 집행액 | 잔액
2021년 | 5,000 | 4,100 | 900
2022년 | 5,000 | 4,200 | -
2023년 | 5,000 | 4,300 | -"""


def test_dashes_where_something_is_left_are_one_finding_and_no_number() -> None:
    (finding,) = audit_of(Sheet(text=SPENT, unit="천원")).findings
    assert (finding.severity, finding.cause) == ("low", "definition")
    assert finding.printed is None
    assert finding.expected == 800_000
    assert len(finding.check_ids) == 2


def test_a_dash_where_nothing_is_left_is_no_finding() -> None:
    text = SPENT.replace("4,200", "5,000").replace("4,300", "5,000")
    assert not audit_of(Sheet(text=text, unit="천원")).findings


UNDECIDED = """연도 | 계 | 인건비 | 운영비
2023년 | 900 | 500 | 400
2024년 미정 | 800 | 500 | 380"""


def test_a_total_in_a_row_that_is_undecided_calls_no_one() -> None:
    assert not alarms_of(audit_of(Sheet(text=UNDECIDED, unit="천원")))
    assert alarms_of(audit_of(Sheet(text=UNDECIDED.replace(" 미정", ""), unit="천원")))


def test_a_cell_with_a_second_figure_calls_no_one() -> None:
    text = "구분 | 조리교\n공립 | 4교\n사립 | 9교\n국립 | 3교\n계 | {}"
    assert not alarms_of(audit_of(Sheet(text=text.format("14(2)"), unit="개")))
    assert alarms_of(audit_of(Sheet(text=text.format("14"), unit="개")))


@pytest.mark.parametrize(
    ("heading", "outcome"),
    [
        pytest.param("집행률", "within_rounding", id="a-factor-where-no-percent-is-printed"),
        pytest.param("집행률(%)", "mismatch", id="percent-in-the-heading"),
    ],
)
def test_a_rate_may_be_printed_as_a_factor(heading: str, outcome: str) -> None:
    found = audit_of(Sheet(text=f"예산액 | 집행액 | {heading}\n1,781 | 2,781 | 1.56", stubs=0))
    assert [one.outcome for one in checks_of(found, "rate")] == [outcome]


def test_shares_are_taken_of_the_total_in_the_heading() -> None:
    halves = Sheet(
        text="""구분 | 예산액 | 구분 | 예산액
지방세 | 512억원(51.2%) | 수입 | 111억원(11.1%)
교부세 | 162억원(16.2%) | 채무 | 215억원(25.1%)"""
    )
    found = checks_of(audit_of("# 세입 1,000억원", halves), "share")
    assert [one.outcome for one in found].count("exact") == 3
    assert [one.expression for one in found if one.outcome == "mismatch"] == [
        "25.1% = 215억원 / 1,000억원"
    ]


def test_spending_beyond_the_first_budget_of_a_year_is_no_contradiction() -> None:
    assert not alarms_of(
        audit_of(Sheet(text="본예산 | 집행액\n1,000 | 1,300", stubs=0, unit="천원"))
    )
    assert alarms_of(audit_of(Sheet(text="예산현액 | 집행액\n1,000 | 1,300", stubs=0, unit="천원")))


VISITS = """연도 | 해외 | 국내 | 모두
2017년 | 가나다대 연수단과 연구자 등 8개 기관, 105명 | 진흥재단 등 32개, 477명 | 40개 기관 582명
2016년 | 라마바시 시장과 공무원 등 14개 기관, 221명 | 중학교 등 35개, 453명 | 49개 기관 674명
2015년 | 사아자시 부시장과 간부 등 16개 기관, 181명 | 고교 등 46개, 910명 | {} 1,091명"""


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        pytest.param("62개 기관", "exact", id="as-the-other-rows"),
        pytest.param("63개 기관", "mismatch", id="unlike-the-other-rows"),
    ],
)
def test_sentences_are_summed_where_the_rows_of_a_table_do_so(printed: str, outcome: str) -> None:
    found = checks_of(audit_of(Sheet(text=VISITS.format(printed))), "narrative")
    assert len(found) == 6
    assert [one.outcome for one in found if one.expression.endswith("16개 + 46개")] == [outcome]


@pytest.mark.parametrize(
    ("parts", "expression"),
    [
        pytest.param(
            ("민관협치간담회 7회 추진", "사전간담회 2회 및 본간담회 5회 추진"),
            "7회 = 2회 + 5회",
            id="the-next-line-lists-it",
        ),
        pytest.param(
            (
                "39팀 교육, 26팀 실사",
                Sheet(text="구분 | 신규 | 재지원\n교육 | 2회(29팀 참여) | 2회(10팀 참여)"),
            ),
            "39팀 = 29팀 + 10팀",
            id="a-row-of-sentences",
        ),
        pytest.param(
            ("101건 지원", Sheet(text="구분 | 현황\n자문 | 60개\n회계 | 13개\n방문 | 28개")),
            "101건 = 60개 + 13개 + 28개",
            id="a-column-without-a-total",
        ),
    ],
)
def test_a_line_tells_what_follows_adds_up_to(
    parts: tuple[Sheet | str, ...], expression: str
) -> None:
    assert expression in _sums(audit_of(*parts))


TAUGHT = Sheet(
    text="""구분 | 신규 지정 | 추가 지원
교육 | 기본교육 2회(29팀, 140명 참여) | 심화교육 3회(10팀, {people}명 참여)"""
)


@pytest.mark.parametrize(
    ("people", "outcome"),
    [pytest.param(48, "exact", id="right"), pytest.param(43, "mismatch", id="digit-changed")],
)
def test_figures_of_a_line_are_summed_together_over_the_cells_of_a_row(
    people: int, outcome: str
) -> None:
    told = replace(TAUGHT, text=TAUGHT.text.format(people=people))
    found = audit_of("39팀 188명 교육", told)
    (check,) = [one for one in checks_of(found, "repeat") if one.printed == 188]
    assert (check.outcome, check.computed) == (outcome, Decimal(140 + people))


@pytest.mark.parametrize(
    ("total", "count"),
    [pytest.param("100.0", 0, id="whole"), pytest.param("130.0", 1, id="misprinted")],
)
def test_the_share_that_a_total_prints_for_itself_is_the_whole(total: str, count: int) -> None:
    text = f"구분 | 구성비\n합계 | {total}\n행정 | 40.0\n문화 | 35.0\n복지 | 25.0"
    found = audit_of(Sheet(text=text, unit="%"))
    failing = [one for one in checks_of(found, "percent_total") if one.outcome == "mismatch"]
    assert len(failing) == count
