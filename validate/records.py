"""What a check found: relations between facts, their outcome, and findings for an auditor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.records import Place
from normalize.records import Fact, Report

_MANY = 15
_NEARLY_ALL = 0.95

Outcome = Literal["exact", "within_rounding", "unlikely_rounding", "mismatch", "uncheckable"]
Rounding = Literal["exact", "half_up", "truncated", "up", "coarse"]
RelationBasis = Literal["label", "printed_formula", "pattern", "family", "cross_reference"]
Severity = Literal["high", "medium", "low", "info"]
Cause = Literal["source", "extraction", "unit", "definition", "undetermined"]
CheckKind = Literal[
    "row_total", "column_total", "subtotal", "funding_split", "difference", "formula", "rate",
    "weighted_rate", "share", "percent_total", "change", "growth", "average", "running_total",
    "part_of_whole", "repeat", "narrative", "count",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A fact that takes part in a relation, with its factor (-1 where it is subtracted)."""

    fact: Fact
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A statement that a report implies, not yet tested: result = f(operands)."""

    kind: CheckKind
    result: Fact | None
    """None where the statement has a constant result (shares that make 100)."""
    operands: tuple[Operand, ...]
    basis: RelationBasis
    rule: str
    """The rule in words, as an auditor would state it; English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRef:
    """A cell that took part in a check."""

    role: Literal["result", "operand"]
    fact_id: str | None
    table_id: str | None
    row: int | None
    col: int | None
    place: Place
    factor: Decimal | None = None
    """With what an operand of a check is multiplied before it is added; None for a result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A tested relation; the fields are the columns of the table `checks`."""

    check_id: str
    document_id: str
    kind: CheckKind
    expression: str
    printed: Decimal | None
    computed: Decimal | None
    difference: Decimal | None
    unit: str | None
    rounding: Rounding
    tolerance: Decimal
    chance: float | None
    outcome: Outcome
    basis: RelationBasis
    cells: tuple[CellRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairCell:
    """One number that a repair changes; an element of the column `repairs` of findings."""

    option: int
    """Which of the possible repairs it belongs to, from 1, the likeliest first."""
    fact_id: str | None
    table_id: str | None
    row: int | None
    col: int | None
    printed: Decimal | None
    value: Decimal
    """What would have to stand there."""
    slip: str | None
    """What may have spoiled it: digit_changed, digits_exchanged, digit_dropped, digit_added,
    separator, sign, swapped, shifted, exchanged_lines, unit; None where nothing explains it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an auditor should look at; the fields are the columns of the table `findings`."""

    finding_id: str
    document_id: str
    check_ids: tuple[str, ...]
    severity: Severity
    cause: Cause
    title_ko: str
    title_en: str
    explanation_ko: str
    explanation_en: str
    printed: Decimal | None
    expected: Decimal | None
    difference: Decimal | None
    suggestion: Decimal | None
    is_proven: bool
    cells: tuple[CellRef, ...]
    """The most suspected cell first."""
    rank: int = 1
    """Place among the findings of the report, 1 the one to look at first."""
    repairs: tuple[RepairCell, ...] = ()
    """The smallest changes that make all of its relations hold, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationKind:
    """A rule of the audit: how its relations are proposed."""

    code: CheckKind
    propose: Callable[[Report], Iterator[Relation]]
    """Looks at labels, places and printed formulas; never at whether the numbers fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a table rounds its rates or its sums; an element of the column `rounding` of tables."""

    what: Literal["rates", "sums"]
    mode: Rounding
    """exact: sums of rounded figures were made to come out to the last digit."""
    kept: int
    """How many of the checks that can tell bear it out."""
    told: int
    """How many checks can tell one way of rounding from another."""
    scope: Literal["table", "document"]
    """Whose checks they are: those of the document where the table has too few."""

    @property
    def is_firm(self) -> bool:
        """Tell whether a check that another way of rounding explains is an exception."""
        return self.told >= _MANY and self.kept >= _NEARLY_ALL * self.told


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHabits:
    """How one table rounds, as far as its checks show it."""

    table_id: str
    habits: tuple[Habit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that was tested in one report, and what came of it."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    rounding: tuple[TableHabits, ...] = ()
    """Of the tables that show a habit, in document order."""
