"""How many relations hold, fail or could not be checked, for each institution or kind."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from pipelines.report.svg import Svg, element, group
from pipelines.report.wording import Say

OUTCOMES: Final = (
    ("held", ("exact", "within_rounding")),
    ("doubtful", ("unlikely_rounding",)),
    ("failed", ("mismatch",)),
    ("unchecked", ("uncheckable",)),
)
"""What is told apart, and the outcomes of the dataset that it stands for."""
_MOST: Final = 25
_ROW: Final = 22
_LEFT, _BAR, _RIGHT = 220, 380, 260
_NAME_SIGNS: Final = 20

Tally = Mapping[str, Counter[str]]
"""Relations by group and what became of them."""


def tally(counts: Iterable[tuple[str, str, int]]) -> Tally:
    """Add up relations, given how many of a group have an outcome."""
    names = {outcome: name for name, outcomes in OUTCOMES for outcome in outcomes}
    added: dict[str, Counter[str]] = defaultdict(Counter)
    for group_name, outcome, number in counts:
        added[group_name][names[outcome]] += number
    return added


def largest_first(counted: Tally) -> Sequence[tuple[str, Counter[str]]]:
    """Return the groups with the most relations first."""
    return sorted(counted.items(), key=lambda pair: (-pair[1].total(), pair[0]))


def draw_outcomes(counted: Tally, title: str, say: Say) -> Svg | None:
    """Return a bar of equal length for each group, cut by outcome."""
    rows = largest_first(counted)[:_MOST]
    if not rows:
        return None
    parts = [_legend(say)]
    parts += [_bar(name, counts, 30 + at * _ROW, say) for at, (name, counts) in enumerate(rows)]
    return Svg(
        width=_LEFT + _BAR + _RIGHT, height=30 + len(rows) * _ROW, title=title, parts=tuple(parts)
    )


def _legend(say: Say) -> Markup:
    marks = []
    x = float(_LEFT)
    for name, _ in OUTCOMES:
        marks.append(element("rect", x=x, y=4, width=12, height=12, class_=f"fill-{name}"))
        marks.append(element("text", text=say(name), x=x + 16, y=14, class_="small"))
        x += 30 + 12 * len(say(name)) * (0.55 if say(name).isascii() else 1.0)
    return group(marks, class_="legend")


def _bar(name: str, counts: Counter[str], y: float, say: Say) -> Markup:
    total = counts.total()
    flat = name if len(name) <= _NAME_SIGNS else name[: _NAME_SIGNS - 1] + "…"
    words = ", ".join(f"{say(one)} {counts[one]:,}" for one, _ in OUTCOMES if counts[one])
    drawn = [
        element("title", text=f"{name}: {words}"),
        element("text", text=flat, x=_LEFT - 8, y=y + 13, text_anchor="end"),
    ]
    x = float(_LEFT)
    for one, _ in OUTCOMES:
        width = counts[one] / total * _BAR
        if width:
            # What fails is what people look for: however rare, it can be seen.
            drawn.append(
                element("rect", x=x, y=y + 2, width=width, height=14, class_=f"fill-{one}")
            )
        x += width
    drawn.append(element("text", text=f"{total:,} · {words}", x=_LEFT + _BAR + 8, y=y + 13))
    return group(drawn)
