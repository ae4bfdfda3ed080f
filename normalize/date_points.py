"""One date of a text, or one side of a period: what is printed of it and what days it means."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from normalize import period_words as words
from normalize.records import Precision

Shapes = tuple[re.Pattern[str], ...]
Span = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One side of a period as printed, its missing parts not yet filled in."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    pos: int
    """Where it ends in the text."""
    is_late: bool = False
    year_inferred: bool = False

    @property
    def precision(self) -> Precision:
        """The finest part that is printed."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        if self.quarter is not None:
            return "quarter"
        return "half" if self.half is not None else "year"


_NEXT: dict[Precision, Shapes] = {
    "day": (
        *words.YEAR_MONTH_DAY, *words.SHORT_YEAR, *words.MONTH_DAY_WORDS, *words.MONTH_DAY_DOTS,
        *words.YEAR_MONTH, *words.MONTH_ALONE, *words.DAY_TAIL,
    ),
    "month": (
        *words.YEAR_MONTH_DAY, *words.YEAR_QUARTER, *words.YEAR_MONTH, *words.SHORT_YEAR,
        *words.MONTH_DAY_WORDS, *words.MONTH_DAY_DOTS, *words.MONTH_TAIL,
    ),
    "quarter": (*words.YEAR_QUARTER, *words.QUARTER_ALONE),
    "half": (*words.YEAR_QUARTER, *words.QUARTER_ALONE),
    "year": (*words.YEAR_MONTH_DAY, *words.YEAR_QUARTER, *words.YEAR_MONTH, *words.YEAR_TAIL),
}  # fmt: skip
"""What may follow the sign of a range, by the precision of its first side."""
FIRST_SHAPES: Shapes = (
    *words.YEAR_MONTH_DAY, *words.YEAR_QUARTER, *words.YEAR_MONTH, *words.YEAR_ALONE,
    *words.SHORT_YEAR, *words.MONTH_DAY_WORDS, *words.MONTH_DAY_DOTS, *words.MONTH_ALONE,
    *words.QUARTER_ALONE,
)  # fmt: skip
COARSENESS: tuple[Precision, ...] = ("day", "month", "quarter", "half", "year", "term")


def read_point(text: str, pos: int, shapes: Shapes, known_year: int | None) -> Point | None:
    """Return what the first fitting shape reads at a position; two-digit years must be near."""
    for shape in shapes:
        hit = shape.match(text, pos)
        if hit is None:
            continue
        point = _point(hit)
        if is_possible(point) and (
            shape not in words.SHORT_YEAR or _is_near(point.year, known_year)
        ):
            return point
    return None


def _point(hit: re.Match[str]) -> Point:
    parts = hit.groupdict()

    def number(name: str) -> int | None:
        return int(parts[name]) if parts.get(name) else None

    year = year_of(parts.get("year") or parts.get("short"))
    half = {"상": 1, "하": 2}.get(parts.get("half") or "")
    return Point(
        year=year, month=number("month"), day=number("day"), quarter=number("quarter"),
        half=half, pos=hit.end(), is_late=bool(parts.get("late") or parts.get("late2")),
    )  # fmt: skip


def year_of(printed: str | None) -> int | None:
    """Return the year that 2021 or '21 stands for.

    Examples:
        >>> year_of("’21")
        2021
    """
    if not printed:
        return None
    number = int(printed[-4:] if len(printed) == 4 and printed.isdigit() else printed[-2:])
    if number >= 100:
        return number
    return number + (2000 if number <= 60 else 1900)


def is_possible(point: Point) -> bool:
    """Tell whether there is such a month and such a day."""
    if point.month is not None and not 1 <= point.month <= 12:
        return False
    if point.day is None:
        return True
    longest = calendar.monthrange(point.year or 2000, point.month)[1] if point.month else 31
    return 1 <= point.day <= longest


def _is_near(year: int | None, known: int | None) -> bool:
    return year is not None and (known is None or abs(year - known) <= 15)


def read_last(text: str, first: Point, known_year: int | None) -> Point | None:
    """Return the second side of a period, taking month and year from the first, or None."""
    pos = first.pos
    if weekday := words.WEEKDAY.match(text, pos):
        pos = weekday.end()
    sign = words.RANGE_SIGN.match(text, pos)
    if sign is None:
        return None
    last = read_point(text, sign.end(), _NEXT[first.precision], known_year)
    if last is None:
        return None
    if last.month is None and first.month is not None and last.day is not None:
        last = replace(last, month=first.month)
    if last.year is None:
        last = replace(last, year=first.year, year_inferred=True)
    return last if is_possible(last) else None


def with_year(point: Point, known_year: int | None) -> Point:
    """Return the point with a year: its own, or else the known one."""
    return point if point.year is not None else replace(point, year=known_year)


def widen(point: Point) -> Span | None:
    """Return the first and last day that are meant; None without a year or for no real day."""
    if point.year is None or not 1900 <= point.year <= 2100 or not is_possible(point):
        return None
    first, last = 1, 12
    if point.month is not None:
        first = last = point.month
    elif point.quarter is not None:
        first, last = 3 * point.quarter - 2, 3 * point.quarter
    elif point.half is not None:
        first, last = 6 * point.half - 5, 6 * point.half
    if point.day is not None:
        day = date(point.year, first, point.day)
        return day, day
    return (
        date(point.year, first, 1),
        date(point.year, last, calendar.monthrange(point.year, last)[1]),
    )


def read_cell_point(text: str) -> Point | None:
    """Return what a cell or heading such as 2022, ’19 or 3/4 means as a period, or None."""
    for shape in words.CELL_PERIODS:
        if hit := shape.fullmatch(text):
            return _point(hit)
    return None
