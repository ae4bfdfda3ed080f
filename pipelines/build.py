"""START HERE: the main path, from the files that were given to the published dataset."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from normalize.personal.masking import mask_text
from pipelines.confined_process import prepare_to_fork
from pipelines.engines import EngineChoice
from pipelines.entries import Known, entry_path, read_known
from pipelines.exits import decide_exit
from pipelines.fetching import drop, fetched
from pipelines.files import write_bytes
from pipelines.gate import Expected, check_dataset
from pipelines.home import MAIN, Home
from pipelines.inputs import Inputs, find_inputs, hash_inputs
from pipelines.ledger import Ledger
from pipelines.limits import DEFAULT_LIMITS, Limits, Loss
from pipelines.lock import held
from pipelines.origins import Placed, moves
from pipelines.processed import Processed, decode, encode, lose, process, rules_for
from pipelines.publish import Outcome, Published, open_published, publish
from pipelines.reasons import (
    DUPLICATE,
    ExitCode,
    RunError,
    describe_problem,
)
from pipelines.report.writing import ReportOptions, WrittenReport, write_report
from pipelines.review.decisions import read_corrections
from pipelines.rows import Quarantined
from pipelines.rules import Rules
from pipelines.shards import Shard, of_shard
from pipelines.sources import Source
from pipelines.stamps import Stamps
from pipelines.workers import Spent, Wire, map_here, map_in_processes


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is."""

    total: int
    """Inputs of the run."""
    read: int = 0
    unchanged: int = 0
    quarantined: int = 0

    @property
    def done(self) -> int:
        """Inputs whose end is known."""
        return self.read + self.unchanged + self.quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run is done; but for the engine and personal data nothing changes what is written."""

    engine: EngineChoice = "auto"
    """Who reads the tables of PDF pages."""
    keep_personal: bool = False
    """Leave names, phones and numbers of persons in the dataset as they are printed."""
    workers: int | None = None
    """Processes that read; 0 reads in this one, None takes one for each processor."""
    limits: Limits = DEFAULT_LIMITS
    """What one file may take; kept only in processes."""
    has_gate: bool = True
    """Whether the Great Expectations suites look at what is published."""
    shard: Shard | None = None
    """Read only this part of the inputs and publish nothing."""
    cluster: str = ""
    """Dask cluster that reads: the address of its scheduler, or `local:N`; empty for none."""
    published_at: str = ""
    """URL to which the output goes; nothing below it is read."""
    retry: bool = False
    """Read again what gave no rows, also where nothing changed."""
    report: ReportOptions | None = None
    """How the report that people read is written; None for none."""
    on_progress: Callable[[Progress], None] = lambda progress: None
    """Called after each file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a run ended."""

    run_id: str
    seconds: float
    counts: tuple[tuple[str, int], ...]
    """What stands in the dataset, in the order in which the summary shows it."""
    progress: Progress
    quarantined: tuple[Quarantined, ...]
    """Every input without rows."""
    corrections_left: int
    """Cells that people corrected in reports that are not among the inputs, or not as they were."""
    outcome: Outcome | None
    """What was published; None for a shard."""
    report: WrittenReport | None
    """The pages that people read; None where none were asked for."""
    exit_code: ExitCode


@dataclass(slots=True, kw_only=True)
class _State:
    """What a run knows so far."""

    home: Home
    scratch: Path
    options: Options
    stamps: Stamps
    rules: Rules
    ledger: Ledger
    published: Published
    progress: Progress
    quarantined: list[Quarantined]
    placed: dict[str, Placed] = field(default_factory=dict)
    corrections_left: int = 0


def run(arguments: Iterable[str], output: Path, options: Options) -> Run:
    """Read, audit and publish every report that the arguments name; return how that went.

    What was read before by the same rules is not read again. The dataset holds the reports of this
    run and no others.

    Raises:
        RunError: nothing to read, another run works here, the output cannot be written, or the gate
            found a fault.
    """
    given, home = tuple(arguments), Home(output)
    holder = options.shard.name if options.shard else MAIN
    inputs = _find(given, output, options)
    workers = (os.cpu_count() or 1) if options.workers is None else options.workers
    if workers and not options.cluster:
        prepare_to_fork()
    with held(home, "run", holder) as scratch, closing(Ledger(home)) as ledger:
        published, stamps = open_published(home), Stamps(home, holder)
        inputs = hash_inputs(inputs, stamps.hash_all)
        stamps.save(scratch)
        inputs = of_shard(inputs, options.shard)
        ledger.start(
            given,
            engine=options.engine,
            keep_personal=options.keep_personal,
            workers=workers,
            language=options.report.language if options.report else "ko",
            inputs=len(inputs.sources) + len(inputs.refused),
        )
        state = _State(
            home=home,
            scratch=scratch,
            options=options,
            stamps=stamps,
            rules=Rules(
                engine=options.engine,
                limits=str(options.limits),
                keeps_personal=options.keep_personal,
            ),
            ledger=ledger,
            published=published,
            progress=Progress(total=len(inputs.sources) + len(inputs.refused)),
            quarantined=[],
        )
        for refused in inputs.refused:
            _note_quarantined(state, refused)
        # The largest first: none of them is left for the end, when the other processes are done.
        ordered = sorted(inputs.sources, key=lambda one: one.byte_size or 0, reverse=True)
        for spent in _read(_left_to_read(ordered, state), state, workers):
            _keep(state, spent)
        return _finish(state)


def _find(arguments: tuple[str, ...], output: Path, options: Options) -> Inputs:
    """Return the inputs, before anything is written.

    Raises:
        RunError: the arguments name nothing that can be read, or a store refuses.
    """
    inputs = find_inputs(arguments, skip=output, skip_url=options.published_at)
    if not inputs.sources:
        raise RunError(
            *(describe_problem(one.reason, one.file_name, one.message) for one in inputs.refused)
        )
    if options.shard is None:
        return inputs
    # Files of stores go by their name, so that no part reads through those of another.
    mine = (one for one in inputs.sources if not one.url or options.shard.holds(one))
    return replace(inputs, sources=tuple(mine))


def _left_to_read(sources: Iterable[Source], state: _State) -> Iterator[Source]:
    """Yield the inputs that must be read; take the others from what was read before."""
    before = {one.known.sha256: one.known for one in state.published.origin.placed}
    corrections = read_corrections(state.home)
    for source in sources:
        source = replace(source, corrections=corrections.pop(source.sha256 or "", ()))
        known = _known(source, before, state)
        if known is None:
            yield source
        else:
            _place(state, source, known, "unchanged")
    if state.options.shard is None:
        for digest, left in corrections.items():
            state.ledger.note("correction_left", sha256=digest, cells=len(left))
            state.corrections_left += len(left)


def _known(source: Source, before: dict[str, Known], state: _State) -> Known | None:
    """Return what is known of an input's content, if reading it again would give the same."""
    if source.sha256 is None:
        return None
    path = entry_path(state.home.entries, source.sha256)
    rules = rules_for(source, state.rules)
    for known in (read_known(path), before.get(source.sha256)):
        is_asked_again = known is not None and known.reason != "" and state.options.retry
        if known and not is_asked_again and known.is_current(rules, source.suffix):
            return known
        path.unlink(missing_ok=True)  # by other rules: it must not be taken for the new reading
    return None


