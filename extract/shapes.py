"""What a printed string looks like (number, date, unit, text), before anyone asks what it means.

Finding the columns of a table needs to know that `1,234` and `△5` are numbers and `2022` above
them is a year; it does not need their values.
"""

from functools import lru_cache
from typing import Literal

import regex

Shape = Literal["number", "percent", "quantity", "nil", "date", "period", "unit", "ratio",
                "text", "prose", "blank"]  # fmt: skip

_DIGITS = r"(?:\d{1,3}(?:,\d{3,4})+|\d+)(?:\.\d+)?"
_SIGN = r"[△▲∆\-−–+]?\s?"
_COUNTERS = (
    r"천\s?만\s?원|백\s?만\s?원|천\s?원|만\s?원|억\s?원|조\s?원|억|원|여?명|인|개소|개사|여?개"
    r"|여?건|여?회|팀|곳|㎡|m\s?²|m2|세|년|월|일|개월|시간|배|종|식|대|호|세대|가구|권|부|동|강|과정|기관"
    r"|기업|업체|학교|지역|점|편|점수|위|톤|km|kWh|ha|ℓ|L|kg"
)
_NUMBER = regex.compile(rf"^(?:{_SIGN}{_DIGITS}|\({_DIGITS}\))$")
_PERCENT = regex.compile(rf"^{_SIGN}{_DIGITS}\s?(?:%|％|%p|퍼센트)$")
_QUANTITY = regex.compile(
    rf"^(?:총|약|각|연|매출|상담)?\s?{_SIGN}{_DIGITS}\s?(?:{_COUNTERS})"
    rf"(?:\s?(?:{_COUNTERS}))?(?:\s?\([^()]*\))?$"
)
_PAIR = regex.compile(
    rf"^{_DIGITS}\s?(?:{_COUNTERS}|%)?\s?/\s?{_DIGITS}\s?(?:{_COUNTERS}|%)(?:원)?$"
)
_SPLIT_AMOUNT = regex.compile(rf"^{_SIGN}{_DIGITS}\s*[(\[][^()\[\]]*\d[^()\[\]]*[)\]]$")
_NIL = regex.compile(r"^[-–—―－─ㅡ]$")
_RATIO = regex.compile(r"^\d+(?:\.\d+)?(?:\s?:\s?\d+(?:\.\d+)?)+$")
_YEAR = regex.compile(
    r"^(?:['’‘`]\d{2}|(?:19|20)\d{2})\s?\.?(?:년도?|학년도|회계연도)?\s?"
    r"(?:\(?(?:상|하)반기\)?)?(?:\([^()]*\))?$"
)
_PERIOD = regex.compile(
    r"^(?:[1-4]\s?/\s?4(?:\s?분기)?|[1-4]\s?분기|상반기|하반기|\d{1,2}월|임기\s?(?:내|중|후|전)|전년도?|"
    r"당해\s?연도|금년도?|\d{1,2}\s?차\s?년도?)(?:\([^()]*\))?$"
)
_DATE = regex.compile(
    r"^(?:(?:19|20)\d{2}|['’‘`]\d{2})\s?[.\-/년]\s?\d{1,2}\s?(?:[.\-/월]\s?(?:\d{1,2}\s?[.일]?)?)?.{0,24}$"
    r"|^\d{1,2}\.\s?\d{1,2}\.?(?:\s?[~∼～-]\s?.{1,14})?$"
)
_UNIT = regex.compile(rf"^(?:{_COUNTERS}|%|％|%p|㎥|㎞|MW|원/월|천명|백명)$")
_PROSE_LENGTH = 30


@lru_cache(maxsize=1 << 16)
def shape_of(text: str) -> Shape:
    """Return what a cell's text looks like.

    Examples:
        >>> [shape_of(t) for t in ("1,234", "△1", "(30)", "-", "12.3%", "2022", "3/4", "개소")]
        ['number', 'number', 'number', 'nil', 'percent', 'period', 'period', 'unit']
        >>> [shape_of(t) for t in ("30개/60개", "61명", "2023. 8. 8.", "사회적기업", "75:17.5:7.5")]
        ['quantity', 'quantity', 'date', 'text', 'ratio']
    """
    text = regex.sub(r"\s+", " ", text).strip()
    if not text:
        return "blank"
    for pattern, shape in _TESTS:
        if pattern.match(text):
            return shape
    return "prose" if len(text) > _PROSE_LENGTH or text.startswith(("- ", "▶", "○ ")) else "text"


_TESTS: tuple[tuple[regex.Pattern[str], Shape], ...] = (
    (_NIL, "nil"),
    (_YEAR, "period"),
    (_PERIOD, "period"),
    (_NUMBER, "number"),
    (_PERCENT, "percent"),
    (_DATE, "date"),
    (_UNIT, "unit"),
    (_RATIO, "ratio"),
    (_PAIR, "quantity"),
    (_QUANTITY, "quantity"),
    (_SPLIT_AMOUNT, "quantity"),
)


def is_value(shape: Shape) -> bool:
    """Tell whether the shape is that of a reported number."""
    return shape in ("number", "percent", "quantity", "nil")


def is_figure(shape: Shape) -> bool:
    """Tell whether the shape holds digits of a reported number (a nil sign does not)."""
    return shape in ("number", "percent", "quantity")
