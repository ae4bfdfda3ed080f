"""The commands for those who look and decide: report."""

import os
from typing import Annotated, Literal

import typer

from pipelines.terminal import COPIES, OUTPUT, Copies, Output, working

desk = typer.Typer()

ReportLanguage = Annotated[
    Literal["ko", "en"], typer.Option("--lang", help="Language of the report.")
]
PicturesOption = Annotated[
    Literal["auto", "findings", "all", "none"],
    typer.Option(
        help="Of which pages of PDFs the report has pictures. auto: all pages with tables where "
        "the reports have up to 400 pages together, and else those with findings.",
    ),
]


@desk.command()
def report(
    output: Output = OUTPUT,
    copies: Copies = COPIES,
    language: ReportLanguage = "ko",
    pictures: PicturesOption = "auto",
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes that draw pages; 0: none but this.")
    ] = None,
) -> None:
    """Write the report over the published dataset again: other language, other pictures."""
    from pipelines.home import Home
    from pipelines.lock import held
    from pipelines.report.writing import ReportOptions, write_report
    from pipelines.screens import describe_report

    options = ReportOptions(
        language=language,
        pictures=pictures,
        workers=(os.cpu_count() or 1) if workers is None else workers,
    )
    with (
        working(output, copies) as folder,
        held(home := Home(folder), "report") as scratch,
    ):
        typer.echo(describe_report(write_report(home, scratch, options)))
