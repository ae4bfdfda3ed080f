"""Funding split and execution rate by programme."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from pipelines.report.shelf import Row
from pipelines.report.svg import Svg, element, group
from pipelines.report.wording import Say

SOURCES: Final = ("national", "regional", "local", "special_grant", "fund", "other")
_MOST: Final = 15
_ROW: Final = 26
_LEFT, _BAR, _RIGHT = 250, 380, 210
_NAME_SIGNS: Final = 22
_WHOLE: Final = Decimal(100)
_EVER: Final = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """The budget of a programme, what of it came from whom, and what was executed."""

    programme: str
    period: str
    total: Decimal
    """won."""
    parts: tuple[tuple[str, Decimal], ...]
    """By source, in won; those that are printed."""
    executed: Decimal | None
    """won."""

    @property
    def rate(self) -> Decimal | None:
        """Executed ÷ budget in percent."""
        if self.executed is None or not self.total:
            return None
        return round(self.executed / self.total * _WHOLE, 1)


def funding_of(budgets: Iterable[Row]) -> tuple[Funding, ...]:
    """Return the programmes with the largest budgets that are split or executed.

    A programme that is printed several times in a year counts once, with its fullest row. What was
    executed is the first figure of the report for the part of the year that is longest; quarters
    alone are not added up.
    """
    rows: dict[tuple[str, int | None], list[Row]] = defaultdict(list)
    for row in budgets:
        rows[row["program"], _year(row)].append(row)
    found = [one for key, own in rows.items() if (one := _funding(key, own)) is not None]
    found.sort(key=lambda one: (-one.total, one.programme, one.period))
    return tuple(found[:_MOST])


def _year(row: Row) -> int | None:
    return None if row["period_end"] is None else row["period_end"].year


def _funding(key: tuple[str, int | None], rows: Sequence[Row]) -> Funding | None:
    budgets = [row for row in rows if row["measure"] == "budget" and (row["total"] or 0) > 0]
    if not budgets:
        return None
    fullest = max(budgets, key=lambda row: sum(row[name] is not None for name in SOURCES))
    executed = _executed(row for row in rows if row["measure"] == "execution")
    parts = tuple(
        (name, fullest[name]) for name in SOURCES if fullest[name] is not None and fullest[name] > 0
    )
    if not parts and executed is None:
        return None
    return Funding(
        programme=key[0],
        period=str(key[1] or ""),
        total=fullest["total"],
        parts=parts,
        executed=executed,
    )


def _executed(rows: Iterable[Row]) -> Decimal | None:
    """Return what was executed since the year began; the longest part of the year counts."""
    since = [
        row
        for row in rows
        if row["total"] is not None and row["period_start"] == _first_day(row["period_end"])
    ]
    longest = max(since, key=lambda row: row["period_end"] or _EVER, default=None)
    return None if longest is None else longest["total"]


def _first_day(day: date | None) -> date | None:
    return None if day is None else date(day.year, 1, 1)


def draw_funding(rows: Sequence[Funding], say: Say) -> Svg | None:
    """Return bars of equal length cut by source, with budget and execution rate beside them."""
    if not rows:
        return None
    parts = [_legend(say)]
    for at, one in enumerate(rows):
        parts.append(_bar(one, 34 + at * _ROW, say))
    return Svg(
        width=_LEFT + _BAR + _RIGHT,
        height=34 + len(rows) * _ROW,
        title=say("funding"),
        parts=tuple(parts),
    )


def _legend(say: Say) -> Markup:
    marks = []
    x = 0.0
    for name in (*SOURCES, "unsplit"):
        marks.append(element("rect", x=x, y=4, width=12, height=12, class_=f"fill-{name}"))
        marks.append(element("text", text=say(name), x=x + 16, y=14, class_="small"))
        x += 28 + 12 * len(say(name)) * (0.55 if say(name).isascii() else 1.0)
    return group(marks, class_="legend")


def _bar(one: Funding, y: float, say: Say) -> Markup:
    name = one.programme if not one.period else f"{one.programme} ({one.period})"
    drawn = [
        element("title", text=_words(one, say)),
        element("text", text=_short(name), x=_LEFT - 8, y=y + 15, text_anchor="end"),
    ]
    x, known = float(_LEFT), sum(value for _, value in one.parts)
    whole = max(one.total, known)
    for source, value in one.parts:
        width = float(value / whole) * _BAR
        drawn.append(element("rect", x=x, y=y + 3, width=width, height=16, class_=f"fill-{source}"))
        x += width
    rest = _LEFT + _BAR - x
    if rest > 0.5:
        drawn.append(element("rect", x=x, y=y + 3, width=rest, height=16, class_="fill-unsplit"))
    rate = "" if one.rate is None else f" · {say('execution_rate')} {one.rate}%"
    words = f"{show_won(one.total)}{rate}"
    drawn.append(element("text", text=words, x=_LEFT + _BAR + 8, y=y + 15))
    return group(drawn)


def _words(one: Funding, say: Say) -> str:
    parts = ", ".join(f"{say(name)} {show_won(value)}" for name, value in one.parts)
    executed = "" if one.executed is None else f"; {say('executed')} {show_won(one.executed)}"
    return f"{one.programme}: {show_won(one.total)}; {parts}{executed}"


def show_won(value: Decimal) -> str:
    """Return an amount in the unit in which it is short and exact to the thousand.

    Examples:
        >>> show_won(Decimal("2075790000"))
        '2,075.79백만원'
        >>> show_won(Decimal("12500"))
        '12,500원'
    """
    if abs(value) < Decimal(1_000_000):
        return f"{value:,.0f}원"
    digits = f"{value / 1_000_000:,.3f}".rstrip("0").rstrip(".")
    return f"{digits}백만원"


def _short(name: str) -> str:
    flat = " ".join(name.split())
    return flat if len(flat) <= _NAME_SIGNS else flat[: _NAME_SIGNS - 1] + "…"
