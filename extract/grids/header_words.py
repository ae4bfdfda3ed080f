"""Words that head columns in Korean administrative tables, for headings whose borders were lost."""

from collections.abc import Sequence

import regex

STUB_WORDS = frozenset(
    """
    구분 구분별 연번 번호 순번 사업명 세부사업명 단위사업 단위사업명 세부사업
    정책사업 과제명 과제 시설명 시설 기관명 기관 부서 부서명 담당부서 항목 내용
    세부내용 사업내용 지표 확인지표 지표명 재원 재원별 재원구분 과목 세부과목 명칭
    지역 지역별 자치구 동별 성명 직급 직렬 분야 유형 회계 회계별 기금명 단체명
    기업명 업체명 사업 위치 소재지 주소 비고 대상 방법 주관 일시 일자 날짜 장소 월별
    연도 연도별 년도 단위 산출근거 산출기초 추진내용 추진사항 현황
    """.split()
)
"""Headings of columns that hold labels."""

VALUE_WORDS = frozenset(
    """
    계 합계 총계 소계 누계 총액 합산 예산 예산액 예산현액 당초예산 최종예산 본예산
    추경 추경예산 집행 집행액 집행률 집행율 집행잔액 지출액 결산액 수입액 잔액
    이월액 불용액 교부액 지원액 사업비 총사업비 금액 목표 목표치 목표액 실적 실적치
    달성률 달성율 이행률 진도율 추진율 증감 증감액 증감률 증감율 비율 비중 구성비
    점유율 인원 정원 현원 과부족 국비 시비 도비 군비 구비 특교 특교세 특별교부세
    지방비 기금 기타 민자 자부담 수량 단가 건수 횟수 면적 인구 세대수 가구수 기투자
    향후 임기내 임기후 임기 전년도 금년도 전년 금년 기준 남 여 남자 여자 상반기
    하반기 반기 분기
    """.split()
)
"""Headings of columns that hold numbers."""

PERIOD_TOKEN = regex.compile(
    r"^(?:['’‘`]\d{2}|(?:19|20)\d{2})(?:\.|년도?|학년도)?(?:예산|실적|계획|목표)?(?:\([^()]*\))?$"
    r"|^[1-4]\s?/\s?4(?:분기)?(?:\([^()]*\))?$|^[1-4]분기$|^(?:상|하)반기$|^\d{1,2}월$|^임기\s?(?:내|후|중)$"
)

FUNDING_LABEL = regex.compile(
    r"^(?:국|시|도|군|구)\s*비$|^(?:특\s*교|기\s*금|기\s*타|민\s*자|지\s*방\s*비|자\s*부\s*담)$"
)
"""Labels of rows that split an amount by its source."""

TOTAL_LABEL = regex.compile(r"^(?:합|총|소|누)?\s*계$")
"""Labels of rows that add up others."""

TOTAL_NAME = regex.compile(r"^총\s|(?:^|[\s합총소누])계(?:\s*\([^()]*\))?$")
"""Longer labels of such rows: 총 이행률(%), 시설운영비 계."""

GRADE_TOKEN = regex.compile(r"^\d{1,2}(?:급|등급|단계|학년|층|호봉)(?:상당|이상|이하)?$")


def join_single_syllables(tokens: list[str]) -> list[list[int]]:
    """Return groups of token positions that are one letter-spaced word.

    `구 분 재 원 별 합 계` is 구분, 재원별, 합계: single syllables are joined into known heading
    words, as few as possible; what is no known word stays one group.

    Examples:
        >>> join_single_syllables("구 분 계".split())
        [[0, 1], [2]]
        >>> join_single_syllables("단위사업명 예 산 액 집 행 액".split())
        [[0], [1, 2, 3], [4, 5, 6]]
    """
    groups: list[list[int]] = []
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and _is_syllable(tokens[end]):
            end += 1
        if end - start >= 2:
            groups.extend(_segment(tokens, start, end))
            start = end
        else:
            groups.append([start])
            start += 1
    return groups


def heads_columns(text: str) -> bool:
    """Tell whether a line reads like the headings of a table: label word first, then more.

    Examples:
        >>> heads_columns("구 분 합 계 도서관 체육관"), heads_columns("평생학습 도서관")
        (True, False)
    """
    words = text.split()
    joined = ["".join(words[i] for i in group) for group in join_single_syllables(words)]
    if len(joined) < 2:
        return False
    valued = sum(1 for word in joined if word in VALUE_WORDS or PERIOD_TOKEN.match(word))
    return valued >= 2 or (joined[0] in STUB_WORDS and valued >= 1)


def restarts(texts: Sequence[str]) -> list[int]:
    """Return where a sequence of labels begins again: a label that its group already has."""
    starts, seen = [0], set[str]()
    for i, text in enumerate(texts):
        if text in seen:
            starts.append(i)
            seen = set()
        seen.add(text)
    return starts


def _is_syllable(token: str) -> bool:
    return len(token) == 1 and "가" <= token <= "힣"


def _segment(tokens: list[str], start: int, end: int) -> list[list[int]]:
    """Cut single syllables into the fewest words, known ones first."""
    known = STUB_WORDS | VALUE_WORDS
    best: list[tuple[float, list[list[int]]]] = [(0.0, [])]
    for stop in range(start + 1, end + 1):
        options = [
            (
                best[begin - start][0] + _word_cost("".join(tokens[begin:stop]), known),
                [*best[begin - start][1], list(range(begin, stop))],
            )
            for begin in range(start, stop)
        ]
        best.append(min(options, key=lambda option: (option[0], len(option[1]))))
    return best[-1][1]


def _word_cost(word: str, known: frozenset[str]) -> float:
    if word in known:
        return 1.0
    return 3.0 + (0.5 if len(word) == 1 else 0.0) + max(0, len(word) - 4)
