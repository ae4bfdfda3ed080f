"""One file to its packed rows, as a process of its own does it, or to why there are none."""

from dataclasses import dataclass, replace

from pipelines.corrections import digest_of
from pipelines.entries import Known, make_known, pack
from pipelines.examine import examine
from pipelines.limits import Limits, Loss
from pipelines.rows import Quarantined
from pipelines.rules import Rules, ways_to_no_rows
from pipelines.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """What became of one file."""

    known: Known
    entry: bytes = b""
    """Its rows, packed; empty where it cannot be opened, so that nothing can be kept of it."""


def process(source: Source, rules: Rules, limits: Limits) -> Processed:
    """Read and audit one file; return its rows packed, or the reason why there are none."""
    rules = replace(rules, corrections=digest_of(source.corrections))
    outcome = examine(source, rules.engine, limits, keep_personal=rules.keeps_personal)
    if isinstance(outcome, Quarantined):
        return _without_rows(outcome, source, rules)
    document = outcome.report.document
    known = make_known(
        outcome.tables, document.document_id, source.suffix, document.byte_size, rules
    )
    return Processed(known=known, entry=pack(known, outcome.tables))


def lose(source: Source, loss: Loss, rules: Rules) -> Processed:
    """Return what stands in for the rows of a file that was lost."""
    return _without_rows(source.quarantined(loss.reason, loss.message), source, rules)


def _without_rows(one: Quarantined, source: Source, rules: Rules) -> Processed:
    known = Known(
        sha256=source.sha256 or "",
        suffix=source.suffix,
        byte_size=source.byte_size or 0,
        rules=rules.of(ways_to_no_rows(one.reason)),
        reason=one.reason,
        message=one.message,
    )
    return Processed(known=known, entry=pack(known) if source.sha256 else b"")
