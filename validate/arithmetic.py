"""What a relation computes to, with the span that the printed numbers leave open."""

from dataclasses import dataclass
from decimal import Decimal

from normalize.records import Fact
from validate.records import Operand, Outcome, Relation, Rounding
from validate.rounding import (
    HALF,
    LIKELY,
    ZERO,
    Span,
    judge_sum,
    last_digit,
    nearest_span,
    printed_step,
    rate_rounding,
    span_of,
    step_of,
)
from validate.slips import is_slip
from validate.tables import amount

HUNDRED = Decimal(100)
_FEW = Decimal(2)
_CLOSE = Decimal("0.2")
_SHOWN = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the rest of the report shows about its numbers."""

    may_cut: bool = True
    """False where the sums of the report show that amounts are not cut off."""
    blanks_are_zero: bool = False
    """True where other sums of the table hold only because a blank means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of a relation in figures."""

    printed: Decimal | None
    computed: Decimal | None
    rounding: Rounding
    tolerance: Decimal
    chance: float | None
    outcome: Outcome

    @property
    def difference(self) -> Decimal | None:
        """Printed minus computed."""
        if self.printed is None or self.computed is None:
            return None
        return self.printed - self.computed


UNCHECKABLE = Verdict(
    printed=None, computed=None, rounding="exact", tolerance=ZERO, chance=None,
    outcome="uncheckable",
)  # fmt: skip


def judge(relation: Relation, setting: Setting) -> Verdict:
    """Return whether a relation holds.

    A number that cannot be read makes the relation uncheckable; `-` and blank count as nothing in
    a sum and make everything else uncheckable.
    """
    match relation.kind:
        case "rate" | "share":
            return _judge_rate(relation)
        case "weighted_rate":
            return _judge_weighted(relation)
        case "average":
            return _judge_average(relation)
        case "part_of_whole":
            return _judge_part(relation)
        case "repeat":
            return _judge_repeat(relation)
        case "growth":
            return _judge_growth(relation)
        case "narrative" | "count":
            return _judge_listed(relation, setting)
        case "funding_split" if relation.result is not None and relation.result.table_id is None:
            return _judge_listed(relation, setting)
        case _:
            return _judge_sum(relation, setting)


def _judge_sum(relation: Relation, setting: Setting) -> Verdict:
    values = [amount(operand.fact) for operand in relation.operands]
    printed = HUNDRED if relation.result is None else amount(relation.result)
    if printed is None or any(value is None for value in values):
        return UNCHECKABLE
    if all(operand.fact.state == "blank" for operand in relation.operands):
        return UNCHECKABLE
    computed = sum(
        (o.factor * v for o, v in zip(relation.operands, values, strict=True) if v is not None),
        ZERO,
    )
    if printed == computed:
        return _exact(printed, computed)
    if relation.result is not None and relation.result.state != "number":
        return _judge_dash(relation, computed)
    if _may_hide_the_rest(relation.operands, printed - computed, setting):
        return _uncheckable(printed, computed)
    filled = [o for o, v in zip(relation.operands, values, strict=True) if v]
    signs = [(operand.factor, step_of(operand.fact)) for operand in filled]
    step = ZERO if relation.result is None else step_of(relation.result)
    ruling = judge_sum(printed - computed, signs, step, may_cut=setting.may_cut)
    if not ruling.chance:
        printed_zeros = [o for o, v in zip(relation.operands, values, strict=True) if v == 0]
        signs += [(o.factor, step_of(o.fact)) for o in printed_zeros if o.fact.state == "number"]
        ruling = judge_sum(printed - computed, signs, step, may_cut=setting.may_cut)
    outcome: Outcome = "mismatch"
    if ruling.chance > 0:
        outcome = "within_rounding" if ruling.chance >= LIKELY else "unlikely_rounding"
    return Verdict(
        printed=printed,
        computed=computed,
        rounding=ruling.rounding,
        tolerance=ruling.tolerance,
        chance=ruling.chance,
        outcome=outcome,
    )


def _judge_dash(relation: Relation, computed: Decimal) -> Verdict:
    """A dash under 불용액 or 잔액 says that nothing is left; of other sums it says nothing.

    It is never read as the number 0: nothing is printed, and so there is no difference.
    """
    step = max(step_of(operand.fact) for operand in relation.operands)
    is_left = relation.kind == "difference" and all(
        operand.fact.state in ("number", "nil") for operand in relation.operands
    )
    dash = relation.result is not None and relation.result.state == "nil"
    return Verdict(
        printed=None,
        computed=computed,
        rounding="exact",
        tolerance=ZERO,
        chance=None,
        outcome="mismatch" if dash and is_left and abs(computed) > 2 * step else "uncheckable",
    )


def _judge_listed(relation: Relation, setting: Setting) -> Verdict:
    """A number against what words list: a list that is far off names only some, or other things."""
    verdict = _judge_sum(relation, setting)
    if verdict.outcome != "mismatch" or verdict.printed is None or verdict.computed is None:
        return verdict
    gap = abs(verdict.printed - verdict.computed)
    if gap <= _FEW or gap <= _CLOSE * max(abs(verdict.printed), abs(verdict.computed)):
        return verdict
    if relation.basis == "label" and verdict.computed > verdict.printed:
        return verdict  # parts that are named may leave some out, but not exceed their whole
    if len(relation.operands) > _FEW and is_misprinted(
        relation, verdict.printed - verdict.computed
    ):
        return verdict  # one slip makes it hold: the list is whole, and a number of it is wrong
    return _uncheckable(verdict.printed, verdict.computed)


def is_misprinted(relation: Relation, gap: Decimal) -> bool:
    """Tell whether a slip in one of its numbers is all that keeps a sum from holding.

    Args:
        relation: the sum.
        gap: printed minus computed.
    """
    if relation.result is None:
        return False
    terms = [(relation.result, Decimal(-1))]
    terms += [(operand.fact, operand.factor) for operand in relation.operands]
    for fact, factor in terms:
        value = amount(fact)
        if value and factor and is_slip(value, value + gap / factor):
            return True
    return False


def _may_hide_the_rest(operands: tuple[Operand, ...], gap: Decimal, setting: Setting) -> bool:
    """Tell whether a blank term could hold what is missing, so that nothing is proven."""
    if setting.blanks_are_zero:
        return False
    return any(o.fact.state == "blank" and (gap > 0) == (o.factor > 0) for o in operands)


def _judge_rate(relation: Relation) -> Verdict:
    """100 × first operand / second operand."""
    result, (top, bottom) = relation.result, relation.operands[:2]
    if result is None or result.value is None or not _all_numbers((top.fact, bottom.fact)):
        return UNCHECKABLE
    span = quotient_span(top.fact, bottom.fact)
    if span is None or top.fact.value is None or not bottom.fact.value:
        return UNCHECKABLE
    computed = HUNDRED * top.fact.value / bottom.fact.value
    return _rate_verdict(result, computed, span)


def _judge_growth(relation: Relation) -> Verdict:
    """100 × (first operand - second operand) / second operand."""
    result, (top, bottom) = relation.result, relation.operands[:2]
    if result is None or result.value is None or not _all_numbers((top.fact, bottom.fact)):
        return UNCHECKABLE
    span = growth_span(top.fact, bottom.fact)
    if span is None or top.fact.value is None or not bottom.fact.value:
        return UNCHECKABLE
    computed = HUNDRED * (top.fact.value - bottom.fact.value) / abs(bottom.fact.value)
    return _rate_verdict(result, computed, span)


def growth_span(now: Fact, before: Fact) -> Span | None:
    """Return the growth rates that two printed numbers leave open; None from zero or below."""
    if before.value is None or before.value <= 0:
        return None
    span = quotient_span(now, before)
    return None if span is None else Span(low=span.low - HUNDRED, high=span.high - HUNDRED)


def quotient_span(top: Fact, bottom: Fact) -> Span | None:
    """Return the percentages that two printed numbers leave open; None where it has no bound."""
    if top.value is None or bottom.value is None:
        return None
    over = nearest_span(top.value, printed_step(top))
    under = nearest_span(bottom.value, printed_step(bottom))
    if under.low <= 0 <= under.high:
        return None
    corners = [HUNDRED * a / b for a in (over.low, over.high) for b in (under.low, under.high)]
    return Span(low=min(corners), high=max(corners))


def _judge_weighted(relation: Relation) -> Verdict:
    """Σ weight × rate / Σ weight; operands are weight, rate, weight, rate, ..."""
    result = relation.result
    facts = [operand.fact for operand in relation.operands]
    if result is None or result.value is None or not _all_numbers(tuple(facts)):
        return UNCHECKABLE
    pairs = [
        (weight.value or ZERO, rate.value or ZERO, step_of(rate))
        for weight, rate in zip(facts[::2], facts[1::2], strict=True)
    ]
    whole = sum((weight for weight, _, _ in pairs), ZERO)
    if whole <= 0:
        return UNCHECKABLE
    computed = sum((weight * rate for weight, rate, _ in pairs), ZERO)
    slack = sum((weight * step for weight, _, step in pairs), ZERO)
    middle = computed / whole
    span = Span(low=middle - slack / whole, high=middle + slack / whole)
    return _rate_verdict(result, middle, span)


def _judge_average(relation: Relation) -> Verdict:
    """Σ operand / number of operands; a dash is a figure of nothing, a blank is no operand."""
    result = relation.result
    values = [amount(operand.fact) for operand in relation.operands]
    known = [value for value in values if value is not None]
    if result is None or result.value is None or len(known) < max(1, len(values)):
        return UNCHECKABLE
    count = len(known)
    middle = sum(known, ZERO) / count
    slack = sum((step_of(operand.fact) for operand in relation.operands), ZERO) * HALF / count
    return _rate_verdict(result, middle, Span(low=middle - slack, high=middle + slack))


def _rate_verdict(result: Fact, computed: Decimal, span: Span) -> Verdict:
    printed = result.value if result.value is not None else ZERO
    step = last_digit(result)
    how = rate_rounding(printed, step, span)
    if how is None and result.raw.strip().startswith(("(", "（")):
        how = rate_rounding(-printed, step, span)  # brackets set it off and mean no minus
    if how is None and result.decimals > 1 and not _is_percentage(result):
        how = rate_rounding(printed * HUNDRED, step * HUNDRED, span)  # 1.56 stands for 156 %
    if how is None and result.decimals and not printed % (step * 10):
        how = "coarse" if rate_rounding(printed, step * 10, span) else None
    shown = computed.quantize(_SHOWN)
    outcome: Outcome = "mismatch"
    if how is not None:
        outcome = "exact" if printed == computed else "within_rounding"
    return Verdict(
        printed=printed,
        computed=shown,
        rounding="exact" if outcome == "exact" else how or "half_up",
        tolerance=step,
        chance=None,
        outcome=outcome,
    )


def _is_percentage(rate: Fact) -> bool:
    """Tell whether % is printed with a rate or in its headings, and not only 률."""
    texts = (rate.raw, rate.raw_unit or "", rate.indicator, rate.label)
    return any("%" in text or "％" in text for text in texts)


def _judge_part(relation: Relation) -> Verdict:
    """A part is not larger than its whole."""
    whole, part = relation.result, relation.operands[0].fact
    if whole is None or whole.value is None or part.value is None:
        return UNCHECKABLE
    slack = step_of(whole) + step_of(part)
    fits = part.value <= whole.value + slack
    return Verdict(
        printed=part.value,
        computed=whole.value,
        rounding="exact",
        tolerance=slack,
        chance=None,
        outcome="exact" if fits else "mismatch",
    )


def _judge_repeat(relation: Relation) -> Verdict:
    """The same figure, or the sum of the figures, at the precision of the coarser one."""
    result = relation.result
    facts = [operand.fact for operand in relation.operands]
    values = [amount(fact) for fact in facts]
    if result is None or result.value is None or any(value is None for value in values):
        return UNCHECKABLE
    computed = sum((value for value in values if value is not None), ZERO)
    if computed == result.value:
        return _exact(result.value, computed)
    steps = [step_of(result), *(step_of(fact) for fact in facts)]
    slack = max(steps)
    fits = span_of(computed, slack).low < result.value < span_of(computed, slack).high
    is_near = min(steps) != slack or len(facts) > 1
    return Verdict(
        printed=result.value,
        computed=computed,
        rounding="coarse" if slack else "exact",
        tolerance=slack,
        chance=None,
        outcome="within_rounding" if fits and is_near else "mismatch",
    )


def _all_numbers(facts: tuple[Fact, ...]) -> bool:
    return all(fact.state == "number" and fact.value is not None for fact in facts)


def _exact(printed: Decimal, computed: Decimal) -> Verdict:
    return Verdict(
        printed=printed,
        computed=computed,
        rounding="exact",
        tolerance=ZERO,
        chance=1.0,
        outcome="exact",
    )


def _uncheckable(printed: Decimal, computed: Decimal) -> Verdict:
    return Verdict(
        printed=printed,
        computed=computed,
        rounding="exact",
        tolerance=ZERO,
        chance=None,
        outcome="uncheckable",
    )
