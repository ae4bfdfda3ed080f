"""Figures of one report that could be the same figure: alike in size, dimension and name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from normalize.records import Fact, Report
from validate.kept import kept
from validate.labels import likeness, squeeze, tokens, total_level
from validate.phrases import Phrase, phrases_of
from validate.rounding import step_of
from validate.tables import dimension
from validate.vocabulary import GENERIC_NAMES, PEOPLE_UNITS, TIMES_UNITS

_ONE_SIDED = frozenset({"target", "actual", "budget", "execution", "balance", "granted"})
_SKIPPED = frozenset({"threshold", "age_limit", "tenure"})
_LOOK_BACK = 80
_LINKS = 3
_LEAST_AGREEMENT = 0.4
_SHORT = 2
"""Digits of figures that return in every report, under every unit."""
_LIST = 6
"""Numbers of a column that make it a list."""


Heading = tuple[str | None, int | None, str]
"""A column of a table and what its numbers count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two facts that seem to report the same thing; `later` follows `earlier` in the report."""

    earlier: Fact
    later: Fact
    score: float


def same_figures(report: Report) -> Iterator[Pair]:
    """Yield facts that print the same value under names that agree, each with its best matches."""
    earlier: dict[tuple[str, Decimal], list[Fact]] = defaultdict(list)
    facts = named_facts(report)
    listed = Counter(heading for fact in facts if (heading := _heading(fact)))
    for fact in facts:
        if fact.state != "number" or not fact.value or fact.measure in _SKIPPED:
            continue
        found: list[Pair] = []
        for key in _keys(fact):
            known = earlier[key]
            found.extend(_matches(fact, known[-_LOOK_BACK:], found, listed))
            known.append(fact)
        found.sort(key=lambda pair: -pair.score)
        yield from found[:_LINKS]


@kept
def named_facts(report: Report) -> Iterator[Fact]:
    """Yield the facts named by the words around them; the second of 20건/50억 like the first."""
    before: Fact | None = None
    phrases = phrases_of(report)
    for fact in report.facts:
        named = _named(fact, phrases.get(fact.fact_id))
        if before is not None and not fact.indicator.strip() and _is_same_cell(before, fact):
            named = replace(named, indicator=before.indicator)
        yield named
        before = named


def _named(fact: Fact, phrase: Phrase | None) -> Fact:
    """Return a fact of a cell that says more than its headings with the words of the cell."""
    if phrase is None or fact.table_id is None:
        return fact
    label = " > ".join(part for part in (fact.label, *phrase.outer) if part)
    is_telling = bool(tokens(phrase.own) - GENERIC_NAMES)
    return replace(fact, label=label, indicator=phrase.own if is_telling else fact.indicator)


def _is_same_cell(left: Fact, right: Fact) -> bool:
    here = (right.table_id, right.row, right.col)
    return right.table_id is not None and here == (left.table_id, left.row, left.col)


def _keys(fact: Fact) -> Iterator[tuple[str, Decimal]]:
    """Yield the buckets of a fact: its value, and its value at coarser precisions of money."""
    value = fact.value or Decimal(0)
    yield dimension(fact) or "count", value
    if fact.value_unit == "won" and value:
        for digits in (3, 2):
            size = Decimal(1).scaleb(value.adjusted() - digits + 1)
            for rounded in {value // size, (value + size / 2) // size}:
                yield f"won{digits}", rounded * size


def names_agree(fact: Fact, other: Fact) -> bool:
    """Tell whether two facts of other places could be one by period, measure and name."""
    return are_compatible(other, fact) and agreement(other, fact) >= max(
        _LEAST_AGREEMENT, _needed(fact, other)
    )


def _matches(
    fact: Fact, known: list[Fact], found: list[Pair], listed: Mapping[Heading, int]
) -> Iterator[Pair]:
    taken = {pair.earlier.fact_id for pair in found}
    step = step_of(fact)
    for other in known:
        if other.fact_id in taken or _is_same_row(other, fact) or not _is_same(other, fact, step):
            continue
        if not are_compatible(other, fact) or not _count_alike(other, fact):
            continue
        if _is_told_apart(fact, other, listed) and _is_told_apart(other, fact, listed):
            score = agreement(other, fact)
            if score >= _needed(fact, other):
                yield Pair(earlier=other, later=fact, score=score)


def _is_same(left: Fact, right: Fact, step: Decimal) -> bool:
    """Tell whether two facts print one value at the precision of the coarser; `step` is right's."""
    if left.value is None or right.value is None:
        return False
    gap = abs(left.value - right.value)
    return not gap or gap < step or gap < step_of(left)


def _count_alike(left: Fact, right: Fact) -> bool:
    """Tell whether two short figures can count one thing: 15명 is neither 15회 nor 15개소."""
    if dimension(left) != "count" or dimension(right) != "count":
        return True
    kinds = {_counted(left.value_unit), _counted(right.value_unit)}
    return len(kinds) == 1 or min(telling_digits(left), telling_digits(right)) > _SHORT


