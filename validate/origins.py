"""What a repair says about where an error arose."""

from validate.diagnose import Case
from validate.records import Cause
from validate.repairs import is_unsure


def cause_of(case: Case, likely: Cause) -> Cause:
    """Return the cause of a case, given what the kind of its relations makes likely.

    Where one change is proven, the number was printed wrong if it was clearly read, and misread if
    it was not. Numbers that stand at wrong places come from the reading only where it moved them.
    """
    if likely != "undetermined" or not case.repairs:
        return likely
    best = case.repairs[0]
    if any(is_unsure(change.fact) for change in best.changes):
        return "extraction"
    return "source" if case.is_proven else likely
