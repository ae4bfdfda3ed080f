"""Rows that moved by one cell: what their columns state holds only one column further on.

A moved row leaves most of its relations: a rate beside a blank is none. So each row that none of
the relations of its columns bears out, and that leaves a cell at one end open, is tried at the
other side. What columns state is read from their headings and from the rows that hold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from normalize.records import Fact, Report
from validate.arithmetic import judge
from validate.network import BOUNDS, key_of
from validate.quotients import HUNDRED
from validate.records import Operand, Relation
from validate.settings import Setting
from validate.slips import is_slip
from validate.suspicion import Suspicion
from validate.tables import Plane, planes_of, same_unit
from validate.templates import QUOTIENTS, Template, head_of, known_templates
from validate.trial import Trial

_FEWEST: Final = 3
"""Numbers of a row that moved, and of a relation that says more than 5 = 5."""
_MOST_PERCENT: Final = Decimal(1000)
_SISTERS: Final = 2
"""Rows that keep a relation for each one more that does not."""
_MENDED: Final = 2
"""Relations with other rows that one accident does not mend."""
_NO: Final = Decimal(0)
_HOLDS: Final = ("exact", "within_rounding")
_SETTING: Final = Setting(blanks_are_zero=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A row that holds only one column further on."""

    suspicion: Suspicion
    relation: Relation | None
    """What the row states as it is printed: it fails, or cannot be read at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row with all that tells where its numbers belong."""

    plane: Plane
    index: int
    templates: tuple[Template, ...]
    styles: Mapping[int, Fact]
    """For each column a number of another row, for unit and scale."""
    trials: tuple[Trial, ...]
    """Relations that tie the row to other rows and places."""

    def at(self, col: int) -> Fact:
        return self.plane.fact_at(self.index, col)

    def like(self, fact: Fact) -> Fact | None:
        """Return the first other number of the row that has the same unit."""
        others = (self.at(col) for col in self.numbers if col != fact.col)
        return next((one for one in others if one.value_unit == fact.value_unit), None)

    @property
    def rates(self) -> frozenset[int]:
        """Columns of rates."""
        return frozenset(one.result for one in self.templates if one.kind == "rate")

    @property
    def numbers(self) -> list[int]:
        """Columns with a number or a dash."""
        cols = (cross.index for cross in self.plane.across)
        return [col for col in cols if self.at(col).state in ("number", "nil")]


def shifted_rows(report: Report, trials: Sequence[Trial]) -> Iterator[Shift]:
    """Yield the rows of all tables that moved by one cell to the left or right."""
    known = _borne_out(report, known_templates(report, trials))
    touching = _by_row(trials)
    for plane in planes_of(report):
        columns = {cross.index: _numbers(plane, cross.index) for cross in plane.across}
        for strip in plane.strips:
            outer = touching[plane.table.table_id, strip.index]
            row = _row(plane, strip.index, columns, known.get(head_of(plane), ()), tuple(outer))
            if row is not None and not _holds_as_printed(row):
                yield from _put_back(row)


def _borne_out(
    report: Report, known: Mapping[tuple[str, ...], Iterable[Template]]
) -> dict[tuple[str, ...], tuple[Template, ...]]:
    """Return the templates without those that only some rows of their tables happen to keep."""
    holds: Counter[tuple[tuple[str, ...], Template]] = Counter()
    fails: Counter[tuple[tuple[str, ...], Template]] = Counter()
    for plane in planes_of(report):
        head = head_of(plane)
        for strip in plane.strips if head in known else ():
            printed = {
                cross.index: plane.fact_at(strip.index, cross.index) for cross in plane.across
            }
            for one in known[head]:
                verdict = _verdict(one, printed)
                holds[head, one] += verdict is True
                fails[head, one] += verdict is False
    return {
        head: tuple(
            one for one in templates if holds[head, one] >= _SISTERS * (fails[head, one] - 1)
        )
        for head, templates in known.items()
    }


def _numbers(plane: Plane, column: int) -> list[Fact]:
    """Return the numbers that stand in a column, each the first of its cell."""
    cells = (plane.all_at(strip.index, column)[:1] for strip in plane.strips)
    return [fact for found in cells for fact in found if fact.state == "number"]


def _by_row(trials: Sequence[Trial]) -> dict[tuple[str | None, int | None], list[Trial]]:
    """Return the relations of each row that are not of this row alone."""
    found: dict[tuple[str | None, int | None], list[Trial]] = defaultdict(list)
    for trial in trials:
        places = {(fact.table_id, fact.row) for fact in trial.facts}
        if len(places) > 1 and trial.check.outcome != "uncheckable":
            for place in places:
                found[place].append(trial)
    return found


