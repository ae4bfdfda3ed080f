"""Planted errors: one cell of a clean table is changed, and just that is found."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validate.reports import Sheet, audit_of

ROWS, COLS = 4, 4


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    """Return a table of counts whose last row and column are totals."""
    body = [[draw(st.integers(3, 5000)) for _ in range(COLS)] for _ in range(ROWS)]
    rows = [[*row, sum(row)] for row in body]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _sheet(cells: list[list[int]]) -> Sheet:
    head = " | ".join(["구분", *(f"항목{chr(0xAC00 + at)}" for at in range(COLS)), "합계"])
    names = [*(f"부서{chr(0xAC00 + at)}" for at in range(ROWS)), "계"]
    lines = [
        " | ".join([name, *(f"{cell:,}" for cell in row)])
        for name, row in zip(names, cells, strict=True)
    ]
    return Sheet(text="\n".join([head, *lines]), unit="명")


@given(cells=tables())
@settings(max_examples=25, deadline=None)
def test_a_table_that_adds_up_has_no_findings(cells: list[list[int]]) -> None:
    found = audit_of(_sheet(cells))
    sums = [check for check in found.checks if check.kind in ("row_total", "column_total")]
    assert len(sums) == ROWS + 1 + COLS + 1
    assert {check.outcome for check in sums} == {"exact"}
    assert not found.findings


@given(
    cells=tables(),
    row=st.integers(0, ROWS),
    col=st.integers(0, COLS),
    error=st.integers(-900, 900).filter(bool),
)
@settings(max_examples=40, deadline=None)
def test_a_changed_cell_is_proven_to_be_the_wrong_one(
    cells: list[list[int]], row: int, col: int, error: int
) -> None:
    true = cells[row][col]
    wrong = true + error if true + error >= 0 else true + abs(error)
    planted = [list(line) for line in cells]
    planted[row][col] = wrong
    found = audit_of(_sheet(planted))
    (finding,) = [one for one in found.findings if one.is_proven]
    assert (finding.printed, finding.suggestion) == (Decimal(wrong), Decimal(true))
    assert (finding.cells[0].row, finding.cells[0].col) == (row + 1, col + 1)
    failing = {check.check_id for check in found.checks if check.outcome == "mismatch"}
    assert failing == set(finding.check_ids)
    assert all(
        any(cell.fact_id == finding.cells[0].fact_id for cell in check.cells)
        for check in found.checks
        if check.check_id in failing
    )
