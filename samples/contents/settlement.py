"""A settlement of expenditure in won: a long table over two pages, printed formulas."""

from dataclasses import dataclass

from samples.writing.figures import cut_rate
from samples.writing.pages import ABOVE, LEFT, Ruled, TableCell, Text, write_pdf
from samples.writing.records import NOTICE, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One programme of the settlement, in won."""

    name: str
    budget: int
    brought: int = 0
    spent: int
    carried: int = 0

    @property
    def available(self) -> int:
        """Budget and what was brought forward."""
        return self.budget + self.brought

    @property
    def left(self) -> int:
        """What was neither spent nor carried forward."""
        return self.available - self.spent - self.carried


BUREAUS: dict[str, tuple[tuple[str, int, int, int, int], ...]] = {
    "기획재정국": (
        ("재정 운영", 412_500_000, 0, 398_214_360, 0),
        ("주민참여예산 운영", 86_300_000, 0, 81_475_900, 0),
        ("세입 관리", 524_180_000, 12_400_000, 519_873_250, 0),
        ("청사 유지관리", 1_248_600_000, 85_000_000, 1_206_318_470, 96_000_000),
    ),
    "행정지원국": (
        ("인사 운영", 318_750_000, 0, 301_926_840, 0),
        ("직원 교육훈련", 142_900_000, 0, 133_087_610, 0),
        ("민원실 운영", 207_350_000, 0, 204_662_180, 0),
        ("정보통신 기반 구축", 934_200_000, 41_500_000, 902_745_330, 38_700_000),
        ("기록물 관리", 95_640_000, 0, 93_208_750, 0),
    ),
    "복지국": (
        ("기초생활 보장", 18_642_300_000, 0, 18_517_946_210, 0),
        ("어르신 일자리", 4_215_800_000, 0, 4_186_473_900, 0),
        ("장애인 활동 지원", 6_372_450_000, 0, 6_298_117_640, 0),
        ("보육시설 확충", 2_148_000_000, 326_500_000, 1_985_362_780, 412_000_000),
        ("경로당 운영", 528_720_000, 0, 519_804_330, 0),
        ("자활 지원", 1_063_900_000, 0, 1_047_256_480, 0),
    ),
    "도시국": (
        ("도로 정비", 2_846_500_000, 418_200_000, 2_653_917_840, 502_300_000),
        ("보도 개선", 1_127_400_000, 96_800_000, 1_084_225_190, 87_500_000),
        ("가로등 관리", 486_250_000, 0, 471_638_920, 0),
        ("하수도 준설", 763_800_000, 0, 748_193_650, 0),
        ("주차장 조성", 3_421_000_000, 612_700_000, 2_874_506_310, 1_036_000_000),
    ),
    "녹지환경국": (
        ("공원 조성", 1_894_600_000, 238_400_000, 1_742_180_950, 316_500_000),
        ("가로수 관리", 372_840_000, 0, 365_917_280, 0),
        ("생활폐기물 처리", 5_218_700_000, 0, 5_163_842_470, 0),
        ("재활용 선별장 운영", 846_300_000, 0, 829_517_640, 0),
        ("대기질 관리", 258_460_000, 0, 247_039_810, 0),
    ),
    "보건소": (
        ("예방접종", 1_486_200_000, 0, 1_452_738_190, 0),
        ("치매안심센터 운영", 973_500_000, 0, 951_264_730, 0),
        ("방문건강 관리", 314_680_000, 0, 302_957_460, 0),
        ("감염병 대응", 682_900_000, 54_300_000, 661_849_270, 21_600_000),
    ),
}
INTEREST = {"일반회계": 48_215_630, "특별회계": 3_904_170}
SPECIAL = ("특별회계", 1_836_400_000, 124_000_000, 1_765_928_310, 92_400_000)


def write() -> Sample:
    """Write the settlement of a made-up district."""
    return Sample(
        file_name="settlement.pdf",
        document_type="settlement",
        region="서울특별시 가람구 (no real district)",
        look="two wide pages, one table over both with its headings repeated, merged headings",
        figures="made up; in 원, every sum exact; rates cut off at two digits",
        data=write_pdf("2022회계연도 세출 결산서", _parts(), is_wide=True),
    )


def _line(name: str, budget: int, brought: int, spent: int, carried: int) -> Line:
    return Line(name=name, budget=budget, brought=brought, spent=spent, carried=carried)


def _total(name: str, lines: list[Line]) -> Line:
    return Line(
        name=name,
        budget=sum(line.budget for line in lines),
        brought=sum(line.brought for line in lines),
        spent=sum(line.spent for line in lines),
        carried=sum(line.carried for line in lines),
    )


def _lines() -> tuple[Line, list[Line]]:
    """Return the grand total, and all rows below it: sub-totals and their programmes."""
    rows: list[Line] = []
    subtotals: list[Line] = []
    for bureau, programmes in BUREAUS.items():
        lines = [_line(*programme) for programme in programmes]
        subtotals.append(_total(f"{bureau} 소계", lines))
        rows.extend((subtotals[-1], *lines))
    return _total("합계", subtotals), rows


def _won(value: int) -> str:
    return f"{value:,}" if value else "-"


def _details(total: Line, lines: list[Line]) -> Ruled:
    head: list[list[TableCell]] = [
        [
            "구분", "예산현액", LEFT, LEFT, "지출액\n(D)", "다음연도\n이월액(E)",
            "집행잔액\n(F=C-D-E)", "집행률\n(%)",
        ],
        [ABOVE, "예산액(A)", "전년도이월액(B)", "계(C=A+B)", ABOVE, ABOVE, ABOVE, ABOVE],
    ]  # fmt: skip
    body = [
        [
            line.name, _won(line.budget), _won(line.brought), _won(line.available),
            _won(line.spent), _won(line.carried), _won(line.left),
            cut_rate(line.spent, line.available, 2),
        ]
        for line in (total, *lines)
    ]  # fmt: skip
    return Ruled(
        rows=[*head, *body], widths=(132, 100, 92, 100, 100, 92, 92, 50), header_rows=2, size=8
    )


def _summary(general: Line) -> Ruled:
    special = _line(*SPECIAL)
    both = _total("합계", [general, special])
    interest = (sum(INTEREST.values()), INTEREST["일반회계"], INTEREST["특별회계"])
    columns = (both, general, special)
    rows: list[list[str]] = [["구분", "합계", "일반회계", "특별회계"]]
    rows.append(["예산현액(A)", *(_won(line.available) for line in columns)])
    rows.append(["지출액(B)", *(_won(line.spent) for line in columns)])
    rows.append(["다음연도이월액(C)", *(_won(line.carried) for line in columns)])
    rows.append(["집행잔액(D=A-B-C)", *(_won(line.left) for line in columns)])
    rows.append(["이자수입(E)", *map(_won, interest)])
    rows.append(
        ["반납액(F=D+E)"]
        + [_won(line.left + earned) for line, earned in zip(columns, interest, strict=True)]
    )
    return Ruled(rows=rows, widths=(160, 150, 150, 150), size=9)


def _parts() -> list[Text | Ruled]:
    total, lines = _lines()
    return [
        Text(text="서울특별시 가람구", size=10, align="centre"),
        Text(text="2022회계연도 세출 결산서", size=16, align="centre", gap=6),
        Text(text=NOTICE, size=8, align="centre", gap=8),
        Text(text="1. 결산 총괄", size=11),
        Text(text="(단위: 원)", size=9, align="right"),
        _summary(total),
        Text(text=f"○ 일반회계 집행률 : {cut_rate(total.spent, total.available, 2)}%", gap=6),
        Text(text="2. 일반회계 조직별·사업별 결산", size=11),
        Text(text="(단위: 원, %)", size=9, align="right"),
        _details(total, lines),
    ]
