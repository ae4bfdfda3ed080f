"""Sums that the words of a table prove where the figures alone tell nothing.

Where only one part of a total is not zero, the total equals it: two equal figures prove nothing.
Two forms do, if no line breaks them: a block with the same words in the same order as a block that
is proved elsewhere in the table (국비, 시비, 계 under every project), and a line named 합계 with
all the figures beside it, up to where the table breaks off or another total stands.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import Final

import numpy as np

from validate.discovery.chance import Chance
from validate.discovery.cues import is_cued
from validate.discovery.records import Candidate, Lines, Weighed
from validate.discovery.weigh import weigh_sums

FORM_GAIN: Final = 5.0
"""Set, not measured: enough for a block that no line breaks and whose lines add next to nothing."""
_LONGEST = 8
_FEWEST_LINES = 2
_WORD: Final = re.compile(r"[^\W\d_]+")

Words = tuple[str, ...]


def proved_by_words(lines: Lines, chance: Chance, kept: Sequence[Weighed]) -> list[Weighed]:
    """Return sums in a proved form, on lines of which none breaks them."""
    repeated = list(_repeated_blocks(lines, kept))
    known = {one.target for one in repeated}
    named = [one for one in _named_totals(lines, kept) if one.target not in known]
    found = weigh_sums(lines, chance, [*repeated, *named])
    return [replace(one, bonus=FORM_GAIN) for one in found if _is_unbroken(lines, one)]


def _repeated_blocks(lines: Lines, kept: Sequence[Weighed]) -> Iterator[Candidate]:
    sums = [one.candidate for one in kept if one.candidate.operator == "sum"]
    if not sums:
        return
    words = [_words_of(label) for label in lines.labels]
    places: dict[Words, list[int]] = defaultdict(list)
    for place in lines.places:
        places[words[place]].append(int(place))
    seen = {one.target for one in sums}
    for one in sums:
        strips = (one.target, *one.operands)
        if len(strips) > _LONGEST or not all(words[strip] for strip in strips):
            continue
        for target in places[words[one.target]]:
            shift = target - one.target
            moved = [strip + shift for strip in strips]
            is_inside = min(moved) >= 0 and max(moved) < len(words)
            if target in seen or not is_inside:
                continue
            if all(words[old] == words[new] for old, new in zip(strips, moved, strict=True)):
                seen.add(target)
                yield replace(one, target=target, operands=tuple(moved[1:]), cost=0.0)


@lru_cache(maxsize=20000)
def _words_of(label: str) -> Words:
    return tuple(_WORD.findall(label.lower()))


def _named_totals(lines: Lines, kept: Sequence[Weighed]) -> Iterator[Candidate]:
    """Yield the totals that words name, each of the block right before or right behind it."""
    sums = [one.candidate for one in kept if one.candidate.operator == "sum"]
    covered = {operand for one in sums for operand in one.operands}
    totals = {one.target for one in sums}
    places = {int(place) for place in lines.places}
    named = {place for place in places if is_cued("sum", lines.labels[place])}
    free = places - covered - totals - named
    for target in sorted(named):
        if int(lines.nonzero[:, target].sum()) < _FEWEST_LINES:
            continue
        for side in (-1, 1):
            beside = range(target + side, target + side * (len(lines.labels) + 1), side)
            block = list(takewhile(lambda place: place in free, beside))
            is_cut = target + side * (len(block) + 1) in covered
            if len(block) > 1 and not is_cut:
                yield Candidate(
                    operator="sum",
                    target=target,
                    operands=tuple(sorted(block)),
                    cost=0.0,
                    family="range",
                )


def _is_unbroken(lines: Lines, one: Weighed) -> bool:
    operands = list(one.candidate.operands)
    has_target = lines.filled[:, one.candidate.target]
    made = lines.values[:, operands].sum(axis=1)
    slack = lines.steps[:, operands].sum(axis=1) / 2 + lines.steps[:, one.candidate.target]
    meets = np.abs(made - lines.values[:, one.candidate.target]) <= slack
    return bool(one.holds.any() and meets[has_target].all())
