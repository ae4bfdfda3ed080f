"""What the terminal shows of an answer to a question in SQL."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.numbers_shown import show_number
from pipelines.query import rows_of
from pipelines.screens import plain


def answer_screen(answer: pa.Table, most: int) -> RenderableType:
    """Return the first rows of an answer as a table, and how many there are."""
    table = Table()
    for field in answer.schema:
        is_number = pa.types.is_decimal(field.type) or pa.types.is_integer(field.type)
        justify = "right" if is_number or pa.types.is_floating(field.type) else "left"
        table.add_column(plain(field.name), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows_of(answer.slice(0, most)):
        table.add_row(*map(_show, row))
    rest = answer.num_rows - most
    words = f"{answer.num_rows} rows"
    if rest > 0:
        words += f", the first {most} shown; --format csv shows all"
    return Group(table, Text(words))


def _show(value: object) -> Text:
    if value is None:
        return Text("-", style="dim")
    if isinstance(value, Decimal):
        return Text(show_number(value))
    if isinstance(value, date):
        return Text(value.isoformat())
    return plain(str(value))
