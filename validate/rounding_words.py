"""What a finding says about rounding: how likely it is, and how the table rounds elsewhere."""

from typing import Final

from validate.records import Habit, Rounding
from validate.rounding import rate_step, round_like
from validate.trial import Trial

_MODES_KO: Final[dict[Rounding, str]] = {
    "half_up": "반올림되어", "truncated": "절사되어", "up": "올림되어",
    "exact": "끝자리까지 맞추어져",
}  # fmt: skip
_MODES_EN: Final[dict[Rounding, str]] = {
    "half_up": "rounded half up", "truncated": "cut off", "up": "rounded up",
    "exact": "made to add up to the last digit",
}  # fmt: skip
_WHAT_KO: Final = {"rates": "비율", "sums": "합계"}
_SCOPE_KO: Final = {"table": "이 표", "document": "이 보고서"}

Sentences = tuple[list[str], list[str]]


def rounding_sentences(one: Trial) -> Sentences:
    """Return what an auditor has to know of rounding here, in Korean and in English.

    Examples:
        >>> from decimal import Decimal
        >>> _habit_en(Habit(what="rates", mode="truncated", kept=14, told=14, scope="table"))
        'Elsewhere in this table 14 of 14 telling rates are cut off.'
    """
    ko, en = [], []
    if one.check.outcome == "unlikely_rounding" and one.check.chance is not None:
        chance = f"{100 * one.check.chance:.2g}%"
        ko.append(f"반올림만으로 이만한 차이가 날 확률은 {chance}이다.")
        en.append(f"Rounding alone makes so large a difference with a chance of {chance}.")
    habit = one.setting.habit
    if habit is not None and _matters(one, habit):
        ko.append(_habit_ko(habit))
        en.append(_habit_en(habit))
    return ko, en


def _matters(one: Trial, habit: Habit) -> bool:
    """Tell whether the habit changes what should stand there, or how likely rounding is."""
    if habit.what == "sums":
        return one.check.outcome == "unlikely_rounding"
    result, computed = one.relation.result, one.check.computed
    if result is None or computed is None:
        return False
    step = rate_step(result)
    return round_like(computed, step, habit.mode) != round_like(computed, step)


def _habit_ko(habit: Habit) -> str:
    return (
        f"{_SCOPE_KO[habit.scope]}의 다른 {_WHAT_KO[habit.what]}은(는) 끝수 처리를 알 수 있는 "
        f"{habit.told}건 중 {habit.kept}건이 {_MODES_KO[habit.mode]} 있다."
    )


def _habit_en(habit: Habit) -> str:
    return (
        f"Elsewhere in this {habit.scope} {habit.kept} of {habit.told} telling {habit.what} "
        f"are {_MODES_EN[habit.mode]}."
    )
