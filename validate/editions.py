"""Reports of one institution over the years, and the figures that two of them share."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from normalize.records import Fact
from validate.figures import telling_digits
from validate.labels import squeeze, total_level
from validate.tables import dimension

_NUMBERING = re.compile(
    r"^(?:[\dⅠ-ⅻ]{1,3}(?:-\d+)*[.)\s]+|[가나다라마바사아자차카타파하][.)]\s*|[□○◦■●▪·*※-]\s*)+"
)
_YEARS = re.compile(
    r"['’‘]?(?:19|20)?\d{2}년?도?\s*(?:\(?[pPeErR]\)?(?![A-Za-z]))?|전년도?|당해년?도?|금년도?"
    r"|\(?(?:잠정|확정|속보|추정)치?\)?"
)
"""What changes from report to report: years, and the marks of figures that are not final."""
_CUMULATIVE = re.compile(r"누적|누계")
_WRITTEN_OFF = re.compile(r"상각|손상|충당|결손|손익|잔액|미수|미지급")
"""Balances that are called 누계 and fall when what they belong to is sold or paid."""
_LONG = 3
_LEAST = 2
"""Two figures of three telling digits are not equal by chance in the same column and year."""
_LOOK_BACK = 3
"""Reports seldom print more than the three years before their own."""

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
    is_final: bool = False
    """True for settlements and the like, whose own year is over."""
    facts: tuple[Fact, ...]
    """In document order."""

    @property
    def closed(self) -> date:
        """The last day whose figures the report can know for good."""
        return self.as_of or date(self.year if self.is_final else self.year - 1, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A figure of one thing in two reports."""

    earlier: Fact
    later: Fact


def successive(editions: Iterable[Edition]) -> Iterator[tuple[Edition, Edition]]:
    """Yield each report of a series with those of the years before it, the nearest year first."""
    series: dict[tuple[str, ...], dict[int, list[Edition]]] = defaultdict(lambda: defaultdict(list))
    for edition in sorted(editions, key=_order):
        series[edition.series][edition.year].append(edition)
    for by_year in series.values():
        years = sorted(by_year)
        for at, year in enumerate(years):
            for before in years[max(0, at - _LOOK_BACK) : at][::-1]:
                yield from product(by_year[before], by_year[year])


def same_period(earlier: Edition, later: Edition) -> Iterator[Shared]:
    """Yield the figures that both reports give for one thing and the same period."""
    first = _named(earlier, _period_of)
    second = _named(later, _period_of)
    yield from _pairs(first, second)


def renamed(earlier: Edition, later: Edition) -> Iterator[Shared]:
    """Yield the figures of things that only one report knows by name and that are one thing.

    They are where two long figures or more of the same kind and period are equal, and those of
    no other such thing: what else they report is then to be equal as well.
    """
    first, second = _rows(_named(earlier, _period_of)), _rows(_named(later, _period_of))
    olds = {name: row for name, row in first.items() if name not in second}
    news = {name: row for name, row in second.items() if name not in first}
    meant = [
        (old, new)
        for old, row in olds.items()
        for new, other in news.items()
        if _are_one(row, other)
    ]
    for old, new in meant:
        if sum(1 for pair in meant if pair[0] == old or pair[1] == new) == 1:
            for key, fact in news[new].items():
                if key in olds[old]:
                    yield Shared(earlier=olds[old][key], later=fact)


def _rows(named: Mapping[Name, Fact]) -> dict[str, dict[Name, Fact]]:
    """Return figures by the thing that they are of, and then by all else."""
    rows: dict[str, dict[Name, Fact]] = defaultdict(dict)
    for name, fact in named.items():
        rows[name[0]][name[1:]] = fact
    return rows


def _are_one(row: Mapping[Name, Fact], other: Mapping[Name, Fact]) -> bool:
    equal = {
        fact.value
        for key, fact in row.items()
        if key in other and fact.value == other[key].value and telling_digits(fact) >= _LONG
    }
    return len(equal) >= _LEAST


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
    labels = [bare for part in fact.label.split(" > ") if (bare := bare_name(part))]
    if not labels or all(total_level(label) for label in labels):
        labels = [*(bare_name(heading) for heading in fact.section_path[-1:]), *labels]
    basis = "plan" if fact.basis == "plan" else "result"
    return (
        ">".join(labels),
        bare_name(fact.indicator),
        fact.measure,
        basis,
        fact.funding_source or "total",
        dimension(fact) or "",
        str(fact.value_unit),
    )


def bare_name(text: str) -> str:
    """Return a label or title without its number and years, which change from year to year."""
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
    if not is_done or any(_WRITTEN_OFF.search(text) for text in texts):
        return None
    return () if any(_CUMULATIVE.search(text) for text in texts) else None


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
