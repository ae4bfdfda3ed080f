"""Sums of tables: totals first, last and nested, sources of money, blanks and stocks."""

import pytest

from tests.validate.reports import Sheet, audit_of, checks_of

TERM = """구분 | 계 | 임기 내>소계 | 임기 내>2022 | 임기 내>2023 | 임기 후
총 계 | 1,120 | 1,085 | 375 | 710 | 35
국 비 | 561 | 554 | 196 | 358 | 7
시 비 | 170 | 169 | 70 | 99 | 1
구 비 | 389 | 362 | 109 | 253 | 27
기 타 | - | - | - | - | -"""

PROGRAMMES = """구분 | 합 계 | 2018년 | 2019년 | 2020년
계 | 1,240 | 470 | 470 | 300
운영률 제고>시 비 | 170 | 120 | 50 | -
운영률 제고>구 비 | 530 | 130 | 200 | 200
인재 양성>시 비 | 400 | 200 | 200 | -
인재 양성>구 비 | 140 | 20 | 20 | 100"""

SUPPORT = """구분 | 합계>기업수 | 합계>지원액 | 가>7:3>기업수 | 가>지원액 | 나>기업수 | 나>지원액
2024년 | 6개 | 9,567천원 | 2개 | 3,709천원 | 4개 | 5,858천원"""

GROUPS = """총계 | 사회적기업>계 | 사회적기업>인증 | 사회적기업>예비 | 마을기업 | 협동조합
233 | 26 | 19 | 7 | 9 | 198"""

SETTLEMENT = """구분 | 예산액 | 집행액
위탁사업비 계 | 600 | 500
운영비 소계 | 100 | 90
제안사업비 소계 | 500 | 410
공공시장 지원 | 200 | 150
민간시장 지원 | 300 | 260
시설운영비 계 | 70 | 60
건물 유지 | 40 | 30
장비 유지 | 30 | 30
총계 | 670 | 560"""


@pytest.mark.parametrize(
    ("sheet", "kind", "count"),
    [
        pytest.param(Sheet(text=TERM, unit="백만원"), "row_total", 4, id="total-of-subtotal"),
        pytest.param(Sheet(text=TERM, unit="백만원"), "subtotal", 5, id="nested-subtotal"),
        pytest.param(Sheet(text=TERM, unit="백만원"), "funding_split", 5, id="funding-rows"),
        pytest.param(Sheet(text=PROGRAMMES, unit="백만원"), "row_total", 5, id="letters-spaced"),
        pytest.param(Sheet(text=SUPPORT), "row_total", 2, id="same-columns-of-groups"),
        pytest.param(Sheet(text=GROUPS, unit="개소", stubs=0), "row_total", 1, id="group-total"),
        pytest.param(Sheet(text=GROUPS, unit="개소", stubs=0), "subtotal", 1, id="group-parts"),
    ],
)
def test_clean_tables_hold_exactly(sheet: Sheet, kind: str, count: int) -> None:
    found = audit_of(sheet)
    checks = checks_of(found, kind)
    assert [check.outcome for check in checks] == ["exact"] * len(checks)
    assert len(checks) >= count
    assert not found.findings


def test_totals_of_several_levels_in_one_column_are_told_apart() -> None:
    found = audit_of(Sheet(text=SETTLEMENT, unit="원"))
    expressions = {check.expression for check in found.checks}
    assert "600 = 100 + 500" in expressions
    assert "500 = 200 + 300" in expressions
    assert "670 = 600 + 70" in expressions
    assert not found.findings


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("| 375 |", "| 376 |", id="a-part"),
        pytest.param("시 비 | 170", "시 비 | 180", id="a-total"),
        pytest.param("| 27\n", "| 72\n", id="digits-exchanged"),
    ],
)
def test_a_planted_error_is_found_at_its_cell(old: str, new: str) -> None:
    found = audit_of(Sheet(text=TERM.replace(old, new), unit="원"))
    assert len(found.findings) == 1
    (finding,) = found.findings
    assert finding.severity == "high"
    assert finding.is_proven
    assert finding.printed == int(new.strip("|\n ").split()[-1].replace(",", ""))
    assert finding.suggestion == int(old.strip("|\n ").split()[-1].replace(",", ""))
    suspect = finding.cells[0]
    assert all(
        suspect in check.cells or suspect.fact_id in {c.fact_id for c in check.cells}
        for check in found.checks
        if check.check_id in finding.check_ids
    )


def test_a_blank_term_is_never_counted_as_a_pass() -> None:
    sheet = "구분 | 계 | 가 | 나\n합계 | 30 | | \n하나 | 10 | |"
    found = audit_of(Sheet(text=sheet, unit="명"))
    outcomes = {check.expression: check.outcome for check in found.checks}
    assert all(outcome == "uncheckable" for outcome in outcomes.values() if outcome != "mismatch")
    assert "exact" not in outcomes.values()


def test_a_blank_that_could_hold_the_rest_makes_a_sum_uncheckable() -> None:
    found = audit_of(Sheet(text="구분 | 계 | 가 | 나 | 다\n인원 | 30 | 10 | 15 |", unit="명"))
    assert [check.outcome for check in checks_of(found, "row_total")] == ["uncheckable"]
    assert not found.findings


def test_a_blank_means_nothing_where_sister_sums_show_it() -> None:
    sheet = "구분 | 계 | 가 | 나 | 다\n인원 | 25 | 10 | 15 |\n기업 | 30 | 10 | 15 |"
    found = audit_of(Sheet(text=sheet, unit="명"))
    outcomes = [check.outcome for check in checks_of(found, "row_total")]
    assert outcomes == ["exact", "mismatch"]


def test_a_word_among_the_terms_is_never_counted_as_a_pass() -> None:
    found = audit_of(Sheet(text="구분 | 계 | 가 | 나\n인원 | 10 | 10 | 미정", unit="명"))
    assert [check.outcome for check in checks_of(found, "row_total")] == ["uncheckable"]


def test_the_total_of_a_stock_is_its_last_value() -> None:
    sheet = """지표 | 목표 | 2022 | 2023 | 2024
기업 수 | 235 | 229 | 232 | 235
지원 기업 수 | 33 | 7 | 13 | 13
행사 | 26 | 4 | 12 | 10"""
    found = audit_of(Sheet(text=sheet, unit="개소"))
    assert not found.findings
    assert len(checks_of(found, "row_total")) == 2
    assert [c.expression for c in checks_of(found, "repeat")] == ["235 = 235"]


def test_the_order_of_rows_does_not_matter() -> None:
    head, total, *rows = TERM.split("\n")
    turned = "\n".join([head, *rows[::-1], total])
    straight = audit_of(Sheet(text=TERM, unit="백만원"))
    other = audit_of(Sheet(text=turned, unit="백만원"))
    assert sorted(c.kind for c in straight.checks) == sorted(c.kind for c in other.checks)
    assert {c.outcome for c in other.checks} == {"exact"}


def test_averages_and_rates_are_not_added_up() -> None:
    sheet = """구분 | 인원 | 평균 점수 | 운영률
합계 | 30명 | 4명 | 75%
가 | 10명 | 3명 | 70%
나 | 20명 | 5명 | 80%"""
    found = audit_of(Sheet(text=sheet))
    assert [check.expression for check in checks_of(found, "column_total")] == [
        "30명 = 10명 + 20명"
    ]
