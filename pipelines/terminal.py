"""What the commands share: the options they all have, and how a problem is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipelines.reasons import ExitCode, RunError

Output = Annotated[
    Path, typer.Option("--output", "-o", help="Folder that holds the dataset and the ledgers.")
]


@contextmanager
def problems_to_stderr() -> Iterator[None]:
    """Tell why a command cannot go on in one line each, and end with code 2."""
    try:
        yield
    except RunError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(ExitCode.COULD_NOT_RUN) from error
