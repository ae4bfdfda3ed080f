"""Several readings of one piece of text: which one is kept, and how sure it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.reading.ocr_engine import Word

_NUMBER_SIGNS = re.compile(r"[\d.,()%-]*\d[\d.,()%-]*")
_WELL_FORMED = re.compile(r"\(?-?(?:\d{1,3}(?:,\d{3})+|\d{1,4})(?:\.\d+)?%?\)?|-\d+-")
_BROKEN_GROUP = re.compile(r"\d,\s?\.|\.,|,,|\d{5,}")
"""What no office prints: two signs in a row, digits without groups."""
_LIKE_ZERO = frozenset("이의으01OoQ#ㅇlIㅣ|]")
"""What a digit that stands alone is taken for."""
_FORM_BONUS = 0.5
"""A number in proper form counts this much more than one that is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The words of a piece and how sure they are."""

    words: tuple[Word, ...]
    confidence: float
    """0-1."""
    alternatives: tuple[str, ...] = ()
    """Other numbers that the same ink may be, likelier ones first."""

    @property
    def text(self) -> str:
        """The text without spaces."""
        return "".join(word.text for word in self.words).replace(" ", "")


def make_reading(words: Sequence[Word]) -> Reading:
    """Return words as a reading: as sure as its letters on average, less with one doubtful word."""
    letters = sum(len(word.text) for word in words)
    if not letters:
        return Reading(words=(), confidence=0.0)
    mean = sum(word.confidence * len(word.text) for word in words) / letters
    least = min(word.confidence for word in words)
    return Reading(words=tuple(words), confidence=min(mean, (1 + least) / 2))


def is_number(text: str) -> bool:
    """Tell whether a text has the signs of a number only."""
    return _NUMBER_SIGNS.fullmatch(text) is not None


def may_be_digit(text: str) -> bool:
    """Tell whether one or two letters may be digits that were taken for letters."""
    return len(text) <= 2 and set(text) <= _LIKE_ZERO


def choose(readings: Sequence[Reading]) -> Reading:
    """Return the reading with most support: equal texts count together, proper numbers more.

    The chosen one is less sure the more the others differ from it.
    """
    support: dict[str, float] = {}
    for reading in readings:
        if reading.words:
            support[reading.text] = support.get(reading.text, 0.0) + reading.confidence
    if not support:
        return Reading(words=(), confidence=0.0)
    for text in support:
        support[text] += _form(text)
    best = max(support, key=lambda text: support[text])
    same = [reading for reading in readings if reading.text == best]
    top = max(same, key=lambda reading: reading.confidence)
    agreement = (1 + len(same)) / (1 + len(readings))
    others = sorted(
        (text for text in support if text != best and is_number(text) and is_number(best)),
        key=lambda text: -support[text],
    )
    return Reading(
        words=top.words, confidence=top.confidence * agreement, alternatives=tuple(others)
    )


def _form(text: str) -> float:
    if _WELL_FORMED.fullmatch(text):
        return _FORM_BONUS
    return -_FORM_BONUS if _BROKEN_GROUP.search(text) else 0.0
