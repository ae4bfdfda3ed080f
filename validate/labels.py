"""Labels made comparable: totals, funding sources, periods and how alike two labels are."""

import re
from functools import lru_cache

from validate.vocabulary import (
    FUNDING_LABELS,
    GRAND_TOTALS,
    RATIO_LABEL,
    SUBTOTALS,
    TOTAL_ENDINGS,
    TOTALS,
)

_BRACKETS = re.compile(r"[(（\[〔][^()（）\[\]〔〕]*[)）\]〕]")
_NOISE = re.compile(r"[^0-9A-Za-z가-힣%㎡△·+:./-]+")
_LEAD = re.compile(r"^(?:[-·○□◦▪*※]|\d{1,2}[.)](?!\d)|[가-하][.)])\s*")
_YEAR = (
    r"(?:['’‘`´](?:19|20)?\d{2}\.?(?:년도?|년말)?"
    r"|(?:19|20)\d{2}[pPeErR]?\.?(?:년도?|년말)?|\d{2}년도?)"
)
_PERIOD = re.compile(
    rf"^(?:{_YEAR}(?:상반기|하반기|제?[1-4]/?4?분기|1?\d월(?:말|까지)?)?(?:이전|이후|까지)?"
    r"|(?:19|20)\d{2}[.][\d.~∼-]*|[1-4]/4(?:분기)?|제?[1-4]분기|1?\d월|상반기|하반기"
    r"|\d차년도?|\d년차|전년도?|당해연도|금년도?)$"
)
_TOKEN = re.compile(r"[A-Za-z]{2,}|[가-힣]{2,}|\d+(?:차|단계|기)")
_STEM = 4
"""A word longer than this is kin to one that has all of it but its last letter."""
_PARTICLES = re.compile(r"(?:으로|에서|에게|까지|부터|을|를|은|는|이|가|의|에|와|과|로|및)$")


@lru_cache(maxsize=20000)
def squeeze(label: str) -> str:
    """Return a label without white space, brackets and decoration.

    Examples:
        >>> squeeze("합    계 (기업수는 중복)")
        '합계'
        >>> squeeze("○ 집 행 액(B)")
        '집행액'
    """
    text = _LEAD.sub("", label.strip())
    bare = _BRACKETS.sub("", text)
    return _NOISE.sub("", bare) or _NOISE.sub("", text)


@lru_cache(maxsize=20000)
def total_level(label: str) -> int:
    """Return 0 for a common label, 1 for a sub-total, 2 for a total, 3 for a grand total.

    Examples:
        >>> [total_level(text) for text in ("총 계", "합    계", "운영비 소계", "회계", "총 4건")]
        [3, 2, 1, 0, 2]
    """
    text = squeeze(label)
    if text in GRAND_TOTALS:
        return 3
    if text in TOTALS or re.match(r"^총\d", text):
        return 2
    if text in SUBTOTALS:
        return 1
    if text.endswith(TOTAL_ENDINGS):
        return {"소": 1, "총": 3}.get(text[-2], 2)
    words = _BRACKETS.sub("", label).split()
    return 2 if len(words) > 1 and words[-1] == "계" and len(words[-2]) > 1 else 0


def is_overall(label: str) -> bool:
    """Tell whether a label names an overall rate (총 이행률)."""
    text = squeeze(label)
    return text.startswith(("총", "전체")) and text.endswith(("률", "율"))


def total_name(label: str) -> str:
    """Return what a total is the total of: 운영비 for 운영비 소계, empty for 합계."""
    text = squeeze(label)
    for ending in (*TOTAL_ENDINGS, "계"):
        if text.endswith(ending):
            return text.removesuffix(ending)
    return ""


@lru_cache(maxsize=20000)
def is_funding(label: str) -> bool:
    """Tell whether a label names a source of money (국비, 시비, 기타 ...)."""
    text = squeeze(label)
    return text in FUNDING_LABELS or text.removesuffix("보조") in FUNDING_LABELS


@lru_cache(maxsize=20000)
def is_period(label: str) -> bool:
    """Tell whether a label is nothing but a period.

    Examples:
        >>> [is_period(text) for text in ("2022년", "1/4", "‘18(하반기)", "상반기", "13회", "목표")]
        [True, True, True, True, False, False]
    """
    return bool(_PERIOD.match(_BRACKETS.sub("", label).replace(" ", "")))


def clean_path(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return a label path squeezed, without ratios, bare brackets and repeated steps."""
    kept: list[str] = []
    for label in labels:
        text = label.strip()
        if not text or not _BRACKETS.sub("", text).strip() or RATIO_LABEL.match(squeeze(text)):
            continue
        if not kept or squeeze(kept[-1]) != squeeze(text):
            kept.append(text)
    return tuple(kept)


@lru_cache(maxsize=50000)
def tokens(label: str) -> frozenset[str]:
    """Return the words of a label that say something, without particles."""
    return frozenset(
        stem for word in _TOKEN.findall(label) if len(stem := _PARTICLES.sub("", word)) > 1
    )


@lru_cache(maxsize=50000)
def likeness(left: str, right: str) -> float:
    """Return how alike two labels are, 0 to 1: shared words over the words of the shorter one.

    Words match when one begins or ends with the other (컨설팅, 통합컨설팅), or when they differ
    in their ending only (회계지원단, 회계지원사업).
    """
    if squeeze(left) == squeeze(right):
        return 1.0
    first, second = sorted((tokens(left), tokens(right)), key=len)
    if not first:
        return 0.0
    shared = sum(1 for word in first if any(_is_kin(word, other) for other in second))
    return shared / len(first)


def _is_kin(word: str, other: str) -> bool:
    short, long = (word, other) if len(word) <= len(other) else (other, word)
    if long.startswith(short) or long.endswith(short) or (len(short) > 2 and short in long):
        return True
    return len(short) > _STEM and long.startswith(short[:-1])
