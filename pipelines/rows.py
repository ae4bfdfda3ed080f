"""Records to the rows of the dataset: one function a table, in document order."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final, TypeAlias

from extract.records import Place, TableGrid
from normalize.records import Event, Fact, Period, Report, TableReading
from normalize.wide import BudgetRow, TargetRow
from pipelines.corrections import Corrected
from pipelines.masked import Shown
from validate.records import Audit, CellRef, Check, Finding, Habit, RepairCell

Row: TypeAlias = dict[str, object]
"""Values by column name, as Arrow takes them."""

_STEP: Final = Decimal("0.000001")
_WIDE: Final = Context(prec=90, rounding=ROUND_HALF_EVEN)
_LIMIT: Final = Decimal(10) ** 32
_TOO_FINE: Final = "The printed value has more digits than the column holds."


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An input that gave no rows, and why."""

    file_name: str
    sha256: str | None
    byte_size: int | None
    reason: str
    message: str


def report_rows(shown: Shown) -> dict[str, list[Row]]:
    """Return the rows of every table that one report fills, by table name."""
    report, audit, corrected, wide = shown.report, shown.audit, shown.corrected, shown.wide
    region = _region(report)
    document_id = report.document.document_id
    habits = {one.table_id: one.habits for one in audit.rounding}
    return {
        "documents": [_document(shown)],
        "tables": [
            _table(table, document_id, habits.get(table.table_id, ())) for table in report.tables
        ],
        "cells": [row for table in report.tables for row in _cells(table, document_id, corrected)],
        "facts": [_fact(fact, corrected) for fact in report.facts],
        "budgets": [{**region, **_budget(row)} for row in wide.budgets],
        "targets": [{**region, **_target(row)} for row in wide.targets],
        "schedules": [_event(event, document_id) for event in report.events],
        "checks": check_rows(audit),
        "findings": finding_rows(audit),
    }


def check_rows(audit: Audit) -> list[Row]:
    """Return the rows of the table `checks`."""
    return [_check(check) for check in audit.checks]


def finding_rows(audit: Audit) -> list[Row]:
    """Return the rows of the table `findings`."""
    return [_finding(finding) for finding in audit.findings]


def quarantine_rows(inputs: Iterable[Quarantined]) -> list[Row]:
    """Return the rows of `quarantine`, in an order that does not depend on the inputs' order."""
    ordered = sorted(inputs, key=lambda one: (one.file_name, one.sha256 or "", one.message))
    return [
        {
            "file_name": one.file_name,
            "sha256": one.sha256,
            "byte_size": one.byte_size,
            "reason": one.reason,
            "message": one.message,
        }
        for one in ordered
    ]


def clean_text(text: str) -> str:
    """Return `text` in NFC, with bytes that are no Unicode shown as replacement characters."""
    readable = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", readable)


def printed_value(value: Decimal | None) -> Decimal | None:
    """Return a printed value unchanged, or None where decimal128(38, 6) cannot hold it."""
    rounded = rounded_value(value)
    return rounded if rounded == value else None


def rounded_value(value: Decimal | None) -> Decimal | None:
    """Return a computed value with six decimals, half to even, or None where it is too large."""
    if value is None or not value.is_finite() or abs(value) >= _LIMIT:
        return None
    return value.quantize(_STEP, context=_WIDE)


def _document(shown: Shown) -> Row:
    document, profile = shown.report.document, shown.report.profile
    missed = ("CORRECTION_MISSED",) if shown.corrected.missed else ()
    masked = None if shown.keeps_personal else [_place(one) for one in shown.covered]
    return {
        "document_id": document.document_id,
        "file_name": clean_text(document.file_name),
        "media_type": document.media_type,
        "byte_size": document.byte_size,
        "page_count": document.page_count,
        "line_count": document.line_count,
        "title": profile.title,
        "document_type": profile.document_type,
        "institution": profile.institution,
        "region_code": profile.region_code,
        "region_name": profile.region_name,
        "region_level": profile.region_level,
        "department": profile.department,
        "fiscal_year": profile.fiscal_year,
        "period_start": profile.period_start,
        "period_end": profile.period_end,
        "as_of_date": profile.as_of_date,
        "text_layer": document.text_layer,
        "encoding": document.encoding,
        "warnings": [*document.warnings, *missed],
        "masked": masked,
    }


