"""What the published tables must be like: closed lists, ranges, orders, references, rates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args, get_type_hints

from extract.records import TextLayer
from normalize.records import (
    Aggregation,
    Basis,
    CellRole,
    Event,
    FundingLevel,
    FundingSource,
    Measure,
    NumberState,
    Precision,
)
from validate.records import Cause, CheckKind, Outcome, RelationBasis, Rounding, Severity

_EVENT: Final = get_type_hints(Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRules:
    """What one table of the dataset must be like."""

    name: str
    columns: tuple[str, ...]
    """Every column, in order."""
    types: tuple[str, ...] = ()
    """Their Arrow types, in the same order; empty leaves them open."""
    required: tuple[str, ...]
    """Columns without nulls."""
    key: tuple[str, ...]
    """Columns that together name a row; empty where rows have no name."""
    references: tuple[tuple[str, str], ...]
    """Pairs of a column here and the table whose column of that name holds every value."""


CLOSED_SETS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("documents", "text_layer"): get_args(TextLayer),
    ("cells", "role"): get_args(CellRole),
    ("facts", "measure"): get_args(Measure),
    ("facts", "funding_source"): get_args(FundingSource),
    ("facts", "funding_level"): get_args(FundingLevel),
    ("facts", "basis"): get_args(Basis),
    ("facts", "aggregation"): get_args(Aggregation),
    ("facts", "state"): get_args(NumberState),
    ("budgets", "measure"): get_args(Measure),
    ("targets", "aggregation"): get_args(Aggregation),
    ("schedules", "precision"): get_args(Precision),
    ("schedules", "role"): get_args(_EVENT["role"]),
    ("schedules", "status"): get_args(_EVENT["status"]),
    ("checks", "kind"): get_args(CheckKind),
    ("checks", "outcome"): get_args(Outcome),
    ("checks", "rounding"): get_args(Rounding),
    ("checks", "basis"): get_args(RelationBasis),
    ("findings", "severity"): get_args(Severity),
    ("findings", "cause"): get_args(Cause),
}
"""Columns whose values come from a closed list, by table and column."""

RANGES: Final[Mapping[str, tuple[int, int | None]]] = {
    "confidence": (0, 1),
    "chance": (0, 1),
    "page": (1, None),
    "page_first": (1, None),
    "line_no": (1, None),
    "line_first": (1, None),
    "char_start": (0, None),
    "row": (0, None),
    "col": (0, None),
    "row_span": (1, None),
    "col_span": (1, None),
    "decimals": (0, None),
}
"""Least and greatest value of a column, wherever it occurs."""

ORDERED_PAIRS: Final = (
    ("char_start", "char_end"),
    ("page_first", "page_last"),
    ("line_first", "line_last"),
    ("x0", "x1"),
    ("y0", "y1"),
    ("period_start", "period_end"),
    ("start", "end"),
)
"""Columns of which the first is never greater than the second."""

LIST_REFERENCES: Final = (
    ("checks", "cells", "facts", "fact_id"),
    ("findings", "cells", "facts", "fact_id"),
    ("findings", "check_ids", "checks", "check_id"),
    ("budgets", "fact_ids", "facts", "fact_id"),
    ("targets", "fact_ids", "facts", "fact_id"),
)
"""Lists whose members name rows of another table: table, column, other table, its key."""

MONEY_MEASURES: Final[tuple[Measure, ...]] = (
    "budget", "budget_initial", "execution", "total_cost", "secured_budget", "granted", "transfer",
    "balance", "refund", "interest", "other_income", "disallowed",
)  # fmt: skip
"""Measures that are money: in won, or without a unit where none is printed."""

POSITIVE: Final = ("multiplier", "tolerance")
"""Columns that are never below 0."""

LEAST_TESTED: Final = 30
LEAST_RATE: Final = 0.5
"""Of a kind of relation with so many tests at least this share must hold.

Reports contradict themselves now and then; where every second sum fails, they were misread.
"""
