"""What a number measures: the nearest words decide first."""

import pytest

from normalize.measures import (
    Setting,
    basis_of,
    measure_of,
    names_measure,
    names_purpose,
    section_kind,
)


@pytest.mark.parametrize(
    ("unit", "heading", "measure"),
    [
        ("won", "예산액", "budget"),
        ("won", "당초예산", "budget_initial"),
        ("won", "집행액", "execution"),
        ("won", "집행잔액", "balance"),
        ("won", "이월액", "balance"),
        ("won", "총사업비", "total_cost"),
        ("won", "교부액", "granted"),
        ("won", "반납액", "refund"),
        ("won", "이자", "interest"),
        ("won", "불인정액", "disallowed"),
        ("won", "전용", "transfer"),
        ("won", "예산 확보액", "secured_budget"),
        ("won", "매출", "amount"),
        ("won", "", "amount"),
        ("won", "목표", "target"),
        ("won", "실적", "actual"),
        ("percent", "집행률", "rate"),
        ("percent", "달성을", "rate"),
        ("percent", "목표", "target"),
        ("percent", "목표 대비", "rate"),
        ("명", "목표", "target"),
        ("명", "실적", "actual"),
        ("명", "정원", "headcount"),
        ("명", "참여인원", "count"),
        ("개소", "시설 수", "count"),
        ("㎡", "연면적", "area"),
        (None, "예산액", "budget"),
        (None, "건수", "count"),
        ("세", "연령", "age_limit"),
        ("년", "임기", "tenure"),
    ],
)
def test_the_heading_of_a_column_names_the_measure(
    unit: str | None, heading: str, measure: str
) -> None:
    assert measure_of(unit, Setting(nearest=heading)) == measure


@pytest.mark.parametrize(
    ("setting", "measure"),
    [
        pytest.param(Setting(nearest="2023", row="집행액"), "execution", id="the row"),
        pytest.param(Setting(nearest="2023", around="예산 현황"), "budget", id="the caption"),
        pytest.param(Setting(nearest="위탁사업비", row="집행액(B)"), "execution",
                     id="사업비 heads what the row names"),
        pytest.param(Setting(nearest="집행액", row="예산"), "execution", id="the heading first"),
        pytest.param(Setting(nearest="매출", is_table=False), "amount", id="running text"),
    ],
)  # fmt: skip
def test_money_takes_its_purpose_from_the_nearest_word(setting: Setting, measure: str) -> None:
    assert measure_of("won", setting) == measure


@pytest.mark.parametrize(
    ("unit", "setting", "measure"),
    [
        ("명", Setting(nearest="교육", section=("추진실적",), is_table=False), "actual"),
        ("명", Setting(nearest="교육", section=("추진계획",), is_table=False), "target"),
        ("명", Setting(nearest="주민", section=("일반현황",), is_table=False), "count"),
        ("명", Setting(around="센터장 1명", section=("현황",), is_table=False), "headcount"),
        ("회", Setting(nearest="2023", has_periods=True, section=("연차별 목표",)), "target"),
        ("회", Setting(nearest="2023", has_periods=True, section=("현황",)), "count"),
        ("percent", Setting(nearest="2023", has_periods=True, around="목표"), "target"),
    ],
)
def test_a_count_is_what_its_section_says(unit: str, setting: Setting, measure: str) -> None:
    assert measure_of(unit, setting) == measure


@pytest.mark.parametrize(
    ("measure", "setting", "basis"),
    [
        ("budget", Setting(), "plan"),
        ("target", Setting(section=("추진실적",)), "plan"),
        ("execution", Setting(), "result"),
        ("actual", Setting(section=("추진계획",)), "result"),
        ("rate", Setting(nearest="집행률"), "result"),
        ("rate", Setting(nearest="여성 비율"), "state"),
        ("amount", Setting(section=("추진실적",)), "result"),
        ("amount", Setting(section=("추진계획",)), "plan"),
        ("count", Setting(section=("현황",)), "state"),
        ("headcount", Setting(section=("추진실적",)), "state"),
    ],
)
def test_a_number_is_planned_achieved_or_describes_a_state(
    measure: str, setting: Setting, basis: str
) -> None:
    assert basis_of(measure, setting) == basis  # type: ignore[arg-type]


def test_the_innermost_heading_that_tells_decides() -> None:
    assert section_kind(Setting(section=("주민 교육", "추진계획", "추진실적"))) == "plan"
    assert section_kind(Setting(section=("주민 교육",))) == "state"


@pytest.mark.parametrize(
    ("heading", "measure", "purpose"),
    [("예산액", True, True), ("매출", True, False), ("목표", True, False), ("교육", False, False)],
)
def test_a_heading_says_what_is_measured_or_of_what(
    heading: str, measure: bool, purpose: bool
) -> None:
    assert (names_measure(heading), names_purpose(heading)) == (measure, purpose)
