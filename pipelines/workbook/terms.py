"""The checks of a workbook with their terms, and what its formulas will make of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from pathlib import Path
from typing import Any, Final

from extract.records import Place
from normalize.records import Fact
from pipelines.facts_again import find_facts
from pipelines.published import read_table
from pipelines.workbook.formulas import QUOTIENTS
from validate.rounding import printed_step, step_of

Row = Mapping[str, Any]
Spot = tuple[str, int, int]

EXCEL_DIGITS: Final = 15
_PLACE: Final = ("line_no", "char_start", "char_end", "page", "x0", "y0", "x1", "y1")
_DIVIDED: Final = frozenset({"rate", "share", "growth"})
_ZERO: Final = Decimal(0)
_HUNDRED: Final = Decimal(100)
_MILLIONTH: Final = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A number of a check, as it is printed, at its place."""

    role: str
    document_id: str
    fact: Fact | None
    """None for a cell in which no number stands."""
    label: str
    raw: str
    table_id: str | None
    row: int | None
    col: int | None
    place: Place
    factor: Decimal | None
    step: Decimal
    """Unit of rounding, in the unit of the value; 0 where it is exact."""
    counted: Decimal | None = None
    """How many things a list names, where that is what was counted and no number is printed."""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this number from others: its fact, or the cell or list that has none."""
        if self.fact is not None:
            return (self.fact.fact_id,)
        return (self.table_id, self.row, self.col, self.document_id, self.place, self.counted)

    @property
    def value(self) -> Decimal | None:
        """The value that counts; None for a dash, a blank and what cannot be read."""
        if self.counted is not None:
            return self.counted
        return self.fact.value if self.fact and self.fact.state == "number" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A check of the dataset with its terms."""

    row: Row
    result: Term | None
    operands: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The result, where there is one, and the operands."""
        return self.operands if self.result is None else (self.result, *self.operands)

    @property
    def is_dash(self) -> bool:
        """True where the result is printed as a dash."""
        fact = self.result.fact if self.result else None
        return fact is not None and fact.state == "nil"

    @property
    def is_computable(self) -> bool:
        """True where a spreadsheet can compute it again: every number fits, every factor is known.

        Datasets of older versions do not have the factors. What a number that cannot be read
        takes part in, and a row whose numbers stand one cell off, was not computed either.
        """
        if self.row["computed"] is None:
            return False
        fits = all(
            len(term.value.normalize().as_tuple().digits) <= EXCEL_DIGITS
            for term in self.terms
            if term.value is not None
        )
        least = 2 if self.row["kind"] in _DIVIDED else 1
        is_whole = len(self.operands) >= least and all(
            term.factor is not None for term in self.operands
        )
        return (
            fits and is_whole and (self.result is not None or self.row["kind"] == "percent_total")
        )


def read_tested(dataset: Path, checks: Iterable[Row]) -> list[Tested]:
    """Return checks of a dataset with the numbers that take part in them.

    Raises:
        RunError: a table cannot be read.
    """
    rows = list(checks)
    cells = [cell for row in rows for cell in row["cells"]]
    facts = find_facts(dataset, sorted({cell["fact_id"] for cell in cells if cell["fact_id"]}))
    blanks = {cell["table_id"] for cell in cells if cell["fact_id"] not in facts}
    labels = _labels(dataset, {one for one in blanks if one})
    return [_tested(row, facts, labels) for row in rows]


def _labels(dataset: Path, tables: Iterable[str]) -> Mapping[Spot, tuple[str, str]]:
    """Return labels and text of the cells of some tables."""
    found = read_table(dataset, "cells", "table_id", sorted(tables)).to_pylist()
    return {
        (cell["table_id"], cell["row"], cell["col"]): (
            " · ".join([*cell["row_path"], *cell["col_path"]]),
            cell["text"],
        )
        for cell in found
    }


def _tested(row: Row, facts: Mapping[str, Fact], labels: Mapping[Spot, tuple[str, str]]) -> Tested:
    terms = list(_terms(row, facts, labels))
    return Tested(
        row=row,
        result=next((term for term in terms if term.role == "result"), None),
        operands=tuple(term for term in terms if term.role == "operand"),
    )


def _terms(
    row: Row, facts: Mapping[str, Fact], labels: Mapping[Spot, tuple[str, str]]
) -> Iterator[Term]:
    for cell in row["cells"]:
        fact = facts.get(cell["fact_id"])
        label, raw = labels.get((cell["table_id"], cell["row"], cell["col"]), ("", ""))
        is_read = fact is not None and fact.state == "number"
        yield Term(
            role=cell["role"],
            document_id=fact.document_id if fact else row["document_id"],
            fact=fact,
            label=_name(fact) if fact else label,
            raw=fact.raw if fact else raw,
            table_id=cell["table_id"],
            row=cell["row"],
            col=cell["col"],
            place=Place(**{name: cell[name] for name in _PLACE}),
            factor=cell["factor"],
            step=_step(fact, row["kind"], cell["role"]) if fact and is_read else _ZERO,
            counted=row["computed"] if _is_counted(row, cell, fact) else None,
        )


def _is_counted(row: Row, cell: Row, fact: Fact | None) -> bool:
    """Tell whether a term is no number of the report, but how many things it lists."""
    return fact is None and row["kind"] == "count" and cell["role"] == "operand"


def _name(fact: Fact) -> str:
    parts = [" ".join(fact.label.split()), " ".join(fact.indicator.split())]
    return " · ".join(part for at, part in enumerate(parts) if part and part not in parts[:at])


def _step(fact: Fact, kind: str, role: str) -> Decimal:
    is_divided = kind in _DIVIDED and role == "operand"
    return max(printed_step(fact), step_of(fact)) if is_divided else step_of(fact)


def replay(tested: Tested) -> str:
    """Return the outcome that the formulas of a workbook give for a check as it is printed."""
    with localcontext() as context:
        context.prec = 60
        try:
            return _replay(tested)
        except (DivisionByZero, InvalidOperation):
            return "uncheckable"


def _replay(tested: Tested) -> str:
    kind, row = tested.row["kind"], tested.row
    values = [term.value or _ZERO for term in tested.operands]
    printed = _HUNDRED if tested.result is None else tested.result.value
    if kind == "part_of_whole":
        whole = tested.result.value if tested.result else None
        part = tested.operands[0].value
        if whole is None or part is None:
            return "uncheckable"
        slack = sum((term.step for term in tested.terms), _ZERO)
        return "exact" if part - whole <= slack else "mismatch"
    if kind in _DIVIDED and any(term.value is None for term in tested.operands[:2]):
        return "uncheckable"
    computed = _computed(kind, tested.operands, values).quantize(_MILLIONTH)
    if printed is None:
        return _dash(tested, computed)
    gap = abs((printed - computed).quantize(_MILLIONTH))
    if not gap:
        return "exact"
    bound = _bound(tested, values, row["tolerance"])
    is_open = kind in QUOTIENTS or kind == "repeat"
    return "within_rounding" if gap < bound or (gap == bound and not is_open) else "mismatch"


def _dash(tested: Tested, computed: Decimal) -> str:
    kind = tested.row["kind"]
    if kind in QUOTIENTS or computed:
        least = 2 * max(term.step for term in tested.operands)
        fails = tested.is_dash and kind == "difference" and abs(computed) > least
        return "mismatch" if fails else "uncheckable"
    return "exact"


def _computed(kind: str, operands: tuple[Term, ...], values: list[Decimal]) -> Decimal:
    match kind:
        case "rate" | "share":
            return _HUNDRED * values[0] / values[1]
        case "growth":
            return _HUNDRED * (values[0] - values[1]) / abs(values[1])
        case "weighted_rate":
            pairs = zip(values[::2], values[1::2], strict=True)
            return sum((w * rate for w, rate in pairs), _ZERO) / sum(values[::2], _ZERO)
        case "average":
            return sum(values, _ZERO) / len(values)
        case "repeat":
            return sum(values, _ZERO)
        case _:
            terms = zip(operands, values, strict=True)
            return sum(((term.factor or _ZERO) * value for term, value in terms), _ZERO)


def _bound(tested: Tested, values: list[Decimal], recorded: Decimal) -> Decimal:
    """Return the largest difference that rounding explains, as `formulas.tolerance` has it."""
    own = tested.result.step if tested.result else _ZERO
    steps = [term.step for term in tested.operands]
    match tested.row["kind"]:
        case "rate" | "share" | "growth":
            over, under = abs(values[0]) + steps[0] / 2, abs(values[1]) - steps[1] / 2
            is_bounded = under > 0
            return own + (
                _HUNDRED * (over / under - abs(values[0] / values[1])) if is_bounded else 0
            )
        case "weighted_rate":
            pairs = zip(values[::2], steps[1::2], strict=True)
            return own + sum((w * step for w, step in pairs), _ZERO) / sum(values[::2], _ZERO)
        case "average":
            return own + sum(steps, _ZERO) / 2 / len(steps)
        case "repeat":
            every = [own, *steps]
            return max(every) if len(steps) > 1 or min(every) != max(every) else _ZERO
        case _:
            return recorded
