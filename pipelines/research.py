"""The commands for who works with the data: export, query and panel."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from pipelines.terminal import COPIES, OUTPUT, Copies, Output, problems_to_stderr, working

research = typer.Typer()

_ROWS_SHOWN = 200
_LONGEST_PLACE = 500
"""Excel takes links of some 2,000 letters; ids of documents and findings are among them."""
Lang = Annotated[
    Literal["ko", "en"], typer.Option("--lang", help="Language of headings in workbooks.")
]


@research.command()
def export(
    folder: Annotated[Path, typer.Option("--to", help="Folder for the new files.")],
    kind: Annotated[
        Literal["csv", "xlsx", "duckdb"], typer.Option("--format", help="What to write.")
    ],
    output: Output = OUTPUT,
    copies: Copies = COPIES,
    document: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Only a workbook of this report: its document id, or the start of it; xlsx only, "
            "may be given again.",
        ),
    ] = None,
    is_each: Annotated[
        bool, typer.Option("--each", help="Also one workbook a report; xlsx only.")
    ] = False,
    language: Lang = "ko",
    report: Annotated[
        str,
        typer.Option(
            "--report",
            metavar="PLACE",
            help="Where the HTML report lies as seen from the workbooks, a folder or an URL, for "
            "links to it; an empty text leaves the links out.",
        ),
    ] = "report",
) -> None:
    """Write the dataset as CSV files, Excel workbooks whose formulas check it, or DuckDB."""
    from pipelines.export import export as exported
    from pipelines.workbook.books import Wish

    if kind != "xlsx" and (document or is_each):
        raise typer.BadParameter("--document and --each go with --format xlsx")
    if len(report) > _LONGEST_PLACE or not report.isprintable():
        raise typer.BadParameter("a folder or an URL is needed", param_hint="--report")
    wish = Wish(documents=tuple(document or ()), has_each=is_each, language=language, report=report)
    with working(output, copies) as found:
        for path in exported(found, folder, kind, wish):
            typer.echo(path)


@research.command(epilog="Exit codes: 0 answered; 2 the question, or the dataset, cannot be read.")
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT, in the SQL of DuckDB.")],
    output: Output = OUTPUT,
    copies: Copies = COPIES,
    shape: Annotated[
        Literal["table", "csv", "json", "parquet"],
        typer.Option("--format", help="How the answer is written; parquet needs --to."),
    ] = "table",
    path: Annotated[
        Path | None, typer.Option("--to", help="File for the answer instead of the terminal.")
    ] = None,
) -> None:
    """Ask the dataset in SQL: each table is a view, and so is the panel; nothing is changed."""
    from pipelines.query import ask, save, write_csv, write_json
    from pipelines.research_screens import answer_screen

    if path is None and shape == "parquet":
        raise typer.BadParameter("--format parquet needs --to FILE")
    if path is not None and shape == "table":
        raise typer.BadParameter("--to FILE needs --format csv, json or parquet")
    with working(output, copies) as folder:
        answer = ask(folder, sql)
        if path is not None:
            save(answer, shape, path)
            typer.echo(path)
    if path is None and shape == "csv":
        typer.echo(write_csv(answer), nl=False)
    elif path is None and shape == "json":
        typer.echo(write_json(answer))
    elif path is None:
        Console().print(answer_screen(answer, _ROWS_SHOWN))


@research.command()
def panel(
    path: Annotated[Path, typer.Option("--to", help="The new file: NAME.parquet or NAME.csv.")],
    output: Output = OUTPUT,
    copies: Copies = COPIES,
) -> None:
    """Write district x year x programme x source of funds in won, linked over years and places."""
    from pipelines.panel import build_panel
    from pipelines.query import save

    shape = path.suffix.removeprefix(".").lower()
    if shape not in ("parquet", "csv"):
        raise typer.BadParameter("a file that ends in .parquet or .csv is needed")
    with problems_to_stderr(), working(output, copies) as folder:
        rows = build_panel(folder)
        save(rows, "parquet" if shape == "parquet" else "csv", path)
    typer.echo(f"{path}: {rows.num_rows} rows")
