"""Numbers as offices print them: commas between groups of three, points in dates and decimals."""

import re

_DATE = re.compile(r"'?\d{2,4}[.,:;]+\d{1,2}[.,:;]+\d{1,2}[.,:;]*")
_DATE_START = re.compile(r"(?:19|20)\d\d[.,:;]|'\d\d[.,:;]")
_BODY = re.compile(r"(?P<before>\(?-?)(?P<body>\d[\d.,]*\d)(?P<after>\)?%?\)?)")
_LOOSE_START = re.compile(r"^[.,]+(?=\d)")
_MARKS = re.compile(r"[.,]+")
_LONE_MARK = re.compile(r"(\(?-?\d{1,3})([.,])(\d{3}\)?)")
_GROUP = 3
_LONGEST_DECIMALS = 2


def tidy_number(text: str) -> str:
    """Return a number with its marks as offices set them, where its digits allow only one way.

    A lone mark before three digits stays: 1.234 may be a decimal.

    Examples:
        >>> tidy_number("82,455.072"), tidy_number("1,153021"), tidy_number("46,.040,000")
        ('82,455,072', '1,153,021', '46,040,000')
        >>> tidy_number("2022.12,19."), tidy_number(".341"), tidy_number("1.234")
        ('2022.12.19.', '341', '1.234')
        >>> tidy_number("(2.763.000)"), tidy_number("1,234,5"), tidy_number("98..5%")
        ('(2,763,000)', '1,234.5', '98.5%')
    """
    text = _LOOSE_START.sub("", text)
    if "~" in text:
        return "~".join(tidy_number(part) for part in text.split("~"))
    if _DATE.fullmatch(text) and _DATE_START.match(text):
        return re.sub(r"[.,:;]+", ".", text)
    match = _BODY.fullmatch(text)
    if match is None:
        return text
    return f"{match['before']}{_tidy_body(match['body'])}{match['after']}"


def swap_mark(text: str) -> str:
    """Return a number with its lone mark before three digits as the other mark, or nothing.

    Examples:
        >>> swap_mark("1.234"), swap_mark("12,345"), swap_mark("1,234,567"), swap_mark("12.5")
        ('1,234', '12.345', '', '')
    """
    match = _LONE_MARK.fullmatch(text)
    if match is None:
        return ""
    return f"{match[1]}{',' if match[2] == '.' else '.'}{match[3]}"


def _tidy_body(body: str) -> str:
    groups = _MARKS.split(body)
    marks = ["," if "," in mark else "." for mark in _MARKS.findall(body)]
    first, *rest = groups
    as_read = first + "".join(mark + group for mark, group in zip(marks, rest, strict=True))
    if not rest or len(first) > _GROUP or any(len(group) % _GROUP for group in rest[:-1]):
        return as_read
    *middle, last = rest
    is_split = bool(middle) or (len(last) > _GROUP and marks == [","])
    if len(last) % _GROUP == 0 and is_split:
        return ",".join([first, *(part for group in rest for part in _threes(group))])
    if middle and len(last) <= _LONGEST_DECIMALS:
        whole = ",".join([first, *(part for group in middle for part in _threes(group))])
        return f"{whole}.{last}"
    return as_read


def _threes(digits: str) -> list[str]:
    return [digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP)]
