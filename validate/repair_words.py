"""Repairs in words: what to change to what, why it may have come out wrong, what else fits."""

from dataclasses import replace

from normalize.records import Fact
from validate.diagnose import Case
from validate.expressions import name_of, printed, unit_of, write_like, write_number
from validate.repairs import Change, Repair, is_unsure
from validate.slips import SlipKind

_LISTED = 3
_SLIPS: dict[SlipKind, tuple[str, str]] = {
    "digit_changed": ("숫자 하나가 다름", "one digit differs"),
    "digits_exchanged": ("두 숫자가 뒤바뀜", "two digits are exchanged"),
    "digit_dropped": ("숫자 하나가 빠짐", "one digit is missing"),
    "digit_added": ("숫자 하나가 더 들어감", "one digit too many"),
    "separator": ("자릿수가 밀림", "the separator or zeros at the end moved"),
    "sign": ("부호가 반대임", "the sign is reversed"),
}
_MANNERS: dict[str, tuple[str, str]] = {
    "swapped": ("두 칸의 값이 서로 바뀜", "two cells hold each other's number"),
    "shifted": ("한 줄의 값이 한 칸 밀림", "the numbers of a line moved by one cell"),
    "exchanged_lines": (
        "이웃한 두 줄의 값이 서로 바뀜(소계가 하위 행에 놓임 등)",
        "two neighbouring lines hold each other's numbers, as a sub-total on the row of a part",
    ),
}


def repair_sentences(case: Case) -> tuple[list[str], list[str]]:
    """Return what can be said about repairs of a case, in Korean and in English."""
    if not case.repairs:
        return [], []
    best = case.repairs[0]
    if best.manner == "unit":
        return _other_unit(best, len(case.failing))
    if case.is_proven:
        ko, en = [_proof_ko(best)], [_proof_en(best)]
    elif _is_told(best):
        told = [one for one in case.repairs if _is_told(one)][:_LISTED]
        more = len(case.repairs) - len(told)
        ko = [_list_ko(told, more)]
        en = [_list_en(told, more)]
    else:
        return [], []
    if is_unsure(best.first.fact):
        ko.append("가장 의심되는 칸은 판독이 확실하지 않은 칸이다.")
        en.append("The most suspected cell was hard to read.")
    return ko, en


def _is_told(repair: Repair) -> bool:
    """Tell whether something explains a repair: a slip, or numbers at wrong places."""
    return bool(repair.manner) or all(change.slip is not None for change in repair.changes)


def _other_unit(repair: Repair, count: int) -> tuple[list[str], list[str]]:
    """Return which unit a table should be headed with, and what speaks for it."""
    first = repair.first
    factor = first.value / (first.fact.value or first.value)
    meant = unit_of(replace(first.fact, multiplier=first.fact.multiplier * factor))
    printed_unit = unit_of(first.fact)
    return (
        [f"이 표의 단위가 {printed_unit}이 아니라 {meant}이면 이런 {count}건이 모두 맞는다."],
        [
            f"With {meant} instead of {printed_unit} as the unit of the table, all {count} such "
            "relations hold."
        ],
    )


def _proof_ko(repair: Repair) -> str:
    why = _why(repair)
    reason = f"({why[0]})" if why else ""
    return (
        f"{_changes_ko(repair)} 고치면{reason} 관련된 계산 {repair.held}건이 모두 맞으며, "
        "이보다 작거나 같은 수정으로 모두 맞추는 방법은 이것뿐이다."
    )


def _proof_en(repair: Repair) -> str:
    why = _why(repair)
    reason = f" ({why[1]})" if why else ""
    count = f"all {repair.held} relations hold" if repair.held > 1 else "the relation holds"
    return f"With {_changes_en(repair)}{reason} {count}; no other change as small does this."


def _list_ko(repairs: list[Repair], more: int) -> str:
    options = "; ".join(_option(repair, 0) for repair in repairs)
    rest = f" 그 밖에 {more}가지 수정으로도 맞는다." if more else ""
    return f"맞게 하는 최소 수정(그럴듯한 순서): {options}.{rest}"


def _list_en(repairs: list[Repair], more: int) -> str:
    options = "; ".join(_option(repair, 1) for repair in repairs)
    rest = f" {more} other changes as small would do." if more else ""
    return f"Smallest changes after which all holds, likeliest first: {options}.{rest}"


def _option(repair: Repair, language: int) -> str:
    shown = repair.changes[:_LISTED]
    text = ", ".join(
        f"'{name_of(one.fact)}' {printed(one.fact)} → {_written(one, repair)}" for one in shown
    )
    dots = ", …" if len(repair.changes) > len(shown) else ""
    why = _why(repair)
    return f"{text}{dots} ({why[language]})" if why else f"{text}{dots}"


def _why(repair: Repair) -> tuple[str, str] | None:
    if repair.manner:
        return _MANNERS[repair.manner]
    slip = repair.first.slip
    return _SLIPS[slip.kind] if slip and len(repair.changes) == 1 else None


def _changes_ko(repair: Repair) -> str:
    return ", ".join(
        f"'{name_of(one.fact)}'의 {printed(one.fact)}을(를) {_written(one, repair)}(으)로"
        for one in repair.changes
    )


def _changes_en(repair: Repair) -> str:
    return ", ".join(
        f"{_written(one, repair)} instead of {printed(one.fact)} at '{name_of(one.fact)}'"
        for one in repair.changes
    )


def _written(change: Change, repair: Repair) -> str:
    """Return a value as its fact is printed; a number from another column has another unit."""
    fact: Fact = change.fact
    if repair.manner == "shifted":
        return write_number(change.value)
    return write_like(change.value, fact)
