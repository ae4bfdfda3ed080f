"""The published dataset to the formats that people open: CSV, an Excel workbook, DuckDB."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from pipelines.published import find_parts, read_table, require_dataset
from pipelines.reasons import UNWRITABLE, RunError, describe_problem
from pipelines.tables import DATASET

if TYPE_CHECKING:
    import pandas as pd

Format = Literal["csv", "xlsx", "duckdb"]

_SHEET_ROWS: Final = 1_048_575
_CELL_SIGNS: Final = 32_767
_EXCEL_DIGITS: Final = 15


def export(output: Path, folder: Path, kind: Format) -> tuple[Path, ...]:
    """Write the dataset under `output` to `folder` in another format; return the new files.

    Raises:
        RunError: there is no dataset, or the folder cannot be written.
    """
    dataset = require_dataset(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _WRITERS[kind](dataset, folder)
    except OSError as error:
        words = error.strerror or "cannot be written"
        raise RunError(describe_problem(UNWRITABLE, str(folder), words)) from error


def _write_csv(dataset: Path, folder: Path) -> tuple[Path, ...]:
    written = []
    for table in DATASET:
        path = folder / f"{table.name}.csv"
        # The mark at the start of the file is what makes Excel read Hangul as UTF-8.
        _frame(dataset, table.name).to_csv(path, index=False, encoding="utf-8-sig")
        written.append(path)
    return tuple(written)


def _write_workbook(dataset: Path, folder: Path) -> tuple[Path, ...]:
    import pandas as pd

    path = folder / "geomsan.xlsx"
    path.open("wb").close()  # xlsxwriter reports an unwritable file only in its own way
    # Text that starts with "=" came out of a report: Excel must never run it.
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
        for table in DATASET:
            frame = _frame(dataset, table.name).map(_excel_value)
            for number, start in enumerate(range(0, max(1, len(frame)), _SHEET_ROWS), 1):
                name = table.name if number == 1 else f"{table.name}_{number}"
                part = frame.iloc[start : start + _SHEET_ROWS]
                part.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
                book.sheets[name].autofilter(0, 0, len(part), len(frame.columns) - 1)
    return (path,)


def _write_duckdb(dataset: Path, folder: Path) -> tuple[Path, ...]:
    import duckdb

    path, fresh = folder / "geomsan.duckdb", folder / ".geomsan.duckdb"
    fresh.unlink(missing_ok=True)
    fresh.touch()
    fresh.unlink()
    with duckdb.connect(str(fresh)) as connection:
        for table in DATASET:
            files = [str(path) for path in find_parts(dataset, table.name)]
            made = f"CREATE TABLE {table.name} AS FROM read_parquet(?)"
            connection.execute(made, [files])
            for column in table.columns:
                words = f"{column.en} / {column.ko}".replace("'", "''")
                connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS '{words}'")
    fresh.replace(path)
    return (path,)


_WRITERS: Final[dict[Format, Callable[[Path, Path], tuple[Path, ...]]]] = {
    "csv": _write_csv,
    "xlsx": _write_workbook,
    "duckdb": _write_duckdb,
}


def _frame(dataset: Path, name: str) -> "pd.DataFrame":
    """Return a table with lists as JSON text: neither CSV nor Excel has lists."""
    import pandas as pd

    table = read_table(dataset, name)
    columns = {
        column: [_flat(value) for value in table[column].to_pylist()]
        for column in table.column_names
    }
    return pd.DataFrame(columns, dtype=object)


def _flat(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, Decimal):
        return _short(value)
    return value


def _short(value: Decimal) -> Decimal:
    """Drop the zeros that the column type adds after the point."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _excel_value(value: object) -> object:
    if isinstance(value, str):
        return value[:_CELL_SIGNS]
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > _EXCEL_DIGITS:
        return f"{value:f}"  # a number of Excel has 15 digits; text keeps them all
    if isinstance(value, date):
        return value.isoformat()
    return value
