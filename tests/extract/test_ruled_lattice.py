"""Properties of the chain from rules to cells, without any PDF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grids.ruled_cells import cut_rectangles, find_areas
from extract.grids.ruled_edges import join_rules
from extract.grids.ruled_lattice import build_lattice, snap_positions
from extract.grids.ruled_networks import find_networks
from extract.grids.ruled_shapes import Rule
from extract.options import GridOptions, PdfOptions

OPTIONS = GridOptions()

Spans = tuple[tuple[int, int, int, int], ...]


@st.composite
def layouts(draw: st.DrawFn) -> tuple[int, int, Spans]:
    """Draw a table of 2-6 rows and columns in which some rectangles are merged."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    free = {(r, c) for r in range(rows) for c in range(columns)}
    spans = []
    while free:
        row, col = min(free)
        width = draw(st.integers(1, 3))
        while any((row, c) not in free for c in range(col, col + width)):
            width -= 1
        height = draw(st.integers(1, 3))
        fields = {(r, c) for r in range(row, row + height) for c in range(col, col + width)}
        while not fields <= free:
            height -= 1
            fields = {(r, c) for r in range(row, row + height) for c in range(col, col + width)}
        free -= fields
        spans.append((row, col, height, width))
    return rows, columns, tuple(spans)


def rules_of(spans: Spans) -> list[Rule]:
    """Return the four sides of each cell: 40 points wide, 20 high."""
    rules = []
    for row, col, height, width in spans:
        x0, x1, y0, y1 = 40.0 * col, 40.0 * (col + width), 20.0 * row, 20.0 * (row + height)
        rules += [
            Rule(axis="h", position=y0, start=x0, end=x1),
            Rule(axis="h", position=y1, start=x0, end=x1),
            Rule(axis="v", position=x0, start=y0, end=y1),
            Rule(axis="v", position=x1, start=y0, end=y1),
        ]
    return rules


@given(layout=layouts())
def test_every_merged_layout_is_found_again(layout: tuple[int, int, Spans]) -> None:
    _, _, spans = layout
    rules = rules_of(spans)
    across, down = join_rules(rules, "h", OPTIONS), join_rules(rules, "v", OPTIONS)
    (network,) = find_networks(across, down, OPTIONS)
    lattice = build_lattice(network, OPTIONS)
    assert lattice is not None
    boxes = {(a.box.x0, a.box.y0, a.box.x1, a.box.y1) for a in find_areas(lattice)}
    assert boxes == {(40.0 * c, 20.0 * r, 40.0 * (c + w), 20.0 * (r + h)) for r, c, h, w in spans}


@given(fields=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1))
def test_cutting_a_region_neither_loses_nor_doubles_a_field(fields: set[tuple[int, int]]) -> None:
    covered = [
        (r, c)
        for (row, col), (last_row, last_col) in cut_rectangles(list(fields))
        for r in range(row, last_row + 1)
        for c in range(col, last_col + 1)
    ]
    assert sorted(covered) == sorted(fields)


@given(positions=st.lists(st.floats(0, 800), min_size=1, max_size=30), width=st.floats(0.5, 10))
def test_snapped_positions_ascend_and_stay_near_what_was_drawn(
    positions: list[float], width: float
) -> None:
    snapped = snap_positions([(position, 1.0) for position in positions], width)
    assert list(snapped) == sorted(snapped)
    for position in positions:
        assert min(abs(position - s) for s in snapped) <= width + 1e-6


@pytest.mark.parametrize("name", ["rule_thickness", "touch", "most_rules"])
def test_a_tolerance_that_is_not_positive_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        GridOptions(**{name: 0})


def test_a_page_option_that_is_not_positive_is_refused() -> None:
    with pytest.raises(ValueError, match="space_gap"):
        PdfOptions(space_gap=-1)


def test_a_drawing_of_very_many_rules_is_left_alone() -> None:
    across = tuple(Rule(axis="h", position=4.0 * n, start=0, end=1200) for n in range(300))
    down = tuple(Rule(axis="v", position=4.0 * n, start=0, end=1200) for n in range(300))
    (network,) = find_networks(across, down, OPTIONS)
    assert build_lattice(network, OPTIONS) is None
