"""Dated events of a report: what happens when, what is done and what is planned."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from extract.records import Run
from normalize.periods import DateContext, DateMention, find_dates
from normalize.records import Event

EventRole = Literal["event", "period", "as_of", "deadline"]
Status = Literal["done", "planned"]

_DATE_HEADING = re.compile(
    r"일시|일자|날짜|기간|시기|일정|시점|월일|년월|연월|(?:개최|개소|시행|준공|착공|체결|설립|지정|선정|등록|교부|지급|완료)일"
)
_PERIOD_LABEL = re.compile(r"기\s?간\s?[:：]?\s*[(\[]?\s*$")
_EVENT_LABEL = re.compile(r"(?:일시|일자|날짜|시기|일정|시점)\s?[:：]?\s*[(\[]?\s*$")
_NUMERAL = re.compile(r"[0-9]\s?[.월]")
"""2022. 7.~2026. 6., but not 민선8기 or 임기 내."""
_BULLET = re.compile(r"^[\s\-–·•ㆍ‣▶▸◆◇□■○●◦◾▪※*∘☞ㅇㅁ]+")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*(?:[,~:·]|기준|현재|누적)?\s*[)\]]|(?<=[(\[])\s*,\s*")
_ACCUMULATED = re.compile(r"\s?(?:말)?\s?(?:누적|누계|기준|현재)")
_DONE = re.compile(r"실적|추진\s?(?:성과|결과|경과|상황)|운영\s?결과|경과|연혁|완료|성과\s?보고")
_PLANNED = re.compile(r"향후|계획|예정|일정|로드맵")
_DAY = r"(?:1[0-2]|0?[1-9])\.\s?(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])\.?"
_BRACKETED = re.compile(
    rf"(?<=[(])\s?{_DAY}(?:\s?[~∼～-]\s?{_DAY})?(?:\s?[,·]\s?{_DAY}(?:\s?[~∼～-]\s?{_DAY})?)*"
    r"(?=\s?(?:\)|,\s?[가-힣]))"
)
"""Days without a year in brackets: (9.19, 대강당), (4.12, 4.21)."""
_SCORE_BEFORE = re.compile(r"(?:점|점수|[율률]|평균|만족도|지수|비중|배|대비|학점|농도|규모)\s*\($")
_EVENT_BEFORE = re.compile(
    r"(?:추진|개최|실시|완료|체결|선정|협약|운영|진행|개소|개관|발표|참석|방문|제출|접수|공고|[0-9]\s?회"
    r"|회의|교육|행사|간담회|토론회|설명회|보고회)\s*\($"
)
_LONG_DAYS = 300
"""A line that is nothing but a range of at least so many days states a reporting period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """A printed line, or one line of a table cell, in which events are looked for."""

    run: Run
    section_path: tuple[str, ...] = ()
    table_id: str | None = None
    row: int | None = None
    """Lines of one table row share their year and month."""
    heading: str = ""
    """Heading of the cell's column."""
    is_header: bool = False
    """Headings give dates of record and ranges only: (5.31.기준), (2022. 7.~2026. 6.)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventContext:
    """What is known of the report that its dates and their status depend on."""

    fiscal_year: int | None = None
    as_of: date | None = None
    """Up to when the report tells what was done."""
    term: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    source: EventSource
    mention: DateMention
    before: str
    """What stands before the date: its line, or the cells left of it."""


def find_events(sources: Iterable[EventSource], context: EventContext) -> tuple[Event, ...]:
    """Return the dated events of lines and cells, in the order of the sources.

    A date without a year takes it from its line, its row, its column, the sections above it, or
    the fiscal year, in this order. A mere year is no event unless a label says so.
    """
    events: list[Event] = []
    above = ""
    for _, group in groupby(_numbered(sources), key=lambda item: item[0]):
        members = [source for _, source in group]
        for found in _find_in_group(members, context):
            events.append(_event(found, members, above, context))
        if members[0].table_id is None and _plain(members[0].run.text):
            above = members[0].run.text
    return tuple(events)


def _numbered(sources: Iterable[EventSource]) -> Iterator[tuple[int, EventSource]]:
    """Give the lines of one table row the same number, and each other line its own."""
    number, last = 0, None
    for source in sources:
        key = (source.table_id, source.row)
        if source.table_id is None or source.row is None or key != last:
            number += 1
        last = key
        yield number, source


def _find_in_group(group: Sequence[EventSource], context: EventContext) -> Iterator[_Found]:
    row_date = _row_date(group, context) if len(group) > 1 else None
    left = ""
    for source in group:
        known = _date_context(source, context)
        if row_date is not None and row_date.start is not None:
            known = replace(known, year=row_date.start.year, month=row_date.start.month)
        for mention in _mentions(source, known):
            before = source.run.text[: mention.char_start]
            found = _Found(
                source=source, mention=mention, before=before if before.strip() else left
            )
            if _is_event(found):
                yield found
        left = source.run.text


def _row_date(group: Sequence[EventSource], context: EventContext) -> DateMention | None:
    """Return the date of a row: its first cell that is nothing but a date with a year."""
    for source in group:
        for mention in _mentions(source, _date_context(source, context)):
            is_whole = not source.run.text.replace(mention.raw, "", 1).strip()
            has_year = not mention.year_inferred or _DATE_HEADING.search(source.heading)
            if is_whole and has_year and mention.precision in ("day", "month") and mention.start:
                return mention
    return None


def _date_context(source: EventSource, context: EventContext) -> DateContext:
    year = _year_of_headings(source) or context.fiscal_year
    is_dates = _DATE_HEADING.search(source.heading) is not None and not source.is_header
    return DateContext(year=year, term=context.term, bare_month_day=is_dates)


def _year_of_headings(source: EventSource) -> int | None:
    """Return the year that the column or the nearest section names, if it names just one."""
    for text in (source.heading, *reversed(source.section_path)):
        years = {
            mention.start.year
            for mention in find_dates(text, DateContext())
            if mention.precision == "year" and mention.start and mention.end
            and mention.start.year == mention.end.year
        }  # fmt: skip
        if len(years) == 1:
            return years.pop()
    return None


def _mentions(source: EventSource, known: DateContext) -> list[DateMention]:
    text = source.run.text
    found = list(find_dates(text, known))
    for bracket in _BRACKETED.finditer(text):
        if any(m.char_start < bracket.end() and bracket.start() < m.char_end for m in found):
            continue
        if not _is_dated_bracket(text[: bracket.start()], bracket[0]):
            continue
        inside = find_dates(bracket[0], replace(known, bare_month_day=True))
        found += [
            replace(
                mention,
                char_start=mention.char_start + bracket.start(),
                char_end=mention.char_end + bracket.start(),
            )
            for mention in inside
        ]
    return sorted(found, key=lambda mention: mention.char_start)


def _is_dated_bracket(before: str, inside: str) -> bool:
    """A score may stand in brackets as well: 만족도(4.5)."""
    if _SCORE_BEFORE.search(before):
        return False
    day = inside.strip().rstrip(".").rsplit(".", 1)[-1]
    return len(day.strip()) == 2 or "," in inside or _EVENT_BEFORE.search(before) is not None


def _is_event(found: _Found) -> bool:
    mention = found.mention
    if mention.start is None and mention.end is None:
        return False
    is_period = _PERIOD_LABEL.search(found.before) is not None
    if found.source.is_header:
        is_range = mention.start != mention.end and not mention.year_inferred
        is_dated = mention.precision != "year" and _NUMERAL.search(mention.raw) is not None
        return mention.is_as_of or (is_range and (is_dated or is_period))
    if mention.role == "date" or mention.precision == "term":
        return mention.role == "date"
    return is_period or _EVENT_LABEL.search(found.before) is not None or _is_date_cell(found)


def _is_date_cell(found: _Found) -> bool:
    source = found.source
    is_whole = source.run.text.strip() == found.mention.raw.strip()
    return is_whole and _DATE_HEADING.search(source.heading) is not None


def _event(found: _Found, group: Sequence[EventSource], above: str, context: EventContext) -> Event:
    mention, source = found.mention, found.source
    role = _event_role(found)
    return Event(
        table_id=source.table_id,
        raw_date=mention.raw,
        start=mention.start,
        end=mention.end,
        precision=mention.precision,
        role=role,
        status=_status(found, role, context),
        description=_description(found, group, above),
        place=source.run.slice(mention.char_start, mention.char_end).place,
    )


def _event_role(found: _Found) -> EventRole:
    mention, text = found.mention, found.source.run.text
    if mention.is_as_of:
        return "as_of"
    if mention.is_open == "start":
        if mention.raw.endswith("까지"):
            return "deadline"
        return "as_of" if _ACCUMULATED.match(text, mention.char_end) else "period"
    if mention.precision == "term" or _PERIOD_LABEL.search(found.before):
        return "period"
    if "기간" in found.source.heading and mention.start != mention.end:
        return "period"
    is_long = (
        mention.start is not None
        and mention.end is not None
        and (mention.end - mention.start).days >= _LONG_DAYS
    )
    is_line = found.source.table_id is None and not _plain(text.replace(mention.raw, ""))
    return "period" if is_long and is_line else "event"


def _status(found: _Found, role: EventRole, context: EventContext) -> Status:
    """The section says what is done and what is planned; where it is silent, the date does."""
    if role == "as_of":
        return "done"
    mention = found.mention
    text = found.source.run.text
    if role == "event":
        for heading in reversed(found.source.section_path):
            if heading.strip() in text:
                continue  # a line that was taken for a heading does not speak of itself
            if _DONE.search(heading):
                return "done"
            if _PLANNED.search(heading):
                return "planned"
        if "예정" in text[mention.char_end : mention.char_end + 8]:
            return "planned"
    last = mention.end or mention.start
    if last is not None and context.as_of is not None:
        if mention.end is None:
            return "done" if last.year < context.as_of.year else "planned"
        return "done" if last <= context.as_of else "planned"
    is_past = last is not None and last.year < (context.fiscal_year or 0)
    return "done" if is_past else "planned"


def _description(found: _Found, group: Sequence[EventSource], above: str) -> str:
    """The line without its bullet and its date; for a cell that is a date, the cell after it."""
    mention, text = found.mention, found.source.run.text
    own = _plain(text[: mention.char_start] + " " + text[mention.char_end :])
    if own or len(group) == 1:
        return own or _plain(above)
    place = next(index for index, source in enumerate(group) if source is found.source)
    for source in (*group[place + 1 :], *reversed(group[:place])):
        other = _plain(source.run.text)
        if re.search(r"[가-힣A-Za-z]{2}", other):
            return other
    return _plain(above)


def _plain(text: str) -> str:
    text = _EMPTY_BRACKETS.sub("", _BULLET.sub("", text))
    text = " ".join(text.split()).strip(" :：-~➡→⇒,·")
    return text if re.search(r"\w", text) else ""
