"""Each kind of relation as a formula of a spreadsheet, after the definitions of `validate`.

A check is a block of rows of the sheet of terms: the result first, where there is one, then the
operands in the order of the check. A formula names columns of that block: value, factor, step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_TINY: Final = "0.0000005"
QUOTIENTS: Final = frozenset({"rate", "share", "growth", "weighted_rate", "average"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Where the terms of a check stand in the sheet of terms."""

    sheet: str
    result: int | None
    """Row of the result, from 1; None where it is a constant (shares that make 100)."""
    first: int
    """Row of the first operand."""
    last: int
    columns: Mapping[str, str]
    """Letters of the columns `value`, `factor` and `step`."""
    digits: int = 6
    """Digits after the point to which results are rounded, so that none is left of what binary
    fractions add; 6 as in the dataset, fewer where the numbers are very large."""

    def cell(self, column: str, row: int) -> str:
        """Return the reference to one cell, which sorting the sheet of checks leaves alone."""
        return f"{self.sheet}!${self.columns[column]}${row}"

    def operands(self, column: str, *, start: int = 0, stop: int = 0) -> str:
        """Return the reference to a column of the operands."""
        letter = self.columns[column]
        return f"{self.sheet}!${letter}${self.first + start}:${letter}${self.last - stop}"

    @property
    def count(self) -> int:
        """How many operands there are."""
        return self.last - self.first + 1


def printed(kind: str, block: Block) -> str:
    """Return the formula of the value that is printed."""
    if kind == "part_of_whole":
        return f"={block.cell('value', block.first)}"
    return "=100" if block.result is None else f"={block.cell('value', block.result)}"


def computed(kind: str, block: Block) -> str:
    """Return the formula of the value that follows from the operands; "" where none does."""
    values = block.operands("value")
    match kind:
        case "rate" | "share":
            return _quotient(block, "100*{a}/{b}")
        case "growth":
            return _quotient(block, "100*({a}-{b})/ABS({b})")
        case "weighted_rate":
            whole = f"SUMPRODUCT({_even(block, 0)},{values})"
            middle = _round(f"{_weighted(block, 'value')}/{whole}", block)
            return f'=IF({whole}<=0,"",{middle})'
        case "average":
            return f"={_round(f'SUM({values})/ROWS({values})', block)}"
        case "part_of_whole" if block.result is not None:
            return f"={block.cell('value', block.result)}"
        case "repeat":
            return f"={_round(f'SUM({values})', block)}"
        case _:
            factors = block.operands("factor")
            return f"={_round(f'SUMPRODUCT({values},{factors})', block)}"


def tolerance(kind: str, block: Block, recorded: str | None) -> str:
    """Return the formula of the largest difference that rounding explains.

    Args:
        kind: of the relation.
        block: its terms.
        recorded: the tolerance of the check, for sums that did not come out to the last digit:
            how a table rounds is not seen from one row. None for those that did, which get what
            rounding of each term to the nearest unit can make.
    """
    steps, values = block.operands("step"), block.operands("value")
    own = "0" if block.result is None else block.cell("step", block.result)
    match kind:
        case "rate" | "share" | "growth":
            a, b = block.cell("value", block.first), block.cell("value", block.first + 1)
            over, under = block.cell("step", block.first), block.cell("step", block.first + 1)
            open_end = f"100*((ABS({a})+{over}/2)/(ABS({b})-{under}/2)-ABS({a}/{b}))"
            return f'={own}+IF(OR({a}="",{b}=""),0,IF(ABS({b})>{under}/2,{open_end},0))'
        case "weighted_rate":
            whole = f"SUMPRODUCT({_even(block, 0)},{values})"
            return f"={own}+IF({whole}<=0,0,{_weighted(block, 'step')}/{whole})"
        case "average":
            return f"={own}+SUM({steps})/2/ROWS({steps})"
        case "part_of_whole":
            return f"={own}+{block.cell('step', block.first)}"
        case "repeat":
            every = f"{own},{steps}"
            near = "TRUE" if block.count > 1 else f"MIN({every})<>MAX({every})"
            return f"=IF({near},MAX({every}),0)"
        case _ if recorded is not None:
            return f"={recorded}"
        case _:
            factors = block.operands("factor")
            reach = f'SUMPRODUCT(ABS({factors}),{steps},--({values}<>""))'
            return f"=({reach}+{own})/2"


def difference(printed_at: str, computed_at: str, kind: str, block: Block) -> str:
    """Return the formula of printed less computed; empty where one of them is missing."""
    rest = '""' if kind in QUOTIENTS else f'IF({computed_at}=0,0,"")'
    return (
        f'=IF({computed_at}="","",IF({printed_at}="",{rest},'
        f"{_round(f'{printed_at}-{computed_at}', block)}))"
    )


def outcome(kind: str, at: Mapping[str, str], block: Block, *, is_dash: bool) -> str:
    """Return the formula of the outcome, without the equals sign.

    Args:
        kind: of the relation.
        at: references to the cells `computed`, `difference` and `tolerance` of the check.
        block: its terms.
        is_dash: whether the result is printed as a dash: under 잔액 it says that nothing is left,
            which fails where more than two units are.
    """
    gap, bound = at["difference"], at["tolerance"]
    missing = '"uncheckable"'
    if is_dash and kind == "difference":
        steps, computed_at = block.operands("step"), at["computed"]
        missing = f'IF(ABS({computed_at})>2*MAX({steps}),"mismatch","uncheckable")'
    if kind == "part_of_whole":
        held = f'IF({gap}<={bound},"exact","mismatch")'
    else:
        # A quotient or a repeated figure lies inside what rounding leaves open, a sum on its edge.
        is_open = kind in QUOTIENTS or kind == "repeat"
        fits = f"ABS({gap})<{bound}" if is_open else f"ABS({gap})<={bound}+{_TINY}"
        held = f'IF({gap}=0,"exact",IF({fits},"within_rounding","mismatch"))'
    return f'IF({gap}="",{missing},{held})'


def _quotient(block: Block, form: str) -> str:
    a, b = block.cell("value", block.first), block.cell("value", block.first + 1)
    return f'=IF(OR({a}="",{b}="",{b}=0),"",{_round(form.format(a=a, b=b), block)})'


def _weighted(block: Block, column: str) -> str:
    """Sum weight times rate; operands are weight, rate, weight, rate."""
    weights = block.operands("value", stop=1)
    return f"SUMPRODUCT({_even(block, 1)},{weights},{block.operands(column, start=1)})"


def _even(block: Block, stop: int) -> str:
    rows = block.operands("value", stop=stop)
    return f"--(MOD(ROW({rows})-{block.first},2)=0)"


def _round(words: str, block: Block) -> str:
    return f"ROUND({words},{block.digits})"


def letter_of(column: int) -> str:
    """Return the letters of a column, from 0.

    Examples:
        >>> letter_of(0), letter_of(26)
        ('A', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
