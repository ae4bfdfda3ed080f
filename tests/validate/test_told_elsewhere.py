"""What one place of a report says, held against another place: a text in, its checks out."""

from dataclasses import replace

import pytest

from extract.reading.text import read_text
from extract.surroundings import attach_surroundings
from pipelines.choose import choose_reading
from validate.audit import audit
from validate.records import Audit


def _audit(text: str) -> Audit:
    document = read_text(text.replace("|", "\t").encode(), "report.txt")
    blocks = attach_surroundings(document.blocks)
    return audit(choose_reading(replace(document, blocks=blocks)))


def _said(found: Audit, kind: str, outcome: str = "exact") -> list[str]:
    return [
        check.expression
        for check in found.checks
        if check.kind == kind and check.outcome == outcome
    ]


SETTLED = """2023년 정산보고서

(단위: 원)

구분|초기예산액|전용액|최종예산액|집행액|집행잔액|예금이자|기타수익금|반환대상액
가람 운영|1,000,000|200,000|1,200,000|1,100,000|100,000|1,500|300|{back}
나래 교육|2,000,000|△200,000|1,800,000|1,700,000|100,000|2,500|0|102,500
다솜 홍보|3,000,000|0|3,000,000|2,950,000|50,000|700|100|50,800
라온 연구|4,000,000|50,000|{last}|4,000,000|50,000|900|200|51,100
"""


def test_settlement_forms_add_up_what_is_returned_and_what_was_moved() -> None:
    found = _said(_audit(SETTLED.format(back="101,800", last="4,050,000")), "formula")
    assert "101,800 = 100,000 + 1,500 + 300" in found
    assert "1,800,000 = 2,000,000 + △200,000" in found
    assert "4,050,000 = 4,000,000 + 50,000" in found


def test_the_one_line_that_a_settlement_form_gets_wrong_is_told() -> None:
    audited = _audit(SETTLED.format(back="101,300", last="4,050,000"))
    assert _said(audited, "formula", "mismatch") == ["101,300 = 100,000 + 1,500 + 300"]
    (finding,) = [one for one in audited.findings if one.printed == 101300]
    assert finding.title_ko.startswith("항목을 더한 값과 불일치")


def test_columns_that_most_lines_do_not_add_up_are_not_added() -> None:
    text = SETTLED.format(back="201,800", last="4,050,000")
    text = text.replace("102,500", "302,500").replace("50,800", "90,800")
    assert not [one for one in _said(_audit(text), "formula", "mismatch") if "201,800" in one]


SLID = """2023년 정산 현황

(단위: 원)

구분|초기예산액|전용액|교부액|집행액|집행잔액
가람 운영|1,000,000|0|1,000,000|900,000|100,000
나래 교육|2,000,000|0|2,000,000|1,700,000|300,000
다솜 시설|{row}
"""


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("||700,000|650,000|50,000", id="in-place"),
        pytest.param("|700,000|650,000|50,000|", id="slid-over-a-lost-blank"),
    ],
)
def test_a_row_that_lost_a_blank_goes_where_its_arithmetic_holds(row: str) -> None:
    found = _said(_audit(SLID.format(row=row)), "difference")
    assert "50,000 = 700,000 - 650,000" in found


DONE = "이용자수 242명, 회원수 36건 - 교육 8회"
PLAN = """사업 총괄표

구분|사업목표|사업실적
공유공방|공방 운영 - 이용자수 {goal}명, 회원수 30건 - 교육 6회|공방 운영 - {done}

공유공방 운영 결과

구분|항목|목표|실적
공유공방|이용자수|200명|278명
|회원수|30건|36건
|교육|6회|8회
"""


def test_results_of_a_programme_whose_targets_agree_are_the_same_figures() -> None:
    audited = _audit(PLAN.format(goal="200", done=DONE))
    assert "278명 = 242명" in _said(audited, "repeat", "mismatch")
    assert "36건 = 36건" in _said(audited, "repeat")


def test_all_in_which_two_places_differ_is_one_finding() -> None:
    other = DONE.replace("36건", "29건")
    assert other != DONE
    audited = _audit(PLAN.format(goal="200", done=other))
    told = {"278명 = 242명", "36건 = 29건"}
    assert told <= set(_said(audited, "repeat", "mismatch"))
    failing = {
        check.check_id
        for check in audited.checks
        if check.kind == "repeat" and check.outcome == "mismatch"
    }
    assert len([one for one in audited.findings if failing & set(one.check_ids)]) == 1


def test_places_that_disagree_on_a_target_are_of_two_programmes() -> None:
    assert not [
        one
        for one in _said(_audit(PLAN.format(goal="310", done=DONE)), "repeat", "mismatch")
        if "242" in one
    ]


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        pytest.param(
            "- 공간지원 13개 선정(11개 개소완료, 2개 공사 중)", "exact", id="names-behind"
        ),
        pytest.param("- 공간지원 14개 선정(11개 개소완료, 2개 공사 중)", "mismatch", id="wrong"),
    ],
)
def test_parts_may_be_named_behind_their_numbers(line: str, outcome: str) -> None:
    said = _said(_audit(f"지원 현황\n\n{line}\n"), "narrative", outcome)
    assert [one.split(" = ")[1] for one in said] == ["11개 + 2개"]