def _region(report: Report) -> Row:
    return {
        "document_id": report.document.document_id,
        "institution": report.profile.institution,
        "region_code": report.profile.region_code,
        "region_name": report.profile.region_name,
        "fiscal_year": report.profile.fiscal_year,
    }


def _table(table: TableReading, document_id: str, habits: tuple[Habit, ...]) -> Row:
    grid = table.grid
    modes = {habit.what: habit.mode for habit in habits}
    pages = [part.page for part in grid.parts]
    return {
        "table_id": table.table_id,
        "document_id": document_id,
        "ordinal": table.ordinal,
        "section_path": list(grid.section_path),
        "caption": grid.caption.text if grid.caption else None,
        "unit_printed": grid.unit_note.text if grid.unit_note else table.unit.printed,
        "unit": table.unit.name,
        "multiplier": printed_value(table.unit.multiplier),
        "kind": table.kind,
        "row_count": grid.row_count,
        "column_count": grid.column_count,
        "header_row_count": table.header_row_count,
        "stub_column_count": table.stub_column_count,
        "page_first": pages[0] if pages else grid.place.page,
        "page_last": pages[-1] if pages else grid.place.page,
        "x0": _points(grid.place.x0),
        "y0": _points(grid.place.y0),
        "x1": _points(grid.place.x1),
        "y1": _points(grid.place.y1),
        "line_first": grid.place.line_no,
        "line_last": grid.line_last if grid.line_last is not None else grid.place.line_no,
        "parts": list(_parts(grid)),
        "footnotes": [run.text for run in grid.footnotes],
        "rate_rounding": modes.get("rates"),
        "sum_rounding": modes.get("sums"),
        "rounding": [_habit(habit) for habit in habits],
        "engine": grid.engine,
        "confidence": grid.confidence,
        "ambiguous": grid.is_ambiguous,
        "note": grid.note,
    }


def _habit(habit: Habit) -> Row:
    return {
        "what": habit.what,
        "mode": habit.mode,
        "kept": habit.kept,
        "told": habit.told,
        "scope": habit.scope,
    }


def _parts(grid: TableGrid) -> Iterator[Row]:
    for part in grid.parts:
        yield {
            "page": part.page,
            "x0": _points(part.x0),
            "y0": _points(part.y0),
            "x1": _points(part.x1),
            "y1": _points(part.y1),
            "row_first": part.row_first,
            "row_last": part.row_last,
        }


def _cells(table: TableReading, document_id: str, corrected: Corrected) -> Iterator[Row]:
    for cell in table.cells:
        printed = corrected.printed_cells.get((table.table_id, cell.row, cell.col))
        yield {
            "table_id": table.table_id,
            "document_id": document_id,
            "row": cell.row,
            "col": cell.col,
            "row_span": cell.row_span,
            "col_span": cell.col_span,
            "role": cell.role,
            "text": cell.text if printed is None else printed,
            "corrected": None if printed is None else cell.text,
            "row_path": list(cell.row_path),
            "col_path": list(cell.col_path),
            "moved": cell.is_moved,
            "confidence": cell.confidence,
            **_place(cell.place),
        }


def _fact(fact: Fact, corrected: Corrected) -> Row:
    read = fact
    if is_corrected := corrected.is_corrected(fact):
        fact = corrected.printed_of(fact) or replace(fact, raw="", value=None, state="blank")
    value = printed_value(fact.value)
    is_lost = fact.value is not None and value is None
    return {
        "fact_id": read.fact_id,
        "document_id": fact.document_id,
        "table_id": fact.table_id,
        "row": fact.row,
        "col": fact.col,
        "item": fact.item,
        "measure": fact.measure,
        "label": fact.label,
        "indicator": fact.indicator,
        "section_path": list(fact.section_path),
        "funding_source": fact.funding_source,
        "funding_level": fact.funding_level,
        "basis": fact.basis,
        "aggregation": fact.aggregation,
        **_period(fact.period),
        "raw": fact.raw,
        "raw_unit": fact.raw_unit,
        "value": value,
        "value_unit": fact.value_unit,
        "value_likely": printed_value(fact.value_likely),
        "value_corrected": printed_value(read.value) if is_corrected else None,
        "decimals": fact.decimals,
        "multiplier": printed_value(fact.multiplier),
        "quantum": printed_value(fact.quantum),
        "approximate": fact.is_approximate,
        "state": fact.state,
        "confidence": fact.confidence,
        "ambiguous": fact.is_ambiguous,
        "note": f"{fact.note} {_TOO_FINE}".strip() if is_lost else fact.note,
        **_place(fact.place),
    }


