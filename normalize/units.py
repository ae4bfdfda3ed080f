"""Reads units: 천원, 명, ㎡, %p, unit notes (단위: 천원) and headings such as 면적(㎡)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from normalize.records import Unit
from normalize.unit_words import (
    COMPANY_NOUNS,
    COUNTED_NOUNS,
    COUNTERS,
    DURATIONS,
    FOREIGN_MONEY,
    MEASURES,
    MONEY_ALONE,
    PER_WORDS,
    PERCENT_WORDS,
    SCALES,
)

_NAMES = {**FOREIGN_MONEY, **DURATIONS, **MEASURES, **COUNTERS}
_COUNTED = frozenset(COUNTED_NOUNS.split())
_SCALES_LONGEST_FIRST = tuple(sorted(SCALES, key=len, reverse=True))
_OUTER = regex.compile(r"[\s()\[\]{}<>〔〕【】「」:;]+")
_NOTE = regex.compile(
    r"(?<!\p{Hangul})(?:금\s*액\s*)?단\s*위(?:\s*[:：;=∶]\s*|\s+|(?<=[(\[〔【<]\s*(?:금\s*액\s*)?단\s*위))"
    r"(?P<units>(?:[^()\[\]〔〕【】<>\n]|\([^()]*\))+)[)\]〕】>]?"
)
_OPENING, _CLOSING = "([〔【<", ")]〕】>"
_BARE_NOTE = regex.compile(r"\s*[(\[〔【<](?P<units>[^()\[\]]+)[)\]〕】>]\s*")
_BRACKET = regex.compile(r"[(\[〔【<](?P<inner>[^()\[\]〔〕【】<>]+)[)\]〕】>]")
_SEPARATOR = regex.compile(r"\s*(?:[,/·ㆍ・、;|]|및)\s*")
_TRAILING_SYMBOL = regex.compile(
    r"(?P<unit>%[pP]?|㎡|㎢|㎥|km|㎞|kg|㎏|(?<!\p{Hangul})(?:천|백만|억)\s?원)\s*$"
)
_LABELLED = regex.compile(r"(?P<label>\p{Hangul}[\p{Hangul}\s]*?)\s*(?:[:：]\s*|\s)(?P<unit>.+)")
_NOT_IN_HEADINGS = frozenset({"시", "구", "군", "도", "동", "부", "월", "일", "p", "연", "주", "선",
                              "반", "사", "인", "자", "조", "좌", "본", "기", "강"})  # fmt: skip
"""In the bracket of a heading these are mostly names or dates: 담당(부), 일정(월)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNote:
    """A note that gives the unit of a table, such as (단위: 개소/ 명/ 백만 원)."""

    units: tuple[Unit, ...]
    """In printed order; at least one."""
    labels: tuple[str, ...]
    """What each unit is for, as in (단위: 건, 금액: 천원); empty words where it is not said."""
    printed: str
    start: int
    """0-based, in the text that was searched; end exclusive."""
    end: int

    @property
    def unit(self) -> Unit | None:
        """The unit, if the note gives only one."""
        return self.units[0] if len(self.units) == 1 else None


def read_unit(text: str) -> Unit | None:
    """Read a text that is nothing but a unit.

    Args:
        text: such as "백만 원", "(명)", "㎡", "%p", "원/명"; inner spaces do not matter.

    Returns:
        The unit with its canonical name (won, percent, percent_point or a Korean unit), or None
        where the text is something else.

    Examples:
        >>> read_unit("백만 원").multiplier
        Decimal('1000000')
        >>> read_unit("개 업체").name
        '개사'
    """
    printed = text.strip()
    word = regex.sub(r"\s+", "", _OUTER.sub(" ", printed.replace("％", "%")).strip())
    if not word or len(word) > 12:
        return None
    unit = _read_simple(word) or _read_ratio(word)
    return None if unit is None else replace(unit, printed=printed)


def read_unit_note(text: str) -> UnitNote | None:
    """Find a note of units in a line.

    Args:
        text: a line such as "(단위: 천원)", "[단위 : 명, %]", "(2023. 12월말 기준, 단위: 개소)", or
            a line that is only a unit in brackets.

    Returns:
        The note with its units in printed order, or None where there is no note or a part of it
        is no unit.

    Examples:
        >>> [unit.name for unit in read_unit_note("(단위: 개소/ 명/ 백만 원)").units]
        ['개소', '명', 'won']
    """
    match, bare = _NOTE.search(text), False
    if match is None:
        match, bare = _BARE_NOTE.fullmatch(text), True
    if match is None:
        return None
    pairs = _read_units(match["units"], bare=bare)
    if not pairs:
        return None
    start = _bracket_start(text, match.start())
    return UnitNote(
        units=tuple(unit for _, unit in pairs),
        labels=tuple(label for label, _ in pairs),
        printed=text[start : match.end()].strip(),
        start=start,
        end=match.end(),
    )


