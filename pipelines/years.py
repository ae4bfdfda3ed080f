"""The audit of a whole dataset: the reports of each institution, year against year.

Checks and findings go into the tables `checks` and `findings` of the dataset itself, under the
later report, with ids that hold `-yc` and `-yx`; those of an audit before are replaced.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from normalize.personal.masking import is_masked
from normalize.records import Fact
from pipelines.facts_again import read_facts
from pipelines.gate import check_dataset
from pipelines.home import Home
from pipelines.lock import held
from pipelines.publish import revise
from pipelines.published import find_output, read_table, require_dataset
from pipelines.reasons import ExitCode
from pipelines.rows import check_rows, finding_rows
from validate.editions import Edition, bare_name
from validate.records import Finding
from validate.years import Comparison, compare_years

_YEARLY: Final = ("work_plan", "performance_report", "budget", "settlement")
"""Reports that an office writes once a year."""
_FINAL: Final = ("performance_report", "settlement", "statistics")
"""Reports on a year that is over."""
_MARKS: Final = {"checks": ("check_id", "-yc"), "findings": ("finding_id", "-yx")}
"""The key of each table that is written, and what the ids of this audit hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsAudit:
    """What the comparison over the years found."""

    report_count: int
    """Reports of the dataset."""
    comparisons: tuple[Comparison, ...]
    file_names: Mapping[str, str]
    """Of the reports, by document."""
    facts: Mapping[str, Fact]
    """The facts that were compared, by id."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the comparisons."""
        return tuple(one for compared in self.comparisons for one in compared.audit.findings)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcome of every check."""
        return tuple(
            check.outcome for compared in self.comparisons for check in compared.audit.checks
        )

    @property
    def exit_code(self) -> ExitCode:
        """MISMATCHES where a finding is of severity high or medium."""
        is_grave = any(one.severity in ("high", "medium") for one in self.findings)
        return ExitCode.MISMATCHES if is_grave else ExitCode.CLEAN


def audit_years(folder: Path, has_gate: bool = False) -> YearsAudit:
    """Compare the reports of a dataset over the years and write what came of it into the dataset.

    Args:
        folder: the dataset, or the output folder that holds it.
        has_gate: whether the suites look at the version before it is published.

    Raises:
        RunError: there is no dataset, it cannot be read or written, a run works on it, or the gate
            found a fault.
    """
    home = Home(find_output(folder))
    with held(home, "audit") as scratch:
        return _audit(home, scratch, home.docs if has_gate else None)


def _audit(home: Home, scratch: Path, docs: Path | None) -> YearsAudit:
    dataset = require_dataset(home.root)
    documents = read_table(dataset, "documents").to_pylist()
    wanted = _with_successors(documents)
    facts = read_facts(dataset, [row["document_id"] for row in wanted]) if wanted else {}
    comparisons = tuple(compare_years(_editions(wanted, facts)))
    rows = {
        "checks": [row for one in comparisons for row in check_rows(one.audit)],
        "findings": [row for one in comparisons for row in finding_rows(one.audit)],
    }
    changes = {name: partial(_renewed, name, rows[name]) for name in rows}
    revise(home, scratch, changes, partial(check_dataset, docs=docs))
    return YearsAudit(
        report_count=len(documents),
        comparisons=comparisons,
        file_names={row["document_id"]: row["file_name"] for row in documents},
        facts={fact.fact_id: fact for found in facts.values() for fact in found},
    )


def _with_successors(documents: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the reports of an institution and a year, of those that report on several years."""
    series: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in documents:
        if row["fiscal_year"] is not None and (row["institution"] or row["region_code"]):
            series[_series(row)].append(row)
    years = {name: Counter(row["fiscal_year"] for row in rows) for name, rows in series.items()}
    return [row for name, rows in series.items() if len(years[name]) > 1 for row in rows]


def _series(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells which reports continue each other.

    A brief, a pledge or a survey is about the one thing that its title names; an office writes
    many in a year.
    """
    institution = "".join((row["institution"] or row["region_code"]).split())
    kind = row["document_type"]
    title = "" if kind in _YEARLY else bare_name(row["title"] or "")
    return (institution, row["department"] or "", kind, title)


def _editions(
    documents: Iterable[Mapping[str, Any]], facts: Mapping[str, tuple[Fact, ...]]
) -> Iterator[Edition]:
    for row in documents:
        yield Edition(
            document_id=row["document_id"],
            series=_series(row),
            year=row["fiscal_year"],
            as_of=row["as_of_date"],
            is_final=row["document_type"] in _FINAL,
            facts=tuple(
                fact for fact in facts.get(row["document_id"], ()) if not is_masked(fact.label)
            ),
        )


def _renewed(
    name: str,
    found: list[dict[str, object]],
    old: pa.Table,
    is_here: Callable[[str], bool],
) -> pa.Table:
    """Return a file's rows with those of this audit in place of an earlier one's."""
    key, mark = _MARKS[name]
    kept = old.filter(pc.invert(pc.match_substring(old[key], mark)))
    added = [row for row in found if is_here(str(row["document_id"]))]
    return pa.concat_tables([kept, pa.Table.from_pylist(added, schema=old.schema)])
