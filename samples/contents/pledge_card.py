"""A pledge card of one page: a term of office in half years, shares of the sources."""

from samples.writing.figures import grouped, rounded_rate
from samples.writing.pages import ABOVE, LEFT, Ruled, TableCell, Text, write_pdf
from samples.writing.records import NOTICE, Sample

YEARS = ("‘18(하반기)", "‘19", "‘20", "‘21", "‘22(상반기)", "임기후")
NEEDS = {
    "쉼터 조성": {"시비": (60, 140, 160, 80, 40, 40), "구비": (45, 105, 120, 160, 90, 90)},
    "안부 확인": {"시비": (24, 52, 52, 60, 30, 30), "구비": (36, 78, 78, 90, 45, 45)},
}
SPENT = {"쉼터 조성": (101, 243, 268, 221, 0, 0), "안부 확인": (58, 126, 125, 139, 0, 0)}
WIDTHS = (82, 44, 60, 62, 50, 50, 50, 62, 50)


def write() -> Sample:
    """Write the pledge card of a made-up programme for the elderly."""
    return Sample(
        file_name="pledge_card.pdf",
        document_type="pledge_plan",
        region="부산광역시 해운대구",
        look="one page with ruled tables: merged headings, ‘18(하반기) columns, unit notes",
        figures="made up; 백만원 by source and half year, shares rounded half up",
        data=write_pdf("어르신 돌봄 안전망 확충", _parts()),
    )


def _sum(rows: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def _cells(row: tuple[int, ...]) -> list[str]:
    return [grouped(cell) for cell in (sum(row), *row)]


def _source(name: str) -> tuple[int, ...]:
    return _sum(tuple(project[name] for project in NEEDS.values()))


def _needs() -> Ruled:
    rows: list[list[TableCell]] = [["단위사업", "구분", "계", *YEARS]]
    rows.append(["계", LEFT, *_cells(_sum((_source("시비"), _source("구비"))))])
    for project, sources in NEEDS.items():
        for order, (source, row) in enumerate(sources.items()):
            rows.append([ABOVE if order else project, source, *_cells(row)])
    return Ruled(rows=rows, widths=WIDTHS, stub_columns=2)


def _spent() -> Ruled:
    rows: list[list[TableCell]] = [["단위사업", "계", *YEARS]]
    rows.append(["계", *_cells(_sum(tuple(SPENT.values())))])
    rows.extend([project, *_cells(row)] for project, row in SPENT.items())
    return Ruled(rows=rows, widths=(96, 70, 62, 52, 52, 52, 68, 58))


def _head(total: int, year: int, regional_year: int) -> Ruled:
    regional = sum(_source("시비"))
    return Ruled(
        rows=(
            ("추진상황", "정상 추진", "사업구분", "임기내 / 계속"),
            (
                "총사업비",
                f"{grouped(total)}백만원\n(시비 {rounded_rate(regional, total, 0)}%, "
                f"구비 {rounded_rate(total - regional, total, 0)}%)",
                "2021년\n예산확보액",
                f"{grouped(year)}백만원\n(시비 {rounded_rate(regional_year, year, 0)}%, "
                f"구비 {rounded_rate(year - regional_year, year, 0)}%)",
            ),
        ),
        widths=(90, 165, 90, 165),
        header_rows=0,
        stub_columns=4,
        size=9,
    )


def _parts() -> list[Text | Ruled]:
    total = sum(_source("시비")) + sum(_source("구비"))
    year = _source("시비")[3] + _source("구비")[3]
    spent = sum(map(sum, SPENT.values()))
    return [
        Text(text="부산광역시 해운대구 민선7기 공약 실천카드", size=9, align="right"),
        Text(text="37. 어르신 돌봄 안전망 확충", size=15, gap=6),
        Text(text=NOTICE, size=8, gap=6),
        _head(total, year, _source("시비")[3]),
        Text(text="□ 사업개요", size=11),
        Text(text="○ 사업기간 : 2018. 7월 ~ 2022. 6월"),
        Text(text="○ 내 용 : 동네 쉼터를 넓히고 혼자 사는 어르신의 안부를 정기적으로 살핌", gap=6),
        Text(text="□ 연차별 투자수요", size=11),
        Text(text="(단위: 백만원)", size=9, align="right"),
        _needs(),
        Text(text="□ 연차별 집행액", size=11),
        Text(text="(단위: 백만원)", size=9, align="right"),
        _spent(),
        Text(text="□ 추진실적", size=11),
        Text(text="○ 쉼터 새단장 : 총 46개소(경로당 31개소, 마을쉼터 15개소)"),
        Text(text="○ 안부 확인 대상 어르신 : 1,280명(’21. 12월말 기준)"),
        Text(text=f"○ 사업비 집행 : 총 {grouped(spent)}백만원(’21. 12월말 누적)"),
    ]
