"""Grids of strings as arrays: styles of numbers, marks, and units of rounding."""

import numpy as np
import pytest

from validate.discovery.numbers import NIL, NUMBER, TEXT, is_mark, read_grid, style_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("1,234.5", 1234.5, id="comma-groups"),
        pytest.param("△1,234", -1234.0, id="triangle"),
        pytest.param("(56)", -56.0, id="brackets"),
        pytest.param("$1,200", 1200.0, id="money"),
        pytest.param("-12.5%", -12.5, id="percent"),
        pytest.param("1\u00a0234", 1234.0, id="hard-space"),
        pytest.param(".5", 0.5, id="no-leading-zero"),
    ],
)
def test_a_number_is_read_in_its_style(text: str, value: float) -> None:
    numbers = read_grid([[text, "7"]])
    assert numbers.kinds[0, 0] == NUMBER
    assert numbers.values[0, 0] == value


def test_a_comma_is_a_decimal_mark_where_the_grid_shows_it() -> None:
    assert style_of(["1.234,5", "12,75", "3"]) == "comma"
    assert style_of(["1,234.5", "12.75", "3"]) == "point"
    assert read_grid([["1.234,5", "0,75"]]).values.tolist() == [[1234.5, 0.75]]


@pytest.mark.parametrize("text", ["0033", "000", "N/A", "제3회", "2020~2022"])
def test_names_and_marks_are_no_amounts(text: str) -> None:
    assert read_grid([[text, "1"]]).kinds[0, 0] == TEXT


def test_a_dash_is_nothing() -> None:
    assert read_grid([["-", "–"]]).kinds.tolist() == [[NIL, NIL]]


def test_padded_zeros_are_no_precision() -> None:
    steps = read_grid([["1.00000", "0.66667"], ["2.00000", "0.50000"]]).steps
    assert steps == pytest.approx(np.array([[1.0, 1e-5], [1.0, 0.1]]))


def test_figures_in_multiples_are_rounded_to_them() -> None:
    column = [[str(value)] for value in (1500, 2500, 3000, 4500, 7000, 9500)]
    assert np.all(read_grid(column).steps == 500)


def test_a_small_factor_is_the_unit_only_of_many_figures() -> None:
    counts = [28359, 5928, 15696, 204288, 52728, 145857, 30777]
    assert np.all(read_grid([[str(value)] for value in counts]).steps == 3)
    assert np.all(read_grid([[str(value)] for value in counts[:5]]).steps == 1)


def test_short_letters_stand_for_a_figure_that_is_not_given() -> None:
    assert [is_mark(text) for text in ("N/A", "x", "..", "#", "인건비", "")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
