"""Slips of the pen: a digit changed, dropped, added, or two exchanged."""

from decimal import Decimal

from validate.tables import amount
from validate.trial import Trial


def is_misprint(one: Trial) -> bool:
    """Tell whether a sum fails by a slip in one of its numbers, and not by a number elsewhere."""
    gap = one.check.difference
    if gap is None or one.relation.result is None:
        return False
    terms = [(one.relation.result, Decimal(-1))]
    terms += [(operand.fact, operand.factor) for operand in one.relation.operands]
    for fact, factor in terms:
        value = amount(fact)
        if value and factor and is_slip(value, value + gap / factor):
            return True
    return False


def is_slip(printed: Decimal, meant: Decimal) -> bool:
    """Tell whether one slip turns one number into the other.

    Examples:
        >>> [is_slip(Decimal(a), Decimal(b)) for a, b in ((650560, 605560), (14, 54), (2454, 9))]
        [True, True, False]
    """
    if printed * meant <= 0 or printed == meant:
        return False
    left, right = _same_scale(printed, meant)
    if len(left) == len(right):
        apart = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        return len(apart) == 1 or (len(apart) == 2 and sorted(left) == sorted(right))
    short, long = sorted((left, right), key=len)
    is_near = len(long) - len(short) == 1
    return is_near and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _same_scale(left: Decimal, right: Decimal) -> tuple[str, str]:
    """Return the digits of two numbers without the zeros and points that both have."""
    places = max(0, *(-int(value.as_tuple().exponent) for value in (left, right)))
    first, second = (f"{abs(value).scaleb(places):.0f}" for value in (left, right))
    while first.endswith("0") and second.endswith("0"):
        first, second = first[:-1], second[:-1]
    return first, second
