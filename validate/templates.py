"""What the columns of a table state in each row: read from headings and from rows that hold."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from normalize.records import Report
from validate.groups import find_groups
from validate.labels import squeeze
from validate.network import LINEAR
from validate.rates import rate_strips
from validate.records import CheckKind
from validate.sums import goal_headings
from validate.tables import Plane, planes_of
from validate.trial import Trial

QUOTIENTS: Final = frozenset({"rate", "share", "growth"})
"""Relations whose result is a percentage."""
_STATED: Final = LINEAR | QUOTIENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What the columns of a table state in each row."""

    kind: CheckKind
    result: int
    operands: tuple[tuple[int, Decimal], ...]
    is_proven: bool
    """True where another row of such a table bears it out."""

    @property
    def columns(self) -> frozenset[int]:
        """All columns that take part."""
        return frozenset((self.result, *(col for col, _ in self.operands)))


def known_templates(
    report: Report, trials: Sequence[Trial]
) -> dict[tuple[str, ...], dict[Template, None]]:
    """Return what rows that hold, or headings, state, by the headings of a table."""
    found: dict[tuple[str, ...], dict[Template, None]] = defaultdict(dict)
    heads = {plane.table.table_id: head_of(plane) for plane in planes_of(report)}
    for trial in trials:
        template = _template(trial) if trial.holds else None
        if template is not None:
            found[heads.get(trial.facts[0].table_id or "", ())][template] = None
    for strips in rate_strips(report):
        if strips.plane.is_turned:
            sides = (strips.top.index, Decimal(1)), (strips.bottom.index, Decimal(1))
            found[head_of(strips.plane.turn())][
                Template(kind="rate", result=strips.rate.index, operands=sides, is_proven=False)
            ] = None
    for plane in planes_of(report):
        found[head_of(plane)].update(dict.fromkeys(_totals(plane)))
    return found


def _totals(plane: Plane) -> Iterator[Template]:
    """Yield the totals that the headings of a table name."""
    turned = plane.turn()
    named = find_groups(turned.strips, lambda *_: (1, 1))
    for group in (*named, *goal_headings(turned)):
        if len(group.parts) > 1:
            yield Template(
                kind="row_total",
                result=group.total.index,
                operands=tuple((part.index, Decimal(1)) for part in group.parts),
                is_proven=False,
            )


def _template(trial: Trial) -> Template | None:
    """Return what a relation within one row states of its columns."""
    relation = trial.relation
    places = {(fact.table_id, fact.row) for fact in trial.facts}
    columns = {fact.col for fact in trial.facts}
    if (
        relation.kind not in _STATED
        or relation.result is None
        or relation.result.col is None
        or len(places) > 1
        or len(columns) < len(trial.facts)
        or any(fact.item for fact in trial.facts)
    ):
        return None
    operands = tuple((one.fact.col or 0, one.factor) for one in relation.operands)
    kind: CheckKind = relation.kind if relation.kind in QUOTIENTS else "row_total"
    return Template(kind=kind, result=relation.result.col, operands=operands, is_proven=True)


def head_of(plane: Plane) -> tuple[str, ...]:
    """Return the headings of a table by column: tables of one form share them."""
    return tuple(f"{cross.index} {squeeze(' '.join(cross.path))}" for cross in plane.across)
