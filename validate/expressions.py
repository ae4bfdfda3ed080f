"""Numbers and equations as a report prints them."""

from decimal import Decimal

from normalize.records import Fact
from validate.records import Operand, Relation

_MONEY = {
    Decimal(1): "원",
    Decimal(1000): "천원",
    Decimal(10000): "만원",
    Decimal(1000000): "백만원",
    Decimal(10000000): "천만원",
    Decimal(100000000): "억원",
}
_LONGEST = 12


def write_number(value: Decimal) -> str:
    """Write a number with grouped digits and no trailing zeros.

    Examples:
        >>> write_number(Decimal("1234.500"))
        '1,234.5'
    """
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_like(value: Decimal, fact: Fact | None) -> str:
    """Write a value in the unit and scale in which a fact is printed."""
    if fact is None:
        return write_number(value)
    scale = fact.multiplier or Decimal(1)
    return write_number(value / scale) + unit_of(fact)


def unit_of(fact: Fact) -> str:
    """Return the unit of a fact as an auditor writes it."""
    if fact.value_unit == "won":
        return _MONEY.get(fact.multiplier, "원")
    return {"percent": "%", "percent_point": "%p", None: ""}.get(
        fact.value_unit, fact.value_unit or ""
    )


def name_of(fact: Fact) -> str:
    """Return how a fact is called: label and what is counted."""
    parts = [" ".join(fact.label.split()), " ".join(fact.indicator.split())]
    names = [part for at, part in enumerate(parts) if part and part not in parts[:at]]
    return " · ".join(names)


def printed(fact: Fact) -> str:
    """Return a fact as printed; (빈칸) for a blank cell."""
    raw = " ".join(fact.raw.split())
    if ":" in raw and fact.value is not None:
        raw = write_number(fact.value)  # one part of a ratio such as 75:17.5:7.5
    if fact.value_unit == "percent" and raw and raw[-1].isdigit():
        raw += "%"
    return raw or "(빈칸)"


def write_equation(relation: Relation) -> str:
    """Write what a relation states, with the printed numbers."""
    left = "100%" if relation.result is None else printed(relation.result)
    operands = relation.operands
    match relation.kind:
        case "rate" | "share":
            return f"{left} = {printed(operands[0].fact)} / {printed(operands[1].fact)}"
        case "growth":
            top, bottom = (printed(operand.fact) for operand in operands[:2])
            return f"{left} = ({top} - {bottom}) / {bottom}"
        case "weighted_rate":
            pairs = zip(operands[::2], operands[1::2], strict=True)
            terms = [f"{printed(w.fact)} × {printed(r.fact)}" for w, r in pairs]
            weights = " + ".join(printed(operand.fact) for operand in operands[::2])
            return f"{left} = ({' + '.join(terms)}) / ({weights})"
        case "average":
            return f"{left} = ({_sum(operands)}) / {len(operands)}"
        case "part_of_whole":
            return f"{left} ≥ {printed(operands[0].fact)}"
        case _:
            return f"{left} = {_sum(operands)}"


def _sum(operands: tuple[Operand, ...]) -> str:
    shown = operands
    if len(operands) > _LONGEST:
        shown = (*operands[: _LONGEST - 2], operands[-1])
    text = ""
    for at, operand in enumerate(shown):
        sign = " - " if operand.factor < 0 else " + "
        gap = "… + " if len(operands) > _LONGEST and at == len(shown) - 1 else ""
        start = sign if at else ("-" if operand.factor < 0 else "")
        text += start + gap + printed(operand.fact)
    return text
