"""Dates and periods as Korean reports print them: 2021. 1. ~ 12., '21. 4∼11., 민선8기, 3/4."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from normalize import period_words as words
from normalize.date_points import (
    COARSENESS,
    FIRST_SHAPES,
    Point,
    Span,
    read_cell_point,
    read_last,
    read_point,
    widen,
    with_year,
    year_of,
)
from normalize.records import Period, Precision

_NEAR = 20
"""How many characters beside a date are looked at."""
_TIMES = ("×", "✕", "*")
"""A month after one of these counts months: 200,000원×12월."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateContext:
    """What the surroundings of a text say about dates that are printed in part."""

    year: int | None = None
    month: int | None = None
    term: tuple[date, date] | None = None
    """The term of office that 임기 내 and 임기 후 speak of."""
    bare_month_day: bool = False
    """2.15 is a date: set for columns of dates, not for running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date or a period that stands in a text."""

    raw: str
    start: date | None
    """None where the start is open, or the year is not known."""
    end: date | None
    precision: Precision
    char_start: int
    """0-based, in the text that was searched."""
    char_end: int
    role: Literal["date", "reference"] = "date"
    """reference: only names a year, a quarter or a term (2023년 예산)."""
    is_as_of: bool = False
    """기준, 현재 or 말 stand with it."""
    is_open: Literal["start", "end"] | None = None
    """start: everything up to the date (까지, ~ '21. 12.); end: from the date on (부터)."""
    year_inferred: bool = False


def find_dates(text: str, context: DateContext) -> tuple[DateMention, ...]:
    """Return all dates and periods of a text, in order and without overlaps.

    A date without a year takes the year of the full date before it in the same text, or else the
    one of the context. Where neither is known the mention stands without start and end.

    Examples:
        >>> [(str(m.start), str(m.end)) for m in find_dates("2021. 1. ~ 12.", DateContext())]
        [('2021-01-01', '2021-12-31')]
    """
    return tuple(_scan(text, context))


def read_period(text: str, context: DateContext) -> Period | None:
    """Return the period that a heading or a cell as a whole stands for, or None.

    Examples:
        >>> read_period("3/4", DateContext(year=2024)).start
        datetime.date(2024, 7, 1)
    """
    label = " ".join(text.split())
    if not label or len(label) > 60:
        return None
    inner = _period_part(label)
    point = read_cell_point(inner)
    if point is not None:
        span = widen(with_year(point, context.year))
        if span is not None:
            return Period(start=span[0], end=span[1], label=label, precision=point.precision)
    return _read_only_mention(inner, label, context)


def as_of_period(day: date, label: str = "") -> Period:
    """Return the period of a stock: everything up to a day."""
    return Period(start=None, end=day, label=label or day.isoformat(), precision="day")


def local_term(number: int) -> tuple[date, date] | None:
    """Return the first and the last day of 민선N기, the elected terms of local government.

    Examples:
        >>> local_term(8)[0]
        datetime.date(2022, 7, 1)
    """
    if not 1 <= number <= 20:
        return None
    if number == 1:
        return date(1995, 7, 1), date(1998, 6, 30)
    first = 1998 + 4 * (number - 2)
    return date(first, 7, 1), date(first + 4, 6, 30)


def _scan(text: str, context: DateContext) -> Iterator[DateMention]:
    pos = 0
    known = context
    while (hit := words.START.search(text, pos)) is not None:
        pos = hit.start()
        is_factor = text[:pos].rstrip().endswith(_TIMES)
        mention = None if is_factor else _read_mention(text, pos, known)
        if mention is None:
            pos += 1
            continue
        yield mention
        pos = mention.char_end
        known = _learn(known, mention)


def _learn(known: DateContext, mention: DateMention) -> DateContext:
    """A full date gives its year to the dates after it; a mere year does so for 그해 only."""
    if mention.start is None or mention.year_inferred or mention.precision not in ("day", "month"):
        return known
    month = mention.start.month if mention.precision == "day" else known.month
    return replace(known, year=mention.start.year, month=month)


def _read_mention(text: str, pos: int, context: DateContext) -> DateMention | None:
    for read in (_read_term, _read_named, _read_open_start, _read_joined_range, _read_dates):
        mention = read(text, pos, context)
        if mention is not None:
            return mention
    return None


def _read_term(text: str, pos: int, context: DateContext) -> DateMention | None:
    hit = words.TERM.match(text, pos)
    if hit is None:
        return None
    span = local_term(int(hit["term"]))
    if span is None or words.TERM_DATES.match(text, hit.end()):
        return None
    lasting = words.TERM_SPAN_WORD.match(text, hit.end())
    return DateMention(
        raw=hit[0], start=span[0], end=span[1], precision="term", char_start=pos,
        char_end=hit.end(), role="date" if lasting else "reference",
    )  # fmt: skip


