"""Names of persons in a text, found by the labels and offices beside them."""

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from normalize.personal.name_model import (
    JOINED,
    Evidence,
    is_name,
    is_office,
    may_follow,
    name_length,
)
from normalize.personal.person_words import (
    ADDRESSES,
    GROUP_LABELS,
    LOOSE_OFFICES,
    OFFICE_ENDINGS,
    OFFICES,
    PARTICLES,
    STRONG_LABELS,
)
from normalize.personal.records import Span
from normalize.personal.signs import flatten_signs

WORD: Final = regex.compile(r"(?<![가-힣])[가-힣]+")
_LONGEST_OFFICE: Final = 5
_ALREADY: Final = regex.compile(r"[가-힣]{1,2}[*○●◯〇Oo×Xx]{1,3}(?:[가-힣](?![가-힣]))?")
"""A name that the report itself masked: it keeps a list going."""
_COLON: Final = regex.compile(
    r"\s*(?:\([^()]{0,20}\)\s*)?[:|=→;]\s*['\"“‘]?|\s*[(\[<]\s*|\s?[\])>]\s*|\s{2,}|\s*-\s+|\s?['\"“‘]"
)
_BLANK: Final = regex.compile(r"\s")
_BLANK_OR_COMMA: Final = regex.compile(r"\s?[,/]\s?|\s")
_NEXT: Final = regex.compile(
    r"\s?\(?[一-龥]{2,4}\)?|\s*\([^()\n]{0,40}\)|\s?[가-힣]{1,8}\s*(?=[,·/、;&]|및\s)|\s*(?:[,·/、;&\n]|및\s)\s*|\s+"
)
SPACED: Final = regex.compile(r"[가-힣](?:\s{1,3}[가-힣]){1,3}(?![가-힣])")
APART: Final = regex.compile(r"[가-힣]\s{1,2}[가-힣]{2}(?![가-힣])")
_HANJA: Final = regex.compile(r"\s?[(\[]?\s?(?P<signs>[一-龥](?:\s?[一-龥]){1,3})")
_BEFORE_NUMBER: Final = regex.compile(
    r"\s?[(:,]?\s?(?:☎|☏|✆|\(?0[1-9][0-9]?[-)]|[0-9]{3,4}-[0-9]{4}|내선|[A-Za-z0-9._]+@)"
)
_BETWEEN: Final = regex.compile(r"\s?[)\]]?[ \n(]")
_AFTER_NUMBER: Final = regex.compile(r"[0-9]-[0-9]{4}\s?[)/|]?\s?$")
_END: Final = regex.compile(r"\s?(?:$|[),/|\n])")
_OFFICE_BEFORE: Final = regex.compile(r"[가-힣](?:과|팀|담당관)\($")
_SEAL: Final = regex.compile(r"\s*[(\[]\s?(?:인|서명|직인|날인|印)\s?[)\]]")
_ENDINGS: Final = sorted(PARTICLES, key=len, reverse=True)
_LISTED_BEFORE: Final = regex.compile(r"(?<![가-힣])(?P<name>[가-힣]{3,4})\s?[,·、]\s?$")
_GAP: Final = regex.compile(r"[\s·/]+")
_MOST_OF_LIST: Final = 60
_MOST_OFFICES: Final = 3
_TITLES: Final = OFFICES | LOOSE_OFFICES | ADDRESSES
_MARKS: Final = regex.compile(
    "|".join(sorted({*STRONG_LABELS, *GROUP_LABELS, *_TITLES}, key=len, reverse=True))
)


def find_names(text: str) -> tuple[Span, ...]:
    """Return the names in a text that a label or an office tells, in order, none overlapping.

    담당자: 홍길동, 과장 홍길동, 홍길동 과장, 담당 홍 길 동, 참석자 홍길동·이순신,
    홍길동(☎ 2670-1234); a name of two syllables only after a label and a colon. The Hanja of a
    name are part of it.

    Examples:
        >>> text = "정책과장 홍길동, 담당자: 이순신(02-2670-1234), 시장 안정화 과장 전결"
        >>> [text[span.start:span.end] for span in find_names(text)]
        ['홍길동', '이순신']
    """
    flat = flatten_signs(text)
    words = [(match.start(), match.end()) for match in WORD.finditer(flat)]
    if not words:
        return ()
    found: dict[int, int] = {}
    if _MARKS.search(flat.replace(" ", "")):
        for start, end in words:
            _after_mark(flat, start, end, found)
        _before_office(flat, words, found)
    _before_number(flat, words, found)
    spans = _without_overlaps(sorted(found.items()))
    return tuple(span for start, end in spans for span in _with_hanja(flat, start, end))


