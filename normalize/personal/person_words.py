"""Words that tell of a person: labels before a name, offices before or after it, headings."""

from typing import Final

STRONG_LABELS: Final = frozenset(
    """
    성명 성함 이름 담당자 담당자명 작성자 작성자명 보고자 기안자 검토자 결재자 승인자 확인자
    책임자 실무자 신청인 신청자 수령인 수령자 대표자 대표자명 예금주 보호자 민원인 제안자 발표자
    강사명 강사 집필자 연구책임자 총괄책임자 임차인 임대인 계약자 납세자 보증인 현장대리인 당선인
    신고인 신고자 고소인 대리인 세대주 배우자 위원명 의원명 직원명 팀장명 부서장 기관장 기관장명
    단체장 성명란 참여자명 연구원명 업무담당자 사업담당자 담당공무원 담당주무관 인솔자 진행자
    사회자 좌장 발제자 토론자 저자 편집자 연락담당자 문의처 문의 작성 성명(한글)
    """.split()
)
"""A name follows, whatever it is made of."""

GROUP_LABELS: Final = frozenset(
    """
    담당 피해자 가해자 유족 상속인 위원 의원 대표 참석자 참여자 대상자 수급자 수상자 소유자 체납자
    수혜자 참석위원 위원명단 팀원 직원 교수 연구원 공동연구원 연구진 자문위원 심사위원 평가위원
    외부위원 내부위원 위촉위원 당연직 위촉직 간사 서기 감사 이사 후보자 합격자 퇴직자 유공자
    표창자 수료자 기안 검토 결재 전결 협조 연락처 배석 참석 명단 토론 발제
    """.split()
)
"""A name may follow, and so may many another word."""

OFFICES: Final = frozenset(
    """
    과장 팀장 계장 국장 실장 부장 차장 본부장 센터장 단장 주무관 사무관 서기관 이사관 부이사관
    주사 주사보 서기보 구청장 부구청장 부군수 도지사 부지사 부시장 면장 읍장 통장 이장 청장 부청장
    차관 장관 이사장 부이사장 사무국장 사무총장 사무처장 위원장 부위원장 의장 부의장 대표이사
    연구위원 선임연구원 책임연구원 수석연구원 전임연구원 변호사 회계사 세무사 노무사 감정평가사
    보좌관 비서관 비서실장 전문관 지도사 연구사 조사관 감사관 대리 교장 교감 원장 부원장 총장
    부총장 학장 회장 부회장 사장 부사장 전무 상무 처장 파트장 그룹장 반장 소장 관장 동장 군수
    담당관 기획관 정책관 심의관 협력관 국회의원 구의원 시의원 도의원 군의원 공보관 홍보관 대변인
    연구관 지도관 학예사 소방관 경감 경위 총경 경정
    """.split()
)
"""Offices that stand before or after a name: 과장 김○○, 김○○ 과장."""

AMBIGUOUS_OFFICES: Final = frozenset(
    """
    동장 차장 반장 부장 통장 이장 대리 군수 전무 상무 학장 총장 관장 원장 회장 단장 사장 소장
    """.split()
)
"""They end other words too: 운동장, 주차장, 박람회장; part of a longer word only in 도서관장."""

LOOSE_OFFICES: Final = frozenset(
    """
    시장 대표 의원 위원 교수 이사 감사 간사 박사 담당 담당자 연구원 강사 감독 코치 서기 선생
    선생님
    """.split()
)
"""Offices that are everyday words as well: 시장 is a market, 대표 also means typical."""

ADDRESSES: Final = frozenset("씨 님 군 양 귀하 귀중".split())
"""What stands after a name and nothing else."""

PARTICLES: Final = frozenset(
    """
    은 는 이 가 을 를 의 과 와 도 에 에게 께 께서 로 으로 만 외 등 및 이고 이며 이다 입니다 님은
    님이 님의 씨는 씨가
    """.split()
)

OFFICE_ENDINGS: Final = tuple(
    """
    과 팀 실 국 부 소 센터 청 관 계 원 회 단 동 구 시 군 도 처 본부 재단 공단 공사 대학 학교 병원
    기관 업체
    """.split()
)
"""How names of offices end: they stand between a label and a name (담당자: 총무과 김○○)."""

_NUMBER_LABELS: Final = (
    (
        "팩스",
        "전화 휴대폰 휴대전화 핸드폰 tel phone mobile hp "
        "팩스 팩스번호 fax 문의처 휴대폰번호 휴대전화번호 문의전화 연락전화",
    ),
    ("전화번호", "전화번호 대표전화 행정전화 사무실전화"),
    ("연락처", "연락처 비상연락처 비상연락망"),
    ("내선", "내선 내선번호 구내번호"),
    ("주민등록번호", "주민등록번호 주민번호"),
    ("외국인등록번호", "외국인등록번호"),
    ("생년월일", "생년월일"),
    ("계좌번호", "계좌번호 계좌"),
    ("차량번호", "차량번호 차량등록번호"),
    ("여권번호", "여권번호"),
    ("면허번호", "면허번호 운전면허번호"),
    ("카드번호", "카드번호"),
)
NUMBER_HEADINGS: Final = {
    heading: label for label, headings in _NUMBER_LABELS for heading in headings.split()
}
"""Headings of columns of personal numbers, and the label that says the same in running text.

Under 전화번호 a number of four digits is an extension; under 전화 it may count calls, so that only
what is written like a phone is one there, as after 팩스.
"""
