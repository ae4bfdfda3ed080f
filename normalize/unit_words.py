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
    반: 개반; 강; 강좌: 개강좌; 과정; 과목: 개과목; 종: 개종 종류; 식; 대; 호; 세대; 가구: 가정
    권; 부; 매; 장; 점: 개점 점수; 통: 개통; 병; 본; 그루; 주; 등; 두; 마리; 마을: 개마을
    실: 개실; 석: 좌석; 면: 개면; 병상: 침상; 기: 개기; 척; 선: 개선; 편; 작품; 점포: 개점포
    매장; 노선: 개노선; 구간: 개구간; 지구: 개지구; 단지: 개단지; 단체; 기관; 조합; 과제; 사업
    품목; 종목: 개종목; 부스: 개부스; 코스: 개코스; 벌; 켤레; 상자: 박스; 포: 포대; 봉: 봉지
    세트: SET set Set; 쪽: 페이지; 끼; 그릇; 좌: 구좌; 주식; 호실: 개호실; 시도: 개시도 개시·도
    시군구: 개시군구 개시·군·구; 시: 개시; 군: 개군; 구: 개구; 도: 개도; 읍: 개읍; 리: 개리
    국가: 개국; 부서: 개부서; 과: 개과; 포인트; 조: 개조; 꼭지; 회선: 개회선; 채; 칸; 층: 개층
    모둠: 개모둠; 클래스; 채널: 개채널; 라인: 개라인; 정거장; 량; 차로: 개차로; 쌍; 컷; 라운드
    항목: 개항목; 문항: 개문항; 테이블; 타석; 계좌; 차선: 개차선; 주차면; 인분; 곡: 개곡; 묶음
    인승; 포기; 송이; 다발; 롤; 판; 뷰; 클릭; 표: 득표
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

COUNTER_GUARDS = r"""
    명: 칭 함 절 세 동 품 예 의변경
    인: \s?(?:가구|미디어|세대|방송|창조|기업|시위|크리에이터|출판|가족|[0-9]) 극 용 당 칭 실 분
      식 승 석 병실 조 제 력 원 건 증 구 터
    개: 월 년 소(?!식|일) 사(?![업회례람무랑이용고찰유전진항]) 정(?!책) 편 선(?!정) 항 봉 회 장 강
      설 관 통(?!의) 폐 발 념 인(?!\s) 최
    개소: 식 일
    개사: 업 회 례 람 무 랑 이 용 고 찰 유 전 진 항
    건: 물 축 강 설 립 조 반 국 전 폐 평 너 의서 의사항
    회: 계 사 의실 의록 원 장 기 째 전 귀 차 용 색 식 화 담 복 고
    배: 송 치 부 수 정 포 달 경 관 합 열 출 당 려 우 상 터 기
    팀: 장 원
    교: 육 실 통 사 수 구 류 부 대 체 재 과 회 정 환 차 량 란 섭
    강: 의 좌 사 화 남 북 당 연 습 서 동 제 점 변 릉 원 아 철 력
    종: 합 목 류 사 료 로 이 점 교 결 전 자 중 속 별 량 \s?(?:일반|근린|주거|국민|보통|면허|시설)
    식: 품 당 사 물 재 별 량 생 음 비 수 의 용 민 단 자 료 목 전 순 장 약 감 대 탁 판 히 에 으 과
      이
    대: 책 상 학 회 표 비 응 출 여 형 부 리 안 로 략 중 변 체 행 기 강 문 한 규 통령 국 사 외 신
      성 화 전 구 다 가 인 과 적 해 도 관 교 피 필 란 의원
      \s?(?:과제|목표|보험|국정|시책|공약|비전|프로젝트|대통령|국회|의회|의장|회장|구청장|시장)
      \s?(?:청년|여성|남성|이하|초반|중반|후반|분야|범죄|지표|원칙|기조|방침|산업|강국|의무|질환)
    본: 부 인 사 격 예 관 청 회 서 원 교 점 질 문 선 래 거 명 보 다 토 고 행
    세대: 별 간 주 교체 공감 통합
    가구: 별 주 원 점 제 당 거리 단지 공장
    가정: 의 용 법
    권: 역 한 리 고 장 익 유 위 력 분 총 자 상 투 매 농
    매: 출 장 입 월 년 매 각 체 칭 력 뉴 니 몰 일 회 우 수 주 도 개 립 번 설
    시간: 대 표 제 강사 선택 외 당
    척: 추 도 결 박 수 척
    편: 성 의 리 입 익 집 지 차 도 안 승 중 향 견 제 법 백 한 마 파 하 찬
    점: \s?만점 검 수 포 심 유 자 차 진 프 핵 등 화 용 령 거 착 멸 도 적 장 주 오 박 퍼 묵
    석: 사 유 탄 차 면 방 좌 축 회 학 재 조 촌 관 수 가
    면: 적 접 담 허 세 제 역 사 장 에 을 이 은 의 서 으 부 밀 모 단 학 책 회 대 목 민 류 화 과 도
    실: 적 시 행 무 제 질 천 태 현 험 습 내 외 업 장 용 효 사 증 감 력 명 버 비 수 거 종 정 상 로
      과
    선: \s?(?:의원|시장|구청장|도로|지하철|도시철도) 정 발 수 거 도 택 물 생 배 진 포 행 출 임 호
      언 로 양 박 원 두 별 착 량 구 전 명 율 릉 이 순 후 사 상 의 에 을 은
    부: 록 터 문 서 분 담 과 지 동산 스 처 장 모 산 여 천 시장 속 정 총 의
    장: 애 비 소 려 관 기 학 터 년 르 치 단 점 착 부 병 수 식 인 벽 판 례 구 의 에
    동: \s?[0-9]+\s?호 네 아리 기 주민 행 영상 작구 대문 구 절
"""
"""Counters that count in running text, each with the continuations after which it does not.

A counter of one syllable is also the beginning of longer words (3회 and 3회의실, 5건 and 5건물).
A line that is indented further goes on with the one before; entries are regular expressions."""

