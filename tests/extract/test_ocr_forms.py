"""Boxes, bullets and square metres are seen by their form; letters and digits are none."""

import cv2
import numpy as np
import pytest

from extract.reading.ocr_forms import name_form
from extract.reading.ocr_image import Ink
from extract.reading.ocr_pieces import Area
from extract.reading.ocr_signs import split_signs

EM = 40.0


def drawn(sign: str) -> Ink:
    """Return a sign of 32 pixels with a stroke of 3."""
    canvas = np.zeros((40, 40), np.uint8)
    corners = {
        "▶": [[6, 4], [6, 36], [34, 20]],
        "▷": [[6, 4], [6, 36], [34, 20]],
        "◆": [[20, 4], [36, 20], [20, 36], [4, 20]],
        "◇": [[20, 4], [36, 20], [20, 36], [4, 20]],
    }
    if sign in "□☑":
        cv2.rectangle(canvas, (4, 4), (35, 35), 1.0, 3)
    if sign == "☑":
        cv2.polylines(canvas, [np.array([[11, 20], [17, 27], [29, 12]])], False, 1.0, 3)
    if sign == "■":
        cv2.rectangle(canvas, (4, 4), (35, 35), 1.0, -1)
    if sign in "○●":
        cv2.circle(canvas, (20, 20), 15, 1.0, 3 if sign == "○" else -1)
    if sign in "▶◆":
        cv2.fillPoly(canvas, [np.array(corners[sign])], 1.0)
    if sign in "▷◇":
        cv2.polylines(canvas, [np.array(corners[sign])], True, 1.0, 3)
    return cut(canvas > 0)


def cut(ink: Ink) -> Ink:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


@pytest.mark.parametrize("sign", ["□", "■", "☑", "○", "●", "▶", "▷", "◆", "◇"])
def test_a_sign_is_named_by_its_form(sign: str) -> None:
    assert name_form(drawn(sign), EM) == sign


@pytest.mark.parametrize("letter", list("0123456789ABDEHKNOSUXZ"))
def test_no_digit_and_no_letter_is_a_sign(letter: str) -> None:
    canvas = np.zeros((60, 60), np.uint8)
    cv2.putText(canvas, letter, (10, 48), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 1.0, 3)

    assert name_form(cut(canvas > 0), EM) == ""


@pytest.mark.parametrize("sign", ["□", "○"])
def test_a_consonant_of_its_form_is_too_small_to_be_a_sign(sign: str) -> None:
    assert name_form(drawn(sign), 2 * EM) == ""


def line_of(*parts: tuple[int, Ink]) -> Ink:
    ink = np.zeros((48, 400), np.bool_)
    for left, form in parts:
        height, width = form.shape
        ink[44 - height : 44, left : left + width] |= form
    return ink


def split(ink: Ink) -> list[str]:
    area = Area(left=0, top=0, right=ink.shape[1], bottom=ink.shape[0])
    return [part.text for part in split_signs(ink, area, EM)]


def word() -> Ink:
    canvas = np.zeros((60, 90), np.uint8)
    cv2.putText(canvas, "HE", (4, 48), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 1.0, 3)
    return cut(canvas > 0)


def test_check_boxes_part_a_line_wherever_they_stand() -> None:
    ink = line_of((10, drawn("□")), (60, word()), (140, drawn("■")), (190, word()))

    assert split(ink) == ["□", "", "■", ""]


def test_a_circle_is_a_bullet_only_where_it_stands_apart() -> None:
    assert split(line_of((10, drawn("○")), (60, word()))) == ["○", ""]
    assert split(line_of((10, word()), (66, drawn("○")), (101, word()))) == [""]


def test_an_m_with_a_raised_2_is_square_metres() -> None:
    m = np.zeros((22, 30), np.bool_)
    m[:, 0:4] = m[:, 13:17] = m[:, 26:30] = m[0:4, :] = True
    two = np.zeros((48, 400), np.bool_)
    two[8:19, 95:103] = True
    ink = line_of((10, word()), (62, m)) | two

    assert split(ink) == ["", "㎡"]
    assert split(line_of((10, word()), (62, m))) == [""]
