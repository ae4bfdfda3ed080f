"""Totals whose parts stand on both sides of a fold, are not all printed, or count twice."""

from dataclasses import replace

import pytest

from extract.reading.text import read_text
from extract.surroundings import attach_surroundings
from normalize.records import Report
from normalize.report import read_report
from validate.audit import audit
from validate.records import Audit, Check


def _report(text: str) -> Report:
    document = read_text(text.replace("|", "\t").encode(), "report.txt")
    return read_report(replace(document, blocks=attach_surroundings(document.blocks)))


def _audit(text: str) -> Audit:
    return audit(_report(text))


def _checks(text: str, kind: str) -> list[Check]:
    return [check for check in _audit(text).checks if check.kind == kind]


BANDS = """□ 의료 종사자

(단위: 명)
계|의사|한의사|간호사
{total}|811|187|2,364

약사|방사선사|물리치료사|조무사
303|252|392|1,958

* 의료인 : {noted}명(의사, 한의사, 간호사)
"""


@pytest.mark.parametrize(
    ("total", "outcome"),
    [pytest.param("6,267", "exact", id="adds-up"), pytest.param("6,276", "mismatch", id="wrong")],
)
def test_a_row_that_goes_on_below_has_one_total(total: str, outcome: str) -> None:
    (check,) = _checks(BANDS.format(total=total, noted="3,362"), "row_total")
    assert check.outcome == outcome
    assert check.computed == 6267


def test_a_table_with_a_title_of_its_own_does_not_go_on() -> None:
    text = BANDS.format(total="3,362", noted="3,362").replace("\n약사", "\n□ 약무 종사자\n\n약사")
    (check,) = _checks(text, "row_total")
    assert check.outcome == "exact"
    assert check.computed == 3362


@pytest.mark.parametrize(
    ("noted", "outcome"),
    [pytest.param("3,362", "exact", id="right"), pytest.param("3,326", "mismatch", id="wrong")],
)
def test_a_note_that_names_columns_is_their_sum(noted: str, outcome: str) -> None:
    (check,) = _checks(BANDS.format(total="6,267", noted=noted), "narrative")
    assert check.outcome == outcome
    assert check.expression == f"{noted}명 = 811 + 187 + 2,364"


def test_a_note_that_names_something_else_is_no_sum() -> None:
    text = BANDS.format(total="6,267", noted="3,362").replace("(의사, 한의사", "(의사, 조산사")
    assert not _checks(text, "narrative")


HALVES = """정원 현황

직급|정원|현원|직급|정원|현원
가급|11|11|나급|12|11
다급|13|12|라급|14|15
마급|15|15|바급|16|17
총계||||{total}|81
"""


@pytest.mark.parametrize(
    ("total", "outcome"),
    [pytest.param("81", "exact", id="adds-up"), pytest.param("88", "mismatch", id="wrong")],
)
def test_a_list_in_two_halves_has_one_total(total: str, outcome: str) -> None:
    checks = _checks(HALVES.format(total=total), "column_total")
    assert [one.computed for one in checks] == [81, 81]
    assert [one.outcome for one in checks] == [outcome, "exact"]


ELIDED = """연간 조성계획

(단위: 억원)
구분|2025년|2026년|2027년|{gap}|2033년|합계
기금|510|510|510|{gap}|510|4,590
융자|100|100|100|{gap}|100|900
"""


def test_columns_of_dots_stand_for_others() -> None:
    assert not _checks(ELIDED.format(gap="······"), "row_total")
    full = ELIDED.replace("|{gap}", "")
    assert {check.outcome for check in _checks(full, "row_total")} == {"mismatch"}


STARRED = """위탁의료기관 현황

(단위: 개소)
계*|어린이|어른|여행자
2,138|821|1,282|1,680
{note}
"""


@pytest.mark.parametrize(
    ("note", "count"),
    [
        pytest.param("* 접종에 따라 의료기관 중복", 0, id="counted-twice"),
        pytest.param("* 중복 제외", 1, id="counted-once"),
        pytest.param("* 2025년 1월 기준", 1, id="another-note"),
    ],
)
def test_a_total_whose_parts_count_twice_is_not_their_sum(note: str, count: int) -> None:
    assert len(_checks(STARRED.format(note=note), "row_total")) == count


OUTLINE = """기본금 명세서

(단위: 원)
구분|기초잔액|증가액|기말잔액
1. 출연금|1,200,300|300,100|1,500,400
출연기본금|1,200,300|300,100|1,500,400
2. 적립금|2,400,500|100,200|2,500,700
연구적립금|1,400,500|50,100|1,450,600
장학적립금|1,000,000|50,100|1,050,100
합계|3,600,800|400,300|{last}
"""


@pytest.mark.parametrize(
    ("last", "outcome"),
    [
        pytest.param("4,001,100", "exact", id="adds-up"),
        pytest.param("4,010,100", "mismatch", id="wrong"),
    ],
)
def test_a_total_counts_the_numbered_rows_of_an_outline(last: str, outcome: str) -> None:
    checks = _checks(OUTLINE.format(last=last), "column_total")
    assert [one.outcome for one in checks if one.printed != 0][-1] == outcome
    assert checks[-1].expression == f"{last} = 1,500,400 + 2,500,700"


def test_a_row_without_a_number_may_be_a_part_of_its_own() -> None:
    text = """수입 명세서

(단위: 원)
구분|기초액|기말액
1. 사용료|1,200,300|1,300,100
2. 수수료|2,400,500|2,500,200
기타수입|500,000|600,000
합계|4,100,800|4,400,300
"""
    checks = _checks(text, "column_total")
    assert {check.outcome for check in checks} == {"exact"}
    assert all(check.expression.count("+") == 2 for check in checks)


def test_a_number_is_held_against_the_column_that_it_names() -> None:
    text = """○ (인력 재배치) +2명

직급|정원|증원|재배치
연구관|12명|1명|-
연구사|14명|2명|2명
"""
    said = [check.expression for check in _checks(text, "repeat")]
    assert not [one for one in said if "12명 + 14명" in one]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        pytest.param("신설 및 보수 목표", 0, id="newly-built"),
        pytest.param("운영 현황", 1, id="what-there-is"),
    ],
)
def test_what_is_newly_built_is_not_what_there_is(words: str, count: int) -> None:
    text = f"""시설 현황

구분|생활체육시설
현황|1,907개소

- 생활체육시설 15개소 {words}
"""
    found = _audit(text).findings
    assert len([one for one in found if "생활체육시설" in one.title_ko]) == count


@pytest.mark.parametrize(
    ("note", "unit"),
    [
        pytest.param("(단위: 억원, %)", "percent", id="the-note-lists-percent"),
        pytest.param("(단위: 억원)", "won", id="money-only"),
    ],
)
def test_a_change_against_last_year_is_a_rate_where_the_note_says_percent(
    note: str, unit: str
) -> None:
    text = f"세입 현황\n\n{note}\n구분|2021년 예산액|2022년 예산액|전년 대비\n"
    text += "지방세|1,000|1,100|10.0\n교부세|900|990|10.0\n"
    units = {fact.value_unit for fact in _report(text).facts if fact.raw == "10.0"}
    assert units == {unit}


def test_fees_are_no_persons() -> None:
    text = "수입 명세서\n\n(단위: 원)\n구분|전년도|올해\n사용료|1,200|1,300\n수수료|2,400|2,500\n"
    assert {fact.value_unit for fact in _report(text).facts} == {"won"}
