"""A pledge plan as a flattened dump: letter-spaced sources, costs by year."""

from collections.abc import Mapping

from samples.writing.figures import grouped, spread
from samples.writing.records import NOTICE, Sample

YEARS = "2022년 2023년 2024년 2025년 2026년"
LIGHTS = {"시 비": (120, 80, 40, 0, 0), "구 비": (90, 110, 130, 140, 140)}
PATROL = {"시 비": (150, 150, 0, 0, 0), "구 비": (32, 60, 160, 170, 170)}
COURSES = (64, 72, 350, 32)
DEVICES = ((24, 100), (16, 75), (120, 90))


def write() -> Sample:
    """Write the pledge plan of a made-up safety programme."""
    return Sample(
        file_name="pledge_flattened.txt",
        document_type="pledge_plan",
        region="서울특별시 가람구 (no real district)",
        look="flattened dump: one header over two lines, 시 비 and 구 비 letter-spaced",
        figures="made up; costs in 백만원 by source and year, shares in whole percent",
        data=_text().encode(),
    )


def _cost_rows(rows: Mapping[str, tuple[int, ...]]) -> str:
    return "\n\n".join(f"{name} {spread((sum(row), *row), ' ')}" for name, row in rows.items())


def _text() -> str:
    rows = (*LIGHTS.values(), *PATROL.values())
    total = tuple(map(sum, zip(*rows, strict=True)))
    places = sum(count for count, _ in DEVICES)
    working = sum(count * rate for count, rate in DEVICES) // places
    return f"""공 약 명 골목 안전망 구축

총사업비 {grouped(sum(total))}백만원 완료시기 임기내 사업기간 중기

사업주체 자체
사업성격
(사업유형)

기타(계속) 추진부서 안전정책과

 {NOTICE}

∘서울특별시 가람구는 골목길의 어두운 구간을 줄이고 주민이 서로 살피는

 마을을 만들기 위하여 안심 귀갓길과 마을 안전 인력을 함께 늘리고자 함

□ 현황 및 우리구 실태

○ 야간 보행이 잦은 골목에 안심 시설이 고르게 놓이지 않아 확충이 필요함

※ 안전 교육 현황
(2022. 6월말 기준)

합 계 안심지킴이
교육

야간순찰대
교육

학교 안전
교육

상인회
연계 교육

{sum(COURSES)}명 {" ".join(f"{course}명" for course in COURSES)}

○ 안심 시설은 {places}개소가 있으나 실제 가동률은 {working}% 수준이어서

정기 점검과 교체가 필요함

※ 안심 시설 현황
(2022. 6월말 기준)

구 분 합 계 방범초소 안심부스 비상벨

가동률 {working}% {" ".join(f"{rate}%" for _, rate in DEVICES)}

시설수 {places}개 {" ".join(f"{count}개" for count, _ in DEVICES)}



□ 사업개요

○ 골목길 조명과 비상벨을 잇는 안심 귀갓길 조성

○ 주민이 참여하는 마을 안전 인력 양성

□ 세부추진계획

○ 안심 귀갓길 조성

- 조도가 낮은 구간부터 조명 교체 및 바닥 안내등 설치

- 비상벨과 관제센터 연결 점검

○ 마을 안전 인력 양성

- 동별 안심지킴이 위촉 및 정기 교육

※연차별 추진계획

구 분 {YEARS}

안심 시설
가동률 제고

90% 92% 94% 96% 98%

마을 안전
인력 양성

500명 700명 900명 900명 1,000명

※ 민선8기 동안 주민 4,000명이 안전 교육 이수 목표

□ 소요예산
(단위 : 백만원)

구 분 재 원 별 합 계
연차별 소요재원

{YEARS}

계 {spread((sum(total), *total), " ")}

안심 귀갓길
조성

{_cost_rows(LIGHTS)}

마을 안전
인력 양성

{_cost_rows(PATROL)}



□ 협업(협치) 사항

○ 경찰서 : 취약 구간 합동 점검

○ 자율방범대 : 야간 순찰 및 신고 연계
"""
