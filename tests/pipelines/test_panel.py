"""The panel has one row a district, year, programme, kind of amount and source of funds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from normalize.records import Fact, Period, Profile, Report
from pipelines.cli import app
from pipelines.corrections import Corrected
from pipelines.examine import to_tables
from pipelines.masked import show_all
from pipelines.panel import build_panel
from pipelines.rows import report_rows
from pipelines.tables_panel import PANEL
from tests.pipelines.conftest import document_of, publish_tables, report_of
from validate.records import Audit

YEAR = Period(start=date(2023, 1, 1), end=date(2023, 12, 31), label="2023년")


def fact(number: int, label: str, won: int | str, **changes: Any) -> Fact:
    """Return an amount in 천원 unless its multiplier is given."""
    one = report_of(document_of("x")).facts[0]
    given = {
        "fact_id": f"f{number}", "table_id": "t1", "row": number, "label": label,
        "indicator": "예산액", "period": YEAR, "value": Decimal(won), "raw": str(won),
        "multiplier": Decimal(1000), **changes,
    }  # fmt: skip
    return replace(one, **given)


def reported(*facts: Fact, text: str = "x", **profile: Any) -> Report:
    report = report_of(document_of(text))
    key = report.document.document_id
    own = tuple(
        replace(one, document_id=key, fact_id=f"{key[:8]}-{one.fact_id}",
                table_id=one.table_id and f"{key[:8]}-{one.table_id}")
        for one in facts
    )  # fmt: skip
    said = {"region_code": "1111000000", "region_name": "서울특별시 종로구", "fiscal_year": 2023}
    return replace(report, facts=own, tables=(), profile=Profile(**{**said, **profile}))


def panel_of(tmp_path: Path, *reports: Report) -> list[dict[str, Any]]:
    empty = Audit(checks=(), findings=())
    publish_tables(
        tmp_path,
        *(to_tables(report_rows(show_all(Corrected(report=report), empty))) for report in reports),
    )
    rows: list[dict[str, Any]] = build_panel(tmp_path).to_pylist()
    return rows


def test_an_amount_is_a_row_with_its_source_of_funds(tmp_path: Path) -> None:
    rows = panel_of(
        tmp_path,
        reported(
            fact(1, "1) 마을기업 육성", 300_000, funding_source="total"),
            fact(1, "1) 마을기업 육성", 200_000, fact_id="n", funding_source="national"),
            fact(1, "1) 마을기업 육성", 100_000, fact_id="c", funding_source="city",
                 funding_level="regional"),
            fact(1, "1) 마을기업 육성", 90_000, fact_id="e", measure="execution", basis="result"),
        ),
    )  # fmt: skip
    shown = {(row["measure"], row["funding"], row["basis"]): row["value_won"] for row in rows}
    assert shown == {
        ("budget", "total", "plan"): 300_000,
        ("budget", "national", "plan"): 200_000,
        ("budget", "regional", "plan"): 100_000,
        ("execution", "total", "result"): 90_000,
    }
    assert {row["programme_key"] for row in rows} == {"마을기업육성"}
    assert {row["programme"] for row in rows} == {"1) 마을기업 육성"}
    assert {row["region_name"] for row in rows} == {"서울특별시 종로구"}


def test_what_two_places_print_is_one_row_from_the_finer_print(tmp_path: Path) -> None:
    coarse = fact(7, "마을기업 육성", 1_430_000_000, table_id="t2", multiplier=Decimal(1_000_000))
    (row,) = panel_of(tmp_path, reported(coarse, fact(1, "마을기업 육성 사업", 1_429_620_000)))
    assert (row["value_won"], row["source_count"], row["conflict"]) == (1_429_620_000, 2, "")
    assert [one.split("-")[1] for one in row["fact_ids"]] == ["f1", "f7"]
    assert row["alternatives"] == []


def test_of_reports_that_differ_the_latest_stands_and_the_others_are_told(tmp_path: Path) -> None:
    early = reported(fact(1, "마을기업 육성", 100_000), as_of_date=date(2023, 3, 31))
    late = reported(fact(1, "마을기업 육성", 120_000), text="y", as_of_date=date(2023, 12, 31))
    (row,) = panel_of(tmp_path, early, late)
    assert (row["value_won"], row["alternatives"]) == (120_000, [Decimal(100_000)])
    assert (row["conflict"], row["source_count"]) == ("between_reports", 1)
    assert len(row["alternative_fact_ids"]) == 1


def test_one_report_that_differs_from_itself_is_told_too(tmp_path: Path) -> None:
    (row,) = panel_of(
        tmp_path,
        reported(
            fact(1, "마을기업 육성", 100_000),
            fact(2, "마을기업 육성", 120_000, table_id="t2", is_ambiguous=True),
        ),
    )
    assert (row["value_won"], row["conflict"], row["doubtful"]) == (100_000, "within_report", False)


def test_amounts_of_one_row_under_several_headings_are_components(tmp_path: Path) -> None:
    rows = panel_of(
        tmp_path,
        reported(
            fact(1, "도서관 확충", 100_000, indicator="시설비"),
            fact(1, "도서관 확충", 40_000, fact_id="g", indicator="도서구입비"),
        ),
    )
    assert {row["component"]: row["value_won"] for row in rows} == {
        "시설비": 100_000,
        "도서구입비": 40_000,
    }
    assert {row["conflict"] for row in rows} == {""}


def test_rows_of_one_name_under_several_headings_are_several_programmes(tmp_path: Path) -> None:
    rows = panel_of(
        tmp_path,
        reported(fact(1, "본관 > 운영비", 100_000), fact(2, "분관 > 운영비", 40_000)),
    )
    assert len({row["programme_key"] for row in rows}) == 2
    assert {row["conflict"] for row in rows} == {""}


def test_totals_are_told_from_programmes(tmp_path: Path) -> None:
    rows = panel_of(
        tmp_path,
        reported(
            fact(1, "합계", 300_000),
            fact(2, "운영비 소계", 200_000),
            fact(3, "운영비 > 홍보물 제작", 100_000),
        ),
    )
    assert {row["row_level"]: row["programme_key"] is None for row in rows} == {
        "total": True,
        "subtotal": False,
        "programme": False,
    }


@pytest.mark.parametrize(
    ("start", "end", "label", "year"),
    [
        pytest.param(date(2022, 1, 1), date(2022, 12, 31), "2022년", 2022, id="a year"),
        pytest.param(date(2023, 1, 1), date(2023, 9, 30), "2023.9월말", 2023, id="so far"),
        pytest.param(date(2023, 1, 1), date(2023, 3, 31), "1/4분기", None, id="a quarter"),
        pytest.param(date(2023, 4, 1), date(2023, 6, 30), "2/4", None, id="another quarter"),
        pytest.param(date(2022, 7, 1), date(2026, 6, 30), "민선8기", None, id="a term"),
        pytest.param(None, None, "", 2023, id="no period: the year of the report"),
    ],
)
def test_amounts_of_a_year_are_in_the_panel(
    tmp_path: Path, start: date | None, end: date | None, label: str, year: int | None
) -> None:
    period = Period(start=start, end=end, label=label) if label else None
    rows = panel_of(tmp_path, reported(fact(1, "마을기업 육성", 1000, period=period)))
    assert [row["year"] for row in rows] == ([] if year is None else [year])


def test_changes_and_what_is_no_money_stay_out(tmp_path: Path) -> None:
    rows = panel_of(
        tmp_path,
        reported(
            fact(1, "마을기업 육성", 10, indicator="증감액"),
            fact(2, "마을기업 육성", 10, measure="count", value_unit="개소"),
            fact(3, "마을기업 육성", 0, value=None, state="nil"),
        ),
    )
    assert rows == []


def test_the_order_of_facts_and_reports_does_not_matter(tmp_path: Path) -> None:
    facts = [
        fact(1, "마을기업 육성", 100_000),
        fact(2, "마을기업 육성 사업", 120_000, table_id="t2"),
        fact(3, "마을기업 육성", 120_000, table_id="t3", multiplier=Decimal(1)),
        fact(4, "합계", 220_000),
    ]
    first = panel_of(tmp_path / "a", reported(*facts), reported(facts[0], text="y"))
    Random(5).shuffle(facts)
    early = reported(*(one for one in facts if one.fact_id == "f1"), text="y")
    second = panel_of(tmp_path / "b", early, reported(*facts))
    assert len(first) == 2
    assert first == second


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_the_command_writes_the_panel(tmp_path: Path, ending: str) -> None:
    panel_of(tmp_path, reported(fact(1, "마을기업 육성", 100_000)))
    path = tmp_path / "to" / f"panel.{ending}"
    done = CliRunner().invoke(app, ["panel", "--to", str(path), "-o", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (0, f"{path}: 1 rows\n")
    names = [column.name for column in PANEL.columns]
    if ending == "parquet":
        assert pq.read_table(path).schema.names == names
    else:
        assert path.read_text("utf-8-sig").split("\n")[0].replace('"', "").split(",") == names


def test_another_ending_is_a_bad_argument(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["panel", "--to", "x.xlsx", "-o", str(tmp_path)])
    assert done.exit_code == 2
