"""Finds the sums, averages, quotients and growth rates of any grid of strings. START HERE.

The rules, in an auditor's words:

- A figure is a total (합계, 소계, 총계) of figures beside it in its row or column, where the same
  places make it on enough lines that chance does not explain it. Sub-totals stand for their parts
  in the totals above them.
- A figure is an average (평균) of a block of figures, blanks not counted; where no word says so,
  only on far more evidence, as columns that grow alike make averages of each other.
- A figure is a quotient (집행률, 달성률, 비율: a / b) or a growth rate (증감률: (a - b) / b) of two
  figures of its line, as a fraction or in percent, to the last digit that is printed. Down a
  column only where its row is named as a rate: the rows of a column are different things.
- A total of one part is a sum only by its words: 합계 beside a whole block, or a block in the words
  of proved ones (templates.py). Serial numbers (연번) printed again are no parts.
- What enough lines prove is in force on the lines that miss it by an error (force.py).

Source of the evidence: each line multiplies the odds by how much better the relation explains the
printed digits than chance does (a likelihood ratio), the search pays for all it tried (minimum
description length, Rissanen 1978), and errors of rounding are sums of uniform ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from validate.discovery.chance import Chance, same_in_line
from validate.discovery.choose import Choice
from validate.discovery.cues import CUE_GAIN, is_cued, labels_of
from validate.discovery.force import lines_in_force, lines_met
from validate.discovery.numbers import BLANK, NIL, NUMBER, TEXT, Numbers, is_mark, read_grid
from validate.discovery.pairs import find_pairs
from validate.discovery.quotients import find_quotients
from validate.discovery.ranges import find_ranges
from validate.discovery.records import (
    Aggregation,
    Candidate,
    Cell,
    Flags,
    Floats,
    Lines,
    Places,
    Weighed,
)
from validate.discovery.templates import proved_by_words
from validate.discovery.weigh import weigh_averages, weigh_sums
from validate.discovery.weigh_quotients import weigh_quotients

_LEVELS: Final = 6
_SERIAL: Final = 5
_MOSTLY: Final = 0.9
_MOST_STRIDED: Final = 80
_WIDEST_STRIDE: Final = 6
_MOST_PAIRED: Final = 30
_SHORT: Final = 6
_LARGEST_RATE: Final = 1.5
_COARSEST_RATE: Final = 0.01


def discover(rows: Sequence[Sequence[str]]) -> tuple[Aggregation, ...]:
    """Return the relations among the cells of a grid, in the order of their targets.

    The public call for a table without a document: it reads nothing else and raises nothing.

    Args:
        rows: the cells as printed, without a document; rows may be of different lengths, numbers
            written 1,234.5 or 1.234,5 or 1 234,5, in brackets where negative.

    Examples:
        >>> found = discover([["합계", "1,120", "561", "389"], ["국비", "731", "370", "241"],
        ...                   ["시비", "389", "191", "148"]])
        >>> [(one.operator, one.target.row, [cell.row for cell in one.operands]) for one in found]
        [('sum', 0, [1, 2]), ('sum', 0, [1, 2]), ('sum', 0, [1, 2])]
    """
    width = max((len(row) for row in rows), default=0)
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    numbers = read_grid(grid)
    found: list[Aggregation] = []
    for are_rows in (True, False):
        turned = numbers if are_rows else numbers.turn()
        lines = lines_of(turned, labels_of(grid, turned, are_rows=are_rows), are_rows=are_rows)
        for one in relations_of(lines):
            found.extend(_cells(one, lines, grid, turned))
    order = {"sum": 0, "average": 1, "quotient": 2, "growth": 3}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.target.row,
                one.target.col,
                order[one.operator],
                [(cell.row, cell.col) for cell in one.operands],
            ),
        )
    )


def lines_of(numbers: Numbers, labels: tuple[str, ...], *, are_rows: bool) -> Lines:
    """Return the numbers of a grid, or of a turned one, with what is known of each line."""
    filled = numbers.kinds == NUMBER
    nonzero = filled & (numbers.values != 0)
    finest = np.where(filled, numbers.steps, 1.0).min(axis=0, initial=1.0)
    largest = np.abs(numbers.values).max(axis=0, initial=0.0)
    aside = _printed_again(numbers.values, filled)
    return Lines(
        values=numbers.values,
        steps=numbers.steps,
        filled=filled,
        nonzero=nonzero,
        are_rows=are_rows,
        labels=labels,
        repeated=same_in_line(numbers.values, nonzero),
        usual=same_in_line(numbers.values.T, nonzero.T).T,
        rate_like=(largest <= _LARGEST_RATE) & (finest <= _COARSEST_RATE),
        places=np.flatnonzero(filled.any(axis=0) & ~aside),
        witnesses=np.flatnonzero(filled.sum(axis=1) >= 2),
    )


def _printed_again(values: Floats, filled: Flags) -> Flags:
    """Tell which places print the first one again: 연번 beside each part of a wide table."""
    places = np.flatnonzero(filled.any(axis=0))
    if len(places) < 3:
        return np.zeros(filled.shape[1], dtype=bool)
    first = places[0]
    serial = values[filled[:, first], first]
    is_serial = len(serial) >= _SERIAL and len(np.unique(serial)) >= _MOSTLY * len(serial)
    both = filled & filled[:, [first]]
    same = (values == values[:, [first]]) & both
    again = same.sum(axis=0) >= np.maximum(_MOSTLY * filled.sum(axis=0), _SERIAL)
    again[first] = False
    result: Flags = again & is_serial
    return result


def relations_of(lines: Lines) -> list[Weighed]:
    """Return the relations between the places of the lines, level by level.

    First all places may be parts. Then the parts of what was found are left out, so that the
    totals of totals come in sight, until nothing new is found.
    """
    places = lines.places
    if len(places) < 3 or not len(lines.witnesses):
        return []
    chance, choice = Chance(lines), Choice(lines)
    pool = _weigh(lines, chance, _first_candidates(lines, chance, places))
    choice.take(pool)
    sisters = [one for one in _with_sisters(pool, choice.kept) if one.bonus > 0]
    known = {id(one.candidate) for one in choice.kept}
    choice.take(one for one in sisters if id(one.candidate) not in known)
    choice.take(proved_by_words(lines, chance, choice.kept))
    tried = {tuple(places)}
    for level in range(1, _LEVELS + 1):
        candidates: list[Candidate] = []
        for listed in _remaining(lines, choice.kept):
            if tuple(listed) not in tried and len(listed) > 2:
                tried.add(tuple(listed))
                candidates.extend(find_ranges(lines, chance, listed, level=level))
                if len(listed) <= _MOST_PAIRED:
                    candidates.extend(find_pairs(lines, chance, listed))
        candidates.extend(choice.shortened)
        choice.shortened = []
        weighed = _weigh(lines, chance, candidates)
        is_new = choice.take(_with_sisters(weighed, choice.kept))
        is_new |= choice.take(proved_by_words(lines, chance, choice.kept))
        if not is_new and not choice.shortened:
            break
    return choice.kept


def _first_candidates(lines: Lines, chance: Chance, places: Places) -> list[Candidate]:
    widest = 1
    if len(places) <= _MOST_STRIDED:
        widest = min(_WIDEST_STRIDE, max(1, len(places) // 3))
    return [
        *find_ranges(lines, chance, places, range(1, widest + 1)),
        *find_pairs(lines, chance, places),
        *find_quotients(lines, chance, places),
    ]


def _remaining(lines: Lines, kept: Sequence[Weighed]) -> Iterator[Places]:
    """Yield the places that may be parts of further totals, read in four ways."""
    results = {one.candidate.target for one in kept if one.candidate.operator == "sum"}
    rates = {one.candidate.target for one in kept if one.candidate.operator != "sum"}
    covered = {
        operand
        for one in kept
        if one.candidate.operator == "sum" and one.candidate.family != "pair"
        for operand in one.candidate.operands
    }
    amounts = [int(place) for place in lines.places if place not in rates]
    yield np.array(amounts, dtype=np.intp)
    uncovered = [place for place in amounts if place not in covered]
    yield np.array(uncovered, dtype=np.intp)
    yield np.array([place for place in amounts if place in results], dtype=np.intp)
    yield np.array([place for place in uncovered if not lines.rate_like[place]], dtype=np.intp)


def _weigh(lines: Lines, chance: Chance, candidates: Iterable[Candidate]) -> list[Weighed]:
    """Weigh each candidate once, at its lowest cost; words that name it make it cheaper."""
    cheapest: dict[tuple[str, int, tuple[int, ...]], Candidate] = {}
    for one in candidates:
        key = (one.operator, one.target, one.operands)
        if key not in cheapest or cheapest[key].cost > one.cost:
            cheapest[key] = one
    cued = [
        replace(one, cost=one.cost - CUE_GAIN)
        if is_cued(one.operator, lines.labels[one.target])
        else one
        for one in cheapest.values()
    ]
    return [
        *weigh_sums(lines, chance, [one for one in cued if one.operator == "sum"]),
        *weigh_averages(lines, chance, [one for one in cued if one.operator == "average"]),
        *weigh_quotients(
            lines, chance, [one for one in cued if one.operator in ("quotient", "growth")]
        ),
    ]


def _with_sisters(weighed: Iterable[Weighed], kept: Sequence[Weighed]) -> list[Weighed]:
    """Let relations of the same shape, elsewhere in the table, speak for a relation."""
    shapes = Counter(_shape(one.candidate) for one in kept if one.candidate.operator == "sum")
    beside = Counter(_side(one.candidate) for one in kept if not one.candidate.gap)
    found: list[Weighed] = []
    for one in weighed:
        alike = shapes[_shape(one.candidate)] if len(one.candidate.operands) <= _SHORT else 0
        same_side = beside[_side(one.candidate)]
        bonus = 0.0
        if alike:
            bonus = min(5.0, 3 + log(alike))
        elif same_side > 1 and not one.candidate.gap and one.candidate.family != "stride":
            bonus = min(4.0, log(1 + same_side))
        found.append(replace(one, bonus=bonus))
    return found


def _shape(candidate: Candidate) -> tuple[str, tuple[int, ...]]:
    return candidate.operator, tuple(candidate.target - one for one in candidate.operands)


def _side(candidate: Candidate) -> tuple[str, bool]:
    return candidate.operator, candidate.target > candidate.operands[0]


def _cells(
    one: Weighed, lines: Lines, grid: Sequence[Sequence[str]], numbers: Numbers
) -> Iterator[Aggregation]:
    """Yield the relation of each line on which it is in force."""
    candidate = one.candidate
    is_rate = candidate.operator in ("quotient", "growth")
    met = lines_met(lines, one)
    for line in np.flatnonzero(lines_in_force(lines, one)):
        operands = _with_cleared(candidate, lines, numbers.kinds[line])
        target, *cells = (
            Cell(row=int(line), col=place) if lines.are_rows else Cell(row=place, col=int(line))
            for place in (candidate.target, *operands)
        )
        kinds = [int(numbers.kinds[line, place]) for place in operands]
        if is_rate and TEXT in kinds:
            continue
        yield Aggregation(
            operator=candidate.operator,
            target=target,
            operands=tuple(cells if is_rate else _parts(cells, kinds, grid)),
            evidence=one.net,
            is_met=bool(met[line]),
        )


def _with_cleared(candidate: Candidate, lines: Lines, kinds: NDArray[np.int8]) -> tuple[int, ...]:
    """Return the operands with the blank places of the range that hold no number on any line.

    A range beside its target reaches up to it, where the places between them have names.
    """
    if candidate.family != "range":
        return candidate.operands
    first, last = candidate.operands[0], candidate.operands[-1]
    between = range(min(last, candidate.target) + 1, max(first, candidate.target))
    named = [place for place in between if lines.labels[place].strip()]
    inside = np.arange(first, last + 1)
    if not candidate.gap:
        inside = np.union1d(inside, named).astype(np.intp)
    own = np.isin(inside, candidate.operands)
    empty = ~lines.filled[:, inside].any(axis=0) & (kinds[inside] == BLANK)
    return tuple(int(place) for place in inside[own | empty])


def _parts(
    cells: Sequence[Cell], kinds: Sequence[int], grid: Sequence[Sequence[str]]
) -> list[Cell]:
    """Return the cells that are parts: figures, and what stands among them in place of one.

    An empty cell adds nothing; one that somebody cleared by a space belongs to the range. A word
    in front of the first figure or behind the last is a heading that reaches into the block,
    unless it is a mark (N/A, x, F).
    """
    figures = [at for at, kind in enumerate(kinds) if kind in (NUMBER, NIL)]
    first, last = (figures[0], figures[-1]) if figures else (len(cells), -1)
    return [
        cell
        for at, (cell, kind) in enumerate(zip(cells, kinds, strict=True))
        if grid[cell.row][cell.col]
        and (kind != TEXT or first < at < last or is_mark(grid[cell.row][cell.col]))
    ]
