"""A centre's performance report as a tab-separated dump, with its settlement in won."""

from dataclasses import dataclass

from samples.writing.figures import cut_rate, in_brackets, join_cells, rounded_rate, with_tabs
from samples.writing.records import NOTICE, Sample

VISITS = (
    ("3.12", "가람초등학교", "돌봄교실 안내", 48),
    ("4.9", "한들초등학교", "돌봄교실 안내", 52),
    ("5.21", "가람구청", "이웃돌봄 제도 설명", 35),
    ("6.18", "주민자치회 일반", "이웃돌봄 제도 설명", 127),
    ("9.24", "마을활동가", "상담 사례 나눔", 23),
    ("11.5", "학부모회 일반", "겨울 돌봄 안내", 1_046),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One line of the settlement, in won."""

    name: str
    planned: int
    moved: int = 0
    spent: int
    interest: int = 0
    income: int = 0

    @property
    def final(self) -> int:
        """The budget after transfers."""
        return self.planned + self.moved

    @property
    def left(self) -> int:
        """What was granted and not spent."""
        return self.final - self.spent

    @property
    def to_return(self) -> int:
        """What has to be paid back."""
        return self.left + self.interest + self.income


RUNNING = Account(
    name="운영비 소계", planned=312_450_000, spent=298_731_240, interest=84_120, income=0
)
CLASSES = Account(
    name="돌봄교실 운영", planned=148_200_000, moved=3_200_000, spent=151_386_500,
    interest=21_340, income=45_000,
)  # fmt: skip
TRAINING = Account(
    name="이웃돌봄 인력 양성", planned=96_500_000, moved=-3_200_000, spent=92_745_180,
    interest=13_905, income=8_700,
)  # fmt: skip
ADVICE = Account(name="돌봄상담 지원", planned=64_830_000, spent=64_830_000, interest=5_218)
RECORDS = Account(
    name="홍보 및 기록", planned=41_250_000, spent=40_998_700, interest=4_466, income=1_250
)
BUILDING = Account(
    name="시설운영비 계", planned=18_600_000, spent=17_925_300, interest=2_871, income=16_400
)
PROJECTS = (CLASSES, TRAINING, ADVICE, RECORDS)


def write() -> Sample:
    """Write the performance report of a made-up care centre."""
    return Sample(
        file_name="performance_report.txt",
        document_type="performance_report",
        region="서울특별시 가람구 (no real district)",
        look="tab-separated dump: merged first cells, composite cells, settlement with formulas",
        figures="made up; settlement in 원, every sum exact; rates rounded in one row, cut in "
        "another of the same table",
        data=with_tabs(_text()).encode(),
    )


def _total(name: str, accounts: tuple[Account, ...]) -> Account:
    return Account(
        name=name,
        planned=sum(account.planned for account in accounts),
        moved=sum(account.moved for account in accounts),
        spent=sum(account.spent for account in accounts),
        interest=sum(account.interest for account in accounts),
        income=sum(account.income for account in accounts),
    )


def _account_row(account: Account) -> str:
    cells = (
        account.planned, account.moved, account.final, account.final, account.spent,
        account.left, account.interest, account.income, account.to_return,
    )  # fmt: skip
    return join_cells(account.name, *map(in_brackets, cells))


def _summary(entrusted: Account, total: Account) -> str:
    columns = (entrusted, BUILDING, total)
    rows = {
        "예산액(A)": [account.final for account in columns],
        "집행액(B)": [account.spent for account in columns],
        "집행잔액(C=A-B)": [account.left for account in columns],
        "불인정액(D) ^(주1)": [0, 0, 0],
        "이자발생액(E) ^(주2)": [account.interest for account in columns],
        "기타 수익금(F)": [account.income for account in columns],
        "정산잔액(G=C+D+E+F)": [account.to_return for account in columns],
    }
    return "\n".join(
        join_cells(name, *(f"{cell:,}" if cell else "-" for cell in cells))
        for name, cells in rows.items()
    )


def _spending_rows() -> str:
    """Rates cut off at two digits."""
    total = _total("소계", PROJECTS)
    return "\n".join(
        f"{head}→{account.name}→{account.final:,}→{account.spent:,}→"
        f"{cut_rate(account.spent, account.final, 2)}%"
        for head, account in zip(("제안사업비", "", "", "", ""), (total, *PROJECTS), strict=True)
    )


def _achievement_rows() -> str:
    rows = (
        ("돌봄상담", "전화상담 운영", 300, "건", rounded_rate(330, 300, 0), 330),
        ("방문지원", "가정 방문", 650, "건", rounded_rate(654, 650, 0), 654),
        ("", "기관 연계", 45, "건", cut_rate(53, 45, 0), 53),
        ("교육활동", "돌봄 교육", 15, "회", rounded_rate(38, 15, 0), 38),
        ("", "돌봄활동가 양성", 120, "명", cut_rate(113, 120, 0), 113),
        ("기록", "마을 기록집", 2, "종", rounded_rate(2, 2, 0), 2),
    )
    return "\n".join(
        f"{head}→{item}→{goal}{unit}→{done}{unit}→{rate}%"
        for head, item, goal, unit, rate, done in rows
    )


def _text() -> str:
    projects = _total("제안사업비 소계", PROJECTS)
    entrusted = _total("위탁사업비 계", (RUNNING, projects))
    total = _total("총계", (entrusted, BUILDING))
    visits = "\n".join(f"{day}→{who}→{what}→{count:,}" for day, who, what, count in VISITS)
    accounts = (entrusted, RUNNING, projects, *PROJECTS, BUILDING, total)
    return f"""

서울특별시 가람구 마을돌봄지원센터

2019 성과보고서

2019.1.1 ~ 2019.12.31

{NOTICE}



2019년 사업 개요

사업 총괄표

구분→사업명→사업목표→사업실적→집행률
돌봄 지원→돌봄교실 운영→돌봄교실 운영 - 교실 24개, 참여아동 480명 - 방학교실 6회→돌봄교실 운영 - \
교실 26개, 참여아동 512명 - 방학교실 6회→{rounded_rate(CLASSES.spent, CLASSES.final)}%
→돌봄상담 지원→돌봄상담 지원 - 전화상담 300건 - 기관 연계 45건→돌봄상담 지원 - 전화상담 330건 - \
기관 연계 53건→{rounded_rate(ADVICE.spent, ADVICE.final)}%

구분→사업명→사업목표→사업실적→집행률
인력 및 기록→이웃돌봄 인력 양성→돌봄활동가 양성 120명 - 교육 15회→\
돌봄활동가 양성 113명 - 교육 38회→{rounded_rate(TRAINING.spent, TRAINING.final)}%
→홍보 및 기록→마을 기록집 2종 - 소식지 연 4회→마을 기록집 2종 - 소식지 4회→\
{rounded_rate(RECORDS.spent, RECORDS.final)}%

01

돌봄 지원

사업소개

센터는 방과 후 혼자 지내는 아이와 돌봄이 필요한 이웃을 마을이 함께 살피도록 교실과 상담을 잇고 있다.

주요실적

구분→항목→목표→실적→달성률
{_achievement_rows()}

추진내역

마을 돌봄교실 운영



26 교실



512 아동



6 방학교실(회)

- 학교 안 돌봄교실 17개, 마을 돌봄교실 9개 운영(총 26개)

설명회 {len(VISITS)}회

[설명회 상세 추진실적]

일시→대상→내용→참여인원(명)
{visits}
합계→→→{sum(count for *_, count in VISITS):,}

자치구 돌봄 협력단 운영 3개 권역

구분→동부→서부→남부→합계
상담→120→95→115→330
방문→251→198→205→654

02

정산 보고

2019년 위탁사업비 및 시설운영비 집행금액은 {total.spent:,}원이고, \
집행잔액은 {total.left:,}원이며, 불인정금액은 0원으로, 반환대상액은 {total.to_return:,}원입니다.

정산총괄표

(단위:원)

구분→위탁사업비→시설운영비→합계
{_summary(entrusted, total)}

(주 1) 불인정금액: 해당사항 없음

(주 2) 이자발생액: 운용계좌에서 발생한 이자

정산보고서

(단위 : 원)

구분→초기예산액→전용액→최종예산액→교부액→집행금액→집행잔액→\
예금이자→기타수익금→반환대상액
{chr(10).join(map(_account_row, accounts))}

사업비 집행내역

(단위 : 원)

구분→세부사업→교부금액→집행금액→집행률
{_spending_rows()}
"""