def _row(
    plane: Plane,
    index: int,
    columns: Mapping[int, Sequence[Fact]],
    templates: tuple[Template, ...],
    trials: tuple[Trial, ...],
) -> _Row | None:
    """Return a row; None where it has too few numbers, or no cell that it could have left."""
    cells = [plane.fact_at(index, cross.index) for cross in plane.across]
    if sum(cell.state in ("number", "nil") for cell in cells) < _FEWEST - 1:
        return None
    if not any(cell.state == "blank" for cell in cells):
        return None
    styles: dict[int, Fact] = {}
    for col, facts in columns.items():
        numbers = [fact for fact in facts if fact.row != index]
        if numbers:
            usual = Counter((fact.value_unit, fact.multiplier) for fact in numbers).most_common(1)
            styles[col] = next(
                fact for fact in numbers if (fact.value_unit, fact.multiplier) == usual[0][0]
            )
    return _Row(plane=plane, index=index, templates=templates, styles=styles, trials=trials)


def _holds_as_printed(row: _Row) -> bool:
    printed = {cross.index: row.at(cross.index) for cross in row.plane.across}
    return any(_verdict(one, printed) or _is_plain(one, printed) for one in row.templates)


def _is_plain(template: Template, cells: Mapping[int, Fact]) -> bool:
    """Tell whether printed numbers keep a relation, though it says no more than 0 = 5 - 5."""
    facts = [cells[col] for col in template.columns if col in cells]
    if len(facts) < len(template.columns) or any(fact.state != "number" for fact in facts):
        return False
    return bool(_outcome(_relation(template, cells), _SETTING))


def _put_back(row: _Row) -> Iterator[Shift]:
    """Yield the row moved to the other side, if its relations hold there and none fails."""
    columns = [cross.index for cross in row.plane.across]
    stated = frozenset(row.styles).union(*(one.columns for one in row.templates))
    first, last = row.numbers[0], max(stated, default=0)
    before = [col for col in columns if col < first]
    if before and row.at(before[-1]).state == "blank":
        moved = {to: row.at(source) for to, source in _pairs(columns, before[-1], 1)}
        yield from _shift(row, moved, last)
    elif row.at(last).state == "blank":
        moved = {to: row.at(source) for to, source in _pairs(columns, first, -1)}
        yield from _shift(row, moved, first)


def _pairs(columns: list[int], first: int, step: int) -> Iterator[tuple[int, int]]:
    """Yield each place with the one that its number came to stand at."""
    run = [col for col in columns if col >= first]
    for at, col in enumerate(run):
        if 0 <= at + step < len(run):
            yield col, run[at + step]


def _shift(row: _Row, moved: Mapping[int, Fact], lost: int) -> Iterator[Shift]:
    meant = {col: _restyled(row, col, fact) for col, fact in moved.items()}
    verdicts = {one: _verdict(one, meant) for one in row.templates}
    is_told = _is_total_amiss(row, meant, lost)
    meant |= _solved(row, meant, lost)
    fits = [one for one, holds in verdicts.items() if holds]
    printed = {cross.index: row.at(cross.index) for cross in row.plane.across}
    is_odd = _odd_cells(row, printed) > _odd_cells(row, meant)
    mended = _mended(row, meant)
    if any(holds is False and one.is_proven for one, holds in verdicts.items()):
        return
    if not fits and mended < _MENDED and not is_odd and not is_told:
        return
    fits = fits or [one for one in row.templates if one.columns & meant.keys()]
    changes = {
        key_of(row.at(col)): fact.value
        for col, fact in meant.items()
        if fact.value is not None and fact.state == "number" and fact.value != row.at(col).value
    }
    table_id = row.plane.table.table_id
    if len(changes) > 1:
        yield Shift(
            suspicion=Suspicion(
                changes=changes,
                manner="shifted",
                row=(table_id, row.index),
                unknown=key_of(row.at(lost)),
            ),
            relation=_relation(fits[0], printed) if fits else None,
        )


def _is_total_amiss(row: _Row, meant: Mapping[int, Fact], lost: int) -> bool:
    """Tell whether a total is blank beside its parts, or less than one of them."""
    for one in _sums_without(row, lost, meant):
        values = [meant[col].value or Decimal(0) for col, _ in one.operands if col != lost]
        filled = [value for value in values if value]
        if len(filled) < _FEWEST - 1 or min(values) < 0:
            continue
        if one.result == lost:
            if row.at(lost).state != "text" and _is_no_total(row.at(lost), filled):
                return True
        elif row.at(one.result).state == "blank" and sum(filled) <= (meant[one.result].value or 0):
            return True
    return False


def _is_no_total(fact: Fact, parts: Sequence[Decimal]) -> bool:
    """Tell whether a number is less than a part, or than all and no misprint of their sum."""
    printed, whole = fact.value or _NO, sum(parts, _NO)
    is_flow = fact.value_unit == "won" and printed < whole and not is_slip(printed, whole)
    return printed < max(parts) or is_flow


