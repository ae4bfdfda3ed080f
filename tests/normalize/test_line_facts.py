"""Running text to facts."""

from decimal import Decimal

import pytest

from tests.normalize.reading import fact_of, facts_of, values_of

HEAD = "Ⅱ. 2023년 추진실적\n1 마을 교육\n"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("- 매출 14억 달성", [("14억", 14 * 10**8, "won")], id="a word of scale"),
        pytest.param("- 계약 8천만 원", [("8천만 원", 8 * 10**7, "won")], id="a blank before 원"),
        pytest.param("- 기업 8개 육성", [("8개", 8, "개")], id="a count"),
        pytest.param("※ 신청 12명, 선정 8명", [("12명", 12, "명"), ("8명", 8, "명")], id="caption"),
        pytest.param("참여 기업\n35개사", [("35개사", 35, "개사")], id="a number tile"),
        pytest.param("상담 횟수\n1,234", [("1,234", 1234, None)], id="a bare tile below its label"),
        pytest.param("350", [], id="a bare number below nothing"),
        pytest.param("(단위: 1,000원)", [], id="a unit note"),
        pytest.param("- 2차 교부, 4차년 사업, 1인 미디어실", [], id="ordinals and names"),
        pytest.param("- 문의: 02-123-4567", [], id="a phone"),
        pytest.param("- 2023. 5. 1. 개소", [], id="a date"),
        pytest.param("- 제3조제2항", [], id="an article"),
    ],
)
def test_a_line_reports_its_numbers_and_nothing_else(
    text: str, values: list[tuple[str, int, str | None]]
) -> None:
    assert values_of(text + "\n") == [(raw, Decimal(value), unit) for raw, value, unit in values]


def test_the_parts_in_a_bracket_have_unit_and_measure_of_the_whole() -> None:
    text = f"{HEAD}○ 사업비: 761,000천원(국200,000,시175,000,구186,000,특교200,000)\n"
    whole, *parts = facts_of(text)
    assert [fact.funding_source for fact in parts] == [
        "national", "city", "district", "special_grant"
    ]  # fmt: skip
    assert sum(fact.value or 0 for fact in parts) == whole.value == 761_000_000
    assert {(fact.measure, fact.basis, fact.period) for fact in parts} == {
        (whole.measure, whole.basis, whole.period)
    }


def test_a_count_hands_its_unit_to_its_parts() -> None:
    facts = facts_of(f"{HEAD}- 시설 30개소(신규 10, 기존 20)\n")
    assert [(int(fact.value or 0), fact.value_unit) for fact in facts] == [
        (30, "개소"), (10, "개소"), (20, "개소")
    ]  # fmt: skip


def test_a_split_and_a_rate_on_one_line_stay_apart() -> None:
    facts = facts_of(f"{HEAD}- 예산: 10,000천원(구 10,000) / 집행률 45.2%\n")
    assert [(fact.measure, fact.value, fact.funding_source) for fact in facts] == [
        ("budget", 10_000_000, None), ("budget", 10_000_000, "district"),
        ("rate", Decimal("45.2"), None),
    ]  # fmt: skip


def test_a_line_is_labelled_by_its_subject_and_its_noun() -> None:
    facts = facts_of(f"{HEAD}○ 주민 교육: 강의 12회, 견학 3회\n")
    assert [fact.label for fact in facts] == ["주민 교육"] * 2
    assert facts[1].indicator == "견학"


def test_a_limit_is_a_threshold_and_an_approximation_is_marked() -> None:
    assert fact_of("- 보조금 5천만원 이하 지원\n", "5천만원").measure == "threshold"
    assert fact_of("- 주민 약 300명 참여\n", "300명").is_approximate


def test_the_section_tells_results_from_plans() -> None:
    text = "□ 추진실적\n- 교육 12회\n□ 향후계획\n- 교육 20회\n"
    assert [fact.measure for fact in facts_of(text)] == ["actual", "target"]


def test_a_number_takes_the_date_of_its_bullet() -> None:
    fact = fact_of("□ 추진실적\n○ 2021년 교육\n- 강의 12회\n", "12회")
    assert fact.period is not None
    assert fact.period.start is not None
    assert fact.period.start.year == 2021
