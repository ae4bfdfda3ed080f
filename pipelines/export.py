"""The published dataset to the formats that people open: CSV, Excel workbooks, DuckDB."""

from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import pyarrow as pa

from pipelines.files import one_line_for_the_user, replacing
from pipelines.home import Home
from pipelines.published import find_parts, read_table, require_dataset
from pipelines.query import rows_of, save, write_json_value
from pipelines.review.decided import decided
from pipelines.tables import DATASET
from pipelines.workbook.books import DEFAULT, Wish, open_book, write_books
from pipelines.workbook.sheets import LAST_ROW, Head, Sheet

Format = Literal["csv", "xlsx", "duckdb"]

_WIDTH: Final = 16


def export(output: Path, folder: Path, kind: Format, wish: Wish = DEFAULT) -> tuple[Path, ...]:
    """Write the dataset under `output` to `folder` in another format; return the new files.

    Args:
        output: the output folder whose published dataset is written.
        folder: where the new files go; one that was there is replaced when its successor is whole.
        kind: the format.
        wish: which workbooks; only for `xlsx`.

    Raises:
        RunError: there is no dataset, or the folder cannot be written.
    """
    dataset = require_dataset(output)
    with one_line_for_the_user(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if kind == "csv":
        return _write_csv(dataset, folder)
    if kind == "duckdb":
        return _write_duckdb(dataset, folder)
    wish = replace(wish, decided=decided(Home(output), read_table(dataset, "findings").to_pylist()))
    dump = () if wish.documents else _write_dump(dataset, folder)
    return (*dump, *write_books(dataset, folder, wish))


def _write_csv(dataset: Path, folder: Path) -> tuple[Path, ...]:
    written = []
    for table in DATASET:
        path = folder / f"{table.name}.csv"
        save(read_table(dataset, table.name), "csv", path)
        written.append(path)
    return tuple(written)


def _write_dump(dataset: Path, folder: Path) -> tuple[Path, ...]:
    """Write every table as it is: a sheet a table, with the names of the columns."""
    path = folder / "geomsan.xlsx"
    with open_book(path, "en") as book:
        for table in DATASET:
            heads = tuple(Head(ko=one.name, en=one.name, width=_WIDTH) for one in table.columns)
            rows = read_table(dataset, table.name)
            for number, start in enumerate(range(0, max(1, len(rows)), LAST_ROW), 1):
                name = table.name if number == 1 else f"{table.name}_{number}"
                _write_rows(book.start(name, heads), rows.slice(start, LAST_ROW))
    return (path,)


def _write_rows(sheet: Sheet, rows: pa.Table) -> None:
    for row in rows_of(rows):
        sheet.next_row()
        for column, value in enumerate(row):
            sheet.put(column, write_json_value(value) if isinstance(value, list) else value)
    sheet.finish()


def _write_duckdb(dataset: Path, folder: Path) -> tuple[Path, ...]:
    import duckdb

    path = folder / "geomsan.duckdb"
    with replacing(path) as fresh:
        fresh.unlink()  # DuckDB makes its own file, and takes no empty one for a database
        with duckdb.connect(str(fresh)) as connection:
            for table in DATASET:
                files = [str(path) for path in find_parts(dataset, table.name)]
                made = f"CREATE TABLE {table.name} AS FROM read_parquet(?)"
                connection.execute(made, [files])
                for column in table.columns:
                    words = f"{column.en} / {column.ko}".replace("'", "''")
                    connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS '{words}'")
    return (path,)
