"""What the terminal shows of versions, runs and the differences between them."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.compare import Difference
from pipelines.ledger import RunRecord
from pipelines.screens import plain
from pipelines.standing import Standing

_MOST_SHOWN: Final = 100
_TABLES: Final = ("documents", "facts", "findings")
_HOW: Final = ("appeared", "changed", "went")


def standing_screen(found: Standing) -> RenderableType:
    """Return what `status` prints."""
    lines = [plain(f"published  {found.version or 'nothing yet'}")]
    if found.manifest is not None:
        lines += [
            plain(f"           {number:,} {name}") for name, number in found.manifest.counts()
        ]
    lines.append(plain(f"kept       {', '.join(found.kept) or 'no versions'}"))
    if found.last is not None:
        lines.append(plain(f"last run   {_ended(found.last)}"))
    if found.unpublished:
        lines.append(plain(f"unpublished {found.unpublished:,} documents were read"))
    if found.work is None:
        lines.append(plain("at work    nobody"))
    else:
        counts = ", ".join(f"{number:,} {name}" for name, number in found.work.counts)
        left = found.work.seconds_left
        rest = "" if left is None else f", about {left:.0f} s left"
        lines.append(plain(f"at work    {found.work.holder}"))
        lines.append(
            plain(f"           {found.work.done:,} of {found.work.total:,}: {counts}{rest}")
        )
    return Group(*lines)


def runs_screen(runs: Sequence[RunRecord]) -> RenderableType:
    """Return what `runs` prints."""
    table = Table(title="Runs", title_justify="left")
    for heading in ("run", "started", "ended", "reports", "quarantine", "version"):
        table.add_column(heading, overflow="fold")
    for one in runs:
        lost = sum(number for name, number in one.counts.items() if name.startswith("quarantine"))
        table.add_row(
            one.run_id,
            one.started,
            one.ended or "did not end",
            str(one.counts.get("reports", "-")),
            str(lost),
            one.version or "-",
        )
    return table


def differences_screen(found: Sequence[Difference]) -> RenderableType:
    """Return what `diff` prints: how much changed, and the first changes one by one."""
    counted = Counter((one.table, one.how) for one in found)
    sums = Table(title="Differences", title_justify="left")
    for heading in ("", *_HOW):
        sums.add_column(heading, justify="left" if not heading else "right")
    for name in _TABLES:
        sums.add_row(name, *(f"{counted[name, how]:,}" for how in _HOW))
    if not found:
        return Group(sums, Text("Nothing changed."))
    table = Table(show_lines=True)
    for heading in ("what", "report", "name", "before", "after"):
        table.add_column(heading, overflow="fold")
    for one in found[:_MOST_SHOWN]:
        words = (f"{one.table} {one.how}", one.file_name, one.name, one.before, one.after)
        table.add_row(*map(plain, words))
    more = len(found) - _MOST_SHOWN
    rest = [Text(f"and {more:,} more: --json shows all")] if more > 0 else []
    return Group(sums, table, *rest)


def _ended(run: RunRecord) -> str:
    return f"{run.run_id}, {run.started} to {run.ended}, exit code {run.exit_code}"
