"""Questions in SQL to a published dataset, which they can read and nothing else.

DuckDB gets each table as a stream of rows from us. It opens no file itself: access to files and
networks is off before the first word of a question is read, and its settings are locked.
"""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from pipelines.files import replacing
from pipelines.inert import inert
from pipelines.published import find_parts, require_dataset
from pipelines.reasons import RunError, describe_problem
from pipelines.tables import DATASET

if TYPE_CHECKING:
    import duckdb

Shape = Literal["table", "csv", "json", "parquet"]

SQL: Final = "SQL"
PANEL: Final = "panel"
_SETTINGS: Final = (
    "SET python_enable_replacements = false",
    "SET temp_directory = ''",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_READING: Final = frozenset({"SELECT", "EXPLAIN", "MULTI"})
"""MULTI is PIVOT, which is made of several steps."""


def ask(output: Path, sql: str) -> pa.Table:
    """Return the answer to a question in SQL.

    Every table of the dataset is a view of its name; `panel` is that of `build_panel`.

    Args:
        output: the output folder whose published dataset is asked.
        sql: one statement that reads.

    Raises:
        RunError: there is no dataset, or the question cannot be answered.
    """
    import duckdb

    dataset = require_dataset(output)
    with duckdb.connect(":memory:") as connection:
        for table in DATASET:
            parts = [str(path) for path in find_parts(dataset, table.name)]
            rows = ds.dataset(parts, schema=table.schema) if parts else table.schema.empty_table()
            connection.register(table.name, rows)
        if re.search(rf"\b{PANEL}\b", sql, re.IGNORECASE):
            from pipelines.panel import build_panel

            connection.register(PANEL, build_panel(output))
        for setting in _SETTINGS:
            connection.execute(setting)
        try:
            return _answer(connection, sql)
        except duckdb.Error as error:
            raise _refused(_first_line(str(error))) from error


def _answer(connection: "duckdb.DuckDBPyConnection", sql: str) -> pa.Table:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise _refused(f"one statement is needed, not {len(statements)}")
    if statements[0].type.name not in _READING:
        raise _refused(f"only questions are answered (SELECT), not {statements[0].type.name}")
    return connection.sql(sql).to_arrow_table()


def _refused(words: str) -> RunError:
    return RunError(describe_problem(SQL, "query", words))


def _first_line(words: str) -> str:
    """Return what was wrong, with the suggestions that follow it, without the marked line."""
    return " ".join(words.split("\n\nLINE ")[0].split())


def write_csv(answer: pa.Table) -> str:
    """Return an answer as CSV: text in quotes and inert for spreadsheets, null as nothing."""
    lines = [",".join(map(_csv_field, answer.column_names))]
    lines += [",".join(map(_csv_field, row)) for row in rows_of(answer)]
    return "\n".join(lines) + "\n"


def write_json(answer: pa.Table) -> str:
    """Return an answer as a JSON list of objects; numbers keep all their digits."""
    rows = [
        "{"
        + ", ".join(f"{write_json_value(name)}: {write_json_value(value)}" for name, value in pairs)
        + "}"
        for pairs in (zip(answer.column_names, row, strict=True) for row in rows_of(answer))
    ]
    return "[" + ",\n ".join(rows) + "]"


def save(answer: pa.Table, shape: Shape, path: Path) -> None:
    """Write an answer to a file, as a whole or not at all.

    Raises:
        RunError: the file cannot be written.
    """
    with replacing(path) as fresh:
        if shape == "parquet":
            pq.write_table(answer, fresh, compression="zstd")
        elif shape == "json":
            fresh.write_text(write_json(answer) + "\n", "utf-8")
        else:
            # The mark at the start of the file is what makes Excel read Hangul as UTF-8.
            fresh.write_text(write_csv(answer), "utf-8-sig")


def rows_of(answer: pa.Table) -> Sequence[tuple[object, ...]]:
    """Return the rows of an answer as Python values, exact numbers without padded zeros."""
    columns = [[_plain(value) for value in column.to_pylist()] for column in answer.columns]
    return list(zip(*columns, strict=True))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return whole if value == whole else value.normalize()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def _csv_field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    words = write_json_value(value) if isinstance(value, list | dict) else inert(str(value))
    return '"' + words.replace('"', '""') + '"'


def write_json_value(value: object) -> str:
    """Return a value as JSON; exact numbers keep all their digits."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float) and not isfinite(value):
        return "null"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(write_json_value, value))}]"
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{write_json_value(str(k))}: {write_json_value(v)}" for k, v in value.items()
            )
            + "}"
        )
    return json.dumps(value, ensure_ascii=False, default=str)
