"""Lists numbered in steps (Ⅰ. - 1. - 1) - 가.): their total is of the outermost step."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from normalize.records import Report
from validate.records import Relation
from validate.rounding import ZERO
from validate.tables import amount

_STEPS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^[Ⅰ-ⅻ]\s?[.)]?\s?\S",
        r"^\d{1,2}\s?\.(?!\d)\s?\S",
        r"^\d{1,2}\s?\)\s?\S",
        r"^[(（]\d{1,2}[)）]\s?\S",
        r"^[가나다라마바사아자차카타파하]\s?[.)]\s?\S",
    )
)
_DEEPEST: Final = len(_STEPS)
_LEAST: Final = 2


def step_of_label(label: str) -> int:
    """Return how deep a numbered label stands, 0 for Ⅰ; a label without number is the deepest.

    Examples:
        >>> [step_of_label(text) for text in ("Ⅰ. 수입", "2. 적립금", "1)이자", "가. 예금", "예금")]
        [0, 1, 2, 4, 5]
    """
    return next((at for at, step in enumerate(_STEPS) if step.match(label.strip())), _DEEPEST)


def top_level(report: Report, totals: Sequence[Relation]) -> Iterator[Relation]:
    """Yield totals over rows, of the outermost step only where the sums of a row bear it out.

    A row without a number may be a part of the one above or stand beside it: that is read in the
    way in which more of the row's totals hold.
    """
    labels = _first_labels(report)
    rows: dict[tuple[str | None, int | None], list[Relation]] = defaultdict(list)
    for relation in totals:
        result = relation.result
        rows[(result.table_id, result.row) if result else (None, None)].append(relation)
    for members in rows.values():
        outer = [_outermost(relation, labels) for relation in members]
        chosen = outer if _holding(outer) > max(_holding(members), _LEAST - 1) else members
        yield from chosen


def _first_labels(report: Report) -> dict[tuple[str, int], str]:
    """Return the first label of each row of a table."""
    found: dict[tuple[str, int], str] = {}
    for table in report.tables:
        for cell in sorted(table.cells, key=lambda one: (one.row, one.col)):
            if cell.role != "header" and cell.text.strip():
                found.setdefault((table.table_id, cell.row), cell.text.strip())
    return found


def _outermost(relation: Relation, labels: dict[tuple[str, int], str]) -> Relation:
    steps = [
        step_of_label(labels.get((one.fact.table_id or "", one.fact.row or 0), ""))
        for one in relation.operands
    ]
    top = min(steps, default=_DEEPEST)
    if top == _DEEPEST or len(set(steps)) == 1 or steps.count(top) < _LEAST:
        return relation
    kept = tuple(one for one, step in zip(relation.operands, steps, strict=True) if step == top)
    return replace(relation, operands=kept, basis="pattern")


def _holding(relations: Sequence[Relation]) -> int:
    """Return how many totals hold that are more than nothing."""
    return sum(1 for relation in relations if _holds(relation))


def _holds(relation: Relation) -> bool:
    values = [amount(one.fact) for one in relation.operands]
    own = amount(relation.result) if relation.result else None
    known = [value for value in values if value is not None]
    return bool(own) and len(known) == len(values) and own == sum(known, ZERO)