def _budget(row: BudgetRow) -> Row:
    return {
        "program": row.program,
        **_period(row.period),
        "measure": row.measure,
        "total": rounded_value(row.total),
        "national": rounded_value(row.national),
        "regional": rounded_value(row.regional),
        "local": rounded_value(row.local),
        "special_grant": rounded_value(row.special_grant),
        "fund": rounded_value(row.fund),
        "other": rounded_value(row.other),
        "fact_ids": list(row.fact_ids),
    }


def _target(row: TargetRow) -> Row:
    return {
        "program": row.program,
        "indicator": row.indicator,
        "unit": row.unit,
        **_period(row.period),
        "target": printed_value(row.target),
        "actual": printed_value(row.actual),
        "rate_printed": printed_value(row.rate_printed),
        "rate_computed": rounded_value(row.rate_computed),
        "aggregation": row.aggregation,
        "fact_ids": list(row.fact_ids),
    }


def _event(event: Event, document_id: str) -> Row:
    return {
        "document_id": document_id,
        "table_id": event.table_id,
        "raw_date": event.raw_date,
        "start": event.start,
        "end": event.end,
        "precision": event.precision,
        "role": event.role,
        "status": event.status,
        "description": event.description,
        **_place(event.place),
    }


def _check(check: Check) -> Row:
    return {
        "check_id": check.check_id,
        "document_id": check.document_id,
        "kind": check.kind,
        "expression": check.expression,
        "printed": printed_value(check.printed),
        "computed": rounded_value(check.computed),
        "difference": rounded_value(check.difference),
        "unit": check.unit,
        "rounding": check.rounding,
        "tolerance": rounded_value(check.tolerance),
        "chance": check.chance,
        "outcome": check.outcome,
        "basis": check.basis,
        "cells": [_cell_ref(cell) for cell in check.cells],
    }


def _finding(finding: Finding) -> Row:
    return {
        "finding_id": finding.finding_id,
        "document_id": finding.document_id,
        "check_ids": list(finding.check_ids),
        "severity": finding.severity,
        "cause": finding.cause,
        "title_ko": finding.title_ko,
        "title_en": finding.title_en,
        "explanation_ko": finding.explanation_ko,
        "explanation_en": finding.explanation_en,
        "printed": printed_value(finding.printed),
        "expected": rounded_value(finding.expected),
        "difference": rounded_value(finding.difference),
        "suggestion": rounded_value(finding.suggestion),
        "proven": finding.is_proven,
        "rank": finding.rank,
        "cells": [_cell_ref(cell) for cell in finding.cells],
        "repairs": [_repair(one) for one in finding.repairs],
    }


def _repair(one: RepairCell) -> Row:
    return {
        "option": one.option,
        "fact_id": one.fact_id,
        "table_id": one.table_id,
        "row": one.row,
        "col": one.col,
        "printed": printed_value(one.printed),
        "value": rounded_value(one.value),
        "slip": one.slip,
    }


def _cell_ref(cell: CellRef) -> Row:
    return {
        "role": cell.role,
        "fact_id": cell.fact_id,
        "table_id": cell.table_id,
        "row": cell.row,
        "col": cell.col,
        **_place(cell.place),
        "factor": cell.factor,
    }


def _place(place: Place) -> Row:
    return {
        "line_no": place.line_no,
        "char_start": place.char_start,
        "char_end": place.char_end,
        "page": place.page,
        "x0": _points(place.x0),
        "y0": _points(place.y0),
        "x1": _points(place.x1),
        "y1": _points(place.y1),
    }


def _points(coordinate: float | None) -> float | None:
    """A thousandth of a point is finer than any printer; shorter numbers pack better."""
    return None if coordinate is None else round(coordinate, 3)


def _period(period: Period | None) -> Row:
    return {
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "period_label": period.label if period else None,
    }
