"""A relation together with the check that tested it."""

from dataclasses import dataclass

from normalize.records import Fact
from validate.records import Check, Relation
from validate.settings import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was stated, and what came of it."""

    relation: Relation
    check: Check
    setting: Setting
    """What the relation was judged by."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that take part, the result first."""
        operands = tuple(operand.fact for operand in self.relation.operands)
        return operands if self.relation.result is None else (self.relation.result, *operands)

    @property
    def fails(self) -> bool:
        """Tell whether the numbers contradict each other beyond what rounding explains."""
        return self.check.outcome in ("mismatch", "unlikely_rounding")

    @property
    def holds(self) -> bool:
        """Tell whether the numbers agree."""
        return self.check.outcome in ("exact", "within_rounding")
