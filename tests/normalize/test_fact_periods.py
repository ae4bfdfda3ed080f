"""The period of a number: its heading's, its row's, its text's, or that of the whole report."""

from datetime import date

import pytest

from normalize.fact_periods import (
    Surrounding,
    anchored,
    column_periods,
    default_period,
    heading_period,
    read_surrounding,
    text_period,
)
from normalize.records import Basis, Measure, Period, Profile
from tests.normalize.reading import fact_of, facts_of

PROFILE = Profile(fiscal_year=2023)
AROUND = Surrounding(year=2023, profile=PROFILE)
TERM = Surrounding(year=2023, term=(date(2022, 7, 1), date(2026, 6, 30)), profile=PROFILE)


def span(period: Period | None) -> tuple[str, str] | None:
    return (str(period.start), str(period.end)) if period else None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("2022",), ("2022-01-01", "2022-12-31")),
        (("2022년", "상반기"), ("2023-01-01", "2023-06-30")),
        (("임기 내", "2024"), ("2024-01-01", "2024-12-31")),
        (("임기 내", "소계"), ("2022-07-01", "2026-06-30")),
        (("입기 내",), ("2022-07-01", "2026-06-30")),
        (("예산액",), None),
        ((), None),
    ],
    ids=str,
)
def test_a_heading_dates_its_column_leaf_first(
    path: tuple[str, ...], expected: tuple[str, str] | None
) -> None:
    assert span(heading_period(path, TERM)) == expected


def test_a_total_takes_in_what_stands_beside_it() -> None:
    paths = [("계",), ("임기 내", "소계"), ("임기 내", "2022"), ("임기 내", "2023"), ("비고",)]
    periods = [span(period) for period in column_periods(paths, AROUND)]
    assert periods[1:] == [
        ("2022-01-01", "2023-12-31"), ("2022-01-01", "2022-12-31"),
        ("2023-01-01", "2023-12-31"), None,
    ]  # fmt: skip


def test_a_total_of_years_runs_from_the_first_to_the_last() -> None:
    paths = [("구분",), ("계",), ("2022",), ("2023",), ("2025",)]
    assert span(column_periods(paths, AROUND)[1]) == ("2022-01-01", "2025-12-31")


def test_a_total_beside_one_year_has_no_period() -> None:
    assert column_periods([("계",), ("2022",), ("예산",)], AROUND)[0] is None


@pytest.mark.parametrize(
    ("texts", "year", "as_of"),
    [
        pytest.param(["(2022. 12. 31. 기준)"], 2022, date(2022, 12, 31), id="an as-of day"),
        pytest.param(["□ 2021년 실적", "Ⅱ. 2022년"], 2021, None, id="the nearest year"),
        pytest.param(["□ 실적"], 2023, None, id="the report's year"),
    ],
)
def test_what_stands_around_tells_year_and_day(
    texts: list[str], year: int, as_of: date | None
) -> None:
    around = read_surrounding(texts, PROFILE, None)
    assert (around.year, around.as_of) == (year, as_of)


@pytest.mark.parametrize(
    ("measure", "basis", "expected"),
    [
        ("budget", "plan", ("2023-01-01", "2023-12-31")),
        ("execution", "result", ("2023-01-01", "2023-05-31")),
        ("count", "state", ("None", "2023-05-31")),
        ("target", "plan", ("2023-01-01", "2023-12-31")),
    ],
)
def test_without_a_date_of_its_own_a_number_has_its_reports(
    measure: Measure, basis: Basis, expected: tuple[str, str]
) -> None:
    profile = Profile(fiscal_year=2023, as_of_date=date(2023, 5, 31))
    around = Surrounding(year=2023, profile=profile)
    assert span(default_period(measure, basis, around)) == expected


def test_without_any_date_there_is_no_period() -> None:
    around = Surrounding(profile=Profile())
    assert default_period("budget", "plan", around) is None
    assert default_period("count", "state", around) is None


def test_the_total_cost_is_for_the_whole_project() -> None:
    profile = Profile(
        fiscal_year=2023, period_start=date(2022, 1, 1), period_end=date(2025, 12, 31)
    )
    around = Surrounding(year=2023, profile=profile)
    assert span(default_period("total_cost", "plan", around)) == ("2022-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("measure", "basis", "start"),
    [("execution", "result", date(2023, 1, 1)), ("rate", "result", date(2023, 1, 1)),
     ("count", "result", None), ("rate", "state", None)],
)  # fmt: skip
def test_money_spent_up_to_a_day_is_spent_since_new_year(
    measure: Measure, basis: Basis, start: date | None
) -> None:
    period = Period(start=None, end=date(2023, 5, 31), label="5월말")
    found = anchored(period, measure, basis)
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        pytest.param("2021년 교육 12명", 9, ("2021-01-01", "2021-12-31"), id="before it"),
        pytest.param("’21년 3명, ’22년 5명", 12, ("2022-01-01", "2022-12-31"), id="the nearest"),
        pytest.param("교육(5.22.~7.20.) 12명", 14, ("2023-05-22", "2023-07-20"),
                     id="the year comes from around"),
        pytest.param("교육 12명", 3, None, id="none"),
    ],
)  # fmt: skip
def test_a_number_in_text_takes_the_date_nearest_to_it(
    text: str, position: int, expected: tuple[str, str] | None
) -> None:
    assert span(text_period(text, position, AROUND)) == expected


def test_a_state_is_as_of_the_end_of_its_period() -> None:
    assert span(text_period("2022년 35개소", 6, AROUND, is_state=True)) == ("None", "2022-12-31")


def test_the_heading_year_reaches_the_fact() -> None:
    facts = facts_of("구분\t2021\t2022\n교육\t3\t4\n홍보\t5\t6\n")
    assert [fact.period.start for fact in facts if fact.period] == [
        date(2021, 1, 1), date(2022, 1, 1)
    ] * 2  # fmt: skip


def test_a_column_of_dates_dates_its_rows() -> None:
    text = "일자\t내용\t참여인원\n2022. 5. 3.\t교육\t12\n2022. 6. 4.\t홍보\t34\n"
    period = fact_of(text, "34").period
    assert period is not None
    assert period.end == date(2022, 6, 4)
