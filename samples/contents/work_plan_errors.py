"""A work plan with three planted errors: a total, a rate and the unit of a table."""

from decimal import Decimal

from samples.writing.figures import Split, grouped, rounded, rounded_rate, spread, with_tabs
from samples.writing.records import NOTICE, Planted, Sample

PROGRAMMES = {
    "건강마을 조성": Split(national=182_400, regional=96_300, local=214_650),
    "생애주기 검진": Split(national=268_500, regional=134_250, local=134_250),
    "금연 환경 조성": Split(national=75_600, regional=37_800, local=62_340),
    "방문 건강 돌봄": Split(national=156_200, regional=78_100, local=121_480),
    "마음건강 지원": Split(national=214_800, regional=107_400, local=193_520),
}
SPENT = {
    "건강마을 조성": (98_240, 121_560, 92_680),
    "생애주기 검진": (104_350, 148_720, 136_410),
    "금연 환경 조성": (35_120, 48_760, 47_600),
    "방문 건강 돌봄": (82_470, 95_310, 88_940),
    "마음건강 지원": (91_630, 128_450, 109_380),
}
CHECKUPS = {"영유아": (1_200, 1_146), "청장년": (4_800, 4_215), "어르신": (2_600, 2_738)}
SWAPPED_TOTAL = Planted(
    kind="total",
    label="계\t2,0",
    what="two digits of the total of the budget are exchanged",
    printed="2,075,790",
    expected="2,077,590",
)
SWAPPED_RATE = Planted(
    kind="rate",
    label="금연 환경 조성\t175,740",
    what="the digits of a rate are exchanged",
    printed="78.4",
    expected="74.8",
)
WRONG_UNIT = Planted(
    kind="unit",
    label="(단위: 백만원)",
    what="the note says million won over amounts that the table above gives in thousand won",
    printed="백만원",
    expected="천원",
)


def write() -> Sample:
    """Write the work plan with planted errors of a made-up health division."""
    return Sample(
        file_name="work_plan_errors.txt",
        document_type="work_plan",
        region="서울특별시 가람구 (no real district)",
        look="tab-separated tables between bulleted text",
        figures="made up; amounts in 천원, totals computed, then the three errors put in",
        data=with_tabs(_text()).encode(),
        planted=(SWAPPED_TOTAL, SWAPPED_RATE, WRONG_UNIT),
    )


def _plant(text: str, error: Planted) -> str:
    """Put the wrong figure where the right one stands, and only there."""
    if text.count(error.expected) != 1:
        raise ValueError(f"{error.expected} has to stand once in {text!r}")
    return text.replace(error.expected, error.printed)


def _budget_row(name: str, budget: Split, spent: int) -> str:
    cells = (budget.total, budget.national, budget.regional, budget.local, spent)
    return f"{name}→{spread(cells)}→{rounded_rate(spent, budget.total)}"


def _budget_rows() -> str:
    total = sum(PROGRAMMES.values(), start=Split())
    rows = [_budget_row("계", total, sum(map(sum, SPENT.values())))]
    rows += [_budget_row(name, split, sum(SPENT[name])) for name, split in PROGRAMMES.items()]
    rows[0] = _plant(rows[0], SWAPPED_TOTAL)
    rows[3] = _plant(rows[3], SWAPPED_RATE)
    return "\n".join(rows)


def _quarter_rows() -> str:
    quarters = tuple(map(sum, zip(*SPENT.values(), strict=True)))
    return "\n".join(
        f"{name}→{spread((sum(row), *row))}" for name, row in {"계": quarters, **SPENT}.items()
    )


def _checkup_rows() -> str:
    goal, done = (sum(column) for column in zip(*CHECKUPS.values(), strict=True))
    return "\n".join(
        f"{name}→{grouped(row[0])}→{grouped(row[1])}→{rounded_rate(row[1], row[0])}"
        for name, row in {"계": (goal, done), **CHECKUPS}.items()
    )


def _text() -> str:
    spent = sum(map(sum, SPENT.values()))
    unit_note = _plant("(단위: 천원)", WRONG_UNIT)
    return f"""{NOTICE}

서울특별시 가람구 생활보건과

2024년 주요업무 추진실적 보고

(2024. 9. 30. 기준)

Ⅰ. 예산 현황

□ 단위사업별 예산 집행 현황

(단위: 천원)

단위사업명→예산액→국비→시비→구비→집행액→집행률(%)
{_budget_rows()}

○ 3분기까지 집행액: {grouped(int(rounded(Decimal(spent) / 1000)))}백만원

□ 분기별 집행 현황

{unit_note}

단위사업명→계→1/4분기→2/4분기→3/4분기
{_quarter_rows()}

Ⅱ. 주요업무 추진실적

□ 건강검진 수검 현황

(단위: 명)

구분→목표→실적→달성률(%)
{_checkup_rows()}

○ 찾아가는 검진 운영: 24회

○ 걷기 모임 운영: 12개 동 36개 모임

Ⅲ. 향후계획

○ 4분기 방문 건강 돌봄 대상자 재조사(10월)

○ 금연구역 합동 점검(11월)
"""
