"""Targets against results by period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from pipelines.numbers_shown import show_number
from pipelines.report.shelf import Row
from pipelines.report.svg import Svg, element, group
from pipelines.report.wording import Say

_MOST: Final = 30
_ROW: Final = 22
_LEFT, _BAR, _RIGHT = 330, 300, 230
_SHOWN: Final = Decimal(150)
"""Percent at which bars end."""
_WHOLE: Final = Decimal(100)
_NAME_SIGNS: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What was aimed at and what was reached."""

    programme: str
    indicator: str
    period: str
    unit: str
    target: Decimal
    actual: Decimal

    @property
    def rate(self) -> Decimal:
        """Result ÷ target in percent."""
        return round(self.actual / self.target * _WHOLE, 1)


def goals_of(targets: Iterable[Row]) -> tuple[Goal, ...]:
    """Return what has both a target and a result, in the order of the report."""
    found = (
        Goal(
            programme=row["program"],
            indicator=row["indicator"],
            period=row["period_label"] or "",
            unit=row["unit"] or "",
            target=row["target"],
            actual=row["actual"],
        )
        for row in targets
        if row["target"] is not None and row["target"] > 0 and row["actual"] is not None
    )
    return tuple(dict.fromkeys(found))


def draw_goals(goals: Sequence[Goal], say: Say) -> Svg | None:
    """Return a bar for each target: how much of it was reached; the line is the target."""
    if not goals:
        return None
    shown = goals[:_MOST]
    height = 10 + len(shown) * _ROW
    x = _LEFT + float(_WHOLE / _SHOWN) * _BAR
    line = element("line", x1=x, x2=x, y1=0, y2=height, class_="target-line")
    rows = [_bar(one, 4 + at * _ROW) for at, one in enumerate(shown)]
    return Svg(
        width=_LEFT + _BAR + _RIGHT, height=height, title=say("targets"), parts=(*rows, line)
    )


def _bar(one: Goal, y: float) -> Markup:
    name = " · ".join(part for part in (one.programme, one.indicator) if part)
    flat = " ".join(name.split())
    shown = flat if len(flat) <= _NAME_SIGNS else flat[: _NAME_SIGNS - 1] + "…"
    width = float(min(max(one.rate, Decimal(0)), _SHOWN) / _SHOWN) * _BAR
    numbers = f"{show_number(one.actual)} / {show_number(one.target)}{one.unit} · {one.rate}%"
    css = "reached" if one.rate >= _WHOLE else "missed"
    words = f"{flat} ({one.period}): {numbers}"
    return group(
        [
            element("title", text=words),
            element("text", text=shown, x=_LEFT - 8, y=y + 13, text_anchor="end"),
            element("rect", x=_LEFT, y=y + 2, width=width, height=14, class_=css),
            element("text", text=f"{one.period} {numbers}", x=_LEFT + _BAR + 8, y=y + 13),
        ]
    )