def _read_named(text: str, pos: int, context: DateContext) -> DateMention | None:
    """Read 임기 내, 전년도, 당해연도; 그해 11월 is read as a month of the known year."""
    if same := words.SAME_YEAR.match(text, pos):
        mention = _read_dates(text, same.end(), context)
        if mention is None or not mention.year_inferred:
            return None
        return replace(mention, raw=text[pos : mention.char_end], char_start=pos)
    if part := words.TERM_PART.match(text, pos):
        return _mention(text, pos, part.end(), _term_part(part, context), "term", "reference")
    if named := words.RELATIVE_YEAR.match(text, pos):
        span = _relative_year(named["word"], context)
        late = words.YEAR_END.match(text, named.end())
        end = late.end() if late else named.end()
        mention = _mention(text, pos, end, span, "year", "reference", inferred=True)
        return replace(mention, is_as_of=True) if mention and late else mention
    return None


def _mention(
    text: str,
    start: int,
    end: int,
    span: tuple[date | None, date | None] | None,
    precision: Precision,
    role: Literal["date", "reference"],
    *,
    inferred: bool = False,
) -> DateMention | None:
    if span is None:
        return None
    return DateMention(
        raw=text[start:end], start=span[0], end=span[1], precision=precision, char_start=start,
        char_end=end, role=role, year_inferred=inferred,
    )  # fmt: skip


def _term_part(part: re.Match[str], context: DateContext) -> tuple[date | None, date | None] | None:
    if context.term is None:
        return None
    return context.term if part["inside"] else (context.term[1] + timedelta(days=1), None)


def _relative_year(word: str, context: DateContext) -> Span | None:
    if context.year is None:
        return None
    year = context.year + words.RELATIVE_YEARS["".join(word.split())]
    return widen(Point(year=year, pos=0))


def _read_open_start(text: str, pos: int, context: DateContext) -> DateMention | None:
    """Read ~ '21. 12월말: everything up to a date."""
    sign = words.OPEN_START.match(text, pos)
    if sign is None or (pos and text[pos - 1] not in " \t\n([：:,;/"):
        return None
    point = read_point(text, sign.end(), FIRST_SHAPES, context.year)
    if point is None or not _is_dated(text, sign.end(), point, context):
        return None
    filled = with_year(point, context.year)
    span = widen(filled)
    if filled.year is not None and span is None:
        return None
    return DateMention(
        raw=text[pos : point.pos], start=None, end=span[1] if span else None,
        precision=point.precision, char_start=pos, char_end=point.pos, is_open="start",
        is_as_of=words.AS_OF.match(text, point.pos) is not None,
        year_inferred=point.year is None,
    )  # fmt: skip


def _read_joined_range(text: str, pos: int, context: DateContext) -> DateMention | None:
    """Read ranges whose first side has no mark of its own: 3~4월, 25~26일, 1~2분기."""
    if words.UNBOUND.match(text, pos) is None:
        return None
    for shape, field in (
        (words.MONTH_DAYS, "day"), (words.MONTHS, "month"), (words.QUARTERS, "quarter"),
        (words.DAYS, "day"),
    ):  # fmt: skip
        hit = shape.match(text, pos)
        if hit is None:
            continue
        parts = hit.groupdict()
        month = int(parts["month"]) if parts.get("month") else None
        if field == "day" and month is None:
            if context.month is None:
                continue
            month = context.month
        base = Point(year=year_of(parts.get("year")), month=month, pos=hit.end())
        first = _with_part(base, field, int(parts["first"]))
        last = _with_part(base, field, int(parts["last"]))
        mention = _range(text, pos, first, last, context)
        if mention is not None:
            return mention
    return None


def _with_part(point: Point, field: str, number: int) -> Point:
    if field == "day":
        return replace(point, day=number)
    return replace(point, month=number) if field == "month" else replace(point, quarter=number)


def _read_dates(text: str, pos: int, context: DateContext) -> DateMention | None:
    if words.UNBOUND.match(text, pos) is None:
        return None
    first = read_point(text, pos, FIRST_SHAPES, context.year)
    if first is None:
        return None
    last = read_last(text, first, context.year)
    if last is not None and (
        _is_dated(text, pos, first, context) or _is_dated(text, pos, last, context)
    ):
        mention = _range(text, pos, first, last, context)
        if mention is not None:
            return mention
    if not _is_dated(text, pos, first, context):
        return None
    return _single(text, pos, first, context)


def _is_dated(text: str, pos: int, point: Point, context: DateContext) -> bool:
    """Whether a month and a day between dots are a date: 2.15 and 1.2. may be other things."""
    if point.year is not None or point.day is None or point.month is None:
        return True
    printed = text[pos : point.pos]
    if "월" in printed or context.bare_month_day:
        return True
    if words.WEEKDAY.match(text, point.pos) or (
        printed.endswith(".") and words.AS_OF.match(text, point.pos)
    ):
        return True
    if not printed.endswith(".") or "/" in printed:
        return False
    # At the start of a line 1.2. numbers a section; no section is numbered 5.22.
    return (
        point.day > 12
        or bool(text[max(0, pos - _NEAR) : pos].strip())
        or bool(words.RANGE_SIGN.match(text, point.pos))
    )


