"""Decides what a number measures (budget, execution, rate, target, actual, count ...) and how.

The nearest words decide first: the heading of the column, then the label of the row, the corner,
the caption, and at last the section.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from normalize import measure_words as words
from normalize.records import Basis, Measure

_PLANNED: frozenset[Measure] = frozenset(
    {"budget", "budget_initial", "total_cost", "target", "secured_budget"}
)
_RESULTS: frozenset[Measure] = frozenset(
    {"execution", "actual", "granted", "transfer", "balance", "refund", "interest",
     "other_income", "disallowed"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The words around a number, nearest first."""

    nearest: str = ""
    """Heading of the column, or the words right before the number."""
    row: str = ""
    around: str = ""
    """Corner and caption of a table; the whole line of running text."""
    section: tuple[str, ...] = ()
    """Headings above, innermost first."""
    is_table: bool = True
    has_periods: bool = False
    """The column is headed by a year or quarter."""


def measure_of(unit: str | None, setting: Setting) -> Measure:
    """Return the measure of a number with this unit in these surroundings."""
    if unit in ("percent", "percent_point"):
        return _percent_measure(setting)
    if unit == "won":
        return _money_measure(setting)
    if unit is None and words.MONEY.search(setting.nearest) and not _counts(setting.nearest):
        return _money_measure(setting)
    if unit in ("세", "년"):
        return "age_limit" if unit == "세" else "tenure"
    if unit in ("㎡", "㎢", "ha", "평") or words.AREA.search(setting.nearest):
        return "area"
    if unit == "배":
        return "rate" if words.RESULT_SECTION.search(" ".join(setting.section)) else "ratio"
    return _count_measure(unit, setting)


def basis_of(measure: Measure, setting: Setting) -> Basis:
    """Return whether the number is planned, achieved, or describes a state."""
    if measure in _PLANNED:
        return "plan"
    if measure in _RESULTS:
        return "result"
    if measure == "rate" and setting.is_table:
        return "result" if words.PROGRESS.search(f"{setting.nearest} {setting.row}") else "state"
    kind = section_kind(setting)
    if kind in ("plan", "result") and measure in ("amount", "rate", "count"):
        return kind
    return "state"


def section_kind(setting: Setting) -> Basis:
    """Return what the innermost telling heading says: results, plans, or a state of affairs."""
    for heading in setting.section:
        if words.RESULT_SECTION.search(heading):
            return "result"
        if words.PLAN_SECTION.search(heading):
            return "plan"
        if words.STATE_SECTION.search(heading):
            return "state"
    return "state"


def names_measure(heading: str) -> bool:
    """Tell whether a heading says what is measured (예산액, 집행률, 목표) and not of what."""
    return any(
        pattern.search(heading)
        for pattern in (words.MONEY, words.RATE, words.TARGET, words.ACTUAL, words.AREA)
    )


def names_purpose(heading: str) -> bool:
    """Tell whether a heading says what money is for: 예산액, 집행액, 총사업비."""
    return _first_measure((heading,)) not in (None, "amount")


def _counts(text: str) -> bool:
    return bool(words.COUNT.search(text) or words.RATE.search(text))


def _first_measure(texts: Sequence[str]) -> Measure | None:
    for text in texts:
        for measure, pattern in words.MONEY_PURPOSES:
            if text and pattern.search(text):
                return measure
    return None


def _percent_measure(setting: Setting) -> Measure:
    plans = setting.has_periods and setting.is_table and _plans_targets(setting)
    named = words.RATE.search(setting.nearest)
    aims = words.TARGET.search(setting.nearest) and not words.AGAINST_TARGET.search(setting.nearest)
    if setting.is_table and aims and not named:
        return "target"
    named = named or words.RATE.search(setting.row)
    if named and (not plans or words.ACHIEVED.search(f"{setting.nearest} {setting.row}")):
        return "rate"
    if words.AGAINST_TARGET.search(setting.nearest):
        return "rate"
    if words.TARGET.search(setting.nearest):
        return "target"
    if plans and words.ACTUAL.search(setting.nearest):
        return "actual"
    return "target" if plans else "rate"


def _plans_targets(setting: Setting) -> bool:
    return section_kind(setting) == "plan" or bool(words.TARGET.search(setting.around))


def _money_measure(setting: Setting) -> Measure:
    if setting.is_table and words.PLANNED.search(setting.nearest):
        return _first_measure((words.PLANNED.sub("", setting.nearest),)) or "budget"
    if words.TARGET.search(setting.nearest) and not words.MONEY.search(setting.nearest):
        return "target"
    if words.ACTUAL.search(setting.nearest) and not words.MONEY.search(setting.nearest):
        return "actual"
    if not setting.is_table:
        told = _first_measure((setting.nearest,))
        return "amount" if told in (None, "granted", "transfer") else told
    nearest = _first_measure((setting.nearest, setting.row))
    if nearest == "budget" and not words.STRONG_BUDGET.search(setting.nearest):
        # 위탁사업비 heads what the rows call 예산액, 집행액, 집행잔액.
        nearest = _first_measure((setting.row,)) or nearest
    if nearest is not None and nearest != "amount":
        return nearest
    if words.TARGET.search(setting.row):
        return "target"
    if words.ACTUAL.search(setting.row):
        return "actual"
    if nearest == "amount":
        return "amount"
    return _first_measure((setting.around, *setting.section[:2])) or "amount"


def _count_measure(unit: str | None, setting: Setting) -> Measure:
    if words.TARGET.search(setting.nearest):
        return "target"
    if words.ACTUAL.search(setting.nearest):
        return "actual"
    if setting.is_table:
        if words.TARGET.search(setting.row):
            return "target"
        if words.ACTUAL.search(setting.row):
            return "actual"
        if setting.has_periods and _plans_targets(setting):
            return "target"
        return _state_count(unit, setting)
    kind = section_kind(setting)
    if unit in ("명", "인") and words.STAFF_TEXT.search(setting.around) and kind != "result":
        return "headcount"
    if kind == "result":
        return "actual"
    return "target" if kind == "plan" else "count"


def _state_count(unit: str | None, setting: Setting) -> Measure:
    if unit == "명" and words.STAFF.search(f"{setting.nearest} {setting.row}"):
        return "headcount"
    return "count"
