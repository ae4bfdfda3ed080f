"""What a report says: numbers with unit, period and funding source, each at its place."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from extract.records import Document, Place, TableGrid

NumberState = Literal["number", "nil", "undecided", "damaged", "blank", "text"]
Measure = Literal[
    "budget", "budget_initial", "execution", "total_cost", "secured_budget", "granted",
    "transfer", "balance", "refund", "interest", "other_income", "disallowed", "rate", "target",
    "actual", "count", "amount", "area", "headcount", "ratio", "threshold", "age_limit", "tenure",
]  # fmt: skip
FundingSource = Literal[
    "total", "national", "city", "province", "county", "district", "special_grant", "fund",
    "private", "other",
]  # fmt: skip
FundingLevel = Literal["national", "regional", "local", "other"]
Basis = Literal["plan", "result", "state"]
Aggregation = Literal["flow", "stock"]
Precision = Literal["day", "month", "quarter", "half", "year", "term"]
CellRole = Literal["header", "stub", "data", "blank"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """What a printed number says."""

    state: NumberState
    """number; nil (`-`); undecided (미정); damaged (no number, see `likely`); blank; text."""
    value: Decimal | None = None
    likely: Decimal | None = None
    """The value that a damaged print most likely stands for."""
    decimals: int = 0
    """Digits printed after the point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of measurement and how a printed number is scaled to it."""

    name: str | None
    """won, percent, percent_point, or a Korean unit (명, 개소, 건, ㎡ ...)."""
    multiplier: Decimal = Decimal(1)
    """Printed number × multiplier = value in `name`."""
    printed: str | None = None
    evidence: Literal["cell", "header", "caption", "stub", "neighbourhood", "none"] = "none"
    """Where the unit was printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number found in a text, with what stands right beside it."""

    raw: str
    """As printed, with its unit where the unit stands next to it."""
    start: int
    """0-based, in the text that was searched; end exclusive."""
    end: int
    number: Number
    unit: Unit | None = None
    """None where no unit stands beside the number."""
    counted: str = ""
    """The noun that was counted: 기업 in 8개 기업; empty where there is none."""
    funding_source: FundingSource | None = None
    """From the word right before it: 국비 75%, (시 361,000), 전액 구비."""
    is_approximate: bool = False
    """약, 여, 내외, 이상, 이내 ... stand with it."""
    bound: Literal["min", "max"] | None = None
    """이상 or 초과 (min), 이하, 미만 or 이내 (max) where it is a limit."""
    group: int | None = None
    """Numbers that share one group came from one bracket or one ratio (75:17.5:7.5)."""
    share: Literal["list", "bracket", "ratio", "pair"] | None = None
    """How it stands: inside a bracket that splits the number before it, part of a ratio,
    or one of a pair such as 70/163%."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of days; an open end is None."""

    start: date | None
    end: date | None
    label: str
    """As printed."""
    precision: Precision = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One reported number; the fields are the columns of the dataset's table `facts`."""

    fact_id: str
    document_id: str
    table_id: str | None = None
    row: int | None = None
    col: int | None = None
    measure: Measure
    label: str
    indicator: str
    funding_source: FundingSource | None = None
    funding_level: FundingLevel | None = None
    basis: Basis = "state"
    aggregation: Aggregation | None = None
    period: Period | None = None
    raw: str
    raw_unit: str | None = None
    value: Decimal | None
    value_unit: str | None = None
    value_likely: Decimal | None = None
    decimals: int = 0
    is_approximate: bool = False
    confidence: float = 1.0
    is_ambiguous: bool = False
    note: str = ""
    place: Place
    state: NumberState = "number"
    """Why there is no value: nil, undecided, damaged ..."""
    multiplier: Decimal = Decimal(1)
    """Printed number × multiplier = value; one unit of the last printed digit is
    multiplier / 10**decimals."""
    quantum: Decimal | None = None
    """Unit of rounding that the figures of its column or row show, in value_unit: larger than the
    last printed digit where they are multiples of 100 or padded with zeros; None where they are
    too few to tell."""
    section_path: tuple[str, ...] = ()
    item: int = 0
    """Which number of its cell or line this is, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCell:
    """A cell with its part in the table and the labels that say what it holds."""

    row: int
    col: int
    row_span: int
    col_span: int
    role: CellRole
    text: str
    row_path: tuple[str, ...]
    """Labels of the row, outermost first."""
    col_path: tuple[str, ...]
    """Headings of the column, topmost first; merged headings resolved."""
    place: Place
    is_moved: bool = False
    confidence: float | None = None
    """0-1, of a text that was read from a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """A table with its labels resolved."""

    table_id: str
    ordinal: int
    grid: TableGrid
    kind: str
    unit: Unit
    header_row_count: int
    stub_column_count: int
    cells: tuple[LabelledCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated event or a period; the fields are the columns of the table `schedules`."""

    table_id: str | None
    raw_date: str
    start: date | None
    end: date | None
    precision: Precision
    role: Literal["event", "period", "as_of", "deadline"]
    status: Literal["done", "planned"]
    description: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a report says of itself: who, what, when."""

    title: str | None = None
    document_type: str = "other"
    institution: str | None = None
    region_code: str | None = None
    region_name: str | None = None
    region_level: Literal["regional", "local"] | None = None
    """regional: a si/do or the whole country's; local: a si/gun/gu."""
    department: str | None = None
    fiscal_year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    as_of_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document with everything that was read out of it."""

    document: Document
    profile: Profile
    tables: tuple[TableReading, ...]
    facts: tuple[Fact, ...]
    """In document order."""
    events: tuple[Event, ...]
