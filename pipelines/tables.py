"""The tables of the dataset in the order in which they are written and described."""

from typing import Final

from pipelines.columns import Table
from pipelines.tables_derived import BUDGETS, CHECKS, FINDINGS, QUARANTINE, TARGETS
from pipelines.tables_read import CELLS, DOCUMENTS, FACTS, REPORT_TABLES, SCHEDULES

DATASET: Final[tuple[Table, ...]] = (
    DOCUMENTS,
    REPORT_TABLES,
    CELLS,
    FACTS,
    BUDGETS,
    TARGETS,
    SCHEDULES,
    CHECKS,
    FINDINGS,
    QUARANTINE,
)
"""Every table of the contract, version 1."""

CONTRACT_VERSION: Final = "1"
