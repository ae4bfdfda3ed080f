"""A piece of a run keeps its own place, in a text and on a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Place, Run

STRAIGHT = Run(text=" 예산 12명 ", place=Place(line_no=3, char_start=10, char_end=18))
BENT = Run(text="예산", place=Place(line_no=3, char_start=0, char_end=5), edges=(0.0, 2.0, 5.0))
BOX = Run(text="가나다라", place=Place(page=2, x0=10.0, y0=5.0, x1=50.0, y1=15.0))
SPACED = Run(
    text="가나", place=Place(page=2, x0=10.0, y0=5.0, x1=50.0, y1=15.0), edges=(10.0, 40.0, 50.0)
)


@pytest.mark.parametrize(
    ("run", "span", "text", "borders"),
    [
        pytest.param(STRAIGHT, (4, 7), "12명", (14, 17), id="one to one"),
        pytest.param(BENT, (1, 2), "산", (2, 5), id="decomposed in the file"),
        pytest.param(BOX, (1, 3), "나다", (20.0, 40.0), id="even widths"),
        pytest.param(SPACED, (0, 1), "가", (10.0, 40.0), id="measured widths"),
        pytest.param(BOX, (2, 2), "", (30.0, 30.0), id="nothing"),
    ],
)
def test_a_slice_knows_its_place(
    run: Run, span: tuple[int, int], text: str, borders: tuple[float, float]
) -> None:
    part = run.slice(*span)
    place = part.place
    assert part.text == text
    found = (place.char_start, place.char_end) if place.line_no else (place.x0, place.x1)
    assert found == borders
    assert (place.line_no, place.page, place.y0) == (
        run.place.line_no, run.place.page, run.place.y0
    )  # fmt: skip


def test_a_stripped_run_begins_at_its_first_letter() -> None:
    stripped = STRAIGHT.strip()
    assert (stripped.text, stripped.place.char_start, stripped.place.char_end) == (
        "예산 12명", 11, 17
    )  # fmt: skip


def test_a_blank_run_strips_to_nothing() -> None:
    blank = Run(text="   ", place=Place(line_no=1, char_start=4, char_end=7)).strip()
    assert blank.text == ""
    assert blank.place.char_start == blank.place.char_end


def test_a_run_without_a_place_has_none_in_part() -> None:
    assert Run(text="가나", place=Place(page=1)).slice(0, 1).place == Place(page=1)


@given(st.text(st.sampled_from("가나 1"), max_size=12), st.data())
def test_a_slice_of_a_slice_is_the_slice_at_once(text: str, data: st.DataObject) -> None:
    edges = tuple(float(3 + 2 * i) for i in range(len(text) + 1))
    place = Place(line_no=1, char_start=3, char_end=3 + 2 * len(text))
    for run in (Run(text=text, place=place), Run(text=text, place=place, edges=edges)):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        inner = data.draw(st.integers(0, end - start))
        assert run.slice(start, end).slice(inner, end - start) == run.slice(start + inner, end)