def _solved(row: _Row, meant: Mapping[int, Fact], lost: int) -> dict[int, Fact]:
    """Return what was pushed out of the row, where a total tells it."""
    for one in _sums_without(row, lost, meant):
        if any(factor != 1 for _, factor in one.operands):
            continue
        parts = sum((meant[col].value or Decimal(0) for col, _ in one.operands if col != lost), _NO)
        value = parts if one.result == lost else (meant[one.result].value or _NO) - parts
        style = row.styles.get(lost, row.at(lost))
        if value > 0 and style.fact_id:
            own = row.at(lost)
            return {lost: replace(own, value=value, state="number", multiplier=style.multiplier)}
    return {}


def _sums_without(row: _Row, lost: int, meant: Mapping[int, Fact]) -> Iterator[Template]:
    """Yield the sums whose numbers are all known but for the one that was pushed out."""
    for one in row.templates:
        others = one.columns - {lost}
        if one.kind not in QUOTIENTS and lost in one.columns and others <= meant.keys():
            facts = [meant[col] for col in others if meant[col].state != "blank"]
            if all(fact.state in ("number", "nil") for fact in facts) and same_unit(tuple(facts)):
                yield one


def _mended(row: _Row, meant: Mapping[int, Fact]) -> int:
    """Return how many relations with other rows fail now and hold then; 0 if one breaks.

    Bounds do not count: any smaller number mends them.
    """
    values = {key_of(row.at(col)): fact for col, fact in meant.items()}
    mended = 0
    for one in row.trials:
        holds = _outcome(_replaced(one.relation, values), one.setting)
        if one.holds and holds is False and one.relation.kind != "repeat":
            return 0
        mended += one.fails and holds is True and one.relation.kind not in BOUNDS
    return mended


def _replaced(relation: Relation, values: Mapping[str, Fact]) -> Relation:
    result = relation.result
    return replace(
        relation,
        result=None if result is None else values.get(key_of(result), result),
        operands=tuple(
            replace(one, fact=values.get(key_of(one.fact), one.fact)) for one in relation.operands
        ),
    )


def _outcome(relation: Relation, setting: Setting) -> bool | None:
    """Tell whether a relation holds; None where nothing tells."""
    outcome = judge(relation, setting).outcome
    return None if outcome == "uncheckable" else outcome in _HOLDS


def _restyled(row: _Row, col: int, fact: Fact) -> Fact:
    """Return a number as it reads in another column; a unit beside it stays."""
    style = row.styles.get(col, row.at(col))
    if col in row.rates and fact.value is not None and not _has_unit(fact):
        value = fact.value / fact.multiplier
        return replace(fact, value=value, multiplier=Decimal(1), value_unit="percent")
    if fact.value is None or style.state != "number" or _has_unit(fact):
        return fact
    return replace(
        fact,
        value=fact.value / fact.multiplier * style.multiplier,
        multiplier=style.multiplier,
        value_unit=style.value_unit,
    )


def _has_unit(fact: Fact) -> bool:
    return fact.raw[-1:].isalpha() or fact.raw[-1:] in ("%", "㎡")


def _is_telling(template: Template, cells: Mapping[int, Fact]) -> bool:
    """Tell whether the numbers of a row say anything about what its columns state."""
    if not template.columns <= cells.keys():
        return False
    facts = [cells[col] for col in template.columns]
    if any(fact.state in ("text", "damaged", "undecided") for fact in facts):
        return False
    return sum(1 for fact in facts if fact.value) >= _FEWEST


def _verdict(template: Template, cells: Mapping[int, Fact]) -> bool | None:
    """Tell whether a relation holds, its numbers being of the kinds that it is about."""
    if not _is_telling(template, cells):
        return None
    relation = _relation(template, cells)
    numbers = tuple(one.fact for one in relation.operands if one.fact.state == "number")
    result = relation.result
    if result is None or not same_unit(numbers):
        return False
    if template.kind in QUOTIENTS:
        fits = result.value_unit in (None, "percent")
    else:
        fits = result.state != "number" or same_unit((result, *numbers))
    return _outcome(relation, _SETTING) if fits else False


def _relation(template: Template, cells: Mapping[int, Fact]) -> Relation:
    return Relation(
        kind=template.kind,
        result=cells[template.result],
        operands=tuple(
            Operand(fact=cells[col], factor=factor) for col, factor in template.operands
        ),
        basis="pattern",
        rule="a row states what its headings and sister rows state",
    )


def _odd_cells(row: _Row, cells: Mapping[int, Fact]) -> int:
    """Count the numbers that are of another kind than their column: 152건 under 달성률(%)."""
    return sum(
        _is_odd(fact, row.styles.get(col) or row.like(fact), is_rate=col in row.rates)
        for col, fact in cells.items()
        if fact.state == "number"
    )


def _is_odd(fact: Fact, style: Fact | None, *, is_rate: bool) -> bool:
    if is_rate:
        has_other = _has_unit(fact) and fact.value_unit not in ("percent", None)
        return has_other or abs(fact.value or _NO) > max(_MOST_PERCENT, HUNDRED)
    if style is None:
        return fact.raw.endswith("%")
    is_percent = fact.raw.endswith("%") and style.value_unit != "percent"
    return is_percent or (fact.decimals > 0 and not style.decimals and not _has_unit(fact))
