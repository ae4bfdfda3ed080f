"""Reports of one institution over the years, and the figures that two of them share."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product

from normalize.records import Fact
from validate.labels import squeeze, total_level
from validate.tables import dimension

_NUMBERING = re.compile(r"^(?:[\dⅠ-ⅻ가-하]{1,3}(?:-\d+)*[.)\s]+|[□○◦■●▪·*※-]\s*)+")
_YEARS = re.compile(r"['’‘]?(?:19|20)?\d{2}년?도?\s*|전년도?|당해년?도?|금년도?")
_CUMULATIVE = re.compile(r"누적|누계")

Name = tuple[str, ...]
Mark = Callable[[Fact], Name | None]
"""Says what besides its name a figure must share; None leaves it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One report as a comparison over years needs it."""

    document_id: str
    series: tuple[str, ...]
    """What tells which reports continue each other: institution, department, kind of report."""
    year: int
    """Fiscal year of the report."""
    as_of: date | None
    """Day up to which it reports."""
    facts: tuple[Fact, ...]
    """In document order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A figure of one thing in two reports."""

    earlier: Fact
    later: Fact


def consecutive(editions: Iterable[Edition]) -> Iterator[tuple[Edition, Edition]]:
    """Yield each report of a series with those of the next year that the series has."""
    series: dict[tuple[str, ...], dict[int, list[Edition]]] = defaultdict(lambda: defaultdict(list))
    for edition in sorted(editions, key=_order):
        series[edition.series][edition.year].append(edition)
    for by_year in series.values():
        for year, following in pairwise(sorted(by_year)):
            yield from product(by_year[year], by_year[following])


def same_period(earlier: Edition, later: Edition) -> Iterator[Shared]:
    """Yield the figures that both reports give for one thing and the same period."""
    first = _named(earlier, _period_of)
    second = _named(later, _period_of)
    yield from _pairs(first, second)


def cumulative(earlier: Edition, later: Edition) -> Iterator[Shared]:
    """Yield figures that count up: called 누적 or 누계, or of one year up to a later day."""
    yield from _pairs(_named(earlier, _running), _named(later, _running))
    first, second = _named(earlier, _year_begun), _named(later, _year_begun)
    for pair in _pairs(first, second):
        if _end(pair.earlier) < _end(pair.later):
            yield pair


def _order(edition: Edition) -> tuple[object, ...]:
    return (edition.series, edition.year, edition.as_of or date.min, edition.document_id)


def _named(edition: Edition, mark: Mark) -> Mapping[Name, Fact]:
    """Return the figures by what they report; a name that stands for two figures is left out."""
    found: dict[Name, Fact] = {}
    doubtful: set[Name] = set()
    for fact in edition.facts:
        marks = mark(fact)
        if marks is None or fact.state != "number" or fact.is_ambiguous:
            continue
        name = (*_name(fact), *marks)
        if name in found and found[name].value != fact.value:
            doubtful.add(name)
        found.setdefault(name, fact)
    return {name: fact for name, fact in found.items() if name not in doubtful}


def _pairs(first: Mapping[Name, Fact], second: Mapping[Name, Fact]) -> Iterator[Shared]:
    for name, later in second.items():
        if name in first:
            yield Shared(earlier=first[name], later=later)


def _name(fact: Fact) -> Name:
    labels = [bare for part in fact.label.split(" > ") if (bare := _bare(part))]
    if not labels or all(total_level(label) for label in labels):
        labels = [*(_bare(heading) for heading in fact.section_path[-1:]), *labels]
    basis = "plan" if fact.basis == "plan" else "result"
    return (
        ">".join(labels),
        _bare(fact.indicator),
        fact.measure,
        basis,
        fact.funding_source or "total",
        dimension(fact) or "",
        str(fact.value_unit),
    )


def _bare(text: str) -> str:
    """Return a label without its number and without years, which change from report to report."""
    words = _NUMBERING.sub("", " ".join(text.split()))
    return squeeze(_YEARS.sub("", words)) if words else ""


def _period_of(fact: Fact) -> Name | None:
    period = fact.period
    if period is None or period.start is None or period.end is None:
        return None
    return (period.start.isoformat(), period.end.isoformat())


def _running(fact: Fact) -> Name | None:
    texts = (fact.label, fact.indicator, fact.period.label if fact.period else "")
    is_done = fact.measure not in ("target", "budget", "rate", "balance")
    return () if is_done and any(_CUMULATIVE.search(text) for text in texts) else None


def _year_begun(fact: Fact) -> Name | None:
    """Return the first day of what was spent or done so far in a year."""
    period = fact.period
    is_flow = fact.measure in ("execution", "granted") or (
        fact.measure == "actual" and fact.aggregation != "stock"
    )
    if not is_flow or period is None or period.start is None or period.end is None:
        return None
    return (period.start.isoformat(),) if period.start.year == period.end.year else None


def _end(fact: Fact) -> date:
    return fact.period.end if fact.period and fact.period.end else date.min
