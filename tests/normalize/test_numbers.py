from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.numbers import flatten_marks, read_number, read_worded_number


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        pytest.param("1,106,475", "1106475", 0, id="grouped"),
        pytest.param("0", "0", 0, id="zero"),
        pytest.param("12.3", "12.3", 1, id="decimals"),
        pytest.param("100.00", "100.00", 2, id="decimals that are zero still show precision"),
        pytest.param("△1", "-1", 0, id="white triangle"),
        pytest.param("▲ 1,234", "-1234", 0, id="black triangle set apart"),
        pytest.param("(2,763,000)", "-2763000", 0, id="brackets are negative"),
        pytest.param("(△5)", "-5", 0, id="a triangle inside brackets is negated once"),
        pytest.param("-1", "-1", 0, id="hyphen"),
        pytest.param("−5", "-5", 0, id="minus sign"),
        pytest.param("+7", "7", 0, id="plus"),
        pytest.param("- 20,000", "20000", 0, id="a dash that stands apart is a bullet"),
        pytest.param("１２，３４５", "12345", 0, id="full width"),
        pytest.param("  42\n", "42", 0, id="white space around"),
        pytest.param(".5", "0.5", 1, id="no zero before the point"),
    ],
)
def test_a_printed_number_is_read(text: str, value: str, decimals: int) -> None:
    number = read_number(text)
    assert (number.state, number.value, number.decimals) == ("number", Decimal(value), decimals)


@pytest.mark.parametrize("text", ["-", "–", "—", "－", "―", "--", " - ", "없음"])
def test_a_nil_mark_is_never_zero(text: str) -> None:
    number = read_number(text)
    assert (number.state, number.value) == ("nil", None)


@pytest.mark.parametrize("text", ["미정", "추후결정", "추후 결정", "해당없음", "해당 없음", "N/A"])
def test_an_undecided_figure_has_no_value(text: str) -> None:
    assert (read_number(text).state, read_number(text).value) == ("undecided", None)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000"])
def test_white_space_is_blank(text: str) -> None:
    assert read_number(text).state == "blank"


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        pytest.param("28,345,9615", "28345961", id="a digit too many at the end"),
        pytest.param("12,34", "1234", id="comma moved by one"),
        pytest.param("1,23,456", "123456", id="comma too many"),
        pytest.param("1,234,56", None, id="a digit is gone and nothing tells which"),
        pytest.param("12.345.678", "12345678", id="points for commas"),
        pytest.param("1.234,567", "1234567", id="one point for a comma"),
        pytest.param("1 234 567", "1234567", id="blanks for commas"),
        pytest.param("1, 234", "1234", id="a blank after the comma"),
        pytest.param("1O5", "105", id="letter O"),
        pytest.param("l2", "12", id="letter l"),
        pytest.param("△1,2S4", "-1254", id="letter S between digits, negative"),
    ],
)
def test_a_damaged_number_has_no_value_but_a_likely_one(text: str, likely: str | None) -> None:
    number = read_number(text)
    expected = None if likely is None else Decimal(likely)
    assert (number.state, number.value, number.likely) == ("damaged", None, expected)


@pytest.mark.parametrize(
    "text",
    ["사업비", "5명", "S2B", "B1", "2023.1.2", "3.", "1,436,743 789,118", "12 1,234", "9" * 40],
)
def test_what_is_not_one_number_is_text(text: str) -> None:
    assert read_number(text).state == "text"


@pytest.mark.parametrize(
    ("text", "value", "scale"),
    [
        ("8천만", "8", "10000000"),
        ("1,017백만", "1017", "1000000"),
        ("65.6억", "65.6", "100000000"),
        ("1억 5천만", "15", "10000000"),
        ("2조 78억", "20078", "100000000"),
        ("3천5백만", "35", "1000000"),
        ("12만3천", "123", "1000"),
        ("1억 2.5천만", "12.5", "10000000"),
        ("60", "60", "1"),
    ],
)
def test_words_of_scale_keep_the_weight_of_the_last_digit(
    text: str, value: str, scale: str
) -> None:
    number, multiplier = read_worded_number(text)
    assert (number.value, multiplier) == (Decimal(value), Decimal(scale))


@given(st.integers(-(10**15), 10**15))
def test_a_grouped_integer_parses_back(value: int) -> None:
    printed = f"△{-value:,}" if value < 0 else f"{value:,}"
    assert read_number(printed).value == value


@given(st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_a_printed_decimal_parses_back(value: Decimal) -> None:
    assert read_number(f"{value:,.2f}").value == value


@given(st.text() | st.text(alphabet="0123456789,.-△()% OlSB미정－１"))
def test_any_text_gives_a_finite_number_or_none(text: str) -> None:
    number = read_number(text)
    for value in (number.value, number.likely):
        assert value is None or value.is_finite()
    assert (number.value is not None) == (number.state == "number")


@given(st.text())
def test_flattening_keeps_the_places_of_characters(text: str) -> None:
    assert len(flatten_marks(text)) == len(text)
