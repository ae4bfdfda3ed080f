"""A division's work plan as a flattened dump: columns lost, splits in brackets over lines."""

from samples.writing.figures import Split, grouped, rounded_rate
from samples.writing.records import NOTICE, Sample

CULTURE = (
    Split(national=52_400, regional=214_300, local=388_650, special=120_000),
    Split(national=41_250, regional=160_480, local=250_915),
)
BRANCHES = (
    Split(national=318_000, regional=142_500, local=96_780),
    Split(national=287_640, regional=118_930, local=71_225),
)
YOUTH = (
    Split(national=84_600, regional=406_150, local=615_820),
    Split(national=51_900, regional=248_370, local=322_614),
)
SHELVES = (Split(local=48_500), Split(local=36_120))
OFFICE = (Split(local=62_930), Split(local=29_384))
STAFF = {"정 원": (1, 4, 5, 3, 2, 4), "현 원": (1, 3, 6, 3, 1, 4)}


def write() -> Sample:
    """Write the work plan of a made-up library division."""
    return Sample(
        file_name="work_plan.txt",
        document_type="work_plan",
        region="서울특별시 종로구",
        look="flattened dump: letter-spaced headings, broken headers, unit after its table",
        figures="made up; amounts in 천원, totals computed, rates rounded half up",
        data=_text().encode(),
    )


def _pair(pair: tuple[Split, Split]) -> str:
    planned, spent = pair[0].total, pair[1].total
    return f"{grouped(planned)} {grouped(spent)} {rounded_rate(spent, planned)}"


def _sum(*pairs: tuple[Split, Split]) -> tuple[Split, Split]:
    planned, spent = pairs[0]
    for more in pairs[1:]:
        planned, spent = planned + more[0], spent + more[1]
    return planned, spent


def _staff_rows() -> str:
    rows = {name: (sum(grades), *grades) for name, grades in STAFF.items()}
    gaps = tuple(now - fixed for fixed, now in zip(rows["정 원"], rows["현 원"], strict=True))
    return "\n\n".join(
        f"{name} {' '.join(grouped(cell) for cell in cells)}"
        for name, cells in {**rows, "과부족": gaps}.items()
    )


