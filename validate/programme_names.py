"""Names of programmes made comparable over years and places.

Unlike `editions.bare_name`, which compares labels of one office in two reports, only what is surely
a year goes: 50플러스 and 119 are parts of names.
"""

import re
from functools import lru_cache
from typing import Final

from validate.labels import is_funding, is_period, squeeze, total_level, total_name

_NUMBERING: Final = re.compile(
    r"^(?:[\dⅠ-ⅻ]{1,3}(?:-\d+)*[.)]\s*|\d{1,2}\s+(?=[가-힣])|[가나다라마바사아자차카타파하][.)]\s*"
    r"|[①-⑳□○◦■●▪·*※-]\s*)+"
)
_YEARS: Final = re.compile(
    r"['’‘`´]\d{2}(?:\.|년도?)?|(?<!\d)(?:19|20)\d{2}(?:학?년도?|\.)?(?!\d)|(?<!\d)\d{2}년도"
    r"|전년도|당해년?도|금년도?"
)
_BRACKETS: Final = re.compile(r"[(（\[〔<][^()（）\[\]〔〕<>]*[)）\]〕>]")
_AND: Final = re.compile(r"(?<![가-힣])및(?![가-힣])")
_PARTICLES: Final = re.compile(r"(?<=[가-힣]{2})(?:을|를|의)(?=\s)")
_TEAM: Final = re.compile(r"(?<=\S\s)\S+팀\s*$")
_ENDINGS: Final = ("사업", "추진", "지원", "운영", "실시", "시행")
_LEAST: Final = 2
"""Letters that are left of a name at the least when an ending goes."""
_AMOUNT_WORDS: Final = re.compile(
    r"(?:총|순|당초|최종|초기|본|추경|기정|전년도?|다음연도|당해|누적|연차별|분기별|세부|재원별|단위|대상|발생)*"
    r"(?:(?:예산|집행|지출|교부|결산|사업비|소요|재원|확보|편성|투자|수요|현액|잔액|잔고|이월|불용|반환|이자|예금"
    r"|기타|수익|전용|정산|불인정|위탁|보조|발생|금액|현황|내역|계획|실적|추진|사업)+(?:[액금비률계]|수요)*)"
    r"[A-Z()=+-]*|구분|비고|계"
)


@lru_cache(maxsize=50000)
def plain_name(text: str) -> str:
    """Return a name without numbering, years, brackets, spaces and the team that follows it.

    Examples:
        >>> plain_name("1) 2023년 마을기업 육성(신규)"), plain_name("3 청년의 자립 지원 청년지원팀")
        ('마을기업육성', '청년자립지원')
    """
    words = _TEAM.sub("", _NUMBERING.sub("", " ".join(text.split())))
    words = _AND.sub(" ", _YEARS.sub(" ", _BRACKETS.sub(" ", words)))
    return squeeze(_PARTICLES.sub("", " ".join(words.split())))


@lru_cache(maxsize=50000)
def stem_name(text: str) -> str:
    """Return a plain name without the words that end so many of them.

    Examples:
        >>> stem_name("마을기업 육성 지원사업"), stem_name("사업 운영")
        ('마을기업육성', '사업')
    """
    name = plain_name(text)
    while ending := next((one for one in _ENDINGS if name.endswith(one)), ""):
        if len(name) - len(ending) < _LEAST:
            break
        name = name.removesuffix(ending)
    return name


def names_programme(label: str) -> bool:
    """Tell whether a label names a thing that money is for, and no amount, source or period.

    Examples:
        >>> [names_programme(one) for one in ("마을기업 육성", "예산액(A)", "국비", "합계", "2023")]
        [True, False, False, False, False]
    """
    name = squeeze(label)
    return not (
        len(name) < _LEAST
        or not re.search(r"[가-힣A-Za-z]", name)
        or (bool(total_level(label)) and not total_name(label))
        or is_funding(label)
        or is_period(label)
        or _AMOUNT_WORDS.fullmatch(name)
    )
