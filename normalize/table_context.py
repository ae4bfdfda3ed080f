"""All that the facts of one table need to know: its labels, units, periods, what is around it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from extract.records import TableGrid
from extract.shapes import is_value, shape_of
from normalize.fact_periods import (
    Surrounding,
    column_periods,
    heading_period,
    read_surrounding,
    text_period,
)
from normalize.funding import funding_of
from normalize.headers import Labels, read_labels
from normalize.labels import total_kind
from normalize.mentions import find_quantities
from normalize.records import Period, Profile, Unit
from normalize.table_units import TableUnits, read_table_units

DATE_HEADING = regex.compile(
    r"일\s*[자시](?!리|금|차입|사역|적)|날짜|기\s*간(?!제)|(?<!전)시기(?![획념])|[년연]월일"
)
"""Headings of columns that hold dates; 일자리 and 기간제 hold people."""
_FEWEST_YEARS = 2
_ATTRIBUTE = regex.compile(r"준공|설립|설치|개관|개원|개소|개장|건립|제정|창단|지정|취득|인증|입사")
"""Headings of years that describe a thing and date none of its figures: 준공연도."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContext:
    """A grid with all that its facts need to know."""

    document_id: str
    table_id: str
    grid: TableGrid
    labels: Labels
    units: TableUnits
    around: Surrounding
    col_paths: tuple[tuple[str, ...], ...]
    """Headings of each column, topmost first."""
    periods: tuple[Period | None, ...]
    row_periods: dict[int, Period | None]
    splits_funding: bool
    """Its columns are sources of money: 계, 국비, 시비, 구비."""
    short_sources: bool
    """국, 도, 시, 군, 구 are sources: 국 stands among its headings or rows with another of them."""
    splits_rows: bool
    """All its rows are sources of money: 총계, 국비, 시비, 구비."""
    sister_units: dict[int, Unit]
    """The unit that most printed cells of a column carry."""
    profile: Profile


def read_context(
    grid: TableGrid,
    ordinal: int,
    document_id: str,
    profile: Profile,
    term_of_office: tuple[date, date] | None,
    near_unit: Unit | None,
) -> TableContext:
    """Read what a grid says about all of its cells.

    Args:
        grid: the table.
        ordinal: its number in the document, from 1.
        document_id: of the report.
        profile: what the report says of itself.
        term_of_office: that the report is for, if it names one.
        near_unit: money unit of the table before, for amounts that have none of their own.
    """
    labels = read_labels(grid)
    units = read_table_units(grid, labels.corner, near_unit)
    around = read_surrounding(_texts_around(grid), profile, term_of_office)
    col_paths = _col_paths(labels, grid.column_count)
    return TableContext(
        document_id=document_id,
        table_id=f"{document_id[:12]}-t{ordinal:04d}",
        grid=grid,
        labels=labels,
        units=units,
        around=around,
        col_paths=tuple(col_paths),
        periods=tuple(column_periods(col_paths, around)),
        row_periods=_row_periods(grid, labels, col_paths, around),
        splits_funding=any(
            funding_of(label) not in (None, "total") for path in col_paths for label in path
        )
        or _has_short_sources(labels, col_paths),
        short_sources=_has_short_sources(labels, col_paths),
        splits_rows=_splits_rows(labels),
        sister_units=_sister_units(labels),
        profile=profile,
    )


def _texts_around(grid: TableGrid) -> list[str]:
    texts = [run.text for run in (grid.unit_note, grid.caption, *grid.footnotes) if run]
    headers = [cell.text for cell in grid.cells if cell.row < (grid.header_row_count or 2)]
    dated = [text for text in headers if "기준" in text or "민선" in text]
    return [*texts, *dated, *reversed(grid.section_path)]


def _col_paths(labels: Labels, columns: int) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = [()] * columns
    for cell in labels.cells:
        if cell.role != "header" and cell.col_span == 1:
            paths[cell.col] = cell.col_path
    return paths


def _row_periods(
    grid: TableGrid, labels: Labels, col_paths: Sequence[tuple[str, ...]], around: Surrounding
) -> dict[int, Period | None]:
    """Return the period of each row: from a column of dates, or from a label that is a period."""
    periods: dict[int, Period | None] = {}
    for cell in labels.cells:
        if cell.role not in ("stub", "data") or not cell.text.strip():
            continue
        heading = col_paths[cell.col][-1] if col_paths[cell.col] else ""
        if DATE_HEADING.search(heading):
            period = text_period(cell.text, 0, around)
        elif cell.role == "stub" and not _ATTRIBUTE.search(heading):
            period = heading_period((cell.text,), around)
        else:
            continue
        for row in range(cell.row, cell.row + cell.row_span):
            periods[row] = periods.get(row) or period
    return _with_totals(periods, labels)


def _with_totals(periods: dict[int, Period | None], labels: Labels) -> dict[int, Period | None]:
    """Let a total row span the years of the rows that it adds up."""
    years = [p for p in periods.values() if p and p.precision == "year" and p.start and p.end]
    starts, ends = {p.start for p in years if p.start}, {p.end for p in years if p.end}
    if len(starts) < _FEWEST_YEARS:
        return periods
    for cell in labels.cells:
        if cell.role == "stub" and total_kind(cell.text) and not periods.get(cell.row):
            periods[cell.row] = Period(start=min(starts), end=max(ends), label=cell.text)
    return periods


def _has_short_sources(labels: Labels, col_paths: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether single letters name sources; 시, 군 and 구 alone may be places."""
    columns = {path[-1].strip() for path in col_paths if path}
    rows = {cell.row_path[-1].strip() for cell in labels.cells if cell.row_path}
    return any("국" in names and names & set("도시군구") for names in (columns, rows))


def _splits_rows(labels: Labels) -> bool:
    """Tell whether the rows split one amount: each is a source or their total."""
    paths = {cell.row_path for cell in labels.cells if cell.role == "data" and cell.row_path}
    sources = [[funding_of(label) for label in path] for path in paths]
    return (
        len(paths) > 1
        and all(all(path) for path in sources)
        and any(source not in ("total", "fund") for path in sources for source in path)
    )


def _sister_units(labels: Labels) -> dict[int, Unit]:
    """Return the unit of the columns in which half of the printed cells and more carry it."""
    printed: dict[int, list[Unit | None]] = defaultdict(list)
    for cell in labels.cells:
        if cell.role == "data" and is_value(shape_of(cell.text)):
            found = find_quantities(cell.text, in_cell=True)
            printed[cell.col].extend(q.unit for q in found[:1] if q.number.state == "number")
    units: dict[int, Unit] = {}
    for col, found_units in printed.items():
        names = Counter(unit.name for unit in found_units if unit is not None)
        if names and names.most_common(1)[0][1] * 2 >= len(found_units):
            name = names.most_common(1)[0][0]
            units[col] = Unit(name=name, evidence="neighbourhood")
    return units
