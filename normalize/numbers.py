"""Reads printed numbers: "△1,234", "(30)", "-", "12.3" to a value, or to the reason for none."""

from collections.abc import Iterator
from decimal import Decimal

import regex

from normalize.records import Number
from normalize.unit_words import SCALES

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MINUS = dict.fromkeys(map(ord, "‐‑‒–—―−－─━﹣"), "-")
_TRIANGLES = "△▲▽▼∆Δ"
"""All of them mark a fall or a negative amount in budgets and settlements."""

_NIL = regex.compile(r"-{1,3}|없음")
_UNDECIDED = regex.compile(
    r"(?:(?:\p{Hangul}{2}예정)?미정|미확정|추후(?:결정|확정|통보|협의|공지|산정|반영)"
    r"|해당(?:사항)?없음|N\.?/?A\.?|협의중|검토중|산정중|집계중)(?:\([^()]*\))?",
    regex.IGNORECASE,
)
_PLAIN = regex.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?|\.[0-9]+")
_GROUPED = regex.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SIGNED = regex.compile(
    rf"(?:(?P<sign>[{_TRIANGLES}])\s*|(?P<sign>[-+]))(?P<rest>\S.*)", regex.DOTALL
)
_BULLET = regex.compile(r"-\s+(?=[0-9])")
"""Reports mark negative amounts with a triangle; a dash that stands apart opens an item."""

_DIGITS_AND_MARKS = regex.compile(r"[0-9]+(?:\s?[,.]\s?[0-9]+|\s[0-9]+)+")
_LOOKALIKES = {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "|": "1"}
_DOUBTFUL = {"S": "5", "B": "8", "Z": "2"}
"""Letters that stand for digits only between digits: B1 is a cellar, S2B a marketplace."""
_MOST_DIGITS = 30
_SMALL = {"십": Decimal(10), "백": Decimal(100), "천": Decimal(1000)}
_LINK = regex.compile(
    r"(?P<number>[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?)\s?여?\s?(?P<small>[십백천])?(?P<big>[만억조])?\s*"
)


def read_number(text: str) -> Number:
    """Read a whole text that should be one number without a unit.

    Args:
        text: a cell or a token as printed; white space around it does not matter.

    Returns:
        Always a `Number`; its state says why there is no value. A number in brackets is
        negative, as in accounts.

    Examples:
        >>> read_number("△1,234").value
        Decimal('-1234')
        >>> read_number("-").state
        'nil'
        >>> read_number("28,345,9615").likely
        Decimal('28345961')
    """
    plain = flatten_marks(text).strip()
    if not plain:
        return Number(state="blank")
    squeezed = regex.sub(r"\s+", "", plain)
    if _NIL.fullmatch(squeezed):
        return Number(state="nil")
    if _UNDECIDED.fullmatch(squeezed):
        return Number(state="undecided")
    return _read_signed(plain)


def flatten_marks(text: str) -> str:
    """Return the text, of the same length, with plain digits, commas, brackets and minus signs.

    Full-width signs and the many dashes look alike in print; one form is enough to read them.
    """
    return text.translate(_WIDE).translate(_MINUS)


def read_worded_number(text: str) -> tuple[Number, Decimal]:
    """Read a number with words of scale: 8천만, 1억 5천만, 1,017백만, or without any.

    Returns:
        The number and what it is multiplied with: the scale of its last word, so that the last
        printed digit keeps its weight. 1억 5천만 is 15 times ten million.
    """
    links = list(_LINK.finditer(text))
    parts = [read_number(link["number"]) for link in links]
    if len(links) < 2:
        return read_number(links[0]["number"] if links else text), _scale_of(links)
    if any(part.value is None for part in parts):
        return Number(state="damaged"), Decimal(1)
    total, section = Decimal(0), Decimal(0)
    for link, part in zip(links, parts, strict=True):
        section += (part.value or 0) * _SMALL.get(link["small"] or "", Decimal(1))
        if link["big"]:
            total, section = total + section * SCALES[link["big"]], Decimal(0)
    scale = _scale_of(links)
    value = (total + section).scaleb(-scale.adjusted())
    decimals = parts[-1].decimals
    return Number(state="number", value=round(value, decimals), decimals=decimals), scale


