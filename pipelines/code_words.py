"""What the codes of the dataset are called in Korean and English, on every page and sheet."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["ko", "en"]
Pair: TypeAlias = tuple[str, str]
"""The same in Korean and in English."""
Words: TypeAlias = Mapping[str, Pair]

KINDS: Final[Words] = {
    "row_total": ("가로 합계", "row total"),
    "column_total": ("세로 합계", "column total"),
    "subtotal": ("소계", "sub-total"),
    "funding_split": ("재원별 합계", "split by source of funds"),
    "difference": ("차액", "difference"),
    "formula": ("적힌 산식", "printed formula"),
    "rate": ("비율", "rate"),
    "weighted_rate": ("전체 비율", "overall rate"),
    "share": ("구성비", "share"),
    "percent_total": ("구성비 합계", "shares make 100 %"),
    "change": ("증감", "change"),
    "growth": ("증감률", "growth rate"),
    "average": ("평균", "average"),
    "running_total": ("누계", "running total"),
    "part_of_whole": ("부분과 전체", "part of a whole"),
    "repeat": ("같은 수치", "same figure elsewhere"),
    "narrative": ("본문 내역", "figures in a sentence"),
    "count": ("열거된 수", "number of listed items"),
}
OUTCOMES: Final[Words] = {
    "exact": ("일치", "exact"),
    "within_rounding": ("끝수 범위", "within rounding"),
    "unlikely_rounding": ("끝수로 보기 어려움", "unlikely rounding"),
    "mismatch": ("불일치", "mismatch"),
    "uncheckable": ("검산 불가", "uncheckable"),
}
SEVERITIES: Final[Words] = {
    "high": ("높음", "high"),
    "medium": ("중간", "medium"),
    "low": ("낮음", "low"),
    "info": ("참고", "info"),
}
SEVERITY_ORDER: Final = tuple(SEVERITIES)
"""The gravest first."""
DECISIONS: Final[Words] = {
    "accept": ("인정", "accepted"),
    "reject": ("기각", "rejected"),
    "open": ("미결정", "open"),
}
CAUSES: Final[Words] = {
    "source": ("보고서의 오류", "error in the report"),
    "extraction": ("판독 오류", "misread"),
    "unit": ("단위 오류", "wrong unit"),
    "definition": ("정의의 차이", "different definitions"),
    "undetermined": ("미확정", "undetermined"),
}


def pick(pair: Pair, language: Language) -> str:
    """Return the one of two texts that is in a language."""
    return pair[0] if language == "ko" else pair[1]


def name(words: Words, code: str, language: Language) -> str:
    """Return the words for a code, or the code itself where there are none."""
    return pick(words[code], language) if code in words else code
