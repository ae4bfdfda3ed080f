"""The panel for researchers: what districts planned and spent on programmes, year by year.

One row is one district, year, programme, component, kind of amount, source of funds and basis.
What several places print is one row: with the same value (or one that rounding explains) the most
detailed print stands and the others are counted; with different values that of the latest report
stands, `conflict` says so and `alternatives` has the others. docs/panel.md tells the rules.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa

from normalize.records import Fact
from normalize.wide import MONEY_MEASURES, budget_column, program_of
from pipelines.facts_again import facts_where
from pipelines.published import read_table, require_dataset
from pipelines.tables_panel import PANEL
from validate.labels import squeeze, total_level, total_name
from validate.linking import Link, Printed, link_names
from validate.programme_names import names_programme, plain_name
from validate.rounding import last_digit

Level = Literal["programme", "subtotal", "total"]
Row = Mapping[str, Any]

_PLANNED: Final = frozenset({"budget", "budget_initial", "secured_budget", "total_cost"})
_CHANGE: Final = re.compile(r"증감|증가율|비교")
_PART_OF_YEAR: Final = re.compile(r"분기|[1-4]/4|반기|\d{1,2}\.?\s*월(?!\s*(?:말|까지|기준|현재))")
_DOUBT: Final = 0.8
"""Confidence of a reading below which a figure is doubtful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """An amount of one year at the place where it is printed."""

    fact: Fact
    document: Row
    region: str
    year: int
    programme: str
    level: Level
    component: str = ""

    @property
    def cell(self) -> tuple[object, ...]:
        """What a table row gives one amount for."""
        fact = self.fact
        place = (fact.table_id, fact.row) if fact.table_id else (fact.document_id, self.programme)
        return (*place, self.year, fact.measure, budget_column(fact), self.basis)

    @property
    def basis(self) -> str:
        """Plan or result; a state is what its kind of amount is."""
        if self.fact.basis != "state":
            return self.fact.basis
        return "plan" if self.fact.measure in _PLANNED else "result"

    @property
    def value(self) -> Decimal:
        """The amount in won."""
        return self.fact.value or Decimal(0)

    @property
    def step(self) -> Decimal:
        """One unit of the last printed digit."""
        return last_digit(self.fact)

    @property
    def is_doubtful(self) -> bool:
        """True where another reading is possible."""
        return self.fact.is_ambiguous or self.fact.confidence < _DOUBT


def build_panel(output: Path) -> pa.Table:
    """Return the panel of a published dataset, ordered by district, year and programme.

    Args:
        output: the output folder.

    Raises:
        RunError: there is no dataset, or a table cannot be read.
    """
    dataset = require_dataset(output)
    documents = {row["document_id"]: row for row in read_table(dataset, "documents").to_pylist()}
    suspected = {
        cell["fact_id"]
        for row in read_table(dataset, "findings").to_pylist()
        for cell in row["cells"][:1]
    }
    sources = [
        source
        for fact in facts_where(dataset, "measure", sorted(MONEY_MEASURES))
        if (source := _source(fact, documents[fact.document_id])) is not None
    ]
    rows = panel_rows(sources, suspected)
    return pa.Table.from_pylist(rows, schema=PANEL.schema)


def panel_rows(sources: Iterable[_Source], suspected: set[str]) -> list[dict[str, object]]:
    """Return the rows that some amounts make; their order does not matter."""
    found = list(_with_components(_with_owners(list(sources))))
    links = link_names(
        Printed(
            region=one.region,
            name=one.programme,
            table=one.fact.table_id or f"{one.fact.document_id}:{plain_name(one.programme)}",
        )
        for one in found
        if one.level != "total"
    )
    groups: dict[tuple[str, ...], list[_Source]] = defaultdict(list)
    for one in found:
        groups[_key(one, links)].append(one)
    rows = [_row(group, links, suspected) for group in groups.values()]
    return sorted(rows, key=_order)


def _source(fact: Fact, document: Row) -> _Source | None:
    """Return an amount of one year; None for changes, other periods and what is no money."""
    year = _year(fact, document)
    text = f"{fact.label} {fact.indicator}"
    if fact.value_unit != "won" or fact.value is None or year is None or _CHANGE.search(text):
        return None
    programme, level = _programme(fact)
    return _Source(
        fact=fact,
        document=document,
        region=document["region_code"] or document["institution"] or fact.document_id,
        year=year,
        programme=programme,
        level=level,
    )


def _year(fact: Fact, document: Row) -> int | None:
    """Return the year of an amount: that of its period, if that is a year or begins one."""
    period = fact.period
    if period is None or (period.start is None and period.end is None):
        year: int | None = document["fiscal_year"]
        return year
    if period.start is None or period.end is None or period.start.year != period.end.year:
        return None
    is_begun = (period.start.month, period.start.day) == (1, 1)
    return period.start.year if is_begun and not _PART_OF_YEAR.search(period.label) else None


def _programme(fact: Fact) -> tuple[str, Level]:
    """Return what an amount is for: the innermost label that names a thing.

    Tables with their amounts in rows name it in the columns.
    """
    labels = program_of(fact).split(" > ")
    for label in reversed([fact.indicator, *labels] if not _is_named(labels) else labels):
        if names_programme(label):
            if total_level(label):
                return total_name(label), "subtotal"
            return " ".join(label.split()), "programme"
        if total_level(label):
            break
    return " ".join(labels[-1].split()) or "-", "total"


def _is_named(labels: Sequence[str]) -> bool:
    return any(names_programme(label) or total_level(label) for label in labels)


