"""What a relation computes to, with the span that the printed numbers leave open."""

from dataclasses import dataclass, replace
from decimal import Decimal

from normalize.records import Fact
from validate.quotients import HUNDRED, Quotient, quotient_of
from validate.records import Operand, Outcome, Relation, Rounding
from validate.rounding import (
    LIKELY,
    ZERO,
    judge_sum,
    rate_rounding,
    rate_step,
    span_of,
    step_of,
)
from validate.settings import Setting
from validate.slips import is_slip
from validate.tables import amount

_FEW = Decimal(2)
_CLOSE = Decimal("0.2")
_SHOWN = Decimal("0.000001")


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
        case "rate" | "share" | "growth" | "weighted_rate" | "average":
            return _judge_quotient(relation, setting)
        case "part_of_whole":
            return _judge_part(relation)
        case "repeat":
            return _judge_repeat(relation)
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
    signs, step = rounded_terms(relation, setting)
    gap, share, usual = printed - computed, setting.cut_share, setting.mode
    ruling = judge_sum(gap, signs, step, cut_share=share, usual=usual)
    if not ruling.chance:
        printed_zeros = [o for o, v in zip(relation.operands, values, strict=True) if v == 0]
        signs += [
            (o.factor, setting.step_of(o.fact)) for o in printed_zeros if o.fact.state == "number"
        ]
        ruling = judge_sum(gap, signs, step, cut_share=share, usual=usual)
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


def rounded_terms(
    relation: Relation, setting: Setting
) -> tuple[list[tuple[Decimal, Decimal]], Decimal]:
    """Return (factor, unit of rounding) of the terms of a sum that are not 0, and of its result."""
    signs = [(o.factor, setting.step_of(o.fact)) for o in relation.operands if amount(o.fact)]
    return signs, ZERO if relation.result is None else setting.step_of(relation.result)


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
    is_whole = setting.are_lists_whole or len(relation.operands) > _FEW
    if is_whole and is_misprinted(relation, verdict.printed - verdict.computed):
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


def _judge_quotient(relation: Relation, setting: Setting) -> Verdict:
    found = quotient_of(relation, setting)
    if relation.result is None or found is None:
        return UNCHECKABLE
    verdict = _rate_verdict(relation.result, found, setting.mode)
    habit = setting.habit
    is_exception = verdict.outcome == "within_rounding" and verdict.rounding != setting.mode
    if habit is None or not habit.is_firm or not is_exception:
        return verdict
    chance = 1 - habit.kept / habit.told
    return replace(verdict, outcome="unlikely_rounding", chance=chance)


def _rate_verdict(result: Fact, found: Quotient, usual: Rounding) -> Verdict:
    printed = result.value if result.value is not None else ZERO
    step = rate_step(result)
    computed, span = found.computed, found.span
    how = rate_rounding(printed, step, span, usual)
    if how is None and result.raw.strip().startswith(("(", "（")):
        how = rate_rounding(-printed, step, span, usual)  # set off in brackets, no minus
    if how is None and result.decimals > 1 and not _is_percentage(result):
        how = rate_rounding(printed * HUNDRED, step * HUNDRED, span, usual)  # 1.56 is 156 %
    if how is None and result.decimals and result.quantum is None and not printed % (step * 10):
        how = "coarse" if rate_rounding(printed, step * 10, span) else None
    outcome: Outcome = "mismatch"
    if how is not None:
        outcome = "exact" if printed == computed else "within_rounding"
    return Verdict(
        printed=printed,
        computed=computed.quantize(_SHOWN),
        rounding="exact" if outcome == "exact" else how or usual,
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
