"""What a printed number can stand for, and how likely rounding alone explains a difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from math import comb, erf, factorial, sqrt

from normalize.records import Fact
from validate.records import Rounding
from validate.vocabulary import MEASURED_UNITS

ZERO = Decimal(0)
HALF = Decimal("0.5")
LIKELY = 0.01
"""Below this chance a difference is possible by rounding and still not believed."""
_IMPOSSIBLE = 1e-6
"""Below this chance of being cut off a sum that rounding cannot explain is wrong."""
_BELIEVED = 0.5
_EXACT_UNTIL = 12
_LARGE = 100_000
"""A number without any unit of six digits and more is rather an amount in thousands or millions."""
MODES: tuple[Rounding, ...] = ("half_up", "truncated", "up")
_RULES = {"half_up": ROUND_HALF_UP, "truncated": ROUND_DOWN, "up": ROUND_UP}


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
    step = rate_step(fact) if fact.value_unit == "percent" else last_digit(fact)
    if fact.is_approximate and fact.value:
        return max(step, _trailing_unit(fact.value))
    if fact.value_unit == "won":
        return step if step > 1 else ZERO
    if fact.value_unit in ("percent", "percent_point") or fact.value_unit in MEASURED_UNITS:
        return step
    is_scaled = fact.value_unit is None and abs(fact.value or ZERO) >= _LARGE
    return step if fact.decimals or fact.multiplier != 1 or is_scaled else ZERO


def rate_step(rate: Fact) -> Decimal:
    """Return the unit of rounding of a rate: of 12.30 % in a column padded with zeros it is 0.1."""
    step = last_digit(rate)
    return rate.quantum if rate.quantum and step < rate.quantum <= 1 else step


def column_step(fact: Fact) -> Decimal:
    """Return the unit of rounding where all that a column shows is rounded to its multiples."""
    step = step_of(fact)
    return step if fact.quantum is None or fact.quantum <= last_digit(fact) else fact.quantum


def last_digit(fact: Fact) -> Decimal:
    """Return one unit of the last printed digit, whatever is counted."""
    return fact.multiplier.scaleb(-fact.decimals)


def printed_step(fact: Fact) -> Decimal:
    """Return the unit of rounding where a figure is divided: without a unit it may be rounded."""
    return last_digit(fact) if fact.value_unit is None else step_of(fact)


def are_apart(left: Fact, right: Fact) -> bool:
    """Tell whether two figures differ by more than the coarser unit of rounding of the two."""
    gap = abs((left.value or ZERO) - (right.value or ZERO))
    return gap > max(step_of(left), step_of(right))


def span_of(value: Decimal, step: Decimal) -> Span:
    """Return all values that were rounded, cut off or rounded up to `value`."""
    return Span(low=value - step, high=value + step)


def nearest_span(value: Decimal, step: Decimal) -> Span:
    """Return the values that 반올림 turns into `value`."""
    return Span(low=value - step * HALF, high=value + step * HALF)


def judge_sum(
    difference: Decimal,
    signs: Sequence[tuple[Decimal, Decimal]],
    step: Decimal,
    *,
    cut_share: float = 1.0,
    usual: Rounding = "half_up",
) -> Judgement:
    """Return how rounding explains result - Σ factor × term.

    Args:
        difference: what is printed minus what the printed terms make.
        signs: (factor, step) of each term that is not zero.
        step: unit of rounding of the result.
        cut_share: how surely figures of this kind are cut off (절사) and not rounded; 1 where
            nothing else is known of them.
        usual: how the table rounds, where that is known.
    """
    rounded = [(factor, size) for factor, size in signs if size and factor]
    scale = max([step, *(abs(factor) * size for factor, size in rounded)], default=ZERO)
    if not scale:
        return Judgement(rounding="exact", tolerance=ZERO, chance=float(difference == 0))
    weights = [factor * size / scale for factor, size in rounded]
    own = step / scale
    off = difference / scale
    half = _half_up_chance(off, weights, own)
    cut = cut_share * _cut_chance(off, weights, own)
    cut = cut if cut >= _IMPOSSIBLE else 0.0
    reach = sum((abs(weight) for weight in weights), own) * scale
    bound = reach if cut_share >= _BELIEVED else reach * HALF
    return Judgement(
        rounding="truncated" if _is_cut(half, cut, usual) else "half_up",
        tolerance=bound,
        chance=max(half, cut),
    )


def rate_rounding(
    printed: Decimal, step: Decimal, computed: Span, usual: Rounding = "half_up"
) -> Rounding | None:
    """Return how a value inside `computed` becomes `printed`; None where nothing does.

    Args:
        printed: the rate.
        step: its unit of rounding.
        computed: the rates that its figures leave open.
        usual: what is answered where more than one way of rounding leads there.
    """
    if not step:
        return "exact" if printed in computed else None
    found = rate_roundings(printed, step, computed)
    return usual if usual in found else next(iter(found), None)


def rate_roundings(printed: Decimal, step: Decimal, computed: Span) -> tuple[Rounding, ...]:
    """Return all ways of rounding that turn a value inside `computed` into `printed`.

    Cutting off and rounding up go by the size of a number: -1.58 is cut off to -1.5.
    """
    low, high = computed.low, computed.high
    if printed < 0:
        printed, low, high = -printed, -high, -low
    leads = {
        "half_up": printed - step * HALF <= high and low <= printed + step * HALF,
        "truncated": printed <= high and low < printed + step,
        "up": low <= printed and printed - step < high,
    }
    return tuple(mode for mode in MODES if leads[mode])


def round_like(value: Decimal, step: Decimal, mode: Rounding = "half_up") -> Decimal:
    """Return a computed value as the report would have printed it."""
    if not step:
        return value
    rule = _RULES.get(mode, ROUND_HALF_UP)
    return (value / step).quantize(Decimal(1), rounding=rule) * step


def _is_cut(half: float, cut: float, usual: Rounding) -> bool:
    if usual == "truncated" and cut >= LIKELY:
        return True
    return half < min(cut, LIKELY) or not half


def sum_likelihoods(
    difference: Decimal, signs: Sequence[tuple[Decimal, Decimal]], step: Decimal
) -> dict[Rounding, float]:
    """Return how likely each way of rounding makes exactly this difference.

    `exact` stands for sums that were made to come out. Empty where nothing is rounded. The
    arguments are those of `judge_sum`.
    """
    if not step or not signs:
        return {}
    weights = [factor * size / step for factor, size in signs]
    off = float(difference / step)
    sizes = [float(abs(weight)) for weight in weights]
    below = float(sum((weight for weight in weights if weight < 0), ZERO))
    above = float(sum((weight for weight in weights if weight > 0), ZERO))
    middle = sum(sizes) / 2
    return {
        "exact": float(difference == 0),
        "half_up": _between(sizes, off - 0.5 + middle, off + 0.5 + middle),
        "truncated": _between(sizes, off - below, off + 1 - below),
        "up": _between(sizes, off - 1 + above, off + above),
    }


def _between(sizes: list[float], low: float, high: float) -> float:
    """P(low <= Σ size × U(0, 1) < high)."""
    return max(0.0, _upper_tail(sizes, low) - _upper_tail(sizes, high))


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