def _text() -> str:
    return f""" {NOTICE}

서울특별시 종로구

2023년 주요업무보고

도서관정책과

 Ⅰ. 일반현황

1 조 직

도서관정책과 - 3개팀

도서관기획팀 독서문화팀 시설운영팀

- 구립도서관 운영 계획 수립

- 독서동아리 발굴 및 지원

- 분관 조성 및 시설 관리

2 인 력

구 분 계
일 반 직

5급 6급 7급 8급 9급 임기제

{_staff_rows()}

3 예 산 현 황

단위사업명 예 산 액 집 행 액
집행률(%)

(6.30.기준)

계 {_pair(_sum(CULTURE, BRANCHES, YOUTH, SHELVES, OFFICE))}

책 읽는 도시 조성 {_pair(_sum(CULTURE, SHELVES))}

가까운 분관
조성 및 운영

{_pair(BRANCHES)}

청소년 독서 성장 지원 {_pair(YOUTH)}

기본경비 {_pair(OFFICE)}

(단위: 천원)
 Ⅱ. 주요업무 추진실적

연번 사 업 명 쪽

 생활 속 독서문화 확산 ········ 3

 걸어서 닿는 분관 조성 ·············· 4

 청소년 독서 성장 지원 ····································· 5
 1 생활 속 독서문화 확산 독서문화팀
ㅇㅇ

주민 누구나 가까운 곳에서 책을 만나도록 독서동아리와 마을 서점을 잇고

세대별 프로그램을 고르게 운영하고자 함

□ 사업개요
○ 사업기간: 2023. 1. ~ 12.
○ 사업대상: 구민 누구나

□ 주요 추진실적
○ 독서동아리 지원: 32개팀 286명(성인 198명, 청소년 88명)
- 동아리 활동비 지원(시비 95백만원)
- 동아리 교류 한마당 개최: 2회 412명 참여
○ 마을 서점 연계 프로그램 운영: 14개소, 강좌 56회
○ 점자·큰글자 도서 확충: 1,240권

□ 향후계획
○ 하반기 동아리 추가 모집(`23.8.)
○ 독서문화축제 개최(`23.10.)

□ 예산현황 (단위: 천원)

예 산 액 집 행 액 집행률(%)

{grouped(CULTURE[0].total)}
(국 {grouped(CULTURE[0].national)}, 시 {grouped(CULTURE[0].regional)},

구비 {grouped(CULTURE[0].local)}, 특교{grouped(CULTURE[0].special)})

{grouped(CULTURE[1].total)}
(국{grouped(CULTURE[1].national)},시{grouped(CULTURE[1].regional)},

구비{grouped(CULTURE[1].local)})
{rounded_rate(CULTURE[1].total, CULTURE[0].total)}
 2 걸어서 닿는 분관 조성 시설운영팀
ㅇㅇ

도서관이 먼 동네에 작은 분관을 열어 이용 거리의 차이를 줄이고자 함

□ 사업개요

○ 사업기간: 2023. 1. ~ 12.

○ 사업규모: 신규 2개소, 새단장 3개소

□ 주요 추진실적

○ 신규 분관 공정률 65%

- 연면적: 412㎡(1층 186㎡, 2층 226㎡)

○ 새단장 완료: 1개소(`23.5.)

□ 향후계획

○ 신규 분관 개관(10월)

○ 새단장 2개소 공사 추진(7월~11월)

□ 예산현황 (단위: 천원)

예 산 액 집 행 액 집행률(%)
{grouped(BRANCHES[0].total)}

(국{grouped(BRANCHES[0].national)}, 시{grouped(BRANCHES[0].regional)}, \
구비{grouped(BRANCHES[0].local)} )
{grouped(BRANCHES[1].total)}

(국{grouped(BRANCHES[1].national)}, 시{grouped(BRANCHES[1].regional)}, \
구비{grouped(BRANCHES[1].local)})
{rounded_rate(BRANCHES[1].total, BRANCHES[0].total)}
 3 청소년 독서 성장 지원 독서문화팀
ㅇㅇ

학교와 도서관이 함께 책 읽는 시간을 늘리고 진로와 이어지는 독서 활동을 돕고자 함

□ 사업개요

○ 사업기간: 2023. 1. ~ 12.
○ 사업대상: 초·중·고 재학생 및 만 19세 이하 청소년

□ 주요 추진실적
○ 여름 독서교실 참여자 모집: 총 186명(초등 112명, 중등 74명)
○ 진로 독서 상담(3~6월): 48회
○ 학교 도서관 연계 수업: 21개교 1,034명

□ 향후계획
○ 겨울 독서교실 운영(12월)
○ 청소년 서평단 활동(7~11월)

□ 예산현황 (단위: 천원)

예 산 액 집 행 액 집행률(%)
{grouped(YOUTH[0].total)}

(국{grouped(YOUTH[0].national)}, 시{grouped(YOUTH[0].regional)}, \
구비{grouped(YOUTH[0].local)})
{grouped(YOUTH[1].total)}

(국{grouped(YOUTH[1].national)}, 시{grouped(YOUTH[1].regional)}, \
구비{grouped(YOUTH[1].local)}) {rounded_rate(YOUTH[1].total, YOUTH[0].total)}
 Ⅲ. 신규·중점 추진사업

1 동네 책장 나눔 사업 독서문화팀
ㅇㅇ

버스 정류장과 주민센터에 누구나 꺼내 읽는 책장을 두어 책을 돌려 읽게 하고자 함

□ 사업개요
○ 사업기간: 2023. 1. ~ 12.

○ 사업내용: 나눔 책장 제작 및 설치, 주민 관리단 운영

□ 주요 추진실적
○ 나눔 책장 설치: 9개동 18개소
○ 주민 관리단 위촉(’23.4.): 27명

□ 향후계획
○ 책장별 이용 점검: 7~9월

○ 운영 성과 공유회: 11월

□ 예산현황 (단위: 천원)

예 산 액 집 행 액 집행률(%)
{grouped(SHELVES[0].total)}

(구비 {grouped(SHELVES[0].local)})
{grouped(SHELVES[1].total)}

(구비 {grouped(SHELVES[1].local)})
{rounded_rate(SHELVES[1].total, SHELVES[0].total)}

장소 선정 및 제작
(’23. 3.) ➡

설치 및 관리단 운영
(’23. 4∼10.) ➡

성과 공유
(’23.11.)
"""
