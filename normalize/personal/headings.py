"""Headings that name persons or their numbers: what stands under or beside one is such a thing."""

from collections.abc import Iterable
from typing import Final

import regex

from normalize.personal.person_words import (
    GROUP_LABELS,
    NUMBER_HEADINGS,
    OFFICES,
    STRONG_LABELS,
)
from normalize.personal.signs import flatten_signs

_PARTS: Final = regex.compile(r"[/·,()\[\]&\n|:]+|및")
_LONGEST: Final = 24
_PERSON, _GROUP = "성명", "참석자"


def context_of(headings: Iterable[str]) -> str:
    """Return a label that says in running text what the headings of a cell say; empty for none.

    Put before the text of the cell, it lets the cell be read as a labelled line: a name under
    담당자 is found as in `담당자: 홍길동`.

    Examples:
        >>> context_of(("구분", "담당자 (연락처)"))
        '연락처 성명: '
        >>> context_of(("예산액",))
        ''
    """
    numbers: dict[str, None] = {}
    persons: set[str] = set()
    for heading in headings:
        if len(heading) > _LONGEST:
            continue
        for part in _PARTS.split(flatten_signs(heading)):
            word = "".join(part.split())
            if word.lower() in NUMBER_HEADINGS:
                numbers[NUMBER_HEADINGS[word.lower()]] = None
            if word in STRONG_LABELS:
                persons.add(_PERSON)
            elif word in GROUP_LABELS or word in OFFICES:
                persons.add(_GROUP)
    words = [*numbers, *((_PERSON,) if _PERSON in persons else sorted(persons))]
    return f"{' '.join(words)}: " if words else ""
