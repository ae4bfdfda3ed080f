"""Digits of a page judged by each other, and numbers as offices print them."""

import cv2
import numpy as np
import pytest

from extract.reading.ocr_engine import Word
from extract.reading.ocr_image import Gray, PageImage, find_ink
from extract.reading.ocr_numbers import swap_mark, tidy_number
from extract.reading.ocr_options import OcrOptions
from extract.reading.ocr_pieces import Area
from extract.reading.ocr_review import review
from extract.reading.ocr_votes import Reading

PRINTED = ("12345", "67890", "13579", "24680", "11223", "44556", "77889", "90012", "36925", "81470")
ROW = 60


def page() -> Gray:
    """Return a page with one number a line, and a little noise."""
    gray = np.full((ROW * len(PRINTED), 400), 255, np.uint8)
    for row, text in enumerate(PRINTED):
        for place, digit in enumerate(text):
            at = (20 + 34 * place, ROW * row + 45)
            cv2.putText(gray, digit, at, cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0.0, 3)
    noise = np.random.default_rng(5).normal(0, 12, gray.shape)
    return np.asarray(np.clip(gray + noise, 0, 255), dtype=np.uint8)


def areas() -> list[Area]:
    return [
        Area(left=10, top=ROW * row + 8, right=220, bottom=ROW * row + 56)
        for row in range(len(PRINTED))
    ]


def read(text: str, confidence: float = 0.9) -> Reading:
    word = Word(text=text, left=10, right=220, confidence=confidence)
    return Reading(words=(word,) if text else (), confidence=confidence)


def reviewed(texts: list[str], confidence: float = 0.9) -> list[Reading]:
    gray = page()
    image = PageImage(gray=gray, ink=find_ink(gray), scale=300 / 72, turn=0.0)
    readings = [read(text, confidence) for text in texts]
    return review(image, areas(), readings, OcrOptions())


def test_numbers_that_were_read_rightly_stay() -> None:
    found = reviewed(list(PRINTED))

    assert [one.text for one in found] == list(PRINTED)
    assert all(one.confidence >= 0.8 for one in found)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        pytest.param(0, "12845", id="3 taken for 8"),
        pytest.param(2, "13519", id="7 taken for 1"),
        pytest.param(3, "24580", id="6 taken for 5"),
    ],
)
def test_a_digit_that_looks_like_others_of_the_page_is_read_as_they_were(
    row: int, wrong: str
) -> None:
    texts = list(PRINTED)
    texts[row] = wrong

    found = reviewed(texts)

    assert [one.text for one in found] == list(PRINTED)
    assert found[row].confidence == pytest.approx(0.8)
    assert wrong in found[row].alternatives


@pytest.mark.parametrize("garbled", ["", "이다", "771"])
def test_a_number_that_tesseract_garbled_is_read_by_its_shapes(garbled: str) -> None:
    texts = list(PRINTED)
    texts[5] = garbled

    assert reviewed(texts, 0.5)[5].text == PRINTED[5]


def test_a_digit_unlike_all_others_stays_as_it_was_read() -> None:
    alone = [PRINTED[0], *[""] * (len(PRINTED) - 1)]

    assert [one.text for one in reviewed(alone)] == alone


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        pytest.param("1,234.567", "1,234,567", id="a point among commas"),
        pytest.param("1.234.567", "1,234,567", id="points between groups of three"),
        pytest.param("1,234.5", "1,234.5", id="a decimal"),
        pytest.param("98.5%", "98.5%", id="a rate"),
        pytest.param("1.234", "1.234", id="either"),
        pytest.param("12,34", "12,34", id="no number of an office"),
        pytest.param("2022,10.18,", "2022.10.18.", id="a date"),
        pytest.param("'22.7.1", "'22.7.1", id="a short date"),
        pytest.param("1,.514", "1,514", id="two marks in one place"),
        pytest.param("(2,763.000)", "(2,763,000)", id="in brackets"),
        pytest.param("123456", "123456", id="without marks"),
        pytest.param("2.1.3", "2.1.3", id="a number of a chapter"),
    ],
)
def test_marks_stand_where_offices_set_them(text: str, tidy: str) -> None:
    assert tidy_number(text) == tidy
    assert tidy_number(tidy) == tidy


def test_a_lone_mark_may_be_the_other_one() -> None:
    assert (swap_mark("3.709"), swap_mark("37.5"), swap_mark("1,234,567")) == ("3,709", "", "")
