"""Totals that running text splits up: in a bracket, in brackets one by one, or under bullets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from normalize.records import Fact
from validate.passages import Mention, Passage, bullet_level
from validate.tables import is_summable
from validate.vocabulary import PARTIAL_LISTS

_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]")
_BULLET = re.compile(r"(?:^|\n|(?<=\s))(?=[○ㅇ□◦▪·∙•*–-]\s?[^\s\d])")
_NAMED = re.compile(r"[가-힣A-Za-z)\]]\s*[:：]?\s*(?:총|약|각)?\s*$")
_GROUPING = re.compile(r"(?<=\d),(?=\d{3})")
_NAMED_BEHIND = re.compile(r"^\s*[가-힣]{2,}")
_LIST_MARKS = re.compile(r"[,，·/+ㆍ∙]|및|(?<=\s)-|\n")
_GAP_BEFORE_BRACKET = re.compile(r"^\s*[^\s,.;:()\d]{0,8}\s?[^\s,.;:()\d]{0,6}\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A number and the numbers that the text says it consists of."""

    whole: Fact
    parts: tuple[Fact, ...]
    is_strict: bool
    """True where whole and parts stand in one bracket and share a unit."""


def splits_of(passage: Passage) -> Iterator[Split]:
    """Yield the numbers of a passage that are split up in words right there."""
    yield from _bracket_splits(passage)
    yield from _one_by_one(passage)
    yield from _bullet_splits(passage)


def _bracket_splits(passage: Passage) -> Iterator[Split]:
    """3회(자체 1회, 합동 2회)."""
    for bracket in _BRACKET.finditer(passage.text):
        head = _before(passage, bracket.start())
        inside = _within(passage, bracket.start(), bracket.end())
        if head is None or len(inside) < 2 or PARTIAL_LISTS.search(bracket.group(1)):
            continue
        alike = [mention for mention in inside if _is_alike(head.fact, mention.fact)]
        if not all(is_summable(mention.fact) for mention in inside):
            continue
        listed = _are_listed(bracket.group(1), len(inside)) and _are_named(passage, inside)
        if 2 * len(alike) > len(inside) and listed:
            yield Split(
                whole=head.fact,
                parts=tuple(mention.fact for mention in inside),
                is_strict=len(alike) == len(inside),
            )


def _one_by_one(passage: Passage) -> Iterator[Split]:
    """5명: 가람동(1명), 나래동(2명), 다솜동(2명)."""
    heads: dict[str | None, Mention] = {}
    runs: dict[str | None, list[Mention]] = {}
    for mention in passage.mentions:
        unit = mention.fact.value_unit
        if _is_alone_in_bracket(passage, mention):
            runs.setdefault(unit, []).append(mention)
            continue
        yield from _close(heads.get(unit), runs.pop(unit, []))
        heads[unit] = mention
    for unit, run in runs.items():
        yield from _close(heads.get(unit), run)


def _close(head: Mention | None, run: list[Mention]) -> Iterator[Split]:
    """Yield a number with the bracketed ones behind it; those before any number have none."""
    later = [one for one in run if head is not None and one.start > head.start]
    if head is None or head.fact.value_unit is None or len(later) < 2:
        return
    if all(is_summable(one.fact) for one in (head, *later)):
        yield Split(whole=head.fact, parts=tuple(one.fact for one in later), is_strict=False)


def bracket_series(passage: Passage) -> tuple[Fact, ...]:
    """Return the numbers of a passage that has nothing but 컨설팅(3건), 멘토링(7건)."""
    alone = [one for one in passage.mentions if _is_alone_in_bracket(passage, one)]
    if len(alone) < 2 or len(alone) != len(passage.mentions):
        return ()
    first = alone[0].fact
    if all(_is_alike(first, one.fact) and is_summable(one.fact) for one in alone):
        return tuple(one.fact for one in alone)
    return ()


def _bullet_splits(passage: Passage) -> Iterator[Split]:
    """통합지원 112건 - 전략 5건, 개발 33건 - 멘토링 74건."""
    segments = _segments(passage)
    for at, (level, mentions) in enumerate(segments):
        plain = [one for one in mentions if not _is_in_bracket(passage, one)]
        if len(plain) != 1 or not is_summable(plain[0].fact):
            continue
        below: list[tuple[int, list[Mention]]] = []
        for inner in segments[at + 1 :]:
            if inner[0] <= level:
                break
            below.append(inner)
        parts = _parts_below(passage, plain[0].fact, below)
        if len(parts) > 1:
            yield Split(whole=plain[0].fact, parts=parts, is_strict=False)


def _parts_below(
    passage: Passage, whole: Fact, below: list[tuple[int, list[Mention]]]
) -> tuple[Fact, ...]:
    if not below:
        return ()
    top = min(level for level, _ in below)
    parts: list[Fact] = []
    for level, mentions in below:
        plain = [one.fact for one in mentions if not _is_in_bracket(passage, one)]
        if level != top:
            continue
        if not plain or not all(_is_alike(whole, fact) for fact in plain):
            return ()
        parts.extend(plain)
    return tuple(parts)


def _segments(passage: Passage) -> list[tuple[int, list[Mention]]]:
    cuts = [0, *(found.start() for found in _BULLET.finditer(passage.text)), len(passage.text)]
    segments: list[tuple[int, list[Mention]]] = []
    for start, end in pairwise(cuts):
        inside = [one for one in passage.mentions if start <= one.start < end]
        text = passage.text[start:end]
        if text.strip():
            segments.append((bullet_level(text), inside))
    return segments


def _before(passage: Passage, at: int) -> Mention | None:
    """Return the number that a bracket opens right behind."""
    earlier = [one for one in passage.mentions if one.end <= at]
    if not earlier:
        return None
    head = earlier[-1]
    gap = passage.text[head.end : at]
    if not _GAP_BEFORE_BRACKET.match(gap) or not is_summable(head.fact):
        return None
    return head


def _within(passage: Passage, start: int, end: int) -> list[Mention]:
    return [one for one in passage.mentions if start < one.start and one.end <= end]


def _is_in_bracket(passage: Passage, mention: Mention) -> bool:
    return any(
        bracket.start() < mention.start < bracket.end()
        for bracket in _BRACKET.finditer(passage.text)
    )


def _is_alone_in_bracket(passage: Passage, mention: Mention) -> bool:
    before = passage.text[: mention.start].rstrip()
    after = passage.text[mention.end :].lstrip()
    return before.endswith(("(", "（")) and after.startswith((")", "）"))


def _are_listed(text: str, count: int) -> bool:
    """Tell whether as many things are listed as there are numbers."""
    plain = _GROUPING.sub("", text)
    return len(_LIST_MARKS.findall(plain)) >= count - 1


def _are_named(passage: Passage, inside: list[Mention]) -> bool:
    """Tell whether each number has a name: 자체 1회 or 2개 공사 중, and not 1회 by itself."""
    return all(_NAMED.search(passage.text[: mention.start]) for mention in inside) or all(
        _NAMED_BEHIND.match(passage.text[mention.end :]) for mention in inside
    )


def _is_alike(left: Fact, right: Fact) -> bool:
    return left.value_unit == right.value_unit and left.value_unit is not None
