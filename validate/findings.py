"""Failing relations to findings: cause, severity, suggestion and words, one for each cause."""

from collections.abc import Sequence

from normalize.records import Fact, Report
from validate.diagnose import Case, diagnose
from validate.records import CellRef, Finding
from validate.severity import Bench, weigh
from validate.tested import Tested
from validate.words import write_words

_RANK = {"high": 3, "medium": 2, "low": 1, "info": 0}


def find(report: Report, tested: Sequence[Tested]) -> tuple[Finding, ...]:
    """Return what an auditor should look at, in document order."""
    bench = Bench(report, tested)
    return tuple(
        _finding(report, number, case, bench)
        for number, case in enumerate(diagnose(tested), start=1)
    )


def _finding(report: Report, number: int, case: Case, bench: Bench) -> Finding:
    document_id = report.document.document_id
    weights = [weigh(one, bench, explained=len(case.failing)) for one in case.failing]
    severity, cause = max(weights, key=lambda pair: _RANK[pair[0]])
    first = case.failing[0]
    repair = case.repairs[0] if case.is_proven else None
    words = write_words(case)
    target = repair.fact if repair else first.relation.result
    expected = repair.value if repair else first.check.computed
    printed = first.check.printed if repair is None else repair.fact.value
    return Finding(
        finding_id=f"{document_id[:12]}-x{number:06d}",
        document_id=document_id,
        check_ids=tuple(one.check.check_id for one in case.failing),
        severity=severity,
        cause=cause,
        title_ko=words.title_ko,
        title_en=words.title_en,
        explanation_ko=words.explanation_ko,
        explanation_en=words.explanation_en,
        printed=printed,
        expected=expected,
        difference=None if printed is None or expected is None else printed - expected,
        suggestion=repair.value if repair else _suggestion(case),
        is_proven=repair is not None,
        cells=_cells(case, target),
    )


def _suggestion(case: Case):  # type: ignore[no-untyped-def]
    return None


def _cells(case: Case, suspect: Fact | None) -> tuple[CellRef, ...]:
    """Return the cells of all relations once each, the most suspected first."""
    cells: list[CellRef] = []
    for one in case.failing:
        cells.extend(cell for cell in one.check.cells if not _is_known(cell, cells))
    if suspect is None:
        return tuple(cells)
    first = [cell for cell in cells if cell.fact_id and cell.fact_id == suspect.fact_id]
    return (*first, *(cell for cell in cells if cell not in first))


def _is_known(cell: CellRef, cells: list[CellRef]) -> bool:
    return any((cell.fact_id, cell.place, cell.row, cell.col, cell.table_id)
               == (one.fact_id, one.place, one.row, one.col, one.table_id) for one in cells)
