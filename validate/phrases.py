"""What the words around a number call it: 매장 운영 - 입점사업 · 참여매장 15개."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from normalize.records import Report
from validate.labels import squeeze
from validate.passages import Mention, Passage, bullet_level, passages_of

_BULLET = re.compile(r"(?:^|\n|(?<=\s))(?=[○ㅇ□◦▪·∙•*–-]\s?[^\s\d])")
_CUTS = re.compile(r"[,;:]\s|[()（）\[\]\n]|\.\s|/(?=\s)|\s/")
_EDGES = " \t-–·∙•▪○◦□ㅇ*:,/()"
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words that name a number in a cell or sentence."""

    own: str
    """What stands right before it, back to the last mark or number; may be empty."""
    outer: tuple[str, ...]
    """The bullets that it stands under, outermost first, without the numbers in them."""


def phrases_of(report: Report) -> dict[str, Phrase]:
    """Return the words around each number of a report that stands among words, by fact id."""
    return {
        mention.fact.fact_id: phrase
        for passage in passages_of(report)
        for mention, phrase in _phrases(passage)
    }


def _phrases(passage: Passage) -> Iterator[tuple[Mention, Phrase]]:
    """Yield the words of the numbers that have any before them: most cells are a number only."""
    if not any(mention.start for mention in passage.mentions):
        return
    starts = [found.start() for found in _BULLET.finditer(passage.text)]
    cuts = sorted({0, *starts})
    outers: dict[tuple[int, int], tuple[str, ...]] = {}
    for mention, start in zip(passage.mentions, _ends_before(passage), strict=True):
        own = _words(passage.text[start : mention.start])
        here = cuts[bisect_right(cuts, mention.start) - 1]
        spot = here, bullet_level(passage.text[here : mention.start])
        if spot not in outers:
            outers[spot] = _above(passage, cuts, *spot)
        if own or outers[spot]:
            yield mention, Phrase(own=own, outer=outers[spot])


def _ends_before(passage: Passage) -> Iterator[int]:
    """Yield for each number where the one before it ends; two readings of one begin together."""
    before = end = 0
    for mention in passage.mentions:
        if mention.start >= end:
            before = end
        end = mention.end
        yield before


def _words(text: str) -> str:
    """Return what a number is called by the text that leads up to it, back to the last mark."""
    cut = max((found.end() for found in _CUTS.finditer(text)), default=0)
    bullet = max((found.end() for found in _BULLET.finditer(text)), default=0)
    words = text[max(cut, bullet) :].strip(_EDGES)
    return words if len(squeeze(words)) > 1 and len(words) <= _LONGEST else ""


def _above(passage: Passage, cuts: list[int], here: int, level: int) -> tuple[str, ...]:
    """Return the heads of the bullets that enclose what stands behind one, on some level."""
    heads: list[str] = []
    for start, end in reversed([*pairwise(cuts[: cuts.index(here) + 1])]):
        head = passage.text[start:end]
        if bullet_level(head) < level:
            level = bullet_level(head)
            heads.append(_bare(passage, start, end))
    return tuple(head for head in reversed(heads) if head)


def _bare(passage: Passage, start: int, end: int) -> str:
    """Return a bullet's words up to its first number."""
    numbers = [one.start for one in passage.mentions if start <= one.start < end]
    words = passage.text[start : min([end, *numbers])]
    return " ".join(words.strip(_EDGES + "\n").split())[:_LONGEST]
