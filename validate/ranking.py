"""Which finding to look at first: the graver, the better supported, the wider."""

from collections.abc import Sequence
from dataclasses import replace

from validate.diagnose import Case
from validate.records import Finding
from validate.trial import Trial

_GRAVITY = {"high": 0, "medium": 1, "low": 2, "info": 3}


def ranked(findings: Sequence[Finding], cases: Sequence[Case]) -> tuple[Finding, ...]:
    """Return findings in their order, each with its place when the most telling come first.

    Of equal severity a proven one is first, then the one that more relations support, then the
    one whose numbers stand at more places that do not depend on each other, then the one that is
    further beyond what rounding explains.

    Args:
        findings: of one report.
        cases: what each finding states, in the same order.
    """
    order = sorted(range(len(findings)), key=lambda at: (*_weight(findings[at], cases[at]), at))
    places = {at: place for place, at in enumerate(order, start=1)}
    return tuple(replace(one, rank=places[at]) for at, one in enumerate(findings))


def _weight(finding: Finding, case: Case) -> tuple[float, ...]:
    places = {(cell.table_id, cell.place.page, cell.place.line_no) for cell in finding.cells}
    return (
        _GRAVITY[finding.severity],
        not finding.is_proven,
        -len(case.failing),
        -len({place[0] or place[1:] for place in places}),
        -max(map(_excess, case.failing)),
    )


def _excess(one: Trial) -> float:
    """Return the part of a difference that rounding leaves open, as a share of the figure."""
    printed, computed = one.check.printed, one.check.computed
    if printed is None or computed is None:
        return 0.0
    largest = max(abs(printed), abs(computed))
    beyond = abs(printed - computed) - one.check.tolerance
    return float(beyond / largest) if largest and beyond > 0 else 0.0
