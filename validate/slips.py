"""Slips of the pen and of reading: which one turns the number that was meant into the printed one.

A slip's chance is the share of its kind among errors of typing and reading, divided by the number
of slips of that kind that the number allows: of six digits five pairs of neighbours can be
exchanged, but 54 single digits can come out wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from normalize.records import Fact

SlipKind = Literal[
    "digit_changed", "digits_exchanged", "digit_dropped", "digit_added", "separator", "sign",
]  # fmt: skip
_SHARES: dict[SlipKind, float] = {
    "digit_changed": 0.4,
    "digits_exchanged": 0.2,
    "digit_dropped": 0.15,
    "digit_added": 0.15,
    "sign": 0.05,
    "separator": 0.05,
}
_SHIFTS = (1, 2, 3, -1, -2, -3)
_MOST_DIGITS = 18
"""A longer number is no amount; nothing is tried with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """How a printed number came of the one that was meant."""

    kind: SlipKind
    chance: float
    """Chance of just this print, given that the number was printed with a slip."""


def is_slip(printed: Decimal, meant: Decimal) -> bool:
    """Tell whether a slip in one or two digits turns one number into the other.

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


def slip_of(fact: Fact, meant: Decimal) -> Slip | None:
    """Return the likeliest slip that prints a number instead of the one that was meant."""
    if fact.state != "number" or not fact.value or not meant:
        return None
    if meant == -fact.value:
        return Slip(kind="sign", chance=_SHARES["sign"])
    if meant * fact.value < 0:
        return None
    printed, true = _digits(fact.value, fact), _digits(meant, fact)
    if true is None or printed is None or len(true) > _MOST_DIGITS:
        return None
    found = [_slip(kind, ways) for kind, ways in _ways(printed, true)]
    if not found and printed.strip("0") == true.strip("0"):
        found = [_slip("separator", len(_SHIFTS))]
    return max(found, key=lambda slip: slip.chance, default=None)


def meant_values(fact: Fact) -> Iterator[Decimal]:
    """Yield every value of which one slip makes the printed number."""
    printed = _digits(fact.value, fact) if fact.state == "number" and fact.value else None
    if not printed or len(printed) > _MOST_DIGITS or fact.value is None:
        return
    unit = fact.multiplier.scaleb(-fact.decimals).copy_sign(fact.value)
    seen = {printed}
    for digits in _meant(printed):
        if digits not in seen:
            seen.add(digits)
            yield int(digits) * unit
    yield -fact.value


def _meant(printed: str) -> Iterator[str]:
    """Yield the digits of which one slip makes the printed ones."""
    count = len(printed)
    for at in range(count):
        for digit in "0123456789":
            yield printed[:at] + digit + printed[at + 1 :]
    for at in range(count - 1):
        yield printed[:at] + printed[at + 1] + printed[at] + printed[at + 2 :]
    for at in range(count + 1):
        for digit in "0123456789":
            yield printed[:at] + digit + printed[at:]
    for at in range(count if count > 1 else 0):
        yield printed[:at] + printed[at + 1 :]
    for places in _SHIFTS:
        if places > 0:
            yield printed + "0" * places
        elif printed.endswith("0" * -places):
            yield printed[:places]


def _ways(printed: str, true: str) -> Iterator[tuple[SlipKind, int]]:
    """Yield the kinds of slips that print one number for the other, with how many there are."""
    if len(printed) == len(true):
        apart = [at for at, (a, b) in enumerate(zip(printed, true, strict=True)) if a != b]
        if len(apart) == 1:
            yield "digit_changed", 9 * len(true)
        elif len(apart) == 2 and sorted(printed) == sorted(true):
            is_near = apart[1] - apart[0] == 1
            yield "digits_exchanged", len(true) - 1 if is_near else 10 * len(true) ** 2
    elif len(true) - len(printed) == 1 and _lacks_one(printed, true):
        yield "digit_dropped", len(true)
    elif len(printed) - len(true) == 1 and _lacks_one(true, printed):
        yield "digit_added", 10 * len(printed)


def _lacks_one(short: str, long: str) -> bool:
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _slip(kind: SlipKind, ways: int) -> Slip:
    return Slip(kind=kind, chance=_SHARES[kind] / ways)


def _digits(value: Decimal, fact: Fact) -> str | None:
    """Return the digits that a value has when it is printed like a fact; None if it cannot be."""
    scaled = abs(value / fact.multiplier).scaleb(fact.decimals)
    whole = scaled.to_integral_value()
    return f"{whole:f}" if whole == scaled else None


def _same_scale(left: Decimal, right: Decimal) -> tuple[str, str]:
    """Return the digits of two numbers without the zeros and points that both have."""
    places = max(0, *(-int(value.as_tuple().exponent) for value in (left, right)))
    first, second = (f"{abs(value).scaleb(places):.0f}" for value in (left, right))
    while first.endswith("0") and second.endswith("0"):
        first, second = first[:-1], second[:-1]
    return first, second