def _with_owners(sources: list[_Source]) -> Iterator[_Source]:
    """Name rows of one table that are called alike (운영비) by all their labels."""
    rows: dict[tuple[str, str], set[int | None]] = defaultdict(set)
    for one in sources:
        if one.fact.table_id:
            rows[one.fact.table_id, plain_name(one.programme)].add(one.fact.row)
    for one in sources:
        is_several = len(rows.get((one.fact.table_id or "", plain_name(one.programme)), ())) > 1
        if is_several and one.level == "programme" and " > " in one.fact.label:
            yield _changed(one, programme=" ".join(one.fact.label.split()))
        else:
            yield one


def _with_components(sources: Iterable[_Source]) -> Iterator[_Source]:
    """Tell the amounts of one row apart by their headings where it has several of a kind."""
    cells: dict[tuple[object, ...], list[_Source]] = defaultdict(list)
    for one in sources:
        cells[one.cell].append(one)
    for group in cells.values():
        headings = {squeeze(one.fact.indicator) for one in group}
        is_split = len(headings) > 1 and len({one.fact.value for one in group}) > 1
        for one in group:
            yield _changed(one, component=squeeze(one.fact.indicator)) if is_split else one


def _changed(source: _Source, *, programme: str = "", component: str = "") -> _Source:
    return _Source(
        fact=source.fact,
        document=source.document,
        region=source.region,
        year=source.year,
        programme=programme or source.programme,
        level=source.level,
        component=component or source.component,
    )


def _key(source: _Source, links: Mapping[tuple[str, str], Link]) -> tuple[str, ...]:
    fact = source.fact
    link = _link(source, links)
    # Totals are of what their table is about: those of two tables are two things.
    name = link.key if link else f"{fact.table_id or fact.document_id}:{source.programme}"
    level = "" if link is None else source.level
    amount = (fact.measure, budget_column(fact), source.basis)
    return (source.region, str(source.year), name, level, source.component, *amount)


def _link(source: _Source, links: Mapping[tuple[str, str], Link]) -> Link | None:
    if source.level == "total":
        return None
    return links[source.region, plain_name(source.programme)]


def _row(
    group: Sequence[_Source], links: Mapping[tuple[str, str], Link], suspected: set[str]
) -> dict[str, object]:
    values = _values(group)
    best, *others = sorted(values, key=lambda same: min(map(_rank, same)))
    head = best[0]
    fact, document = head.fact, head.document
    link = _link(head, links)
    return {
        "region_code": document["region_code"],
        "region_name": document["region_name"],
        "institution": document["institution"],
        "year": head.year,
        "programme": head.programme,
        "programme_key": link.key if link else None,
        "link_rule": link.rule if link else "total",
        "link_confidence": link.confidence if link else None,
        "elsewhere": link.is_elsewhere if link else False,
        "row_level": head.level,
        "component": head.component,
        "measure": fact.measure,
        "funding": budget_column(fact),
        "basis": head.basis,
        "value_won": fact.value,
        "period_start": fact.period.start if fact.period else None,
        "period_end": fact.period.end if fact.period else None,
        "approximate": fact.is_approximate,
        "doubtful": head.is_doubtful,
        "in_finding": any(one.fact.fact_id in suspected for one in best),
        "conflict": _conflict(best, others),
        "alternatives": [same[0].fact.value for same in others],
        "source_count": len(best),
        "document_id": fact.document_id,
        "table_id": fact.table_id,
        "fact_ids": [one.fact.fact_id for one in best],
        "alternative_fact_ids": [one.fact.fact_id for same in others for one in same],
    }


def _values(group: Sequence[_Source]) -> list[list[_Source]]:
    """Return sources that say the same together, the most detailed print first.

    1,430백만원 and 1,429,620천원 are the same: a coarse figure stands for what rounds to it.
    """
    found: list[list[_Source]] = []
    for one in sorted(group, key=_detail):
        for same in found:
            gap = abs(same[0].value - one.value)
            if gap == 0 or (one.step > same[0].step and gap < one.step):
                same.append(one)
                break
        else:
            found.append([one])
    return found


def _detail(source: _Source) -> tuple[Decimal, bool, bool, int, int, str, str]:
    """Sort the most detailed print first: fine, sure, in a table, in the latest report."""
    doubt, year, latest, document_id, fact_id = _rank(source)
    is_told = source.fact.table_id is None
    return (source.step, doubt, is_told, year, latest, document_id, fact_id)


def _rank(source: _Source) -> tuple[bool, int, int, str, str]:
    """Sort the value to believe first: surely read, of the latest report."""
    document, fact = source.document, source.fact
    told: date | None = document["as_of_date"] or document["period_end"]
    latest = -(told.toordinal() if told else 0)
    doubt = source.is_doubtful or fact.is_approximate
    year = -int(document["fiscal_year"] or 0)
    return (doubt, year, latest, fact.document_id, fact.fact_id)


def _conflict(best: Sequence[_Source], others: Sequence[Sequence[_Source]]) -> str:
    if not others:
        return ""
    own = {one.fact.document_id for one in best}
    is_within = any(one.fact.document_id in own for same in others for one in same)
    return "within_report" if is_within else "between_reports"


def _order(row: Mapping[str, object]) -> tuple[str, ...]:
    names = (
        "region_code", "institution", "year", "programme_key", "programme", "row_level",
        "component", "measure", "funding", "basis", "table_id", "document_id",
    )  # fmt: skip
    return tuple(str(row[name] or "") for name in names)
