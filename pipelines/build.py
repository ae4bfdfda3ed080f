"""START HERE: the main path, from the files that were given to the published dataset."""

import os
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import pyarrow as pa

from extract.errors import DocumentError
from extract.reading.source import read_document
from normalize.records import Report
from pipelines.choose import choose_reading
from pipelines.engines import EngineChoice, read_with, second_opinion
from pipelines.gate import check_dataset
from pipelines.inputs import Source, find_inputs
from pipelines.limits import DEFAULT_LIMITS, Limits, Loss
from pipelines.publish import publish, require_writable
from pipelines.reasons import (
    CRASH,
    DUPLICATE,
    LIMIT_MEMORY,
    LIMIT_RESULT,
    PRECEDENCE,
    ExitCode,
    RunError,
    describe_problem,
)
from pipelines.rows import Quarantined, quarantine_rows, report_rows
from pipelines.runs import Run, write_ledger
from pipelines.tables import DATASET
from pipelines.workers import map_in_processes
from validate.audit import audit
from validate.records import Audit

Tables: TypeAlias = Mapping[str, pa.Table]

_FEW_FILES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One report, read and audited."""

    report: Report
    audit: Audit
    tables: Tables
    """Its rows of the dataset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """What became of one file: its rows, or the reason why there are none."""

    document_id: str = ""
    tables: Tables | None = None
    quarantined: Quarantined | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run is done; but for the engine nothing here changes what is written."""

    engine: EngineChoice = "auto"
    """Who reads the tables of PDF pages."""
    workers: int | None = None
    """Processes that read; 0 reads in this one, None decides by the input."""
    limits: Limits = DEFAULT_LIMITS
    """What one file may take; kept only in processes."""
    has_gate: bool = False
    on_start: Callable[[int], None] = lambda total: None
    """Called with the number of files."""
    on_file: Callable[[Processed], None] = lambda processed: None
    """Called after each file."""


def run(arguments: Iterable[str], output: Path, options: Options) -> Run:
    """Read, audit and publish every report that the arguments name; return the run's record.

    Raises:
        RunError: nothing to read, the output cannot be written, or the gate found a fault.
    """
    started = datetime.now(UTC)
    given = tuple(arguments)
    inputs = find_inputs(given, skip=output)
    if not inputs.sources:
        raise RunError(
            *(describe_problem(one.reason, one.file_name, one.message) for one in inputs.refused)
        )
    require_writable(output)
    options.on_start(len(inputs.sources))
    processed = []
    for one in process_all(inputs.sources, options.workers, options.limits, options.engine):
        options.on_file(one)
        processed.append(one)
    quarantined = (*inputs.refused, *(one.quarantined for one in processed if one.quarantined))
    tables = collect(processed, quarantined)
    publish(tables, output, gate=check_dataset if options.has_gate else None)
    finished = Run(
        started=started,
        ended=datetime.now(UTC),
        arguments=given,
        engine=options.engine,
        sources=inputs.sources,
        counts=count(tables),
        quarantined=tuple((one.reason, one.file_name, one.message) for one in quarantined),
        exit_code=decide_exit(tables),
    )
    write_ledger(finished, output)
    return finished


def process_all(
    sources: tuple[Source, ...],
    workers: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    engine: EngineChoice = "auto",
) -> Iterator[Processed]:
    """Yield what became of each file, in the order of `sources`."""
    process_one = partial(process, engine=engine, limits=limits)
    if workers is None:
        workers = _suitable_workers(sources)
    if workers == 0:
        yield from map(process_one, sources)
        return
    with tempfile.TemporaryDirectory(prefix="geomsan-") as scratch:
        spent = map_in_processes(
            process_one,
            sources,
            workers=min(workers, len(sources)),
            lost=_lost,
            limits=limits,
            scratch=Path(scratch),
        )
        order = {source: place for place, source in enumerate(sources)}
        done = sorted(spent, key=lambda one: order[one.item])
        yield from (one.result for one in done)


def process(
    source: Source, engine: EngineChoice = "auto", limits: Limits = DEFAULT_LIMITS
) -> Processed:
    """Return the rows of one file, or the reason why there are none."""
    outcome = examine(source, engine, limits)
    if isinstance(outcome, Quarantined):
        return Processed(quarantined=outcome)
    return Processed(document_id=outcome.report.document.document_id, tables=outcome.tables)


def examine(
    source: Source, engine: EngineChoice = "auto", limits: Limits = DEFAULT_LIMITS
) -> Examined | Quarantined:
    """Read and audit one file. Whatever goes wrong in it ends here and never stops a run."""
    try:
        document = read_with(source.path, read_document(source.path, limits.reading), engine)
        report = choose_reading(document, second_opinion(source.path, document, engine))
        result = audit(report)
        rows = report_rows(report, result)
        if sum(map(len, rows.values())) > limits.rows:
            return source.quarantined(LIMIT_RESULT, f"it gives more than {limits.rows:,} rows")
        return Examined(report=report, audit=result, tables=to_tables(rows))
    except DocumentError as error:
        return source.quarantined(error.reason, error.message)
    except MemoryError:
        return source.quarantined(LIMIT_MEMORY, "reading it needs too much memory")
    except Exception as error:
        return source.quarantined(CRASH, _describe(error))


def to_tables(rows: Mapping[str, list[dict[str, object]]]) -> Tables:
    """Return rows as Arrow tables, one for every table of the dataset."""
    return {
        table.name: pa.Table.from_pylist(rows.get(table.name, []), schema=table.schema)
        for table in DATASET
    }


def collect(processed: Iterable[Processed], quarantined: Iterable[Quarantined]) -> Tables:
    """Return the tables of all reports together, ordered by document."""
    reports = sorted((one for one in processed if one.tables), key=lambda one: one.document_id)
    parts = [one.tables for one in reports if one.tables is not None]
    parts.append(to_tables({"quarantine": quarantine_rows(quarantined)}))
    return {table.name: pa.concat_tables([part[table.name] for part in parts]) for table in DATASET}


def count(tables: Tables) -> tuple[tuple[str, int], ...]:
    """Return what a run's summary shows: sizes, checks by outcome, findings by severity."""
    documents = tables["documents"]
    sizes = [
        ("reports", documents.num_rows),
        ("pages", sum(filter(None, documents["page_count"].to_pylist()))),
        ("lines", sum(filter(None, documents["line_count"].to_pylist()))),
        ("tables", tables["tables"].num_rows),
        ("facts", tables["facts"].num_rows),
    ]
    return (
        *sizes,
        *_count_values(tables, "checks", "outcome"),
        *_count_values(tables, "findings", "severity"),
        *_count_values(tables, "quarantine", "reason"),
    )


