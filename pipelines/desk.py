"""The commands for those who look and decide: report and review."""

import os
from pathlib import Path
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


def renew(folder: Path) -> None:
    """Write the report again after a command changed the dataset, if there is one.

    Raises:
        RunError: it cannot be written.
    """
    from pipelines.home import Home
    from pipelines.lock import held
    from pipelines.published import find_output
    from pipelines.report.writing import renew_report

    home = Home(find_output(folder))
    with held(home, "report") as scratch:
        renew_report(home, scratch, workers=os.cpu_count() or 1)


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


@desk.command()
def review(
    output: Output = OUTPUT,
    language: ReportLanguage = "ko",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 0,
    name: Annotated[
        str, typer.Option(help="Who decides, as the log has it. Default: the user's name.")
    ] = "",
) -> None:
    """Go through the findings in a browser: accept, reject, correct a cell, note; Ctrl-C ends it.

    Only this machine can reach it. What is decided is kept in review/decisions.sqlite of the output
    folder; corrections reach the dataset with the next run.
    """
    from pipelines.home import Home
    from pipelines.review.serving import serve_review
    from pipelines.terminal import problems_to_stderr

    with problems_to_stderr():
        serve_review(Home(Path(output).absolute()), language, port=port, name=name, show=typer.echo)
