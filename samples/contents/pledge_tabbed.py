"""A pledge plan as a tab-separated dump: check boxes, merged headings, quarterly targets."""

from decimal import Decimal

from samples.writing.figures import grouped, join_cells, rounded, rounded_rate, spread, with_tabs
from samples.writing.records import NOTICE, Sample

YEARS = (2022, 2023, 2024, 2025, 2026)
COST = {"국비": 1_800, "시비": 1_120, "구비": 1_340, "기타": 0}
SPENT = {
    "국 비": (180, 420, 95, 0, 0),
    "시 비": (90, 260, 40, 0, 0),
    "구 비": (130, 310, 62, 0, 0),
    "기 타": (0, 0, 0, 0, 0),
}
GREENS = {"생활숲": 19, "가로숲": 12, "학교숲": 8, "마을정원": 10, "쌈지공원": 3}
PLANTING = (5, 6, 48_000)
CARE = (4, 8, 38_420)
LENGTH = tuple(map(Decimal, ("0.5", "3.0", "4.0", "3.5", "1.5")))
FESTIVALS = (3, 8, 8, 8, 3)
WEIGHTS = (40, 40, 20)
ON, OFF = '<input checked="" type="checkbox"/>', '<input type="checkbox"/>'


def write() -> Sample:
    """Write the pledge plan of a made-up green-space programme."""
    return Sample(
        file_name="pledge_tabbed.txt",
        document_type="pledge_plan",
        region="부산광역시 해운대구",
        look="tab-separated dump: check boxes as HTML, merged headings, rows of unequal length",
        figures="made up; plan in 백만원, payments in 천원, weighted rate of three indicators",
        data=with_tabs(_text()).encode(),
    )


def _spent_rows() -> str:
    """Rows 계, 임기 내 소계, five years, 임기 후."""
    rows = {"총 계": tuple(map(sum, zip(*SPENT.values(), strict=True))), **SPENT}
    return "\n".join(
        join_cells(name, spread((sum(cells), sum(cells), *cells, 0)))
        for name, cells in rows.items()
    )


def _progress_rows() -> str:
    """Weight, indicator, unit, goal, done, rate; and the weighted rate below."""
    rows = (
        ("녹지 개소 수", "개소", Decimal(56), Decimal(52)),
        ("숲길 조성 연장", "km", sum(LENGTH), Decimal("7.5")),
        ("나무심기 행사", "회", Decimal(sum(FESTIVALS)), Decimal(16)),
    )
    lines, weighted = [], Decimal(0)
    for number, (weight, row) in enumerate(zip(WEIGHTS, rows, strict=True), start=1):
        name, unit, goal, reached = row
        rate = rounded_rate(reached, goal)
        weighted += weight * Decimal(rate) / 100
        lines.append(join_cells(number, weight, name, unit, goal, reached, rate, ""))
    return "\n".join((*lines, join_cells("총 이행률(%)", *[""] * 5, rounded(weighted, 1), "")))


