"""The commands that look after an output folder: status, runs, diff, verify and rollback."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from pipelines.desk import renew
from pipelines.reasons import ExitCode, describe_problem
from pipelines.terminal import COPIES, OUTPUT, Copies, Output, problems_to_stderr, working

upkeep = typer.Typer()

Json = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]


@upkeep.command()
def status(output: Output = OUTPUT, copies: Copies = COPIES, is_json: Json = False) -> None:
    """Show who works in the output folder, what is published, and how the last run ended."""
    from pipelines.home import Home
    from pipelines.remote import who_works
    from pipelines.standing import look
    from pipelines.upkeep_screens import standing_screen

    with working(output, copies) as folder:
        found = look(Home(folder))
        holder = who_works(output)
    if is_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        Console().print(standing_screen(found))
        if holder:
            typer.echo(f"{holder} works there")


@upkeep.command()
def runs(output: Output = OUTPUT, copies: Copies = COPIES, is_json: Json = False) -> None:
    """List the runs with their times, counts and the versions that they published."""
    from pipelines.home import Home
    from pipelines.ledger import list_runs
    from pipelines.upkeep_screens import runs_screen

    with working(output, copies) as folder:
        found = list_runs(Home(folder))
    if is_json:
        for one in found:
            typer.echo(json.dumps(asdict(one), ensure_ascii=False))
    else:
        Console().print(runs_screen(found))


@upkeep.command()
def diff(
    first: Annotated[str, typer.Argument(metavar="RUN1", help="The earlier run: start of its id.")],
    second: Annotated[str, typer.Argument(metavar="RUN2", help="The later run.")],
    output: Output = OUTPUT,
    copies: Copies = COPIES,
    is_json: Json = False,
) -> None:
    """Show the reports, figures and findings that appeared, changed or went between two runs."""
    from pipelines.compare import compare
    from pipelines.home import Home
    from pipelines.upkeep_screens import differences_screen
    from pipelines.versions import version_of_run

    with working(output, copies, has_all=True) as folder:
        home = Home(folder)
        found = tuple(compare(version_of_run(home, first), version_of_run(home, second)))
    if is_json:
        for one in found:
            typer.echo(json.dumps(asdict(one), ensure_ascii=False))
    else:
        Console().print(differences_screen(found))


@upkeep.command(epilog="Exit codes: 0 all is as it was published; 1 something is not.")
def verify(output: Output = OUTPUT) -> None:
    """Compare every file of every kept version with its hash; name what is not as published."""
    from pipelines.home import Home
    from pipelines.remote import mirror
    from pipelines.verify import verify as verified

    with problems_to_stderr(), mirror(output) as folder:
        found = verified(Home(folder))
    for fault in found.faults:
        typer.echo(describe_problem(fault.reason, fault.path, fault.message), err=True)
    typer.echo(
        f"{found.versions} versions, {found.files} files: "
        f"{'all as published' if not found.faults else f'{len(found.faults)} faults'}"
    )
    raise typer.Exit(ExitCode.MISMATCHES if found.faults else ExitCode.CLEAN)


@upkeep.command()
def rollback(
    output: Output = OUTPUT,
    copies: Copies = COPIES,
    version: Annotated[
        str, typer.Option("--to", help="Start of a version's name; without it the one before.")
    ] = "",
) -> None:
    """Publish an older version again; the newer ones are kept."""
    from pipelines.home import Home
    from pipelines.lock import held
    from pipelines.versions import roll_back

    with working(output, copies, command="rollback", has_all=True) as folder:
        with held(home := Home(folder), "rollback") as scratch:
            typer.echo(f"published again: {roll_back(home, scratch, version).name}")
        renew(folder)