def test_of_two_numbers_in_a_cell_the_one_outside_the_bracket_is_added() -> None:
    text = """지원 현황

- 26팀 현장실사

구분|신규지정|재지원
현장실사|18팀 실사(19팀 사업비 신청)|8팀 실사(8팀 사업비 신청)
"""
    assert "26팀 = 18팀 + 8팀" in _said(_audit(text), "repeat")


YEARS = """가람동 도서관 조성

총사업비
1,514백만원
(시비{city}%, 구비{ward}%)

연차별 투자계획
(단위: 백만원)

구분|계|2019|2020|2021
계|1,514|600|500|414
시비|620|200|220|200
구비|894|400|280|214

연차별 집행액 (단위: 백만원)

단위사업|계|2019|2020|2021
도서관 조성|{total}|{first}|480|414
"""


def test_shares_of_sources_in_words_are_held_against_the_table_that_splits_the_total() -> None:
    right = _audit(YEARS.format(city=41, ward=59, total="1,484", first=590))
    assert "41% = 620 / 1,514" in _said(right, "share", "within_rounding")
    wrong = _audit(YEARS.format(city=44, ward=56, total="1,484", first=590))
    assert "44% = 620 / 1,514" in _said(wrong, "share", "mismatch")
    agreed = _audit(YEARS.format(city=40, ward=60, total="1,484", first=590))
    assert not [one for one in _said(agreed, "share", "mismatch") if "620" in one]


def test_what_is_spent_in_a_year_is_held_against_the_plan_of_the_year() -> None:
    audited = _audit(YEARS.format(city=41, ward=59, total="1,594", first=700))
    assert "600 ≥ 700" in _said(audited, "part_of_whole", "mismatch")
    assert "500 ≥ 480" in _said(audited, "part_of_whole")
    found = [one for one in audited.findings if "600" in one.explanation_ko]
    assert [(one.severity, one.cause) for one in found] == [("low", "definition")]


PAID = """□ 예산 집행액

(단위: 백만원)

구분|계|2023|2024
총계|745|710|35
구비|745|710|35

□ 일정별 추진실적

연번|일자|추진사항|세부내용
1|2023. 3. 29.|민간위탁금 교부|- 2분기 민간위탁금 교부(64,011천원)
2|2024. 1. 24.|민간위탁금 교부|- 1분기 민간위탁금 교부({paid}천원)
3|2024. 3. 19.|장터 운영|- 매출 84,000천원
"""


@pytest.mark.parametrize(
    ("paid", "outcome"),
    [pytest.param("27,055", "exact", id="less"), pytest.param("67,055", "mismatch", id="more")],
)
def test_a_payment_is_not_more_than_its_year_executed(paid: str, outcome: str) -> None:
    found = _said(_audit(PAID.format(paid=paid)), "part_of_whole", outcome)
    assert f"35 ≥ {paid}천원" in found
    assert not [one for one in found if "84,000" in one]


RATES = """사업 총괄표

구분|사업명|집행률
판로|공공시장 확대|{rate}
경영|일상 경영지원|98.4%
인재|인재양성 연수|89.8%

정산보고서

(단위: 원)

구분|교부액|집행액
공공시장 확대|2,000,000|1,990,000
일상 경영지원|600,000|590,400
재단 인재양성 연수|1,000,000|898,000
"""


@pytest.mark.parametrize(
    ("rate", "outcome"),
    [pytest.param("99.5%", "exact", id="right"), pytest.param("95.9%", "mismatch", id="wrong")],
)
def test_a_rate_of_a_summary_is_held_against_the_amounts_of_another_table(
    rate: str, outcome: str
) -> None:
    said = _said(_audit(RATES.format(rate=rate)), "rate", outcome)
    assert f"{rate} = 1,990,000 / 2,000,000" in said


def test_rates_under_other_names_are_not_held_against_amounts() -> None:
    text = RATES.format(rate="99.5%").replace("일상 경영지원|98", "협력망 구축|98")
    text = text.replace("인재|인재양성 연수", "인재|강좌 개설")
    assert not _said(_audit(text), "rate")


def test_a_unit_goes_on_over_a_table_that_has_none() -> None:
    text = """정산 현황

(단위: 원)

구분|교부액|집행액
가람 운영|5,412,300|5,300,000

구분|목|교부금액|집행금액
사업비|운영비|2,412,300|2,300,000

구분|항|교부금액|집행금액
시설|보수비|3,000,000|3,000,000
"""
    document = read_text(text.replace("|", "\t").encode(), "report.txt")
    blocks = attach_surroundings(document.blocks)
    report = choose_reading(replace(document, blocks=blocks))
    assert {fact.value_unit for fact in report.facts if fact.table_id} == {"won"}
