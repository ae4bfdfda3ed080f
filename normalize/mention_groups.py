"""Relates the numbers of a text to the words beside them and to each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from normalize import mention_patterns as patterns
from normalize.funding import funding_of
from normalize.records import FundingSource, Quantity, Unit

_MONEY_UNITS = (None, "won", "percent")
_WORDS = 24
"""Characters before a number in which the name of its source may stand."""
_BRACKET = 300
"""Longest bracket of sources, over all its lines."""
_GAP = 16
"""Longest text between two members of a list of sources."""


def relate_quantities(flat: str, found: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Give each quantity its source of money, 약 and 이상, and number what belongs together.

    Args:
        flat: the text with plain marks (`numbers.flatten_marks`).
        found: its quantities, in order.

    Returns:
        The same quantities in the same order.
    """
    described = [_describe(flat, quantity) for quantity in found]
    marked = _mark_brackets(flat, _settle_sources(flat, described))
    for run in _lists_of_sources(marked):
        for place in run:
            marked[place] = replace(marked[place], share="list", group=marked[run[0]].start)
    return tuple(marked)


def fund_before(flat: str, start: int) -> FundingSource | None:
    """Return the source of money that is named right before a place of the text."""
    before = flat[max(0, start - _WORDS) : start]
    match = patterns.FUND_WORD.search(before)
    if match is not None:
        return funding_of(match["fund"])
    match = patterns.SHORT_FUND.search(before)
    if match is not None and _is_in_bracket(flat, start):
        return funding_of(match["fund"], short=True)
    return None


def _is_in_bracket(flat: str, start: int) -> bool:
    """Tell whether a bracket is open here; it may have been opened on a line before."""
    first, last = max(0, start - _BRACKET), start + _BRACKET
    opened, closed = flat.rfind("(", first, start), flat.rfind(")", first, start)
    if opened > closed:
        return True
    end = flat.find(")", start, last)
    return closed < 0 <= end and "(" not in flat[start:end]


def _describe(flat: str, quantity: Quantity) -> Quantity:
    """Add what stands beside a quantity: its source of money, 약, 이상, 이내."""
    unit = _unit_name(quantity)
    source = quantity.funding_source
    if source is None and unit in _MONEY_UNITS and quantity.share != "ratio":
        source = fund_before(flat, quantity.start)
    near = flat[max(0, quantity.start - 6) : quantity.start]
    before = patterns.APPROXIMATE_BEFORE.search(near)
    after = patterns.APPROXIMATE_AFTER.match(flat, quantity.end)
    words = [before[0].strip() if before else "", after["word"] if after else ""]
    bounds = [patterns.BOUNDS[word] for word in words if word in patterns.BOUNDS]
    if unit == "세" and patterns.TILDE.match(flat, quantity.end):
        bounds.append("min")
    elif unit == "세" and patterns.AFTER_TILDE.search(near):
        bounds.append("max")
    return replace(
        quantity,
        funding_source=source,
        is_approximate=quantity.is_approximate or any(words),
        bound=bounds[-1] if bounds else quantity.bound,
    )


def _unit_name(quantity: Quantity) -> str | None:
    return None if quantity.unit is None else quantity.unit.name


def _settle_sources(flat: str, found: list[Quantity]) -> list[Quantity]:
    """Let an amount in a bracket share the source before it; drop 기타 where no money is split.

    국비 50%(1,250백만원) names the source once; in 1,234명(일반직 1,110, 기타 124) 기타 names none.
    """
    settled: list[Quantity] = []
    for place, quantity in enumerate(found):
        if place and _explains(flat, found[place - 1], quantity):
            settled.append(replace(quantity, funding_source=settled[-1].funding_source))
        else:
            settled.append(quantity)
    if any(quantity.funding_source not in (None, "other") for quantity in settled):
        return settled
    return [
        replace(quantity, funding_source=None)
        if flat[max(0, quantity.start - _WORDS) : quantity.start].rstrip(" :(").endswith("기타")
        else quantity
        for quantity in settled
    ]


def _explains(flat: str, before: Quantity, quantity: Quantity) -> bool:
    """Tell whether a quantity stands alone in a bracket right after another."""
    return (
        quantity.funding_source is None
        and _unit_name(quantity) in _MONEY_UNITS
        and flat[before.end : quantity.start].strip() == "("
        and regex.match(r"\s*\)", flat, pos=quantity.end) is not None
    )


def _mark_brackets(flat: str, found: list[Quantity]) -> list[Quantity]:
    marked = list(found)
    starts = [quantity.start for quantity in found]
    for bracket in patterns.BRACKET.finditer(flat):
        start, end = bracket.span()
        first, last = bisect_right(starts, start), bisect_left(starts, end)
        before = found[first - 1] if first else None
        if _splits_a_number(flat, start, before, marked[first:last]):
            unit = _shared_unit(before)
            for place in range(first, last):
                member = replace(marked[place], share="bracket", group=start)
                marked[place] = replace(member, unit=member.unit or unit)
    return marked


def _shared_unit(whole: Quantity | None) -> Unit | None:
    """Return the unit that an amount hands on to the parts in its bracket: 5천원(국 3, 시 2)."""
    if whole is None or whole.unit is None or whole.unit.name in ("percent", "percent_point"):
        return None
    return replace(whole.unit, evidence="neighbourhood")


def _splits_a_number(
    flat: str, start: int, before: Quantity | None, inside: list[Quantity]
) -> bool:
    """A bracket splits a number when it follows one, and names sources or holds several."""
    if not inside or any(quantity.share is not None for quantity in inside):
        return False
    if before is None:
        follows, is_opening = False, not flat[:start].strip()
    else:
        follows, is_opening = not flat[before.end : start].strip(), False
    named = regex.search(r"\p{Hangul}", flat[start : inside[0].start]) is not None
    if named and any(quantity.funding_source is not None for quantity in inside):
        return is_opening or follows or len(inside) > 1
    return follows and len(inside) > 1


def _lists_of_sources(found: list[Quantity]) -> Iterator[list[int]]:
    """Yield the places of quantities that name their sources one after the other."""
    run: list[int] = []
    for place, quantity in enumerate(found):
        is_member = quantity.funding_source is not None and quantity.share is None
        if is_member and run and quantity.start - found[run[-1]].end <= _GAP:
            run.append(place)
            continue
        if len(run) > 1:
            yield run
        run = [place] if is_member else []
    if len(run) > 1:
        yield run
