"""The shapes in which Korean reports print dates and periods, as patterns and word lists."""

import re

APOSTROPHE = "['’‘`´′ʼ＇‛ˊˋ΄՚]"
TILDE = "[~∼～〜˜]"
DIGIT = "[0-9]"
YEAR4 = f"(?:19|20){DIGIT}{DIGIT}"
DRAFT = r"\(?[pPeErR]\)?(?![A-Za-z0-9])"
"""Statistics mark figures that are not final: 2023p, 2023(p) (preliminary), 2024e, 2024r."""
YEAR = f"(?P<year>{YEAR4}|{APOSTROPHE}\\s?{DIGIT}{DIGIT})(?!{DIGIT})"
MONTH = f"(?P<month>{DIGIT}{{1,2}})"
DAY = f"(?P<day>{DIGIT}{{1,2}})"
LATE = r"(?:\s?(?:(?P<late>말)|초순?|중순|하순)(?![가-힣])|\s?(?:(?P<late2>말)(?=까지|기준|현재)))?"

# A number with a counter is no date: 2023. 3. 5개 기업. With a space only counters that end a
# word are meant, because 2017. 3. 5 개최 is one.
NO_COUNTER = (
    rf"(?!{DIGIT}|[.,:/]{DIGIT}|\s?[%％℃㎡배]"
    r"|(?:개|명|건|회|천|백|만|억|원|차|단계|인|곳|팀|종|주|호|층|세|점|시간|분|년|시)"
    r"|\s(?:개|명|건|회|원|개소|개사|개월|천\s?원|백만\s?원|만\s?원|억\s?원)(?![가-힣]))"
)
DAY_MARK = rf"(?:\s?일(?!간|차|정|반|째|당)|\.(?!{DIGIT})|{NO_COUNTER}(?!\s?일))"
YEAR_DOT = r"\s?\.\s*"
YEAR_MARK = rf"(?:\s?년도?\s*|{YEAR_DOT}|(?<={DIGIT}{DIGIT})\s)"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


