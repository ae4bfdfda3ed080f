"""The drawings of the report: what they count, and that nobody's text runs in them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipelines.report.charts.goals import draw_goals, goals_of
from pipelines.report.charts.money import draw_funding, funding_of, show_won
from pipelines.report.charts.outcomes import draw_outcomes, tally
from pipelines.report.charts.trend import RunPoint, draw_trend
from pipelines.report.svg import element
from pipelines.report.wording import words_of

SAY = words_of("en")


def budget(
    measure: str, total: int | None, end: date, start: date | None = None, **split: int
) -> Any:
    names = ("national", "regional", "local", "special_grant", "fund", "other")
    return {
        "program": "가", "period_label": "", "measure": measure,
        "period_start": start or date(end.year, 1, 1), "period_end": end,
        "total": None if total is None else Decimal(total),
        **{name: Decimal(split[name]) if name in split else None for name in names},
    }  # fmt: skip


YEAR = date(2024, 12, 31)


def test_the_rate_is_that_of_the_longest_part_of_the_year() -> None:
    rows = [
        budget("budget", 1000, YEAR, national=600, local=400),
        budget("execution", 200, date(2024, 6, 30)),
        budget("execution", 750, date(2024, 9, 30)),
        budget("execution", 90, date(2024, 9, 30), start=date(2024, 7, 1)),
    ]
    [one] = funding_of(rows)
    assert (one.total, one.executed, one.rate) == (Decimal(1000), Decimal(750), Decimal("75.0"))
    assert one.parts == (("national", Decimal(600)), ("local", Decimal(400)))


def test_quarters_alone_give_no_rate() -> None:
    quarters = [
        budget("execution", 90, date(2024, 9, 30), start=date(2024, 7, 1)),
        budget("execution", 80, date(2024, 6, 30), start=date(2024, 4, 1)),
    ]
    [one] = funding_of([budget("budget", 1000, YEAR, national=1000), *quarters])
    assert one.rate is None


def test_another_year_is_another_bar() -> None:
    rows = [budget("budget", 10, YEAR, fund=10), budget("budget", 20, date(2023, 12, 31), fund=5)]
    assert [(one.period, one.total) for one in funding_of(rows)] == [
        ("2023", Decimal(20)),
        ("2024", Decimal(10)),
    ]


def test_what_is_neither_split_nor_executed_is_no_bar() -> None:
    assert funding_of([budget("budget", 1000, YEAR)]) == ()
    assert draw_funding((), SAY) is None


@pytest.mark.parametrize(
    ("won", "words"),
    [(0, "0원"), (999_999, "999,999원"), (1_000_000, "1백만원"), (2_075_790_000, "2,075.79백만원")],
)
def test_amounts_are_short_and_exact_to_the_thousand(won: int, words: str) -> None:
    assert show_won(Decimal(won)) == words


def test_a_target_without_a_result_is_no_goal() -> None:
    row = {"program": "가", "indicator": "나", "period_label": "2024", "unit": "명"}
    rows: list[Any] = [
        {**row, "target": Decimal(10), "actual": Decimal(12)},
        {**row, "target": Decimal(10), "actual": None},
        {**row, "target": Decimal(0), "actual": Decimal(1)},
    ]
    [goal] = goals_of(rows)
    assert goal.rate == Decimal("120.0")
    drawn = draw_goals([goal], SAY)
    assert drawn is not None
    assert "12 / 10명 · 120.0%" in drawn.markup


def test_outcomes_are_told_apart_and_added_up() -> None:
    counted = tally([("가", "exact", 3), ("가", "within_rounding", 2), ("가", "mismatch", 1)])
    assert dict(counted["가"]) == {"held": 5, "failed": 1}
    drawn = draw_outcomes(counted, "<b>", SAY)
    assert drawn is not None
    assert "held 5, failed 1" in drawn.markup
    assert "<b>" not in drawn.markup


def test_one_run_is_no_trend() -> None:
    point = RunPoint(
        when="2026-11-21T00:00", reports=1, findings=(("high", 2),), failed=1, version="v"
    )
    assert draw_trend([point], SAY) is None
    assert draw_trend([point, point], SAY) is not None


@pytest.mark.parametrize("text", ["<script>", "a&b", '"><x'])
def test_text_of_a_drawing_is_escaped(text: str) -> None:
    made = str(element("text", text=text, fill=text))
    assert text not in made
    assert made.count("<") == 2
