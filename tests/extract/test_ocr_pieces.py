"""Where text stands, signs by their form, and votes between readings."""

import cv2
import numpy as np
import pytest

from extract.reading.ocr_digits import find_shapes, punctuate
from extract.reading.ocr_engine import Word
from extract.reading.ocr_image import Ink
from extract.reading.ocr_pieces import Area, cut_area, drop_specks, line_height
from extract.reading.ocr_signs import split_signs
from extract.reading.ocr_votes import Reading, choose, is_number, make_reading, may_be_digit

EM = 40.0


def blank(height: int = 400, width: int = 600) -> Ink:
    return np.zeros((height, width), np.bool_)


def whole(ink: Ink) -> Area:
    return Area(left=0, top=0, right=ink.shape[1], bottom=ink.shape[0])


def word(text: str, confidence: float = 0.9) -> Word:
    return Word(text=text, left=0, right=100, confidence=confidence)


def reading(text: str, confidence: float = 0.9) -> Reading:
    return make_reading([word(text, confidence)])


def test_lines_and_columns_become_pieces_in_reading_order() -> None:
    ink = blank()
    ink[20:60, 20:200] = ink[20:60, 400:560] = ink[100:140, 20:200] = True

    pieces = list(cut_area(ink, whole(ink), EM, 1.2))

    assert [(piece.left, piece.top) for piece in pieces] == [(20, 20), (400, 20), (20, 100)]


def test_the_parts_of_a_letter_stay_together() -> None:
    ink = blank()
    ink[20:45, 20:60] = ink[48:55, 20:60] = True

    assert [piece.height for piece in cut_area(ink, whole(ink), EM, 1.2)] == [35]


def test_dust_is_no_text_alone_or_far_from_a_number() -> None:
    ink = blank()
    ink[30:34, 500:504] = True
    assert not list(cut_area(ink, whole(ink), EM, 2.5))

    ink[20:60, 350:420] = True
    assert [piece.right for piece in cut_area(ink, whole(ink), EM, 2.5)] == [420]


def test_specks_go_and_points_stay() -> None:
    ink = blank()
    ink[10:12, 10:12] = ink[50:54, 50:54] = True

    assert drop_specks(ink, 3).sum() == 16


def test_the_height_of_a_line_is_the_usual_one_without_dust() -> None:
    ink = blank()
    ink[20:60, :] = ink[100:140, :] = ink[200:203, :] = ink[220:223, :] = ink[240:243, :] = True

    assert line_height(ink, [whole(ink)], 14.0) == 40
    assert line_height(blank(), [whole(ink)], 14.0) == 14


def triangle(filled: bool) -> Ink:
    picture = np.zeros((40, 100), np.uint8)
    corners = np.array([[15, 4], [2, 34], [28, 34]])
    if filled:
        cv2.fillPoly(picture, [corners], 1.0)
    else:
        cv2.polylines(picture, [corners], True, 1.0, 2)
    cv2.putText(picture, "12", (40, 35), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 1.0, 3)
    return picture > 0


def only_area(ink: Ink) -> Area:
    return next(cut_area(ink, whole(ink), EM, 2.5))


@pytest.mark.parametrize(
    ("filled", "text"), [pytest.param(False, "△", id="open"), pytest.param(True, "▲", id="filled")]
)
def test_a_triangle_before_a_number_is_seen_by_its_form(filled: bool, text: str) -> None:
    ink = triangle(filled)

    sign, letters = split_signs(ink, only_area(ink), EM)

    assert (sign.text, letters.text) == (text, "")
    assert letters.area.left > 30


@pytest.mark.parametrize("text", ["4", "A1", "0", "71", "L2", "11"])
def test_digits_and_letters_are_no_triangles(text: str) -> None:
    picture = np.zeros((60, 140), np.uint8)
    cv2.putText(picture, text, (10, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 1.0, 3)
    ink = picture > 0

    assert [part.text for part in split_signs(ink, only_area(ink), EM)] == [""]


def test_the_apostrophe_of_a_short_year_is_seen_by_its_place() -> None:
    ink = blank()
    ink[100:110, 50:56] = ink[100:130, 62:80] = ink[100:130, 86:104] = True

    sign, letters = split_signs(ink, only_area(ink), EM)

    assert sign.text == "'"
    assert letters.area == Area(left=62, top=100, right=104, bottom=130)


def test_a_lone_stroke_is_a_dash() -> None:
    ink = blank()
    ink[100:104, 200:218] = True

    assert [part.text for part in split_signs(ink, only_area(ink), EM)] == ["-"]


def number(text_marks: str) -> Ink:
    """Bars for digits; points stand on the base line, commas hang below it."""
    ink = blank(60, 200)
    x = 5
    for letter in text_marks:
        if letter == "0":
            ink[10:40, x : x + 12] = True
        else:
            ink[35 : 40 if letter == "." else 46, x : x + 5] = True
        x += 18
    return ink


@pytest.mark.parametrize(
    ("drawn", "read", "text"),
    [
        pytest.param("0,000", "2.138", "2,138", id="comma read as point"),
        pytest.param("00.0", "54,9", "54.9", id="point read as comma"),
        pytest.param("0,000", "2138", "2,138", id="comma lost"),
        pytest.param("00,000", "42,.810", "42,810", id="a sign too many"),
        pytest.param("0,000", "213", "213", id="a digit lost: nothing is touched"),
    ],
)
def test_the_ink_says_what_is_a_comma_and_what_is_a_point(drawn: str, read: str, text: str) -> None:
    ink = number(drawn)

    assert punctuate(find_shapes(ink, whole(ink)), reading(read)).text == text


@pytest.mark.parametrize(
    ("readings", "text"),
    [
        pytest.param(["5,771", "5,771", "5,772"], "5,771", id="two against one"),
        pytest.param(["1,192,.871", "1,192,871", "1,192;871"], "1,192,871", id="proper form"),
        pytest.param(["", "12", ""], "12", id="the only one that says something"),
        pytest.param(["", "", ""], "", id="nobody says anything"),
    ],
)
def test_the_reading_with_most_support_is_kept(readings: list[str], text: str) -> None:
    given = [reading(one) if one else make_reading([]) for one in readings]

    assert choose(given).text == text


def test_readings_that_differ_make_the_chosen_one_less_sure() -> None:
    same = choose([reading("12"), reading("12"), reading("12")])
    other = choose([reading("12"), reading("12"), reading("17")])

    assert other.confidence < same.confidence == pytest.approx(0.9)


def test_one_doubtful_word_makes_a_line_doubtful() -> None:
    line = make_reading([word("예산액", 0.95), word("9", 0.0)])

    assert line.confidence <= 0.5


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("1,234", True), ("(30)", True), ("12.3%", True), ("2018년", False), ("1/4", False)],
)
def test_a_number_has_the_signs_of_numbers_only(text: str, is_one: bool) -> None:
    assert is_number(text) is is_one


def test_a_lone_zero_may_be_read_as_a_syllable() -> None:
    assert may_be_digit("이")
    assert not may_be_digit("계")
