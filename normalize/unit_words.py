"""The words for units in Korean reports: money, counters, measures, and their other spellings."""

from decimal import Decimal

SCALES: dict[str, Decimal] = {
    "십": Decimal(10),
    "백": Decimal(100),
    "천": Decimal(1_000),
    "만": Decimal(10_000),
    "십만": Decimal(100_000),
    "백만": Decimal(1_000_000),
    "천만": Decimal(10_000_000),
    "억": Decimal(100_000_000),
    "십억": Decimal(1_000_000_000),
    "백억": Decimal(10_000_000_000),
    "천억": Decimal(100_000_000_000),
    "조": Decimal(1_000_000_000_000),
}
"""Words that multiply what follows them, as in 백만원, 천명, 천㎡."""

MONEY_ALONE = ("십억", "백억", "천억", "억", "조")
"""Scales that mean money even where 원 is left out: 50억."""


def _spellings(text: str) -> dict[str, str]:
    """Turn lines of "canonical: other other" into a table from each spelling to the canonical."""
    table: dict[str, str] = {}
    for line in text.strip().splitlines():
        for entry in line.split(";"):
            canonical, _, others = entry.strip().partition(": ")
            table.update(dict.fromkeys((canonical, *others.split()), canonical))
    return table


PERCENT_WORDS = _spellings("""
    percent: % 퍼센트 프로; percent_point: %p %P %포인트 퍼센트포인트; ‰: 천분율
""")

FOREIGN_MONEY = _spellings("달러: 불 USD US$ $; 유로: EUR €; 엔: JPY ¥; 위안: CNY")

MEASURES = _spellings("""
    ㎡: m2 m² m^2 M2 제곱미터 평방미터; ㎢: km2 km² 제곱킬로미터; 평; ha: ㏊ 헥타르; 필지; a: 아르
    km: ㎞ Km KM 킬로미터; m: 미터 M; cm: ㎝ 센티미터; mm: ㎜ 밀리미터
    ㎥: m3 m³ 세제곱미터 루베; L: ℓ l 리터; mL: ㎖ ml; kL: ㎘ kl; 톤: t ton TON
    kg: ㎏ Kg KG 킬로그램; g: 그램; mg: ㎎; tCO2: 톤CO2 tCO₂; tCO2eq: tCO₂eq 톤CO2eq
    TOE: toe; kW: ㎾ kw KW; kWh: ㎾h KWh kwh KWH; MW: ㎿; MWh: ㎿h; GWh; GB; TB; MB
    ppm; ppb; ㎍/㎥: μg/㎥; dB: ㏈; ℃; Mbps
""")
"""Measures with their canonical form."""

DURATIONS = _spellings("""
    시간; 분; 초; 일: 일간; 주간; 개월: 달 개월간 월; 년: 개년 연 년간; 박; 학기; 분기: 개분기
""")

COUNTERS = _spellings("""
    명: 인 사람 여명; 개: EA ea 여개; 개소: 개처; 곳: 군데; 개사: 개업체 개기업 업체 사 업체수
    건: 여건; 회: 차례 번 회분; 배; 세: 살; 팀: 개팀; 동: 개동; 교: 개교 학교; 학급: 개학급
    반: 개반; 강; 강좌: 개강좌; 과정; 과목: 개과목; 종: 개종 종류; 식; 대; 호; 세대; 가구: 가정; 권; 부; 매
    장; 점: 개점 점수; 통: 개통; 병; 본; 그루; 주; 등; 두; 마리; 마을: 개마을; 실: 개실; 석: 좌석 개석
    면: 개면; 병상: 침상; 기: 개기; 척; 선: 개선; 편; 작품; 점포: 개점포; 매장; 노선: 개노선
    구간: 개구간; 지구: 개지구; 단지: 개단지; 단체; 기관; 조합; 과제; 품목; 종목: 개종목
    부스: 개부스; 코스: 개코스; 벌; 켤레; 상자: 박스; 포: 포대; 봉: 봉지; 세트: SET set Set
    쪽: 페이지; 끼; 그릇; 좌: 구좌; 주식; 호실: 개호실; 시군구: 개시군구 개시·군·구; 시도: 개시도
    시: 개시; 군: 개군; 구: 개구; 도: 개도; 읍: 개읍; 면사무소; 리: 개리; 국가: 개국; 부서: 개부서
    과: 개과; 포인트; 조: 개조; 꼭지; 회선: 개회선; 채; 칸; 층: 개층; 모둠: 개모둠; 클래스; 채널: 개채널
    라인: 개라인; 정거장; 량; 차로: 개차로; 건축물; 쌍; 컷; 라운드; 개항: 개항목 항목; 문항: 개문항
    테이블: 개테이블; 타석; 계좌; 차선: 개차선; 주차면; 대분; 인분; 명분; 곡: 개곡; 마당; 줄기; 묶음
""")
"""Counters with their canonical form, as they stand in a unit column, a heading or a note."""

COMPANY_NOUNS = ("기업", "업체", "회사", "사")
"""개 before one of these counts companies: 개사."""

PER_WORDS = frozenset(
    (
        "일",
        "월",
        "년",
        "연",
        "주",
        "시간",
        "분기",
        "회",
        "명",
        "인",
        "가구",
        "세대",
        "㎡",
        "톤",
        "건",
    )
)
"""What may stand below a slash: 원/명, 톤/일, 회/월."""
