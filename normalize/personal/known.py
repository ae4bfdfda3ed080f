"""The persons of a report: names that a label told once are names wherever they stand alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from normalize.personal.name_model import FOLLOWERS, may_follow
from normalize.personal.names import APART, SPACED, WORD, find_names
from normalize.personal.numbers import find_numbers
from normalize.personal.records import Span
from normalize.personal.signs import flatten_signs

_LATE_BREAK: Final = regex.compile(r"[가-힣]{2}\s{1,2}[가-힣](?![가-힣])")
_SHORT: Final = 2
_LETTER: Final = regex.compile(r"[\p{L}\p{N}]")
_FEWEST_DIGITS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """What a report was found to say of persons; never written anywhere."""

    names: frozenset[str] = frozenset()
    """Of three syllables and more, without blanks: masked wherever they stand as a word."""
    short_names: frozenset[str] = frozenset()
    """Of two syllables, which may be nouns as well: masked where nothing stands beside them."""
    numbers: frozenset[str] = frozenset()
    """That only a heading tells to be a person's, as printed."""


NOBODY: Final = Persons()


def find_personal(text: str, persons: Persons = NOBODY, context: str = "") -> tuple[Span, ...]:
    """Return the personal data in a text, in order, none overlapping.

    Args:
        text: a line, a cell or a sentence.
        persons: of the report that the text belongs to.
        context: a label before the text, from `headings.context_of`.
    """
    whole, shift = context + text, len(context)
    numbers = find_numbers(whole)
    found = [*numbers, *find_names(whole)]
    if persons is not NOBODY:
        flat = flatten_signs(whole)
        found += _known_names(flat, persons)
        found += _known_numbers(whole, persons.numbers)
    return tuple(_first(_shifted(found, shift)))


def _shifted(found: list[Span], shift: int) -> list[Span]:
    if shift == 0:
        return found
    return [
        Span(kind=one.kind, start=one.start - shift, end=one.end - shift)
        for one in found
        if one.start >= shift
    ]


def _first(found: list[Span]) -> Iterator[Span]:
    """Yield spans in order; of those that overlap the first and longest."""
    end = 0
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if span.start >= end:
            yield span
            end = span.end


def _known_names(flat: str, persons: Persons) -> Iterator[Span]:
    if not persons.names and not persons.short_names:
        return
    for match in WORD.finditer(flat):
        word, start = match[0], match.start()
        length = len(next((word[:n] for n in (4, 3) if word[:n] in persons.names), ""))
        if length and (len(word) == length or may_follow(word[length:], FOLLOWERS)):
            yield Span(kind="name", start=start, end=start + length)
        elif word in persons.short_names and _is_alone(flat, start, match.end()):
            yield Span(kind="name", start=start, end=match.end())
        elif len(word) <= _SHORT:
            for shape in (SPACED, APART, _LATE_BREAK):
                spaced = shape.match(flat, start)
                if spaced is not None and "".join(spaced[0].split()) in persons.names:
                    yield Span(kind="name", start=start, end=spaced.end())


def _is_alone(flat: str, start: int, end: int) -> bool:
    """Tell whether a word stands between signs, or is all: '이준 · 예산액', 이준, (이준)."""
    before, after = flat[:start].rstrip(" ")[-1:], flat[end:].lstrip(" ")[:1]
    return not _LETTER.match(before) and not _LETTER.match(after)


def _known_numbers(text: str, numbers: frozenset[str]) -> Iterator[Span]:
    for number in numbers:
        at = text.find(number)
        while at >= 0:
            end = at + len(number)
            if not text[at - 1 : at].isdigit() and not text[end : end + 1].isdigit():
                yield Span(kind="phone", start=at, end=end)
            at = text.find(number, end)


def gather(found: Iterator[tuple[str, str]]) -> Persons:
    """Return the persons of texts, each with the label of its heading (empty where it has none)."""
    names: set[str] = set()
    numbers: set[str] = set()
    for text, context in dict.fromkeys(found):
        spans = find_personal(text, context=context)
        names.update("".join(text[s.start : s.end].split()) for s in spans if s.kind == "name")
        if context and len(spans) > 0:
            bare = {(s.start, s.end) for s in find_numbers(text)}
            told = (s for s in spans if s.kind != "name" and (s.start, s.end) not in bare)
            numbers.update(text[s.start : s.end] for s in told)
    hangul = {name for name in names if WORD.fullmatch(name)}
    return Persons(
        names=frozenset(name for name in hangul if len(name) > _SHORT),
        short_names=frozenset(name for name in hangul if len(name) == _SHORT),
        numbers=frozenset(n for n in numbers if sum(map(str.isdigit, n)) >= _FEWEST_DIGITS),
    )