def _text() -> str:
    woods = GREENS["생활숲"] + GREENS["가로숲"]
    all_greens = sum(GREENS.values())
    support = tuple(map(sum, zip(PLANTING, CARE, strict=True)))
    years = join_cells(*YEARS)
    length = join_cells(*LENGTH)
    return f"""{NOTICE}

부산광역시 해운대구 민선8기 공약 실천계획

2-4 도심 속 숲길 조성

사업성격→{OFF} 신규 {ON} 계속→완료시기→{ON} 임기 내 {OFF} 임기 후→→→\
사업기간→2022.~2026.
중앙정부 도움필요성→{OFF} 해당없음 {ON} 도움필요 \
({OFF} 제도 {ON} 재정 {OFF} 권한)→→→→→\
사업주체→{OFF} 국가 {OFF} 부산시 {ON} 자치구
총사업비 (백만 원)→계→국비→시비→구비→기타→추진상황→\
{OFF} 완료 {OFF} 이행 후 지속추진 {ON} 정상추진 {OFF} 일부추진
→{grouped(sum(COST.values()))}→{spread(COST.values())}→
사업담당→공원녹지과 도시숲팀

◆ 걸어서 십 분 안에 닿는 숲길을 이어 생활권 녹지를 늘림

1 현황 및 정책목표

현 황

○ 관내 녹지 공간: {all_greens}개소

(2024. 3. 기준, 단위: 개소)

총계→도시숲→→→학교숲→마을정원→쌈지공원
→계→생활숲→가로숲→→→
{all_greens}→{woods}→{spread(GREENS.values())}

○ 조성 및 관리 지원현황

(단위: 개소/ 명/ 천 원)

구 분→합 계→→→숲길 조성사업→→→유지관리 지원→→
국비:시비:구비→→→→50:25:25→→→전액 구비→→
→개소수→인원→지원액→개소수→인원→지원액→개소수→인원→지원액
2024년도→{spread(support)}→{spread(PLANTING)}→{spread(CARE)}

○ 녹지위원회 운영

위원회명→위원수→임 기 (연임제한)→주요기능→회의주기
녹지위원회→11→2년 (1회 연임)→녹지 조성 및 관리에 관한 자문→반기별

○ 거점 숲 현황: 2개소

시설명→면적(㎡)→행정동→개소일
장산 숲마당→1,420→좌제1동→2023. 6. 15.
수영강 바람숲→2,385→재송제1동→2021. 11. 2.

정책목표

- 끊어진 숲길을 이어 걷기 좋은 생활권 조성
- 주민 관리단과 함께 돌보는 녹지 운영

2 추진계획

사업→주관→사업내용
숲길 조성→산림청→▶ 대상: 유휴지 및 가로변 ▶ 예산: 국비 50%, 시비 25%, 구비 25%
유지관리 지원→해운대구→▶ 대상: 조성 후 2년이 지난 숲길 4개소 ▶ 예산: 구비 3,842만 원(구비)

5 공약달성 확인지표

민선8기(2022. 7.~2026. 6.) 목표

구 분→확인지표→단위→목표→{years}→
1→녹지 늘리기→녹지 개소 수→개소→56→48→50→52→54→56
2→숲길 연장→숲길 조성 연장→km→{sum(LENGTH)}→{length}
3→주민 참여→나무심기 행사→회→{sum(FESTIVALS)}→{spread(FESTIVALS)}

2024년 분기별 목표

구 분→확인지표→단위→2024년 목표→→→→→
→→→계→1/4→2/4→3/4→4/4→
1→녹지 늘리기→녹지 개소 수→개소→52→50→51→51→52
2→숲길 연장→숲길 조성 연장→km→4.0→-→1.5→2.0→0.5
3→주민 참여→나무심기 행사→회→{FESTIVALS[2]}→1→5→-→2

6 추진실적

추진실적 총괄

구 분→전체사업 대비비율(%)→확인지표→단위→민선8기 목표→누적 실적→사업 이행률(%)→비 고
{_progress_rows()}

□ 예산 집행액

(단위: 백만 원)

구 분→계→임기 내→→→→→→임기 후
→→소계→{years}→
{_spent_rows()}

□ 일정별 추진실적

연번→일자→추진사항→세 부 내 용
1→2022. 9. 5.→숲길 기본계획 수립→- 4개 구간 12.5km 연결 계획
2→2023. 3. 21.→장산 구간 착공→- 공사비 315백만 원, 공사기간 3. 21.~6. 9.
3→2023. 6. 15.→장산 숲마당 개장→- 주민 120명 참여
4→2023. 11. 1.~11. 3.→가을 나무심기→- 가로변 2.1km 구간 나무 640그루 식재
5→2024. 2. 19.→유지관리 지원금 교부→- 4개소(38,420천 원)

주민 참여(소통) 실적

연번→일자→구 분→세 부 내 용
1→2023. 4. 12.→주민설명회→장산 구간 노선 설명회 - 주민 64명 참석
2→2024. 3. 8.→주민홍보→숲길 안내지도 2,000부 배부

7 향후계획

- 2024년 숲길 조성: 4.0km 추가 조성
- 유지관리 지원: 전액 구비편성(38,420천 원)
"""
