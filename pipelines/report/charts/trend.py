"""Findings from run to run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.report.svg import Svg, element, group
from pipelines.report.wording import Say

_SEVERITIES: Final = ("high", "medium", "low")
_BAR, _GAP, _HIGH = 34, 12, 110


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPoint:
    """What one run found."""

    when: str
    reports: int
    findings: tuple[tuple[str, int], ...]
    """By severity."""
    failed: int
    version: str


def draw_trend(points: Sequence[RunPoint], say: Say) -> Svg | None:
    """Return a column for each run, cut by severity; None for fewer than two runs."""
    if len(points) < 2:
        return None
    highest = max(1, *(sum(number for _, number in one.findings) for one in points))
    columns = []
    for at, one in enumerate(points):
        x, y = 10 + at * (_BAR + _GAP), float(_HIGH + 10)
        words = ", ".join(f"{say(name)} {number:,}" for name, number in one.findings)
        drawn = [element("title", text=f"{one.when}: {words}")]
        for name in reversed(_SEVERITIES):
            height = dict(one.findings).get(name, 0) / highest * _HIGH
            y -= height
            drawn.append(
                element("rect", x=x, y=y, width=_BAR, height=height, class_=f"fill-{name}")
            )
        total = sum(number for _, number in one.findings)
        drawn.append(
            element("text", text=f"{total:,}", x=x + _BAR / 2, y=y - 3, text_anchor="middle")
        )
        drawn.append(
            element(
                "text",
                text=one.when[5:10],
                x=x + _BAR / 2,
                y=_HIGH + 24,
                text_anchor="middle",
                class_="small",
            )
        )
        columns.append(group(drawn))
    return Svg(
        width=20 + len(points) * (_BAR + _GAP),
        height=_HIGH + 30,
        title=say("trend"),
        parts=tuple(columns),
    )
