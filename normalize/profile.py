"""What a report says of itself: kind, office, department, year, period and date of record."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extract.records import Document, Line, TableGrid
from normalize import profile_words as words
from normalize.period_words import TERM
from normalize.periods import DateContext, DateMention, find_dates, local_term
from normalize.records import Profile
from normalize.regions import Region, find_region

_HEAD_LINES = 40
"""How many lines count as the head of a report, where title and office stand."""
_COVER_LINES = 8
"""How many lines count as a cover, where the year or the day of the report stands."""
_LONG_DAYS = 300
_HALF_DAYS = 180
_WHOLE_YEAR_TYPES = ("work_plan", "performance_report", "budget", "settlement")
_Span = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A line, or a table row with its cells side by side."""

    text: str
    is_heading: bool = False
    is_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dates:
    """Dates that tell of the report as a whole."""

    record: tuple[DateMention, ...]
    """Dates of record: 기준, 현재, 누적."""
    project: tuple[_Span, ...]
    """사업기간 and its like."""
    reporting: tuple[_Span, ...]
    """보고기간, or a long range on a line of its own at the head."""
    terms: tuple[_Span, ...]


def read_profile(document: Document) -> Profile:
    """Return what a report says of itself; a field that it does not state is None.

    Names and phone numbers of persons are never taken.
    """
    texts = tuple(_texts(document))
    title = _find_title(texts)
    kind = _find_type(title, texts)
    ministry = _find_ministry(texts)
    agency = _find_agency(title, texts)
    is_national = ministry is not None or bool(agency and words.NATIONAL_AGENCY.match(agency))
    region = None if is_national else find_region(text.text for text in texts)
    dates = _find_dates(texts)
    year = _find_year(title, texts, dates)
    period = _find_period(kind, dates, year)
    return Profile(
        title=title,
        document_type=kind,
        institution=ministry or agency or (region.name if region else None),
        region_code=region.code if region else None,
        region_name=region.name if region else None,
        region_level=_level(region, is_national=is_national),
        department=_find_department(texts),
        fiscal_year=year,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        as_of_date=_find_record_date(texts, dates, year),
    )


def _level(region: Region | None, *, is_national: bool) -> Literal["regional", "local"] | None:
    if region is not None:
        return region.level
    return "regional" if is_national else None


def _texts(document: Document) -> Iterable[_Text]:
    for block in document.blocks:
        if isinstance(block, Line):
            if block.role != "furniture" and block.run.text.strip():
                yield _Text(text=_closed(block.run.text), is_heading=block.role == "heading")
        else:
            yield from _rows(block)


def _closed(text: str) -> str:
    """Close up a letter-spaced line: 주 요 업 무 계 획."""
    parts = text.split()
    if len(parts) >= 3 and all(len(part) == 1 for part in parts):
        return "".join(parts)
    return text.strip()


def _rows(grid: TableGrid) -> Iterable[_Text]:
    for run in (grid.caption, grid.unit_note, *grid.footnotes):
        if run is not None and run.text.strip():
            yield _Text(text=run.text.strip())
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(" ".join(cell.text.split()))
    for _, cells in sorted(rows.items()):
        yield _Text(text="\t".join(cells), is_row=True)


def _find_title(texts: Sequence[_Text]) -> str | None:
    """Return the line at the head that most looks like a title, without its number.

    An extract has no cover: where nothing at the head speaks for a title, the first chapter that
    names a kind of report gives it.
    """
    best, best_score = None, 0
    for index, text in enumerate(texts[:_HEAD_LINES]):
        title = _title_of(text)
        if words.EMPTY_LABEL.match(text.text) and index + 1 < len(texts):
            return _without_number(texts[index + 1].text)
        if title is None:
            continue
        score = _title_score(title, text) + (index == 0) - index // 4
        if best is None or score > best_score:
            best, best_score = title, score
    return best if best_score > 0 else _find_chapter(texts) or best


def _find_chapter(texts: Sequence[_Text]) -> str | None:
    for text in texts:
        if words.CHAPTER.match(text.text):
            title = _title_of(text)
            if title and words.TITLE_END.search(title):
                return title
    return None


