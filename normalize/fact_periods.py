"""The period a number is for: from its heading, its row, its caption, or the report as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from normalize.labels import heading_key, total_kind
from normalize.periods import DateContext, DateMention, as_of_period, find_dates, read_period
from normalize.records import Basis, Measure, Period, Profile

_FISCAL: frozenset[Measure] = frozenset(
    {"budget", "budget_initial", "secured_budget", "transfer", "granted", "target"}
)
_COMPARED = 16
"""Characters between a date and 대비: 전년 31.9% 대비, ’22년 1,980대 대비."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surrounding:
    """What the caption, notes and sections around a number say about time."""

    year: int | None = None
    term: tuple[date, date] | None = None
    """The term of office that 임기 내 and 임기 후 speak of."""
    named_term: tuple[date, date] | None = None
    """A term of office that the caption or a heading of the table names."""
    as_of: date | None = None
    profile: Profile

    @property
    def context(self) -> DateContext:
        """The context that reading a date in part needs."""
        return DateContext(year=self.year, term=self.term)


def read_surrounding(
    texts: Sequence[str], profile: Profile, term_of_office: tuple[date, date] | None
) -> Surrounding:
    """Read year, term and cut-off date from texts, the nearest first."""
    year: int | None = None
    named: tuple[date, date] | None = None
    as_of: date | None = None
    for text in texts:
        for mention in find_dates(text, DateContext(year=profile.fiscal_year)):
            if mention.is_as_of and as_of is None:
                as_of = mention.end
            elif mention.precision == "term" or _is_long(mention):
                named = named or _span(mention)
            elif mention.start is not None and year is None and not mention.year_inferred:
                year = mention.start.year
    return Surrounding(
        year=year or (as_of.year if as_of else None) or profile.fiscal_year,
        term=named or term_of_office or _profile_term(profile),
        named_term=named,
        as_of=as_of,
        profile=profile,
    )


def _is_long(mention: DateMention) -> bool:
    return (
        mention.start is not None
        and mention.end is not None
        and mention.end.year - mention.start.year >= 2
    )


def _span(mention: DateMention) -> tuple[date, date] | None:
    if mention.start is None or mention.end is None:
        return None
    return mention.start, mention.end


def _profile_term(profile: Profile) -> tuple[date, date] | None:
    if profile.period_start is None or profile.period_end is None:
        return None
    return profile.period_start, profile.period_end


def heading_period(path: Sequence[str], around: Surrounding) -> Period | None:
    """Return the period that the headings of a column (or labels of a row) give, leaf first."""
    for label in reversed(path):
        period = read_period(_mended(label), around.context)
        if period is not None:
            return period
    return None


def _mended(label: str) -> str:
    """Return 임기 내 and 임기 후 where one letter of them was misread."""
    key = heading_key(label, ("임기내", "임기후"))
    return {"임기내": "임기 내", "임기후": "임기 후"}.get(key, label)


def column_periods(paths: Sequence[tuple[str, ...]], around: Surrounding) -> list[Period | None]:
    """Return the period of each column; a total takes in what stands beside it."""
    periods = [heading_period(path, around) for path in paths]
    return [
        _joined(periods, paths, col, around) if period is None and _is_total(paths[col]) else period
        for col, period in enumerate(periods)
    ]


def _is_total(path: Sequence[str]) -> bool:
    return bool(path) and total_kind(path[-1]) is not None


def _joined(
    periods: Sequence[Period | None],
    paths: Sequence[tuple[str, ...]],
    col: int,
    around: Surrounding,
) -> Period | None:
    """Return the span of what a total adds up: the headings that stand beside it.

    In 계 | 임기 내 (소계, 2022, 2023) | 임기 후, 계 adds the two terms and 소계 the years.
    """
    group = paths[col][:-1]
    members: dict[str, Period] = {}
    for path, period in zip(paths, periods, strict=True):
        if period is None or path[: len(group)] != group or len(path) <= len(group):
            continue
        heading = path[len(group)]
        own = heading_period((heading,), around)
        members.setdefault(f"{heading}" if own else f"{heading}/{len(members)}", own or period)
    spans = list(members.values())
    if len(spans) < 2:
        return None
    starts = [span.start for span in spans if span.start is not None]
    ends = [span.end for span in spans if span.end is not None]
    return Period(
        start=min(starts) if len(starts) == len(spans) else None,
        end=max(ends) if len(ends) == len(spans) else None,
        label=paths[col][-1],
        precision="year",
    )