PLAIN_COUNTERS = """
    여명 곳 군데 업체 차례 학급 강좌 과목 과정 종류 종목 점포 부스 세트 그루 마리 작품 필지 노선
    구간 회선 차로 문항 상자 박스 켤레 포기 인분 구좌 계좌 병상 좌석 개면 량 채널 꼭지 컷 라운드
"""
"""Counters that begin no other word. Ordinals (차, 기, 호, 위, 단계, 층) are in neither list."""

COUNTED_NOUNS = """
    사회적협동조합 사회적경제기업 사회적기업 마을기업 자활기업 협동조합 청년기업 중소기업 스타트업
    소상공인 기업 업체 회사 제품 상품 품목 지역 자치구 시군구 시·군·구 시·군 시군 시도 시·도 기관
    단체 부서 학교 사업장 사업 과제 세부과제 과정 프로그램 강좌 분야 업종 컨소시엄 조합 마을 매장
    점포 상점 시장 센터 시설 채널 노선 구간 지구 단지 권역 거점 협회 협의체 동아리 모임 위원회
    분과 유형 항목 지표 문항 코스 부스 강의실 교육과정 교실 학급 아파트 공동주택 어린이집 유치원
    경로당 복지관 도서관 공원 병원 약국 대학교 대학 초등학교 중학교 고등학교 정류장 정류소 주차장
    품종 종목 읍면동 읍·면·동 읍·면 행정동 법정동 도시 국가 나라
"""
"""What 개 counts: 3개 지역, 60개 제품."""

COUNTED_SYLLABLES = """
    팀: 장
    동: 아리 네 영 작 물 호 주민
    교: 육 재 실 통 사
    조: 합 직 사 례 항 건 성
    과: 정 제 목 학
    반: 찬 영 기
    국: 가 비 공 내 제
    실: 시 적 과 무 행 험 습
    점: 포 검
    종: 목 류 합 교
    시: 설 장 범 행 작 간
    군: 부
    구: 역 간 청 성 매 좌 축
    도: 서 시 로 입 움
    면: 적 접
    읍: 내
    리: 더 빙 모
"""
"""Nouns of one syllable after 개 (5개동, 4개교), with the continuations of other words."""
