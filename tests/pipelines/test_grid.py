"""A bare grid of strings is audited like a table of a report, every kind of relation in it."""

from dataclasses import dataclass

import pytest

from pipelines.grid import audit_grid, read_rows
from validate.records import CheckKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A grid whose relations hold, and a cell that breaks those of one kind when it changes."""

    kind: CheckKind
    text: str
    at: tuple[int, int]
    """Row and column of the cell that is spoiled."""
    spoiled: str
    unit: str | None = None

    def rows(self, *, spoil: bool) -> list[list[str]]:
        rows = [[cell.strip() for cell in line.split("|")] for line in self.text.split("\n")]
        if spoil:
            rows[self.at[0]][self.at[1]] = self.spoiled
        return rows


TOTALS = """구분 | 1월 | 2월 | 계
가 | 10 | 21 | 31
나 | 13 | 22 | 35
합계 | 23 | 43 | 66"""
STOCK = """사업 | 예산현액(A) | 지출액(B) | 잔액(C=A-B) | 집행률(B/A)
가 | 100 | 80 | 20 | 80.0
나 | 200 | 150 | 50 | 75.0
다 | 310 | 299 | 11 | 96.5"""
GROWTH = """구분 | 2022년 | 2023년 | 증감 | 증감률(%)
가 | 100 | 120 | 20 | 20.0
나 | 200 | 150 | -50 | -25.0
다 | 300 | 330 | 30 | 10.0
라 | 400 | 500 | 100 | 25.0"""
CASES = [
    pytest.param(
        Case(kind="row_total", text=TOTALS, unit="명", at=(2, 3), spoiled="36"), id="row-total"
    ),
    pytest.param(
        Case(kind="column_total", text=TOTALS, unit="명", at=(3, 1), spoiled="28"),
        id="column-total",
    ),
    pytest.param(
        Case(
            kind="subtotal",
            text="구분 | 2023년 | 2024년\n총계 | 60 | 67\nA국 소계 | 30 | 33\n가과 | 10 | 11\n"
            "나과 | 20 | 22\nB국 소계 | 30 | 34\n다과 | 14 | 15\n라과 | 16 | 19",
            unit="명",
            at=(2, 2),
            spoiled="38",
        ),
        id="sub-total",
    ),
    pytest.param(
        Case(
            kind="funding_split",
            text="사업 | 계 | 국비 | 시비\n가 | 30 | 10 | 20\n나 | 90 | 40 | 50",
            unit="천원",
            at=(2, 1),
            spoiled="96",
        ),
        id="split-over-columns",
    ),
    pytest.param(
        Case(
            kind="funding_split",
            text="사업 | 사업비\n가 | 63,500 (시비 40,000, 구비 23,500)\n"
            "나 | 50,000 (국비 25,000, 시비 15,000, 구비 10,000)",
            unit="천원",
            at=(2, 1),
            spoiled="50,000 (국비 25,000, 시비 15,000, 구비 9,000)",
        ),
        id="split-in-a-bracket",
    ),
    pytest.param(
        Case(
            kind="difference",
            text="구분 | 정원 | 현원 | 과부족\n가 | 10 | 8 | -2\n나 | 20 | 22 | 2",
            unit="명",
            at=(2, 3),
            spoiled="5",
        ),
        id="difference",
    ),
    pytest.param(
        Case(kind="formula", text=STOCK, unit="천원", at=(2, 3), spoiled="58"),
        id="printed-formula",
    ),
    pytest.param(
        Case(kind="rate", text=STOCK, unit="천원", at=(3, 4), spoiled="69.5"),
        id="printed-formula-of-a-rate",
    ),
    pytest.param(
        Case(
            kind="growth",
            text="구분 | 2022년(A) | 2023년(B) | 증감률((B-A)/A)\n가 | 100 | 120 | 20.0\n"
            "나 | 200 | 150 | -25.0",
            unit="명",
            at=(2, 3),
            spoiled="-52.0",
        ),
        id="printed-formula-of-growth",
    ),
    pytest.param(Case(kind="change", text=GROWTH, unit="명", at=(3, 3), spoiled="36"), id="change"),
    pytest.param(
        Case(kind="growth", text=GROWTH, unit="명", at=(3, 4), spoiled="16.0"), id="growth"
    ),
    pytest.param(
        Case(
            kind="rate",
            text="지표 | 목표 | 실적 | 달성률(%)\n가 | 100 | 80 | 80\n나 | 200 | 190 | 95",
            unit="건",
            at=(2, 3),
            spoiled="98",
        ),
        id="rate",
    ),
    pytest.param(
        Case(
            kind="weighted_rate",
            text="구분 | 대상수 | 이행률(%)\n가 | 10 | 50.0\n나 | 30 | 90.0\n계 | 40 | 80.0",
            at=(3, 2),
            spoiled="85.0",
        ),
        id="weighted-rate",
    ),
    pytest.param(
        Case(
            kind="share",
            text="구분 | 금액 | 구성비(%)\n가 | 250 | 25.0\n나 | 350 | 35.0\n다 | 400 | 40.0\n"
            "계 | 1,000 | 100.0",
            unit="천원",
            at=(3, 2),
            spoiled="44.0",
        ),
        id="share",
    ),
    pytest.param(
        Case(
            kind="percent_total",
            text="구분 | 비율\n가 | 25.0%\n나 | 35.0%\n다 | 40.0%",
            at=(2, 1),
            spoiled="38.0%",
        ),
        id="shares-that-make-a-hundred",
    ),
    pytest.param(
        Case(
            kind="percent_total",
            text="사업 | 재원비율(국:시:구)\n가 | 75:17.5:7.5\n나 | 50:32.5:17.5",
            at=(2, 1),
            spoiled="50:32.5:18.5",
        ),
        id="ratio-list",
    ),
    pytest.param(
        Case(
            kind="running_total",
            text="월 | 실적 | 누계\n1월 | 10 | 10\n2월 | 15 | 25\n3월 | 7 | 32\n4월 | 9 | 41\n"
            "5월 | 11 | 52\n6월 | 4 | 56",
            unit="건",
            at=(5, 2),
            spoiled="58",
        ),
        id="running-total",
    ),
    pytest.param(
        Case(
            kind="average",
            text="구분 | 1월 | 2월 | 3월 | 평균\n가 | 10 | 20 | 30 | 20\n나 | 11 | 13 | 18 | 14\n"
            "다 | 17 | 26 | 35 | 26\n라 | 40 | 44 | 51 | 45",
            at=(4, 4),
            spoiled="48",
        ),
        id="average",
    ),
    pytest.param(
        Case(
            kind="narrative",
            text="내용 | 비고\n참여 100명(남 60명, 여 40명) | 완료",
            at=(1, 0),
            spoiled="참여 100명(남 60명, 여 41명)",
        ),
        id="figures-in-words",
    ),
    pytest.param(
        Case(
            kind="subtotal",
            text="Site | In | Out | Left\nA | 120 | 90 | 30\nB | 80 | 64 | 16\n"
            "C | 340 | 301 | 39\nD | 65 | 44 | 21\nE | 71 | 50 | 21",
            at=(4, 1),
            spoiled="55",
        ),
        id="pattern-without-a-label",
    ),
    pytest.param(
        Case(
            kind="rate",
            text="Site | Planned | Done | Pct\nA | 120 | 90 | 75.0%\nB | 80 | 61 | 76.3%\n"
            "C | 340 | 300 | 88.2%\nD | 55 | 44 | 80.0%\nE | 71 | 50 | 70.4%",
            at=(5, 3),
            spoiled="75.4%",
        ),
        id="rate-that-no-label-names",
    ),
]
EACH = pytest.mark.parametrize("case", CASES)


@EACH
def test_a_grid_that_adds_up_is_tested_and_found_clean(case: Case) -> None:
    found = audit_grid(case.rows(spoil=False), unit_note=case.unit)
    assert case.kind in {check.kind for check in found.checks}
    assert not found.findings


@EACH
def test_a_spoiled_cell_is_found_by_the_relation_that_it_breaks(case: Case) -> None:
    found = audit_grid(case.rows(spoil=True), unit_note=case.unit)
    broken = [check for check in found.checks if check.outcome == "mismatch"]
    assert case.kind in {check.kind for check in broken}
    assert any(
        case.at in {(cell.row, cell.col) for cell in finding.cells} for finding in found.findings
    )


def test_places_count_in_the_tab_separated_line_of_a_row() -> None:
    rows = [["구분", "예산"], ["가", "10천원\n20명"]]
    places = [
        (fact.raw, fact.place.line_no, fact.place.char_start) for fact in read_rows(rows).facts
    ]
    assert places == [("10천원", 2, 2), ("20명", 2, 7)]


def test_the_unit_may_be_given_with_or_without_its_note() -> None:
    rows = [["구분", "예산"], ["가", "10"]]
    bare, noted = (read_rows(rows, unit_note=note).facts for note in ("천원", "(단위: 천원)"))
    assert [fact.value for fact in bare] == [fact.value for fact in noted] == [10_000]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no-rows"),
        pytest.param([[]], id="no-cells"),
        pytest.param([["", ""], [""]], id="blank"),
        pytest.param([["구분", "값"], ["가"]], id="short-row"),
    ],
)
def test_a_grid_that_states_nothing_has_no_checks(rows: list[list[str]]) -> None:
    assert audit_grid(rows).checks == ()
