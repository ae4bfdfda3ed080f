"""Failing relations to findings: cause, severity, suggestion and words, one for each cause."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from normalize.records import Fact, Report
from validate.causes import accused, asked_value, merge_cases
from validate.diagnose import Case, diagnose
from validate.network import key_of
from validate.origins import cause_of
from validate.ranking import ranked
from validate.records import CellRef, Finding, RepairCell
from validate.rounding import round_like, step_of
from validate.scales import misscaled_tables
from validate.severity import Bench, fits_in_thousands, weigh
from validate.suspicion import Suspicion
from validate.trial import Trial
from validate.words import write_words

_THOUSAND = Decimal(1000)
_RATES = frozenset({"rate", "growth", "share"})
_MOST_REPAIRS = 8
_RANK = {"high": 3, "medium": 2, "low": 1, "info": 0}


def find(
    report: Report, tested: Sequence[Trial], suspected: Iterable[Suspicion] = ()
) -> tuple[Finding, ...]:
    """Return what an auditor should look at, in document order and with its rank."""
    bench = Bench(report, tested)
    suspected = (*_units(report), *suspected)
    cases = merge_cases(diagnose(tested, report.facts, suspected))
    findings = [_finding(report, at, case, bench) for at, case in enumerate(cases, start=1)]
    return ranked(findings, cases)


def _units(report: Report) -> Iterator[Suspicion]:
    """Yield the tables whose amounts other places print under another unit."""
    for table in misscaled_tables(report):
        changes = {key_of(one): table.meant(one) for one in table.amounts}
        yield Suspicion(changes=changes, manner="unit", factor=table.factor)


def _finding(report: Report, number: int, case: Case, bench: Bench) -> Finding:
    document_id = report.document.document_id
    explained = case.independent if case.repairs else 1
    weighed = [(one, *weigh(one, bench, explained=explained)) for one in case.failing]
    weighed.sort(key=lambda triple: -_RANK[triple[1]])
    first, severity, cause = weighed[0]
    case = replace(case, failing=tuple(one for one, _, _ in weighed))
    is_sure = case.is_proven and severity in ("high", "medium")
    case = replace(case, is_proven=is_sure)
    repair = case.repairs[0].first if case.repairs else None
    words = write_words(case)
    target = repair.fact if repair else first.relation.result
    if first.check.kind == "part_of_whole":
        target = first.relation.operands[0].fact
    expected = repair.value if repair and is_sure else _expected(first)
    printed = repair.fact.value if repair and is_sure else first.check.printed
    common = accused(case)
    if common is not None:
        target, printed, expected = common, common.value, asked_value(case, common)
    return Finding(
        finding_id=f"{document_id[:12]}-x{number:06d}",
        document_id=document_id,
        check_ids=tuple(sorted(one.check.check_id for one in case.failing)),
        severity=severity,
        cause=cause_of(case, cause),
        title_ko=words.title_ko,
        title_en=words.title_en,
        explanation_ko=words.explanation_ko,
        explanation_en=words.explanation_en,
        printed=printed,
        expected=expected,
        difference=None if printed is None or expected is None else printed - expected,
        suggestion=repair.value if repair else _suggestion(case),
        is_proven=is_sure,
        cells=_cells(case, target),
        repairs=tuple(_repair_cells(case)),
    )


def _repair_cells(case: Case) -> Iterator[RepairCell]:
    """Yield the numbers that the likeliest repairs change."""
    for option, repair in enumerate(case.repairs[:_MOST_REPAIRS], start=1):
        for change in repair.changes:
            fact = change.fact
            yield RepairCell(
                option=option,
                fact_id=fact.fact_id or None,
                table_id=fact.table_id,
                row=fact.row,
                col=fact.col,
                printed=fact.value,
                value=change.value,
                slip=repair.manner or (change.slip.kind if change.slip else None),
            )


def _expected(one: Trial) -> Decimal | None:
    """Return what should stand there: of a rate no more digits than it prints."""
    computed, result = one.check.computed, one.relation.result
    if one.check.kind in _RATES and result is not None and computed is not None:
        return round_like(computed, step_of(result), one.setting.mode)
    return computed


def _suggestion(case: Case) -> Decimal | None:
    """Return the value that should stand there, where the relation itself says which one is wrong.

    A rate follows from its figures; a wrong unit from the whole. Of a sum no one can tell whether
    the total or a part is wrong.
    """
    first = case.failing[0]
    result = first.relation.result
    if first.check.kind in _RATES:
        return _expected(first)
    if first.check.kind == "part_of_whole" and result is not None:
        part = first.relation.operands[0].fact
        if part.value is not None and fits_in_thousands(part, result):
            return part.value / _THOUSAND
    return None


def _cells(case: Case, suspect: Fact | None) -> tuple[CellRef, ...]:
    """Return the cells of all relations once each, the most suspected first."""
    cells: list[CellRef] = []
    for one in case.failing:
        cells.extend(
            replace(cell, factor=None) for cell in one.check.cells if not _is_known(cell, cells)
        )
    if suspect is None:
        return tuple(cells)
    first = [cell for cell in cells if cell.fact_id and cell.fact_id == suspect.fact_id]
    return (*first, *(cell for cell in cells if cell not in first))


def _is_known(cell: CellRef, cells: list[CellRef]) -> bool:
    return any(
        (cell.fact_id, cell.place, cell.row, cell.col, cell.table_id)
        == (one.fact_id, one.place, one.row, one.col, one.table_id)
        for one in cells
    )