YEAR_MONTH_DAY = (
    _shape(
        rf"(?P<year>{YEAR4})(?P<sign>[-/])(?P<month>{DIGIT}{{2}})(?P=sign)(?P<day>{DIGIT}{{2}})(?!{DIGIT})"
    ),
    _shape(rf"{YEAR}(?:\s?년\s*|{YEAR_DOT}){MONTH}(?:\s?월\s*|\s?\.\s*){DAY}{DAY_MARK}"),
)
YEAR_QUARTER = (
    _shape(rf"{YEAR}{YEAR_MARK}?\(?(?P<quarter>[1-4])\s?(?:/\s?4\s?)?분기"),
    _shape(rf"{YEAR}\s?(?:년도?)?\s*\(\s?(?P<half>[상하])반기\s?\)"),
    _shape(rf"{YEAR}{YEAR_MARK}?(?P<half>[상하])반기"),
)
YEAR_MONTH = (
    _shape(rf"{YEAR}(?:\s?년\s*|{YEAR_DOT}|\s){MONTH}\s?월(?!간|차){LATE}"),
    _shape(rf"{YEAR}{YEAR_DOT}{MONTH}(?:\.(?!{DIGIT})|{NO_COUNTER})"),
)
"""2021. 4. | 2021.4 | 2021년 4월 | '21. 12월말."""
YEAR_ALONE = (
    _shape(rf"(?P<year>{YEAR4})\s?회계\s?연도"),
    _shape(rf"FY\s?(?P<year>{YEAR4})(?!{DIGIT})"),
    _shape(rf"(?<!{DIGIT})(?P<year>{YEAR4})\s?(?:년도?)?\s?{DRAFT}"),
    _shape(rf"{YEAR}\s?년도?(?!\s?(?:차|간|대|생|이상|마다|만에|산)){LATE}"),
    _shape(rf"(?P<year>{YEAR4})\.?(?=\s?{TILDE}\s*(?:{YEAR4}|{APOSTROPHE}{DIGIT}{{2}}))"),
    _shape(rf"(?P<year>{APOSTROPHE}{DIGIT}{{2}})(?!{DIGIT}){NO_COUNTER}(?!{APOSTROPHE})"),
)
YEAR_TAIL = (
    _shape(rf"{YEAR}(?:\s?년도?(?!\s?차)|\.(?!\s?{DIGIT})|{NO_COUNTER})"),
    _shape(rf"(?P<short>{DIGIT}{{2}})\s?년(?!\s?차|간)"),
)
"""What may follow the tilde after a year: 2018.~2026. | 2012~2016년 | '18~22년."""
SHORT_YEAR = (
    _shape(rf"(?P<short>{DIGIT}{{2}})\.\s?{MONTH}\.\s?{DAY}(?:\.(?!{DIGIT})|{NO_COUNTER})"),
    _shape(rf"(?<=\()(?P<short>1[3-9]|[2-9]{DIGIT})\.\s?{MONTH}\.?(?=\s?(?:\)|~))"),
)
"""Two-digit years without an apostrophe: 18.10.26. | (18.10)."""
MONTH_DAY_WORDS = (_shape(rf"{MONTH}\s?월\s*{DAY}\s?일(?!간|차|정|째)"),)
MONTH_DAY_DOTS = (
    _shape(rf"{MONTH}\.\s?{DAY}(?:\.(?!{DIGIT})|{NO_COUNTER}(?![.\-]{DIGIT}))"),
    _shape(rf"{MONTH}/{DAY}{NO_COUNTER}(?!/)"),
)
MONTH_ALONE = (_shape(rf"{MONTH}\s?월(?!간|차|령|급|호){LATE}"),)
MONTH_TAIL = (*MONTH_ALONE, _shape(rf"{MONTH}(?:\.(?!\s?{DIGIT})|{NO_COUNTER}(?![가-힣]))"))
DAY_TAIL = (_shape(rf"{DAY}(?:\s?일(?!간|차|째)|\.(?!\s?{DIGIT})|{NO_COUNTER}(?![가-힣]))"),)
QUARTER_ALONE = (
    _shape(r"(?P<quarter>[1-4])\s?(?:/\s?4\s?)?분기(?!별|마다)"),
    _shape(r"(?P<half>[상하])반기"),
)
MONTHS = _shape(
    rf"(?P<year>{YEAR4}|{APOSTROPHE}\s?{DIGIT}{DIGIT})?(?(year)(?:\s?년\s*|{YEAR_DOT}))"
    rf"(?P<first>{DIGIT}{{1,2}})\s?(?:{TILDE}|[-–])\s?(?P<last>{DIGIT}{{1,2}})\s?월(?!간|차){LATE}"
)
"""3~4월 | 2021. 6~8월: the first month has no mark of its own."""
DAYS = _shape(
    rf"(?P<first>{DIGIT}{{1,2}})\s?(?:{TILDE}|[-–])\s?(?P<last>{DIGIT}{{1,2}})\s?일"
    r"(?!간|차|째|\s?(?:이내|이상|정도|소요|전|후|마다|내))"
)
MONTH_DAYS = _shape(
    rf"(?:(?P<year>{YEAR4}|{APOSTROPHE}\s?{DIGIT}{DIGIT})(?:\s?년\s*|{YEAR_DOT}))?"
    rf"(?P<month>{DIGIT}{{1,2}})\s?월\s?"
    rf"(?P<first>{DIGIT}{{1,2}})\s?(?:{TILDE}|[-–])\s?(?P<last>{DIGIT}{{1,2}})\s?일(?!간|차|째)"
)
"""4월 27~28일."""
QUARTERS = _shape(
    rf"(?:(?P<year>{YEAR4}|{APOSTROPHE}\s?{DIGIT}{DIGIT})(?:\s?년도?\s*|{YEAR_DOT}))?"
    rf"(?P<first>[1-4])\s?(?:{TILDE}|[-–])\s?(?P<last>[1-4])\s?분기"
)
TERM = _shape(r"민선\s?(?P<term>[1-9][0-9]?)\s?기")
TERM_DATES = _shape(rf"\s?\(\s?(?:{APOSTROPHE}|{DIGIT})")
TERM_BEFORE = _shape(r"민선\s?[1-9][0-9]?\s?기\s?\(\s?$")
TERM_PART = _shape(r"(?:임기|입기)\s?(?:(?P<inside>내|중)|(?P<after>후))")
RELATIVE_YEAR = _shape(
    r"(?P<word>전전년도|전년도|전년|당해\s?연도|당해년도|금년도?|올해|차년도|내년도?|익년도?|작년|지난해)"
    r"(?![가-힣]{2,}계)"
)
RELATIVE_YEARS = {
    "전전년도": -2, "전년도": -1, "전년": -1, "작년": -1, "지난해": -1, "당해연도": 0,
    "당해년도": 0, "금년": 0, "금년도": 0, "올해": 0, "차년도": 1, "내년": 1, "내년도": 1,
    "익년": 1, "익년도": 1,
}  # fmt: skip
YEAR_END = _shape(r"\s?말(?![가-힣]{2})")
"""전년도말: what stood on its last day."""
SAME_YEAR = _shape(r"(?:그해|그\s해|같은\s?해|동년)\s*")

