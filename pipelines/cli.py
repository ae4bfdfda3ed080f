"""The command line: run, check, audit, explain and schema; `upkeep` and `research` have others."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from pipelines.desk import PicturesOption, ReportLanguage, desk, renew
from pipelines.reasons import EXIT_CODES, ExitCode, describe_problem
from pipelines.research import research
from pipelines.terminal import COPIES, OUTPUT, Copies, Output, problems_to_stderr, working
from pipelines.upkeep import upkeep

if TYPE_CHECKING:
    from pipelines.build import Options, Run
    from pipelines.code_words import Language
    from pipelines.report.writing import PicturePolicy, ReportOptions
    from pipelines.shards import Shard

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

app.add_typer(desk)
app.add_typer(upkeep)
app.add_typer(research)

ShardOption = Annotated[
    str,
    typer.Option(
        metavar="I/N",
        help="Read only the I-th of N parts of the inputs and publish nothing, for job arrays; "
        "a last run without it publishes what all have read.",
    ),
]
ClusterOption = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="Have the workers of a Dask cluster read: tcp://HOST:PORT of its scheduler, or "
        "local:N for N workers on this machine. They must reach the inputs: URLs, or a folder "
        "that all machines share.",
    ),
]
GateOption = Annotated[
    bool,
    typer.Option(
        "--gate/--no-gate",
        help="Have the Great Expectations suites look at the dataset before it replaces the "
        "old one (some seconds more); their Data Docs are written to data_docs.",
    ),
]
ReportOption = Annotated[
    bool, typer.Option("--report/--no-report", help="Write the report that people read.")
]
EngineOption = Annotated[
    Literal["auto", "ours", "pdfplumber", "camelot"],
    typer.Option(
        "--engine",
        help="Who reads tables of PDF pages. auto: ours, and camelot where one does not add up; "
        "ours: nobody else; pdfplumber, camelot: every page as they draw it.",
    ),
]
RetryOption = Annotated[
    bool, typer.Option("--retry", help="Read again what gave no rows last time.")
]
PersonalOption = Annotated[
    bool,
    typer.Option(
        "--keep-personal",
        help="Leave names, phones, e-mails and numbers of persons as they are printed, for those "
        "who may see them; logs mask them all the same.",
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
        list[str],
        typer.Argument(help="Reports (PDF, HWPX, HWP, text), folders, globs; paths or URLs."),
    ],
    output: Output = OUTPUT,
    copies: Copies = COPIES,
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
    has_gate: GateOption = True,
    is_retry: RetryOption = False,
    shard: ShardOption = "",
    cluster: ClusterOption = "",
    language: ReportLanguage = "ko",
    pictures: PicturesOption = "auto",
    has_report: ReportOption = True,
    keep_personal: PersonalOption = False,
) -> None:
    """Read and audit reports, and publish the dataset; what is unchanged is not read again."""
    from pipelines.build import Options
    from pipelines.build import run as build
    from pipelines.home import MAIN
    from pipelines.limits import Limits
    from pipelines.screens import run_screen

    options = Options(
        engine=engine,
        keep_personal=keep_personal,
        workers=workers,
        limits=Limits(seconds=time_limit),
        has_gate=has_gate,
        retry=is_retry,
        cluster=cluster,
        published_at=output,
        shard=(part := _parse_shard(shard)),
        report=_report_options(output, language, pictures, workers) if has_report else None,
    )
    holder = part.name if part else MAIN
    with (
        working(output, copies, command="run", holder=holder) as folder,
        _progress(options, is_quiet) as watched,
    ):
        finished = build(inputs, folder, watched)
    _list_quarantined(finished)
    if not is_quiet:
        Console().print(run_screen(finished))
    raise typer.Exit(finished.exit_code)


@app.command(epilog=_EPILOG)
def check(
    file: Annotated[str, typer.Argument(help="One report: PDF, HWPX, HWP or text.")],
    language: Annotated[
        Literal["ko", "en"], typer.Option("--lang", help="Language of the findings.")
    ] = "ko",
    engine: EngineOption = "auto",
    keep_personal: PersonalOption = False,
) -> None:
    """Audit one report and show what does not add up; nothing is written."""
    from pipelines.examine import examine
    from pipelines.rows import Quarantined
    from pipelines.screens import audit_screen
    from pipelines.sources import Source

    path = Path(file)
    source = Source(path=path, file_name=path.name, sha256=None, byte_size=None)
    outcome = examine(source, engine, keep_personal=keep_personal)
    if isinstance(outcome, Quarantined):
        typer.echo(describe_problem(outcome.reason, file, outcome.message), err=True)
        raise typer.Exit(ExitCode.COULD_NOT_RUN)
    Console().print(audit_screen(outcome.audit, outcome.report, language))
    is_grave = any(one.severity in ("high", "medium") for one in outcome.audit.findings)
    raise typer.Exit(ExitCode.MISMATCHES if is_grave else ExitCode.CLEAN)


@app.command(epilog=_EPILOG)
def audit(
    dataset: Annotated[
        str,
        typer.Argument(help="The dataset of a run, or the output folder or URL that holds it."),
    ],
    copies: Copies = COPIES,
    language: Annotated[
        Literal["ko", "en"], typer.Option("--lang", help="Language of the findings.")
    ] = "ko",
    has_gate: Annotated[
        bool, typer.Option("--gate/--no-gate", help="Check the dataset before it is replaced.")
    ] = False,
) -> None:
    """Compare the reports of each institution over the years; adds to checks and findings."""
    from pipelines.screens import years_screen
    from pipelines.years import audit_years

    with working(dataset, copies, command="audit") as folder:
        found = audit_years(folder, has_gate=has_gate)
        renew(folder)
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
    output: Output = OUTPUT,
    copies: Copies = COPIES,
    page: Annotated[
        int | None, typer.Option(min=1, help="Draw this page of a PDF with its tables.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--to", help="The PNG that is written; goes with --page.")
    ] = None,
    keep_personal: PersonalOption = False,
) -> None:
    """Show what stands behind a finding, check, fact or table, or draw the tables of a page."""
    if (page is None) != (picture is None):
        raise typer.BadParameter("--page and --to go together")
    with problems_to_stderr():
        if page is not None and picture is not None:
            from pipelines.overlay import draw_tables
            from pipelines.screens import plain

            for line in draw_tables(Path(subject), page, picture, keep_personal):
                typer.echo(plain(line).plain)
            return
        from pipelines.explain import explain as explained

        with working(output, copies) as folder:
            screens = list(explained(subject, folder, keep_personal=keep_personal))
    console = Console()
    for screen in screens:
        console.print(screen)


@app.command()
def schema(
    is_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
    is_markdown: Annotated[
        bool, typer.Option("--markdown", help="As the page docs/dictionary.md, with the panel.")
    ] = False,
) -> None:
    """Describe every table, column, reason code and exit code."""
    from pipelines.dictionary import dictionary_json, dictionary_markdown, dictionary_screens

    if is_json and is_markdown:
        raise typer.BadParameter("--json and --markdown do not go together")
    if is_json or is_markdown:
        typer.echo(dictionary_json() if is_json else dictionary_markdown())
        return
    console = Console()
    for screen in dictionary_screens():
        console.print(screen)


def _report_options(
    output: str, language: "Language", pictures: "PicturePolicy", workers: int | None
) -> "ReportOptions | None":
    """Return how the report is written; None for an output in a store, which takes no pages."""
    from pipelines.report.writing import ReportOptions
    from pipelines.stores import is_url

    if is_url(output):
        return None
    processes = (os.cpu_count() or 1) if workers is None else workers
    return ReportOptions(language=language, pictures=pictures, workers=processes)


def _parse_shard(words: str) -> "Shard | None":
    from pipelines.shards import Shard

    if not words:
        return None
    number, _, of = words.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise typer.BadParameter("a shard is two numbers, like 1/4", param_hint="--shard")
    return Shard(number=int(number), of=int(of))


@contextmanager
def _progress(options: "Options", is_quiet: bool) -> Iterator["Options"]:
    """Show how far the run is: a bar on a terminal, a line now and then elsewhere."""
    from dataclasses import replace

    from pipelines.watch import LineWatch, bar_watch

    if is_quiet:
        yield options
    elif sys.stderr.isatty():
        with bar_watch() as watch:
            yield replace(options, on_progress=watch)
    else:
        yield replace(options, on_progress=LineWatch())


def _list_quarantined(run: "Run") -> None:
    for one in run.quarantined:
        typer.echo(describe_problem(one.reason, one.file_name, one.message), err=True)