def _heading(fact: Fact) -> Heading | None:
    """Return the column and what it counts; None for what is named by its row or its words."""
    is_named = fact.table_id is not None and squeeze(fact.indicator) not in GENERIC_NAMES
    return (fact.table_id, fact.col, fact.indicator) if is_named else None


def _is_told_apart(fact: Fact, other: Fact, listed: Mapping[Heading, int]) -> bool:
    """Tell whether more than the heading of a list names a short figure in it.

    One of many rows of a column returns by chance; its own row must then be named as well.
    """
    heading = _heading(fact)
    if heading is None or listed[heading] < _LIST or dimension(fact) != "count":
        return True
    if telling_digits(fact) > _SHORT:
        return True
    return likeness(fact.label, " ".join((full_name(other), *other.section_path[-2:]))) > 0


def _counted(unit: str | None) -> str:
    if unit in PEOPLE_UNITS:
        return "people"
    return "times" if unit in TIMES_UNITS else "things"


def are_compatible(left: Fact, right: Fact) -> bool:
    """Tell whether two facts could report one thing: other place, same measure and period."""
    if _is_same_row(left, right) or left.place == right.place:
        return False
    if left.measure != right.measure and {left.measure, right.measure} <= _ONE_SIDED:
        return False
    return _may_share_source(left, right) and _periods_meet(left, right)


def _may_share_source(left: Fact, right: Fact) -> bool:
    """Tell whether two amounts can be of one source; 전액 구비 is the total and 구비 at once."""
    sources = {left.funding_source, right.funding_source}
    if None in sources or len(sources) == 1:
        return True
    return "total" in sources and any("전액" in fact.indicator for fact in (left, right))


def _is_same_row(left: Fact, right: Fact) -> bool:
    if left.table_id is None:
        return (
            right.table_id is None
            and left.place.line_no is not None
            and (left.place.line_no == right.place.line_no)
        )
    return left.table_id == right.table_id


def _periods_meet(left: Fact, right: Fact) -> bool:
    one, other = left.period, right.period
    if one is None or other is None or one.label == other.label:
        return True
    starts = [date for date in (one.start, other.start) if date is not None]
    ends = [date for date in (one.end, other.end) if date is not None]
    return not starts or not ends or max(starts) <= min(ends)


def agreement(left: Fact, right: Fact) -> float:
    """Return how well the names of two facts agree: 0 to 1, more where their headings agree too."""
    direct = max(
        (likeness(own, full_name(other)) for one, other in ((left, right), (right, left))
         for own in own_names(one)),
        default=0.0,
    )  # fmt: skip
    wide = len(context_words(left) & context_words(right))
    return direct + min(wide, 4) * 0.1


def own_names(fact: Fact) -> tuple[str, ...]:
    """Return what a fact itself is called: what is counted, and the innermost row label."""
    return _own_names(fact.indicator, fact.label)


@lru_cache(maxsize=50000)
def _own_names(indicator: str, label: str) -> tuple[str, ...]:
    inner = label.rsplit(" > ", 1)[-1]
    return tuple(
        name
        for name in dict.fromkeys((indicator, inner))
        if squeeze(name) not in GENERIC_NAMES and tokens(name) - GENERIC_NAMES
    )


def full_name(fact: Fact) -> str:
    """Return the label and what is counted, without words that only say 합계."""
    return _full_name(fact.label, fact.indicator)


@lru_cache(maxsize=50000)
def _full_name(*parts: str) -> str:
    return " ".join(part for part in parts if part and not total_level(part))


def context_words(fact: Fact) -> frozenset[str]:
    """Return the words of a fact's name and of the headings over it."""
    return _telling_words(" ".join((full_name(fact), *fact.section_path[-2:])))


@lru_cache(maxsize=50000)
def _telling_words(words: str) -> frozenset[str]:
    return tokens(words) - GENERIC_NAMES


def _needed(fact: Fact, other: Fact) -> float:
    """Return the agreement that two figures ask for: the more digits both have, the less."""
    digits = min(telling_digits(fact), telling_digits(other))
    same_unit = fact.value_unit == other.value_unit
    if digits >= 4 or (digits == 3 and fact.value_unit == "won"):
        return 0.0 if same_unit else 0.4
    if digits == 3:
        return 0.1 if same_unit else 0.4
    if digits == 2:
        return 0.4 if same_unit else 0.7
    return 0.7 if same_unit else 1.0


def telling_digits(fact: Fact) -> int:
    """Return how many digits make a figure recognisable; zeros at its end count as one.

    Examples: 5 and 50 have one, 33 has two, 330 and 1,017 three and four.
    """
    return _telling(fact.raw)


@lru_cache(maxsize=1 << 15)
def _telling(raw: str) -> int:
    digits = [*"".join(char for char in raw if char.isdigit()).lstrip("0")]
    own = len("".join(digits).rstrip("0"))
    return own + (1 if own > 1 and len(digits) > own else 0)