def _read(
    sources: Iterator[Source], state: _State, workers: int
) -> Iterator[Spent[Source, Processed]]:
    """Yield what became of each file, as soon as that is known."""
    work = partial(process, rules=state.rules, limits=state.options.limits)
    instead = partial(lose, rules=state.rules)
    limits, folder = state.options.limits, state.scratch / "documents"
    wire = Wire(encode=encode, decode=partial(decode, rules=state.rules, limits=limits))
    if state.options.cluster:
        from pipelines.cluster import map_on_cluster  # an extra

        return map_on_cluster(
            work, sources, wire=wire, address=state.options.cluster, lost=instead, limits=limits
        )
    shared = (replace(one, processes=_processes(state, workers)) for one in sources)
    here = fetched(shared, state.scratch / "fetched", partial(_refuse, state))
    if workers == 0:
        return map_here(work, here)
    return map_in_processes(
        work, here, wire=wire, workers=workers, lost=instead, limits=limits, scratch=folder
    )


def _processes(state: _State, workers: int) -> int:
    """Return how many processes may read a document together: those that others do not need."""
    return max(1, workers // (state.progress.total - state.progress.done))


def _refuse(state: _State, source: Source, loss: Loss) -> None:
    """Note a file that its store does not give; nothing is kept, so that it is asked again."""
    result = lose(replace(source, sha256=None), loss, state.rules)
    spent = Spent(item=source, result=result, seconds=0.0, cpu_seconds=0.0, peak_memory_bytes=None)
    _keep(state, spent)


def _keep(state: _State, spent: Spent[Source, Processed]) -> None:
    """Keep what became of a file, safe from whatever stops the run but a power cut."""
    source, known = spent.item, spent.result.known
    drop(source)
    if source.url and known.sha256 != source.sha256:
        state.stamps.forget(source)
    if spent.result.entry:
        path = entry_path(state.home.entries, known.sha256)
        # A damaged one is found by its digest, and the document read again: not worth a wait.
        write_bytes(path, spent.result.entry, state.scratch, must_last=False)
    _place(
        state,
        source,
        known,
        "read",
        seconds=round(spent.seconds, 3),
        cpu_seconds=None if spent.cpu_seconds is None else round(spent.cpu_seconds, 3),
        peak_bytes=spent.peak_memory_bytes,
    )


def _place(
    state: _State,
    source: Source,
    known: Known,
    outcome: Literal["read", "unchanged"],
    **spent: object,
) -> None:
    """Note the end of an input in the ledger, and where its content was found."""
    path = source.place
    if known.sha256 in state.placed:  # its bytes changed to those of another while it was read
        known = replace(known, reason=DUPLICATE, message="the same content as another input")
    elif known.sha256:
        name = _shown(state, source.file_name)
        state.placed[known.sha256] = Placed(known=known, file_name=name, path=path)
    if known.reason:
        one = source.quarantined(known.reason, known.message)
        _note_quarantined(state, one, path=path, was=outcome, **spent)
        return
    state.ledger.note(
        "input",
        file=source.file_name,
        path=path,
        sha256=known.sha256,
        bytes=known.byte_size,
        outcome=outcome,
        **spent,
    )
    _count(state, outcome)


def _shown(state: _State, words: str) -> str:
    """Return the name of a file, or words on it, as they may stand in the dataset."""
    return words if state.options.keep_personal else mask_text(words)


def _note_quarantined(state: _State, one: Quarantined, **said: object) -> None:
    name, message = _shown(state, one.file_name), _shown(state, one.message)
    state.quarantined.append(replace(one, file_name=name, message=message))
    state.ledger.note(
        "input",
        file=one.file_name,
        sha256=one.sha256,
        bytes=one.byte_size,
        outcome="quarantined",
        reason=one.reason,
        message=one.message,
        **said,
    )
    _count(state, "quarantined")


def _count(state: _State, outcome: Literal["read", "unchanged", "quarantined"]) -> None:
    progress = state.progress
    state.progress = replace(progress, **{outcome: getattr(progress, outcome) + 1})
    state.options.on_progress(state.progress)


def _finish(state: _State) -> Run:
    """Publish what was read, and close the ledger."""
    state.stamps.save(state.scratch)
    outcome = None
    counts: tuple[tuple[str, int], ...] = ()
    if state.options.shard is None:
        for event, said in moves(state.published.origin.placed, state.placed.values()):
            state.ledger.note(event, **said)
        outcome = publish(
            state.home,
            state.scratch,
            state.published,
            state.placed.values(),
            state.quarantined,
            partial(
                check_dataset,
                docs=state.home.docs if state.options.has_gate else None,
                expected=_expected(state),
            ),
        )
        counts = outcome.manifest.counts()
        state.ledger.note(
            "published",
            version=outcome.folder.name,
            is_new=outcome.is_new,
            files_written=outcome.written,
        )
    exit_code = decide_exit(counts, state.quarantined)
    state.ledger.end(dict(counts), exit_code)
    report = None
    if outcome is not None and state.options.report is not None:
        report = write_report(state.home, state.scratch, state.options.report)
    return Run(
        run_id=state.ledger.run_id,
        seconds=state.ledger.seconds,
        counts=counts,
        progress=state.progress,
        quarantined=tuple(state.quarantined),
        corrections_left=state.corrections_left,
        outcome=outcome,
        report=report,
        exit_code=exit_code,
    )


def _expected(state: _State) -> Expected:
    rows = [one.known for one in state.placed.values() if not one.known.reason]
    return Expected(
        inputs=state.progress.total,
        accounted=state.progress.done,
        reports=len(rows),
        quarantined=tuple(one.reason for one in state.quarantined),
        row_count=sum(one.row_count for one in rows),
    )
