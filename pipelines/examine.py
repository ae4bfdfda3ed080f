"""One file to its rows of the dataset, or to the reason why there are none."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pyarrow as pa

from extract.errors import DocumentError
from extract.reading.source import read_document
from normalize.records import Report
from pipelines.choose import choose_reading
from pipelines.corrections import correct
from pipelines.engines import EngineChoice, read_with, second_opinion
from pipelines.limits import DEFAULT_LIMITS, Limits
from pipelines.reasons import CRASH, LIMIT_MEMORY, LIMIT_RESULT
from pipelines.rows import Quarantined, report_rows
from pipelines.sources import Source
from pipelines.tables import DATASET
from validate.audit import audit
from validate.records import Audit

Tables: TypeAlias = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One report, read and audited."""

    report: Report
    audit: Audit
    tables: Tables
    """Its rows of the dataset."""


def examine(
    source: Source, engine: EngineChoice = "auto", limits: Limits = DEFAULT_LIMITS
) -> Examined | Quarantined:
    """Read and audit one file. Whatever goes wrong in it ends here and never stops a run."""
    try:
        document = read_with(source.path, read_document(source.path, limits.reading), engine)
        report = choose_reading(document, second_opinion(source.path, document, engine))
        corrected = correct(report, source.corrections)
        report, result = corrected.report, audit(corrected.report)
        rows = report_rows(report, result, corrected)
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


def _describe(error: Exception) -> str:
    """Name the error and where it arose; its own words could hold what differs between runs."""
    frame, line = list(traceback.walk_tb(error.__traceback__))[-1]
    module = frame.f_globals.get("__name__", "?")
    return f"{type(error).__name__} in {module}, line {line}"
