"""The data dictionary: every table, column, reason code and exit code, for people and programs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table as Screen
from rich.text import Text

from extract.remarks import WARNINGS
from pipelines.columns import Table
from pipelines.reasons import EXIT_CODES, REASONS
from pipelines.tables import CONTRACT_VERSION, DATASET
from pipelines.tables_panel import PANEL


def dictionary_json() -> str:
    """Return the dictionary as JSON."""
    return json.dumps(
        {
            "contract_version": CONTRACT_VERSION,
            "tables": [_table(table) for table in DATASET],
            "warnings": [{"code": code, "meaning": meaning} for code, meaning in WARNINGS],
            "reasons": [{"code": code, "meaning": meaning} for code, meaning in REASONS],
            "exit_codes": [{"code": int(code), "meaning": words} for code, words in EXIT_CODES],
        },
        ensure_ascii=False,
        indent=1,
    )


def dictionary_markdown() -> str:
    """Return the dictionary as a page of Markdown, as it stands in docs/dictionary.md."""
    lines = [
        "# Data dictionary",
        "",
        f"Made by `geomsan schema --markdown`; contract version {CONTRACT_VERSION}. A column in "
        "bold has a value in every row. The panel is no table of the dataset: `geomsan panel` and "
        "`geomsan query` make it.",
    ]
    for table in (*DATASET, PANEL):
        lines += ["", f"## {table.name}", "", f"{table.en} / {table.ko}.", ""]
        if table.key:
            lines += [f"Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
        lines += ["| column | type | unit | meaning | 뜻 |", "|---|---|---|---|---|"]
        for row in dictionary_rows():
            if row.table == table.name:
                mark = "**" if row.is_required else ""
                cells = (f"{mark}`{row.column}`{mark}", row.type, row.unit, row.en, row.ko)
                lines.append(f"| {' | '.join(one.replace('|', chr(92) + '|') for one in cells)} |")
    codes = [(str(int(number)), words) for number, words in EXIT_CODES]
    for title, pairs in (
        ("Warning codes of the table documents", WARNINGS),
        ("Reason codes of the table quarantine", REASONS),
        ("Exit codes", codes),
    ):
        lines += ["", f"## {title}", "", "| code | meaning |", "|---|---|"]
        lines += [f"| `{code}` | {meaning} |" for code, meaning in pairs]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryRow:
    """A column of the dataset or of the panel."""

    table: str
    column: str
    type: str
    unit: str
    """What one step of the number is; empty for text."""
    en: str
    ko: str
    is_required: bool
    """True where every row has a value."""


def dictionary_rows() -> tuple[DictionaryRow, ...]:
    """Return every column of the dataset, and of the panel, for whoever shows the dictionary."""
    return tuple(
        DictionaryRow(
            table=table.name,
            column=column.name,
            type=_type_name(str(column.type)),
            unit=column.unit,
            en=column.en,
            ko=column.ko,
            is_required=column.is_required,
        )
        for table in (*DATASET, PANEL)
        for column in table.columns
    )


def dictionary_screens() -> Iterator[RenderableType]:
    """Yield the dictionary as tables for the terminal."""
    for table in DATASET:
        yield Text(f"{table.name}: {table.en} / {table.ko}", style="bold")
        screen = Screen()
        for heading in ("column", "type", "unit", "meaning", "뜻"):
            screen.add_column(heading, overflow="fold")
        for column in table.columns:
            kind = _type_name(str(column.type))
            screen.add_row(column.name, kind, column.unit, column.en, column.ko)
        yield screen
    yield Text("Warning codes of the table documents", style="bold")
    for code, meaning in WARNINGS:
        yield Text(f"  {code:<26} {meaning}")
    yield Text("Reason codes of the table quarantine", style="bold")
    for code, meaning in REASONS:
        yield Text(f"  {code:<17} {meaning}")
    yield Text("Exit codes", style="bold")
    for number, meaning in EXIT_CODES:
        yield Text(f"  {int(number):<17} {meaning}")


def _table(table: Table) -> dict[str, object]:
    return {
        "name": table.name,
        "en": table.en,
        "ko": table.ko,
        "key": list(table.key),
        "columns": [
            {
                "name": column.name,
                "type": str(column.type),
                "unit": column.unit,
                "required": column.is_required,
                "en": column.en,
                "ko": column.ko,
            }
            for column in table.columns
        ],
    }


def _type_name(kind: str) -> str:
    """Shorten a list of structs, whose parts would fill the screen."""
    return "list<struct>" if kind.startswith("list<element: struct") else kind
