"""What people decided about the findings of a version, for those to whom these are handed on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.home import Home
from pipelines.report.shelf import Row
from pipelines.review.book import finding_subject
from pipelines.review.decisions import NOTHING, DecisionLog, Standing, standings


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """How a finding stands."""

    state: str
    """accept, reject, or open."""
    who: str
    note: str
    """Of the decision and besides it, one a line."""


def decided(home: Home, findings: Iterable[Row]) -> Mapping[str, Decided]:
    """Return how findings stand, by id; those about which nobody said anything are left out.

    Raises:
        RunError: the log cannot be read.
    """
    known = standings(DecisionLog(home).read())
    found = {}
    for row in findings:
        standing = known.get((row["document_id"], finding_subject(row)), NOTHING)
        if standing.decision is not None or standing.notes:
            found[row["finding_id"]] = _decided(standing)
    return found


def _decided(standing: Standing) -> Decided:
    decision = standing.decision
    said = [*([decision] if decision is not None else []), *standing.notes]
    return Decided(
        state="open" if decision is None else decision.action,
        who=", ".join(dict.fromkeys(one.who for one in said)),
        note="\n".join(one.note for one in said if one.note),
    )
