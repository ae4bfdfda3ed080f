"""Headings that name two figures of a cell: 예산액(구성비) over 51,288(30.7)."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from normalize import measure_words as words
from normalize.records import LabelledCell, Quantity

_PAIRED = regex.compile(r"^(?P<first>[^()（）]{2,}?)\s*[(（](?P<second>[^()（）]+)[)）]$")


def own_heading(
    labelled: LabelledCell, text: str, quantities: Sequence[Quantity], item: int
) -> LabelledCell:
    """Return a cell with the part of its paired headings that one of its numbers stands under.

    Only where the cell prints one number before a bracket and the other inside it, and the bracket
    of the heading names a rate that the heading itself does not.
    """
    if not labelled.col_path or len(quantities) != 2:
        return labelled
    inside = [_is_inside(text, quantity) for quantity in quantities]
    found = _PAIRED.match(" ".join(labelled.col_path[-1].split()))
    if inside != [False, True] or found is None or not _is_rate_of(found["first"], found["second"]):
        return labelled
    own = found["second"] if inside[item] else found["first"]
    return replace(labelled, col_path=(*labelled.col_path[:-1], own))


def _is_rate_of(first: str, second: str) -> bool:
    is_rate = second.strip() == "%" or words.RATE.search(second) is not None
    return is_rate and words.RATE.search(first) is None


def _is_inside(text: str, quantity: Quantity) -> bool:
    before, after = text[: quantity.start].rstrip(), text[quantity.end :].lstrip(" %")
    return before.endswith(("(", "（")) and after.startswith((")", "）"))