def _without_overlaps(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = 0
    for start, end in found:
        if start >= last:
            yield start, end
            last = end


def _with_hanja(flat: str, start: int, end: int) -> Iterator[Span]:
    yield Span(kind="name", start=start, end=end)
    hanja = _HANJA.match(flat, end)
    if hanja is not None:
        yield Span(kind="name", start=hanja.start("signs"), end=hanja.end("signs"))


def _after_mark(flat: str, start: int, end: int, found: dict[int, int]) -> None:
    """Note the names after a label or an office."""
    word = flat[start:end]
    spaced = SPACED.match(flat, start)
    if spaced is not None and "".join(spaced[0].split()) in STRONG_LABELS:
        word, end = "".join(spaced[0].split()), spaced.end()
    colon = _COLON.match(flat, end)
    if word in STRONG_LABELS or _ends_with(word, STRONG_LABELS):
        evidence: Evidence = "label" if colon else "office"
    elif word in GROUP_LABELS:
        evidence = "office" if colon else "hint"
    elif is_office(word):
        evidence = "label" if colon and ":" in colon[0] else "office"
    elif _ends_with(word, LOOSE_OFFICES):
        evidence = "office" if colon and ":" in colon[0] else "hint"
    else:
        return
    after = _BLANK_OR_COMMA if evidence != "hint" else _BLANK
    separator = colon or after.match(flat, end)
    if separator is not None:
        _read_list(flat, separator.end(), evidence, found)


def _ends_with(word: str, known: frozenset[str]) -> bool:
    return any(word[-length:] in known for length in range(2, _LONGEST_OFFICE + 1))


def _read_list(flat: str, at: int, evidence: Evidence, found: dict[int, int]) -> None:
    """Note the names that stand one after the other from a place on; an office may stand first."""
    most_offices = _MOST_OFFICES
    for _ in range(_MOST_OF_LIST):
        end = _read_name(flat, at, evidence, found)
        while end == 0 and most_offices and (behind := _skip_office(flat, at)) > at:
            at, most_offices = behind, most_offices - 1
            end = _read_name(flat, at, evidence, found)
        if end == 0:
            return
        after = _NEXT.match(flat, end)
        while after is not None and after.end() > end and not _is_mark(after[0]):
            end = after.end()
            after = _NEXT.match(flat, end)
        if after is None:
            return
        at = after.end()
        evidence = "office" if evidence == "label" and after[0].isspace() else evidence


def _is_mark(text: str) -> bool:
    return text.isspace() or text.strip() in (",", "·", "/", "、", ";", "&", "및")


def _skip_office(flat: str, at: int) -> int:
    """Return where a name may begin after the name of an office or the title of its head."""
    word = WORD.match(flat, at)
    if word is None or not (word[0].endswith(OFFICE_ENDINGS) or is_office(word[0])):
        return at
    blank = _GAP.match(flat, word.end())
    return int(blank.end()) if blank else at


def _read_name(flat: str, at: int, evidence: Evidence, found: dict[int, int]) -> int:
    """Return where a name that begins here ends, 0 where none does; note it."""
    masked = _ALREADY.match(flat, at)
    if masked is not None:
        return int(masked.end())
    word = WORD.match(flat, at)
    if word is None:
        return 0
    length = name_length(word[0], evidence)
    if length == 2 and evidence != "label":
        length = 0
    if length:
        found.setdefault(at, at + length)
        return at + length
    if evidence == "hint":
        return 0
    for pattern in (SPACED, APART):
        spaced = pattern.match(flat, at)
        joined = "".join(spaced[0].split()) if spaced else ""
        if spaced is not None and len(joined) > 2 and is_name(joined, "office"):
            found.setdefault(at, spaced.end())
            return int(spaced.end())
    return 0


def _before_office(flat: str, words: list[tuple[int, int]], found: dict[int, int]) -> None:
    """Note the names before an office: 홍길동 과장, 홍길동과장, 홍 길 동 과장, 홍길동 씨."""
    for start, end in words:
        word = flat[start:end]
        if is_name(word, "hint") and _stands_before_office(flat, end):
            found.setdefault(start, end)
            _read_back(flat, start, found)
        for length in (3, 4):
            if is_name(word[:length], "hint") and may_follow(word[length:], JOINED):
                found.setdefault(start, start + length)
        spaced = SPACED.match(flat, start) if end - start == 1 else None
        if spaced is None or not is_name("".join(spaced[0].split()), "hint"):
            continue
        if _stands_before_office(flat, spaced.end()):
            found.setdefault(start, spaced.end())


def _read_back(flat: str, start: int, found: dict[int, int]) -> None:
    """Note the names that stand before one in a list: 홍길동·이순신 의원."""
    while (match := _LISTED_BEFORE.search(flat, 0, start)) and is_name(match["name"], "hint"):
        start = match.start("name")
        found.setdefault(start, match.end("name"))


def _stands_before_office(flat: str, end: int) -> bool:
    hanja = _HANJA.match(flat, end)
    between = _BETWEEN.match(flat, hanja.end() if hanja else end)
    following = WORD.match(flat, between.end()) if between else None
    if following is None:
        return False
    word = following[0]
    stem = next((word[: -len(one)] for one in _ENDINGS if word.endswith(one)), word)
    return may_follow(word, ADDRESSES | LOOSE_OFFICES) or is_office(word) or is_office(stem)


def _before_number(flat: str, words: list[tuple[int, int]], found: dict[int, int]) -> None:
    """Note the names beside a phone, before a seal, or in the bracket of an office."""
    for start, end in words:
        is_before = _BEFORE_NUMBER.match(flat, end) or _SEAL.match(flat, end)
        is_after = _AFTER_NUMBER.search(flat, 0, start) and _END.match(flat, end)
        is_in_office = _OFFICE_BEFORE.search(flat, 0, start) and flat[end : end + 1] == ")"
        if (is_before or is_after or is_in_office) and is_name(flat[start:end], "hint"):
            found.setdefault(start, end)
