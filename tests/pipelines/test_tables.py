"""The schemas follow the contract, and records and schemas have the same fields."""

from dataclasses import fields

import pyarrow as pa
import pytest

from extract.records import Place
from normalize.records import Event, Fact, LabelledCell, Report
from pipelines.columns import Table
from pipelines.corrections import Corrected
from pipelines.examine import to_tables
from pipelines.masked import show_all
from pipelines.rows import report_rows
from pipelines.tables import DATASET
from validate.records import Audit, CellRef, Check, Finding

CONTRACT = {
    "documents": "document_id file_name media_type byte_size page_count line_count title "
    "document_type institution region_code region_name department fiscal_year period_start "
    "period_end as_of_date text_layer encoding warnings",
    "tables": "table_id document_id ordinal section_path caption unit_printed unit multiplier kind "
    "row_count column_count header_row_count page_first page_last x0 y0 x1 y1 line_first "
    "line_last parts engine confidence ambiguous note",
    "cells": "table_id document_id row col row_span col_span role text row_path col_path",
    "facts": "fact_id document_id table_id row col measure label indicator funding_source "
    "funding_level basis aggregation period_start period_end period_label raw raw_unit value "
    "value_unit value_likely decimals approximate confidence ambiguous note",
    "budgets": "document_id region_code region_name program period_start period_end period_label "
    "measure total national regional local special_grant fund other fact_ids",
    "targets": "document_id region_code region_name program indicator unit period_start period_end "
    "period_label target actual rate_printed rate_computed aggregation fact_ids",
    "schedules": "document_id table_id raw_date start end precision role status description",
    "checks": "check_id document_id kind expression printed computed difference unit rounding "
    "tolerance chance outcome basis cells",
    "findings": "finding_id document_id check_ids severity cause title_ko title_en explanation_ko "
    "explanation_en printed expected difference suggestion proven cells",
    "quarantine": "file_name sha256 byte_size reason message",
}
RENAMED = {
    "is_approximate": "approximate",
    "is_ambiguous": "ambiguous",
    "is_moved": "moved",
    "is_proven": "proven",
}
"""Fields of records whose columns have another name."""
TABLES = {table.name: table for table in DATASET}
PLACE = tuple(field.name for field in fields(Place))
WITH_PLACE = ("cells", "facts", "schedules")


def _columns(record: type) -> set[str]:
    names = {RENAMED.get(field.name, field.name) for field in fields(record)}
    if "place" in names:
        names = names - {"place"} | set(PLACE)
    if "period" in names:
        names = names - {"period"} | {"period_start", "period_end", "period_label"}
    return names


@pytest.mark.parametrize("name", CONTRACT)
def test_every_column_of_the_contract_is_there(name: str) -> None:
    wanted = set(CONTRACT[name].split()) | (set(PLACE) if name in WITH_PLACE else set())
    assert wanted <= set(TABLES[name].schema.names)


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (Fact, "facts"),
        (Check, "checks"),
        (Finding, "findings"),
        (Event, "schedules"),
        (LabelledCell, "cells"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_every_field_of_a_record_is_a_column(record: type, name: str) -> None:
    assert _columns(record) <= set(TABLES[name].schema.names)


def test_a_cell_of_a_check_has_its_place_flat() -> None:
    struct = TABLES["checks"].schema.field("cells").type.value_type
    assert {field.name for field in struct} == _columns(CellRef)


@pytest.mark.parametrize("table", DATASET, ids=lambda table: table.name)
def test_every_column_has_a_meaning_in_both_languages(table: Table) -> None:
    assert all(column.ko and column.en for column in table.columns)
    said = table.schema.field(0).metadata
    assert said[b"ko"].decode() == table.columns[0].ko


@pytest.mark.parametrize("table", DATASET, ids=lambda table: table.name)
def test_reported_numbers_are_exact(table: Table) -> None:
    inexact = {field.name for field in table.schema if pa.types.is_floating(field.type)}
    assert inexact <= {"x0", "y0", "x1", "y1", "confidence", "chance"}


@pytest.mark.parametrize("table", DATASET, ids=lambda table: table.name)
def test_keys_and_references_name_columns(table: Table) -> None:
    names = set(table.schema.names)
    assert set(table.key) <= names
    assert all(
        column in names and column in TABLES[other].key for column, other in table.references
    )


def test_the_rows_of_a_report_have_exactly_the_columns(report: Report, audit_result: Audit) -> None:
    rows = report_rows(show_all(Corrected(report=report), audit_result))
    for name, found in rows.items():
        assert found, name
        assert set(found[0]) == set(TABLES[name].schema.names), name


def test_required_columns_are_filled(report: Report, audit_result: Audit) -> None:
    tables = to_tables(report_rows(show_all(Corrected(report=report), audit_result)))
    for table in DATASET:
        for column in table.columns:
            if column.is_required:
                assert tables[table.name][column.name].null_count == 0, column.name