RANGE_SIGN = _shape(rf"\s*(?:{TILDE}|[-–—]|부터)\s*")
OPEN_END = _shape(rf"\s?{TILDE}(?=\s*(?:$|[)\],;】]|현재|계속|미정|별도|[가-힣]|\s))")
OPEN_START = _shape(rf"{TILDE}\s*")
FROM = _shape(r"\s?(?:부터|이후)")
UNTIL = _shape(r"\s?까지")
WEEKDAY = _shape(r"\s?\(\s?[월화수목금토일](?:요일)?\s?\)")
AS_OF = _shape(
    r"\s?(?:말|자|일자)?\s?(?:기준(?!\s?(?:금액|단가|으로\s?산정|년도|연도|액|중위))|현재(?!\s?가))"
)
AS_OF_BEFORE = _shape(r"(?:기준일자?|기준일시|현재)\s?[:：]?\s?$")
TERM_SPAN_WORD = _shape(r"\s?(?:동안|기간|임기|목표|중(?=\s|$)|내(?=\s|$))")

START = _shape(
    rf"{DIGIT}|{APOSTROPHE}|{TILDE}|FY|민선|[상하]반기|[임입]기|그\s?해|같은|동년"
    "|전전?년|당해|금년|올해|차년|내년|익년|작년|지난해"
)
"""Where a date may begin."""
UNBOUND = _shape(
    rf"(?<!{DIGIT})(?<!{DIGIT}[.,:/])(?<![A-Za-z0-9]-)(?<![A-Za-z])"
    r"(?<!^제)(?<!^제\s)(?<![^가-힣]제)(?<![^가-힣]제\s)(?=.)"
)
"""Not bound to something before it, as in 3.3억, 10-2, B2, 제3."""

_BESIDE = (
    "최종", "당초", "추경", "본예산", "예산", "예산액", "예산현액", "예산안", "결산", "결산액",
    "예정", "확보", "투자", "기투자", "소요", "집행", "집행액", "교부", "교부액", "지원액", "목표",
    "목표치", "계획", "실적", "결과", "누계", "누적", "합계", "소계", "총계", "계", "액", "기준",
    "현재", "말", "현황", "이전", "이후", "연도", "연도별", "사업비", "재원", "금액", "수요", "수",
    "년", "동안", "기간", "중", "까지", "부터", "비율", "율", "률", "이행", "달성", "추진", "분",
    "별", "추정", "전망", "잠정", "확정", "증감", "안", "천원", "백만원", "억원", "원", "명",
    "개소", "건", "단위", *"ABCDEFGH",
)  # fmt: skip
PERIOD_WORDS = _shape(f"(?:{'|'.join(sorted(_BESIDE, key=len, reverse=True))})*+")
"""What may stand beside a period in a heading that is nothing but a period."""
LEADING_YEAR = _shape(
    rf"(?P<year>{YEAR4})(?=\s(?!명|개|건|원|천|백|만|억)\D|(?:목표|실적|계획|예산|결산|집행))"
)
"""2022 예산, 2022실적: a number that the words beside it make a year; 2022 명 is none."""
CELL_PERIODS = (
    _shape(rf"(?P<year>{YEAR4})\.?"),
    _shape(rf"(?P<year>{APOSTROPHE}\s?{DIGIT}{{2}})\s?\.?"),
    _shape(
        rf"(?P<year>{YEAR4}|{APOSTROPHE}\s?{DIGIT}{{2}})\s?(?:년도?|\.)?\s?(?P<quarter>[1-4])/4"
    ),
    _shape(r"(?P<quarter>[1-4])\s?/\s?4"),
    _shape(
        rf"(?P<year>{YEAR4}|{APOSTROPHE}\s?{DIGIT}{{2}})\s?(?:년도?|\.)?\s?\(?(?P<half>[상하])(?:반기)?\)?"
    ),
)
"""Periods that only a heading or a cell may print this way: 2022 | '19 | 3/4 | '18 (하)."""