def _title_of(text: _Text) -> str | None:
    line = text.text
    if len(words.COLUMN_WORDS.findall(line)) > 1:
        return None
    if label := words.FIELD_LABEL.match(line.replace("\t", " ")):
        return label["value"].strip()
    if text.is_row or words.CONTENTS_LINE.search(line) or words.SENTENCE_END.search(line):
        return None
    title = _without_number(line)
    if not 4 <= len(title) <= 60 or words.NO_TITLE.match(title):
        return None
    if words.PERSON.search(title) or len(words.PRINTED_YEAR.findall(title)) > 1:
        return None
    dates = find_dates(title, DateContext())
    if dates and len(title) - sum(len(mention.raw) for mention in dates) < 4:
        return None
    return title if sum(char.isalpha() for char in title) >= 3 else None


def _without_number(line: str) -> str:
    """Take the number before a title off, and the code of a budget line after it."""
    return words.BUDGET_CODE.sub("", words.NUMBERING.sub("", line)).strip()


def _title_score(title: str, text: _Text) -> int:
    score = 2 if text.is_heading else 0
    score += 4 if words.TITLE_END.search(title) else 0
    score += 1 if words.TITLE_WORDS.search(title) else 0
    score += 2 if words.PRINTED_YEAR.search(title) else 0
    score += 2 if words.AGENCY.search(title) or words.FIELD_LABEL.match(text.text) else 0
    return score - (3 if text.text[:1] in "-–○※◦·•*" else 0)


def _find_type(title: str | None, texts: Sequence[_Text]) -> str:
    scores: Counter[str] = Counter()
    for kind, patterns in words.TYPE_WORDS.items():
        for pattern, weight in patterns:
            scores[kind] += weight * _evidence(pattern, title, texts)
    kind, score = scores.most_common(1)[0]
    return kind if score >= 4 else "other"


def _evidence(pattern: re.Pattern[str], title: str | None, texts: Sequence[_Text]) -> int:
    """Count for a word: ten in the title, two in a heading, one in a line; lines up to five."""
    base = 10 if title and pattern.search(title) else 0
    count = 0
    for text in texts:
        if count >= 5:
            break
        if len(text.text) <= 120 and pattern.search(text.text):
            count += 2 if text.is_heading else 1
    return base + count


def _find_ministry(texts: Sequence[_Text]) -> str | None:
    """Return the ministry that the head names on a line of its own, or under 소관."""
    for index, text in enumerate(texts[:_HEAD_LINES]):
        above = " ".join(other.text for other in texts[max(0, index - 2) : index])
        for name in words.MINISTRIES:
            if text.text.startswith(name) and len(text.text) <= len(name) + 12:
                return name
            if text.is_row and "소관" in above and name in text.text.split("\t"):
                return name
    return None


def _find_agency(title: str | None, texts: Sequence[_Text]) -> str | None:
    """Return the centre or agency that publishes: in the title, alone on a line, or labelled."""
    if title and (hit := words.AGENCY.search(title)) and words.TITLE_END.search(title):
        return hit["name"]
    for text in texts[:_HEAD_LINES]:
        line = text.text.replace("\t", " ")
        if label := words.PUBLISHER.match(line):
            line = line[label.end() :]
            return line.strip()[:40] or None
    for text in texts[:_COVER_LINES]:
        if not text.is_row and words.AGENCY.fullmatch(text.text.strip()):
            return text.text.strip()
    return None


def _find_department(texts: Sequence[_Text]) -> str | None:
    """Return the department that a label names, or the one whose teams the head counts."""
    for text in texts:
        line = text.text.replace("\t", " ")
        for label in words.DEPARTMENT_LABEL.finditer(line):
            name = _department_at(line[label.end() : label.end() + 40])
            if name:
                return name
    for text in texts[:_HEAD_LINES]:
        hit = words.HEAD_DEPARTMENT.match(text.text)
        if hit is None or words.NO_DEPARTMENT.search(hit["name"]):
            continue
        is_whole = hit.end() == len(text.text) and not text.is_row
        if is_whole or words.DEPARTMENT_HEAD.match(text.text, hit.end()):
            return hit["name"]
    return None


def _department_at(text: str) -> str | None:
    hit = words.DEPARTMENT.match(text)
    if hit is None or words.NO_DEPARTMENT.search(hit["name"]):
        return None
    return hit["name"]


