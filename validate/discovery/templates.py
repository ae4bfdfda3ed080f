"""Blocks that repeat a proved block word for word: 국비, 시비, 계 under every project.

Where only one part of a total is not zero, the total equals it and the figures alone tell nothing.
A form does: the same words in the same order, somewhere else in the table, already proved a sum.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from validate.discovery.chance import Chance
from validate.discovery.records import Candidate, Lines, Weighed
from validate.discovery.weigh import weigh_sums

REPEATED_FORM: Final = 5.0
"""What the form speaks for a block: of those that break no line, hardly one in 150 is no sum."""
_LONGEST = 8
_WORD: Final = re.compile(r"[^\W\d_]+")

Words = tuple[str, ...]


def repeated_blocks(lines: Lines, chance: Chance, kept: Sequence[Weighed]) -> list[Weighed]:
    """Return sums that stand in blocks with the words of a kept sum and that no line breaks."""
    found = weigh_sums(lines, chance, list(_in_form(lines, kept)))
    return [replace(one, bonus=REPEATED_FORM) for one in found if _is_unbroken(lines, one)]


def _in_form(lines: Lines, kept: Sequence[Weighed]) -> Iterator[Candidate]:
    words = [tuple(_WORD.findall(label.lower())) for label in lines.labels]
    places: dict[Words, list[int]] = defaultdict(list)
    for place in lines.places:
        places[words[place]].append(int(place))
    sums = [one.candidate for one in kept if one.candidate.operator == "sum"]
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


def _is_unbroken(lines: Lines, one: Weighed) -> bool:
    operands = list(one.candidate.operands)
    target = lines.filled[:, one.candidate.target]
    made = lines.values[:, operands].sum(axis=1)
    slack = lines.steps[:, operands].sum(axis=1) / 2 + lines.steps[:, one.candidate.target]
    meets = np.abs(made - lines.values[:, one.candidate.target]) <= slack
    return bool(one.holds.any() and meets[target].all())
