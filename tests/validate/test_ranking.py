"""The order in which findings are to be looked at."""

from tests.validate.reports import Sheet, audit_of

TABLE = """구분 | 계 | 인건비 | 운영비
가 | {} | 500 | 400
나 | {} | 600 | 300
다 | 1,100 | 700 | 400
라 | 1,300 | 800 | 500
마 | 1,500 | 900 | 600
바 | 1,000 | 700 | 300
사 | 1,200 | 800 | 400
아 | 1,400 | 900 | 500"""


def test_the_wider_gap_is_looked_at_first_whatever_its_place() -> None:
    near_first = audit_of(Sheet(text=TABLE.format("901", "1,100"), unit="명")).findings
    far_first = audit_of(Sheet(text=TABLE.format("1,100", "901"), unit="명")).findings
    assert [one.rank for one in near_first] == [2, 1]
    assert [one.rank for one in far_first] == [1, 2]


def test_the_graver_finding_is_first_and_the_order_of_the_report_is_kept() -> None:
    line = "- 사전간담회 3회(4.12, 4.21) 추진"
    found = audit_of(line, Sheet(text=TABLE.format("901", "900"), unit="명")).findings
    assert [(one.severity, one.rank) for one in found] == [("low", 2), ("high", 1)]
