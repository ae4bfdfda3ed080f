"""Numbers keep their digits on the way into the dataset."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.records import Report
from pipelines.corrections import Corrected
from pipelines.examine import to_tables
from pipelines.masked import Shown, show_all
from pipelines.rows import (
    Quarantined,
    clean_text,
    printed_value,
    quarantine_rows,
    report_rows,
    rounded_value,
)
from validate.records import Audit

NOTHING = Audit(checks=(), findings=())


def shown_of(report: Report) -> Shown:
    return show_all(Corrected(report=report), NOTHING)


@given(st.decimals(min_value=-(10**31), max_value=10**31, places=6))
def test_a_printed_value_that_fits_is_never_changed(value: Decimal) -> None:
    assert printed_value(value) == value


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        pytest.param("0.00000050", "0.000000", id="a half goes to the even neighbour below"),
        pytest.param("0.00000150", "0.000002", id="a half goes to the even neighbour above"),
        pytest.param("33.33333333", "33.333333", id="a rate keeps six decimals"),
        pytest.param("-33.33333366", "-33.333334", id="a negative number is rounded alike"),
    ],
)
def test_a_computed_value_is_rounded_half_to_even(value: str, rounded: str) -> None:
    assert rounded_value(Decimal(value)) == Decimal(rounded)


@pytest.mark.parametrize("value", ["1E+32", "-1E+40", "NaN", "Infinity"])
def test_a_value_that_no_column_holds_is_null(value: str) -> None:
    assert rounded_value(Decimal(value)) is None
    assert printed_value(Decimal(value)) is None


def test_a_printed_value_is_never_rounded(report: Report) -> None:
    fact = replace(report.facts[0], value=Decimal("0.1234567"), note="As printed.")
    row = report_rows(shown_of(replace(report, facts=(fact,))))["facts"][0]
    assert row["value"] is None
    assert row["note"] == "As printed. The printed value has more digits than the column holds."


def test_a_fact_without_value_has_no_note_on_digits(report: Report) -> None:
    fact = replace(report.facts[0], value=None, state="nil")
    row = report_rows(shown_of(replace(report, facts=(fact,))))["facts"][0]
    assert (row["value"], row["note"]) == (None, "")


def test_a_table_on_two_pages_has_both(report: Report) -> None:
    row = report_rows(shown_of(report))["tables"][0]
    assert (row["page_first"], row["page_last"], row["line_last"]) == (1, 2, 4)
    parts = to_tables({"tables": [row]})["tables"]["parts"].to_pylist()[0]
    assert [part["row_first"] for part in parts] == [0, 2]
    assert parts[0]["x0"] == 1.0


def test_a_name_that_is_no_unicode_is_readable() -> None:
    assert clean_text("\udcff가") == "\N{REPLACEMENT CHARACTER}가"


def test_quarantine_does_not_depend_on_the_order_of_the_inputs() -> None:
    rows = [
        Quarantined(file_name=name, sha256=None, byte_size=None, reason="EMPTY", message="")
        for name in "ba"
    ]
    assert [row["file_name"] for row in quarantine_rows(rows)] == ["a", "b"]
    assert quarantine_rows(rows) == quarantine_rows(rows[::-1])