def _range(
    text: str, pos: int, first: Point, last: Point, context: DateContext
) -> DateMention | None:
    """A range whose end lies before its start goes over the turn of the year, or is none."""
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year)
    begin, finish = widen(with_year(first, context.year)), widen(with_year(last, context.year))
    if begin and finish and begin[0] > finish[1] and (last.year is None or last.year_inferred):
        later = with_year(last, context.year)
        finish = widen(replace(later, year=(later.year or 0) + 1))
    is_known = first.year is not None or context.year is not None
    if is_known and (begin is None or finish is None or begin[0] > finish[1]):
        return None
    until = words.UNTIL.match(text, last.pos)
    end = until.end() if until else last.pos
    precision = max(first.precision, last.precision, key=COARSENESS.index)
    if words.TERM_BEFORE.search(text[max(0, pos - 10) : pos]):
        precision = "term"
    return DateMention(
        raw=text[pos:end], start=begin[0] if begin else None, end=finish[1] if finish else None,
        precision=precision, char_start=pos, char_end=end,
        is_as_of=words.AS_OF.match(text, end) is not None,
        year_inferred=first.year is None,
    )  # fmt: skip


def _single(text: str, pos: int, point: Point, context: DateContext) -> DateMention | None:
    span = widen(with_year(point, context.year))
    if span is None and (point.year is not None or context.year is not None):
        return None
    start, end = span or (None, None)
    stop = point.pos
    is_open: Literal["start", "end"] | None = None
    if after := words.FROM.match(text, stop) or words.OPEN_END.match(text, stop):
        stop, end, is_open = after.end(), None, "end"
    elif until := words.UNTIL.match(text, stop):
        stop, start, is_open = until.end(), None, "start"
    is_as_of = (
        point.is_late
        or words.AS_OF.match(text, stop) is not None
        or words.AS_OF_BEFORE.search(text[max(0, pos - 12) : pos]) is not None
    )
    # 2016년 이후 names a time of comparison, 2016년부터 the start of something.
    is_span = is_open is not None and not text.endswith("이후", pos, stop)
    return DateMention(
        raw=text[pos:stop], start=start, end=end, precision=point.precision, char_start=pos,
        char_end=stop, role=_role(text, pos, stop, point, is_dated=is_as_of or is_span),
        is_as_of=is_as_of and is_open is None, is_open=is_open,
        year_inferred=point.year is None,
    )  # fmt: skip


def _role(
    text: str, pos: int, stop: int, point: Point, *, is_dated: bool
) -> Literal["date", "reference"]:
    """A quarter says when only where it stands alone: in brackets, after a colon, as a cell."""
    if is_dated or point.precision in ("day", "month"):
        return "date"
    before, after = text[max(0, pos - _NEAR) : pos].rstrip(), text[stop : stop + _NEAR].lstrip()
    # (하반기) at the head of a line belongs to a heading that was broken off.
    has_head = bool(before.rstrip("(")) or point.year is not None or not after.strip("()")
    stands_alone = before[-1:] in ("", "(", ":", "：") and after[:1] in ("", ")")
    return "date" if stands_alone and has_head and point.precision != "year" else "reference"


def _period_part(label: str) -> str:
    """Take the brackets off: 계(2024년), (상반기); 민선8기(2022. 7.~2026. 6.) stays whole."""
    hit = re.fullmatch(r"(?:합?계|소계|총계)?\s?[(\[]\s?([^()\[\]]+)\s?[)\]]", label)
    return hit[1].strip() if hit else label


def _read_only_mention(inner: str, label: str, context: DateContext) -> Period | None:
    mentions = find_dates(inner, context)
    if not mentions and (year := words.LEADING_YEAR.match(inner)):
        return _read_only_mention(f"{year[0]}년" + inner[year.end() :], label, context)
    if len(mentions) != 1 or mentions[0].start is None is mentions[0].end:
        return None
    found = mentions[0]
    rest = words.TERM.sub("", inner[: found.char_start] + inner[found.char_end :])
    if words.PERIOD_WORDS.fullmatch(re.sub(r"[\s()\[\]%％.,:·~/]", "", rest)) is None:
        return None
    # Only in a heading 이전 means before; in a sentence it may be a move of premises.
    is_stock = found.is_as_of and (found.precision != "year" or found.raw.endswith("말"))
    start = None if is_stock or "이전" in rest else found.start
    return Period(start=start, end=found.end, label=label, precision=found.precision)
