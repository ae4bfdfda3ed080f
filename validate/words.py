"""Findings in sentences that an auditor would write, in Korean and in English."""

from dataclasses import dataclass
from decimal import Decimal

from normalize.records import Fact
from validate.diagnose import Case
from validate.expressions import name_of, printed, unit_of, write_like
from validate.records import CheckKind
from validate.repair_words import repair_sentences
from validate.rounding_words import rounding_sentences
from validate.severity import fits_in_thousands
from validate.trial import Trial

_TITLES: dict[CheckKind, tuple[str, str]] = {
    "row_total": ("가로 합계 불일치", "Row total does not add up"),
    "column_total": ("세로 합계 불일치", "Column total does not add up"),
    "subtotal": ("소계 불일치", "Sub-total does not add up"),
    "funding_split": ("재원별 합계 불일치", "Funding sources do not make the total"),
    "difference": ("차액 불일치", "Difference does not agree"),
    "formula": ("표시된 산식과 불일치", "Printed formula does not hold"),
    "rate": ("비율 불일치", "Rate does not agree with its figures"),
    "weighted_rate": ("전체 비율 불일치", "Overall rate does not agree with its parts"),
    "share": ("구성비 불일치", "Share does not agree"),
    "percent_total": ("구성비의 합이 100%가 아님", "Shares do not make 100 %"),
    "change": ("증감 불일치", "Change does not agree"),
    "growth": ("증감률 불일치", "Growth rate does not agree"),
    "average": ("평균 불일치", "Average does not agree"),
    "running_total": ("누계 불일치", "Running total does not add up"),
    "part_of_whole": ("부분이 전체보다 큼", "A part is larger than its whole"),
    "repeat": ("같은 항목의 수치가 서로 다름", "The same figure differs between places"),
    "narrative": ("본문 내역 합계 불일치", "Figures in a sentence do not add up"),
    "count": ("열거된 항목 수 불일치", "Number of listed items differs"),
}
_MOVED = ("행의 값이 한 칸 밀림", "The numbers of a row stand one cell off")
_NAMED_SUM = ("항목을 더한 값과 불일치", "Items do not make what they are named to make")
"""Of a sum that the name of a figure asks for, and no printed formula."""
_POINT = "p"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of a finding."""

    title_ko: str
    title_en: str
    explanation_ko: str
    explanation_en: str


def write_words(case: Case) -> Words:
    """Return title and explanation of a case, with the equation in printed numbers."""
    first = case.failing[0]
    ko, en = _title(first)
    subject = _subject(first) or (name_of(case.repairs[0].first.fact) if case.repairs else "")
    is_unit = bool(case.repairs) and case.repairs[0].manner == "unit"
    told = case.failing[:1] if is_unit else case.failing
    sentences_ko = [_explain_ko(one) for one in told]
    sentences_en = [_explain_en(one) for one in told]
    rounding_ko, rounding_en = rounding_sentences(first)
    more_ko, more_en = repair_sentences(case)
    if not case.repairs and all(map(_fits_in_thousands, told)):
        more_ko = ["표의 단위가 천원이라면 전체 안에 든다."]
        more_en = ["If the unit of the table were 천원, it would be within the whole."]
    return Words(
        title_ko=f"{ko}: {subject}" if subject else ko,
        title_en=f"{en}: {subject}" if subject else en,
        explanation_ko=" ".join([*sentences_ko, *rounding_ko, *more_ko]),
        explanation_en=" ".join([*sentences_en, *rounding_en, *more_en]),
    )


def _fits_in_thousands(one: Trial) -> bool:
    return one.check.kind == "part_of_whole" and fits_in_thousands(one.facts[1], one.facts[0])


def _title(one: Trial) -> tuple[str, str]:
    if one.check.computed is None:
        return _MOVED
    is_named_sum = one.check.kind == "formula" and one.check.basis == "label"
    return _NAMED_SUM if is_named_sum else _TITLES[one.check.kind]


def _subject(one: Trial) -> str:
    fact = one.relation.result or one.facts[0]
    return name_of(fact)


def _explain_ko(one: Trial) -> str:
    fact = one.relation.result
    if one.check.computed is None:
        return f"이 자리의 값으로는 행의 계산이 되지 않는다({one.check.expression})."
    computed, gap = _figures(one)
    name = _subject(one) or "해당 수치"
    match one.check.kind:
        case "percent_total":
            return (
                f"{name}: 비율을 모두 더하면 {computed}로 100%가 되지 않는다"
                f"({one.check.expression})."
            )
        case "part_of_whole":
            part = one.relation.operands[0].fact
            return (
                f"'{name_of(part)}' {_with_unit(part)}이(가) 그 전체인 '{name}' "
                f"{_with_unit(fact)}보다 크다."
            )
        case "repeat":
            others = ", ".join(
                f"'{name_of(o.fact)}' {_with_unit(o.fact)}" for o in one.relation.operands
            )
            return (
                f"'{name}'은(는) {_with_unit(fact)}인데 다른 곳에는 {others}(으)로 적혀 있다"
                f"(차이 {gap})."
            )
        case "difference" if one.check.printed is None:
            return (
                f"'{name}'은(는) '{printed(one.facts[0])}'로 비어 있으나 계산하면 "
                f"{computed}이 남는다({one.check.expression.split(' = ')[1]})."
            )
        case "count":
            return (
                f"'{name}'은(는) {_with_unit(fact)}인데 열거된 것을 세면 {computed}이다"
                f"(차이 {gap})."
            )
        case "rate" | "share" | "growth" | "weighted_rate":
            quotient = one.check.expression.split(" = ")[1]
            return (
                f"'{name}'은(는) {_with_unit(fact)}로 적혀 있으나 {quotient} = {computed}이다"
                f"(차이 {gap}{_POINT if gap.endswith('%') else ''})."
            )
        case _:
            return (
                f"'{name}'은(는) {_with_unit(fact)}인데 계산하면 {computed}이다"
                f"({one.check.expression}, 차이 {gap})."
            )


def _explain_en(one: Trial) -> str:
    fact = one.relation.result
    if one.check.computed is None:
        return f"Where its numbers stand the row cannot be reckoned ({one.check.expression})."
    computed, gap = _figures(one)
    name = _subject(one) or "this figure"
    match one.check.kind:
        case "percent_total":
            return f"{name}: the shares make {computed}, not 100 % ({one.check.expression})."
        case "part_of_whole":
            part = one.relation.operands[0].fact
            return (
                f"'{name_of(part)}' is {_with_unit(part)}, more than its whole '{name}', "
                f"{_with_unit(fact)}."
            )
        case "repeat":
            others = ", ".join(
                f"'{name_of(o.fact)}' says {_with_unit(o.fact)}" for o in one.relation.operands
            )
            return f"'{name}' is {_with_unit(fact)}, but elsewhere {others} (difference {gap})."
        case "difference" if one.check.printed is None:
            return (
                f"'{name}' is a dash, but {computed} is left "
                f"({one.check.expression.split(' = ')[1]})."
            )
        case "count":
            return (
                f"'{name}' is printed as {_with_unit(fact)}, but {computed} are listed "
                f"(difference {gap})."
            )
        case _:
            return (
                f"'{name}' is printed as {_with_unit(fact)}, but the printed figures make "
                f"{computed} ({one.check.expression}; difference {gap})."
            )


def _figures(one: Trial) -> tuple[str, str]:
    fact = one.relation.result or one.facts[0]
    computed = one.check.computed if one.check.computed is not None else Decimal(0)
    gap = one.check.difference if one.check.difference is not None else Decimal(0)
    if one.check.unit == "percent":
        computed, gap = round(computed, 2), round(gap, 2)
    sign = "+" if gap > 0 else ""
    return write_like(computed, fact), sign + write_like(gap, fact)


def _with_unit(fact: Fact | None) -> str:
    if fact is None:
        return "100%"
    text = printed(fact)
    unit = unit_of(fact)
    return text if not text[-1].isdigit() or not unit else f"{text}{unit}"
