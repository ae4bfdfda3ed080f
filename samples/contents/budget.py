"""An outline of a budget in rounded millions: open-sided tables, shares, changes and growth."""

from collections.abc import Mapping
from decimal import Decimal

from samples.writing.figures import grouped, rounded, rounded_rate
from samples.writing.pages import ABOVE, LEFT, Ruled, TableCell, Text, write_pdf
from samples.writing.records import NOTICE, Sample

REVENUE = {
    "지방세수입": (96_412_380, 91_835_640),
    "세외수입": (38_274_510, 40_916_270),
    "지방교부세": (12_608_450, 13_952_730),
    "조정교부금": (74_931_620, 69_480_350),
    "보조금": (158_243_470, 149_716_890),
    "보전수입": (21_586_740, 24_361_450),
}
SPENDING = {
    "일반공공행정": (28_413_460, 27_906_540),
    "문화 및 관광": (19_746_310, 18_235_470),
    "환경": (24_918_720, 25_347_610),
    "사회복지": (214_637_480, 203_185_930),
    "보건": (11_352_640, 12_864_380),
    "교통 및 물류": (22_480_570, 21_693_840),
    "국토 및 지역개발": (17_328_290, 19_052_460),
    "예비비 및 기타": (63_179_700, 61_977_100),
}
WIDTHS = (120, 70, 55, 70, 55, 70, 60)


def write() -> Sample:
    """Write the outline of a made-up budget."""
    return Sample(
        file_name="budget.pdf",
        document_type="budget",
        region="서울특별시 종로구",
        look="one page, tables open at both sides, headings over two rows, unit 백만원",
        figures="made up in 천원, printed in 백만원: each figure rounded for itself, so that a sum "
        "may differ by one in the last digit; shares and growth from the unrounded figures",
        data=write_pdf("2024년도 예산 개요", _parts()),
    )


def _million(thousands: int) -> int:
    return int(rounded(Decimal(thousands) / 1000))


def _row(name: str, now: int, before: int, whole_now: int, whole_before: int) -> list[str]:
    return [
        name,
        grouped(_million(now)),
        rounded_rate(now, whole_now),
        grouped(_million(before)),
        rounded_rate(before, whole_before),
        grouped(_million(now - before)),
        rounded_rate(now - before, before),
    ]


def _table(rows: Mapping[str, tuple[int, int]]) -> Ruled:
    now, before = (sum(column) for column in zip(*rows.values(), strict=True))
    head: list[list[TableCell]] = [
        ["구 분", "2024년 예산", LEFT, "2023년 예산", LEFT, "증 감", LEFT],
        [ABOVE, "금액", "구성비", "금액", "구성비", "증감액", "증감률"],
    ]
    body = [_row(name, *pair, now, before) for name, pair in rows.items()]
    return Ruled(
        rows=[*head, _row("합 계", now, before, now, before), *body],
        widths=WIDTHS,
        header_rows=2,
        is_open=True,
        size=9,
    )


def _parts() -> list[Text | Ruled]:
    total = sum(now for now, _ in REVENUE.values())
    return [
        Text(text="서울특별시 종로구", align="centre"),
        Text(text="2024년도 예산 개요", size=16, align="centre", gap=6),
        Text(text=NOTICE, size=8, align="centre", gap=8),
        Text(text=f"○ 2024년 예산 규모 : {grouped(_million(total))}백만원", gap=8),
        Text(text="□ 세입 예산", size=11),
        Text(text="(단위: 백만원, %)", size=9, align="right"),
        _table(REVENUE),
        Text(text="□ 기능별 세출 예산", size=11),
        Text(text="(단위: 백만원, %)", size=9, align="right"),
        _table(SPENDING),
        Text(text="※ 금액은 반올림하여 합계와 맞지 않을 수 있음", size=8),
    ]
