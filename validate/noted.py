"""Sums that a note states by name: * 의료인 35명(의사, 약사) under a table with those columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from normalize.records import Fact, Report
from validate.composed import Composed
from validate.labels import squeeze, total_level
from validate.passages import Passage, passages_of
from validate.tables import Plane, is_summable, planes_of, same_unit

_LIST: Final = re.compile(r"^\s?[(（]([^()（）]{3,})[)）]")
_MARKS: Final = re.compile(r"\s*[,，、+]\s*")
_TABLES: Final = 2
"""Tables right before a note that it may speak of: a list may be folded in two."""


def noted_sums(report: Report) -> Iterator[Composed]:
    """Yield the numbers of running text with the figures of the columns named in the bracket."""
    planes = planes_of(report)
    order = {fact.fact_id: at for at, fact in enumerate(report.facts)}
    starts = [(order[_first(plane).fact_id], plane) for plane in planes]
    for passage in passages_of(report):
        if passage.table_id is not None:
            continue
        for fact, names in _named(passage):
            before = [plane for at, plane in starts if at < order[fact.fact_id]]
            figures = _figures(before[-_TABLES:], fact)
            parts = tuple(figures[name] for name in names if name in figures)
            if len(parts) == len(names) == len({part.fact_id for part in parts}):
                yield Composed(whole=fact, parts=parts)


def _first(plane: Plane) -> Fact:
    return next(facts[0] for _, facts in sorted((plane.facts or plane.worded).items()))


def _named(passage: Passage) -> Iterator[tuple[Fact, tuple[str, ...]]]:
    for mention in passage.mentions:
        found = _LIST.match(passage.text[mention.end :])
        if found is not None and is_summable(mention.fact) and mention.fact.value:
            names = tuple(map(squeeze, _MARKS.split(found.group(1).strip())))
            if len(names) > 1 and all(names):
                yield mention.fact, names


def _figures(planes: Sequence[Plane], whole: Fact) -> Mapping[str, Fact]:
    """Return the figures of tables by column, of their only row or their total."""
    found: dict[str, Fact] = {}
    for plane in planes:
        totals = [row for row in plane.strips if any(total_level(label) for label in row.path)]
        rows = totals if len(plane.strips) > 1 else plane.strips
        if len(rows) != 1 or plane.table.grid.place.page != whole.place.page:
            continue
        for column in plane.across:
            fact = plane.fact_at(rows[0].index, column.index)
            if fact.state == "number" and is_summable(fact) and same_unit((whole, fact)):
                found[squeeze(column.label)] = fact
    return found
