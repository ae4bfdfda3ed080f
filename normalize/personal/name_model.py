"""Whether a word is the name of a Korean, asked more strictly the less stands beside it."""

from typing import Final, Literal

from normalize.personal.name_stops import NOUN_ENDINGS, SHORT_WORDS, WORDS
from normalize.personal.name_syllables import (
    COMMON_SURNAMES,
    DOUBLE_SURNAMES,
    FREQUENT_SURNAMES,
    GIVEN,
    USUAL_GIVEN,
)
from normalize.personal.person_words import (
    AMBIGUOUS_OFFICES,
    GROUP_LABELS,
    OFFICES,
    PARTICLES,
    STRONG_LABELS,
)

Evidence = Literal["label", "office", "hint"]
"""label: a label such as 성명: stands before it; office: 과장 or the like; hint: less than that."""

JOINED: Final = (OFFICES - AMBIGUOUS_OFFICES) | frozenset(("님", "씨", "교수", "대표"))
"""What may be written right after a name, without a blank."""
FOLLOWERS: Final = PARTICLES | JOINED
_LIKE_PARTICLES: Final = frozenset("의로가")
_LONGEST_OFFICE: Final = 5
_NO_NAMES: Final = WORDS | OFFICES | STRONG_LABELS | GROUP_LABELS
_LENGTHS: Final = (4, 3, 2)


def surname_length(name: str) -> int:
    """Return how many syllables of a name are the surname."""
    return 2 if len(name) > 3 or (len(name) == 3 and name[:2] in ("남궁", "황보", "제갈")) else 1


def is_name(word: str, evidence: Evidence) -> bool:
    """Return whether a whole word is a name.

    Examples:
        >>> is_name("홍길동", "office"), is_name("안정화", "office"), is_name("정책과", "label")
        (True, False, False)
    """
    if word in _NO_NAMES or word in SHORT_WORDS or not 2 <= len(word) <= 4:
        return False
    if word[:2] in DOUBLE_SURNAMES and len(word) > 2:
        return evidence == "label" or len(word) == 4 or word[:2] in ("남궁", "황보", "제갈")
    if len(word) == 4 or word[0] not in COMMON_SURNAMES:
        return False
    if len(word) == 2:
        return evidence == "label" and word[1] in USUAL_GIVEN
    if evidence == "label":
        return set(word[1:]) <= GIVEN
    if word[:2] in SHORT_WORDS and word[2] in NOUN_ENDINGS:
        return False
    if word[0] not in FREQUENT_SURNAMES:
        return False
    if word[2] in _LIKE_PARTICLES:
        return False
    given = USUAL_GIVEN if evidence == "hint" else GIVEN
    return set(word[1:]) <= given and not USUAL_GIVEN.isdisjoint(word[1:])


def name_length(word: str, evidence: Evidence) -> int:
    """Return how many syllables at the start of a word are a name, 0 where none are.

    After the name stands nothing, a particle or an office: 홍길동은, 홍길동과장.
    """
    for length in _LENGTHS:
        rest = word[length:]
        if len(word) < length or (rest and not may_follow(rest, FOLLOWERS)):
            continue
        if is_name(word[:length], evidence):
            return length
    return 0


def may_follow(rest: str, words: frozenset[str]) -> bool:
    """Return whether a word is one of some words, with or without a particle: 과장, 과장은."""
    return rest in words or any(
        rest[:length] in words and rest[length:] in PARTICLES
        for length in range(1, min(6, len(rest)))
    )


def is_office(word: str) -> bool:
    """Return whether a word is an office or ends with one: 과장, 총무과장, 도서관장, not 운동장.

    Examples:
        >>> [is_office(word) for word in ("총무과장", "도서관장", "운동장", "주차장")]
        [True, True, False, False]
    """
    for length in range(2, _LONGEST_OFFICE + 1):
        office = word[-length:]
        if office in AMBIGUOUS_OFFICES:
            is_headed = len(word) > 3 and office in ("관장", "원장", "회장", "단장")
            if is_headed or len(word) == length:
                return True
        elif office in OFFICES:
            return True
    return False
