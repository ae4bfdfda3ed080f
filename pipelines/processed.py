"""One file to its packed rows, as a process of its own does it, or to why there are none."""

from dataclasses import dataclass, replace

from pipelines.corrections import digest_of
from pipelines.entries import Known, make_known, pack, parse_entry, require_rows_of_one
from pipelines.examine import examine
from pipelines.inputs import hash_local
from pipelines.limits import Limits, Loss
from pipelines.reasons import LIMIT_RESULT
from pipelines.rows import Quarantined
from pipelines.rules import Rules, ways_to_no_rows
from pipelines.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """What became of one file."""

    known: Known
    entry: bytes = b""
    """Its rows, packed; empty where it cannot be opened, so that nothing can be kept of it."""


def rules_for(source: Source, rules: Rules) -> Rules:
    """Return the rules of a run for one file: what people corrected belongs to them."""
    return replace(rules, corrections=digest_of(source.corrections))


def process(source: Source, rules: Rules, limits: Limits) -> Processed:
    """Read and audit one file; return its rows packed, or the reason why there are none."""
    rules = rules_for(source, rules)
    reading = replace(limits.reading, processes=source.processes)
    limits = replace(limits, reading=reading)
    outcome = examine(source, rules.engine, limits, keep_personal=rules.keeps_personal)
    if isinstance(outcome, Quarantined):
        return _without_rows(outcome, source, rules)
    document = outcome.report.document
    known = make_known(
        outcome.tables, document.document_id, source.suffix, document.byte_size, rules
    )
    entry = pack(known, outcome.tables)
    if parse_entry(entry).row_bytes > limits.result_bytes:
        message = "it gives more than a document may give"
        return lose(source, Loss(reason=LIMIT_RESULT, message=message), rules)
    return Processed(known=known, entry=entry)


def encode(processed: Processed) -> bytes:
    """Return what became of a file as bytes, to be sent to the supervisor."""
    return processed.entry or pack(processed.known)


def decode(source: Source, sent: memoryview, rules: Rules, limits: Limits) -> Processed:
    """Return what a process says has become of a file.

    The process may have been taken over by the file. So what it says must be about this file, and
    must be such that it can be published.

    Raises:
        ValueError: it is not.
    """
    entry = parse_entry(sent)
    known = entry.known
    if known.suffix != source.suffix or not rules_for(source, rules).are_kept(known.rules):
        raise ValueError("about another file")
    if known.sha256 != (source.sha256 or "") and known.sha256 != hash_local(source):
        raise ValueError("about another content")  # nor did the file change while it was read
    if entry.row_bytes > limits.result_bytes:
        raise ValueError("more rows than were agreed")
    require_rows_of_one(entry)
    return Processed(known=known, entry=bytes(sent) if known.sha256 else b"")


def lose(source: Source, loss: Loss, rules: Rules) -> Processed:
    """Return what stands in for the rows of a file that was lost."""
    return _without_rows(source.quarantined(loss.reason, loss.message), source, rules)


def _without_rows(one: Quarantined, source: Source, rules: Rules) -> Processed:
    known = Known(
        sha256=source.sha256 or "",
        suffix=source.suffix,
        byte_size=source.byte_size or 0,
        rules=rules_for(source, rules).of(ways_to_no_rows(one.reason)),
        reason=one.reason,
        message=one.message,
    )
    return Processed(known=known, entry=pack(known) if source.sha256 else b"")
