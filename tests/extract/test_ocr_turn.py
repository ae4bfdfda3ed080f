"""Boxes read on an upright page lie where the scan shows them."""

from dataclasses import replace

import cv2
import pytest

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
