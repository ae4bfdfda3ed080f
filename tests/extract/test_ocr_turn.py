"""Boxes read on an upright page lie where the scan shows them."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extract.grids.ruled_shapes import Box
from extract.reading.ocr_turn import Turn, turn_blocks
from extract.records import Cell, Line, Place, Run, TableGrid, TablePart

TURN = Turn(degrees=1.5, width=600, height=800)
PLACE = Place(page=2, x0=100, y0=100, x1=140, y1=110)
RUN = Run(text="12", place=PLACE, edges=(100, 120, 140))


@pytest.mark.parametrize("degrees", [-2.0, 0.3, 4.0])
def test_a_point_goes_back_the_way_the_picture_came(degrees: float) -> None:
    turn = replace(TURN, degrees=degrees)
    matrix = cv2.getRotationMatrix2D((300, 400), degrees, 1.0)
    upright = matrix @ (80, 650, 1)

    across, down = turn.shift(*upright)

    assert (upright[0] + across, upright[1] + down) == pytest.approx((80, 650))


def test_every_box_of_a_table_moves_by_its_own_middle() -> None:
    grid = TableGrid(
        cells=(Cell(row=0, col=0, runs=(RUN,), place=PLACE),),
        row_count=1,
        column_count=1,
        engine="ocr",
        place=PLACE,
        parts=(TablePart(page=2, x0=100, y0=100, x1=140, y1=110, row_first=0, row_last=0),),
    )

    (moved,) = turn_blocks([grid], {2: TURN})

    assert isinstance(moved, TableGrid)
    across, down = TURN.shift(120, 105)
    assert moved.place.x0 == pytest.approx(100 + across, abs=1e-3)
    assert moved.place.y1 == pytest.approx(110 + down, abs=1e-3)
    assert moved.cells[0].place == moved.cells[0].runs[0].place == moved.place
    assert moved.cells[0].runs[0].edges[1] == pytest.approx(120 + across, abs=1e-3)
    assert (moved.parts[0].x0, moved.parts[0].y0) == (moved.place.x0, moved.place.y0)


def test_blocks_of_pages_that_were_not_turned_stay_where_they_are() -> None:
    line = Line(run=RUN)

    assert turn_blocks([line], {1: TURN}) == (line,)
    assert turn_blocks([line], {}) == (line,)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_box_of_a_page_that_lay_on_its_side_goes_back_to_where_it_was(quarters: int) -> None:
    scan = np.zeros((80, 60), np.bool_)
    scan[10:14, 20:50] = True
    upright = np.rot90(scan, quarters)
    rows, columns = np.flatnonzero(upright.any(axis=1)), np.flatnonzero(upright.any(axis=0))
    box = Box(x0=columns[0], y0=rows[0], x1=columns[-1] + 1, y1=rows[-1] + 1)

    turn = Turn(degrees=0.0, width=60, height=80, quarters=quarters)

    assert turn.upright == (upright.shape[1], upright.shape[0])
    assert turn.back(box) == Box(x0=20, y0=10, x1=50, y1=14)


def test_a_line_that_runs_up_the_page_has_no_borders_of_characters() -> None:
    (moved,) = turn_blocks([Line(run=RUN)], {2: replace(TURN, degrees=0.0, quarters=1)})

    assert isinstance(moved, Line)
    assert moved.run.edges == ()
    assert (moved.run.place.x0, moved.run.place.x1) == (490, 500)