def heading_unit(text: str) -> Unit | None:
    """Read the unit that a heading gives for its column or row.

    Args:
        text: such as "집행률(%)", "총사업비 (백만 원)", "거래금액(단위: 천원)", "면적㎡".

    Returns:
        The unit, with `evidence` header, or None.

    Examples:
        >>> heading_unit("참여기업(개)").name
        '개'
    """
    flat = regex.sub(r"\s+", " ", text.replace("％", "%").replace("（", "(").replace("）", ")"))
    for unit in _heading_candidates(flat):
        return replace(unit, evidence="header")
    return None


def _bracket_start(text: str, place: int) -> int:
    """Return where the bracket that is open at a place begins; the place itself if none is."""
    opened = max(text.rfind(sign, 0, place) for sign in _OPENING)
    closed = max(text.rfind(sign, 0, place) for sign in _CLOSING)
    return opened if opened > closed else place


def _heading_candidates(text: str) -> Iterator[Unit]:
    note = _NOTE.search(text)
    pairs = _read_units(note["units"], bare=False) if note else []
    if len(pairs) == 1:
        yield pairs[0][1]
    for bracket in reversed(list(_BRACKET.finditer(text))):
        inner = bracket["inner"].strip()
        unit = None if inner in _NOT_IN_HEADINGS else read_unit(inner)
        if unit is not None:
            yield unit
    trailing = _TRAILING_SYMBOL.search(text)
    if trailing:
        unit = read_unit(trailing["unit"])
        if unit is not None:
            yield unit


def _read_units(text: str, *, bare: bool) -> list[tuple[str, Unit]]:
    """Read all units of a note; empty where one of them cannot be read."""
    whole = None if "/" in text and not _is_per_time(text) else read_unit(text)
    if whole is not None:
        return [("", whole)]
    pairs = [_read_labelled(piece) for piece in _SEPARATOR.split(text.strip()) if piece]
    if not bare and any(pair is None for pair in pairs):
        pairs = [_read_labelled(piece) for piece in regex.split(r"[\s,/·]+", text.strip()) if piece]
    found = [pair for pair in pairs if pair is not None]
    if bare and len(found) < len(pairs):
        return []
    return found


def _is_per_time(text: str) -> bool:
    return text.rpartition("/")[2].strip() in ("일", "월", "년", "연", "시간", "㎥")


def _read_labelled(text: str) -> tuple[str, Unit] | None:
    unit = read_unit(text)
    if unit is not None:
        return "", unit
    match = _LABELLED.fullmatch(text)
    if match is None or read_unit(match["label"]) is not None:
        return None
    unit = read_unit(match["unit"])
    return None if unit is None else (match["label"].strip(), unit)


def _read_simple(word: str) -> Unit | None:
    if word in PERCENT_WORDS:
        return Unit(name=PERCENT_WORDS[word])
    if word in _NAMES:
        return Unit(name=_NAMES[word])
    return _read_scaled(word) or _read_counted(word)


def _read_scaled(word: str) -> Unit | None:
    if word == "원":
        return Unit(name="won")
    for scale in _SCALES_LONGEST_FIRST:
        if not word.startswith(scale):
            continue
        rest = word[len(scale) :]
        if rest == "원" or (not rest and scale in MONEY_ALONE):
            return Unit(name="won", multiplier=SCALES[scale])
        if rest in _NAMES and rest not in DURATIONS:
            return Unit(name=_NAMES[rest], multiplier=SCALES[scale])
    return None


def _read_counted(word: str) -> Unit | None:
    """Read 개 with the noun that it counts: 개기업, 개지역."""
    noun = word.removeprefix("개")
    if noun == word or noun not in _COUNTED:
        return None
    return Unit(name="개사" if noun in COMPANY_NOUNS else "개")


def _read_ratio(word: str) -> Unit | None:
    above, slash, below = word.partition("/")
    if not slash or below not in PER_WORDS:
        return None
    unit = _read_simple(above)
    return None if unit is None else replace(unit, name=f"{unit.name}/{below}")