def _scale_of(links: list[regex.Match[str]]) -> Decimal:
    if not links:
        return Decimal(1)
    small, big = links[-1]["small"] or "", links[-1]["big"] or ""
    return _SMALL.get(small, Decimal(1)) * SCALES.get(big, Decimal(1))


def _read_signed(text: str) -> Number:
    inner, bracketed = _open_brackets(text[_bullet_end(text) :])
    match = _SIGNED.fullmatch(inner)
    if match is not None:
        inner = match["rest"]
        inner, _ = _open_brackets(inner)
    number = _read_unsigned(inner.strip())
    negative = bracketed if match is None else match["sign"] != "+"
    return negate(number) if negative else number


def _bullet_end(text: str) -> int:
    match = _BULLET.match(text)
    return 0 if match is None else match.end()


def _open_brackets(text: str) -> tuple[str, bool]:
    if len(text) > 2 and text[0] == "(" and text[-1] == ")":
        return text[1:-1].strip(), True
    return text, False


def negate(number: Number) -> Number:
    """Return the number with the opposite sign."""
    return Number(
        state=number.state,
        value=None if number.value is None else -number.value,
        likely=None if number.likely is None else -number.likely,
        decimals=number.decimals,
    )


def _read_unsigned(text: str) -> Number:
    if sum(char.isdigit() for char in text) > _MOST_DIGITS:
        return Number(state="text")
    if _PLAIN.fullmatch(text):
        return Number(state="number", value=_to_decimal(text), decimals=_count_decimals(text))
    if _DIGITS_AND_MARKS.fullmatch(text):
        return _read_damaged(text)
    return _read_lookalikes(text)


def _read_damaged(text: str) -> Number:
    """Read digits whose groups are wrong; without a comma they must at least look like groups.

    Points and blanks are no thousands signs in Korea: 1.234.567 is a misreading, 1.2 1.3 two
    numbers and 2023.1.2 a date.
    """
    pieces = text.split()
    if len(pieces) > 1 and all(_PLAIN.fullmatch(piece) for piece in pieces):
        return _read_blank_groups(pieces)
    likely = _mend_groups(text)
    if "," not in text and likely is None:
        return Number(state="text")
    return Number(state="damaged", likely=likely)


def _read_blank_groups(pieces: list[str]) -> Number:
    """Read 1 234 567; other numbers with blanks between are several numbers, not one."""
    joined = ",".join(pieces)
    if _GROUPED.fullmatch(joined) and all("," not in piece for piece in pieces):
        return Number(state="damaged", likely=_to_decimal(joined))
    return Number(state="text")


def _to_decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _count_decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _mend_groups(text: str) -> Decimal | None:
    """Return the value of the well-grouped number that is fewest signs away, if one is."""
    for candidate in _near_groupings(text):
        if _GROUPED.fullmatch(candidate) or candidate.isdigit():
            return _to_decimal(candidate)
    return None


def _near_groupings(text: str) -> Iterator[str]:
    """Yield what may have been meant: other separators, one comma gone or moved, one digit more."""
    commas = regex.sub(r"\s?[,.]\s?|\s", ",", text)
    if "," in text:
        yield regex.sub(r"\s", "", text)
    yield commas
    if commas.count(",") != text.count(","):
        return
    places = [place for place, char in enumerate(commas) if char == ","]
    for place in places if len(places) > 1 else ():
        yield commas[:place] + commas[place + 1 :]
    for place in places:
        yield commas[: place - 1] + "," + commas[place - 1] + commas[place + 1 :]
        yield commas[:place] + commas[place + 1] + "," + commas[place + 2 :]
    yield commas[:-1]


def _read_lookalikes(text: str) -> Number:
    digits = sum(char in "0123456789" for char in text)
    letters = sum(char in _LOOKALIKES or char in _DOUBTFUL for char in text)
    if not 0 < letters <= digits:
        return Number(state="text")
    inner = regex.sub(r"(?<=[0-9,])[SBZ](?=[0-9,])", lambda found: _DOUBTFUL[found[0]], text)
    mended = "".join(_LOOKALIKES.get(char, char) for char in inner)
    if _PLAIN.fullmatch(mended):
        return Number(state="damaged", likely=_to_decimal(mended))
    return Number(state="text")
