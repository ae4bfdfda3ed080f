"""What the rest of a report shows about the numbers of a relation."""

from dataclasses import dataclass
from decimal import Decimal

from normalize.records import Fact
from validate.records import Habit, Rounding
from validate.rounding import column_step, printed_step, step_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the rest of the report shows about its numbers."""

    cut_share: float = 1.0
    """How surely its figures are cut off and not rounded, after what the other sums show."""
    blanks_are_zero: bool = False
    """True where other sums of the table hold only because a blank means nothing."""
    habit: Habit | None = None
    """How the table rounds such figures, where its checks show it."""
    by_column: bool = False
    """True where the table's sums show that figures are rounded to the multiples of a column."""
    are_lists_whole: bool = False
    """True where other cells of the table list in words all that their number consists of."""

    @property
    def mode(self) -> Rounding:
        """How a computed figure would have been printed."""
        return "half_up" if self.habit is None else self.habit.mode

    def step_of(self, fact: Fact) -> Decimal:
        """Return the unit of rounding of a fact."""
        return column_step(fact) if self.by_column else step_of(fact)

    def divided_step_of(self, fact: Fact) -> Decimal:
        """Return the unit of rounding of a fact that is divided."""
        return max(printed_step(fact), self.step_of(fact))
