"""What a rate, a share, a growth rate or an average computes to, with what rounding leaves open."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from normalize.records import Fact
from validate.records import Relation
from validate.rounding import HALF, ZERO, Span, nearest_span, printed_step, step_of
from validate.settings import Setting
from validate.tables import amount

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient:
    """What the figures of a rate or an average make."""

    computed: Decimal
    span: Span
    """What their rounding leaves open."""


def quotient_of(relation: Relation, setting: Setting) -> Quotient | None:
    """Return what a rate, share, growth rate, overall rate or average should be, if it can be."""
    facts = tuple(operand.fact for operand in relation.operands)
    if relation.result is None or relation.result.value is None:
        return None
    if relation.kind == "average":
        return _average_of(facts)
    if not all_numbers(facts):
        return None
    if relation.kind == "weighted_rate":
        return _weighted_of(facts)
    first, second = facts[:2]
    span = quotient_span(first, second, step=setting.divided_step_of)
    make = _growth_of if relation.kind == "growth" else _rate_of
    return make(first, second, span)


def _rate_of(top: Fact, bottom: Fact, span: Span | None) -> Quotient | None:
    """100 × first operand / second operand."""
    if span is None or top.value is None or not bottom.value:
        return None
    return Quotient(computed=HUNDRED * top.value / bottom.value, span=span)


def _growth_of(now: Fact, before: Fact, span: Span | None) -> Quotient | None:
    """100 × (first operand - second operand) / second operand."""
    span = _less_hundred(before, span)
    if span is None or now.value is None or not before.value:
        return None
    computed = HUNDRED * (now.value - before.value) / abs(before.value)
    return Quotient(computed=computed, span=span)


def growth_span(now: Fact, before: Fact) -> Span | None:
    """Return the growth rates that two printed numbers leave open; None from zero or below."""
    return _less_hundred(before, quotient_span(now, before))


def _less_hundred(before: Fact, span: Span | None) -> Span | None:
    if before.value is None or before.value <= 0:
        return None
    return None if span is None else Span(low=span.low - HUNDRED, high=span.high - HUNDRED)


def quotient_span(
    top: Fact, bottom: Fact, *, step: Callable[[Fact], Decimal] = printed_step
) -> Span | None:
    """Return the percentages that two printed numbers leave open; None where it has no bound."""
    if top.value is None or bottom.value is None:
        return None
    over = nearest_span(top.value, step(top))
    under = nearest_span(bottom.value, step(bottom))
    if under.low <= 0 <= under.high:
        return None
    corners = [HUNDRED * a / b for a in (over.low, over.high) for b in (under.low, under.high)]
    return Span(low=min(corners), high=max(corners))


def _weighted_of(facts: tuple[Fact, ...]) -> Quotient | None:
    """Σ weight × rate / Σ weight; operands are weight, rate, weight, rate, ..."""
    pairs = [
        (weight.value or ZERO, rate.value or ZERO, step_of(rate))
        for weight, rate in zip(facts[::2], facts[1::2], strict=True)
    ]
    whole = sum((weight for weight, _, _ in pairs), ZERO)
    if whole <= 0:
        return None
    middle = sum((weight * rate for weight, rate, _ in pairs), ZERO) / whole
    slack = sum((weight * step for weight, _, step in pairs), ZERO) / whole
    return Quotient(computed=middle, span=Span(low=middle - slack, high=middle + slack))


def _average_of(facts: tuple[Fact, ...]) -> Quotient | None:
    """Σ operand / number of operands; a dash is a figure of nothing, a blank is no operand."""
    values = [amount(fact) for fact in facts]
    known = [value for value in values if value is not None]
    if len(known) < max(1, len(values)):
        return None
    middle = sum(known, ZERO) / len(known)
    slack = sum((step_of(fact) for fact in facts), ZERO) * HALF / len(known)
    return Quotient(computed=middle, span=Span(low=middle - slack, high=middle + slack))


def all_numbers(facts: tuple[Fact, ...]) -> bool:
    """Tell whether every fact is a printed number: no dash, no blank."""
    return all(fact.state == "number" and fact.value is not None for fact in facts)