def anchored(period: Period | None, measure: Measure, basis: Basis) -> Period | None:
    """Return the period of money spent up to a day with its start: the first day of that year."""
    if period is None or period.start is not None or period.end is None or basis != "result":
        return period
    if measure not in ("execution", "rate"):
        return period
    return replace(period, start=date(period.end.year, 1, 1))


def default_period(measure: Measure, basis: Basis, around: Surrounding) -> Period | None:
    """Return the period of a number that has none of its own.

    Budgets are for the fiscal year, results run up to the cut-off date, the total cost is for the
    whole project, a state is as of a day (its start is open).
    """
    profile = around.profile
    as_of = around.as_of or profile.as_of_date
    if measure == "total_cost":
        return _of_span(_profile_term(profile)) or _of_year(around.year)
    if around.named_term is not None and measure in ("target", "actual", "rate"):
        start, end = around.named_term
        if basis == "result" and as_of is not None and start <= as_of <= end:
            end = as_of
        return Period(start=start, end=end, label="", precision="term")
    if basis == "state":
        return as_of_period(as_of) if as_of else None
    if measure in _FISCAL or basis == "plan":
        return _of_year(around.year)
    if measure in ("execution", "rate") and as_of is not None and as_of.year == around.year:
        return Period(start=date(as_of.year, 1, 1), end=as_of, label="", precision="day")
    return _of_year(around.year)


def _of_year(year: int | None) -> Period | None:
    if year is None:
        return None
    return Period(start=date(year, 1, 1), end=date(year, 12, 31), label=str(year))


def _of_span(span: tuple[date, date] | None) -> Period | None:
    if span is None:
        return None
    return Period(start=span[0], end=span[1], label=f"{span[0]:%Y}~{span[1]:%Y}")


def text_period(
    text: str, position: int, around: Surrounding, *, is_state: bool = False
) -> Period | None:
    """Return the period of a number in running text: the date nearest to it in its own text.

    Args:
        text: the line or cell.
        position: where the number begins, 0-based.
        around: gives the year of dates printed in part.
        is_state: the number tells how many there are, which is so as of the end of a period.
    """
    found = find_dates(text, around.context)
    mentions = [
        mention
        for item, mention in enumerate(found)
        if (mention.start or mention.end) and not _is_elsewhere(text, found, item, position)
    ]
    if not mentions:
        return None
    best = min(mentions, key=lambda m: _distance(m, position))
    start = None if best.is_as_of or is_state else best.start
    return Period(start=start, end=best.end, label=best.raw, precision=best.precision)


def _is_elsewhere(text: str, mentions: Sequence[DateMention], item: int, position: int) -> bool:
    """Tell whether a date belongs to other numbers of the text than the one at a position.

    In 2,145대(’22년 1,980대 대비 8.3% 증가) the year is that of 1,980대, with which the others are
    compared; in 4,520억원(2019년 1,380억, 2020년 3,140억) each year is that of its own part.
    """
    mention = mentions[item]
    if mention.char_end <= position:
        return "대비" in text[mention.char_end : position]
    if "대비" in text[mention.char_end : mention.char_end + _COMPARED]:
        return True
    opening = text.rfind("(", position, mention.char_start)
    if mention.is_as_of or opening < 0 or ")" in text[opening : mention.char_start]:
        return False
    inner = text[mention.char_end :].partition(")")[0]
    dated = [text[m.char_start : m.char_end] for m in mentions[item + 1 :]]
    for raw in dated:
        inner = inner.replace(raw, "", 1)
    return any(char.isdigit() for char in inner)


def _distance(mention: DateMention, position: int) -> int:
    if mention.char_end <= position:
        return position - mention.char_end
    return 2 * (mention.char_start - position)
