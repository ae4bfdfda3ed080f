"""A row that moved by one cell is put back, by what its columns state elsewhere or by heading."""

import pytest

from tests.validate.reports import Sheet, audit_of

BALANCES = """구분 | 예산액 | 집행액 | 집행잔액 | 집행률(%)
인건비 | 4,210,300 | 4,105,220 | 105,080 | 97.5
운영비 | 1,830,000 | 1,512,340 | 317,660 | 82.6
홍보비 | 623,400 | 587,110 | 36,290 | 94.2"""
GOALS = """구분 | 목표 계 | 1/4 | 2/4 | 3/4 | 4/4
기업 발굴 | 48 | 7 | 13 | 18 | 10
교육 | 131 | 21 | 40 | 35 | 35"""
RATES = """구분 | 목표 | 실적 | 달성률(%)
상담 | 150건 | 152건 | 101%
교육 | 40회 | 44회 | 110%"""


def _moved(text: str, row: int, *, to_right: bool) -> str:
    lines = text.splitlines()
    label, *cells = (cell.strip() for cell in lines[row].split("|"))
    moved = ["", *cells[:-1]] if to_right else [*cells[1:], ""]
    lines[row] = " | ".join([label, *moved])
    return "\n".join(lines)


CASES = [
    pytest.param(BALANCES, 2, "원", id="balances"),
    pytest.param(GOALS, 2, "개", id="goals-by-quarter"),
    pytest.param(RATES, 1, None, id="units-in-cells"),
]


@pytest.mark.parametrize(("text", "row", "unit"), CASES)
@pytest.mark.parametrize("to_right", [True, False], ids=["to-the-right", "to-the-left"])
def test_a_row_that_moved_is_one_finding_that_puts_it_back(
    text: str, row: int, unit: str | None, to_right: bool
) -> None:
    moved = _moved(text, row, to_right=to_right)
    (finding,) = audit_of(Sheet(text=moved, unit=unit)).findings
    assert {one.slip for one in finding.repairs} == {"shifted"}
    assert not finding.is_proven
    whole = audit_of(Sheet(text=text, unit=unit))
    assert not whole.findings
    meant = [cell.strip(" %건회") for cell in text.splitlines()[row].split("|")]
    offered = {one.col: f"{one.value:,}" for one in finding.repairs}
    assert {col: meant[col or 0] for col in offered} == offered
    assert len(offered) > 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "구분 | 목표 계 | 1/4 | 2/4 | 3/4 | 4/4\n교육 | 60 | 20 | 20 | 20 |",
            id="last-quarter-open",
        ),
        pytest.param(
            "구분 | 예산액 | 집행액 | 집행률\n신규 |  | 1,200 |\n교육 | 9,000 | 4,500 | 50%",
            id="paid-without-a-budget",
        ),
        pytest.param(
            "구분 | 계 | 국비 | 시비 | 구비\n가 | 1,000 | 400 | 600 | \n나 | 900 | 300 | 300 | 300",
            id="no-own-money",
        ),
    ],
)
def test_a_blank_at_the_end_of_a_row_that_holds_is_no_move(text: str) -> None:
    assert not audit_of(Sheet(text=text, unit="원")).findings


def test_a_row_that_moved_leaves_no_proof_against_the_total_of_its_column() -> None:
    rows = """구분 | 교부액 | 집행액 | 집행률(%)
가 | 5,310,000 | 4,105,220 | 77.3
나 | 1,830,000 | 1,512,340 | 82.6
다 | 2,640,000 | 2,640,000 | 100.0
합계 | 9,780,000 | 8,257,560 | 84.4"""
    found = audit_of(Sheet(text=_moved(rows, 2, to_right=False), unit="원")).findings
    assert not [one for one in found if one.is_proven]
    assert {one.slip for one in found[0].repairs} == {"shifted"}


YEARS = """구분 | 총사업비 | 2023년 | 2024년 | 2025년 | 이후
계 | {} | 94 | 92 | 120 |
국비 | {} | 37 | 37 | 48 |
시비 | {} | 57 | 55 | 72 |"""


def test_what_one_table_of_a_form_keeps_by_chance_moves_no_row_of_the_others() -> None:
    kept = YEARS.format(306, 122, 184)
    others = [YEARS.format(92 + more, 37, 55 + more) for more in range(4)]
    sheets = [Sheet(text=text, unit="백만원") for text in (kept, *others)]
    assert not [one for one in audit_of(*sheets).findings if "cell off" in one.title_en]


def test_a_change_of_nothing_is_no_row_that_moved() -> None:
    text = "\n".join(
        [
            "구분 | 산출근거 | 추경예산액 | 본예산액 | 증감",
            "수탁수익 |  | 1,310,000 | 1,210,000 | 100,000",
            "교육수익 |  | 29,400 | 29,400 | 0",
            "기타수익 |  | 41,000 | 38,500 | 2,500",
        ]
    )
    assert not audit_of(Sheet(text=text, unit="천원")).findings
