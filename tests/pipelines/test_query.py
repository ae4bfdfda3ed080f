"""SQL reads the published dataset and nothing else, and problems are one line with a code."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from normalize.records import Report
from pipelines.cli import app
from pipelines.corrections import Corrected
from pipelines.examine import to_tables
from pipelines.masked import show_all
from pipelines.query import ask, write_csv, write_json
from pipelines.reasons import RunError
from pipelines.rows import report_rows
from pipelines.tables import DATASET
from tests.pipelines.conftest import hashes_of, publish_tables
from validate.records import Audit


@pytest.fixture
def output(report: Report, audit_result: Audit, tmp_path: Path) -> Path:
    publish_tables(
        tmp_path, to_tables(report_rows(show_all(Corrected(report=report), audit_result)))
    )
    return tmp_path


def invoke(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("table", [*(one.name for one in DATASET), "panel"])
def test_every_table_and_the_panel_are_views(output: Path, table: str) -> None:
    (count,) = ask(output, f"SELECT count(*) AS n FROM {table}")["n"].to_pylist()
    if table != "panel":
        assert count == pq.read_table(output / "dataset" / table).num_rows
    else:
        assert count == 3


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("SELECT sum(value) FROM facts", id="select"),
        pytest.param("WITH a AS (FROM facts) SELECT label FROM a", id="with"),
        pytest.param("FROM facts", id="from first"),
        pytest.param("DESCRIBE facts", id="describe"),
        pytest.param("SUMMARIZE facts", id="summarize"),
        pytest.param("EXPLAIN SELECT 1", id="explain"),
        pytest.param("PIVOT facts ON basis USING count(*) GROUP BY measure", id="pivot"),
        pytest.param("VALUES (1)", id="values"),
        pytest.param("SELECT 1;", id="with its end"),
    ],
)
def test_questions_of_all_forms_are_answered(output: Path, sql: str) -> None:
    assert ask(output, sql).num_rows


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("SELECT * FROM read_text('{file}')", id="read a file"),
        pytest.param("SELECT * FROM '{file}'", id="name a file"),
        pytest.param("SELECT * FROM read_csv('{file}')", id="read a table"),
        pytest.param("SELECT * FROM glob('{folder}/*')", id="list a folder"),
        pytest.param("SELECT * FROM read_parquet('http://127.0.0.1:9/x')", id="the network"),
        pytest.param("COPY (SELECT 1) TO '{folder}/made.csv'", id="write a file"),
        pytest.param("COPY facts TO '{folder}/made.parquet'", id="write a table"),
        pytest.param("EXPORT DATABASE '{folder}/made'", id="export"),
        pytest.param("ATTACH '{folder}/made.db'", id="attach"),
        pytest.param("INSTALL httpfs", id="install"),
        pytest.param("LOAD httpfs", id="load"),
        pytest.param("SET enable_external_access = true", id="set"),
        pytest.param("PRAGMA enable_profiling", id="pragma"),
        pytest.param("CREATE TABLE a AS SELECT 1", id="create"),
        pytest.param("INSERT INTO facts SELECT * FROM facts", id="insert"),
        pytest.param("DROP VIEW facts", id="drop"),
        pytest.param("CALL pragma_version()", id="call"),
        pytest.param("SELECT 1; SELECT 2", id="two"),
        pytest.param("", id="none"),
        pytest.param("SELEC 1", id="misspelt"),
        pytest.param("SELECT nope FROM facts", id="unknown column"),
        pytest.param("SELECT * FROM output", id="a variable of ours"),
        pytest.param("SELECT error('=\nx')", id="an error of its own"),
    ],
)
def test_nothing_else_is_read_or_written(output: Path, sql: str) -> None:
    secret = output / "secret.csv"
    secret.write_text("secret\n", "utf-8")
    before = hashes_of(output), sorted(output.iterdir())
    code, shown, told = invoke(
        "query", sql.format(file=secret, folder=output), "-o", output, "--format", "csv"
    )
    assert (code, shown, told.count("\n")) == (2, "", 1)
    assert told.startswith("SQL query: ")
    assert (hashes_of(output), sorted(output.iterdir())) == before


def test_exact_numbers_keep_their_digits(output: Path) -> None:
    sql = """SELECT 12345678901234567.5::DECIMAL(38, 6) AS a, 100::DECIMAL(38, 6) AS b,
    '=1' AS c, NULL AS d, '' AS e, ['가', NULL] AS f, -5 AS g, 0.0000001::DECIMAL(18, 9) AS h"""
    answer = ask(output, sql)
    expected = ["12345678901234567.5", "100", "'=1", "", "", '["가", null]', "-5", "0.0000001"]
    heads, row = csv.reader(io.StringIO(write_csv(answer)))
    assert (heads, row) == (list("abcdefgh"), expected)
    assert write_csv(answer).split("\n")[1].split(",")[3:5] == ["", '""']
    (said,) = json.loads(write_json(answer), parse_float=Decimal)
    assert (said["a"], said["b"], said["f"]) == (Decimal("12345678901234567.5"), 100, ["가", None])


@pytest.mark.parametrize("shape", ["csv", "json", "parquet"])
def test_an_answer_goes_to_a_file_as_a_whole(output: Path, shape: str) -> None:
    path = output / "to" / f"answer.{shape}"
    asked = ("query", "SELECT label, value FROM facts ORDER BY fact_id", "-o", output)
    code, shown, _ = invoke(*asked, "--format", shape, "--to", path)
    assert (code, shown) == (0, f"{path}\n")
    if shape == "parquet":
        rows = pq.read_table(path).to_pylist()
    elif shape == "json":
        rows = json.loads(path.read_text("utf-8"))
    else:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert (len(rows), rows[1]["label"], int(rows[1]["value"])) == (5, "운영비", 250000)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_terminal_shows_a_table_and_how_much_there_is(output: Path) -> None:
    code, shown, _ = invoke("query", "SELECT i::INT AS i FROM range(300) t(i)", "-o", output)
    assert code == 0
    assert "199" in shown
    assert "200 " not in shown.replace("first 200 ", "")
    assert "300 rows, the first 200 shown" in shown


@pytest.mark.parametrize(
    ("options", "word"),
    [
        pytest.param(("--format", "parquet"), "--to", id="parquet to the terminal"),
        pytest.param(("--to", "x"), "--format", id="a table to a file"),
    ],
)
def test_formats_that_do_not_fit_are_bad_arguments(
    output: Path, options: tuple[str, ...], word: str
) -> None:
    code, _, told = invoke("query", "SELECT 1", "-o", output, *options)
    assert (code, word in told) == (2, True)


def test_without_a_dataset_there_is_one_line(tmp_path: Path) -> None:
    code, _, told = invoke("query", "SELECT 1", "-o", tmp_path)
    assert (code, told.startswith("NO_DATASET "), told.count("\n")) == (2, True, 1)
    with pytest.raises(RunError, match="NO_DATASET"):
        ask(tmp_path, "SELECT 1")
