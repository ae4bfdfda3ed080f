"""Tells where money comes from: 국비, 시비, 구비, 특교 and their short and spaced forms."""

import regex

from normalize.records import FundingLevel, FundingSource

MIDDLE_DOTS = "·ㆍ‧․∙"
"""Signs that stand between 구 and 군 in 구·군비; they look alike in print."""

_WORDS: tuple[tuple[FundingSource, str], ...] = (
    (
        "special_grant",
        r"(?:[시도국구군])?특교(?:세|금)?|특별교부(?:세|금)|(?:특별)?조정교부금|특조금",
    ),
    (
        "national",
        r"국비|국고(?:보조금|지원금|보조)?|국가보조금|균특(?:회계|비)?|(?:지역)?균형발전특별회계"
        r"|지특(?:회계)?|정부(?:지원|보조)금",
    ),
    ("city", r"(?:서울|특별|광역)?시비"),
    ("province", r"도비"),
    ("county", r"군비|시[·,]?군비"),
    ("district", r"(?:자치)?구비|구[·,]?군비|군[·,]?구비"),
    ("fund", r"\p{Hangul}*기금"),
    ("private", r"민자|민간(?:자본|부담금?|투자)?|자부담금?|자체부담금?|자기부담금?|본인부담금?"),
    ("other", r"기타(?:재원)?|지방비|그외"),
    ("total", r"총?계|합계|총합계|총액|소계|총사업비"),
)
_SHORT: dict[str, FundingSource] = {
    "국": "national",
    "시": "city",
    "도": "province",
    "군": "county",
    "구": "district",
    "구군": "district",
    "구·군": "district",
    "시군": "county",
    "시·군": "county",
    "특": "special_grant",
    "민": "private",
    "자": "private",
}
_MEASURE_WORDS = (
    r"(?:보조금?|지원(?:금|액)?|예산액?|현액|집행액?|교부액?|확보액?|편성액?|부담(?:금|액)?|분담(?:금|액)?"
    r"|사업비|금액|비율|재원|추경|매칭|합계|소계|계)?"
)
_PATTERNS = tuple(
    (source, regex.compile(rf"(?:{words}){'' if source == 'total' else _MEASURE_WORDS}"))
    for source, words in _WORDS
)
_EDGES = regex.compile(r"^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$")
_TAIL = regex.compile(r"(?:[(\[（].*|[:：]?\s*[\d.,]+\s*%?)$", regex.DOTALL)
_LEVELS: dict[FundingSource, FundingLevel] = {
    "national": "national",
    "province": "regional",
    "county": "local",
    "district": "local",
    "special_grant": "other",
    "fund": "other",
    "private": "other",
    "other": "other",
}


def funding_of(label: str, *, short: bool = False) -> FundingSource | None:
    """Tell which source of money a label names.

    Args:
        label: such as "국비", "시  비", "특별교부세", "구비(천원)", "국비 보조금".
        short: whether single letters (국 44,600, 시 361,000) count; only inside a bracket that
            splits an amount, or in a ratio, do they stand for money.

    Returns:
        The source, or None where the label is about something else.

    Examples:
        >>> funding_of("시    비")
        'city'
        >>> funding_of("시"), funding_of("시", short=True)
        (None, 'city')
        >>> funding_of("구‧군비"), funding_of("시·군비")
        ('district', 'county')
    """
    word = regex.sub(r"\s+", "", _EDGES.sub("", _TAIL.sub("", label.strip())))
    word = regex.sub(rf"[{MIDDLE_DOTS}･•]", "·", word)
    if short and word in _SHORT:
        return _SHORT[word]
    for source, pattern in _PATTERNS:
        if pattern.fullmatch(word):
            return source
    return None


def funding_level(
    source: FundingSource | None, region_level: str | None, region_name: str | None = None
) -> FundingLevel | None:
    """Tell which level of government a source belongs to.

    시비 is the metropolitan city's money in the report of a 구 or 군, and the town's own in that
    of a 시 below a province.

    Args:
        source: as `funding_of` returns it.
        region_level: "regional" (si/do) or "local" (si/gun/gu); None where it is not known.
        region_name: name of the reporting region; its last syllable tells a 시 from a 구.

    Returns:
        None for totals, for no source, and for 시비 where the reporting region is not known.
    """
    if source is None or source == "total":
        return None
    if source != "city":
        return _LEVELS[source]
    if region_level is None:
        return None
    is_town = region_level == "local" and (region_name or "").rstrip().endswith("시")
    return "local" if is_town else "regional"


def funding_before(text: str, start: int) -> FundingSource | None:
    """Return the source that the words right before a bracketed amount name.

    Args:
        text: such as `전액 구비편성(80,000천 원)`.
        start: where the amount begins.
    """
    head = text[:start].rstrip()
    if not head.endswith("("):
        return None
    words = head[:-1].split()[-1:]
    source = funding_of(words[0]) if words else None
    return source if source != "total" else None
