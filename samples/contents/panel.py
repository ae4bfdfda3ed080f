"""Six short reports for the examples: three districts, two years, programmes whose names vary."""

from dataclasses import dataclass

from samples.writing.figures import Split, rounded_rate, spread, with_tabs
from samples.writing.records import NOTICE

OWN = {"서울특별시 종로구": ("시비", "구비"), "부산광역시 해운대구": ("시비", "구비"),
       "강원특별자치도 춘천시": ("도비", "시비")}  # fmt: skip
"""What the money of the si/do and the district's own are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme of one district and year; amounts in 천원."""

    name: str
    budget: Split
    spent: int
    indicator: str
    target: int
    actual: int


def _row(name: str, budget: Split, spent: int) -> str:
    cells = (budget.total, budget.national, budget.regional, budget.local, spent)
    return f"{name}→{spread(cells)}→{rounded_rate(spent, budget.total)}"


def _made(
    name: str, split: tuple[int, int, int], spent: int, indicator: str, done: tuple[int, int]
) -> Programme:
    national, regional, local = split
    return Programme(
        name=name,
        budget=Split(national=national, regional=regional, local=local),
        spent=spent,
        indicator=indicator,
        target=done[0],
        actual=done[1],
    )


REPORTS = {
    ("서울특별시 종로구", 2023): (
        _made("마을기업 육성", (120_000, 60_000, 60_000), 228_000, "마을기업 수", (12, 13)),
        _made("사회적기업 인건비 지원", (280_000, 40_000, 80_000), 372_400, "참여자 수", (40, 38)),
        _made("협동조합 활성화", (0, 45_000, 105_000), 96_750, "상담 건수", (150, 162)),
    ),
    ("서울특별시 종로구", 2024): (
        _made("마을기업 육성 지원사업", (96_000, 72_000, 92_000), 251_940, "마을기업 수", (14, 14)),
        _made("사회적기업 인건비 지원", (210_000, 45_000, 125_000), 361_000, "참여자 수", (42, 43)),
        _made("협동조합 활성화 추진", (0, 50_000, 130_000), 151_200, "상담 건수", (170, 159)),
    ),
    ("부산광역시 해운대구", 2023): (
        _made("마을기업 육성", (90_000, 45_000, 45_000), 167_400, "마을기업 수", (9, 8)),
        _made("사회적경제 창업 공간 운영", (0, 80_000, 120_000), 184_000, "입주 기업 수", (20, 22)),
    ),
    ("부산광역시 해운대구", 2024): (
        _made("마을기업 육성", (72_000, 48_000, 70_000), 163_400, "마을기업 수", (10, 10)),
        _made("사회적경제 창업공간 운영", (0, 70_000, 150_000), 213_400, "입주 기업 수", (24, 24)),
    ),
    ("강원특별자치도 춘천시", 2023): (
        _made("사회적기업 인건비 지원", (196_000, 28_000, 56_000), 231_000, "참여자 수", (28, 25)),
        _made("마을기업 육성 사업", (60_000, 18_000, 42_000), 117_600, "마을기업 수", (6, 7)),
    ),
    ("강원특별자치도 춘천시", 2024): (
        _made("사회적기업 인건비 지원", (140_000, 35_000, 85_000), 254_800, "참여자 수", (27, 27)),
        _made("마을기업 육성 사업", (45_000, 22_500, 57_500), 116_250, "마을기업 수", (8, 8)),
    ),
}  # fmt: skip


def write() -> dict[str, bytes]:
    """Return the six reports by their file names."""
    return {
        f"{year}_{number}.txt": with_tabs(_text(district, year, programmes)).encode()
        for number, ((district, year), programmes) in enumerate(REPORTS.items(), 1)
    }


def _text(district: str, year: int, programmes: tuple[Programme, ...]) -> str:
    regional, own = OWN[district]
    whole = sum((one.budget for one in programmes), start=Split())
    rows = [_row("계", whole, sum(one.spent for one in programmes))]
    rows += [_row(one.name, one.budget, one.spent) for one in programmes]
    goals = [
        f"{one.name}→{one.indicator}→{spread((one.target, one.actual))}"
        f"→{rounded_rate(one.actual, one.target)}"
        for one in programmes
    ]
    return "\n".join((
        NOTICE, "", f"{district} 사회적경제과", "", f"{year}년 주요업무 추진실적 보고", "",
        f"({year}. 12. 31. 기준)", "", "Ⅰ. 예산 현황", "", "□ 단위사업별 예산 집행 현황", "",
        "(단위: 천원)", "", f"단위사업명→예산액→국비→{regional}→{own}→집행액→집행률(%)", *rows, "",
        "Ⅱ. 주요업무 추진실적", "", "□ 목표 대비 실적", "", "단위사업명→지표→목표→실적→달성률(%)",
        *goals, "",
    ))  # fmt: skip
