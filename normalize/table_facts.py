"""One grid to its labelled cells and facts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import regex

from extract.records import Cell, TableGrid
from extract.shapes import is_value, shape_of
from normalize.fact_periods import (
    Surrounding,
    anchored,
    default_period,
    heading_period,
    text_period,
)
from normalize.funding import funding_level, funding_of
from normalize.labels import total_kind
from normalize.measures import basis_of, measure_of, names_purpose
from normalize.mentions import find_quantities
from normalize.numbers import read_number
from normalize.paired_headings import own_heading
from normalize.personal.headings import context_of
from normalize.personal.numbers import find_numbers
from normalize.quanta import with_quanta
from normalize.records import (
    Fact,
    FundingSource,
    LabelledCell,
    Period,
    Profile,
    Quantity,
    TableReading,
    Unit,
)
from normalize.stocks import mark_stocks
from normalize.table_context import DATE_HEADING, TableContext, read_context
from normalize.table_kinds import kind_of_table
from normalize.table_labels import indicator_of, label_of
from normalize.table_settings import setting_of
from normalize.table_units import unit_of_cell
from normalize.text_labels import (
    indicator_before,
    previous_end_of,
    quantity_run,
)
from normalize.units import read_unit

_MONEY_MEASURES = frozenset({"budget", "budget_initial", "execution", "total_cost"})
_PARTS_OF_YEAR = frozenset({"month", "quarter", "half"})
_RANKS = regex.compile(r"^(?:순\s*위|등\s*수|석\s*차)")
_LONGEST_REASON = 14
"""A short text in a column of numbers tells why there is none: 사업내용변경, 지원예정 미정."""


def read_table(
    grid: TableGrid,
    ordinal: int,
    document_id: str,
    profile: Profile,
    term_of_office: tuple[date, date] | None = None,
    near_unit: Unit | None = None,
) -> tuple[TableReading, list[Fact]]:
    """Read a grid.

    Args:
        grid: the table.
        ordinal: its number in the document, from 1.
        document_id: of the report.
        profile: what the report says of itself.
        term_of_office: that the report is for, if it names one.
        near_unit: money unit of the table before, for amounts that have none of their own.

    Returns:
        The table with its labels, and its facts in reading order, without ids.
    """
    table = read_context(grid, ordinal, document_id, profile, term_of_office, near_unit)
    facts = [
        fact for cell, labelled in _pairs(table) for fact in _cell_facts(table, cell, labelled)
    ]
    reading = TableReading(
        table_id=table.table_id,
        ordinal=ordinal,
        grid=grid,
        kind=kind_of_table(grid, table.labels, facts),
        unit=table.units.whole,
        header_row_count=table.labels.header_row_count,
        stub_column_count=len(table.labels.stub_columns),
        cells=table.labels.cells,
    )
    return reading, mark_stocks(with_quanta(_with_total_cost(facts, table)))


def _pairs(table: TableContext) -> Iterator[tuple[Cell, LabelledCell]]:
    yield from zip(table.grid.cells, table.labels.cells, strict=True)


def _cell_facts(table: TableContext, cell: Cell, labelled: LabelledCell) -> Iterator[Fact]:
    text = cell.text
    if not text.strip():
        return
    quantities = _quantities(table, text, labelled)
    last: Fact | None = None
    for item in range(len(quantities)):
        fact = _fact(table, cell, labelled, quantities, item)
        if not fact.indicator and last is not None:
            fact = replace(fact, indicator=last.indicator)
        last = fact
        yield fact


def _quantities(table: TableContext, text: str, labelled: LabelledCell) -> tuple[Quantity, ...]:
    """Return the reported numbers of a cell; labels and headings report only what they bracket."""
    if labelled.role == "header":
        found = find_quantities(text)
        return tuple(q for q in found if q.share == "ratio" or q.raw.startswith("전액"))
    if labelled.role == "stub":
        if labelled.col == table.labels.unit_column:
            return ()
        found = find_quantities(text)
        return tuple(q for q in found if q.unit is not None and _is_apart(text, q))
    heading = labelled.col_path[-1] if labelled.col_path else ""
    if DATE_HEADING.search(heading) or _RANKS.match(heading):
        return ()
    found = _impersonal(find_quantities(text, in_cell=_reports_bare(text)), text, heading)
    is_reason = len(text) <= _LONGEST_REASON and total_kind(text) is None
    if not found and labelled.col in table.labels.value_columns and is_reason:
        return (Quantity(raw=text, start=0, end=len(text), number=read_number(text)),)
    return found


def _impersonal(found: tuple[Quantity, ...], text: str, heading: str) -> tuple[Quantity, ...]:
    """Return the numbers that the heading does not tell to be phones, accounts and the like."""
    context = context_of((heading,))
    spans = find_numbers(context + text) if context and found else ()
    return tuple(
        q
        for q in found
        if not any(s.start - len(context) <= q.start < s.end - len(context) for s in spans)
    )


def _reports_bare(text: str) -> bool:
    shape = shape_of(text)
    return is_value(shape) or shape in ("ratio", "period", "date") or len(text) <= 12


def _is_apart(text: str, quantity: Quantity) -> bool:
    """Tell whether a number stands in brackets, or is all that its label says."""
    before = text[: quantity.start].rstrip()
    after = text[quantity.end :].lstrip()
    return (before.endswith(("(", "[")) and after[:1] in (")", "]")) or (
        before in ("", "총") and not after
    )


def _fact(
    table: TableContext,
    cell: Cell,
    labelled: LabelledCell,
    quantities: Sequence[Quantity],
    item: int,
) -> Fact:
    quantity = quantities[item]
    labelled = own_heading(labelled, cell.text, quantities, item)
    unit = _unit(table, labelled, quantity)
    is_prose = not _reports_bare(cell.text)
    setting = setting_of(table, labelled, cell.text, quantity, is_prose=is_prose)
    measure = measure_of(unit.name, setting)
    basis = basis_of(measure, setting)
    funding = _funding(table, labelled, quantity, unit, measure, is_prose=is_prose)
    number = quantity.number
    run = quantity_run(cell.runs, quantity.start, quantity.end)
    return Fact(
        fact_id="",
        document_id=table.document_id,
        table_id=table.table_id,
        row=labelled.row,
        col=labelled.col,
        measure=measure,
        label=label_of(table, labelled),
        indicator=(
            indicator_before(cell.text, quantity, previous_end_of(quantities, item))
            if is_prose or labelled.role == "stub"
            else indicator_of(table, labelled)
        ),
        funding_source=funding,
        funding_level=funding_level(funding, table.profile.region_level, table.profile.region_name),
        basis=basis,
        period=anchored(_period(table, labelled, cell.text, quantity), measure, basis)
        or default_period(measure, basis, table.around),
        raw=quantity.raw,
        raw_unit=unit.printed,
        value=None if number.value is None else number.value * unit.multiplier,
        value_unit=unit.name,
        value_likely=None if number.likely is None else number.likely * unit.multiplier,
        decimals=number.decimals,
        is_approximate=quantity.is_approximate,
        confidence=_confidence(table, labelled, quantity),
        is_ambiguous=_is_ambiguous(table, labelled),
        note=table.grid.note if labelled.is_moved or _is_ambiguous(table, labelled) else "",
        place=run.place,
        state=number.state,
        multiplier=unit.multiplier,
        section_path=table.grid.section_path,
        item=item,
    )


def _unit(table: TableContext, labelled: LabelledCell, quantity: Quantity) -> Unit:
    if quantity.unit is not None:
        return replace(quantity.unit, evidence="cell")
    unit_text = ""
    if table.labels.unit_column is not None:
        unit_text = next(
            (
                c.text
                for c in table.labels.cells
                if c.row <= labelled.row < c.row + c.row_span and c.col == table.labels.unit_column
            ),
            "",
        )
    unit = unit_of_cell(table.units, labelled.row_path, labelled.col_path, unit_text)
    if unit.name is None and not unit_text.strip():
        unit = _unit_above(table, labelled) or unit
    if unit.evidence in ("none", "neighbourhood") and labelled.col in table.sister_units:
        return table.sister_units[labelled.col]
    return unit


def _unit_above(table: TableContext, labelled: LabelledCell) -> Unit | None:
    """Return the unit printed once for the rows of one label: 개 beside 목표, blank by 실적."""
    groups = {
        cell.row: cell.row_path[0]
        for cell in table.labels.cells
        if cell.role == "data" and len(cell.row_path) > 1
    }
    above = [
        cell.text
        for cell in table.labels.cells
        if cell.col == table.labels.unit_column
        and cell.row < labelled.row
        and groups.get(cell.row) == groups.get(labelled.row, "")
    ]
    unit = read_unit(above[-1]) if above else None
    return None if unit is None else replace(unit, evidence="stub")


def _funding(
    table: TableContext,
    labelled: LabelledCell,
    quantity: Quantity,
    unit: Unit,
    measure: str,
    *,
    is_prose: bool,
) -> FundingSource | None:
    if quantity.funding_source is not None:
        return quantity.funding_source
    if is_prose:
        return None
    for label in (*reversed(labelled.row_path), *reversed(labelled.col_path)):
        source = funding_of(label, short=table.short_sources)
        if source is not None and source != "total":
            return source
    if unit.name == "won" and measure in _MONEY_MEASURES:
        return "total"
    if unit.name == "won" and any("지원액" in label for label in labelled.col_path):
        return "total"
    return None


def _period(
    table: TableContext, labelled: LabelledCell, text: str, quantity: Quantity
) -> Period | None:
    column = table.periods[labelled.col]
    if table.labels.is_form:  # a field is dated for itself, and not for all that stands beside it
        row = heading_period(labelled.row_path, table.around)
    else:
        row = table.row_periods.get(labelled.row)
    if column is not None:
        return _crossed(table, labelled, column, row)
    own = text_period(text, quantity.start, _in_year(table.around, row))
    if own is None:
        return row
    if row is not None and row.start and own.start and own.start.year != row.start.year:
        return row
    return own


def _crossed(
    table: TableContext, labelled: LabelledCell, column: Period, row: Period | None
) -> Period:
    """Return the period of a column in a row of its own year: 2022년 across, 1월 down, or so.

    What was spent is told up to the day in its heading: 집행액(6.30.).
    """
    if column.precision == "day" and names_purpose(column.label):
        column = replace(column, start=None)
    if row is None or row.start is None:
        return column
    if row.precision == "year" and total_kind(labelled.col_path[-1]) is not None:
        return row
    if row.precision == "year" and column.precision in _PARTS_OF_YEAR:
        return heading_period(labelled.col_path, _in_year(table.around, row)) or column
    if column.precision == "year" and row.precision in _PARTS_OF_YEAR:
        part = heading_period(labelled.row_path, _in_year(table.around, column))
        is_inside = part and part.start and column.start and part.start.year == column.start.year
        return part if part and is_inside else column
    return column


def _in_year(around: Surrounding, row: Period | None) -> Surrounding:
    if row is None or row.start is None:
        return around
    return replace(around, year=row.start.year)


def _confidence(table: TableContext, labelled: LabelledCell, quantity: Quantity) -> float:
    confidence = table.grid.confidence
    if labelled.confidence is not None:
        confidence = min(confidence, labelled.confidence)
    if quantity.number.state == "damaged":
        confidence = min(confidence, 0.4)
    return min(confidence, 0.8) if labelled.is_moved else confidence


def _is_ambiguous(table: TableContext, labelled: LabelledCell) -> bool:
    """Tell whether the column of a cell is in doubt, in a table that lost its blank cells.

    A full row is certain, and beside one a short row is in doubt. Where no row is full, the rows
    are doubtful beyond the end of the shortest.
    """
    if not table.grid.is_ambiguous:
        return False
    last: dict[int, int] = {}
    for cell in table.labels.cells:
        if cell.role == "data":
            last[cell.row] = max(last.get(cell.row, 0), cell.col)
    printed = Counter(cell.row for cell in table.labels.cells if cell.role == "data")
    width = table.grid.column_count - len(table.labels.stub_columns)
    if width in printed.values():
        return printed[labelled.row] < width
    return labelled.col > min(last.values(), default=0)


def _with_total_cost(facts: Sequence[Fact], table: TableContext) -> list[Fact]:
    """Mark the total column of a plan over years as the total cost of the programme."""
    years = {
        period.start.year for period in table.periods if period and period.start and period.end
    }
    if len(years) < 2:
        return list(facts)
    totals = {
        cell.col
        for cell in table.labels.cells
        if cell.role == "data" and cell.col_path and total_kind(cell.col_path[-1]) == "total"
    }
    return [
        replace(fact, measure="total_cost")
        if fact.col in totals and fact.measure == "budget"
        else fact
        for fact in facts
    ]
