"""What discovery works with: a grid seen one way, candidates, what speaks for them, and results."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]
Operator = Literal["sum", "average", "quotient", "growth"]
Family = Literal["range", "stride", "pair", "quotient"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A grid seen one way: relations hold between places, and every line is a witness of them.

    Along the rows a line is a row and a place a column; for the columns it is turned.
    """

    values: Floats
    """0 where there is no number."""
    steps: Floats
    """Unit of rounding of each number."""
    filled: Flags
    nonzero: Flags
    """Where a number other than zero stands."""
    are_rows: bool
    labels: tuple[str, ...]
    """The words that stand at each place."""
    repeated: Floats
    """Share of the other numbers of a line that print the same value."""
    usual: Floats
    """Share of the other lines that print the same value at this place."""
    rate_like: Flags
    """Places that hold nothing but fractions around one: rates, which are not added."""
    places: Places
    """The places that have numbers which could be amounts."""
    witnesses: Places
    """The lines that have at least two numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Candidates with a target that they met on some line, by candidate and then by target."""

    made: Places
    """The number of the candidate."""
    target: Places
    """The number of the target among those that were searched."""
    score: Floats
    """What the lines say on which they meet."""
    hits: Places
    """On how many lines they meet."""

    def __getitem__(self, which: Flags) -> "Met":
        """Return some of them."""
        return Met(
            made=self.made[which],
            target=self.target[which],
            score=self.score[which],
            hits=self.hits[which],
        )

    def part(self, first: int, end: int) -> "Met":
        """Return what is of the candidates of these numbers, counted from the first of them."""
        found = self[(self.made >= first) & (self.made < end)]
        return replace(found, made=found.made - first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A relation that could hold on many lines: the target place from the operand places."""

    operator: Operator
    target: int
    operands: tuple[int, ...]
    """Of a quotient and a growth: first what is divided, then what it is divided by."""
    cost: float
    """Natural logarithm of how many others of its family were as good a guess."""
    family: Family
    gap: float = 0.0
    """Places between the target and its nearest operand that could have been operands."""

    @property
    def distance(self) -> int:
        """Places from the target to its nearest operand."""
        return min(abs(self.target - operand) for operand in self.operands)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighed:
    """A candidate with what the lines say of it."""

    candidate: Candidate
    score: float
    """Natural logarithm of how much better the relation explains the lines than chance does."""
    holds: Flags
    """The lines on which it holds and tells something."""
    empty: Flags
    """The lines on which it holds because there is nothing: 0 of zeros and blanks."""
    telling: int
    """Lines that tell something new."""
    tightness: float = 0.0
    """Share of the lines that hold to half a unit of the last digit."""
    digits: float = 0.0
    """Natural logarithm of the steps in the target: how much its digits say."""
    is_product: bool = False
    """True where the first operand is the product of the target and the second one, exactly."""
    bonus: float = 0.0
    """What sister relations of the same shape speak for it."""

    @property
    def net(self) -> float:
        """Evidence less what it cost to search for it."""
        return self.score - self.candidate.cost + self.bonus


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A row and a column of the grid, from 0."""

    row: int
    col: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation:
    """One relation of one cell: target = operator(operands)."""

    operator: Operator
    target: Cell
    operands: tuple[Cell, ...]
    """In printed order; of a quotient (a / b) and a growth ((a - b) / b) first a, then b."""
    evidence: float
    """How much better the relation explains its lines than chance; natural logarithm."""
    is_met: bool
    """False where the figure misses its operands by more than rounding: the other lines of the
    table prove the relation, so that this is the line to look at."""
