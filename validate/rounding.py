"""What a printed number can stand for, and how likely rounding alone explains a difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import comb, erf, factorial, sqrt

from normalize.records import Fact
from validate.records import Rounding
from validate.vocabulary import MEASURED_UNITS

ZERO = Decimal(0)
HALF = Decimal("0.5")
LIKELY = 0.01
"""Below this chance a difference is possible by rounding and still not believed."""
_EXACT_UNTIL = 12
_LARGE = 100_000
"""A number without any unit of six digits and more is rather an amount in thousands or millions."""
_MODES = ((ROUND_HALF_UP, "half_up"), (ROUND_FLOOR, "truncated"), (ROUND_CEILING, "up"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The values that a printed number can stand for; the ends belong to it."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Span") -> bool:
        """Tell whether some value belongs to both."""
        return self.low <= other.high and other.low <= self.high

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether rounding explains a difference, and how."""

    rounding: Rounding
    tolerance: Decimal
    """Largest difference that rounding can make."""
    chance: float
    """Probability of a difference at least this large."""


def step_of(fact: Fact) -> Decimal:
    """Return the unit of rounding of a fact in its own unit; 0 where it counts whole things.

    One unit of the last printed digit is multiplier / 10**decimals; won and counted things are
    exact, and a figure with 약 or 여 stands for all that its trailing zeros leave open.
    """
    step = last_digit(fact)
    if fact.is_approximate and fact.value:
        return max(step, _trailing_unit(fact.value))
    if fact.value_unit == "won":
        return step if step > 1 else ZERO
    if fact.value_unit in ("percent", "percent_point") or fact.value_unit in MEASURED_UNITS:
        return step
    is_scaled = fact.value_unit is None and abs(fact.value or ZERO) >= _LARGE
    return step if fact.decimals or fact.multiplier != 1 or is_scaled else ZERO


def last_digit(fact: Fact) -> Decimal:
    """Return one unit of the last printed digit, whatever is counted."""
    return fact.multiplier.scaleb(-fact.decimals)


def printed_step(fact: Fact) -> Decimal:
    """Return the unit of rounding where a figure is divided: without a unit it may be rounded."""
    return last_digit(fact) if fact.value_unit is None else step_of(fact)


def span_of(value: Decimal, step: Decimal) -> Span:
    """Return all values that were rounded, cut off or rounded up to `value`."""
    return Span(low=value - step, high=value + step)


def nearest_span(value: Decimal, step: Decimal) -> Span:
    """Return the values that 반올림 turns into `value`."""
    return Span(low=value - step * HALF, high=value + step * HALF)


def judge_sum(
    difference: Decimal, signs: Sequence[tuple[Decimal, Decimal]], step: Decimal, *, may_cut: bool
) -> Judgement:
    """Return how rounding explains result - Σ factor × term.

    Args:
        difference: what is printed minus what the printed terms make.
        signs: (factor, step) of each term that is not zero.
        step: unit of rounding of the result.
        may_cut: whether figures cut off (절사) are believed as well as rounded ones.
    """
    rounded = [(factor, size) for factor, size in signs if size and factor]
    scale = max([step, *(abs(factor) * size for factor, size in rounded)], default=ZERO)
    if not scale:
        return Judgement(rounding="exact", tolerance=ZERO, chance=float(difference == 0))
    weights = [factor * size / scale for factor, size in rounded]
    own = step / scale
    off = difference / scale
    half = _half_up_chance(off, weights, own)
    cut = _cut_chance(off, weights, own) if may_cut else 0.0
    reach = sum((abs(weight) for weight in weights), own) * scale
    bound = reach if may_cut else reach * HALF
    return Judgement(
        rounding="half_up" if half >= min(cut, LIKELY) and half > 0 else "truncated",
        tolerance=bound,
        chance=max(half, cut),
    )


def rate_rounding(printed: Decimal, step: Decimal, computed: Span) -> Rounding | None:
    """Return how a value inside `computed` becomes `printed`; None where nothing does."""
    if not step:
        return "exact" if printed in computed else None
    if nearest_span(printed, step).meets(computed):
        return "half_up"
    if printed <= computed.high and computed.low < printed + step:
        return "truncated"
    if computed.low <= printed and printed - step < computed.high:
        return "up"
    return None


def round_like(value: Decimal, step: Decimal, mode: Rounding = "half_up") -> Decimal:
    """Return a computed value as the report would have printed it."""
    if not step:
        return value
    how = next((rule for rule, name in _MODES if name == mode), ROUND_HALF_UP)
    return (value / step).quantize(Decimal(1), rounding=how) * step


def _trailing_unit(value: Decimal) -> Decimal:
    digits = value.normalize().as_tuple()
    return Decimal(1).scaleb(max(0, int(digits.exponent)))


def _half_up_chance(off: Decimal, weights: list[Decimal], own: Decimal) -> float:
    """P(|Σ e - own error| is at least as large), errors uniform within half a unit."""
    reach = (sum((abs(weight) for weight in weights), own)) * HALF
    if abs(off) > reach:
        return 0.0
    excess = float(abs(off) - own * HALF)
    if excess <= 0:
        return 1.0
    shift = float(sum((abs(weight) for weight in weights), ZERO)) / 2
    return min(1.0, 2 * _upper_tail([float(abs(weight)) for weight in weights], excess + shift))


def _cut_chance(off: Decimal, weights: list[Decimal], own: Decimal) -> float:
    """P(a difference at least as large in this direction), all figures cut off."""
    lift = sum((weight for weight in weights if weight < 0), ZERO)
    sizes = [float(abs(weight)) for weight in weights]
    low, high = lift - own, sum((weight for weight in weights if weight > 0), ZERO)
    if not low <= off <= high:
        return 0.0
    if off > 0:
        return _upper_tail(sizes, float(off - lift))
    return 1.0 - _upper_tail(sizes, float(off + own - lift))


def _upper_tail(sizes: list[float], at: float) -> float:
    """P(Σ size × U(0, 1) >= at)."""
    total = sum(sizes)
    if at <= 0:
        return 1.0
    if at >= total:
        return 0.0
    if len(set(sizes)) == 1 and len(sizes) <= _EXACT_UNTIL:
        return 1.0 - _irwin_hall(len(sizes), at / sizes[0])
    spread = sqrt(sum(size * size for size in sizes) / 12)
    return 0.5 * (1 - erf((at - total / 2) / (spread * sqrt(2))))


def _irwin_hall(count: int, at: float) -> float:
    """Return P(sum of `count` uniforms <= at)."""
    whole = 0.0
    for k in range(min(count, int(at)) + 1):
        whole += (-1.0 if k % 2 else 1.0) * comb(count, k) * (at - k) ** count
    return min(1.0, max(0.0, whole / factorial(count)))
