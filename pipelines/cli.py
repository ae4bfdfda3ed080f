"""The command line: run, check, audit, explain, schema and export."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from pipelines.reasons import EXIT_CODES, ExitCode, RunError, describe_problem

if TYPE_CHECKING:
    from pipelines.build import Options, Processed
    from pipelines.runs import Run

_EPILOG = "Exit codes: " + "; ".join(f"{int(code)} {words}" for code, words in EXIT_CODES) + "."
_PRECEDENCE = "Where several apply: 2 before 1 before 3."

app = typer.Typer(
    help="geomsan (검산) reads Korean administrative reports into a dataset and tells which sums, "
    "rates and splits do not add up.",
    epilog=f"{_EPILOG} {_PRECEDENCE}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Output = Annotated[
    Path, typer.Option("--output", "-o", help="Folder that holds the dataset and run.json.")
]
EngineOption = Annotated[
    Literal["auto", "ours", "pdfplumber", "camelot"],
    typer.Option(
        "--engine",
        help="Who reads tables of PDF pages. auto: ours, and camelot where one does not add up; "
        "ours: nobody else; pdfplumber, camelot: every page as they draw it.",
    ),
]


def main() -> None:
    """Run the command line."""
    app()


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"geomsan {version('geomsan')}")
        raise typer.Exit


@app.callback()
def _start(
    is_version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    pass


@app.command(epilog=f"{_EPILOG} {_PRECEDENCE}")
def run(
    inputs: Annotated[
        list[str], typer.Argument(help="Reports (PDF, text), folders with all below, globs.")
    ],
    output: Output = Path("output"),
    workers: Annotated[
        int | None,
        typer.Option(min=0, help="Processes that read; 0: none but this. Default: by the input."),
    ] = None,
    time_limit: Annotated[
        int, typer.Option(min=1, help="Seconds that one PDF may take before it is quarantined.")
    ] = 300,
    engine: EngineOption = "auto",
    is_quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")
    ] = False,
    has_gate: Annotated[
        bool,
        typer.Option(
            "--gate/--no-gate",
            help="Check the dataset before it replaces the old one (some seconds more); "
            "its Data Docs are written to data_docs.",
        ),
    ] = False,
) -> None:
    """Read and audit reports, and publish the dataset."""
    from pipelines.build import Options
    from pipelines.build import run as build
    from pipelines.limits import Limits
    from pipelines.screens import run_screen

    limits = Limits(seconds=time_limit)
    options = Options(engine=engine, workers=workers, limits=limits, has_gate=has_gate)
    with _problems_to_stderr(), _progress(options, is_quiet) as watched:
        finished = build(inputs, output, watched)
    _list_quarantined(finished)
    if not is_quiet:
        Console().print(run_screen(finished))
    raise typer.Exit(finished.exit_code)


@app.command(epilog=_EPILOG)
def check(
    file: Annotated[str, typer.Argument(help="One report, PDF or text.")],
    language: Annotated[
        Literal["ko", "en"], typer.Option("--lang", help="Language of the findings.")
    ] = "ko",
    engine: EngineOption = "auto",
) -> None:
    """Audit one report and show what does not add up; nothing is written."""
    from pipelines.build import decide_exit, examine
    from pipelines.inputs import Source
    from pipelines.rows import Quarantined
    from pipelines.screens import audit_screen

    path = Path(file)
    source = Source(path=path, file_name=path.name, sha256=None, byte_size=None)
    outcome = examine(source, engine)
    if isinstance(outcome, Quarantined):
        typer.echo(describe_problem(outcome.reason, file, outcome.message), err=True)
        raise typer.Exit(ExitCode.COULD_NOT_RUN)
    Console().print(audit_screen(outcome.audit, outcome.report.facts, language))
    raise typer.Exit(decide_exit(outcome.tables))


@app.command(epilog=_EPILOG)
def audit(
    dataset: Annotated[
        Path, typer.Argument(help="The dataset of a run, or the output folder that holds it.")
    ],
    language: Annotated[
        Literal["ko", "en"], typer.Option("--lang", help="Language of the findings.")
    ] = "ko",
    has_gate: Annotated[
        bool, typer.Option("--gate/--no-gate", help="Check the dataset before it is replaced.")
    ] = False,
) -> None:
    """Compare the reports of each institution over the years; adds to checks and findings."""
    from pipelines.gate import check_dataset
    from pipelines.screens import years_screen
    from pipelines.years import audit_years

    with _problems_to_stderr():
        found = audit_years(dataset, check_dataset if has_gate else None)
    Console().print(years_screen(found, language))
    raise typer.Exit(found.exit_code)


@app.command(epilog=_EPILOG)
def explain(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A finding, check, fact or table of the dataset; with --page a PDF file.",
        ),
    ],
    output: Output = Path("output"),
    page: Annotated[
        int | None, typer.Option(min=1, help="Draw this page of a PDF with its tables.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--to", help="The PNG that is written; goes with --page.")
    ] = None,
) -> None:
    """Show what stands behind a finding, check, fact or table, or draw the tables of a page."""
    if (page is None) != (picture is None):
        raise typer.BadParameter("--page and --to go together")
    with _problems_to_stderr():
        if page is not None and picture is not None:
            from pipelines.overlay import draw_tables
            from pipelines.screens import plain

            for line in draw_tables(Path(subject), page, picture):
                typer.echo(plain(line).plain)
            return
        from pipelines.explain import explain as explained

        screens = list(explained(subject, output))
    console = Console()
    for screen in screens:
        console.print(screen)


@app.command()
def schema(
    is_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Describe every table, column, reason code and exit code."""
    from pipelines.dictionary import dictionary_json, dictionary_screens

    if is_json:
        typer.echo(dictionary_json())
        return
    console = Console()
    for screen in dictionary_screens():
        console.print(screen)


@app.command(epilog=_EPILOG)
def export(
    folder: Annotated[Path, typer.Option("--to", help="Folder for the new files.")],
    kind: Annotated[
        Literal["csv", "xlsx", "duckdb"], typer.Option("--format", help="What to write.")
    ],
    output: Output = Path("output"),
) -> None:
    """Write the dataset as CSV files, an Excel workbook or a DuckDB database."""
    from pipelines.export import export as exported

    with _problems_to_stderr():
        for path in exported(output, folder, kind):
            typer.echo(path)


@contextmanager
def _problems_to_stderr() -> Iterator[None]:
    try:
        yield
    except RunError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(ExitCode.COULD_NOT_RUN) from error


@contextmanager
def _progress(options: "Options", is_quiet: bool) -> Iterator["Options"]:
    """Show a bar on the terminal while files are read."""
    if is_quiet or not sys.stderr.isatty():
        yield options
        return
    from dataclasses import replace

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    console = Console(stderr=True)
    columns = ("reading", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def advance(_: "Processed") -> None:
            bar.advance(task)

        yield replace(
            options, on_start=lambda total: bar.update(task, total=total), on_file=advance
        )


def _list_quarantined(run: "Run") -> None:
    for reason, name, message in run.quarantined:
        typer.echo(describe_problem(reason, name, message), err=True)
