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
from pipelines.masked import Shown, mask_persons, show_all
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

    shown: Shown
    tables: Tables
    """Its rows of the dataset."""

    @property
    def report(self) -> Report:
        """The report as it may be shown."""
        return self.shown.report

    @property
    def audit(self) -> Audit:
        """The audit as it may be shown."""
        return self.shown.audit


def examine(
    source: Source,
    engine: EngineChoice = "auto",
    limits: Limits = DEFAULT_LIMITS,
    *,
    keep_personal: bool = False,
) -> Examined | Quarantined:
    """Read and audit one file. Whatever goes wrong in it ends here and never stops a run.

    Args:
        source: the file.
        engine: who reads the tables of PDF pages.
        limits: what the file may take.
        keep_personal: leave names, phones and numbers of persons as they are printed.
    """
    try:
        document = read_with(source.path, read_document(source.path, limits.reading), engine)
        report = choose_reading(document, second_opinion(source.path, document, engine))
        corrected = correct(report, source.corrections)
        show = show_all if keep_personal else mask_persons
        shown = show(corrected, audit(corrected.report))
        rows = report_rows(shown)
        if sum(map(len, rows.values())) > limits.rows:
            return source.quarantined(LIMIT_RESULT, f"it gives more than {limits.rows:,} rows")
        return Examined(shown=shown, tables=to_tables(rows))
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
