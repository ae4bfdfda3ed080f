"""What is kept for one report is never handed out for another."""

from collections.abc import Iterator

from normalize.records import Report
from tests.validate.reports import Sheet, report_of
from validate.audit import audit, check_relations
from validate.kept import kept, supposed


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


_BARE = """구분 | 가 | 나 | 다 | 라
운영 | 4,210 | 1,871 | 3,318 | 2,209
인건비 | 3,105 | 1,240 | 2,107 | 1,904
물건비 | 1,105 | 631 | 1,211 | 305
시설 | 7,315 | 948 | 5,172 | 816"""
"""The first row is the sum of the two under it; no label says so."""


def test_what_two_equal_tables_show_is_told_of_the_cells_of_each() -> None:
    checks = audit(report_of(Sheet(text=_BARE), Sheet(text=_BARE))).checks
    sums = [one for one in checks if one.basis == "family" and one.outcome == "exact"]
    tables = [{cell.table_id for cell in one.cells} for one in sums]
    assert len(sums) == 8
    assert all(len(own) == 1 for own in tables)
    assert len(set.union(*tables)) == 2


def test_a_table_with_other_numbers_is_not_taken_for_the_one_that_was_read_before() -> None:
    wrong = _BARE.replace("2,107", "2,170").replace("3,105", "3,150")
    right, other = report_of(Sheet(text=_BARE)), report_of(Sheet(text=wrong))
    assert [len(audit(one).checks) for one in (right, other, right)] == [4, 0, 4]


def test_an_audit_tests_what_its_relations_were_tested_for() -> None:
    report = report_of(Sheet(text=_BARE))
    assert check_relations(report) == audit(report).checks


def test_what_is_asked_of_a_supposed_report_does_not_replace_what_is_known_of_the_real_one() -> (
    None
):
    asked: list[Report] = []

    @kept
    def names(report: Report) -> Iterator[str]:
        asked.append(report)
        yield from (fact.raw for fact in report.facts)

    real, other = report_of("기업 8개"), report_of("기업 9개")
    assert names(real) == ("8개",)
    with supposed():
        assert [names(real), names(other)] == [("8개",), ("9개",)]
    assert names(real) == ("8개",)
    assert asked == [real, other]