def decide_exit(tables: Tables) -> ExitCode:
    """Return the exit code of a run: mismatches, then inputs without rows, then nothing."""
    reached = {ExitCode.CLEAN}
    if {"high", "medium"} & set(tables["findings"]["severity"].to_pylist()):
        reached.add(ExitCode.MISMATCHES)
    if set(tables["quarantine"]["reason"].to_pylist()) - {DUPLICATE}:
        reached.add(ExitCode.QUARANTINED)
    return next(code for code in PRECEDENCE if code in reached)


def _count_values(tables: Tables, table: str, column: str) -> list[tuple[str, int]]:
    counted = Counter(tables[table][column].to_pylist())
    return [(f"{table} {value}", number) for value, number in sorted(counted.items())]


def _suitable_workers(sources: tuple[Source, ...]) -> int:
    """Starting processes takes a second: a few text files are read sooner without.

    PDFs always get processes: a broken one can hang or kill the library that opens it.
    """
    has_pdf = any(source.path.suffix.lower() == ".pdf" for source in sources)
    return (os.cpu_count() or 1) if has_pdf or len(sources) > _FEW_FILES else 0


def _lost(source: Source, loss: Loss) -> Processed:
    return Processed(quarantined=source.quarantined(loss.reason, loss.message))


def _describe(error: Exception) -> str:
    """Name the error and where it arose; its own words could hold what differs between runs."""
    frame, line = list(traceback.walk_tb(error.__traceback__))[-1]
    module = frame.f_globals.get("__name__", "?")
    return f"{type(error).__name__} in {module}, line {line}"
