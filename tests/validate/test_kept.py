"""What is kept for one report is never handed out for another."""

from collections.abc import Iterator

from normalize.records import Report
from tests.validate.reports import report_of
from validate.kept import kept


def test_an_answer_is_worked_out_once_for_each_report() -> None:
    asked: list[Report] = []

    @kept
    def names(report: Report) -> Iterator[str]:
        asked.append(report)
        yield from (fact.raw for fact in report.facts)

    first, second = report_of("기업 8개"), report_of("기업 9개")
    assert [names(first), names(first), names(second)] == [("8개",), ("8개",), ("9개",)]
    assert asked == [first, second]
    assert names(first) == ("8개",)
