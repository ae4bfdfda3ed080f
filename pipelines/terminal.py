"""What the commands share: the options they all have, and how a problem is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from pipelines.home import MAIN
from pipelines.reasons import ExitCode, RunError

Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        help="Folder that holds the dataset and the ledgers, also an URL: s3://bucket/folder.",
    ),
]
OUTPUT: Final = "output"
Copies = Annotated[
    Path,
    typer.Option(
        "--work",
        envvar="GEOMSAN_WORK",
        help="Folder for working copies of outputs that are URLs.",
        show_default="~/.cache/geomsan",
    ),
]
COPIES: Final = Path.home() / ".cache" / "geomsan"


@contextmanager
def problems_to_stderr() -> Iterator[None]:
    """Tell why a command cannot go on in one line each, and end with code 2."""
    try:
        yield
    except RunError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(ExitCode.COULD_NOT_RUN) from error


@contextmanager
def working(
    output: str, copies: Path, *, command: str = "", holder: str = MAIN, has_all: bool = False
) -> Iterator[Path]:
    """Give the folder in which a command works on an output; problems are told as above.

    Args:
        output: a folder, or an URL.
        copies: where what an URL names is copied to.
        command: that changes the output; empty for one that reads.
        holder: which part of a run it is.
        has_all: whether the older versions are needed, too.
    """
    from pipelines.remote import working_copy

    with (
        problems_to_stderr(),
        working_copy(
            output, copies=copies, command=command, holder=holder, has_all=has_all
        ) as folder,
    ):
        yield folder