def _find_dates(texts: Sequence[_Text]) -> _Dates:
    record: list[DateMention] = []
    project: list[_Span] = []
    reporting: list[_Span] = []
    terms: list[_Span] = []
    for index, text in enumerate(texts):
        for hit in TERM.finditer(text.text):
            term = local_term(int(hit["term"]))
            if term is not None:
                terms.append(term)
        for mention in find_dates(text.text, DateContext()):
            if _is_record(text.text, mention):
                record.append(mention)
            elif mention.start and mention.end and not mention.year_inferred:
                span = (mention.start, mention.end)
                before = text.text[max(0, mention.char_start - 14) : mention.char_start]
                if words.PERIOD_LABEL.search(before):
                    project.append(span)
                elif words.REPORT_PERIOD_LABEL.search(before) or (
                    index < _HEAD_LINES and _fills_line(text, mention)
                ):
                    reporting.append(span)
    return _Dates(
        record=tuple(record), project=tuple(project), reporting=tuple(reporting),
        terms=tuple(terms),
    )  # fmt: skip


def _is_record(text: str, mention: DateMention) -> bool:
    """A date of record of the report stands in brackets or in a short label, not in prose."""
    is_marked = mention.is_as_of or (
        mention.is_open == "start" and words.ACCUMULATED.match(text, mention.char_end) is not None
    )
    before = text[max(0, mention.char_start - 3) : mention.char_start]
    # 2025년 기준 tells which year a budget is of, not up to when a report looks.
    return (
        is_marked
        and mention.precision != "year"
        and ("\t" not in text or "기준" in text or "현재" in text)
        and ("(" in before or "※" in before or len(text) <= len(mention.raw) + 12)
    )


def _fills_line(text: _Text, mention: DateMention) -> bool:
    if mention.start is None or mention.end is None or mention.precision == "year":
        return False
    is_long = (mention.end - mention.start).days >= _LONG_DAYS
    return is_long and len(text.text.strip("()[] ")) <= len(mention.raw) + 2


def _find_year(title: str | None, texts: Sequence[_Text], dates: _Dates) -> int | None:
    """Weigh the years of title, dates of record, periods and headings; history counts little."""
    votes: Counter[int] = Counter()
    for hit in words.PRINTED_YEAR.finditer(title or ""):
        votes[int(hit["year"])] += 100
    for mention in dates.record:
        day = mention.end or mention.start
        if day is not None and not mention.year_inferred:
            votes[day.year] += 30
    for start, end in (*dates.project, *dates.reporting):
        if start.year == end.year:
            votes[start.year] += 40
    for index, text in enumerate(texts):
        for year in _years_in(text):
            is_dateline = index < _COVER_LINES and words.DATELINE.fullmatch(text.text.strip("- "))
            votes[year] += 40 if is_dateline else 10 if text.is_heading else 1
        for hit in words.BUDGET_YEAR.finditer(text.text):
            votes[int(hit["year"])] += 15
    if not votes:
        return None
    return max(votes, key=lambda year: (votes[year], year))


def _years_in(text: _Text) -> set[int]:
    return {
        mention.start.year
        for mention in find_dates(text.text, DateContext())
        if mention.start and mention.end and not mention.year_inferred
        and mention.start.year == mention.end.year
    }  # fmt: skip


def _find_period(kind: str, dates: _Dates, year: int | None) -> _Span | None:
    if kind in _WHOLE_YEAR_TYPES:
        stated = [
            span for span in dates.reporting
            if year in (span[0].year, span[1].year) and (span[1] - span[0]).days >= _HALF_DAYS
        ]  # fmt: skip
        if stated:
            return stated[0]
        return (date(year, 1, 1), date(year, 12, 31)) if year is not None else None
    if dates.reporting:
        return dates.reporting[0]
    if dates.project:
        span, count = Counter(dates.project).most_common(1)[0]
        if 2 * count >= len(dates.project):
            return span
    if kind == "pledge_plan" and dates.terms:
        return Counter(dates.terms).most_common(1)[0][0]
    return None


def _find_record_date(texts: Sequence[_Text], dates: _Dates, year: int | None) -> date | None:
    """Return the most frequent date of record near the fiscal year; the latest of equals."""
    known = DateContext(year=year)
    days: Counter[date] = Counter()
    for text in texts:
        if not any(mention.raw in text.text for mention in dates.record):
            continue
        for mention in find_dates(text.text, known):
            day = mention.end or mention.start
            if day is None or not _is_record(text.text, mention):
                continue
            if year is None or abs(day.year - year) <= 1:
                days[day] += 1
    if not days:
        return None
    return max(days, key=lambda day: (days[day], day))
